"""What is worked out of an index's columns when it is first asked for, and kept: planes of bits, rows by a number."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from corpus.index.columns import DOUBTFUL, ROLE_BITS, columns_of
from corpus.index.numbering import Column
from corpus.index.schema import VALUES
from corpus.queries.bitmaps import Bits, ends_of, pack, rows_of

CODES = tuple(role + doubt for doubt, role in product((0, DOUBTFUL), ROLE_BITS.values()))  # that a mention may have


class Listed(NamedTuple):
    """The rows of all mentions by a number that a column has for each, and where those of each number begin."""

    rows: Column
    starts: Column

    def of(self, numbers: Column) -> Column:
        """Return the rows of some numbers, those of each together."""
        first, last = self.starts[numbers], self.starts[numbers + 1]
        length = last - first
        found: Column = self.rows[np.repeat(first - (np.cumsum(length) - length), length) + np.arange(length.sum())]
        return found


class WorkedOut:
    """Gives what the columns of an open index are asked for again and again."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self.index, self.columns = index, columns_of(index)

    def column(self, name: str) -> Column:
        """Return a column of all mentions; of some names what it says of their articles."""
        if name in ("outlet", "published"):
            return self.columns.of_article(self.index, name)
        return self.columns.column(self.index, name)

    def bits(self, bit: int) -> Bits:
        """Return the mentions that have a bit: of a role, or of a doubt."""
        return self.columns.keep(("bit", bit), lambda: pack((self.column("bits") & np.uint8(bit)) > 0))

    def status(self, status: str) -> Bits:
        """Return the mentions of a status."""
        number = VALUES["status"].index(status)
        return self.columns.keep(("status", status), lambda: pack(self.column("status") == number))

    def certainty(self, dates: str, column: str, certainty: str) -> Bits:
        """Return the mentions that have such a date in a column, by the words of its dates."""

        def found() -> Bits:
            words = self.columns.words(self.index, dates)
            return pack(np.array([each == certainty for *_, each in words], bool)[self.column(column)])

        return self.columns.keep(("certainty", dates, certainty), found)

    def listed(self, name: str) -> Listed:
        """Return the mentions by the numbers of a column."""

        def found() -> Listed:
            column = self.column(name)
            told = np.bincount(column, minlength=self._numbers(name))
            starts = np.concatenate(([0], np.cumsum(told)))
            return Listed(np.argsort(column, kind="stable").astype(np.min_scalar_type(len(column))), starts)

        return self.columns.keep(("listed", name), found)

    def _numbers(self, name: str) -> int:
        """Return how many numbers a column may have."""
        words = {"period": "periods", "published": "publications", "spelling": "spellings"}
        if name in words:
            return len(self.columns.words(self.index, words[name]))
        return len(self.column({"article": "article_row", "passage": "passage_article"}[name]))

    def told(self, name: str) -> Column:
        """Return how many mentions of each of CODES each number of a column has, a row a code."""

        def found() -> Column:
            of = np.zeros(256, np.int64)
            of[list(CODES)] = np.arange(len(CODES))
            size = self._numbers(name)
            keys = of[self.column("bits")] * size + self.column(name)
            return np.bincount(keys, minlength=len(CODES) * size).reshape(len(CODES), size)

        return self.columns.keep(("told", name), found)

    def passages(self) -> Column:
        """Return how many passages have mentions of each set of CODES, a bit a code."""

        def found() -> Column:
            of = np.zeros(256, np.uint16)
            of[list(CODES)] = 1 << np.arange(len(CODES))
            rows, starts = self.listed("passage")
            named = np.flatnonzero(np.diff(starts))
            sets = np.bitwise_or.reduceat(of[self.column("bits")[rows]], starts[named]) if len(named) else named
            return np.bincount(sets, minlength=1 << len(CODES))

        return self.columns.keep("passages", found)

    def ends(self, name: str) -> Bits:
        """Return the last mentions that a place has in each article, or in each article with its copies."""

        def found() -> Bits:
            starts, size = self.column("starts"), len(self.column("bits"))
            place = np.repeat(np.arange(len(starts)), np.diff(starts, append=size))
            article = self.column("article")
            return ends_of(place, article if name == "article" else self.column("article_copy")[article])

        return self.columns.keep(("ends", name), found)

    def grouped(
        self, name: str, number: int, grouped: Callable[[], Sequence[Column]]
    ) -> tuple[Column, Column, Bits, Bits]:
        """Return mentions by group, source and article: the place of each among all, where groups begin and end.

        Then the last ones of each article in a group, and of each source. `grouped` gives for each mention these three.
        """

        def found() -> tuple[Column, Column, Bits, Bits]:
            group, source, article = grouped()
            order = np.lexsort((article, source, group))
            places = np.empty(len(order), np.min_scalar_type(len(order)))
            places[order] = np.arange(len(order))
            group, source, article = group[order], source[order], article[order]
            edges = np.searchsorted(group, np.arange(number + 1))
            return places, edges, ends_of(group, source, article), ends_of(group, source)

        return self.columns.keep(("grouped", name), found)

    def prepare(self) -> None:
        """Work out what takes longest of what most questions ask for."""
        for name in ("article", "period", "passage"):
            self.listed(name)
        for bit in CODES[: len(ROLE_BITS)]:
            self.bits(bit)

    def pairs_of_shared(self) -> tuple[Column, Column]:
        """Return for each mention in a shared statement the first and the last of its place in its article."""

        def found() -> tuple[Column, Column]:
            ends = rows_of(self.ends("article"))
            at = np.searchsorted(ends, self.column("shared_at"))
            return np.concatenate(([0], ends + 1))[at], ends[at]

        return self.columns.keep("pairs of shared", found)
