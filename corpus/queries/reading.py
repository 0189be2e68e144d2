"""What it takes to read a passage or an article: what to light in it, and a name for it that outlives the index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.index.columns import columns_of
from corpus.queries.filters import Filters
from corpus.queries.sql import ask
from corpus.queries.tally import Tally

_NTH = "(select count(*) from passages o where o.article_fid = s.article_fid and o.start <= s.start)"


def marks(index: sqlite3.Connection, passages: Sequence[int]) -> pd.DataFrame:
    """Return all names and dates in passages: passage, start, end, place (id, or None), role, since, until.

    Names that mean a place or who acts for one, dates that are known days; by position.
    """
    numbers = _listed(passages)
    return ask(
        index,
        f"""
        select passage, start, "end", place, role, null since, null until from mentions
        where passage in ({numbers}) and role != ''
        union all
        select s.id, x.start, x."end", null, '', x.since, x.until from passages s
            join timexes x on x.article_fid = s.article_fid and x.start >= s.start and x."end" <= s."end"
        where s.id in ({numbers}) and x.since is not null
        order by 1, 2, 3 desc
        """,  # noqa: S608 - whole numbers only
    )


def references(index: sqlite3.Connection, passages: Sequence[int]) -> dict[int, str]:
    """Return for passages what names them in every index that holds their text: "4f2a90c1d37e05b8.12".

    It is a print of the article's text and the passage's place in it, so that neither other files nor another order
    of them change it.
    """
    rows = index.execute(
        f"select s.id, a.print, {_NTH} from passages s join articles a on a.fid = s.article_fid "  # noqa: S608
        f"where s.id in ({_listed(passages)})"
    )
    return {passage: f"{print_}.{nth}" for passage, print_, nth in rows}


def repeated(index: sqlite3.Connection, passages: Sequence[int]) -> pd.DataFrame:
    """Return where other articles say what passages do: passage, start, end; other, said, whole, article, title ...

    `other` is their passage and `said` its words: a statement that both share, or all of it in a copy of the article;
    `whole` where nothing else stands in it.
    """
    numbers = _listed(passages)
    return ask(
        index,
        f"""
        select s.passage, s.start, s."end", o.passage other,
            substr(p.text, o.start - p.start + 1, o."end" - o.start) said,
            not exists (select 1 from mentions m where m.passage = o.passage and m.role != ''
                and not exists (select 1 from shared t where t.passage = o.passage
                    and m.start >= t.start and m.start < t."end")) whole,
            a.id article, a.title, a.outlet, a.author, a.url, a.file, a.published_since, a.published_until
        from shared s join shared o on o.statement = s.statement and o.article_fid != s.article_fid
            join passages p on p.id = o.passage join articles a on a.fid = o.article_fid
        where s.passage in ({numbers})
        union all
        select s.id, s.start, s."end", o.id, o.text, 1,
            a.id, a.title, a.outlet, a.author, a.url, a.file, a.published_since, a.published_until
        from passages s join articles b on b.fid = s.article_fid
            join articles a on a.copy_of_fid = b.copy_of_fid and a.fid != b.fid
            join passages o on o.article_fid = a.fid and o.text = s.text
        where s.id in ({numbers}) and s.boilerplate = ''
        order by 1, 2, published_since, article
        """,  # noqa: S608 - whole numbers only
    )


def passage_of(index: sqlite3.Connection, reference: str) -> int | None:
    """Return the passage that a reference names in this index, or None where its text is not there."""
    print_, _, nth = reference.partition(".")
    if not nth.isdecimal():
        return None
    row = index.execute(
        "select s.id from passages s join articles a on a.fid = s.article_fid "  # noqa: S608
        f"where a.print = ? and {_NTH} = ? order by a.id limit 1",
        (print_, int(nth)),
    ).fetchone()
    return None if row is None else int(row[0])


def articles(index: sqlite3.Connection, filters: Filters, *, limit: int = 100) -> pd.DataFrame:
    """Return articles, at most so many, those under the filters first: id, title, outlet, author, file, url, shown ...

    `shown` are its mentions under the filters, `reference` names its first passage; the newest come first.
    """
    tally = Tally(index, filters)
    first, told = tally.articles_first(limit)
    shown = np.bincount(told.of("article"), minlength=len(tally.column("article_row")))
    if len(first) < limit:
        first = np.concatenate([first, np.flatnonzero(shown == 0)[: limit - len(first)]])
    rows = tally.column("article_row")[first].tolist()
    found = ask(
        index,
        """
        select a.fid, a.id, a.title, a.outlet, a.author, a.file, a.url, a.language, a.format, a.read_at, a.print,
            a.published_since, a.published_until, a.published_basis, a.published_certainty,
            (select min(s.id) from passages s where s.article_fid = a.fid) passage
        from articles a where a.fid in (select value from json_each(:rows))
        """,
        {"rows": json.dumps(rows)},
    )
    found = found.set_index("fid").loc[rows].reset_index(drop=True).assign(shown=shown[first])
    named = references(index, [int(passage) for passage in found.passage.dropna()])
    return found.assign(reference=found.passage.map(named))


def how_many(index: sqlite3.Connection) -> tuple[int, int]:
    """Count the articles, and those of which nobody knows when they were published."""
    columns = columns_of(index)
    unknown = np.array([not since for since, *_ in columns.words(index, "publications")], bool)
    published = columns.column(index, "article_published")
    return len(published), int(np.count_nonzero(unknown[published]))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


def boilerplate(index: sqlite3.Connection, article: str) -> list[tuple[int, int, str]]:
    """Return the page furniture of an article: start, end, reason."""
    query = """select start, "end", reason from boilerplate
        where article_fid = (select fid from articles where id = ?) order by start"""
    return list(index.execute(query, (article,)))


def flags(index: sqlite3.Connection, article: str) -> list[tuple[int, int, str, str]]:
    """Return where an article's dates contradict each other: start, end, kind, note."""
    query = """select start, "end", kind, note from flags
        where article_fid = (select fid from articles where id = ?) order by start, "end" """
    return list(index.execute(query, (article,)))
