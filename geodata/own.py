"""A user's own list of places: a CSV beside the articles, merged into the gazetteer, where it wins."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import UserGazetteerError
from geodata.names import name_key

NAME = "places.csv"
WANTED = "the columns name, lat, lon and, if you like, other_names (with | between them), kind, country"
KINDS = frozenset({"city", "village", "building", "region", "natural", "river", "lake", "road", "park"})


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One row of a user's list."""

    id: str
    names: tuple[str, ...]  # the main one first
    lon: float
    lat: float
    kind: str
    country: str


def read_own_places(path: Path) -> list[OwnPlace]:
    """Read a user's list of places (UTF-8, header row).

    Raises UserGazetteerError with the line and what is wanted there.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            columns = {name.strip().lower() for name in rows.fieldnames or ()}
            if not {"name", "lat", "lon"} <= columns:
                raise UserGazetteerError(f"{path}: the first line must name {WANTED}; it has {sorted(columns)}")
            places = [_place(path, rows.line_num, row) for row in rows if any(row.values())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserGazetteerError(f"{path} cannot be read as CSV in UTF-8 ({error})") from error
    seen: dict[str, int] = {}
    return [_numbered(place, seen) for place in places]


def _place(path: Path, line: int, row: dict[str | None, str | None]) -> OwnPlace:
    cells = {key.strip().lower(): (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    name = cells["name"]
    if not name_key(name):
        raise UserGazetteerError(f"{path}, line {line}: a place needs a name")
    try:
        lat, lon = float(cells["lat"]), float(cells["lon"])
    except ValueError as error:
        raise UserGazetteerError(
            f"{path}, line {line}: {name!r} needs lat and lon as numbers, such as 39.59"
        ) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UserGazetteerError(f"{path}, line {line}: {name!r} lies off the globe at lat {lat}, lon {lon}")
    kind = cells.get("kind") or "village"
    if kind not in KINDS:
        raise UserGazetteerError(f"{path}, line {line}: the kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    others = tuple(filter(name_key, cells.get("other_names", "").split("|")))
    slug = re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-") or "place"
    return OwnPlace(f"own-{slug}", (name, *others), lon, lat, kind, cells.get("country", "").upper())


def _numbered(place: OwnPlace, seen: dict[str, int]) -> OwnPlace:
    """Tell apart two places of one name by their number."""
    seen[place.id] = seen.get(place.id, 0) + 1
    if seen[place.id] == 1:
        return place
    return OwnPlace(f"{place.id}-{seen[place.id]}", place.names, place.lon, place.lat, place.kind, place.country)
