"""The tabs below the map, a row each, and a file each that draws one."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["bar"]
