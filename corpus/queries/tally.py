"""Counting by the columns of an index: how many of the mentions left each place has, and which come first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from corpus.index.columns import DOUBTFUL, columns_of
from corpus.index.numbering import Column
from corpus.queries.bitmaps import WORD, Bits, before, between, groups, holds, pack, size
from corpus.queries.chosen import FEW, Chosen, bits_of, passages_with
from corpus.queries.filters import Filters, search_expression
from corpus.queries.worked_out import CODES

AT_FIRST = 512  # mentions among which those that come first are looked for


class Tally(Chosen):
    """Counts the mentions that are left."""

    def newest(self, number: int) -> list[int]:
        """Return the passages of the mentions left, at most so many, those of the newest articles first."""
        return self.first("article", number)

    def first(self, name: str, number: int, ranks: Column | None = None) -> list[int]:
        """Return the passages of the mentions left, at most so many: by a column, or its ranks, and the newest article.

        Of many mentions only those are looked at that come first.
        """
        rows = self._least(name, ranks, lambda rows: len(np.unique(self.column("passage")[rows])) > number)
        passage, article, key = (self.column(each)[rows] for each in ("passage", "article", name))
        order = np.lexsort((passage, article, key if ranks is None else ranks[key]))
        return [int(each) for each in pd.unique(passage[order])[:number]]

    def _least(self, name: str, ranks: Column | None, are_enough: Callable[[Column], bool]) -> Column:
        """Return the mentions left with the least numbers in a column, or ranks of these: as many as are enough."""
        column = self.column(name)
        if self._whole and size(self.bits) > len(column) // FEW:
            listed = self._worked_out.listed(name)
            numbers = np.arange(len(listed.starts) - 1) if ranks is None else np.argsort(ranks, kind="stable")
            in_order = numbers if ranks is None else ranks[numbers]
            told, wanted = np.cumsum(np.diff(listed.starts)[numbers]), AT_FIRST
            while wanted < len(column) // FEW:  # else most of what comes first is not left
                last = in_order[int(np.searchsorted(told, wanted))]
                some = listed.of(numbers[: int(np.searchsorted(in_order, last, "right"))])
                some = some[holds(self.bits, some)]
                if are_enough(some):
                    return some
                wanted *= 4
        rows: Column = self.rows
        wanted = AT_FIRST
        keys = column[rows] if ranks is None else ranks[column[rows]]
        while wanted < len(rows):
            first: Column = rows[keys <= np.partition(keys, wanted)[wanted]]
            if are_enough(first):
                return first
            wanted *= 4
        return rows

    def ids(self, number: int | None = None) -> str:
        """Return the mentions left, as a list in JSON: all, or so many of the newest articles, and the last one's."""
        rows = self.rows if number is None else self._least("article", None, lambda rows: len(rows) > number)
        return json.dumps(self.column("mention")[rows].tolist())

    def articles_first(self, number: int) -> tuple[Column, Tally]:
        """Return the newest articles of the mentions left, at most so many, and the mentions that these have."""
        newest = self._least("article", None, lambda rows: len(np.unique(self.column("article")[rows])) > number)
        article = self.column("article")[newest]
        found = np.unique(article)[:number]
        return found, self._narrowed(self._bits_of(newest[article <= found[-1]] if len(found) else newest))

    def spelled(self) -> pd.DataFrame:
        """Return how the mentions left are written: place, text, kind, mentions."""
        told = self._told("spelling")
        there = np.flatnonzero(told)

        def every() -> pd.DataFrame:
            return pd.DataFrame(self.words("spellings"), columns=["place", "text", "kind"])

        return self.columns.keep("spelled", every).take(there).reset_index(drop=True).assign(mentions=told[there])

    # ---- how many

    @property
    def dated_by(self) -> str:
        """The name of the column that holds the date of each mention, or its article's publication."""
        return "period" if self.filters.by == "event" else "published"

    def date_codes(self) -> Column:
        """Return the date of each mention left, its first one or its article's publication, by its number."""
        return self.of("period") if self.filters.by == "event" else self.of_article("published")

    def periods(self) -> list[tuple[tuple[str, str, str], int]]:
        """Return how many of the mentions left have each date: its first and last day, and how sure."""
        told = self._told(self.dated_by)
        return [
            (tuple(period), int(number)) for period, number in zip(self.words(self.dates), told, strict=True) if number
        ]

    def certainty(self, certainty: str) -> Bits:
        """Return all mentions whose first date, or publication, is so sure."""
        return self._worked_out.certainty(self.dates, self.dated_by, certainty)

    @property
    def _codes(self) -> Column | None:
        """Which CODES the mentions left have, if they are just those that have one of these."""
        filters = self.filters
        if not self._whole or any((filters.since, filters.until, filters.outlets, search_expression(filters.text))):
            return None
        bits = bits_of(self._roles)
        return np.array([code & bits and not (filters.sure and code & DOUBTFUL) for code in CODES], bool)

    def _told(self, name: str) -> Column:
        """Return how many of the mentions left each number of a column has."""
        if self._codes is not None:
            told: Column = self._worked_out.told(name)[self._codes].sum(0)
            return told
        column = self.of_article(name) if name == "published" else self.of(name)
        return np.bincount(column, minlength=self._worked_out.told(name).shape[1])

    def passages(self) -> int:
        """Return how many passages the mentions left stand in."""
        if self._codes is not None:
            told = self._worked_out.passages()
            return int(told[np.arange(len(told)) & int((1 << np.flatnonzero(self._codes)).sum()) > 0].sum())
        seen = np.zeros(len(self.column("passage_article")), bool)
        seen[self.of("passage")] = True
        return int(np.count_nonzero(seen))

    def each(self, bits: Bits) -> Column:
        """Return how many mentions of a set each place of the columns has."""
        return between(bits, np.clip(self.column("starts").astype(np.int64) - self._base, 0, self._end - self._base))

    def mentions(self, *planes: Bits) -> Column:
        """Return how many of the mentions left each place has, of those among others where they are given."""
        return self.each(np.bitwise_and.reduce([self.bits, *map(self._here, planes)]))

    def articles(self) -> Column:
        """Return in how many articles each place has any of the mentions left."""
        return self.each(groups(self.bits, self._ends("article")))

    def in_groups(self, name: str, number: int, grouped: Callable[[], Sequence[Column]]) -> list[Column]:
        """Return how many articles and sources the mentions left have in each of so many groups of places.

        `grouped` gives for each of all mentions the group by its number, the source and the article.
        """
        places, edges, *ends = self._worked_out.grouped(name, number, grouped)
        mask = np.zeros(len(places), bool)
        mask[places[self.rows]] = True
        bits = pack(mask)
        return [between(groups(bits, each), edges) for each in ends]

    def _ends(self, name: str) -> Bits:
        """Return the last mention that each place has in an article, or in it and its copies."""
        ends = self._here(self._worked_out.ends(name)).copy()
        ends[-1] |= ~np.uint64(0) << np.uint64((self._end - self._base) % WORD)
        return ends

    def sources(self) -> Column:
        """Return how many independent sources each place has.

        An article that copies another, or only passes on a statement that others do, is none.
        """
        shared = self.column("shared_at")
        here = np.flatnonzero(self.has(shared))
        if not len(here):
            return self.each(groups(self.bits, self._ends("copy")))
        # Of an article that names the place in shared statements alone, the first of these is the source.
        first, last = (ends[here] for ends in self._worked_out.pairs_of_shared())
        edges = np.clip(np.stack((first, last + 1)) - self._base, 0, self._end - self._base)
        told = np.diff(before(self.bits, edges), axis=0)[0]
        pair, start, times = np.unique(last, return_index=True, return_counts=True)
        alone = times == told[start]
        least = np.minimum.reduceat(self.column("shared_source")[here], start)[alone].astype(np.int64)
        place = np.searchsorted(self.column("starts"), pair[alone], "right") - 1
        rest = self.bits & ~self._bits_of(shared[here[np.repeat(alone, times)]].astype(np.int64))
        statements = np.bincount(np.unique(place << 32 | least) >> 32, minlength=len(self.column("starts")) - 1)
        return self.each(groups(rest, self._ends("copy"))) + statements

    def sources_of(self, articles: Column) -> Column:
        """Return a number for the source of each article: its outlet, or itself where it names none."""
        outlets = self.words("outlets")
        outlet = self.column("article_outlet")[articles].astype(np.int64)
        if "" not in outlets:
            return outlet
        return np.where(outlet == outlets.index(""), articles.astype(np.int64) + len(outlets), outlet)


def few(index: sqlite3.Connection, filters: Filters, passages: Sequence[int]) -> tuple[str, dict[str, object]]:
    """Return the condition of filters on the mentions m of a few passages, of which no other is looked for."""
    where, values = filters.sql(having="m.passage in (select value from json_each(:having))")
    if words := search_expression(filters.text):
        wanted = passages_with(index, columns_of(index), words)
        values["having"] = json.dumps([number for number in passages if number < len(wanted) and wanted[number]])
    return f"m.passage in ({', '.join(map(str, passages))}) and {where}", values


def frame(tally: Tally, **counts: Column) -> pd.DataFrame:
    """Return the places that have any of the mentions left, with `mentions` and other counts of each; most first."""
    places = tally.columns.places(tally.index)
    at = places["at"].to_numpy()
    mentions = tally.mentions()[at]
    chosen = np.flatnonzero(mentions)
    chosen = chosen[np.lexsort((places["rank"].to_numpy()[chosen], -mentions[chosen]))]
    told = {name: count[at[chosen]] for name, count in counts.items()}
    return (
        places.drop(columns=["at", "rank"])
        .take(chosen)
        .reset_index(drop=True)
        .assign(mentions=mentions[chosen], **told)
    )
