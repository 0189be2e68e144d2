"""The mentions of an index in columns: those that were counted before are taken over, those of fresh articles read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from corpus.index.columns import DOUBTFUL, ROLE_BITS, Columns
from corpus.index.numbering import Column, Words, batches, inverse, narrow, whole_rows
from corpus.index.schema import CODED, VALUES, bits

NEVER = -(1 << 22)  # a day before all others, which stands for none
_DAYS = {"never": NEVER}

OF_MENTIONS = ("place", "mention", "passage", "article", "bits", "status", "spelling", "period")
_OF_ROLE = np.array([ROLE_BITS[role] for role in VALUES["role"]])
_NONE, _NO_PAIRS = np.zeros(0, np.uint8), np.zeros((0, 2), np.int64)

# The newest first, so that the number of an article is its place in a list.
_ARTICLES = """
select fid, copy_of, outlet, coalesce(published_since, ''), coalesce(published_until, ''), published_certainty
from article_rows order by published_since desc, id
"""
_MENTIONS = """
select n.place, m.id, m.passage, m.article, m.codes, n.text,
    coalesce(m.source, 0), coalesce(l.since_day, :never), coalesce(l.until_day, :never)
from fresh f cross join passage_rows s on s.article = f.article cross join mention_rows m on m.passage = s.id
    join name_rows n on n.id = m.named left join date_rows l on l.dating = m.dating and l.rank = 0
"""
_LATER = """
select m.id, coalesce(l.since_day, :never), coalesce(l.until_day, :never)
from fresh f cross join passage_rows s on s.article = f.article cross join mention_rows m on m.passage = s.id
    cross join date_rows l on l.dating = m.dating
where l.rank > 0 and l.since_day + l.until_day is not null
"""
# An extent is dated by the names that it is made from; one that has none by those of its passage.
_NAMES_OF_EXTENTS = """
select x.mention, e.id from fresh f cross join extent_rows e on e.article = f.article
    cross join extent_mention_rows x on x.extent = e.id
union all
select m.id, e.id from fresh f cross join extent_rows e on e.article = f.article
    cross join mention_rows m on m.passage = e.passage
where not exists (select 1 from extent_mention_rows x where x.extent = e.id)
"""


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of an index, the newest first: an article's number is its place among them."""

    row: Column
    number: Column  # of each row, -1 where there is no article
    copy: Column  # the article that each is a copy of, or itself
    outlets: Words
    outlet: Column
    publications: Words
    published: Column

    def turn(self) -> Column:
        """Return for each article its place in the order of sources: a copy comes behind what it copies."""
        return inverse(np.lexsort((np.arange(len(self.row)), self.copy)))


@dataclass(slots=True)
class Counted:
    """The mentions of an index, a row each in any order, and what their numbers stand for."""

    articles: Articles
    places: Words = field(default_factory=Words)  # ids, and None
    spellings: Words = field(default_factory=Words)  # as spelling_key makes them, of these places
    periods: Words = field(default_factory=Words)  # as period_key makes them
    rows: dict[str, Column] = field(default_factory=lambda: dict.fromkeys(OF_MENTIONS, _NONE))
    shared: Column = field(default_factory=lambda: _NO_PAIRS)  # the row of a mention, the statement that others share
    later: Column = field(default_factory=lambda: _NO_PAIRS)  # the row of a mention, a later period of it by its key
    of_extents: Column = field(default_factory=lambda: _NO_PAIRS)  # the row of a mention, the id of an extent


def count_mentions(index: sqlite3.Connection) -> Counted:
    """Return what is counted of the mentions of an index whose tables are whole."""
    articles = _articles(index)
    counted, held = Counted(articles), articles.row[:0]
    if index.execute("select 1 from rollups").fetchone():
        held = _take_over(counted, index, Columns())
    index.executescript("create temp table fresh(article integer primary key)")
    fresh = np.setdiff1d(articles.row, held, assume_unique=True)
    index.executemany("insert into fresh values (?)", ((row,) for row in fresh.tolist()))
    _read(counted, index)
    index.executescript("drop table fresh")
    return counted


def spelling_key(place: Column, text: Column, kind: Column) -> Column:
    """Return a number for how a place is written: its own number, that of the text among `words`, and of the kind."""
    return place.astype(np.int64) << 40 | text << 4 | kind


def spelling_parts(key: int) -> tuple[int, int, int]:
    """Return the numbers of which spelling_key made one."""
    return key >> 40, key >> 4 & (1 << 36) - 1, key & 15


