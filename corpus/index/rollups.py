"""Rollups: of each mention the few numbers that are counted, in columns, by place, source and article.

A question that concerns all mentions reads some of these columns whole instead of millions of rows; what it needs in
words it then asks of the few rows that it found. They are written when all else is, and change only with it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from datetime import date, timedelta
from typing import Any

import numpy as np

from corpus.index.columns import BY_ARTICLE
from corpus.index.counted import NEVER, Counted, count_mentions, spelling_parts
from corpus.index.numbering import Column, Words, inverse, narrow, ranges, ranked, whole_rows
from corpus.index.schema import VALUES
from corpus.index.words import words_of
from corpus.records import CERTAINTIES

EPOCH = date(1970, 1, 1)
FAST = 1  # of zlib's levels: the columns are read at every start, and little smaller with others

_PLACES = "select id from places order by coalesce(country, ''), coalesce(region, ''), id"  # a region's lie together
_CLAIMS = """
select id, article_fid, passage, coalesce(mention, -1), certainty, since, until from claims
order by since is null, since, what, article, start
"""
_EXTENTS = """
select e.id, e.article_fid, e.shape, e.status, e.kind, e.text, e.words, coalesce(max(q.id), ''),
    coalesce(max(l.since), '')
from extents e left join extent_mentions x on x.extent = e.id left join mentions m on m.id = x.mention
    left join dates l on l.dating = m.dating and l.rank = 0
    left join places q on q.id = m.place and q.kind in ('corridor', 'border')
