"""Countries and provinces: shapes, their names, lines, and who held which district when.

`names` is quick to import, `lines` needs shapely, `shapes` and `control` geopandas: so each is a door of its own.
"""

__all__ = ["control", "lines", "names", "shapes"]
