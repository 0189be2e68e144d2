"""Who calls a place what, and who says what of it: the sources' words side by side, judged by nobody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from corpus.index.columns import columns_of
from corpus.queries.filters import Filters
from corpus.queries.official_names import OfficialName, periods_of
from corpus.queries.sql import CONTEXT, FROM, SOURCE, ask, of_any_role, with_none
from corpus.queries.tally import Tally, few
from geodata.folding import name_key
from geodata.sentences import split_sentences

MOST = 200  # passages of a place that are read for its accounts, newest first


def names(index: sqlite3.Connection, filters: Filters, place: str) -> pd.DataFrame:
    """Return a row a way in which somebody names a place: text, source, outlet, title, speaker, side, mode, counts.

    `mode` is direct within quotation marks, indirect where the outlet reports a speaker, empty for the outlet itself.
    `mentions` counts the name whatever it is used for, `shown` those that the map shows; `title` is that of an article
    without an outlet. Names of its people ("Armenian") are no names of a place.
    """
    ids = Tally(index, of_any_role(filters), place=place).ids()
    return ask(
        index,
        f"""
        select m.text, {SOURCE} source, coalesce(a.outlet, '') outlet, iif(a.outlet = '', a.title, '') title,
            coalesce(t.name, '') name, max(coalesce(t.speaker, '')) speaker, coalesce(t.side, '') side,
            coalesce(t.mode, '') mode, count(*) mentions,
            sum(m.role in (select value from json_each(:roles))) shown
        {FROM} where m.kind = 'name' and m.id in (select value from json_each(:ids))
        group by 1, 2, 5, 7, 8 order by 1, mentions desc, 2
        """,  # noqa: S608 - conditions hold bound parameters only
        {"roles": json.dumps(filters.roles), "ids": ids},
    )


def many_named(
    index: sqlite3.Connection, filters: Filters, *, among: Container[str] | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Return places, at most so many, that the sources call by several names, or whose official name changed.

    Columns: place, name, spellings, number, mentions; most spellings first.
    """
    spelled = Tally(index, of_any_role(filters)).spelled()
    spelled = spelled[spelled.kind == "name"].reset_index(drop=True).assign(first=lambda found: found.index)
    told = spelled.groupby("place", sort=False).agg(
        number=("text", "size"), mentions=("mentions", "sum"), first=("first", "min")
    )
    called = columns_of(index).places(index)[["id", "name"]].rename(columns={"id": "place"})
    found = called.merge(told, left_on="place", right_index=True)
    found = found.sort_values(["number", "mentions", "name"], ascending=[False, False, True])
    texts = spelled.text.to_numpy(object)
    rows = (
        (place, name, tuple(sorted(texts[first : first + number], key=str.casefold)), number, mentions)
        for place, name, number, mentions, first in found.itertuples(index=False, name=None)
        if among is None or place in among
    )
    several = (row for row in rows if len(set(map(name_key, row[2]))) > 1 or official(row[0], row[2]))
    columns = ["place", "name", "spellings", "number", "mentions"]
    return pd.DataFrame(list(islice(several, limit)), columns=columns)


def official(place: str, written: Iterable[str]) -> list[OfficialName]:
    """Return when each of these names of a place was official, and by whose decision; the earliest first."""
    found = {period for name in written for period in periods_of(name) if period.place == place}
    return sorted(found, key=lambda period: (period.since, period.name))


class Scope(NamedTuple):
    """What the accounts are of: a place itself, or all that lies in its province or country."""

    id: str  # of the place, or the code of the region
    is_region: bool


def accounts(index: sqlite3.Connection, filters: Filters, scope: Scope) -> pd.DataFrame:
    """Return the sentences that speak of a place under the filters, a row a speaker and sentence or two.

    A statement that only its passage links to the place is taken in as long as it names no other one.

    Columns: side, name, speaker, mode (empty for the outlet's own words); naming, whether the sentence itself names the
    place, not only its passage; since, until, certainty of the name's own date; start, end; lit, the spans of the
    names; said, those of what is said (the rest is the outlet's way of saying so); passage ... as in `fates.mentions`.
    Whatever the place is to the story; newest articles first, at most those of MOST passages.
    """
    narrowed = of_any_role(filters)
    inside = ":scope in (p.region, p.country)" if scope.is_region else "m.place = :scope"
    tally = Tally(index, narrowed, region=scope.id) if scope.is_region else Tally(index, narrowed, place=scope.id)
    newest = tally.newest(MOST)
    where, values = few(index, narrowed, newest)
    named = ask(
        index,
        f"""
        select m.statement, l.since, l.until, m.certainty, {CONTEXT}
        {FROM} join passages s on s.id = m.passage left join dates l on l.dating = m.dating and l.rank = 0
        where {inside} and {where} order by a.published_since desc, a.id, m.start
        """,
        {**values, "scope": scope.id},
    )
    told = _statements(index, set(named.article))
    others = _other_places(index, scope, inside, set(named.passage))
    rows = [
        row
        for passage, group in groupby(named.itertuples(), key=attrgetter("passage"))
        for row in _of_passage(list(group), told, others.get(passage, []))
    ]
    return with_none(pd.DataFrame(rows, columns=[*_SAID, *_ARTICLE]))


