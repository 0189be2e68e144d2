"""Which mentions of an index filters leave, by its columns.

A mention is known by its row in the columns; they lie by place, then by source, then by article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Self

import numpy as np

from corpus.index.columns import DOUBTFUL, ROLE_BITS, SEARCHES, Columns, columns_of
from corpus.index.numbering import Column
from corpus.queries.bitmaps import WORD, Bits, holds, pack, rows_of
from corpus.queries.filters import Filters, search_expression
from corpus.queries.worked_out import WorkedOut
from corpus.records import Role

FEW = 16  # a part of all mentions, below which they are looked at one by one
Span = tuple[int, int]  # rows, from the first to behind the last


class Chosen:
    """The mentions of an index that filters leave, a bit each of the rows that may be left."""

    def __init__(
        self, index: sqlite3.Connection, filters: Filters, *, place: str = "", region: str = "", every: bool = False
    ) -> None:
        self.index, self.columns, self._worked_out = index, columns_of(index), WorkedOut(index)
        self.filters, self._roles = filters, frozenset(role for role in filters.roles if role or every)
        number = len(self.column("bits"))
        spans = self._spans(place, region)
        first, last = min((a for a, _ in spans), default=0), max((b for _, b in spans), default=0)
        self._whole = (first, last) == (0, number) and len(spans) == 1
        self._base, self._end = first // WORD * WORD, last
        asked = (replace(filters, roles=()), self._roles, place, region)
        self.bits: Bits = self.columns.recent(asked, lambda: self._chosen(spans))

    @cached_property
    def rows(self) -> Column:
        """The mentions left, in their order."""
        return rows_of(self.bits) + self._base

    def column(self, name: str) -> Column:
        """Return a column of all mentions."""
        return self.columns.column(self.index, name)

    def words(self, name: str) -> list[Any]:
        """Return what the numbers of a column stand for."""
        return self.columns.words(self.index, name)

    def of(self, name: str) -> Column:
        """Return a column of the mentions that are left."""
        return self.column(name)[self.rows]

    def of_article(self, name: str) -> Column:
        """Return what a column says of the articles of the mentions that are left."""
        return self.column(f"article_{name}")[self.of("article")]

    def only(self, plane: Bits) -> Self:
        """Return those of the mentions left that are among others, a bit for each of all mentions."""
        return self._narrowed(self.bits & self._here(plane))

    def having(self, which: Column) -> Self:
        """Return only these of the mentions that are left."""
        return self._narrowed(self._bits_of(self.rows[which]))

    def _narrowed(self, bits: Bits) -> Self:
        """Return these of the mentions left, which are no longer just those that the filters leave."""
        narrowed = copy(self)
        narrowed.bits, narrowed._whole = bits, False
        narrowed.__dict__.pop("rows", None)
        return narrowed

    def has(self, rows: Column) -> Column:
        """Return whether each of these mentions is left."""
        here = (rows >= self._base) & (rows < self._end)
        here[here] = holds(self.bits, rows[here].astype(np.int64) - self._base)
        return here

    def _here(self, plane: Bits) -> Bits:
        """Return the part of a set of all mentions in which these lie."""
        return plane[self._base // WORD : self._end // WORD + 1]

    def _bits_of(self, rows: Column) -> Bits:
        """Return a set of rows."""
        mask = np.zeros(self._end - self._base, bool)
        mask[rows.astype(np.int64) - self._base] = True
        return pack(mask)

    # ---- which mentions

    def _spans(self, place: str, region: str) -> list[Span]:
        """Return the rows that a place, a region and the regions of the filters leave."""
        spans = [(0, len(self.column("bits")))]
        if place:
            spans = self.spans_of(place)
        for codes in filter(None, ((region,) if region else (), self.filters.regions)):
            spans = _both(spans, self.inside(codes))
        return spans

    def spans_of(self, place: str) -> list[Span]:
        """Return the rows of a place."""
        at, starts = self.columns.numbers(self.index).get(place), self.column("starts")
        return [] if at is None else [(int(starts[at]), int(starts[at + 1]))]

    def inside(self, codes: Sequence[str]) -> list[Span]:
        """Return the rows of places in these regions: they lie together."""
        places, starts = self.columns.places(self.index), self.column("starts")
        at = places["at"][places.region.isin(codes) | places.country.isin(codes)].to_numpy()
        breaks = np.flatnonzero(np.diff(at) > 1) + 1
        return [(int(starts[run[0]]), int(starts[run[-1] + 1])) for run in np.split(at, breaks) if len(run)]

    def of_outlets(self) -> Column:
        """Return for each number of an outlet whether it is one of the filters'."""
        return np.array([outlet in self.filters.outlets for outlet in self.words("outlets")], bool)

    def within_days(self, periods: Sequence[Sequence[str]], *, undated: bool = False) -> Column:
        """Return for each period whether any of its days is one of the filters', or it has none and such stay."""
        since, until = str(self.filters.since or date.min), str(self.filters.until or date.max)
        ends = np.array([period[:2] for period in periods], np.str_).reshape(-1, 2)
        found = (ends[:, 1] >= since) & (ends[:, 0] <= until)
        return found | np.array([certainty == "undated" for *_, certainty in periods], bool) if undated else found

    @property
    def dates(self) -> str:
        """The name of the words that the dates of mentions are numbered by."""
        return "periods" if self.filters.by == "event" else "publications"

    def _chosen(self, spans: Sequence[Span]) -> Bits:
        filters = self.filters
        bits = self._in_spans(spans)
        bits &= np.bitwise_or.reduce(
            [np.zeros_like(bits), *(self._here(self._worked_out.bits(ROLE_BITS[role])) for role in self._roles)]
        )
        if filters.sure:
            bits &= ~self._here(self._worked_out.bits(DOUBTFUL))
        if filters.outlets:
            bits &= self._numbered("article", self.of_outlets()[self.column("article_outlet")])
        if filters.since or filters.until:
            bits &= self._dated()
        if words := search_expression(filters.text):
            called = self._in_spans([span for place in filters.called for span in self.spans_of(place)])
            bits &= called | self._numbered("passage", passages_with(self.index, self.columns, words))
        return bits

    def _in_spans(self, spans: Sequence[Span]) -> Bits:
        mask = np.zeros(self._end - self._base, bool)
        for first, last in spans:
            mask[max(0, first - self._base) : max(0, last - self._base)] = True
        return pack(mask)

    def _numbered(self, name: str, wanted: Column) -> Bits:
        """Return the mentions whose number in a column is wanted."""
        column = self.column(name)
        if self._end - self._base > len(column) // FEW:
            listed = self._worked_out.listed(name)
            run, others = _longest_run(wanted, listed.starts)
            others = listed.of(np.flatnonzero(others))
            if len(others) < len(column) // FEW:
                mask = np.zeros(len(column), bool)
                if run[0] < run[1]:
                    np.logical_and(column >= run[0], column < run[1], out=mask)
                mask[others] = True
                return self._here(pack(mask)) if self._base else pack(mask[: self._end])
        return pack(wanted[column[self._base : self._end]])

    def _dated(self) -> Bits:
        wanted = self.within_days(self.words(self.dates), undated=self.filters.undated)
        if self.filters.by == "published":
            return self._numbered("article", wanted[self.column("article_published")])
        at, later = self.column("later_at"), self.column("later_period")
        also = at[self.within_days(self.words("later_periods"))[later]] if len(at) else at
        also = also[(also >= self._base) & (also < self._end)]
        return self._numbered("period", wanted) | self._bits_of(also)


