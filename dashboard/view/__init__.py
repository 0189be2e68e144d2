"""What is in view: what the reader chose, its address, and the controls that are neither the map's nor time's."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["address", "filters", "headline", "lookup", "naming", "state", "url"]
