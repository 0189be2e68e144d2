"""Rollups: of each mention the few numbers that are counted, in columns, by place, source and article.

A question that concerns all mentions reads some of these columns whole instead of millions of rows; what it needs in
words it then asks of the few rows that it found. They are written when all else is, and change only with it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.index.schema import CODED, VALUES, bits
from corpus.records import CERTAINTIES, ROLES

Column = npt.NDArray[Any]

ROLE_BITS: dict[str, int] = {role: 1 << number for number, role in enumerate((*ROLES, ""))}  # of a mention: one is set
DOUBTFUL = 128  # the bit beside them
EPOCH, NEVER = date(1970, 1, 1), -(1 << 22)  # a day before all others, which stands for none
FAST = 1  # of zlib's levels: the columns are read at every start, and little smaller with others
BY_ARTICLE = ("mention", "passage")  # numbers that are kept as counted from the first one of their article
BATCH = 50_000  # rows read at a time

# The newest first, so that the number of an article is its place in a list.
_ARTICLES = """
select fid, copy_of, outlet, coalesce(published_since, ''), coalesce(published_until, ''), published_certainty
from article_rows order by published_since desc, id
"""
_PLACES = "select id from places order by coalesce(country, ''), coalesce(region, ''), id"  # a region's lie together
_MENTIONS = """
select m.place, m.id, m.passage, m.article, m.codes, m.text, m.source_number,
    coalesce(l.since_day, :never), coalesce(l.until_day, :never)
from mention_rows m left join link_rows l on l.mention = m.id and l.rank = 0 order by m.id
"""
_LATER = "select mention, since_day, until_day from link_rows where rank > 0 and since_day + until_day is not null"
_CLAIMS = """
select id, article_fid, passage, coalesce(mention, -1), certainty, since, until from claims
order by since is null, since, what, article, start
"""
_EXTENTS = """
select e.id, e.article_fid, e.shape, e.status, e.kind, e.text, e.words, coalesce(max(q.id), ''),
    coalesce(max(l.since), '')
from extents e left join extent_mentions x on x.extent = e.id left join mention_rows m on m.id = x.mention
    left join links l on l.mention = m.id and l.rank = 0
    left join places q on q.id = m.place and q.kind in ('corridor', 'border')
