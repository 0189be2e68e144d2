"""The questions the dashboard asks of an index, and the filters that every answer respects."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from corpus.index.columns import DOUBTFUL, ROLE_BITS, columns_of
from corpus.index.connection import open_index
from corpus.index.schema import VALUES
from corpus.queries.bitmaps import size
from corpus.queries.filters import SHOWN, Filters
from corpus.queries.sql import FROM, OF_ARTICLE, PASSAGE, ask, with_none
from corpus.queries.tally import Tally, few, frame
from corpus.queries.worked_out import WorkedOut
from corpus.records import CERTAINTIES, ROLES, Role


def places(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a place shown: id, name, kind, lon, lat ..., mentions, articles and sources; most first.

    Of its mentions, `earlier` are of earlier events, and `named` tell of no event.
    Sources are independent: an article that copies another, or only passes on a statement that others do, is none.
    """
    tally = Tally(index, filters)
    plane = WorkedOut(index).bits
    told = {
        "articles": tally.articles(),
        "doubtful": tally.mentions(plane(DOUBTFUL)),
        "earlier": tally.mentions(plane(ROLE_BITS["background"])),
        "named": tally.mentions(plane(ROLE_BITS["mentioned"])),
        "sources": tally.sources(),
    }
    return frame(tally, **told)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many mentions there are, and what became of them."""

    shown: int
    detected: int
    by_status: Mapping[str, int]
    by_role: Mapping[Role, int]  # under the filters, whatever roles they show
    of_corpus: Mapping[Role, int]  # without any filter
    articles: int
    passages: int  # that name what is shown
    by_certainty: Mapping[str, int]  # of those shown; they add up to them
    undated: int  # that the filters leave when no days are chosen
    doubtful: int  # of those shown and those that are hidden for their doubt


def totals(index: sqlite3.Connection, filters: Filters) -> Totals:
    """Count the mentions shown under the filters and all that were detected."""
    planes, shown = WorkedOut(index), Tally(index, filters)
    every = Tally(index, replace(filters, roles=ROLES))
    even_doubtful = Tally(index, replace(filters, sure=False))
    any_day = Tally(index, filters.any_day())
    return Totals(
        shown=size(shown.bits),
        detected=len(shown.column("bits")),
        by_status={status: size(planes.status(status)) for status in VALUES["status"]},
        by_role={role: size(every.only(planes.bits(ROLE_BITS[role])).bits) for role in ROLES},
        of_corpus={role: size(planes.bits(ROLE_BITS[role])) for role in ROLES},
        articles=len(shown.column("article_row")),
        passages=shown.passages(),
        by_certainty={each: size(shown.only(shown.certainty(each)).bits) for each in CERTAINTIES},
        undated=size(any_day.only(any_day.certainty("undated")).bits),
        doubtful=size(even_doubtful.only(planes.bits(DOUBTFUL)).bits),
    )


def days(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a period and certainty: since, until (ISO days or None), certainty, mentions.

    Every mention shown counts once: by its first date, or by its article's publication. Days do not filter it.
    """
    told = Tally(index, filters.any_day()).periods()
    rows = [(since or None, until or None, certainty, number) for (since, until, certainty), number in told]
    return with_none(pd.DataFrame(rows, columns=["since", "until", "certainty", "mentions"]))


