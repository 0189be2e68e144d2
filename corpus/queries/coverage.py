"""Which outlet speaks of which place and day, which do not, and how many of them are independent of each other."""

from __future__ import annotations

import sqlite3

import pandas as pd

from corpus.queries.filters import PERIOD, SHOWN, Filters
from corpus.queries.sql import FROM, SOURCE, ask


def sources(index: sqlite3.Connection) -> pd.DataFrame:
    """Return every source of the corpus: source, outlet, title, articles; an article without an outlet is its own."""
    return ask(
        index,
        f"""
        select {SOURCE} source, a.outlet, min(a.title) title, count(*) articles
        from articles a group by 1 order by articles desc, a.outlet = '', a.outlet, title
        """,  # noqa: S608
    )


def coverage(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return how often a source names a place at a time: place, name, source, since, until, mentions.

    Every mention shown counts once, by its first date or its article's publication; without one both are None.
    """
    where, values = filters.sql()
    return ask(
        index,
        f"""
        select m.place, p.name, {SOURCE} source, {PERIOD[filters.by]}, count(*) mentions
        {FROM} left join links l on l.mention = m.id and l.rank = 0
        where {SHOWN} and {where} group by 1, 3, 4, 5 order by 1, 4, 5, 3
        """,
        values,
    )


def told_by_one(covered: pd.DataFrame) -> pd.DataFrame:
    """Return the places that one source alone names: place, name, source, mentions; from a frame of `coverage`."""
    alone = covered[covered.groupby("place").source.transform("nunique") == 1]
    found = alone.groupby(["place", "name", "source"], as_index=False).mentions.sum()
    return found.sort_values(["mentions", "name"], ascending=[False, True], ignore_index=True)


def independent(index: sqlite3.Connection, place: str, filters: Filters) -> pd.DataFrame:
    """Return the articles that name a place, each with its independent source: source, shared, article, title ...

    Articles that copy each other are one source, and so are those that name the place only in a statement they
    share. Who names it in words of their own besides speaks for themselves: there are never more sources than articles.
    """
    where, values = filters.sql()
    return ask(
        index,
        f"""
        with named as (
            select m.article_fid, m.source, count(*) mentions, min(m.passage) passage, m.source_number < 0 shared
            {FROM} where {SHOWN} and m.place = :place and {where} group by m.article_fid, m.source_number),
        ranked as (
            select *, sum(mentions) over (partition by article_fid) total,
                row_number() over (partition by article_fid order by shared, source) nth from named)
        select r.source, r.shared, a.id article, a.title, a.outlet, a.published_since, a.published_until, a.copy_of,
            r.total mentions, r.passage
        from ranked r join articles a on a.fid = r.article_fid
        where r.nth = 1 order by r.source, a.published_since, a.id
        """,  # noqa: S608
        {**values, "place": place},
    )
