"""Let what stands behind a town as its country or province be the one that holds it: "Tbilisi, Georgia"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.records import GazetteerEntry, NameType, Resolution
from geodata.words import wind_words

TOWNS = kinds_that("settled")
ADDRESS = re.compile(r"\s{0,40}[,(]\s*")  # between a town and what holds it: "Paris, Texas", "Paris (France)"
_PART = "|".join(sorted(wind_words() | {"central", "upper", "rural"}))
# Or more words: "Tripoli in northern Lebanon", "Tripoli, in the far north of Lebanon", "on the coast of Lebanon".
_WIND = rf"(?:{_PART})\w*(?:-\w+)?"
_SIDE = rf"(?:{_WIND}(?:\s+(?:parts?|tip|end))?|coast|outskirts|centre|center|heart|middle|interior)"
# "Khost, a town in Harnai district", "Victoria, the capital of the Seychelles".
_CLASS = r"(?:capital|city|towns?|villages?|hamlet|port|suburb|district|neighbou?rhood|settlement|resort|part|area)"
_CLASS_IN = rf",\s{{1,40}}(?:an?|the)\s+(?:[a-z][\w-]*\s+){{0,3}}{_CLASS}\s+(?:[io]n|of)\s+(?:the\s+)?(?:{_WIND}\s+)?"
CLASS_IN = re.compile(_CLASS_IN)
HELD_BY_NEXT = re.compile(
    rf"{_CLASS_IN}|(?:\s{{0,40}}[,(]\s*|,?\s{{1,40}}in\s+(?:the\s+)?)(?:{_WIND}\s+)?"
    rf"|,?\s{{1,40}}[io]n\s+(?:the\s+)?(?:far\s+|very\s+)?{_SIDE}\s+of\s+(?:the\s+)?"
)
_ABOUT = r"(?:(?:just|only|about|some|around|roughly|nearly|almost|not)\s+)?"
_FAR = r"[\d.,]+[\s-]*(?:km|kilomet\w+|miles?)\b\s*"
# "Hays, south of Hodeidah", "Mansoura, just outside Raqqa", "Moura, 60 km from Mopti".
BESIDE_NEXT = re.compile(
    rf",?\s{{1,40}}{_ABOUT}(?:(?:{_FAR})?(?:(?:to\s+the\s+)?{_WIND}\s+(?:of|from)|near|outside|close\s+to|far\s+from)"
    rf"|{_FAR}(?:away\s+)?from)\s+(?:the\s+(?:city|town|village|port)\s+of\s+)?"
)
HELD_BY_LAST = re.compile(r"['’]s?\s+")  # "Venezuela's Valencia"


def settle_containers(text: str, resolved: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Return the resolutions of a text in order, each container with the meaning that its own town lies in.

    All mentions of "Georgia" or "New York" share one decision, which the most of them make; this mends the others.
    """
    settled = list(resolved)
    for i, (town, container) in enumerate(pairwise(resolved)):
        entry, home = town.entry, container.entry
        if entry is None or home is None or entry.kind not in TOWNS or home.kind not in ("country", "admin1", "city"):
            continue
        if _holds(home, entry) or not ADDRESS.fullmatch(text, town.toponym.end, container.toponym.start):
            continue
        named = [c.row for c in container.toponym.candidates if c.name_type <= NameType.OFFICIAL]
        others = [other for other in map(gazetteer.entry, named) if _holds(other, entry)]
        if others:
            reason = f"it holds {entry.name}, which the text puts in it"
            runners_up = (home, *(place for place in container.runners_up if place.id != others[0].id))
            settled[i + 1] = replace(container, entry=others[0], reason=reason, runners_up=runners_up)
    return settled


def _holds(home: GazetteerEntry, place: GazetteerEntry) -> bool:
    if home.kind == "country":
        return home.country == place.country
    return home.kind == "admin1" and (home.country, home.admin1) == (place.country, place.admin1)
