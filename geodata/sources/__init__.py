"""How geodata/data is rebuilt from its upstream packages."""
