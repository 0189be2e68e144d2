"""Counting by the columns of an index: which mentions the filters leave, and how many of them each place has.

A mention is known by its row in the columns; they lie by place, then by source, then by article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from corpus.index.columns import DOUBTFUL, ROLE_BITS, SEARCHES, Columns, columns_of
from corpus.index.numbering import Column
from corpus.queries.filters import Filters, search_expression
from corpus.records import Role

PER_PASSAGE = 8  # mentions of a passage, of which the next passages are looked for
Span = tuple[int, int]  # rows, from the first to behind the last


class Tally:
    """The mentions of an index that filters leave."""

    def __init__(
        self, index: sqlite3.Connection, filters: Filters, *, place: str = "", region: str = "", every: bool = False
    ) -> None:
        self.index, self.columns = index, columns_of(index)
        self.filters, self._bits = filters, bits_of(role for role in filters.roles if role or every)
        self._within = (place, region)

    @cached_property
    def rows(self) -> Column:
        """The mentions left, in their order."""
        return self._chosen(self._spans(*self._within))

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

    def keep(self, which: Column) -> None:
        """Leave only these of the mentions that are left."""
        self.rows = self.rows[which]

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

    def _chosen(self, spans: Sequence[Span]) -> Column:
        found = [np.flatnonzero(self._mask(first, last)) + first for first, last in spans if last > first]
        rows = np.concatenate(found) if found else np.zeros(0, np.int64)
        words = search_expression(self.filters.text)
        return rows[self._with_words(rows, words)] if words and len(rows) else rows

    def _mask(self, first: int, last: int) -> Column:
        """Return whether each mention of a span is left, whatever the words of a search are."""
        filters, bits = self.filters, self.column("bits")[first:last]
        mask = (bits & self._bits) > 0
        if filters.sure:
            mask &= bits < DOUBTFUL
        if filters.outlets:
            mask &= self.of_outlets()[self.columns.of_article(self.index, "outlet")[first:last]]
        if filters.since or filters.until:
            mask &= self._dated(first, last)
        return mask

    def _dated(self, first: int, last: int) -> Column:
        wanted = self.within_days(self.words(self.dates), undated=self.filters.undated)
        if self.filters.by == "published":
            return wanted[self.columns.of_article(self.index, "published")[first:last]]
        mask = wanted[self.column("period")[first:last]]
        at, later = self.column("later_at"), self.column("later_period")
        if len(at):
            also = at[self.within_days(self.words("later_periods"))[later]]
            mask[also[(also >= first) & (also < last)] - first] = True
        return mask

    def _with_words(self, rows: Column, words: str) -> Column:
        wanted = passages_with(self.index, self.columns, words)
        found = wanted[self.column("passage")[rows]]
        for place in self.filters.called:
            for first, last in self.spans_of(place):
                found |= (rows >= first) & (rows < last)
        return found

    def newest(self, number: int) -> list[int]:
        """Return the passages of the mentions left, at most so many, those of the newest articles first."""
        return self.first(self.of("article"), number)

    def first(self, keys: Column, number: int) -> list[int]:
        """Return the passages of the mentions left, at most so many, by their least key and the newest article."""
        chosen = np.arange(len(self.rows))
        wanted = number * PER_PASSAGE
        while wanted < len(keys):
            least = np.partition(keys, wanted)[wanted]
            chosen = np.flatnonzero(keys <= least)
            if len(np.unique(self.column("passage")[self.rows[chosen]])) > number:
                break
            wanted *= 4
        else:
            chosen = np.arange(len(self.rows))
        rows = self.rows[chosen]
        passage, article = self.column("passage")[rows], self.column("article")[rows]
        order = np.lexsort((passage, article, keys[chosen]))
        return [int(each) for each in pd.unique(passage[order])[:number]]

    def ids(self, number: int | None = None) -> str:
        """Return the mentions left, as a list in JSON: so many of the newest articles, and the others of the last."""
        article = self.of("article")
        number = len(article) if number is None else number
        chosen = article <= np.partition(article, number)[number] if number < len(article) else slice(None)
        return json.dumps(self.column("mention")[self.rows[chosen]].tolist())

    def spelled(self) -> pd.DataFrame:
        """Return how the mentions left are written: place, text, kind, mentions."""
        told = np.bincount(self.of("spelling"), minlength=len(self.words("spellings")))
        there = np.flatnonzero(told)
        words = self.words("spellings")
        rows = [words[number] for number in there]
        return pd.DataFrame(rows, columns=["place", "text", "kind"]).assign(mentions=told[there])

    # ---- how many

    @property
    def dates(self) -> str:
        """The name of the words that the dates of mentions are numbered by."""
        return "periods" if self.filters.by == "event" else "publications"

    def date_codes(self) -> Column:
        """Return the date of each mention left, its first one or its article's publication, by its number."""
        return self.of("period") if self.filters.by == "event" else self.of_article("published")

    def periods(self) -> list[tuple[tuple[str, str, str], int]]:
        """Return how many of the mentions left have each date: its first and last day, and how sure."""
        told = np.bincount(self.date_codes(), minlength=len(self.words(self.dates)))
        return [
            (tuple(period), int(number)) for period, number in zip(self.words(self.dates), told, strict=True) if number
        ]

    def passages(self) -> int:
        """Return how many passages the mentions left stand in."""
        passage = self.of("passage")
        seen = np.zeros(passage.max(initial=0) + 1, bool)
        seen[passage] = True
        return int(np.count_nonzero(seen))

    def edges(self) -> Column:
        """Return where each place of the columns begins among the mentions left, and where the last one ends."""
        return np.searchsorted(self.rows, self.column("starts"))

    def articles(self) -> Column:
        """Return which of the mentions left are the first that their place has in an article."""
        article, edges = self.of("article"), self.edges()
        first = np.ones(len(article), bool)
        np.not_equal(article[1:], article[:-1], out=first[1:])
        first[edges[edges < len(article)]] = True
        return np.flatnonzero(first)

    def sources(self, firsts: Column, edges: Column) -> Column:
        """Return how many independent sources each place has; `firsts` as `articles` returns them.

        An article that copies another, or only passes on a statement that others do, is none.
        """
        own = self.column("article_copy")[self.of("article")[firsts]]
        begin, told = np.searchsorted(firsts, edges), np.zeros(len(edges) - 1, np.int64)
        shared = self.column("shared_at")
        at = np.searchsorted(self.rows, shared)
        left = np.flatnonzero(at < len(self.rows))
        left = left[self.rows[at[left]] == shared[left]]
        if len(left):
            # Of an article that names the place in shared statements alone, the first of these is the source.
            group, start, times = np.unique(
                np.searchsorted(firsts, at[left], "right") - 1, return_index=True, return_counts=True
            )
            alone = times == np.append(firsts, len(self.rows))[group + 1] - firsts[group]
            least = np.minimum.reduceat(self.column("shared_source")[left], start)[alone].astype(np.int64)
            place = np.searchsorted(begin, group[alone], "right") - 1
            told = np.bincount(np.unique(place << 32 | least) >> 32, minlength=len(told))
            own, begin = np.delete(own, group[alone]), begin - np.searchsorted(group[alone], begin)
        new = np.ones(len(own), bool)
        np.not_equal(own[1:], own[:-1], out=new[1:])
        new[begin[begin < len(own)]] = True
        return between(np.flatnonzero(new), begin) + told

    def sources_of(self, articles: Column) -> Column:
        """Return a number for the source of each article: its outlet, or itself where it names none."""
        outlets = self.words("outlets")
        outlet = self.column("article_outlet")[articles].astype(np.int64)
        return outlet if "" not in outlets else np.where(outlet == outlets.index(""), articles + len(outlets), outlet)


