"""Rollups: of each mention the few numbers that are counted, in columns, by place, source and article.

A question that concerns all mentions reads some of these columns whole instead of millions of rows; what it needs in
words it then asks of the few rows that it found. They are written when all else is, and change only with it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.records import ROLES

Column = npt.NDArray[Any]

ROLE_BITS: dict[str, int] = {role: 1 << number for number, role in enumerate((*ROLES, ""))}  # of a mention: one is set
DOUBTFUL = 128  # the bit beside them
SHARED = "statement "  # what the source of a sentence begins with that several articles have
FAST = 1  # of zlib's levels: the columns are read at every start, and little smaller with others
BY_ARTICLE = ("mention", "passage")  # numbers that are kept as counted from the first one of their article
BATCH = 50_000  # rows read at a time

# The newest first, so that the number of an article is its place in a list.
_ARTICLES = """
select id, fid, copy_of, outlet, published_since, published_until, published_certainty
from articles order by published_since desc, id
"""
_PLACES = "select id from places order by coalesce(country, ''), coalesce(region, ''), id"  # a region's lie together
_MENTIONS = """
select m.id, m.passage, m.article, m.place, m.role, m.doubt, m.status, m.text, m.kind, m.certainty, m.source,
    l.since, l.until
from mentions m left join links l on l.mention = m.id and l.rank = 0 order by m.id
"""
_LATER = "select mention, since, until from links where rank > 0 and since is not null and until is not null order by 1"
_CLAIMS = """
select id, article, passage, mention, since, until, certainty from claims
order by since is null, since, what, article, start
"""
_EXTENTS = """
select e.id, e.article, e.shape, e.status, e.kind, e.text, e.words, coalesce(max(q.id), ''), coalesce(max(l.since), '')
from extents e left join extent_mentions x on x.extent = e.id left join mentions m on m.id = x.mention
    left join links l on l.mention = m.id and l.rank = 0
    left join places q on q.id = m.place and q.kind in ('corridor', 'border')
