"""The columns that `rollups` wrote into an index, read when they are first asked for and kept while it is asked."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from corpus.index.connection import SEAL
from corpus.index.numbering import Column
from corpus.records import ROLES

ROLE_BITS: dict[str, int] = {role: 1 << number for number, role in enumerate((*ROLES, ""))}  # of a mention: one is set
DOUBTFUL = 128  # the bit beside them
BY_ARTICLE = ("mention", "passage")  # numbers that are kept as counted from the first one of their article
OPEN = 2  # indexes whose columns are kept: the one that is asked, and the one that takes its place
SEARCHES = 16  # of which the passages found are kept
RECENT = 24  # of the last answers that others build on

Kept = TypeVar("Kept")


class Columns:
    """What is counted of each mention of an index, and the words that its numbers stand for."""

    def __init__(self) -> None:
        self._columns: dict[str, Column] = {}
        self._words: dict[str, list[Any]] = {}
        self._numbers: dict[str, int] = {}
        self._places: pd.DataFrame | None = None
        self.found: dict[str, Column] = {}  # whether each passage has the words, by the search
        self._kept: dict[Hashable, Any] = {}
        self._recent: dict[Hashable, Any] = {}
        self._lock = Lock()

    def column(self, index: sqlite3.Connection, name: str) -> Column:
        """Return a column by its name: a number for each mention, or what the name says."""
        if name not in self._columns:
            kind, content = _stored(index, name)
            column = np.frombuffer(content, kind)
            if name in BY_ARTICLE:
                first = self.column(index, f"article_{name}")
                wide = np.min_scalar_type(int(column.max(initial=0)) + int(first.max(initial=0)))
                column = np.add(column, first[self.column(index, "article")], dtype=wide)
            self._columns[name] = column
        return self._columns[name]

    def of_article(self, index: sqlite3.Connection, name: str) -> Column:
        """Return for each mention what a column says of its article."""
        if name not in self._columns:
            self._columns[name] = self.column(index, f"article_{name}")[self.column(index, "article")]
        return self._columns[name]

    def words(self, index: sqlite3.Connection, name: str) -> list[Any]:
        """Return the words that the numbers of a column stand for."""
        if name not in self._words:
            self._words[name] = json.loads(_stored(index, name)[1].decode("utf-8", "surrogatepass"))
        return self._words[name]

    def numbers(self, index: sqlite3.Connection) -> dict[str, int]:
        """Return which place of the columns an id is."""
        if not self._numbers:
            self._numbers = {id: number for number, id in enumerate(self.words(index, "places"))}
        return self._numbers

    def keep(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is worked out of the columns once, by its name."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    def recent(self, asked: Hashable, answer: Callable[[], Kept]) -> Kept:
        """Return an answer, which is kept until others have been asked for."""
        with self._lock:
            found: Kept | None = self._recent.pop(asked, None)
        if found is None:
            found = answer()
        with self._lock:
            self._recent[asked] = found
            if len(self._recent) > RECENT:
                del self._recent[next(iter(self._recent))]
        return found

    def places(self, index: sqlite3.Connection) -> pd.DataFrame:
        """Return the layer of places in the order of the columns; `at` says which place of the columns each is."""
        if self._places is None:
            numbers = self.numbers(index)
            found = pd.read_sql_query(f"select {PLACE} from places", index)  # noqa: S608 - our own words
            found = found[found.id.isin(numbers)]
            found = found.assign(at=found.id.map(numbers).astype(int)).sort_values("at", ignore_index=True)
            self._places = found.assign(rank=found.name.rank(method="first").astype(int) if len(found) else 0)
        return self._places


PLACE = """
    id, name, gazetteer_name, names, kind, country, country_name, region, region_name, region_method, outline,
    uncertainty_km, source, years, lon, lat
"""


def columns_of(index: sqlite3.Connection) -> Columns:
    """Return the columns of an open index."""
    (seal,) = index.execute("select value from meta where key = ?", (SEAL,)).fetchone()
    return _kept(seal)


@lru_cache(OPEN)
def _kept(seal: str) -> Columns:
    return Columns()


def _stored(index: sqlite3.Connection, name: str) -> tuple[str, bytes]:
    kind, content = index.execute("select kind, content from rollups where name = ?", (name,)).fetchone()
    return kind, zlib.decompress(content)
