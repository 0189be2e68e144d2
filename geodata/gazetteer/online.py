"""The online geocoder: asks OpenStreetMap's Nominatim what the gazetteer does not know. Nothing uses it unless asked.

Nominatim's usage policy wants an application that names itself, one call a second at most, and kept answers:
https://operations.osmfoundation.org/policies/nominatim/
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location
from geopy.point import Point

from geodata.errors import GeodataError
from geodata.gazetteer.geocoder import GazetteerGeocoder, address, geocode
from geodata.gazetteer.store import Gazetteer, open_gazetteer
from geodata.globe import great_circle_km
from geodata.records import EntryKind, GazetteerEntry

ATTRIBUTION = "© OpenStreetMap contributors"  # to be shown beside every answer that came from there
SOURCE = f"OpenStreetMap Nominatim, {ATTRIBUTION}"
DELAY = 1.0  # seconds between calls: the least that the public server's policy allows
TIMEOUT = 10.0  # seconds
LIMIT = 10  # answers asked for, and kept
MISS_KEPT = 7 * 24 * 3600.0  # seconds: what is unknown today may be mapped next week

# Our kinds with Nominatim's words for them; any other word is a building, the smallest thing we know.
WORDS: dict[EntryKind, str] = {
    "continent": "continent",
    "country": "country",
    "admin1": "state province",
    "admin2": "county district municipality",
    "region": "region",
    "city": "city town",
    "village": "village hamlet isolated_dwelling suburb neighbourhood quarter",
    "sea": "sea ocean bay",
    "lake": "water",
    "river": "river stream",
    "natural": "peak mountain_range valley island",
    "road": "road highway",
    "park": "park nature_reserve",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Answer:
    """A place that a query may mean, with where the answer comes from."""

    entry: GazetteerEntry
    address: str
    source: str  # in words, with the attribution that must be shown


def geocode_online(
    query: str, *, user_agent: str, cache: Path | None = None, gazetteer: Gazetteer | None = None, limit: int = 5
) -> list[Answer]:
    """Return the places a query names: the gazetteer's where it has any, else OpenStreetMap's; empty when neither has.

    `user_agent` names whoever asks, best by an address for complaints. `cache` is the file in which answers are kept,
    by default in the user's cache folder. Raises geopy.exc.ConfigurationError without a user agent, and
    geopy.exc.GeocoderUnavailable or another GeocoderServiceError where the service cannot be reached.
    """
    online = open_online(user_agent, cache)  # first, so that a bad user agent is told of whatever the query
    gazetteer = gazetteer or open_gazetteer()
    if found := geocode(query, gazetteer=gazetteer, limit=limit):
        return [Answer(entry, address(entry), _offline_source(entry, gazetteer)) for entry in found]
    return [Answer(_entry(raw), raw["display_name"], SOURCE) for raw in online.ask(query)[:limit]]


@once
def open_online(user_agent: str, cache: Path | None) -> OnlineGeocoder:
    """Open the geocoder, once a process for each user agent and cache."""
    # The limiter can only space the calls that it sees.
    return OnlineGeocoder(user_agent, cache=cache)


def _offline_source(entry: GazetteerEntry, gazetteer: Gazetteer) -> str:
    row = gazetteer.row_of(entry.id)
    return "the gazetteer" if row is None else f"the gazetteer: {gazetteer.source(row)}"


class OnlineGeocoder(GazetteerGeocoder):
    """A geopy geocoder that asks the gazetteer first, and OpenStreetMap's Nominatim what the gazetteer lacks.

    Answers are kept on disk, "not found" for a week; failures are never kept. `reverse` stays offline.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        cache: Path | None = None,
        gazetteer: Gazetteer | None = None,
        min_delay_seconds: float = DELAY,
        timeout: float = TIMEOUT,
        adapter_factory: Any = None,
    ) -> None:
        if not isinstance(user_agent, str) or not user_agent.strip() or not user_agent.isprintable():
            raise ConfigurationError(
                f"OpenStreetMap wants to know who asks: give your own user_agent, such as an e-mail address, "
                f"not {user_agent!r}"
            )
        if min_delay_seconds < DELAY:
            raise ConfigurationError(
                f"OpenStreetMap allows one call in {DELAY:g} s: min_delay_seconds cannot be {min_delay_seconds}"
            )
        super().__init__(gazetteer, timeout=timeout)
        nominatim = Nominatim(user_agent=user_agent, timeout=timeout, adapter_factory=adapter_factory)
        # No second try: someone waits for the answer, and can ask again.
        self._call = RateLimiter(
            nominatim.geocode,
            min_delay_seconds=min_delay_seconds,
            error_wait_seconds=min_delay_seconds,
            max_retries=0,
            swallow_exceptions=False,
        )
        self.cache = AnswerCache(cache or cache_file())

    def geocode(
        self,
        query: str | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = LIMIT,
        language: str | bool = "en",
        country_codes: str | Iterable[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return the place a query names, or with exactly_one=False a list of them; None for none, or an empty query.

        An answer from OpenStreetMap says so in `raw["source"]`.
        """
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or [])
        found = super().geocode(query, exactly_one=exactly_one, country_codes=codes, limit=limit)
        if found or not isinstance(query, str) or not query.strip(" ,"):
            return found
        locations = [_location(raw) for raw in self.ask(query, country_codes=codes, timeout=timeout)[:limit]]
        return (locations[0] if exactly_one else locations) if locations else None

    def ask(
        self, query: str, *, country_codes: Iterable[str] = (), timeout: Any = DEFAULT_SENTINEL
    ) -> list[dict[str, Any]]:
        """Return what Nominatim answers to a query, from the cache where it is kept; raise geopy's errors."""
        query = " ".join(query.split()).strip(" ,")
        if not query:
            raise GeocoderQueryError("the query is empty; type the name of a place")
        codes = sorted(code.lower() for code in country_codes)
        key = json.dumps([query.casefold(), codes], ensure_ascii=False)
        kept = self.cache.get(key)
        if kept is None:
            kept = self._fetch(query, codes, timeout)
            self.cache.put(key, kept)
        return kept

    def _fetch(self, query: str, codes: list[str], timeout: Any) -> list[dict[str, Any]]:
        try:
            asked = {"exactly_one": False, "limit": LIMIT, "addressdetails": True, "language": "en"}
            found = self._call(query, timeout=timeout, country_codes=codes or None, **asked)
        except GeocoderServiceError as error:
            # The bare parent is geopy's word for a name server that does not answer, among others.
            if type(error) in (GeocoderServiceError, GeocoderUnavailable):
                message = "OpenStreetMap cannot be reached or cannot answer: try later, or ask without it"
                raise GeocoderUnavailable(message) from error
            raise
        return [location.raw for location in found or []]


def _location(raw: dict[str, Any]) -> Location:
    return Location(raw["display_name"], Point(float(raw["lat"]), float(raw["lon"])), raw | {"source": SOURCE})


def _entry(raw: dict[str, Any]) -> GazetteerEntry:
    lon, lat = float(raw["lon"]), float(raw["lat"])
    words = (raw.get("addresstype"), raw.get("type"), raw.get("class"))
    return GazetteerEntry(
        id=f"osm-{raw.get('osm_type', 'place')}-{raw.get('osm_id', raw.get('place_id', ''))}",
        name=raw.get("name") or raw["display_name"].split(",")[0],
        kind=next((KINDS[word] for word in words if word in KINDS), "building"),
        country=raw.get("address", {}).get("country_code", "").upper(),
        admin1="",  # OpenStreetMap has ISO's codes, not GeoNames'
        lon=lon,
        lat=lat,
        population=0,
        region="",
        uncertainty_km=_reach(lon, lat, raw.get("boundingbox")),
    )


def _reach(lon: float, lat: float, box: list[str] | None) -> float:
    """Return how far the corners of Nominatim's box (south, north, west, east) lie from the point, in km."""
    if not box:
        return 1.0
    south, north, west, east = map(float, box)
    corners = great_circle_km(lon, lat, np.array([west, west, east, east]), np.array([south, north, south, north]))
    return round(max(0.1, float(corners.max())), 1)


class AnswerCache:
    """Answers of an online service in a file of SQLite, shared between threads and processes.

    Raises GeodataError where the file cannot be used.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self.now = now
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        self._run("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, kept REAL NOT NULL)")

    def get(self, key: str) -> list[dict[str, Any]] | None:
        """Return the answer kept under a key, an empty list where nothing was found; None where none is kept."""
        since = self.now() - MISS_KEPT
        rows = self._run("SELECT answer FROM answers WHERE key = ? AND (answer <> '[]' OR kept > ?)", key, since)
        return json.loads(rows[0][0]) if rows else None

    def put(self, key: str, answer: list[dict[str, Any]]) -> None:
        """Keep an answer."""
        self._run("REPLACE INTO answers VALUES (?, ?, ?)", key, json.dumps(answer, ensure_ascii=False), self.now())

    def _run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
                return connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> GeodataError:
        return GeodataError(f"{self.path}, where online answers are kept, cannot be used ({error}): move it away")


def cache_file() -> Path:
    """Return the file in the user's cache folder that keeps what online services answered."""
    folders = {"darwin": "Library/Caches", "win32": "AppData/Local"}
    return Path.home() / folders.get(sys.platform, ".cache") / "dateline" / "nominatim.sqlite"
