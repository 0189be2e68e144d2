"""Which outlet speaks of which place and day, which do not, and how many of them are independent of each other."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pandas as pd

from corpus.index.columns import columns_of
from corpus.index.numbering import Column, Words
from corpus.queries.filters import Filters
from corpus.queries.sql import ask, with_none
from corpus.queries.tally import Tally


def sources(index: sqlite3.Connection) -> pd.DataFrame:
    """Return every source of the corpus: source, outlet, title, articles; an article without an outlet is its own.

    Only such a one has a title.
    """
    columns = columns_of(index)
    outlets, of_article = columns.words(index, "outlets"), columns.column(index, "article_outlet")
    told = np.bincount(of_article, minlength=len(outlets))
    named = [(outlet, outlet, "", int(number)) for outlet, number in zip(outlets, told, strict=True) if outlet]
    unnamed = of_article == outlets.index("") if "" in outlets else np.zeros(len(of_article), bool)
    rows = json.dumps(columns.column(index, "article_row")[unnamed].tolist())
    query = "select id, '', title, 1 from articles where fid in (select value from json_each(?)) order by title"
    found = pd.DataFrame([*named, *index.execute(query, (rows,))], columns=["source", "outlet", "title", "articles"])
    order = found.assign(none=found.outlet == "").sort_values(
        ["articles", "none", "outlet", "title"], ascending=[False, True, True, True]
    )
    return order.drop(columns="none").reset_index(drop=True)


def coverage(index: sqlite3.Connection, filters: Filters, *, place: str = "", region: str = "") -> pd.DataFrame:
    """Return how often a source names a place at a time, all places or one or those of a region.

    Columns: place, name, source, since, until, mentions.

    Every mention shown counts once, by its first date or its article's publication; without one both are None.
    """
    tally = Tally(index, filters, place=place, region=region)
    at = np.repeat(np.arange(len(tally.column("starts")) - 1), np.diff(tally.edges()))
    source, outlets = tally.sources_of(tally.of("article")), tally.words("outlets")
    days = Words()  # however sure
    period = days.of((since, until) for since, until, _ in tally.words(tally.dates)).astype(np.int64)[
        tally.date_codes()
    ]
    periods = days.listed()
    sources = len(outlets) + len(tally.column("article_row"))
    keys, mentions = np.unique((at * sources + source) * len(periods) + period, return_counts=True)
    at, source, period = keys // len(periods) // sources, keys // len(periods) % sources, keys % len(periods)
    names = tally.columns.places(index).set_index("at").name
    own = _ids(index, tally.column("article_row"), np.unique(source[source >= len(outlets)]) - len(outlets))
    ends = np.array([[since or None, until or None] for since, until in periods], object).reshape(-1, 2)
    found = pd.DataFrame(
        {
            "place": np.array(tally.words("places"), object)[at],
            "name": names.reindex(at).to_numpy(),
            "source": [outlets[n] if n < len(outlets) else own[n - len(outlets)] for n in source],
            "since": ends[period, 0],
            "until": ends[period, 1],
            "mentions": mentions,
        }
    )
    order = ["place", "since", "until", "source"]
    return with_none(found.sort_values(order, na_position="first", ignore_index=True))


def _ids(index: sqlite3.Connection, rows: Column, articles: Column) -> dict[int, str]:
    """Return the ids of articles by their numbers in the columns."""
    query = "select fid, id from articles where fid in (select value from json_each(?))"
    ids = dict(index.execute(query, (json.dumps(rows[articles].tolist()),)).fetchall())
    return {int(number): ids[int(rows[number])] for number in articles}


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
    return ask(
        index,
        """
        with named as (
            select m.article_fid, m.source, count(*) mentions, min(m.passage) passage, m.source_number < 0 shared
            from mentions m where m.id in (select value from json_each(:ids))
            group by m.article_fid, m.source_number),
        ranked as (
            select *, sum(mentions) over (partition by article_fid) total,
                row_number() over (partition by article_fid order by shared, source) nth from named)
        select r.source, r.shared, a.id article, a.title, a.outlet, a.published_since, a.published_until, a.copy_of,
            r.total mentions, r.passage
        from ranked r join articles a on a.fid = r.article_fid
        where r.nth = 1 order by r.source, a.published_since, a.id
        """,
        {"ids": Tally(index, filters, place=place).ids()},
    )