def period_key(since: Column, until: Column, certainty: Column | int) -> Column:
    """Return a number for two days, which are numbers or NEVER, and how sure they are; in the order of these."""
    return (since.astype(np.int64) - NEVER) << 34 | (until - NEVER) << 4 | certainty


def _articles(index: sqlite3.Connection) -> Articles:
    outlets, publications = Words(), Words()
    parts: list[list[Column]] = [[_NONE]] * 4
    for rows, copies, named, *days in batches(index.execute(_ARTICLES)):
        published = publications.of(zip(*days, strict=True))
        told = (np.array(rows, np.int64), np.array(copies, np.int64), outlets.of(named), published)
        parts = [[*part, column] for part, column in zip(parts, told, strict=True)]
    row, copy, outlet, published = map(np.concatenate, parts)
    number = inverse(row)
    return Articles(row, number, number[copy], outlets, outlet, publications, published)


def _take_over(counted: Counted, index: sqlite3.Connection, before: Columns) -> Column:
    """Take what was counted before of the articles that are as they were; return their rows."""
    stored = partial(before.column, index)
    known, number = stored("article_row"), counted.articles.number
    there = (known < len(number)) & ~np.isin(known, [row for (row,) in index.execute("select article from uncounted")])
    now = np.where(there, number[np.where(there, known, 0)], -1)
    keep = now[stored("article")] >= 0
    places = before.words(index, "places")
    counted.places = Words([*places, None])
    counted.spellings, counted.periods = Words(stored("spelled").tolist()), Words(stored("dated").tolist())
    own = {
        "place": np.repeat(np.arange(len(places) + 1), np.diff(stored("starts").astype(int))),
        "article": now[stored("article")],
    }
    counted.rows = {name: narrow((own[name] if name in own else stored(name))[keep]) for name in OF_MENTIONS}
    row = np.where(keep, np.cumsum(keep) - 1, -1)

    def moved(at: str, told: Column) -> Column:
        both = np.stack([row[stored(at)], told.astype(np.int64)], axis=1)
        return both[both[:, 0] >= 0]

    counted.shared = moved("shared_at", stored("sources")[stored("shared_source")])
    counted.later = moved("later_at", stored("later_dated")[stored("later_period")])
    counted.of_extents = moved("extent_at", stored("extent_id")[stored("extent")])
    return known[now >= 0]


def _read(counted: Counted, index: sqlite3.Connection) -> None:
    """Add the mentions of fresh articles."""
    parts = {name: [column] for name, column in counted.rows.items()}
    shared, at = [counted.shared], len(counted.rows["mention"])
    for ids, *numbers in batches(index.execute(_MENTIONS, _DAYS)):
        mention, passage, article, codes, text, source, since, until = (np.array(each, np.int64) for each in numbers)
        kind, status, doubt, certainty, _, role = unpacked("mention_rows", codes)
        place = counted.places.of(ids)
        told = {
            "place": place,
            "mention": mention,
            "passage": passage,
            "article": counted.articles.number[article],
            "bits": _OF_ROLE[role] + DOUBTFUL * (doubt > 0),
            "status": status,
            "spelling": counted.spellings.of_column(spelling_key(place, text, kind)),
            "period": counted.periods.of_column(period_key(since, until, certainty)),
        }
        for name, column in told.items():
            parts[name].append(narrow(column))
        passed_on = np.flatnonzero(source < 0)
        shared.append(np.stack([at + passed_on, ~source[passed_on]], axis=1))
        at += len(mention)
    counted.rows = {name: np.concatenate(parts.pop(name)) for name in OF_MENTIONS}
    counted.shared = np.concatenate(shared)
    row = inverse(counted.rows["mention"])
    mention, since, until = whole_rows(index.execute(_LATER, _DAYS), 3).T
    later = np.stack([row[mention], period_key(since, until, 0)], axis=1)
    counted.later = np.concatenate([counted.later, later])
    mention, extent = whole_rows(index.execute(_NAMES_OF_EXTENTS), 2).T
    counted.of_extents = np.concatenate([counted.of_extents, np.stack([row[mention], extent], axis=1)])


def unpacked(table: str, codes: Column) -> Iterator[Column]:
    """Yield of codes of a table the places of their values, a column of few values after another."""
    for column in CODED[table]:
        yield codes & ((1 << bits(column)) - 1)
        codes = codes >> bits(column)
