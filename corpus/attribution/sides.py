"""Which names of a text tell whose side a speaker is on: countries, their people, capitals and parties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import LANGUAGES
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.records import NameType, Resolution
from geodata.tables import read_rows

BODIES = LANGUAGES / "bodies.csv"

# "of Armenia", "Armenia's", "Armenian Defence": where a name belongs to what stands beside it. The look behind a letter
# for what stands before it is twice as fast as \b.
_OF_COUNTRY = re.compile(
    r"o(?<!\w.)f (?:the )?(?P<of>[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"|[A-Z](?<!\w.)[a-z]+(?: [A-Z][a-z]+)?(?:(?P<owns>['’]s)|(?= [A-Z]))"
)


@dataclass(frozen=True, slots=True)
class Side:
    """A place name that tells whose side a speaker is on, with its country's code."""

    start: int
    end: int
    code: str
    adjective: bool  # "Armenian", not "Armenia"


def find_sides(text: str, places: Sequence[Resolution], gazetteer: Gazetteer) -> list[Side]:
    """Return the names of countries, their people and their capitals; a town states no side.

    Names inside that of a body ("Ministry of Justice of Armenia"), which are no places to a map, are sides as well.
    """
    sides = []
    for place in places:
        entry, toponym = place.entry, place.toponym
        if entry is None or not entry.country:
            continue
        if entry.kind == "country" or (
            entry.kind == "city"
            and any(gazetteer.capital[c.row] and gazetteer.id(c.row) == entry.id for c in toponym.candidates)
        ):
            sides.append(Side(toponym.start, toponym.end, entry.country, toponym.kind == "demonym"))
    taken = {place.toponym.start for place in places}
    for match in _OF_COUNTRY.finditer(text):
        start, end = match.span("of") if match["of"] else (match.start(), match.end() - len(match["owns"] or ""))
        if start not in taken and (found := _country(text[start:end], gazetteer)):
            code, adjective = found
            if adjective == (match.lastgroup is None):
                sides.append(Side(start, end, code, adjective))
    return sorted(sides, key=lambda side: side.start)


@lru_cache(maxsize=1 << 14)
def _country(name: str, gazetteer: Gazetteer) -> tuple[str, bool] | None:
    """Return the code of the country that a name or adjective means, and whether it is an adjective."""
    for bearer in gazetteer.bearers(name_key(name)):
        if gazetteer.kind[bearer.row] == "country" and bearer.name_type <= NameType.DEMONYM:
            return gazetteer.country[bearer.row], bearer.name_type == NameType.DEMONYM
    return None


@cache
def open_bodies() -> tuple[re.Pattern[str], dict[str, str]]:
    """Open the names of bodies that state a side, as one pattern and with the side of each, once a process."""
    sides = {row["name"]: row["side"] for row in read_rows(BODIES)}
    longest_first = sorted(sides, key=lambda name: -len(name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE), sides
