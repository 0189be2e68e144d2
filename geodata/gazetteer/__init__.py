"""The gazetteer: places and names, a user's own places, the geocoders over them.

`geocoder` (a typed query, geopy's interface) and `online` (OpenStreetMap, asked only when told to) are doors of their
own, for geopy and geopandas are slow to import.
"""

from geodata.gazetteer.store import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "geocoder", "online", "open_gazetteer"]