def bits_of(roles: Iterable[Role | str]) -> int:
    """Return the bits that mentions of these roles have."""
    return sum(ROLE_BITS[role] for role in set(roles))


def between(positions: Column, edges: Column) -> Column:
    """Return how many of these positions, which are in order, lie between each edge and the next."""
    return np.diff(np.searchsorted(positions, edges))


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


def few(index: sqlite3.Connection, filters: Filters, passages: Sequence[int]) -> tuple[str, dict[str, object]]:
    """Return the condition of filters on the mentions m of a few passages, of which no other is looked for."""
    where, values = filters.sql(having="m.passage in (select value from json_each(:having))")
    if words := search_expression(filters.text):
        wanted = passages_with(index, columns_of(index), words)
        values["having"] = json.dumps([number for number in passages if number < len(wanted) and wanted[number]])
    return f"m.passage in ({', '.join(map(str, passages))}) and {where}", values


def frame(tally: Tally, edges: Column, **counts: Column) -> pd.DataFrame:
    """Return the places that have any of the mentions left, with `mentions` and other counts of each; most first."""
    places = tally.columns.places(tally.index)
    at = places["at"].to_numpy()
    mentions = np.diff(edges)[at]
    chosen = np.flatnonzero(mentions)
    chosen = chosen[np.lexsort((places["rank"].to_numpy()[chosen], -mentions[chosen]))]
    told = {name: count[at[chosen]] for name, count in counts.items()}
    return (
        places.drop(columns=["at", "rank"])
        .take(chosen)
        .reset_index(drop=True)
        .assign(mentions=mentions[chosen], **told)
    )


def _both(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return the rows that two lists of spans have in common."""
    common = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(first, last) for first, last in common if first < last]
