"""Countries and provinces as shapes, their names, lines, and who held which district when."""