_SAID = ("side", "name", "speaker", "mode", "naming", "since", "until", "certainty", "start", "end", "lit", "said")
_ARTICLE = (
    "passage",
    "passage_start",
    "passage_text",
    "article",
    "title",
    "outlet",
    "author",
    "url",
    "file",
    "published_since",
    "published_until",
)
_SPEAKER = ("side", "name", "speaker", "mode")
_NOBODY = dict.fromkeys(_SPEAKER, "")
Row = Any  # of a frame, by `itertuples`


def _statements(index: sqlite3.Connection, articles: Iterable[str]) -> dict[str, list[Row]]:
    """Return the statements of each of these articles, in order of what is said."""
    query = """
        select article, start, "end", speaker, name, side, mode, cue_start, cue_end from statements
        where article_fid in (select fid from articles where id in (select value from json_each(:articles)))
        order by article, start, "end" desc
    """
    found = ask(index, query, {"articles": json.dumps(sorted(articles))})
    return {article: list(rows) for article, rows in groupby(found.itertuples(), key=attrgetter("article"))}


def _other_places(
    index: sqlite3.Connection, scope: Scope, inside: str, passages: Iterable[int]
) -> dict[int, list[Row]]:
    """Return where these passages name places outside of the scope, by passage."""
    query = f"""
        select m.passage, m.start, m."end" from mentions m join places p on p.id = m.place
        where m.passage in (select value from json_each(:passages)) and m.status in ('placed', 'region')
            and not coalesce({inside}, 0) order by m.passage
    """  # noqa: S608
    found = ask(index, query, {"passages": json.dumps(sorted(map(int, passages))), "scope": scope.id})
    return {passage: list(rows) for passage, rows in groupby(found.itertuples(), key=attrgetter("passage"))}


def _of_passage(
    named: Sequence[Row], statements: Mapping[str, Sequence[Row]], others: Sequence[Row]
) -> Iterator[dict[str, object]]:
    """Yield what each speaker says in a passage, and the outlet's own sentences that name the place."""
    first = named[0]
    at, text = int(first.passage_start), str(first.passage_text)
    sentences = [(at + start, at + end) for start, end in split_sentences(text)]
    about = {column: getattr(first, column) for column in _ARTICLE}
    here = [each for each in statements.get(first.article, ()) if at <= each.start < at + len(text)]
    told = _told(sentences, here)
    for one in told:
        inside = [name for name in named if one.start <= name.start and name.end <= one.end]
        if not inside and any(one.start <= other.start < one.end for other in others):
            continue  # it speaks of somewhere else
        said = [name for name in inside if any(a <= name.start and name.end <= b for a, b in one.said)]
        stretch = _stretch(one.start, one.end, inside, (said or inside or named)[0])
        yield {**one.about, "naming": bool(inside), **stretch, **about, "said": tuple(one.said)}
    for start, end in sentences:
        inside = [name for name in named if start <= name.start and name.end <= end]
        if inside and not any(one.start < end and start < one.end for one in told):
            stretch = _stretch(start, end, inside, inside[0])
            yield {**_NOBODY, "naming": True, **stretch, **about, "said": ((start, end),)}


@dataclass(slots=True)
class _Told:
    """Whole sentences in which one speaker says something, and which stretches of them are what is said."""

    start: int
    end: int
    said: list[tuple[int, int]]
    about: dict[str, object]


def _told(sentences: Sequence[tuple[int, int]], statements: Sequence[Row]) -> list[_Told]:
    """Gather a speaker's statements that share a sentence, in order."""
    told: list[_Told] = []
    for statement in statements:
        start, end = _around(sentences, statement)
        about = {column: getattr(statement, column) for column in _SPEAKER}
        same = [one for one in told if one.about["name"] == about["name"] and one.start < end and start < one.end]
        if same:
            same[0].start, same[0].end = min(same[0].start, start), max(same[0].end, end)
            same[0].said.append((statement.start, statement.end))
        else:
            told.append(_Told(start, end, [(statement.start, statement.end)], about))
    return told


def _around(sentences: Sequence[tuple[int, int]], statement: Row) -> tuple[int, int]:
    """Return the whole sentences that hold what is said, and the words that say who says it where they are near."""
    begin, end = statement.start, statement.end
    if sentences[0][0] <= statement.cue_start and statement.cue_end <= sentences[-1][1]:
        begin, end = min(begin, statement.cue_start), max(end, statement.cue_end)
    touched = [(start, stop) for start, stop in sentences if start < end and begin < stop]
    return (touched[0][0], touched[-1][1]) if touched else (begin, min(end, sentences[-1][1]))


def _stretch(start: int, end: int, inside: Sequence[Row], dated: Row) -> dict[str, object]:
    when = {column: getattr(dated, column) for column in ("since", "until", "certainty")}
    return {"start": start, "end": end, "lit": tuple((name.start, name.end) for name in inside), **when}


def hints(index: sqlite3.Connection, article: str) -> pd.DataFrame:
    """Return the signs of translation and rewriting in an article, and its slips (weight 0): start, end, text ..."""
    query = """select start, "end", text, reason, weight from hints
        where article_fid = (select fid from articles where id = :article) order by start"""
    return ask(index, query, {"article": article})


def looks_rewritten(index: sqlite3.Connection, article: str) -> bool:
    """Say whether the signs of an article add up to a text that was translated or rewritten by a machine."""
    row = index.execute("select rewritten from articles where id = ?", (article,)).fetchone()
    return bool(row and row[0])
