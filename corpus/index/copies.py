"""Note in an index which articles copy each other and which sentences they share, from what it keeps of each.

Articles that were compared before are not compared again with each other: the table `alike` holds what was found, for
each copy the first of its group (its sentences are -1), and the pairs of sentences that were worth weighing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import groupby

import numpy as np

from corpus.index.numbering import inverse, whole_rows
from corpus.index.schema import INDEXES
from corpus.provenance.near_duplicates import Copies, Known, SentenceAt, find_copies
from corpus.provenance.sketches import Body, Sketch, share_of_shingles
from corpus.records import Passage

OPENED = 64  # articles whose texts are in memory at a time

_BEGIN = """
create temp table turn(number integer primary key, sketch integer not null unique, article integer not null);
insert into turn select row_number() over (order by a.file, a.id) - 1, s.id, a.fid
    from article_rows a join sketches s on s.article = a.fid;
create temp table copied(number integer primary key, original integer not null);
-- Whoever was alike to what is gone is compared again, with all of its group.
update sketches set compared = 0 where id in (
    select one from alike where other not in (select sketch from turn)
    union all select other from alike where one not in (select sketch from turn));
with member(id, first) as (
    select one, other from alike where sentence < 0 union all select other, other from alike where sentence < 0)
update sketches set compared = 0 where id in (select id from member where first in (
    select first from member where id in (select id from sketches where not compared)));
delete from alike where one in (select id from sketches where not compared)
    or other in (select id from sketches where not compared)
    or one not in (select sketch from turn) or other not in (select sketch from turn);
"""
_SKETCHES = """
select s.shingles, s.sample, s.words from turn t cross join sketches s on s.id = t.sketch order by t.number
"""
_FRESH = "select shingles, sample, words from sketches where not compared"
_KEEP = """
insert into alike select a.sketch, ?, b.sketch, ? from turn a, turn b where a.number = ? and b.number = ?
"""
_COPIED = """
select a.fid, coalesce(o.article, a.fid) from turn t join article_rows a on a.fid = t.article
left join copied c on c.number = t.number left join turn o on o.number = c.original
where a.copy_of != coalesce(o.article, a.fid)
"""
_END = "update sketches set compared = 1 where not compared; drop table turn; drop table copied;"
_PASSAGES = 'select id, start, "end", sentences, boilerplate from passages where article_fid = ? order by start'

Shared = dict[int, list[tuple[int, int]]]  # of an article its shared sentences, each with the number of its statement


def fold(index: sqlite3.Connection) -> None:
    """Note what the articles of an index copy and share, in place of what was noted before."""
    index.executescript(INDEXES + _BEGIN)  # what is noted is found by the indexes
    known = _known(index)
    copies = find_copies(lambda fresh: _sketches(index, fresh), known, _shares(index))
    _keep(index, copies)
    changed = _note_copies(index, copies) | _note_shared(index, copies, known)
    index.executemany("insert or ignore into uncounted values (?)", ((article,) for article in changed))
    for article in sorted(changed):
        index.execute(
            """update mention_rows set source = (select nullif(copy_of, fid) from article_rows where fid = ?1)
            where passage in (select id from passage_rows where article = ?1)""",
            (article,),
        )
        index.execute(
            """update mention_rows as m set source = ~s.statement from shared_rows s
            where s.article = ? and m.passage = s.passage and m.start >= s.start and m.start < s."end\"""",
            (article,),
        )
    index.executescript(_END)


def _known(index: sqlite3.Connection) -> Known:
    (sketch,) = whole_rows(index.execute("select sketch from turn order by number"), 1).T
    number = inverse(sketch)
    fresh = np.zeros(len(sketch), dtype=bool)
    fresh[number[whole_rows(index.execute("select id from sketches where not compared"), 1)[:, 0]]] = True
    alike = whole_rows(index.execute("select one, sentence, other, other_sentence from alike"), 4)
    alike[:, 0], alike[:, 2] = number[alike[:, 0]], number[alike[:, 2]]
    group, of_articles = np.arange(len(sketch)), alike[:, 1] < 0
    group[alike[of_articles, 0]] = alike[of_articles, 2]
    return Known(fresh, group, alike[~of_articles])


