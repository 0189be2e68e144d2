"""Which outlet speaks of which place and day, which do not, and how many of them are independent of each other."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pandas as pd

from corpus.index.columns import columns_of
from corpus.index.numbering import Column, Words
from corpus.queries.filters import Filters
from corpus.queries.sql import ask
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

    Columns: place, name, source, since, until, mentions; all but the last are categories, as there may be millions.

    Every mention shown counts once, by its first date or its article's publication; without one both are missing.
    """
    tally = Tally(index, filters, place=place, region=region)
    at = np.repeat(np.arange(len(tally.column("starts")) - 1), tally.mentions())
    source, outlets = tally.sources_of(tally.of("article")), tally.words("outlets")
    number, since, until = tally.columns.keep(("days", tally.dates), lambda: _days(tally))
    rank, ids, called = tally.columns.keep("places by id", lambda: _places(tally))
    period = number[tally.date_codes()]
    names, source = _named(index, source, outlets, tally.column("article_row"))
    sizes = (max(1, len(since)), max(1, len(names)))
    keys, mentions = np.unique((rank[at] * sizes[0] + period) * sizes[1] + source, return_counts=True)
    source, (at, period) = keys % sizes[1], np.divmod(keys // sizes[1], sizes[0])
    return pd.DataFrame(
        {
            "place": ids.take(at),
            "name": called.take(at),
            "source": pd.Categorical.from_codes(source, names),
            "since": since.take(period),
            "until": until.take(period),
            "mentions": mentions,
        }
    )


def _days(tally: Tally) -> tuple[Column, pd.Categorical, pd.Categorical]:
    """Return for each date, however sure, the number of its days, and these: in their order, what has none first."""
    days = Words()
    numbers = days.of((since, until) for since, until, _ in tally.words(tally.dates))
    listed = days.listed()
    since, until = zip(*listed, strict=True) if listed else ((), ())
    return numbers, *(pd.Categorical([day or None for day in ends]) for ends in (since, until))


def _places(tally: Tally) -> tuple[Column, pd.Categorical, pd.Categorical]:
    """Return for each place of the columns its number in the order of ids, and their ids and names in this order."""
    ids = np.array(tally.words("places"), object)
    by_id = np.argsort(ids)
    names = tally.columns.places(tally.index).set_index("at").name.reindex(by_id)
    return np.argsort(by_id), pd.Categorical(ids[by_id]), pd.Categorical(names)


def _named(index: sqlite3.Connection, source: Column, outlets: list[str], rows: Column) -> tuple[list[str], Column]:
    """Return the names of sources in their order, and for each of their numbers its place in it."""
    numbers, source = np.unique(source, return_inverse=True)
    own = _ids(index, rows, numbers[numbers >= len(outlets)] - len(outlets))
    names = [outlets[n] if n < len(outlets) else own[n - len(outlets)] for n in numbers.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    return [names[n] for n in order], np.argsort(order)[source] if order else source


def _ids(index: sqlite3.Connection, rows: Column, articles: Column) -> dict[int, str]:
    """Return the ids of articles by their numbers in the columns."""
    query = "select fid, id from articles where fid in (select value from json_each(?))"
    ids = dict(index.execute(query, (json.dumps(rows[articles].tolist()),)).fetchall())
    return {int(number): ids[int(rows[number])] for number in articles}


def told_by_one(covered: pd.DataFrame) -> pd.DataFrame:
    """Return the places that one source alone names: place, name, source, mentions; from a frame of `coverage`."""
    place, source = (covered[name].cat.codes.to_numpy() for name in ("place", "source"))
    start = np.flatnonzero(np.diff(place, prepend=-1))
    if not len(start):
        return covered[["place", "name", "source", "mentions"]]
    alone = np.minimum.reduceat(source, start) == np.maximum.reduceat(source, start)
    mentions = np.add.reduceat(covered.mentions.to_numpy(), start)[alone]
    found = covered[["place", "name", "source"]].iloc[start[alone]].astype(object).assign(mentions=mentions)
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