def undated(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return the places with mentions that nothing dates: place, name, mentions, most first; days do not filter it."""
    tally = Tally(index, filters.any_day())
    return frame(tally.only(tally.certainty("undated"))).rename(columns={"id": "place"})[["place", "name", "mentions"]]


# Of what mentions and spans are asked, and which mentions it has: a region has those of all its places, "any" all.
Whole = Literal["place", "region", "any"]
Of = Whole | Literal["extent"]
_MENTIONS_OF: Mapping[Of, str] = {
    "any": ":of is not null",
    "place": "m.place = :of",
    "region": ":of in (p.region, p.country)",
    "extent": "m.id in (select x.mention from extent_mentions x join extents e on e.id = x.extent where e.shape = :of)",
}
Order = Literal["newest", "earliest", "latest"]  # of passages: by publication, or by the days they tell of


def passages(
    index: sqlite3.Connection,
    id: str,
    filters: Filters,
    *,
    of: Whole = "place",
    order: Order = "newest",
    limit: int = 20,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the passages that name a place, newest article first: passage, start, text, article, title, outlet ...

    They come by the article's publication, or by the `order` of the days that they tell of; undated ones last.
    """
    tally = Tally(index, filters, place=id if of == "place" else "", region=id if of == "region" else "")
    numbers = _first(tally, order, offset + limit)[offset:]
    where, values = few(index, filters, numbers)
    found = ask(
        index,
        f"""
        select {PASSAGE}, count(*) mentions {FROM} join passages s on s.id = m.passage
        where {SHOWN} and {_MENTIONS_OF[of]} and {where} group by s.id
        """,
        {**values, "of": id},
    )
    return found.set_index("passage", drop=False).loc[numbers].reset_index(drop=True)


def _first(tally: Tally, order: Order, number: int) -> list[int]:
    """Return so many passages in an order."""
    if order == "newest":
        return tally.newest(number)
    days = [since if order == "earliest" else until for since, until, _ in tally.words("periods")]
    ranks = {day: number for number, day in enumerate(sorted(set(days) - {""}, reverse=order == "latest"))}
    return tally.first("period", number, np.array([ranks.get(day, len(ranks)) for day in days], np.int32))


def mentions_in(
    index: sqlite3.Connection, passages: Sequence[int], id: str, filters: Filters, *, of: Of = "place"
) -> pd.DataFrame:
    """Return the mentions of a place in passages with what dates them, a row a mention and date, by position.

    Columns: id, passage, place, start, end, text, confidence, doubt, reason, runners_up; rank (0 governs), since,
    until, certainty, basis, timex_start, timex_end; said_since, said_until, said_timex_start, said_timex_end. What is
    missing is None.
    """
    where, values = few(index, filters, [int(passage) for passage in passages])
    return ask(
        index,
        f"""
        select m.id, m.passage, m.place, m.start, m."end", m.text, m.confidence, m.doubt, m.reason, m.runners_up,
            m.reading, m.reading_reason, m.role, t.speaker, t.side, t.mode, l.rank, l.since, l.until, l.certainty,
            l.basis, x.start timex_start, x."end" timex_end, l.said_since, l.said_until, u.start said_timex_start,
            u."end" said_timex_end
        {FROM} left join dates l on l.dating = m.dating left join timexes x on x.id = l.timex
            left join timexes u on u.id = l.said_timex
        where {SHOWN} and {_MENTIONS_OF[of]} and {where}
        order by m.passage, m.start, l.rank
        """,
        {**values, "of": id},
    )


def reasons(index: sqlite3.Connection, place: str, filters: Filters) -> pd.DataFrame:
    """Return why mentions were taken for a place: text, reason, doubt, runners_up (JSON) and how often; most first."""
    return ask(
        index,
        """
        select m.text, m.reason, m.doubt, m.runners_up, count(*) mentions from mentions m
        where m.id in (select value from json_each(:ids))
        group by m.text, m.reason, m.doubt order by mentions desc, m.text
        """,
        {"ids": Tally(index, filters, place=place).ids()},
    )


def article_of(index: sqlite3.Connection, passage: int) -> ArticleRow | None:
    """Return the article that a passage stands in, or None."""
    row = index.execute(
        """select a.id, a.title, a.outlet, a.author, a.url, a.file, a.text, a.published_since, a.published_until,
        a.published_basis, a.published_certainty, a.published_confidence, a.language, a.format, a.read_at, a.print
        from articles a
        join passages s on s.article_fid = a.fid where s.id = ?""",
        (passage,),
    ).fetchone()
    return None if row is None else ArticleRow(*row)


class ArticleRow(NamedTuple):
    """One article as the index holds it; dates are ISO days or None."""

    id: str
    title: str
    outlet: str
    author: str
    url: str
    file: str
    text: str
    published_since: str | None
    published_until: str | None
    published_basis: str
    published_certainty: str
    published_confidence: str
    language: str
    format: str
    read_at: str
    print: str


def passages_in(index: sqlite3.Connection, article: str) -> pd.DataFrame:
    """Return the passages of an article in order: id, start, end, boilerplate."""
    query = """select id, start, "end", boilerplate from passages
        where article_fid = (select fid from articles where id = :article) order by start"""
    return ask(index, query, {"article": article})


def spans(index: sqlite3.Connection, article: str, id: str, *, of: Of = "place") -> list[tuple[int, int]]:
    """Return where an article names a place: start, end."""
    query = f"""select m.start, m."end" {FROM} where {OF_ARTICLE.format(":article")} and {_MENTIONS_OF[of]} and {SHOWN}
        order by m.start"""
    return list(index.execute(query, {"article": article, "of": id}))


def outlets(index: sqlite3.Connection) -> list[str]:
    """Return the outlets of the corpus, by number of articles."""
    columns = columns_of(index)
    names = columns.words(index, "outlets")
    told = np.bincount(columns.column(index, "article_outlet"), minlength=len(names))
    return [names[number] for number in np.argsort(-told, kind="stable")]


def region_options(index: sqlite3.Connection) -> pd.DataFrame:
    """Return the regions that hold a place shown: code, name, level, country, mentions; countries first."""
    return ask(
        index,
        """
        with held as (
            select p.country code, p.mentions from places p union all
            select p.region, p.mentions from places p join regions r on r.code = p.region and r.level = 1
            where p.region != p.country)
        select r.code, r.name, r.level, r.country, sum(held.mentions) mentions
        from held join regions r on r.code = held.code
        where held.mentions > 0 group by r.code order by r.level, mentions desc, r.name
        """,
    )


def areas(path: Path, codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the shapes of these regions: code, name, level, geometry."""
    quoted = ", ".join(f"'{code}'" for code in codes if re.fullmatch(r"[\w~?+-]+", code))
    with open_index(path):  # which names what is wrong with the file, if anything is
        return gpd.read_file(path, layer="regions", where=f"code in ({quoted})" if quoted else "1 = 0")