def _sketches(index: sqlite3.Connection, fresh: bool) -> Iterator[Sketch]:
    return map(Sketch._make, index.execute(_FRESH if fresh else _SKETCHES))


def _shares(index: sqlite3.Connection) -> Callable[[int, int], float]:
    @lru_cache(OPENED)
    def body(number: int) -> Body:
        article = _article(index, number)
        (text,) = index.execute("select text from articles where fid = ?", (article,)).fetchone()
        passages = index.execute(_PASSAGES, (article,))
        return text, [Passage(start, end, _pairs(written), why) for _, start, end, written, why in passages]

    return lambda one, other: share_of_shingles(body(one), body(other))


def _keep(index: sqlite3.Connection, copies: Copies) -> None:
    """Keep what was found for the next time."""
    numbers = [(number, original) for number, original in enumerate(copies.group) if number != original]
    index.executemany("insert into copied values (?, ?)", numbers)
    index.execute("delete from alike where sentence < 0")
    index.executemany(_KEEP, ((-1, -1, number, original) for number, original in numbers))
    index.executemany(_KEEP, ((nth, other, a, b) for a, nth, b, other in map(np.ndarray.tolist, copies.pairs)))


def _note_copies(index: sqlite3.Connection, copies: Copies) -> set[int]:
    """Note of each article what it is a copy of; return those of which that was another."""
    changed = index.execute(_COPIED).fetchall()
    index.executemany("update article_rows set copy_of = ? where fid = ?", ((copied, fid) for fid, copied in changed))
    return {fid for fid, _ in changed}


def _note_shared(index: sqlite3.Connection, copies: Copies, known: Known) -> set[int]:
    """Note the shared sentences of each article; return those that have others now."""
    before: dict[int, list[int]] = {}
    for article, statement in index.execute("select article, statement from shared_rows order by article, start"):
        before.setdefault(article, []).append(statement)
    statement_of, changed = _numbers(index), set()
    articles = [article for (article,) in index.execute("select article from turn order by number")]
    for number, found in groupby(copies.statement.items(), key=lambda item: item[0][0]):
        article = articles[number]
        shared = [(sentence, statement_of(first)) for (_, sentence), first in found]
        if [statement for _, statement in shared] == before.pop(article, None) and not known.fresh[number]:
            continue
        changed.add(article)
        passages = index.execute(_PASSAGES, (article,)).fetchall()
        spans = [(id, *span) for id, _, _, written, why in passages if not why for span in _pairs(written)]
        index.execute("delete from shared_rows where article = ?", (article,))
        rows = ((statement, article, *spans[sentence]) for sentence, statement in shared)
        index.executemany("insert into shared_rows values (?1, ?3, ?2, ?4, ?5 - ?4)", rows)
    index.executemany("delete from shared_rows where article = ?", ((article,) for article in before))
    return changed | before.keys()


def _numbers(index: sqlite3.Connection) -> Callable[[SentenceAt], int]:
    """Return what tells the number of a statement by its first sentence: no other statement has a part in it."""
    query = "select a.id from turn t join article_rows a on a.fid = t.article where t.number = ?"

    @cache
    def number(first: SentenceAt) -> int:
        (id,) = index.execute(query, first[:1]).fetchone()
        return int.from_bytes(blake2b(f"{id} {first[1]}".encode(), digest_size=6).digest())

    return number


def _article(index: sqlite3.Connection, number: int) -> int:
    (article,) = index.execute("select article from turn where number = ?", (number,)).fetchone()
    return int(article)


def _pairs(written: str) -> tuple[tuple[int, int], ...]:
    offsets = [int(offset) for offset in written.split()]
    return tuple(zip(offsets[::2], offsets[1::2], strict=True))
