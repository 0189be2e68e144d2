"""The tabs below the map, a row each, and a file each that draws one."""
