"""What is asked of many places at once: counts by country or province, all passages of one, groups for a wide map."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from corpus.queries.filters import SHOWN, Filters
from corpus.queries.sql import FROM, SOURCE, ask

Level = Literal["province", "country"]
COLUMN: Mapping[Level, str] = {
    "province": "region",
    "country": "country",
}  # of places, the code of the shape they lie in


def regions(index: sqlite3.Connection, filters: Filters, level: Level) -> pd.DataFrame:
    """Return a row a region that holds a place shown, most mentions first.

    Columns: code, name, level, country_name, mentions, places, articles, sources. A place counts once, where the
    spatial join of the index put it; what no region holds (a sea, a bloc, a country among the provinces) does not.
    """
    where, values = filters.sql()
    return ask(
        index,
        f"""
        select r.code, r.name, r.level, max(p.country_name) country_name, count(*) mentions,
            count(distinct m.place) places, count(distinct m.article_fid) articles, count(distinct {SOURCE}) sources
        {FROM} join regions r on r.code = p.{COLUMN[level]}
        where {SHOWN} and {where} group by r.code order by mentions desc, r.name
        """,
        values,
    )


def codes(index: sqlite3.Connection, level: Level) -> tuple[str, ...]:
    """Return the regions of a level that hold any place of the corpus."""
    query = f"""
        select distinct r.code from places p join regions r on r.code = p.{COLUMN[level]}
        where p.mentions > 0 order by 1
    """  # noqa: S608
    return tuple(row[0] for row in index.execute(query))


def outlines(index: sqlite3.Connection) -> tuple[str, ...]:
    """Return the regions that are places of the corpus themselves."""
    query = "select distinct outline from places where outline != '' and mentions > 0 order by 1"
    return tuple(row[0] for row in index.execute(query))


def sources(index: sqlite3.Connection, filters: Filters) -> int:
    """Count the sources of what is shown."""
    where, values = filters.sql()
    query = f"select count(distinct {SOURCE}) {FROM} where {SHOWN} and {where}"
    return int(index.execute(query, values).fetchone()[0])


def spellings(index: sqlite3.Connection) -> pd.DataFrame:
    """Return how the sources write each place: place, text, mentions; the commonest first."""
    query = (
        f"select m.place, m.text, count(*) mentions from mentions m where {SHOWN} group by 1, 2 order by 1, 3 desc, 2"  # noqa: S608
    )
    return ask(index, query)
