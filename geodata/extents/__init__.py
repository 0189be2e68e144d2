"""Where a text says that something is, when that is no place: stretches, sectors, rings, lines."""
