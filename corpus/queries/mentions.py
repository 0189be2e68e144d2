"""What became of every name that was detected, and who acts: nothing vanishes, each number has its mentions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

import pandas as pd

from corpus.queries.filters import SHOWN, Filters
from corpus.queries.sql import CONTEXT, FROM, OF_ARTICLE, SOURCE, ask, of_every_mention
from corpus.records import Status

SPELLINGS = 5  # of one actor
STATUSES: Mapping[Status, str] = {
    "placed": "placed",
    "region": "an area",
    "actor": "governments and people",
    "undecided": "undecided",
    "boilerplate": "page furniture",
}


def fates(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row an article: article, title, outlet, a count for each status, and detected, which they add up to.

    Roles do not filter it: what was found is counted whatever the map shows of it.
    """
    where, values = of_every_mention(filters).sql()
    counts = ", ".join(f"sum(m.status = '{status}') {status}" for status in STATUSES)
    return ask(
        index,
        f"""
        select a.id article, a.title, a.outlet, {counts}, count(*) detected {FROM}
        where {where} group by a.fid order by a.published_since desc, a.id
        """,
        values,
    )


# What the mentions behind a number may be asked for by.
_CONDITIONS = {
    "status": "m.status = {}",
    "article": OF_ARTICLE,
    "place": "m.place = {}",
    "text": "m.text = {}",
    "kind": "m.kind = {}",
    "source": SOURCE + " = {}",
    "speaker": "coalesce(t.name, '') = {}",
    "mode": "coalesce(t.mode, '') = {}",
    "region": "{} in (p.region, p.country)",
}


def mentions(
    index: sqlite3.Connection,
    filters: Filters,
    asked: Mapping[str, str],
    *,
    days: tuple[date, date] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the mentions behind a number, by article and position: id, text, place, status, reading, role, reasons.

    `asked` narrows them by status, article, place, region (its code), text, kind, source (an outlet, or an article that
    names none), speaker (as `statements.name`) or mode. `days` hold all of the first date, or of the publication where
    the filters' days mean that. Besides: furniture, why the passage is some; start, end, passage, passage_start,
    passage_text, article, title, outlet, published_since, published_until.
    """
    where, values = filters.sql()
    for name, value in asked.items():
        where += " and " + _CONDITIONS[name].format(f":asked_{name}")
        values[f"asked_{name}"] = value
    if days is not None:
        since, until = ("l.since", "l.until") if filters.by == "event" else ("a.published_since", "a.published_until")
        where += f" and {since} >= :first and {until} <= :last"
        values |= {"first": str(days[0]), "last": str(days[1])}
    return ask(
        index,
        f"""
        select m.id, m.text, m.status, m.place, p.name, m.reading, m.role, m.reason, m.reading_reason,
            m.confidence, m.doubt, l.since, l.until, m.certainty, s.boilerplate furniture, {CONTEXT}
        {FROM} join passages s on s.id = m.passage left join links l on l.mention = m.id and l.rank = 0
        where {where} order by a.published_since desc, a.id, m.start limit :limit offset :offset
        """,
        {**values, "limit": limit, "offset": offset},
    )


def place_near(index: sqlite3.Connection, article: str, position: int) -> str | None:
    """Return the place that an article names nearest to a position, or None where it names none."""
    row = index.execute(
        f"""select m.place from mentions m where {OF_ARTICLE.format("?")} and {SHOWN}
        order by abs(m.start - ?), m.start, m.id limit 1""",  # noqa: S608
        (article, position),
    ).fetchone()
    return None if row is None else str(row[0])


def actors(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return those who act under the filters, most first: place, name, kind, country, mentions, articles, names.

    A name that stands for a government, an army, a team or a people is an actor of its place; `names` are its
    commonest spellings.
    """
    where, values = of_every_mention(filters).sql()
    acting = f"{FROM} where m.status = 'actor' and {where}"
    found = ask(
        index,
        f"""
        select m.place, p.name, p.kind, p.country, count(*) mentions, count(distinct m.article_fid) articles
        {acting} group by m.place order by mentions desc, p.name
        """,
        values,
    )
    spelled = ask(
        index, f"select m.place, m.text, count(*) times {acting} group by 1, 2 order by times desc, 2", values
    )
    names = spelled.groupby("place").text.agg(lambda texts: ", ".join(texts.head(SPELLINGS)))
    return found.assign(names=found.place.map(names))
