"""The places that corrections name: the gazetteer's by their ids, and points that a reader gave."""

from __future__ import annotations

import re
from functools import lru_cache

from geodata.gazetteer import Gazetteer
from geodata.gazetteer.user_places import point_of
from geodata.records import GazetteerEntry

BETWEEN = "|"  # the places of a name that means several
SOURCE = "a reader's point on the map"
_POINT = re.compile(r"point:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")  # latitude first, as readers write it


def id_of_point(lat: float, lon: float) -> str:
    """Return the id of a place that is no more than a point."""
    return f"point:{lat:.4f},{lon:.4f}"


def is_point(id: str) -> bool:
    """Say whether a place is no more than a point that a reader gave."""
    return _POINT.fullmatch(id) is not None


def entries_of(value: str, words: str, gazetteer: Gazetteer) -> tuple[GazetteerEntry, ...] | None:
    """Return the places of a value, None where one of them is not known here; a point is called by the words."""
    entries = [entry_of(id, words, gazetteer) for id in value.split(BETWEEN) if id]
    return None if None in entries else tuple(entry for entry in entries if entry)


def entry_of(id: str, words: str, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return a place by its id, None where it is not known here."""
    if point := _POINT.fullmatch(id):
        return _entry_of_point(id, " ".join(words.split()), point[1], point[2])
    row = gazetteer.row_of(id)
    return None if row is None else gazetteer.entry(row)


@lru_cache(maxsize=1024)
def _entry_of_point(id: str, name: str, written_lat: str, written_lon: str) -> GazetteerEntry | None:
    from geodata.regions.shapes import find_regions  # slow to import, and few corrections are points

    try:
        lon, lat = point_of(name, written_lon, written_lat)
    except ValueError:
        return None
    region = find_regions([lon], [lat]).iloc[0]
    return GazetteerEntry(id, name, "village", region.country, "", lon, lat, 0, region.code, 1.0)
