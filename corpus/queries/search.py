"""Where what somebody types is found: in the names of places in any spelling, in articles' heads, in passages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from corpus.index.columns import ROLE_BITS, columns_of
from corpus.queries.chosen import passages_with
from corpus.queries.filters import WORD, Filters, search_expression
from corpus.queries.sql import PASSAGE, ask
from corpus.queries.tally import Tally
from corpus.records import ROLES, Role
from geodata.folding import name_key

SHORTEST = 3  # letters that a name may be known by before it is whole
MANY = 2_000  # articles that are looked at by themselves
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
    key = cache(name_key)  # of names that many places have
    rows = index.execute("select id, name || '|' || gazetteer_name || '|' || names from places")
    spelled = Tally(index, Filters(roles=ROLES)).spelled()
    written = zip(spelled.place[spelled.kind == "name"], spelled.text[spelled.kind == "name"], strict=True)
    for place, text in [*rows, *written]:
        for name in text.replace(" / ", "|").split("|"):
            found.setdefault(key(name), set()).add(place)
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
    tally = Tally(index, Filters(roles=ROLES), place=place)
    named = index.execute("select name from places where id = ?", (place,)).fetchone()
    if named is None or not len(tally.rows):
        return None
    bits = np.bitwise_or.reduce(tally.of("bits"))
    return Hit(place, named[0], tally.passages(), tuple(role for role in ROLES if bits & ROLE_BITS[role]))


def articles(index: sqlite3.Connection, text: str, *, limit: int = 4) -> pd.DataFrame:
    """Return the articles whose title, outlet, author or file has all the words: id, title, outlet, passage (first)."""
    words = name_key(text).split()[:MOST_WORDS]
    columns = columns_of(index)
    rows = columns.column(index, "article_row")
    match = " ".join(_as_head(word) for word in words)
    query = "select rowid from heads_fts where heads_fts match ? limit ?"
    some = [row for (row,) in index.execute(query, (match, MANY + 1))] if match else []
    # Words that many heads have stand in one of the newest soon.
    parts = [some] if len(some) <= MANY else (rows[at : at + MANY].tolist() for at in range(0, len(rows), MANY))
    found = pd.DataFrame()
    for part in parts:
        found = pd.concat([found, _with_heads(index, words, part, limit - len(found))], ignore_index=True)
        if len(found) >= limit:
            break
    return found


def _as_head(word: str) -> str:
    """Return a word, or the beginning of one, as a full-text query on heads."""
    *whole, begun = WORD.findall(word) or [""]
    return " ".join([*(f'"{each}"' for each in whole), f'"{begun}"*']) if begun else ""


def _with_heads(index: sqlite3.Connection, words: Sequence[str], rows: Sequence[int], limit: int) -> pd.DataFrame:
    """Return those of a few articles whose heads have all the words, the newest first."""
    has = " and ".join(["1 = 1", *(f"instr(' ' || a.head, ' ' || :word{n})" for n in range(len(words)))])
    return ask(
        index,
        f"""select a.id, a.title, a.outlet, (select min(s.id) from passages s where s.article_fid = a.fid) passage
        from articles a where a.fid in (select value from json_each(:rows)) and {has}
        order by a.published_since desc, a.id limit :limit""",  # noqa: S608 - our own words
        {**{f"word{n}": word for n, word in enumerate(words)}, "rows": json.dumps(rows), "limit": limit},
    )


def passages(index: sqlite3.Connection, text: str) -> int:
    """Count the passages that have all the words, whatever they name."""
    words = search_expression(text)
    if not words:
        return 0
    return int(np.count_nonzero(passages_with(index, columns_of(index), words)))


def elsewhere(index: sqlite3.Connection, filters: Filters, *, limit: int) -> pd.DataFrame:
    """Return the passages that have the words and name nothing shown: passage, start, text, article, title ..."""
    tally = Tally(index, filters)
    words = search_expression(filters.text)
    wanted = passages_with(index, tally.columns, words).copy()
    wanted[tally.of("passage")] = False
    numbers = np.flatnonzero(wanted)
    article = tally.column("passage_article")[numbers]
    if limit < len(numbers):
        numbers = numbers[article <= np.partition(article, limit)[limit]]
    return ask(
        index,
        f"""
        select {PASSAGE}, 0 mentions from passages s join articles a on a.fid = s.article_fid
        where s.id in (select value from json_each(:numbers))
        order by a.published_since desc, a.id, s.start limit :limit
        """,  # noqa: S608 - our own words
        {"numbers": json.dumps(numbers.tolist()), "limit": limit},
    )
