"""What is in view: what the reader chose, its address, and the controls that are neither the map's nor time's."""
