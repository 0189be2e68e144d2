"""The questions the dashboard asks of an index, and the filters that every answer respects."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

import geopandas as gpd
import pandas as pd

from corpus.index.connection import open_index
from corpus.queries.filters import CERTAINTY, PERIOD, SHOWN, Filters
from corpus.queries.sql import FROM, OF_ARTICLE, PASSAGE, ask
from corpus.records import CERTAINTIES, ROLES, Role


def places(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a place shown: id, name, kind, lon, lat ..., mentions, articles and sources; most first.

    Of its mentions, `earlier` are of earlier events, and `named` tell of no event.
    Sources are independent: an article that copies another, or only passes on a statement that others do, is none.
    """
    where, values = filters.sql()
    return ask(
        index,
        f"""
        with told as (
            select m.place, count(*) mentions, sum(m.doubt != '') doubtful, sum(m.role = 'background') earlier,
                sum(m.role = 'mentioned') named,
                case when max(m.source_number) > 0 then a.copy_of_fid
                    else min(iif(m.source_number < 0, m.source, null)) end source {FROM}
            where {SHOWN} and {where} group by m.place, m.article_fid),
        found as (
            select place, sum(mentions) mentions, count(*) articles, sum(doubtful) doubtful,
                sum(earlier) earlier, sum(named) named, count(distinct source) sources
            from told group by place)
        select p.id, p.name, p.gazetteer_name, p.names, p.kind, p.country, p.country_name, p.region, p.region_name,
            p.region_method, p.outline, p.uncertainty_km, p.source, p.years, p.lon, p.lat, found.mentions,
            found.articles, found.doubtful, found.earlier, found.named, found.sources
        from found join places p on p.id = found.place
        order by found.mentions desc, p.name
        """,  # noqa: S608 - conditions hold bound parameters only
        values,
    )


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
    shown = dict.fromkeys(CERTAINTIES, 0) | _by_certainty(index, filters)
    by_status = dict(index.execute("select status, count(*) from mentions group by status"))
    where, values = replace(filters, roles=ROLES).sql()
    by_role = dict.fromkeys(ROLES, 0) | dict(
        index.execute(f"select m.role, count(*) {FROM} where {where} group by m.role", values)
    )
    of_corpus = dict.fromkeys(ROLES, 0) | dict(
        index.execute(f"select m.role, count(*) from mentions m where {SHOWN} group by m.role")  # noqa: S608
    )
    articles = index.execute("select count(*) from articles").fetchone()[0]
    where, values = filters.sql()
    passages = index.execute(f"select count(distinct m.passage) {FROM} where {SHOWN} and {where}", values).fetchone()[0]
    undated = _by_certainty(index, filters.any_day()).get("undated", 0)
    where, values = replace(filters, sure=False).sql()
    doubtful = f"select count(*) {FROM} where {SHOWN} and m.doubt != '' and {where}"
    return Totals(
        shown=sum(shown.values()),
        detected=sum(by_status.values()),
        by_status=by_status,
        by_role=by_role,
        of_corpus=of_corpus,
        articles=articles,
        passages=passages,
        by_certainty=shown,
        undated=undated,
        doubtful=index.execute(doubtful, values).fetchone()[0],
    )