group by e.id order by e.id
"""
# An extent is dated by the names that it is made from; one that has none by those of its passage.
_NAMES_OF_EXTENTS = """
select x.mention, x.extent from extent_mentions x union all
select m.id, e.id from extents e join mentions m on m.passage = e.passage
where not exists (select 1 from extent_mentions x where x.extent = e.id) order by 2, 1
"""


class Words:
    """Numbers words as they come, and tells at the end which place each has in their own order."""

    def __init__(self, words: Iterable[Any] = ()) -> None:
        self.numbers: dict[Any, int] = {word: number for number, word in enumerate(words)}

    def of(self, words: Iterable[Any]) -> Column:
        """Return a number for each word."""
        known = self.numbers
        return np.array([known.setdefault(word, len(known)) for word in words], np.int32)

    def ranked(self) -> tuple[list[Any], Column]:
        """Return the words in their order, and for each number the place in it."""
        words = sorted(self.numbers)
        ranks = np.zeros(len(words), np.int32)
        ranks[[self.numbers[word] for word in words]] = np.arange(len(words))
        return words, ranks


def write_rollups(index: sqlite3.Connection) -> None:
    """Write the columns of an index whose tables are whole in the place of those that were."""
    index.execute("delete from rollups")
    index.execute("insert into heads_fts(heads_fts) values ('rebuild')")
    articles = index.execute(_ARTICLES).fetchall()
    number = {id: at for at, (id, *_) in enumerate(articles)}
    outlets, published = Words(), Words()
    of_outlet, of_day = outlets.of(row[3] for row in articles), published.of(_period(*row[4:]) for row in articles)
    of_article = {
        "article_row": np.array([row[1] for row in articles], np.int32),
        "article_copy": np.array([number[row[2]] for row in articles], np.int32),
        "article_outlet": _ranked(index, "outlets", outlets, of_outlet),
        "article_published": _ranked(index, "publications", published, of_day),
    }
    for name, column in of_article.items():
        _store(index, name, column)
    rows, places = _read_mentions(index, number)
    order = np.lexsort((rows["mention"], rows["article"], of_article["article_copy"][rows["article"]], rows["place"]))
    rows = {name: column[order] for name, column in rows.items()}
    _write_beside(index, rows, places, number)
    _write_passages(index, number)
    for name in BY_ARTICLE:
        first = np.zeros(len(articles), np.int32)
        first[rows["article"][::-1]] = rows[name][::-1]  # any of its numbers: they lie together
        np.minimum.at(first, rows["article"], rows[name])
        _store(index, f"article_{name}", first)
        rows[name] -= first[rows["article"]]
    for name, column in rows.items():
        _store(index, name, column)


def _read_mentions(index: sqlite3.Connection, number: dict[str, int]) -> tuple[dict[str, Column], int]:
    """Return the columns of the mentions by their ids, and how many places; store the words of their numbers."""
    places = Words(id for (id,) in index.execute(_PLACES))
    statuses, sources, periods, spellings = Words(), Words([""]), Words(), Words()
    read: list[dict[str, Column]] = []
    cursor = index.execute(_MENTIONS)
    for batch in chain([[]], iter(partial(cursor.fetchmany, BATCH), [])):
        columns = zip(*batch, strict=True) if batch else [()] * 13
        id, passage, article, place, role, doubt, status, text, kind, certainty, source, since, until = columns
        doubtful = np.array([DOUBTFUL if each else 0 for each in doubt], np.uint8)
        read.append(
            {
                "mention": np.array(id, np.int32),
                "passage": np.array(passage, np.int32),
                "article": np.array([number[each] for each in article], np.int32),
                "place": places.of(place),
                "bits": np.array([ROLE_BITS[each] for each in role], np.uint8) | doubtful,
                "status": statuses.of(status),
                "spelling": spellings.of(zip((each or "" for each in place), text, kind, strict=True)),
                "period": periods.of(map(_period, since, until, certainty)),
                "source": sources.of(each if each.startswith(SHARED) else "" for each in source),
            }
        )
    rows = {name: np.concatenate([batch[name] for batch in read]) for name in read[0]}
    nowhere = places.numbers.pop(None, len(places.numbers))
    rows["place"] = np.where(rows["place"] == nowhere, len(places.numbers), rows["place"] - (rows["place"] > nowhere))
    _store(index, "places", list(places.numbers))
    for name, words in (("statuses", statuses), ("sources", sources), ("periods", periods), ("spellings", spellings)):
        column = {"statuses": "status"}.get(name, name[:-1])
        rows[column] = _ranked(index, name, words, rows[column])
    return rows, len(places.numbers)


def _write_beside(index: sqlite3.Connection, rows: dict[str, Column], places: int, number: dict[str, int]) -> None:
    """Store what few mentions have, each with the number of its row: shared sources, later days, extents."""
    source = rows.pop("source")
    shared = np.flatnonzero(source)
    _store(index, "shared_at", shared.astype(np.int32))
    _store(index, "shared_source", source[shared])
    place = rows.pop("place")
    _store(index, "starts", np.searchsorted(place, np.arange(places + 2)).astype(np.int32))  # with those of no place
    at = np.full(rows["mention"].max(initial=0) + 1, -1, np.int32)
    at[rows["mention"]] = np.arange(len(place), dtype=np.int32)
    later = index.execute(_LATER).fetchall()
    days = Words()
    of_day = days.of((since, until) for _, since, until in later)
    _store(index, "later_at", at[[mention for mention, *_ in later]])
    _store(index, "later_period", _ranked(index, "later_periods", days, of_day))
    extents = _write_extents(index, number)
    names = np.array(index.execute(_NAMES_OF_EXTENTS).fetchall(), np.int32).reshape(-1, 2)
    _store(index, "extent_at", at[names[:, 0]])
    _store(index, "extent", np.searchsorted(extents, names[:, 1]))
    _write_claims(index, number, at)


def _write_claims(index: sqlite3.Connection, number: dict[str, int], at: Column) -> None:
    """Store of each claim, in the order of the ledger, what it is looked for by; 0 is the row of no mention."""
    rows = index.execute(_CLAIMS).fetchall()
    id, article, passage, mention, *days = zip(*rows, strict=True) if rows else [()] * 7
    periods = Words()
    of_day = periods.of(map(_period, *days))
    _store(index, "claim_id", np.array(id, np.int32))
    _store(index, "claim_article", np.array([number[each] for each in article], np.int32))
    _store(index, "claim_passage", np.array(passage, np.int32))
    _store(index, "claim_at", np.array([0 if each is None else at[each] + 1 for each in mention], np.int32))
    _store(index, "claim_period", _ranked(index, "claim_periods", periods, of_day))


def _write_passages(index: sqlite3.Connection, number: dict[str, int]) -> None:
    """Store the article of each passage, by the passages' own numbers."""
    found = np.array([(id, number[at]) for id, at in index.execute("select id, article from passages")], np.int32)
    found = found.reshape(-1, 2)
    article = np.zeros(found[:, 0].max(initial=0) + 1, np.int32)
    article[found[:, 0]] = found[:, 1]
    _store(index, "passage_article", article)


def _write_extents(index: sqlite3.Connection, number: dict[str, int]) -> Column:
    """Store what is told of each extent, and return their ids."""
    rows = index.execute(_EXTENTS).fetchall()
    id, article, shape, *told = zip(*rows, strict=True) if rows else [()] * 9
    _store(index, "extent_id", np.array(id, np.int32))
    _store(index, "extent_article", np.array([number[each] for each in article], np.int32))
    _store(index, "extent_shape", np.array(shape, np.int32))
    for name, column in zip(("status", "kind", "text", "words", "place", "since"), told, strict=True):
        words = Words()
        _store(index, f"extent_{name}", _ranked(index, f"words of extent_{name}", words, words.of(column)))
    return np.array(id, np.int32)


def _period(since: str | None, until: str | None, certainty: str) -> tuple[str, str, str]:
    return since or "", until or "", certainty


def _ranked(index: sqlite3.Connection, name: str, words: Words, column: Column) -> Column:
    """Store words, and return a column of them by their places in their order."""
    listed, ranks = words.ranked()
    _store(index, name, listed)
    return ranks[column]


def _store(index: sqlite3.Connection, name: str, column: Column | list[Any]) -> None:
    """Keep a column, in as few bytes a row as its numbers take, or a list of words."""
    if isinstance(column, list):
        kind, content = "json", json.dumps(column, ensure_ascii=False).encode("utf-8", "surrogatepass")
    else:
        narrow = column.astype(np.min_scalar_type(int(column.max(initial=0))))
        kind, content = narrow.dtype.str, narrow.tobytes()
    index.execute("insert into rollups values (?, ?, ?)", (name, kind, zlib.compress(content, FAST)))
