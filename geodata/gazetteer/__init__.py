"""The gazetteer: places and names, a user's own places, the geocoders over them."""

from geodata.gazetteer.store import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "open_gazetteer"]