def bits_of(roles: Iterable[Role | str]) -> int:
    """Return the bits that mentions of these roles have."""
    return sum(ROLE_BITS[role] for role in set(roles))


def passages_with(index: sqlite3.Connection, columns: Columns, words: str) -> Column:
    """Return for each number of a passage whether it has the words of a full-text query."""
    if words not in columns.found:
        if len(columns.found) >= SEARCHES:
            columns.found.pop(next(iter(columns.found)))
        found = np.zeros(len(columns.column(index, "passage_article")), bool)
        query = "select json_group_array(rowid) from passages_fts where passages_fts match ?"
        found[json.loads(index.execute(query, (words,)).fetchone()[0])] = True
        columns.found[words] = found
    return columns.found[words]


def _both(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return the rows that two lists of spans have in common."""
    common = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(first, last) for first, last in common if first < last]


def _longest_run(wanted: Column, starts: Column) -> tuple[Span, Column]:
    """Return the numbers wanted that lie together and have most mentions, first and behind the last, and the others.

    `starts` say where the mentions of each number begin.
    """
    edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2)
    if not len(edges):
        return (0, 0), wanted
    first, last = edges[np.argmax(starts[edges[:, 1]] - starts[edges[:, 0]])].tolist()
    others = wanted.copy()
    others[first:last] = False
    return (first, last), others
