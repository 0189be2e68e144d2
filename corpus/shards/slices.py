"""A part of an archive: what one asks for of it, and which articles that are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus.errors import ShardsError
from corpus.queries.filters import Filters, search_expression
from corpus.shards.store import Part, Store
from geodata.folding import name_key
from geodata.regions.shapes import region_names

TOKENS = 'tokenize="unicode61 remove_diacritics 2"'  # as the index has them: a slice has what the page would find


@dataclass(frozen=True, slots=True)
class Slice:
    """The articles that appeared in these days, both included, in these outlets, with these regions and words.

    Of several outlets, or regions, any will do. An article has a region while one of its mentions means a place inside,
    and words while one of its passages has all of them. Where days are asked for, what has no date is left out.
    """

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # codes
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is asked for, which is everything."""
        return self == EVERYTHING

    def written(self) -> str:
        """Return it as an index keeps it, "" for everything."""
        return "" if self.is_all else json.dumps(asdict(self), default=str, ensure_ascii=False)

    def in_words(self) -> str:
        """Return it for readers: "published from 1 May 2022, in Syunik"; "" for everything."""
        filters = Filters(self.since, self.until, self.outlets, self.regions, self.words, by="published")
        return filters.words(region_names().name.to_dict() if self.regions else {})


EVERYTHING = Slice()


def read_slice(written: str) -> Slice:
    """Return a slice that was written down."""
    told = json.loads(written) if written else {}
    since, until = (date.fromisoformat(told[end]) if told.get(end) else None for end in ("since", "until"))
    return Slice(since, until, tuple(told.get("outlets", ())), tuple(told.get("regions", ())), told.get("words", ""))


def in_regions(slice: Slice, typed: Collection[str]) -> Slice:
    """Return a slice with regions as somebody types them: codes or names, of countries or provinces.

    Raises ShardsError where nothing is called so.
    """
    codes = [code for each in typed for code in _codes(each)]
    return replace(slice, regions=tuple(dict.fromkeys(codes)))


def _codes(typed: str) -> list[str]:
    names = _by_name()
    found = [typed.upper()] if typed.upper() in region_names().index else names.get(name_key(typed), [])
    if not found:
        raise ShardsError(f"no country or province is called {typed!r}; give its name or its code, such as AM")
    return found


@cache
def _by_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, name in region_names().name.items():
        found.setdefault(name_key(name), []).append(code)
    return found


def chosen(slice: Slice, store: Store, part: Part) -> Iterator[tuple[int, set[str]]]:
    """Yield the row groups of a part that have articles of a slice, with those articles' ids.

    Only those columns are read that it takes, and of time only the groups that reach into it.
    """
    with store.open("articles", part) as articles:
        for group in range(articles.num_row_groups):
            if not _may_appear(slice, articles.metadata.row_group(group)):
                continue
            ids = _appeared(slice, articles, group)
            if ids and slice.regions:
                with store.open("mentions", part) as mentions:
                    ids &= _inside(slice, mentions.read_row_group(group, columns=["article", "country", "region"]))
            if ids and slice.words.strip():
                texts = articles.read_row_group(group, columns=["id", "text"])
                with store.open("passages", part) as passages:
                    ids &= _with_words(
                        slice, texts, passages.read_row_group(group, columns=["article", "start", "end"])
                    )
            if ids:
                yield group, ids


def _may_appear(slice: Slice, group: pq.RowGroupMetaData) -> bool:
    """Say whether the days of a row group, of which it keeps the first and the last, reach into a slice's."""
    found = {}
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema in ("published_since", "published_until"):
            known = column.statistics if column.is_stats_set and column.statistics.has_min_max else None
            found[column.path_in_schema] = known
    since, until = found["published_since"], found["published_until"]
    if slice.since and not (until and until.max >= slice.since):
        return False
    return not slice.until or bool(since and since.min <= slice.until)


def _appeared(slice: Slice, articles: pq.ParquetFile, group: int) -> set[str]:
    table = articles.read_row_group(group, columns=["id", "outlet", "published_since", "published_until"])
    if slice.since:
        table = table.filter(pc.greater_equal(table["published_until"], pa.scalar(slice.since)))
    if slice.until:
        table = table.filter(pc.less_equal(table["published_since"], pa.scalar(slice.until)))
    if slice.outlets:
        wanted = pa.array([outlet.casefold() for outlet in slice.outlets])
        outlets = pa.array([outlet.casefold() for outlet in table["outlet"].to_pylist()], pa.string())
        table = table.filter(pc.is_in(outlets, wanted))
    return set(table["id"].to_pylist())


def _inside(slice: Slice, mentions: pa.Table) -> set[str]:
    codes = pa.array(slice.regions)
    inside = pc.or_(pc.is_in(mentions["country"], codes), pc.is_in(mentions["region"], codes))
    return set(mentions["article"].filter(inside).to_pylist())


def _with_words(slice: Slice, texts: pa.Table, passages: pa.Table) -> set[str]:
    text_of = dict(zip(texts["id"].to_pylist(), texts["text"].to_pylist(), strict=True))
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute(f"create virtual table passages using fts5(article unindexed, text, {TOKENS})")
        rows = zip(*(passages[name].to_pylist() for name in ("article", "start", "end")), strict=True)
        index.executemany(
            "insert into passages values (?, ?)", ((id, text_of[id][start:end]) for id, start, end in rows)
        )
        found = index.execute(
            "select distinct article from passages where passages match ?", (search_expression(slice.words),)
        )
        return {id for (id,) in found}
