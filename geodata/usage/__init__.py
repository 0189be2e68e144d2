"""How a place name is used: for the place, who acts for it, its people or a part of a name; and its role."""

from geodata.usage.confidence import Confidence, weigh_confidence
from geodata.usage.event_places import EventPlaces, find_event_places
from geodata.usage.event_roles import role_of
from geodata.usage.metonymy import Reading, read_names

__all__ = ["Confidence", "EventPlaces", "Reading", "find_event_places", "read_names", "role_of", "weigh_confidence"]
