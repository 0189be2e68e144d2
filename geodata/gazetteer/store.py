"""The gazetteer: every place we know, and the names that lead to it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata import DATA
from geodata.folding import name_key
from geodata.gazetteer.mapped import Labels, map_trie, numbers
from geodata.gazetteer.packs.opened import open_packs
from geodata.gazetteer.packs.shelf import Pack
from geodata.gazetteer.spelling_families import family_key
from geodata.gazetteer.user_places import names_of_user, read_user_places, with_user_places
from geodata.globe import great_circle_km
from geodata.records import Candidate, GazetteerEntry, NameType
from geodata.tables import read_columns, read_rows

USER_SOURCE = "your own list of places"
ENTRIES_KEPT = 1 << 14
NEWS_NAMES = "news_names.csv"
COLUMNS = [
    "id",
    "name",
    "kind",
    "country",
    "admin1",
    "lon",
    "lat",
    "capital",
    "population",
    "uncertainty_km",
    "years",
    "region",
    "region_method",
]


class Gazetteer:
    """The places of the world, opened for look-up by name; a place is known by its row.

    `kind`, `country`, `admin1`, `lon`, `lat`, `population` are columns, indexed by row. Read-only and safe to share
    between threads and forked processes. `packs` are files of places that a user added (see packs/), `own` is a user's
    own list of places (see user_places.py), which wins; what of them could not be used is in `pack_problems` and
    `own_problems`.
    """

    def __init__(self, folder: Path = DATA, *, own: Path | None = None, packs: Sequence[Pack] = ()) -> None:
        self._folder, self._made_of = folder, (folder, own, tuple(packs))
        places = read_columns(folder / "places.parquet", COLUMNS)
        self._shipped = len(places)
        self._packs, places, self.pack_problems = open_packs(packs, places)
        self._user_places, self.own_problems = read_user_places(own) if own else ([], [])
        self._own: dict[str, tuple[Candidate, ...]] = {}
        if self._user_places:
            self._own = names_of_user(self._user_places, first=len(places))
            places = with_user_places(places, self._user_places)
        names = read_columns(folder / "names.parquet", ["place", "name_type"])
        self._trie = map_trie(folder / "names.marisa")
        bearers = names["place"].combine_chunks()
        self._bearers = memoryview(numbers(bearers.values))
        self._name_types = memoryview(numbers(names["name_type"].combine_chunks().values))
        self._starts = memoryview(numbers(bearers.offsets))

        self.kind = Labels(places["kind"])
        self.country = Labels(places["country"])
        self.admin1 = Labels(places["admin1"])
        self.region = Labels(places["region"])
        self.lon = memoryview(numbers(places["lon"]))
        self.lat = memoryview(numbers(places["lat"]))
        self.capital = memoryview(numbers(places["capital"].cast(pa.uint8())))
        self.population = memoryview(numbers(places["population"]))
        self.uncertainty_km = memoryview(numbers(places["uncertainty_km"]))
        self._years = Labels(places["years"])
        self._region_method = Labels(places["region_method"])
        self._id = places["id"].combine_chunks()
        self._name = places["name"].combine_chunks()
        self._entry = lru_cache(maxsize=ENTRIES_KEPT)(self._make_entry)
        self._name_of = lru_cache(maxsize=ENTRIES_KEPT)(lambda row: str(self._name[row].as_py()))
        self._news: dict[str, tuple[Candidate, ...]] = {}
        self.fame: dict[int, float] = {}  # row -> as if it had so many people, in powers of ten
        self._read_news_names()
        self._families = map_trie(folder / "families.marisa", marisa_trie.RecordTrie("<I"))
        self._own_keys = marisa_trie.Trie([key for key in (*self._own, *self._news) if key not in self._trie])

    def __len__(self) -> int:
        return len(self._id)

    def __reduce__(self) -> tuple[Any, ...]:
        """Open the same files again where it is unpickled: columns in mapped memory do not travel."""
        return _open_again, self._made_of

    def _read_news_names(self) -> None:
        """Read what English news calls some places, and which it speaks of far beyond their size: news_names.csv."""
        for row in read_rows(DATA / NEWS_NAMES):
            bearers = self.bearers(name_key(row["name"]))
            place = next((candidate.row for candidate in bearers if self.id(candidate.row) == row["id"]), None)
            if place is None:
                continue
            if row["tens"]:
                self.fame[place] = float(row["tens"])
            for name in filter(None, row["english"].split("|")):
                key = name_key(name)
                self._news[key] = (*self._news.get(key, ()), Candidate(place, NameType.OFFICIAL))

    def _known(self, key: str) -> tuple[Candidate, ...]:
        own = self._own.get(key, ()) + self._news.get(key, ())
        number = self._trie.get(key)
        if number is None:
            return own
        span = range(self._starts[number], self._starts[number + 1])
        listed = tuple(Candidate(self._bearers[i], self._name_types[i]) for i in span)
        if own:
            better = {candidate.row for candidate in own}
            listed = tuple(candidate for candidate in listed if candidate.row not in better)
        return own + listed

    def spelt_like(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of which a name may be a spelling that no list has (see spelling_families.py)."""
        family = family_key(key)
        return tuple(Candidate(row, NameType.OFFICIAL) for (row,) in self._families.get(family, ()) if family)

    def bearers(self, key: str) -> tuple[Candidate, ...]:
        """Return the places that bear the folded name `key` (see folding.name_key), in no particular order.

        Those of packs are among them but for the names that are `guarded`.
        """
        return self._with_packs(self._known(key), key, guarded=False) if self._packs else self._known(key)

    def guarded(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of packs that bear a name which counts only where the text speaks of their country."""
        return self._with_packs((), key, guarded=True)

    def _with_packs(self, known: tuple[Candidate, ...], key: str, *, guarded: bool) -> tuple[Candidate, ...]:
        rows = {candidate.row: candidate for candidate in known}
        for pack in self._packs:
            for candidate in pack.bearers(key, guarded=guarded):
                rows.setdefault(candidate.row, candidate)
        return tuple(rows.values()) if len(rows) > len(known) else known

    def prefixes(self, text: str, *, guarded: bool = False) -> list[str]:
        """Return the folded names that a folded text begins with, the shortest first; of packs, or those `guarded`."""
        found: list[str] = [] if guarded else self._trie.prefixes(text)
        more = [] if guarded else self._own_keys.prefixes(text)
        for pack in self._packs:
            more += pack.prefixes(text, guarded=guarded)
        return sorted({*found, *more}, key=len) if more else found

    def beginning(self, prefix: str) -> list[str]:
        """Return the folded names that begin with `prefix`."""
        more = (key for pack in self._packs for key in pack.beginning(prefix))
        return list(dict.fromkeys([*self._trie.keys(prefix), *self._own_keys.keys(prefix), *more]))

    def find(self, name: str) -> list[int]:
        """Return the rows of the places called `name`, best claim first: countries, then the larger, better named."""
        key = name_key(name)
        bearers = [c for c in self.bearers(key) + self.guarded(key) if c.name_type <= NameType.OTHER]
        return [candidate.row for candidate in sorted(bearers, key=self._claim)]

    def _claim(self, candidate: Candidate) -> tuple[bool, float]:
        row = candidate.row
        size = max(math.log10(self.population[row] + 10), self.fame.get(row, 0.0)) + self.capital[row]
        # Another name counts like a hundredth of the people: Bombay is Mumbai rather than a suburb's main name.
        return (self.kind[row] not in ("country", "continent"), 2.0 * (candidate.name_type == NameType.OTHER) - size)

    def entry(self, row: int) -> GazetteerEntry:
        """Return the place at `row`."""
        return self._entry(row)

    def _make_entry(self, row: int) -> GazetteerEntry:
        return GazetteerEntry(
            id=self.id(row),
            name=self.name(row),
            kind=self.kind[row],  # type: ignore[arg-type]
            country=self.country[row],
            admin1=self.admin1[row],
            lon=self.lon[row],
            lat=self.lat[row],
            population=self.population[row],
            region=self.region[row],
            uncertainty_km=round(self.uncertainty_km[row], 1),
            years=self.years(row),
        )

    def id(self, row: int) -> str:
        """Return the place's id: its GeoNames number as text, or a slug of our own."""
        return str(self._id[row].as_py())

    def name(self, row: int) -> str:
        """Return the place's main name."""
        return self._name_of(row)

    def years(self, row: int) -> str:
        """Return when the place existed, "1922-1991" or "since 1991"; "" for what always did."""
        return self._years[row]

    def other_names(self, row: int) -> list[str]:
        """Return every other name and spelling of the place, in any script."""
        if row >= len(self) - len(self._user_places):
            return list(self._user_places[row - len(self)].names[1:])
        names = self._words["names"][row].as_py() if row < self._shipped else []
        return list(dict.fromkeys([*names, *(name for pack in self._packs for name in pack.names_of(row))]))

    def region_method(self, row: int) -> str:
        """Return the rule that put the place in its province: code, inside, nearest, country, shape or ''."""
        return self._region_method[row]

    def source(self, row: int) -> str:
        """Return where the place's entry comes from, and further names of it."""
        if row >= len(self) - len(self._user_places):
            return USER_SOURCE
        shipped = [self._words["source"][row].as_py()] if row < self._shipped else []
        return "; more names: ".join(shipped + [pack.pack.in_words() for pack in self._packs if pack.has(row)])

    @property
    def has_packs(self) -> bool:
        """Whether there are places of packs."""
        return bool(self._packs)

    def pack_of(self, row: int) -> Pack | None:
        """Return the pack that a place comes from, or None for one that no pack alone has."""
        return next((pack.pack for pack in reversed(self._packs) if pack.first <= row and pack.has(row)), None)

    def row_of(self, id: str) -> int | None:
        """Return the row of the place with this id, or None."""
        row = pc.index(self._id, id).as_py()
        return None if row < 0 else row

    def rows_of(self, ids: Collection[str]) -> list[int | None]:
        """Return the rows of many places, None for each that is not there."""
        wanted = pa.array(list(ids), pa.string())
        there = pc.indices_nonzero(pc.is_in(self._id, value_set=wanted))  # the other way round all ids would be hashed
        rows = there.take(pc.index_in(wanted, value_set=self._id.take(there)))
        found: list[int | None] = rows.to_pylist()
        return found

    def nearest(
        self, lon: float, lat: float, *, limit: int = 1, kinds: Iterable[str] = ("city", "village")
    ) -> list[tuple[int, float]]:
        """Return the rows of the nearest places of these kinds with their distance in km, nearest first."""
        rows = self.kind.rows_with(tuple(kinds))
        distance = great_circle_km(lon, lat, np.asarray(self.lon)[rows], np.asarray(self.lat)[rows])
        order = np.argsort(distance)[:limit]
        return [(int(rows[i]), float(distance[i])) for i in order]

    @cached_property
    def ids(self) -> frozenset[str]:
        """All places' ids."""
        return frozenset(self._id.to_pylist())

    @cached_property
    def _words(self) -> pa.Table:
        # Read when first asked for: matching needs no spellings, and they are the larger half of the file.
        return read_columns(self._folder / "places.parquet", ["names", "source"]).combine_chunks()


@cache
def open_gazetteer(own: Path | None = None, packs: tuple[Pack, ...] = ()) -> Gazetteer:
    """Open the shipped gazetteer, once a process; with a user's packs and own list of places where there are such."""
    return Gazetteer(own=own, packs=packs)


def _open_again(folder: Path, own: Path | None, packs: tuple[Pack, ...]) -> Gazetteer:
    if folder != DATA:
        return Gazetteer(folder, own=own, packs=packs)
    return open_gazetteer(own, packs) if own or packs else open_gazetteer()
