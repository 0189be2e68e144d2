"""What is shown as rows of evidence: each with its place, its days and why, its sentence, and where that stands."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import pandas as pd

from corpus.exports.about import About, about_view
from corpus.queries import claims as ledger
from corpus.queries import places as queries
from corpus.queries.filters import SHOWN, Filters
from corpus.queries.sql import FROM, ask
from geodata.sentences import split_sentences
from geodata.tables import read_rows

Subject = Literal["mentions", "places", "claims", "statements"]
SUBJECTS: tuple[Subject, ...] = ("mentions", "places", "claims", "statements")
COLUMNS = Path(__file__).with_name("columns.csv")

# Named with its kind: sixteen digits alone a spreadsheet would take for a number.
HASH = "blake2b-64:"
_ARTICLE = f"""a.id article, '{HASH}' || a.print article_hash, a.title, a.outlet, a.author, a.language, a.file, a.url,
    a.published_since, a.published_until, a.published_certainty, a.published_basis published_reason"""
_PLACE = """p.id place, nullif(p.geonameid, 0) geonameid, p.name place_name, p.kind, p.lon, p.lat, p.uncertainty_km,
    p.country, p.country_name, p.region, p.region_name, p.region_method, p.source place_source"""
# Where a row stands, which its sentences are found by.
_AT = "s.start passage_start, s.text passage_text"
_ID = """a.id || ':' || {0}.start || '-' || {0}."end" """


@dataclass(frozen=True)
class Evidence:
    """An index under the filters of its reader: what every export is made from, each frame made once."""

    index: sqlite3.Connection
    filters: Filters
    about: About

    def frame(self, of: Subject) -> pd.DataFrame:
        """Return the rows of a subject, with the columns that `columns.csv` describes."""
        found: pd.DataFrame = getattr(self, of)
        return found

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """A row a mention shown; newest articles first, by position."""
        where, values = self.filters.sql()
        found = ask(
            self.index,
            f"""
            select m.id, {_ID.format("m")} mention, m.text, {_PLACE}, m.status, m.reading, m.reading_reason, m.role,
                m.confidence, m.doubt, m.reason place_reason, l.since, l.until, m.certainty, l.basis date_reason,
                '' other_days, l.said_since, l.said_until, coalesce(t.speaker, '') speaker, coalesce(t.side, '') side,
                coalesce(t.mode, '') mode, m.start, m."end", {_ID.format("s")} passage, {_ARTICLE}, {_AT}
            {FROM} join passages s on s.id = m.passage left join dates l on l.dating = m.dating and l.rank = 0
            where {SHOWN} and {where} order by a.published_since desc, a.id, m.start
            """,
            values,
        )
        others = self._other_days(where, values)
        found["other_days"] = [others.get(id, "") for id in found.id]
        return _typed(_with_sentences(found).drop(columns="id"))

    def _other_days(self, where: str, values: Mapping[str, object]) -> dict[int, str]:
        """Return the days of mentions that have several, but for the first."""
        query = f"""select m.id, l.since, l.until {FROM} join dates l on l.dating = m.dating
            where l.rank > 0 and l.since is not null and {SHOWN} and {where} order by m.id, l.rank"""
        days: dict[int, list[str]] = defaultdict(list)
        for id, since, until in self.index.execute(query, values):
            days[id].append(since if since == until else f"{since}/{until}")
        return {id: "|".join(each) for id, each in days.items()}

    @cached_property
    def places(self) -> pd.DataFrame:
        """A row a place shown, most mentions first, with the days that are told of it."""
        found = queries.places(self.index, self.filters).rename(columns={"id": "place"})
        where, values = self.filters.sql()
        told = ask(
            self.index,
            f"""
            select m.place, min(l.since) first_day, max(l.until) last_day, sum(m.certainty = 'undated') undated
            {FROM} left join dates l on l.dating = m.dating and l.rank = 0 where {SHOWN} and {where} group by m.place
            """,
            values,
        )
        columns = found.columns.drop(["outline", "lon", "lat", "sources"])
        numbers = dict(self.index.execute("select id, nullif(geonameid, 0) from places"))
        found = found[[*columns[:4], "lon", "lat", *columns[4:], "sources"]].merge(told, on="place", how="left")
        found.insert(1, "geonameid", [numbers[id] for id in found.place])
        return _typed(found)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """A row a number of people that is given, as the page's ledger has them, by day."""
        found = ledger.ledger(self.index, self.filters, limit=None)  # the page shows the first
        ids = [f"{row.article}:{row.start}-{row.end}" for row in found.itertuples()]
        named = dict(zip(found.id, ids, strict=True))
        found["claim"], found["date_reason"] = ids, found.basis
        found["differs"] = ["|".join(named[other] for other in others) for others in found.differs]
        places = ask(self.index, f"select {_PLACE} from places p")  # noqa: S608
        articles = ask(self.index, f"select {_ARTICLE} from articles a")  # noqa: S608
        columns = ["claim", *_CLAIM, *places.columns, *_SAID, *_DATED, "differs", "start", "end", *articles.columns]
        told = found[["claim", "place", "article", *_CLAIM, *_SAID, *_DATED, "differs", "start", "end", *_PASSAGE]]
        told = told.merge(places, on="place", how="left").merge(articles, on="article", how="left")
        return _typed(_with_sentences(told[[*columns, *_PASSAGE]]))

    @cached_property
    def statements(self) -> pd.DataFrame:
        """A row a stretch that somebody says, in the passages of what is shown."""
        where, values = self.filters.sql()
        found = ask(
            self.index,
            f"""
            with shown as (select m.passage {FROM} where {SHOWN} and {where} group by m.passage)
            select {_ID.format("t")} statement, substr(a.text, t.start + 1, t."end" - t.start) said, t.speaker,
                t.name speaker_name, t.side, t.mode, t.cue, t.start, t."end", {_ARTICLE}, {_AT}
            from shown join passages s on s.id = shown.passage join articles a on a.fid = s.article_fid
                join statements t on t.article_fid = a.fid and t.start >= s.start and t.start < s."end"
            order by a.published_since desc, a.id, t.start
            """,  # noqa: S608
            values,
        )
        return _typed(_with_sentences(found))

    @cached_property
    def days(self) -> pd.DataFrame:
        """A row a mention shown and the days that it tells of: several for some, none for those that nothing dates."""
        where, values = self.filters.sql()
        query = f"""select {_ID.format("m")} mention, l.rank, l.since, l.until, l.certainty, l.basis date_reason,
            l.said_since, l.said_until {FROM} join dates l on l.dating = m.dating
            where l.since is not null and {SHOWN} and {where} order by m.id, l.rank"""
        return _typed(ask(self.index, query, values))

    @cached_property
    def passages(self) -> pd.DataFrame:
        """A row a passage of the articles with anything shown, in order."""
        where, values = self.filters.sql()
        query = f"""with shown as (select m.article_fid {FROM} where {SHOWN} and {where} group by m.article_fid)
            select {_ID.format("s")} passage, s.article, s.start, s."end", s.boilerplate furniture, s.text
            from shown join articles a on a.fid = shown.article_fid join passages s on s.article_fid = a.fid
            order by s.article, s.start"""  # noqa: S608
        return _typed(ask(self.index, query, values))

    @cached_property
    def articles(self) -> pd.DataFrame:
        """A row an article with anything shown, newest first, with its text."""
        where, values = self.filters.sql()
        query = f"""select {_ARTICLE}, a.text, count(*) mentions {FROM} where {SHOWN} and {where}
            group by a.fid order by a.published_since desc, a.id"""
        return _typed(ask(self.index, query, values))


