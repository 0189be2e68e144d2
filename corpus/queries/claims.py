"""The ledger: every number of dead, wounded, displaced with who gives it, side by side; nothing is added up."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus import LANGUAGES
from corpus.attribution.uncounted import NUMBER as UNCOUNTED
from corpus.index.numbering import Column
from corpus.queries.chosen import Span, passages_with
from corpus.queries.filters import Filters, search_expression
from corpus.queries.sql import ask
from corpus.queries.tally import Tally
from geodata.tables import read_toml

WORDS = LANGUAGES / "ledger.toml"
ROUGHLY = 0.1  # of "about 100": 95 is not another number
ALIKE = 0.6  # of the words of the shorter of two sentences that the other one has too
CROWD = 60  # different claims of one number among which the same one is looked for
ONE_STORY = timedelta(days=30)  # between two counts of one event
Row = Any  # of a frame, by `itertuples`


def ledger(index: sqlite3.Connection, filters: Filters, *, limit: int | None = 500) -> pd.DataFrame:
    """Return the claims under the filters, a row each: who, when, where, how many, of whom, in which words.

    Columns: id, text, low, high, number, what, whom, wording, hedge, caution; speaker, name, side, mode (empty for the
    narrator); since, until, certainty, basis; place, place_name; whose, the country of those counted where it is
    said; start, end, passage, passage_start, passage_text, sentence_start, sentence_end, article, title, outlet,
    author, url, file, published_since, published_until; differs, the ids of the claims that give another number for
    what may be the same people; series, those that may be the same count on other days; same, those of other articles
    that pass on the same claim, and folded where such a one stands above. By first date and text; what
    a place is to the story does not filter claims.
    """
    chosen = _chosen(index, filters)[:limit]
    found = ask(
        index,
        """
        select c.id, c.text, c.low, c.high, c.number, c.what, c.whom, c.wording, c.hedge, c.caution,
            coalesce(t.speaker, '') speaker, coalesce(t.name, '') name, coalesce(t.side, '') side,
            coalesce(t.mode, '') mode, c.since, c.until, c.certainty, c.basis, m.place, p.name place_name,
            coalesce((select q.country from mentions o join places q on q.id = o.place
                where o.passage = c.passage and o.start >= c.start and o."end" <= c."end"
                order by o.start limit 1), '') whose,
            c.start, c."end", c.passage, s.start passage_start, s.text passage_text, c.sentence_start, c.sentence_end,
            a.id article, a.title, a.outlet, a.author, a.url, a.file, a.published_since, a.published_until
        from claims c join articles a on a.fid = c.article_fid join passages s on s.id = c.passage
            left join statements t on t.id = c.statement left join mentions m on m.id = c.mention
            left join places p on p.id = m.place
        where c.id in (select value from json_each(:chosen))
        order by c.since is null, c.since, c.what, a.id, c.start
        """,
        {"chosen": json.dumps(chosen.tolist())},
    )
    found["whose"] = [_whose(row) for row in found.itertuples()]
    heads = _heads(found)
    folded = [int(id) in heads for id in found.id]
    same = [tuple(id for id, head in heads.items() if head == int(own)) for own in found.id]
    return found.assign(differs=_differing(found), series=_series(found), same=same, folded=folded)


def _chosen(index: sqlite3.Connection, filters: Filters) -> Column:
    """Return the claims under the filters, in their order."""
    tally = Tally(index, filters)
    article, at = tally.column("claim_article"), tally.column("claim_at").astype(np.int64) - 1
    mask = np.ones(len(article), bool)
    if filters.since or filters.until:
        by_event = filters.by == "event"
        periods = tally.words("claim_periods" if by_event else "publications")
        wanted = tally.within_days(periods, undated=filters.undated)
        mask &= wanted[tally.column("claim_period") if by_event else tally.column("article_published")[article]]
    if filters.outlets:
        mask &= tally.of_outlets()[tally.column("article_outlet")[article]]
    if filters.regions:
        mask &= _in(at, tally.inside(filters.regions))
    if words := search_expression(filters.text):
        called = _in(at, [span for place in filters.called for span in tally.spans_of(place)])
        mask &= called | passages_with(index, tally.columns, words)[tally.column("claim_passage")]
    return tally.column("claim_id")[mask]


def _in(at: Column, spans: Sequence[Span]) -> Column:
    found = np.zeros(len(at), bool)
    for first, last in spans:
        found |= (at >= first) & (at < last)
    return found


def _whose(row: Row) -> str:
    """Return the side of those counted: as named with the number, or the speaker's own ("its soldiers")."""
    if row.whose:
        return str(row.whose)
    first = row.whom.split()[:1]
    return str(row.side) if first and first[0].lower() in _words()["own"] else ""


