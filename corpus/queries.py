"""The questions the dashboard asks of an index, and the filters that every answer respects."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

SHOWN = "m.status in ('placed', 'region')"
NO_OUTLET = "(no outlet named)"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the view to; both days are included, empty means everything."""

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # region codes, of provinces or countries
    text: str = ""

    def sql(self) -> tuple[str, dict[str, object]]:
        """Return the condition on mentions m, places p and articles a, with its parameters."""
        clauses: list[str] = []
        values: dict[str, object] = {}
        if self.since or self.until:
            clauses.append(
                "exists (select 1 from links l where l.mention = m.id and l.until >= :since and l.since <= :until)"
            )
            values["since"] = str(self.since or date.min)
            values["until"] = str(self.until or date.max)
        if self.outlets:
            clauses.append(f"a.outlet in ({_bind(values, 'outlet', self.outlets)})")
        if self.regions:
            codes = _bind(values, "region", self.regions)
            clauses.append(f"(p.region in ({codes}) or p.country in ({codes}))")
        if words := search_expression(self.text):
            clauses.append("m.passage in (select rowid from passages_fts where passages_fts match :words)")
            values["words"] = words
        return (" and ".join(clauses) or "true"), values

    def words(self, region_names: Mapping[str, str]) -> str:
        """Return the filters in words: 'from 1 September 2022 to 5 April 2023, in Syunik, containing "corridor"'."""
        parts = []
        if self.since and self.since == self.until:
            parts.append(f"on {spell(self.since)}")
        elif self.since or self.until:
            ends = (f"from {spell(self.since)}" if self.since else "", f"to {spell(self.until)}" if self.until else "")
            parts.append(" ".join(filter(None, ends)))
        if self.regions:
            parts.append("in " + ", ".join(region_names.get(code, code) for code in self.regions))
        if self.outlets:
            parts.append("from " + ", ".join(outlet or NO_OUTLET for outlet in self.outlets))
        if self.text.strip():
            parts.append(f"in passages with “{self.text.strip()}”")
        return ", ".join(parts)

    def undated(self) -> Filters:
        """Return the same filters without the days."""
        return replace(self, since=None, until=None)


def spell(day: date) -> str:
    """Return a day in words, whatever the locale: 13 September 2022."""
    return f"{day.day} {day:%B} {day.year}"


def _bind(values: dict[str, object], name: str, items: tuple[str, ...]) -> str:
    for number, item in enumerate(items):
        values[f"{name}{number}"] = item
    return ", ".join(f":{name}{number}" for number in range(len(items)))


def search_expression(text: str) -> str:
    """Return the typed words as a full-text query: every word must occur, the last may be a beginning."""
    found = re.findall(r"\w+", text)
    return " ".join(f'"{word}"' for word in found[:-1]) + (f' "{found[-1]}"*' if found else "")


_FROM = "from mentions m join articles a on a.id = m.article left join places p on p.id = m.place"