group by e.id order by e.id
"""
# An extent is dated by the names that it is made from; one that has none by those of its passage.
_NAMES_OF_EXTENTS = """
select x.mention, x.extent from extent_mention_rows x union all
select m.id, e.id from extent_rows e join mention_rows m on m.passage = e.passage
where not exists (select 1 from extent_mention_rows x where x.extent = e.id) order by 2, 1
"""
_WRITTEN = "select id, text from words where id in (select text from mention_rows)"


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
    outlets, published = Words(), Words()
    of_outlet, of_day = outlets.of(row[2] for row in articles), published.of(tuple(row[3:]) for row in articles)
    row = np.array([row[0] for row in articles], np.int64)
    number = _inverse(row)
    copies = number[np.array([row[1] for row in articles], np.int64)]
    _store(index, "article_row", row)
    _store(index, "article_copy", copies)
    _store(index, "article_outlet", _ranked(index, "outlets", outlets, of_outlet))
    _store(index, "article_published", _ranked(index, "publications", published, of_day))
    rows, places = _read_mentions(index, number)
    order = np.lexsort((rows["mention"], rows["article"], copies[rows["article"]], rows["place"]))
    rows = {name: column[order] for name, column in rows.items()}
    _write_beside(index, rows, places, number)
    for name in BY_ARTICLE:
        first = np.full(len(articles), np.iinfo(np.int64).max)
        np.minimum.at(first, rows["article"], rows[name])
        first[first == np.iinfo(np.int64).max] = 0  # of an article without any
        _store(index, f"article_{name}", first)
        rows[name] = rows[name] - first[rows["article"]]
    for name, column in rows.items():
        _store(index, name, column)


def _inverse(ids: Column) -> Column:
    """Return at which place each id stands in a column that has it once."""
    places = np.zeros(ids.max(initial=0) + 1, np.int64)
    places[ids] = np.arange(len(ids))
    return places


def _read_mentions(index: sqlite3.Connection, number: Column) -> tuple[dict[str, Column], int]:
    """Return the columns of the mentions by their ids, and how many places; store the words of their numbers."""
    places = Words(id for (id,) in index.execute(_PLACES))
    read: list[Column] = []
    cursor = index.execute(_MENTIONS, {"never": NEVER})
    for batch in chain([[]], iter(partial(cursor.fetchmany, BATCH), [])):
        ids, *numbers = zip(*batch, strict=True) if batch else [()] * 9
        read.append(np.array([places.of(ids), *(np.array(each, np.int64) for each in numbers)]))
    place, id, passage, article, codes, text, source, since, until = np.hstack(read)
    kind, status, doubt, certainty, _, role = _unpacked(codes)
    nowhere = places.numbers.pop(None, len(places.numbers))
    place = np.where(place == nowhere, len(places.numbers), place - (place > nowhere))
    _store(index, "places", list(places.numbers))
    spellings, spelling = np.unique((place << 40) + (text << 4) + kind, return_inverse=True)
    named, written = [*places.numbers, ""], dict(index.execute(_WRITTEN).fetchall())
    told = [(named[key >> 40], written[key >> 4 & 0xFFFFFFFFF], VALUES["kind"][key & 15]) for key in spellings.tolist()]
    _store(index, "spellings", told)
    of_role = np.array([ROLE_BITS[role] for role in VALUES["role"]])[role]
    return {
        "place": place,
        "mention": id,
        "passage": passage,
        "article": number[article],
        "bits": of_role + DOUBTFUL * (doubt > 0),
        "status": status,
        "spelling": spelling,
        "period": _periods(index, "periods", since, until, certainty),
        "source": source,
    }, len(places.numbers)


def _unpacked(codes: Column) -> Iterator[Column]:
    """Yield of mentions' codes the places of their values, a column of few values after another."""
    for column in CODED["mention_rows"]:
        yield codes & ((1 << bits(column)) - 1)
        codes = codes >> bits(column)


def _periods(index: sqlite3.Connection, name: str, since: Column, until: Column, certainty: Column) -> Column:
    """Store the periods that there are, and return a column of their numbers."""
    keys, column = np.unique(((since - NEVER) << 34) + ((until - NEVER) << 4) + certainty, return_inverse=True)
    days = [(key >> 34, key >> 4 & 0x3FFFFFFF, key & 15) for key in keys.tolist()]
    _store(index, name, [(_day(since), _day(until), CERTAINTIES[which]) for since, until, which in days])
    return column


def _day(number: int) -> str:
    return str(EPOCH + timedelta(number + NEVER)) if number else ""


def _write_beside(index: sqlite3.Connection, rows: dict[str, Column], places: int, number: Column) -> None:
    """Store what few mentions have, each with the number of its row: shared sources, later days, extents, claims."""
    source = rows.pop("source")
    shared = np.flatnonzero(source < 0)
    statements = Words()
    of_source = statements.of(f"statement {each}" for each in (~source[shared]).tolist())
    _store(index, "shared_at", shared)
    _store(index, "shared_source", _ranked(index, "sources", statements, of_source))
    _store(index, "starts", np.searchsorted(rows.pop("place"), np.arange(places + 2)))  # with those of no place
    at = _inverse(rows["mention"])
    later = np.array(index.execute(_LATER).fetchall(), np.int64).reshape(-1, 3)
    _store(index, "later_at", at[later[:, 0]])
    _store(index, "later_period", _periods(index, "later_periods", later[:, 1], later[:, 2], 0 * later[:, 0]))
    extents = _write_extents(index, number)
    names = np.array(index.execute(_NAMES_OF_EXTENTS).fetchall(), np.int64).reshape(-1, 2)
    _store(index, "extent_at", at[names[:, 0]])
    _store(index, "extent", np.searchsorted(extents, names[:, 1]))
    _write_claims(index, number, at)
    passages = np.array(index.execute("select id, article from passage_rows").fetchall(), np.int64).reshape(-1, 2)
    article = np.zeros(passages[:, 0].max(initial=0) + 1, np.int64)
    article[passages[:, 0]] = number[passages[:, 1]]
    _store(index, "passage_article", article)


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
