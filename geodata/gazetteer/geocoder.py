"""One typed query to a place: over the shipped gazetteer, as a geopy geocoder that never opens a connection."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geodata.folding import name_key
from geodata.gazetteer.store import Gazetteer, open_gazetteer
from geodata.kinds import kinds_that
from geodata.records import GazetteerEntry
from geodata.regions.shapes import region_names

SUGGESTIONS = 5
LONGEST = 300  # letters of a query that are read
MOST_WORDS = 8
TOWNS, UNITS = frozenset({"city", "village"}), kinds_that("namesake unit")
GREAT_TOWN = 50_000  # people of a town that is meant by the name that it shares with its province
_TOWN_OF = re.compile(r"(?:the )?(?:city|town|village|municipality) of\s+", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\S)[^\s\d]*+\d\S*+")  # and whatever else has a figure
FAR = 20  # km from a point from which the nearest town is no longer where the point lies


def geocode(query: str, *, gazetteer: Gazetteer | None = None, limit: int = 1) -> list[GazetteerEntry]:
    """Return the places a query names, best first: 'Goris', 'Paris TX', '75001 Paris', 'Շուշի'; empty for none.

    What follows narrows, behind a comma or not: a country, its code or a province that the place must lie in.
    """
    _check_limit(limit)
    gazetteer = gazetteer or open_gazetteer()
    parts = [part.strip() for part in query[:LONGEST].split(",") if part.strip()] or [""]
    rows = gazetteer.find(query[:LONGEST]) or _rows(parts, gazetteer)
    if not rows and any(map(str.isdigit, query)):
        rows = _rows([part for part in (_POSTCODE.sub("", part).strip() for part in parts) if part] or [""], gazetteer)
    return [gazetteer.entry(row) for row in _towns_first(rows, gazetteer)[:limit]]


def _check_limit(limit: int) -> None:
    if limit < 1:
        raise ValueError(f"the limit is {limit}: ask for one place at least")


def _rows(parts: list[str], gazetteer: Gazetteer) -> list[int]:
    """Return the places that the first part names and the others hold, best first."""
    name, *within = parts
    rows = _named(name, gazetteer) or _split(name, gazetteer)
    for container in within:
        rows = [row for row in rows if _lies_in(row, container, gazetteer)] or (rows if len(rows) == 1 else [])
    return rows


def _named(name: str, gazetteer: Gazetteer) -> list[int]:
    rows = gazetteer.find(name)
    if not name.isascii():  # who types "Şuşa" means no Susa
        rows.sort(key=lambda row: name not in gazetteer.other_names(row) and name != gazetteer.name(row))
    if not rows and (said := _TOWN_OF.match(name)):
        return [row for row in _named(name[said.end() :], gazetteer) if gazetteer.kind[row] in TOWNS]
    return rows


def _split(words: str, gazetteer: Gazetteer) -> list[int]:
    """Return the places of "Goris Armenia" and "Portland ME": a name, the longest that there is, and what holds it."""
    spaces = [match.start() for match in re.finditer(r"\s+", words)][:MOST_WORDS]
    for space in reversed(spaces):
        container = words[space:].strip()
        rows = [row for row in _named(words[:space], gazetteer) if _lies_in(row, container, gazetteer)]
        if rows:
            return rows
    return []


def _lies_in(row: int, container: str, gazetteer: Gazetteer) -> bool:
    if container.upper() == gazetteer.country[row] and gazetteer.kind[row] != "country":
        return True
    for candidate in gazetteer.bearers(name_key(container)):
        kind, country = gazetteer.kind[candidate.row], gazetteer.country[candidate.row]
        if country == gazetteer.country[row] and candidate.row != row:
            if kind == "country":
                return True
            if kind in ("admin1", "admin2") and gazetteer.admin1[candidate.row] == gazetteer.admin1[row]:
                return True
    return False


def _towns_first(rows: list[int], gazetteer: Gazetteer) -> list[int]:
    """Return rows, a province behind the great town in it that shares its name: New York, Quebec, Sumy."""
    if not rows or gazetteer.kind[rows[0]] not in UNITS:
        return rows
    home = (gazetteer.country[rows[0]], gazetteer.admin1[rows[0]])
    town = next(
        (
            row
            for row in rows
            if gazetteer.kind[row] in TOWNS
            and gazetteer.population[row] >= GREAT_TOWN
            and (gazetteer.country[row], gazetteer.admin1[row]) == home
        ),
        None,
    )
    return rows if town is None else [town, *(row for row in rows if row != town)]


def suggest(query: str, *, gazetteer: Gazetteer | None = None, limit: int = SUGGESTIONS) -> list[GazetteerEntry]:
    """Return places whose names are spelled much like the query, for when `geocode` finds nothing."""
    gazetteer = gazetteer or open_gazetteer()
    key = name_key(query.split(",")[0])
    if len(key) < 3:
        return []
    slips = 1 if len(key) < 6 else 2
    near: dict[str, int] = {}
    # The first letter is seldom mistyped; the others are compared among names that share it, or share the second.
    for beginning in {key[0], key[1]}:
        names = [name for name in gazetteer.beginning(beginning) if abs(len(name) - len(key)) <= slips]
        for name, distance, _ in process.extract(key, names, scorer=OSA.distance, limit=50, score_cutoff=slips):
            near[name] = distance
    rows: dict[int, tuple[float, float]] = {}
    for name, distance in near.items():
        for rank, row in enumerate(gazetteer.find(name)):
            rows[row] = min(rows.get(row, (99, 0)), (distance, rank - math.log10(gazetteer.population[row] + 1)))
    best = sorted(rows, key=rows.__getitem__)
    return [gazetteer.entry(row) for row in best[:limit]]


def address(entry: GazetteerEntry) -> str:
    """Return a place's name with its province and country."""
    regions = region_names()
    parts = [entry.name]
    for code in (entry.region, entry.country):
        if code in regions.index and regions.name[code] not in parts and entry.kind != "country":
            parts.append(str(regions.name[code]))
    return ", ".join(parts)


class NoNetworkAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy is untyped
    """A geopy adapter that refuses to open a connection."""

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Refuse: the gazetteer is a file."""
        raise AdapterHTTPError("the gazetteer works without a network", status_code=503, headers={}, text="")

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> dict[str, Any]:
        """Refuse: the gazetteer is a file."""
        return {"error": self.get_text(url, timeout=timeout, headers=headers)}


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Geocode and reverse-geocode over the shipped gazetteer, with geopy's conventions and errors."""

    def __init__(self, gazetteer: Gazetteer | None = None, *, timeout: Any = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout, user_agent="dateline", adapter_factory=NoNetworkAdapter)
        self.gazetteer = gazetteer or open_gazetteer()

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"ssl_context": None, "adapter": None}  # neither can be pickled, and neither is needed

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.adapter = NoNetworkAdapter(proxies=None, ssl_context=None)

    def geocode(
        self,
        query: str | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
        language: str | bool = "en",
        country_codes: str | Iterable[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return the place a query names, or with exactly_one=False a list of them; None for none, or an empty query.

        Addresses are in English: a query may be in any `language`, no answer is. Raises geopy.exc.GeocoderQueryError
        for what is no text, ValueError for a limit below 1.
        """
        _check_limit(limit)
        if query is None or query != query:  # an empty cell of a table is nan
            return None
        if not isinstance(query, str):
            raise GeocoderQueryError(f"the query is no text: {query!r}; type the name of a place")
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or [])
        wanted = {code.upper() for code in codes}
        entries = geocode(query, gazetteer=self.gazetteer, limit=1000)
        found = [entry for entry in entries if not wanted or entry.country in wanted][:limit]
        return _answer([_location(entry) for entry in found], exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 5,
        language: str | bool = "en",
    ) -> Location | list[Location] | None:
        """Return the town nearest to a point (geopy order: latitude, longitude), or a list, nearest first.

        `raw` has its `distance_km`, and the address, in English, names it where the point lies far out: "812 km from
        Horta, ...". Raises ValueError for a limit below 1, and for what is no point.
        """
        _check_limit(limit)
        lat, lon = (float(part) for part in self._coerce_point_to_string(query, "%(lat)s %(lon)s").split())
        rows = self.gazetteer.nearest(lon, lat, limit=limit)
        return _answer([_location(self.gazetteer.entry(row), away) for row, away in rows], exactly_one)


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _location(entry: GazetteerEntry, away: float | None = None) -> Location:
    raw = {name: getattr(entry, name) for name in entry.__slots__} | {"geonameid": entry.geonameid}
    if away is not None:
        raw["distance_km"] = round(away, 1)
    far = f"{away:,.0f} km from " if away is not None and away >= FAR else ""
    return Location(far + address(entry), Point(entry.lat, entry.lon), raw)