def places(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a place shown: id, name, kind, lon, lat ..., mentions and articles under the filters, most first."""
    where, values = filters.sql()
    return pd.read_sql_query(
        f"""
        with found as (
            select m.place, count(*) mentions, count(distinct m.article) articles, sum(m.doubt != '') doubtful {_FROM}
            where {SHOWN} and {where} group by m.place)
        select p.id, p.name, p.gazetteer_name, p.names, p.kind, p.country, p.country_name, p.region, p.region_name,
            p.region_method, p.outline, p.uncertainty_km, p.source, p.lon, p.lat, found.mentions, found.articles,
            found.doubtful
        from found join places p on p.id = found.place
        order by found.mentions desc, p.name
        """,  # noqa: S608 - conditions hold bound parameters only
        index,
        params=values,
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """How many mentions there are, and what became of them."""

    shown: int
    detected: int
    by_status: Mapping[str, int]
    articles: int
    undated: int


def totals(index: sqlite3.Connection, filters: Filters) -> Totals:
    """Count the mentions shown under the filters and all that were detected."""
    where, values = filters.sql()
    shown = index.execute(f"select count(*) {_FROM} where {SHOWN} and {where}", values).fetchone()[0]
    by_status = dict(index.execute("select status, count(*) from mentions group by status"))
    undated = index.execute(
        f"""select count(*) from mentions m where {SHOWN}
        and not exists (select 1 from links l where l.mention = m.id and l.since is not null)"""  # noqa: S608
    ).fetchone()[0]
    articles = index.execute("select count(*) from articles").fetchone()[0]
    return Totals(shown, sum(by_status.values()), by_status, articles, undated)


def days(index: sqlite3.Connection, filters: Filters) -> pd.DataFrame:
    """Return a row a period that mentions are dated to: since, until (ISO days), mentions; days do not filter it."""
    where, values = filters.undated().sql()
    return pd.read_sql_query(
        f"""
        select l.since, l.until, count(*) mentions {_FROM} join links l on l.mention = m.id
        where {SHOWN} and l.since is not null and {where} group by l.since, l.until order by l.since, l.until
        """,
        index,
        params=values,
    )


def passages(
    index: sqlite3.Connection, place: str, filters: Filters, *, limit: int = 20, offset: int = 0
) -> pd.DataFrame:
    """Return the passages that name a place, newest article first: passage, start, text, article, title, outlet ..."""
    where, values = filters.sql()
    found = pd.read_sql_query(
        f"""
        select s.id passage, s.start, s.text, a.id article, a.title, a.outlet, a.author, a.url, a.file,
            a.published_since, a.published_until, a.published_basis, count(*) mentions
        {_FROM} join passages s on s.id = m.passage
        where {SHOWN} and m.place = :place and {where}
        group by s.id order by a.published_since desc, a.id, s.start limit :limit offset :offset
        """,
        index,
        params={**values, "place": place, "limit": limit, "offset": offset},
    )
    return found.astype(object).where(found.notna(), None)  # a missing date is None, not a number that is none


def mentions_in(index: sqlite3.Connection, passage: int, place: str, filters: Filters) -> pd.DataFrame:
    """Return the mentions of a place in one passage with what dates them: start, end, text, since, until, basis ..."""
    where, values = filters.sql()
    return pd.read_sql_query(
        f"""
        select m.id, m.start, m."end", m.text, m.score, m.reason, m.runners_up, l.since, l.until, l.basis,
            t.start timex_start, t."end" timex_end
        {_FROM} left join links l on l.mention = m.id left join timexes t on t.id = l.timex
        where {SHOWN} and m.passage = :passage and m.place = :place and {where} order by m.start
        """,
        index,
        params={**values, "passage": passage, "place": place},
    )


def reasons(index: sqlite3.Connection, place: str, filters: Filters) -> pd.DataFrame:
    """Return why mentions were taken for a place: text, reason, doubt, runners_up (JSON) and how often; most first."""
    where, values = filters.sql()
    return pd.read_sql_query(
        f"""
        select m.text, m.reason, m.doubt, m.runners_up, count(*) mentions {_FROM}
        where {SHOWN} and m.place = :place and {where}
        group by m.text, m.reason, m.doubt order by mentions desc, m.text
        """,
        index,
        params={**values, "place": place},
    )


def article_of(index: sqlite3.Connection, passage: int) -> ArticleRow | None:
    """Return the article that a passage stands in, or None."""
    row = index.execute(
        """select a.id, a.title, a.outlet, a.author, a.url, a.file, a.text, a.published_since, a.published_until,
        a.published_basis from articles a join passages s on s.article = a.id where s.id = ?""",
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


def passages_in(index: sqlite3.Connection, article: str) -> pd.DataFrame:
    """Return the passages of an article in order: id, start, end, boilerplate."""
    query = 'select id, start, "end", boilerplate from passages where article = :article order by start'
    return pd.read_sql_query(query, index, params={"article": article})


def boilerplate(index: sqlite3.Connection, article: str) -> list[tuple[int, int, str]]:
    """Return the page furniture of an article: start, end, reason."""
    query = 'select start, "end", reason from boilerplate where article = ? order by start'
    return list(index.execute(query, (article,)))


def place_spans(index: sqlite3.Connection, article: str, place: str) -> list[tuple[int, int]]:
    """Return where an article names a place: start, end."""
    query = f'select m.start, m."end" from mentions m where m.article = ? and m.place = ? and {SHOWN} order by m.start'  # noqa: S608
    return list(index.execute(query, (article, place)))


def outlets(index: sqlite3.Connection) -> list[str]:
    """Return the outlets of the corpus, by number of articles."""
    return [
        row[0] for row in index.execute("select outlet from articles group by outlet order by count(*) desc, outlet")
    ]


def region_options(index: sqlite3.Connection) -> pd.DataFrame:
    """Return the regions that hold a place shown: code, name, level, country, mentions; countries first."""
    return pd.read_sql_query(
        f"""
        select r.code, r.name, r.level, r.country, count(*) mentions
        from mentions m join places p on p.id = m.place
            join regions r on r.code = p.country or (r.code = p.region and r.level = 1)
        where {SHOWN} group by r.code order by r.level, mentions desc, r.name
        """,  # noqa: S608
        index,
    )


def areas(path: Path, codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the shapes of these regions: code, name, level, geometry."""
    quoted = ", ".join(f"'{code}'" for code in codes if re.fullmatch(r"[\w~?+-]+", code))
    return gpd.read_file(path, layer="regions", where=f"code in ({quoted})" if quoted else "1 = 0")