group by e.id order by e.id
"""
_PASSAGES = "select article, min(id), max(id) from passage_rows group by article"


def write_rollups(index: sqlite3.Connection, counted: Counted | None = None) -> None:
    """Write the columns of an index whose tables and layers are whole in the place of those that were.

    `counted` is what `count_mentions` tells of it, where that was asked for already.
    """
    counted = counted or count_mentions(index)
    index.executescript("delete from rollups; delete from uncounted")
    index.execute("insert into heads_fts(heads_fts) values ('rebuild')")
    articles = counted.articles
    _store(index, "article_row", articles.row)
    _store(index, "article_copy", articles.copy)
    _store(index, "article_outlet", _ranked(index, "outlets", articles.outlets, articles.outlet))
    _store(index, "article_published", _ranked(index, "publications", articles.publications, articles.published))
    _write_beside(index, counted, _write_mentions(index, counted))


def _write_mentions(index: sqlite3.Connection, counted: Counted) -> Column:
    """Store the mentions in their order; return at which place of it each row stands."""
    rows, place_of, places = counted.rows, *_ordered_places(index, counted)
    place = place_of[rows["place"]]
    # Those counted before, which come first, are in this order already.
    order = np.argsort(place << 32 | counted.articles.turn()[rows["article"]], kind="stable")
    _store(index, "places", places)
    _store(index, "starts", np.searchsorted(place[order], np.arange(len(places) + 2)))  # with those of no place
    for name in BY_ARTICLE:
        first = np.full(len(counted.articles.row), np.iinfo(np.int64).max)
        np.minimum.at(first, rows["article"], rows[name].astype(np.int64))
        first[first == np.iinfo(np.int64).max] = 0  # of an article without any
        _store(index, f"article_{name}", first)
        _store(index, name, (rows[name] - first[rows["article"]])[order])
    for name in ("article", "bits", "status"):
        _store(index, name, rows[name][order])
    _store(index, "spelling", _write_spellings(index, counted, place_of, places)[order])
    dated, period = ranked(counted.periods.listed(), rows["period"])
    _write_periods(index, "dated", "periods", np.array(dated, np.int64))
    _store(index, "period", period[order])
    return inverse(order)


def _ordered_places(index: sqlite3.Connection, counted: Counted) -> tuple[Column, list[str]]:
    """Return for the number of each place its place in their order, and their ids in it; that of none is the last."""
    listed, ids = counted.places.listed(), [id for (id,) in index.execute(_PLACES)]
    used = {listed[number] for number in np.flatnonzero(np.bincount(counted.rows["place"])).tolist()}
    ids += sorted(used - {*ids, None})  # those of mentions that the map does not show
    numbers = {id: number for number, id in enumerate(ids)}
    return np.array([numbers.get(id, len(ids)) for id in listed], np.int64), ids


def _write_spellings(index: sqlite3.Connection, counted: Counted, place_of: Column, places: list[str]) -> Column:
    """Store how places are written: place, text, kind; return the number of that for each mention."""
    keys = np.array(counted.spellings.listed(), np.int64)
    keys = place_of[keys >> 40] << 40 | keys & (1 << 40) - 1
    spelled, column = ranked(keys.tolist(), counted.rows["spelling"])
    told, named = [*map(spelling_parts, spelled)], [*places, ""]
    written = words_of(index, (text for _, text, _ in told))
    _store(index, "spellings", [(named[place], written[text], VALUES["kind"][kind]) for place, text, kind in told])
    _store(index, "spelled", np.array(spelled, np.int64))
    return column


def _write_periods(index: sqlite3.Connection, name: str, words: str, keys: Column) -> None:
    """Store periods by their keys, and in words."""
    days = [(key >> 34, key >> 4 & (1 << 30) - 1, key & 15) for key in keys.tolist()]
    _store(index, words, [(_day(since), _day(until), CERTAINTIES[which]) for since, until, which in days])
    _store(index, name, keys)


def _day(number: int) -> str:
    return str(EPOCH + timedelta(number + NEVER)) if number else ""


def _write_beside(index: sqlite3.Connection, counted: Counted, at: Column) -> None:
    """Store what few mentions have, each with the number of its row: shared sources, later days, extents, claims."""
    articles = counted.articles
    shared, later, of_extents = (_placed(each, at) for each in (counted.shared, counted.later, counted.of_extents))
    sources, which = np.unique(shared[:, 1], return_inverse=True)
    _store(index, "shared_at", shared[:, 0])
    _store(index, "sources", sources)
    _store(index, "shared_source", which)
    keys, which = np.unique(later[:, 1], return_inverse=True)
    _store(index, "later_at", later[:, 0])
    _write_periods(index, "later_dated", "later_periods", keys)
    _store(index, "later_period", which)
    extents = _write_extents(index, articles.number)
    _store(index, "extent_at", of_extents[:, 0])
    _store(index, "extent", np.searchsorted(extents, of_extents[:, 1]))
    _write_claims(index, articles.number, at[inverse(counted.rows["mention"])])
    # The passages of an article are numbered one after another.
    row, first, last = whole_rows(index.execute(_PASSAGES), 3).T
    article = np.zeros(last.max(initial=0) + 1, np.int64)
    article[ranges(first, last + 1)] = np.repeat(articles.number[row], last + 1 - first)
    _store(index, "passage_article", article)


def _placed(told: Column, at: Column) -> Column:
    """Return what is told of rows by the places of these, in their order."""
    placed = np.stack([at[told[:, 0]], told[:, 1]], axis=1)
    return placed[np.lexsort((placed[:, 1], placed[:, 0]))]


def _write_extents(index: sqlite3.Connection, number: Column) -> Column:
    """Store what is told of each extent, and return their ids."""
    rows = index.execute(_EXTENTS).fetchall()
    id, article, shape, *told = zip(*rows, strict=True) if rows else [()] * 9
    _store(index, "extent_id", np.array(id, np.int64))
    _store(index, "extent_article", number[np.array(article, np.int64)])
    _store(index, "extent_shape", np.array(shape, np.int64))
    for name, column in zip(("status", "kind", "text", "words", "place", "since"), told, strict=True):
        words = Words()
        _store(index, f"extent_{name}", _ranked(index, f"words of extent_{name}", words, words.of(column)))
    return np.array(id, np.int64)


def _write_claims(index: sqlite3.Connection, number: Column, at: Column) -> None:
    """Store of each claim, in the order of the ledger, what it is looked for by; 0 is the row of no mention."""
    rows = index.execute(_CLAIMS).fetchall()
    id, article, passage, mention, certainty, *days = zip(*rows, strict=True) if rows else [()] * 7
    periods, of = Words(), np.array(mention, np.int64)
    of_day = periods.of((since or "", until or "", sure) for sure, since, until in zip(certainty, *days, strict=True))
    _store(index, "claim_id", np.array(id, np.int64))
    _store(index, "claim_article", number[np.array(article, np.int64)])
    _store(index, "claim_passage", np.array(passage, np.int64))
    _store(index, "claim_at", np.where(of < 0, 0, at[of] + 1) if len(of) else of)
    _store(index, "claim_period", _ranked(index, "claim_periods", periods, of_day))


def _ranked(index: sqlite3.Connection, name: str, words: Words, column: Column) -> Column:
    """Store words, and return a column of them by their places in their order."""
    listed, column = ranked(words.listed(), column)
    _store(index, name, listed)
    return column


def _store(index: sqlite3.Connection, name: str, column: Column | list[Any]) -> None:
    """Keep a column, in as few bytes a row as its numbers take, or a list of words."""
    if isinstance(column, list):
        kind, content = "json", json.dumps(column, ensure_ascii=False).encode("utf-8", "surrogatepass")
    else:
        column = narrow(column)
        kind, content = column.dtype.str, column.tobytes()
    index.execute("insert into rollups values (?, ?, ?)", (name, kind, zlib.compress(content, FAST)))