def evidence_of(index: sqlite3.Connection, filters: Filters) -> Evidence:
    """Return what an index holds under filters, with what its exports say of themselves."""
    return Evidence(index, filters, about_view(index, filters))


@cache
def column_types() -> dict[str, str]:
    """Return what each column of an export holds: text, number, whole or day."""
    return {row["column"]: row["type"] for row in read_rows(COLUMNS)}


@cache
def column_words() -> dict[str, str]:
    """Return what each column of an export means."""
    return {row["column"]: row["words"] for row in read_rows(COLUMNS)}


_CLAIM = ("text", "low", "high", "number", "what", "whom", "wording", "hedge", "caution")
_SAID, _DATED = ("speaker", "side", "mode"), ("since", "until", "certainty", "date_reason")
_PASSAGE = ("passage_start", "passage_text")
_WHOLE = "Int64"  # with gaps


def _typed(found: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose numbers are such whatever is missing; days stay ISO texts, or None."""
    kinds = column_types()
    whole = [name for name in found.columns if kinds.get(name) == "whole"]
    numbers = [name for name in found.columns if kinds.get(name) == "number"]
    texts = [name for name in found.columns if kinds.get(name) in ("text", "day")]
    types = {**dict.fromkeys(whole, _WHOLE), **dict.fromkeys(numbers, "float64"), **dict.fromkeys(texts, "object")}
    return found.astype(types)


def _with_sentences(found: pd.DataFrame) -> pd.DataFrame:
    """Put the sentences that each row stands in where its passage is."""
    split: dict[tuple[str, int], list[tuple[int, int]]] = {}
    rows = []
    for row in found[["article", "passage_start", "passage_text", "start", "end"]].itertuples(index=False):
        at, text = int(row.passage_start), str(row.passage_text)
        if (key := (row.article, at)) not in split:
            split[key] = split_sentences(text)
        first, last = sentences_of(split[key], row.start - at, row.end - at, len(text))
        rows.append((" ".join(text[first:last].split()), at + first, at + last))
    sentences = pd.DataFrame(rows, columns=["sentence", "sentence_start", "sentence_end"], index=found.index)
    place = found.columns.get_loc("start")
    rest = found.drop(columns=["passage_start", "passage_text"])
    return pd.concat([rest.iloc[:, :place], sentences, rest.iloc[:, place:]], axis=1)


def sentences_of(spans: Sequence[tuple[int, int]], start: int, end: int, length: int) -> tuple[int, int]:
    """Return from where to where the sentences go that a stretch touches; the stretch itself where none is."""
    touched = [span for span in spans if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, min(end, length))
