"""What is asked of many places at once: counts by country or province, all passages of one, groups for a wide map."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from corpus.index.numbering import Column
from corpus.queries.filters import Filters
from corpus.queries.sql import ask
from corpus.queries.tally import Tally
from corpus.records import ROLES

Level = Literal["province", "country"]
COLUMN: Mapping[Level, str] = {
    "province": "region",
    "country": "country",
}  # of places, the code of the shape they lie in

REGION = ["code", "name", "level", "country_name", "mentions", "places", "articles", "sources"]


def regions(index: sqlite3.Connection, filters: Filters, level: Level) -> pd.DataFrame:
    """Return a row a region that holds a place shown, most mentions first.

    Columns: code, name, level, country_name, mentions, places, articles, sources. A place counts once, where the
    spatial join of the index put it; what no region holds (a sea, a bloc, a country among the provinces) does not.
    """
    tally = Tally(index, filters)
    places = tally.columns.places(index)
    mentions = tally.mentions()
    held = places.assign(mentions=mentions[places["at"]])
    held = held[(held.mentions > 0) & (held[COLUMN[level]] != "")]
    told = held.groupby(COLUMN[level]).agg(
        country_name=("country_name", "max"), mentions=("mentions", "sum"), places=("id", "size")
    )
    names = ask(index, "select code, name, level from regions")
    found = names.merge(told, left_on="code", right_index=True)
    codes = np.unique(places[COLUMN[level]].to_numpy(object).astype(str))
    told = tally.in_groups(level, len(codes), partial(_grouped, tally, level, codes))
    counted = pd.DataFrame(dict(zip(("articles", "sources"), told, strict=True)), index=codes)
    found = found.merge(counted, left_on="code", right_index=True)
    return found.sort_values(["mentions", "name"], ascending=[False, True], ignore_index=True)[REGION]


def _grouped(tally: Tally, level: Level, codes: Column) -> tuple[Column, Column, Column]:
    """Return of each mention the region by its number, the source and the article."""
    places = tally.columns.places(tally.index)
    starts, article = tally.column("starts"), tally.column("article")
    region = np.full(len(starts), len(codes), np.int64)  # that of no place
    region[places["at"]] = np.searchsorted(codes, places[COLUMN[level]].to_numpy(object).astype(str))
    of_source = tally.sources_of(np.arange(len(tally.column("article_row"))))
    return np.repeat(region, np.diff(starts, append=len(article))), of_source[article], article


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
    tally = Tally(index, filters)
    seen = np.zeros(len(tally.column("article_row")), bool)
    seen[tally.of("article")] = True
    return len(np.unique(tally.sources_of(np.flatnonzero(seen))))


def spellings(index: sqlite3.Connection) -> pd.DataFrame:
    """Return how the sources write each place: place, text, mentions; the commonest first."""
    found = Tally(index, Filters(roles=ROLES)).spelled().groupby(["place", "text"], as_index=False).mentions.sum()
    return found.sort_values(["place", "mentions", "text"], ascending=[True, False, True], ignore_index=True)