def _differing(found: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return for each claim those that may be of the same people, the same day, and give another number."""
    others: dict[int, list[int]] = {int(id): [] for id in found.id}
    # What nobody dates may be the same where it appeared on one day.
    days = {end: found[end].fillna(found[f"published_{end}"]) for end in ("since", "until")}
    alike: dict[tuple[str, str, str], list[tuple[str, _Counted]]] = {}
    for row in found.assign(**days).itertuples():
        if isinstance(row.since, str):
            kind = "casualties" if row.what in ("killed", "wounded") else row.what
            alike.setdefault((kind, row.since, row.until), []).append((row.what, _counted(row)))
    for same in alike.values():
        for (what, one), (other_what, other) in combinations(same, 2):
            # Numbers that meet may both be so: "at least 49" and 50. A count says more than "casualties, not how many".
            apart = what == other_what and (one.low > other.high or other.low > one.high)
            if (apart or one.is_uncounted != other.is_uncounted) and _may_be_same(one, other):
                others[one.id].append(other.id)
                others[other.id].append(one.id)
    return [tuple(listed) for listed in others.values()]


def _heads(found: pd.DataFrame) -> dict[int, int]:
    """Return for each claim that another article has passed on above which one that is."""
    days = {end: found[end].fillna(found[f"published_{end}"]) for end in ("since", "until")}
    heads: dict[int, int] = {}
    alike: dict[tuple[object, ...], list[Row]] = defaultdict(list)  # of few rows each, in their order
    for row in found.assign(**days).itertuples():
        if isinstance(row.since, str):
            alike[row.what, row.low, row.since, row.until].append(row)
    for same in alike.values():
        first: list[Row] = []
        for row in same:
            head = next((one for one in first if _is_passed_on(one, row)), None)
            if head is not None:
                heads[int(row.id)] = int(head.id)
            elif len(first) < CROWD:
                first.append(row)
    return heads


def _is_passed_on(one: Row, other: Row) -> bool:
    """Say whether two claims of one number and day are one: by one claimant, or by nobody in like words."""
    if one.article == other.article:
        return False
    voices = [{row.name.casefold(), row.side or (row.speaker and row.whose)} - {""} for row in (one, other)]
    if all(voices):
        return not voices[0].isdisjoint(voices[1]) and _same_people(_counted(one), _counted(other))
    words = [set(re.findall(r"\w{3,}", _sentence(row).casefold())) for row in (one, other)]
    return len(words[0] & words[1]) >= ALIKE * min(map(len, words))


def _sentence(row: Row) -> str:
    return str(row.passage_text[row.sentence_start - row.passage_start : row.sentence_end - row.passage_start])


def _series(found: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return for each dated claim those that may be one count as it grew: the same people, on other days of a month."""
    others: dict[int, list[int]] = {int(id): [] for id in found.id}
    dated = [row for row in found.itertuples() if row.since]
    buckets: dict[tuple[str, str], list[tuple[date, _Counted]]] = {}
    for row in dated:
        counted = _counted(row)
        if whose := counted.side or counted.place:  # without either there are many
            buckets.setdefault((row.what, whose), []).append((date.fromisoformat(row.since), counted))
    for same in buckets.values():
        for (day, one), (other_day, other) in combinations(same, 2):
            if timedelta(0) < abs(other_day - day) <= ONE_STORY and _same_people(one, other):
                others[one.id].append(other.id)
                others[other.id].append(one.id)
    return [tuple(listed) for listed in others.values()]


class _Counted(NamedTuple):
    """What a claim counts: by whom, whose people of which kind, where, and between which numbers."""

    id: int
    by: tuple[str, str]
    side: str
    kind: str
    place: str | None
    low: float
    high: float
    sentence: int
    is_uncounted: bool


def _counted(claim: Row) -> _Counted:
    low, high = _range(claim)
    by = (claim.article, claim.name)
    told = (claim.sentence_start, claim.number == UNCOUNTED)
    return _Counted(int(claim.id), by, _side(claim), _kind(claim.whom), claim.place, low, high, *told)


def _may_be_same(one: _Counted, other: _Counted) -> bool:
    """Say whether two numbers may be of the same people: of one kind, of one side, and nowhere else."""
    if one.by == other.by and (one.sentence == other.sentence or not one.side):
        return False  # who gives two numbers in one breath counts two things
    return _same_people(one, other)


def _same_people(one: _Counted, other: _Counted) -> bool:
    """Say whether two counts may be of the same people, whoever gives them."""
    if one.kind != other.kind and "anyone" not in (one.kind, other.kind):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if one.side and other.side:
        return one.side == other.side
    # Without a side only the place tells that it is one event: of "three killed" there are many.
    return not one.side and not other.side and bool(one.place) and one.place == other.place


def _side(claim: Row) -> str:
    """Return whose people are counted: a side that gives a bare number is taken to speak of its own."""
    if claim.whose or not _words()["foes"].isdisjoint(claim.whom.lower().split()):
        return str(claim.whose)
    return str(claim.side)


def _kind(whom: str) -> str:
    """Return the class of those counted, or the noun itself."""
    words = re.findall(r"\w+", whom.lower())
    noun = words[-1] if words and not whom[-1:].isdigit() else ""
    named = whom.split()[-1:] and whom.split()[-1][:1].isupper()  # "Azeris": people of a side
    return "anyone" if not noun or named else next((k for k, nouns in _classes().items() if noun in nouns), noun)


def _range(claim: Row) -> tuple[float, float]:
    low, high = float(claim.low), claim.high
    slack = ROUGHLY * low if claim.wording == "about" else 0.0
    return low - slack, float("inf") if high is None or pd.isna(high) else float(high) + slack


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {name: frozenset(nouns.split()) for name, nouns in _table()["classes"].items()}


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _table()["words"].items()}


def _table() -> dict[str, dict[str, str]]:
    return read_toml(WORDS)
