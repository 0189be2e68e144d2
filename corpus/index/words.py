"""How the index holds what repeats: words by number, values of few as codes, a day as a number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from zlib import crc32

from corpus.index.schema import CODED, HOLE, VALUES, bits

MOST = 50_000  # words whose numbers are kept at hand
_PLACES = {column: {value: number for number, value in enumerate(values)} for column, values in VALUES.items()}
_EPOCH = date(1970, 1, 1).toordinal()
_HASH = 0x7FFFFF  # three bytes, which tell words apart well enough


class Stretch(Protocol):
    """A stretch of a text, end exclusive."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def at(stretch: Stretch) -> tuple[int, int]:
    """Return where a stretch begins and how long it is."""
    return stretch.start, stretch.end - stretch.start


def codes(table: str, *values: str) -> int:
    """Return the number that stands for the values of few of a row, in the order of their columns."""
    packed = shift = 0
    for column, value in zip(CODED[table], values, strict=True):
        packed |= _PLACES[column][value] << shift
        shift += bits(column)
    return packed


def day_number(day: date | None) -> int | None:
    """Return the days from 1970 to a day."""
    return None if day is None else day.toordinal() - _EPOCH


def words_of(index: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the words that stand in an index under these numbers."""
    query = "select id, text from words where id in (select value from json_each(?))"
    return dict(index.execute(query, (json.dumps(sorted(set(numbers))),)))


class Words:
    """The words of an open index, each stored once."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._known: dict[str, int] = {}
        self._next: int = index.execute("select coalesce(max(id), 0) + 1 from words").fetchone()[0]

    def number(self, words: str) -> int:
        """Return the number of words, under which they are stored from now on."""
        if words not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[words] = self._stored(words)
        return self._known[words]

    def _stored(self, words: str) -> int:
        hash_ = crc32(words.encode()) & _HASH
        query = "select id from words where hash = ? and text = ?"
        found = self._index.execute(query, (hash_, words)).fetchone()
        if found:
            return int(found[0])
        self._index.execute("insert into words values (?, ?, ?)", (self._next, hash_, words))
        self._next += 1
        return self._next - 1

    def quoting(self, reason: str, text: str, of: Stretch, within: Stretch) -> tuple[int, int | None, int | None]:
        """Return the number of the reason of something, how far from that its quotation stands, and how long it is.

        The number is that of the reason without its quotation, where it begins with one of the same passage.
        """
        quoted, _, rest = reason[1:].partition("': ")
        found = text.find(quoted, within.start, within.end)
        if not reason.startswith("'") or not rest or HOLE in reason or found < 0:
            return self.number(reason), None, None
        return self.number(f"'{HOLE}': {rest}"), found - of.start, len(quoted)
