"""Where what somebody types is found: in the names of places in any spelling, in articles' heads, in passages."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from corpus.queries.filters import SHOWN, Filters, search_expression
from corpus.queries.sql import FROM, PASSAGE, ask
from corpus.records import ROLES, Role
from geodata.folding import name_key

SHORTEST = 3  # letters that a name may be known by before it is whole
MOST_WORDS = 100  # of what is typed, which are looked for in articles' heads

Names = Mapping[str, tuple[str, ...]]  # places by a name's key


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that goes by what was typed: how many passages name it, and what it is to them."""

    place: str
    name: str
    passages: int
    roles: tuple[Role, ...]


def names(index: sqlite3.Connection) -> Names:
    """Return every name of the places that the articles name, the gazetteer's and the articles', in any script."""
    found: dict[str, set[str]] = {}
    rows = index.execute("select id, name || '|' || gazetteer_name || '|' || names from places")
    written = index.execute("select distinct place, text from mentions where kind = 'name' and role != ''")
    for place, text in [*rows, *written]:
        for name in text.replace(" / ", "|").split("|"):
            found.setdefault(name_key(name), set()).add(place)
    found.pop("", None)
    return {key: tuple(sorted(places)) for key, places in found.items()}


def called(known: Names, text: str) -> tuple[str, ...]:
    """Return the places that go by just this name."""
    return known.get(name_key(text), ())


def places(index: sqlite3.Connection, known: Names, text: str, *, limit: int = 6) -> list[Hit]:
    """Return the places that go by a name, or by one that begins with it or has a word that does: the exact first."""
    key = name_key(text)
    exact = called(known, text)
    begun = {
        place
        for name, ids in known.items()
        if len(key) >= SHORTEST and f" {name}".find(f" {key}") >= 0
        for place in ids
    }
    hits = [_hit(index, place) for place in {*exact, *begun}]
    return sorted(filter(None, hits), key=lambda hit: (hit.place not in exact, -hit.passages, hit.name))[:limit]


def _hit(index: sqlite3.Connection, place: str) -> Hit | None:
    rows = index.execute(
        f"select m.role, count(distinct m.passage) from mentions m where m.place = ? and {SHOWN} group by m.role",  # noqa: S608
        (place,),
    ).fetchall()
    named = index.execute("select name from places where id = ?", (place,)).fetchone()
    if not rows or named is None:
        return None
    passages = index.execute(
        f"select count(distinct m.passage) from mentions m where m.place = ? and {SHOWN}",  # noqa: S608
        (place,),
    ).fetchone()[0]
    told = {role for role, _ in rows}
    return Hit(place, named[0], passages, tuple(role for role in ROLES if role in told))


def articles(index: sqlite3.Connection, text: str, *, limit: int = 4) -> pd.DataFrame:
    """Return the articles whose title, outlet, author or file has all the words: id, title, outlet, passage (first)."""
    words = name_key(text).split()[:MOST_WORDS] or ["\0"]  # which no head has
    has = " and ".join(f"instr(' ' || a.head, ' ' || :word{n})" for n in range(len(words)))
    return ask(
        index,
        f"""select a.id, a.title, a.outlet, (select min(s.id) from passages s where s.article_fid = a.fid) passage
        from articles a where {has} order by a.published_since desc, a.id limit {limit}""",  # noqa: S608 - a whole number
        {f"word{n}": word for n, word in enumerate(words)},
    )


def passages(index: sqlite3.Connection, text: str) -> int:
    """Count the passages that have all the words, whatever they name."""
    words = search_expression(text)
    if not words:
        return 0
    query = "select count(*) from passages_fts where passages_fts match ?"
    return int(index.execute(query, (words,)).fetchone()[0])


def elsewhere(index: sqlite3.Connection, filters: Filters, *, limit: int) -> pd.DataFrame:
    """Return the passages that have the words and name nothing shown: passage, start, text, article, title ..."""
    where, values = filters.sql()
    words = search_expression(filters.text)
    return ask(
        index,
        f"""
        select {PASSAGE}, 0 mentions from passages s join articles a on a.fid = s.article_fid
        where s.id in (select rowid from passages_fts where passages_fts match :typed)
            and s.id not in (select m.passage {FROM} where {SHOWN} and {where})
        order by a.published_since desc, a.id, s.start limit :limit
        """,  # noqa: S608
        {**values, "typed": words, "limit": limit},
    )
