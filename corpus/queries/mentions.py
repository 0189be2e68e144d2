"""What became of every name that was detected, and who acts: nothing vanishes, each number has its mentions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from corpus.index.numbering import Column
from corpus.index.schema import VALUES
from corpus.queries.bitmaps import size
from corpus.queries.filters import SHOWN, Filters
from corpus.queries.sql import CONTEXT, FROM, OF_ARTICLE, ask, of_every_mention
from corpus.queries.tally import Tally, frame
from corpus.queries.worked_out import WorkedOut
from corpus.records import Status

SPELLINGS = 5  # of one actor
STATUSES: Mapping[Status, str] = {
    "placed": "placed",
    "region": "an area",
    "actor": "governments and people",
    "undecided": "undecided",
    "boilerplate": "page furniture",
}


def statuses(index: sqlite3.Connection, filters: Filters) -> dict[Status, int]:
    """Return how many mentions have each status; roles do not filter them, and they add up to all detected."""
    tally = Tally(index, of_every_mention(filters), every=True)
    return {name: size(tally.only(WorkedOut(index).status(name)).bits) for name in STATUSES}


def fates(index: sqlite3.Connection, filters: Filters, *, limit: int = 100) -> pd.DataFrame:
    """Return a row an article: article, title, outlet, a count for each status, and detected, which they add up to.

    The newest come first, at most so many. Roles do not filter it: what was found is counted whatever is shown of it.
    """
    tally = Tally(index, of_every_mention(filters), every=True)
    rows = tally.column("article_row")
    first, tally = tally.articles_first(limit)
    article, status = tally.of("article"), tally.of("status")
    told = {
        name: np.bincount(article[status == VALUES["status"].index(name)], minlength=len(rows))[first]
        for name in STATUSES
    }
    names = "select fid, id article, title, outlet from articles where fid in (select value from json_each(:rows))"
    found = ask(index, names, {"rows": json.dumps(rows[first].tolist())}).set_index("fid").loc[rows[first]]
    return found.reset_index(drop=True).assign(**told, detected=sum(told.values()))


# What the mentions behind a number may be asked for by, besides place and region; the others are asked of each.
_COLUMNS = ("status", "article", "text", "kind", "source")
_CONDITIONS = {"speaker": "coalesce(t.name, '') = :speaker", "mode": "coalesce(t.mode, '') = :mode"}


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
    tally = Tally(index, filters, place=asked.get("place", ""), region=asked.get("region", ""), every=True)
    for name in _COLUMNS:
        if name in asked:
            tally = tally.having(_having(tally, name, asked[name]))
    if days is not None:
        first, last = str(days[0]), str(days[1])
        wanted = [
            bool(since and until) and since >= first and until <= last for since, until, _ in tally.words(tally.dates)
        ]
        tally = tally.having(np.array(wanted, bool)[tally.date_codes()])
    told = [condition for name, condition in _CONDITIONS.items() if name in asked]
    ids = tally.ids(None if told else offset + limit)
    return ask(
        index,
        f"""
        select m.id, m.text, m.status, m.place, p.name, m.reading, m.role, m.reason, m.reading_reason,
            m.confidence, m.doubt, l.since, l.until, m.certainty, s.boilerplate furniture, {CONTEXT}
        {FROM} join passages s on s.id = m.passage left join dates l on l.dating = m.dating and l.rank = 0
        where {" and ".join(["m.id in (select value from json_each(:ids))", *told])}
        order by a.published_since desc, a.id, m.start limit :limit offset :offset
        """,  # noqa: S608 - our own words
        {"ids": ids, "limit": limit, "offset": offset, **asked},
    )


def _having(tally: Tally, name: str, value: str) -> Column:
    """Return which of the mentions left have a status, an article, a text, a kind or a source."""
    if name == "status":
        return np.equal(tally.of("status"), VALUES["status"].index(value))
    if name in ("text", "kind"):
        at = ("place", "text", "kind").index(name)
        alike = np.array([word[at] == value for word in tally.words("spellings")], bool)
        return alike[tally.of("spelling")]
    if name == "source" and value and value in tally.words("outlets"):
        return np.equal(tally.of_article("outlet"), tally.words("outlets").index(value))
    row = tally.index.execute("select fid from articles where id = ?", (value,)).fetchone()
    return np.equal(tally.of_article("row"), row[0] if row else -1)


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
    tally = Tally(index, of_every_mention(filters), every=True).only(WorkedOut(index).status("actor"))
    found = frame(tally, articles=tally.articles())
    spelled = tally.spelled().groupby(["place", "text"], as_index=False).mentions.sum()
    spelled = spelled.sort_values(["mentions", "text"], ascending=[False, True])
    names = spelled.groupby("place").text.agg(lambda texts: ", ".join(texts.head(SPELLINGS)))
    found = found.rename(columns={"id": "place"})[["place", "name", "kind", "country", "mentions", "articles"]]
    return found.assign(names=found.place.map(names))
