"""The places that rows tell of: what of them is useful, and under which of their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from geodata import DATA
from geodata.folding import name_key
from geodata.gazetteer.packs.read_file import Cells, Rows
from geodata.gazetteer.user_places import KINDS, LONGEST_NAME, NAMED, check_name, point_of, slug_of
from geodata.tables import read_rows

MOST = 2_000_000  # places of a pack
MOST_NAMES = 100  # of one place
KNOWN = "known"  # the kind of what counts only where the gazetteer has it
PRECISE = ("1", "2")  # UCDP's where_prec: the place itself; within 25 km of it
AROUND_KM = 25.0
_NO_NAME = re.compile(r"[A-Z0-9]{1,4}|https?:.*|[\d\W]+")  # airport codes, links
_CLASS = re.compile(r" (?:town|village|city)$", re.IGNORECASE)
_APPROVED = ("N", "C", "")  # name types of GNS: approved, conventional; other lists have none


class Code(NamedTuple):
    """What a feature code or a word for a kind makes of a place: no kind, and it is left out."""

    kind: str
    km: float
    years: str


@dataclass(slots=True)
class Found:
    """A place with all its names, the main one first."""

    id: str  # "" for one that has none of its own
    lon: float
    lat: float
    kind: str
    km: float
    years: str
    country: str  # "" where the position decides
    admin1: str
    population: int
    approved: bool  # whether the first of its names is
    names: dict[str, None] = field(default_factory=dict)

    def join(self, other: Found) -> None:
        """Take in another row of the same place; an approved name comes first."""
        first, second = (other, self) if other.approved and not self.approved else (self, other)
        self.names = dict.fromkeys([*first.names, *second.names][:MOST_NAMES])
        self.approved = first.approved
        self.population = max(self.population, other.population)


@dataclass(slots=True)
class Told:
    """What became of the rows of a file: how many were left out and why, and what must be said of single ones."""

    origins: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    broken: int = 0

    def tell(self, file: str, where: str, why: str) -> None:
        """Take in what must be said of a row; the first ones are named one by one."""
        self.broken += 1
        if len(self.problems) < NAMED:
            self.problems.append(f"{', '.join(filter(None, (file, where)))}: {why}"[: 2 * LONGEST_NAME])


class UselessError(Exception):
    """A row of a kind that is of no use."""


def find_places(files: Iterable[Rows], told: Told) -> dict[str, Found]:
    """Return the places of some files by what tells them apart; rows of one place are one, with all their names."""
    found: dict[str, Found] = {}
    for file in files:
        for where, cells in file.rows:
            if isinstance(cells, str):
                told.tell(file.file, where, cells)
                continue
            try:
                one = _place(cells, file.origin)
            except UselessError as why:
                told.left_out[str(why)] += 1
                continue
            except ValueError as error:
                told.tell(file.file, where, f"left out: {error}")
                continue
            told.origins[file.origin] += 1
            key = one.id or f"{name_key(next(iter(one.names)))} {one.lon:.3f} {one.lat:.3f}"
            if key in found:
                found[key].join(one)
            elif len(found) < MOST:
                found[key] = one
            else:
                told.left_out[f"more than {MOST:,} places"] += 1
    return found


def number(found: Iterable[Found], pack: str) -> Iterator[str]:
    """Yield an id for each place, its own or one of the pack's."""
    seen: Counter[str] = Counter()
    for place in found:
        slug = f"pack-{pack}-{slug_of(next(iter(place.names)))}"
        seen[slug] += not place.id
        yield place.id or (slug if seen[slug] == 1 else f"{slug}-{seen[slug]}")


def _place(cells: Cells, origin: str) -> Found:
    """Return the place of a row. Raises ValueError where it gives none, UselessError where it is of no use."""
    code = _code(cells)
    if code.kind == "":
        raise UselessError(_what(cells))
    precision = _first(cells, "precision")
    if precision and precision not in PRECISE:
        raise UselessError("known to a district or less only")
    name = _first(cells, "name")
    name = _CLASS.sub("", name) if precision else name
    check_name(name)
    lon, lat = point_of(name, _first(cells, "lon"), _first(cells, "lat"))
    name_type, id = _first(cells, "name_type"), _first(cells, "id")
    country, population = _first(cells, "country").upper(), _first(cells, "population").partition(".")[0]
    return Found(
        id=_id(id, origin),
        lon=lon,
        lat=lat,
        kind=code.kind,
        km=max(code.km, AROUND_KM) if precision == "2" else code.km,
        years=code.years,
        country=country if origin != "GNS" and re.fullmatch("[A-Z]{2}", country) else "",
        admin1=_first(cells, "admin1") if origin == "GeoNames" else "",
        population=min(int(population), 50_000_000) if population.isascii() and population.isdigit() else 0,
        approved=name_type in _APPROVED,
        names=dict.fromkeys([name, *_others(cells)][:MOST_NAMES]),
    )


def _id(id: str, origin: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,12}", id):
        return ""
    return {"GeoNames": id, "GNS": f"gns-{id}"}.get(origin, "")


def _others(cells: Cells) -> Iterator[str]:
    """Yield what else a row calls its place."""
    for column in _columns()["others"]:
        cell = cells.get(column, "")
        sign = next((sign for sign in "|;," if sign in cell), "|") if cell else "|"
        for name in filter(None, map(str.strip, cell.split(sign))):
            if len(name) <= LONGEST_NAME and not _NO_NAME.fullmatch(name) and len(name_key(name)) > 1:
                yield name


def _code(cells: Cells) -> Code:
    """Return what a row's feature code makes of its place, or else its word for a kind; without either, a village."""
    codes = _codes()
    letter, code = _first(cells, "class").upper(), _first(cells, "code").upper()
    if letter or code:
        of_class = codes.get(letter) if letter == "P" or (not letter and code.startswith("PPL")) else None
        full = code if "." in code else f"{letter or 'P'}.{code}"
        return codes.get(full) or of_class or (codes["P"] if code.startswith("PPL") else Code("", 0, ""))
    kind = _first(cells, "kind").lower()
    return codes.get(kind) or (Code(kind, 1.0, "") if kind in KINDS else codes["P"])


def _what(cells: Cells) -> str:
    """Return what kind of thing a row is, as it says itself."""
    words = [_first(cells, "class").upper(), _first(cells, "code").upper()]
    return (".".join(filter(None, words)) or _first(cells, "kind").lower())[:30]


def _first(cells: Cells, means: str) -> str:
    return next((cells[column] for column in _columns()[means] if cells.get(column)), "")


@cache
def _columns() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for row in read_rows(DATA / "pack_columns.csv"):
        columns.setdefault(row["means"], []).append(row["column"])
    return columns


@cache
def _codes() -> dict[str, Code]:
    rows = read_rows(DATA / "pack_codes.csv")
    return {row["code"]: Code(row["kind"], float(row["km"] or 0), row["years"]) for row in rows}
