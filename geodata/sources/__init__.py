"""How geodata/data is rebuilt from its upstream packages: `python -m geodata.sources`, or `make data`.

`packages` and `tables` read what a place is made from, `gazetteer` and `shapes` put it together, `basemap` draws it.
"""

__all__ = ["basemap", "gazetteer", "packages", "shapes", "tables", "upstream"]