def _by_certainty(index: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    where, values = filters.sql()
    certainty = CERTAINTY[filters.by]
    return dict(
        index.execute(f"select {certainty}, count(*) {FROM} where {SHOWN} and {where} group by {certainty}", values)
    )


def days(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a period and certainty: since, until (ISO days or None), certainty, mentions.

    Every mention shown counts once: by its first date, or by its article's publication. Days do not filter it.
    """
    where, values = filters.any_day().sql()
    return ask(
        index,
        f"""
        select {PERIOD[filters.by]}, {CERTAINTY[filters.by]} certainty, count(*) mentions
        {FROM} left join links l on l.mention = m.id and l.rank = 0
        where {SHOWN} and {where} group by 1, 2, 3 order by 1, 2, 3
        """,
        values,
    )


def undated(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return the places with mentions that nothing dates: place, name, mentions, most first; days do not filter it."""
    where, values = filters.any_day().sql()
    return ask(
        index,
        f"""
        select m.place, p.name, count(*) mentions {FROM}
        where {SHOWN} and {CERTAINTY[filters.by]} = 'undated' and {where}
        group by m.place order by mentions desc, p.name
        """,
        values,
    )


# Of what passages, mentions and spans are asked, and which mentions it has: a region has those of all its places,
# "any" all.
Of = Literal["place", "region", "extent", "any"]
_MENTIONS_OF: Mapping[Of, str] = {
    "any": ":of is not null",
    "place": "m.place = :of",
    "region": ":of in (p.region, p.country)",
    "extent": "m.id in (select x.mention from extent_mentions x join extents e on e.id = x.extent where e.shape = :of)",
}


Order = Literal["newest", "earliest", "latest"]  # of passages: by publication, or by the days they tell of
_ORDERS: Mapping[Order, str] = {
    "newest": "a.published_since desc",
    "earliest": "min(l.since) is null, min(l.since)",
    "latest": "max(l.until) desc",
}


def passages(
    index: sqlite3.Connection,
    id: str,
    filters: Filters,
    *,
    of: Of = "place",
    order: Order = "newest",
    limit: int = 20,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the passages that name a place, newest article first: passage, start, text, article, title, outlet ...

    They come by the article's publication, or by the `order` of the days that they tell of; undated ones last.
    """
    where, values = filters.sql()
    return ask(
        index,
        f"""
        select {PASSAGE}, count(*) mentions
        {FROM} join passages s on s.id = m.passage left join links l on l.mention = m.id and l.rank = 0
        where {SHOWN} and {_MENTIONS_OF[of]} and {where}
        group by s.id order by {_ORDERS[order]}, a.id, s.start limit :limit offset :offset
        """,
        {**values, "of": id, "limit": limit, "offset": offset},
    )


def mentions_in(
    index: sqlite3.Connection, passages: Sequence[int], id: str, filters: Filters, *, of: Of = "place"
) -> pd.DataFrame:
    """Return the mentions of a place in passages with what dates them, a row a mention and date, by position.

    Columns: id, passage, place, start, end, text, confidence, doubt, reason, runners_up; rank (0 governs), since,
    until, certainty, basis, timex_start, timex_end; said_since, said_until, said_timex_start, said_timex_end. What is
    missing is None.
    """
    numbers = ", ".join(str(int(passage)) for passage in passages)
    where, values = filters.sql()
    return ask(
        index,
        f"""
        select m.id, m.passage, m.place, m.start, m."end", m.text, m.confidence, m.doubt, m.reason, m.runners_up,
            m.reading, m.reading_reason, m.role, t.speaker, t.side, t.mode, l.rank, l.since, l.until, l.certainty,
            l.basis, x.start timex_start, x."end" timex_end, l.said_since, l.said_until, u.start said_timex_start,
            u."end" said_timex_end
        {FROM} left join links l on l.mention = m.id left join timexes x on x.id = l.timex
            left join timexes u on u.id = l.said_timex
        where {SHOWN} and m.passage in ({numbers}) and {_MENTIONS_OF[of]} and {where}
        order by m.passage, m.start, l.rank
        """,
        {**values, "of": id},
    )


def reasons(index: sqlite3.Connection, place: str, filters: Filters) -> pd.DataFrame:
    """Return why mentions were taken for a place: text, reason, doubt, runners_up (JSON) and how often; most first."""
    where, values = filters.sql()
    return ask(
        index,
        f"""
        select m.text, m.reason, m.doubt, m.runners_up, count(*) mentions {FROM}
        where {SHOWN} and m.place = :place and {where}
        group by m.text, m.reason, m.doubt order by mentions desc, m.text
        """,
        {**values, "place": place},
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
    return [
        row[0] for row in index.execute("select outlet from articles group by outlet order by count(*) desc, outlet")
    ]


def region_options(index: sqlite3.Connection) -> pd.DataFrame:
    """Return the regions that hold a place shown: code, name, level, country, mentions; countries first."""
    return ask(
        index,
        f"""
        select r.code, r.name, r.level, r.country, count(*) mentions
        from mentions m join places p on p.id = m.place
            join regions r on r.code = p.country or (r.code = p.region and r.level = 1)
        where {SHOWN} group by r.code order by r.level, mentions desc, r.name
        """,  # noqa: S608
    )


def areas(path: Path, codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the shapes of these regions: code, name, level, geometry."""
    quoted = ", ".join(f"'{code}'" for code in codes if re.fullmatch(r"[\w~?+-]+", code))
    with open_index(path):  # which names what is wrong with the file, if anything is
        return gpd.read_file(path, layer="regions", where=f"code in ({quoted})" if quoted else "1 = 0")
