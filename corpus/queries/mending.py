"""What a reader may correct: the names of a passage with all that was read of them, and which others are alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from corpus.corrections.places import BETWEEN
from corpus.corrections.replay import plain
from corpus.queries.sql import OF_ARTICLE
from corpus.records import Article


class Name(NamedTuple):
    """A name as the index has it; days are ISO days or None."""

    start: int
    end: int
    text: str
    places: str  # ids with | between them, "" where it is undecided
    reading: str
    since: str | None
    until: str | None
    basis: str
    reason: str
    reading_reason: str


Alike = Literal["place", "reading", "date"]  # what two names have in common, besides their words


def names_in(index: sqlite3.Connection, passage: int) -> list[Name]:
    """Return the names of a passage in their order, each once; none of page furniture."""
    rows = index.execute(
        """select m.start, m."end", m.text, coalesce(m.place, ''), m.reading, l.since, l.until, coalesce(l.basis, ''),
        m.reason, m.reading_reason from mentions m left join dates l on l.dating = m.dating and l.rank = 0
        where m.passage = ? and m.status != 'boilerplate' order by m.start, m.id""",
        (passage,),
    ).fetchall()
    found = []
    for _, each in groupby(rows, key=lambda row: row[:2]):
        first, *more = each
        found.append(Name(*first)._replace(places=BETWEEN.join(row[3] for row in (first, *more))))
    return found


def count_alike(index: sqlite3.Connection, article: str, name: Name, by: Alike) -> tuple[int, int]:
    """Return how many names are alike in an article and in the whole corpus, itself among them.

    Alike by place or reading are those of the same words; by date those of the article that one expression dates, as
    far as the days tell.
    """
    if by == "date":
        query = f"""select count(*) from mentions m join dates l on l.dating = m.dating and l.rank = 0
            where {OF_ARTICLE.format("?")} and l.since is ? and l.until is ?"""  # noqa: S608
        number = int(index.execute(query, (article, name.since, name.until)).fetchone()[0])
        return number, number
    column, value = ("m.reading", name.reading) if by == "reading" else ("m.place", name.places.split(BETWEEN)[0])
    query = f"""select m.text, m.article, count(*) from mentions m
        where m.status != 'boilerplate' and coalesce({column}, '') = ? group by m.text, m.article"""  # noqa: S608
    rows = index.execute(query, (value,)).fetchall()
    same = [(where, number) for text, where, number in rows if plain(text) == plain(name.text)]
    return sum(number for where, number in same if where == article), sum(number for _, number in same)


def count_of_outlet(index: sqlite3.Connection, outlet: str) -> int:
    """Return how many articles an outlet has."""
    return int(index.execute("select count(*) from articles where outlet = ?", (outlet,)).fetchone()[0])


def texts(index: sqlite3.Connection) -> Sequence[Article]:
    """Return the articles as far as corrections ask: their ids, files and texts."""
    return [Article(*row) for row in index.execute("select id, file, text from articles")]
