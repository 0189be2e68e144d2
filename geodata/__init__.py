"""The world: names, coordinates, shapes. Takes plain strings and knows nothing of articles."""
