"""Note in an index which articles copy each other and which sentences they share, from what it keeps of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby

from corpus.index.schema import INDEXES
from corpus.provenance.near_duplicates import Copies, find_copies
from corpus.provenance.sketches import Body, Sketch, share_of_shingles
from corpus.records import Passage

OPENED = 64  # articles whose texts are in memory at a time

_BEGIN = """
create temp table turn(number integer primary key, article text not null);
insert into turn select row_number() over (order by file, id) - 1, id from articles;
create temp table copied(number integer primary key, original integer not null);
update articles set copy_of = id where copy_of != id;
update mentions set source = article where source != article;
delete from shared;
"""
_SKETCHES = """
select s.shingles, s.sample, s.words from turn t cross join sketches s on s.article = t.article order by t.number
"""
_COPIED = """
create temp table originals(article text primary key, original text not null);
insert into originals
    select t.article, o.article from copied c join turn t on t.number = c.number join turn o on o.number = c.original;
update articles set copy_of = original from originals where article = articles.id;
update mentions set source = original from originals where originals.article = mentions.article;
"""
_END = "drop table turn; drop table copied; drop table originals;"
_PASSAGES = 'select id, start, "end", sentences, boilerplate from passages where article = ? order by start'


def fold(index: sqlite3.Connection) -> None:
    """Compare all articles of an index, and note what they copy and share in place of what was noted before."""
    index.executescript(INDEXES + _BEGIN)  # what is noted is found by the indexes
    copies = find_copies(lambda: _sketches(index), _shares(index))
    numbers = ((number, original) for number, original in enumerate(copies.group) if number != original)
    index.executemany("insert into copied values (?, ?)", numbers)
    index.executescript(_COPIED)
    for statement, article, passage, start, end in _shared(index, copies):
        index.execute("insert into shared values (null, ?, ?, ?, ?, ?)", (statement, article, passage, start, end))
        index.execute(
            "update mentions set source = ? where article = ? and start >= ? and start < ?",
            (f"statement {statement}", article, start, end),
        )
    index.executescript(_END)


def _sketches(index: sqlite3.Connection) -> Iterator[Sketch]:
    return (Sketch(*row) for row in index.execute(_SKETCHES))


def _shares(index: sqlite3.Connection) -> Callable[[int, int], float]:
    @lru_cache(OPENED)
    def body(number: int) -> Body:
        row = index.execute("select id, text from turn join articles on id = article where number = ?", (number,))
        id, text = row.fetchone()
        passages = index.execute(_PASSAGES, (id,))
        return text, [Passage(start, end, _pairs(written), why) for _, start, end, written, why in passages]

    return lambda one, other: share_of_shingles(body(one), body(other))


def _shared(index: sqlite3.Connection, copies: Copies) -> Iterator[tuple[int, str, int, int, int]]:
    """Yield each shared sentence: its statement, article, passage, and where it stands."""
    for number, found in groupby(copies.statement.items(), key=lambda item: item[0][0]):
        (article,) = index.execute("select article from turn where number = ?", (number,)).fetchone()
        passages = index.execute(_PASSAGES, (article,)).fetchall()
        spans = [(id, span) for id, _, _, written, why in passages if not why for span in _pairs(written)]
        for (_, sentence), statement in found:
            id, span = spans[sentence]
            yield statement, article, id, *span


def _pairs(written: str) -> tuple[tuple[int, int], ...]:
    offsets = [int(offset) for offset in written.split()]
    return tuple(zip(offsets[::2], offsets[1::2], strict=True))
