"""A user's own list of places: a CSV beside the articles, merged into the gazetteer, where it wins."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from geodata.decoding import decode
from geodata.errors import NoTextError
from geodata.folding import name_key
from geodata.kinds import kinds_that
from geodata.records import Candidate, NameType

NAME = "places.csv"
WANTED = "the columns name, lat, lon and, if you like, other_names (with | between them), kind, country"
WANTED_COLUMNS = frozenset({"name", "lat", "lon"})
KINDS = kinds_that("user's")
LARGEST, LONGEST_NAME = 10_000_000, 200  # bytes, letters
NAMED = 20  # rows left out that are named one by one

_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class UserPlace:
    """One row of a user's list."""

    id: str
    names: tuple[str, ...]  # the main one first
    lon: float
    lat: float
    kind: str
    country: str


def read_user_places(path: Path) -> tuple[list[UserPlace], list[str]]:
    """Return the places of a user's list, and in words what of it could not be used: which line, why, the way out."""
    try:
        if path.stat().st_size > LARGEST:
            return [], [f"left out: it has more than {LARGEST // 1_000_000} MB; keep only the places you need"]
        text, note = decode(path.read_bytes())
    except (OSError, NoTextError) as error:
        return [], [f"left out: it cannot be read ({error})"]
    lines = re.split(r"\r\n?|\n", text)
    first = 1 if lines[0].lower().startswith("sep=") else 0  # a line that Excel writes and reads
    delimiter, columns = columns_of(lines[first] if first < len(lines) else "", WANTED_COLUMNS)
    if not set(columns) >= WANTED_COLUMNS:
        return [], [f"left out: its first line must name {WANTED}; it has {', '.join(filter(None, columns))[:200]!r}"]
    places: list[UserPlace] = []
    problems = [f"read, but {note}"] if note else []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if not line.strip(f"{delimiter} \t"):
            continue
        try:
            place, reservations = _place(row_of(line, delimiter, columns))
        except (ValueError, csv.Error) as error:
            problems.append(f"line {number} left out: {error}")
        else:
            places.append(_numbered(place, seen))
            problems += [f"line {number} read, but {reservation}" for reservation in reservations]
    more = len(problems) - NAMED
    return places, [*problems[:NAMED], *([f"and {more:,} more lines like these"] if more > 0 else [])]


def columns_of(header: str, wanted: Collection[str]) -> tuple[str, list[str]]:
    """Return the sign between columns, and their names: comma, or the semicolon or tab that Excel may write."""
    cells = {sign: [cell.strip().lower() for cell in _cells(header, sign)] for sign in ",;\t"}
    sign = max(cells, key=lambda sign: len(set(wanted).intersection(cells[sign])))
    return sign, cells[sign]


def _cells(line: str, delimiter: str) -> list[str]:
    # Each line by itself: a quotation mark that is never closed costs its own line, not all that follow.
    return [clean(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]


def clean(cell: str) -> str:
    """Return a cell without signs that control a terminal, and without outer blanks."""
    return _CONTROL.sub(" ", cell).strip()


def row_of(line: str, delimiter: str, columns: list[str]) -> dict[str, str]:
    """Return the cells of a line by their columns. Raises ValueError or csv.Error where they do not fit."""
    cells = _cells(line, delimiter)
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    if len(cells) > len(columns):
        raise ValueError(f'it has {len(cells)} cells under {len(columns)} columns; write 39.62 or "39,62" for 39,62')
    return dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def _place(cells: dict[str, str]) -> tuple[UserPlace, list[str]]:
    """Return a row's place, and what of the row was passed over. Raises ValueError where it gives no place."""
    name, kind, country = cells["name"], cells.get("kind", "").lower() or "village", cells.get("country", "").upper()
    check_name(name)
    lon, lat = point_of(name, cells["lon"], cells["lat"])
    reservations = []
    if kind not in KINDS:
        reservations.append(f"the kind {kind[:30]!r} is none of {', '.join(sorted(KINDS))}: it was taken for a village")
        kind = "village"
    if country and not re.fullmatch("[A-Z]{2}", country):
        reservations.append(f"the country {country[:30]!r} is no code of two letters like AZ: where it lies decides")
        country = ""
    names = (name, *(other.strip() for other in cells.get("other_names", "").split("|") if name_key(other)))
    return UserPlace(f"own-{slug_of(name)}", names, lon, lat, kind, country), reservations


def check_name(name: str) -> None:
    """Raise ValueError where a name is none."""
    if not name_key(name):
        raise ValueError("a place needs a name")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"a name of {len(name):,} letters is none; is a quotation mark missing?")


def point_of(name: str, written_lon: str, written_lat: str) -> tuple[float, float]:
    """Return a point, longitude first. Raises ValueError where it is none on the globe."""
    try:
        lat, lon = (float(written.replace(",", ".")) for written in (written_lat, written_lon))
    except ValueError:
        found = f"lat {written_lat[:30]!r}, lon {written_lon[:30]!r}"
        raise ValueError(f"{name!r} needs lat and lon as numbers, such as 39.59; it has {found}") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        swapped = "; are the two swapped?" if abs(lon) <= 90 and abs(lat) <= 180 else "; check the numbers"
        raise ValueError(f"{name!r} lies off the globe at lat {lat}, lon {lon}{swapped}")
    return lon, lat


def slug_of(name: str) -> str:
    """Return a name as a part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-") or "place"


def _numbered(place: UserPlace, seen: dict[str, int]) -> UserPlace:
    """Tell apart two places of one name by their number."""
    seen[place.id] = seen.get(place.id, 0) + 1
    return place if seen[place.id] == 1 else replace(place, id=f"{place.id}-{seen[place.id]}")


def names_of_user(places: Sequence[UserPlace], *, first: int) -> dict[str, tuple[Candidate, ...]]:
    """Return who bears the names of a user's places, which stand from row `first` on."""
    names: dict[str, tuple[Candidate, ...]] = {}
    for row, place in enumerate(places, first):
        for key in dict.fromkeys(map(name_key, place.names)):
            names[key] = (*names.get(key, ()), Candidate(row, NameType.USER))
    return names


def with_user_places(places: pa.Table, own: Sequence[UserPlace]) -> pa.Table:
    """Append a user's places, each put into the country and province whose shape it lies in."""
    from geodata.regions.shapes import find_regions  # shapes take half a second to import: only who brings places waits

    regions = find_regions([place.lon for place in own], [place.lat for place in own])
    columns = {
        "id": [place.id for place in own],
        "name": [place.names[0] for place in own],
        "kind": [place.kind for place in own],
        "country": [place.country or country for place, country in zip(own, regions.country, strict=True)],
        "admin1": [""] * len(own),
        "lon": [place.lon for place in own],
        "lat": [place.lat for place in own],
        "capital": [False] * len(own),
        "population": [0] * len(own),
        "uncertainty_km": [1.0] * len(own),
        "years": [""] * len(own),
        "region": list(regions.code),
        "region_method": ["inside" if code else "" for code in regions.code],
    }
    added = pa.table(
        {name: pa.array(columns[name]).cast(places.schema.field(name).type) for name in places.column_names}
    )
    return pa.concat_tables([places, added]).unify_dictionaries()
