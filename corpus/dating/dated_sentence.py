"""Read one sentence for its dates: which of them go together, which say when, and which name a thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.dating.clauses import Clause, Span, clause_at, find_reports, link_words, split_clauses
from corpus.dating.dated_events import names_a_thing, tells_when
from corpus.document import Document
from corpus.records import Timex


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates of a sentence that go together: one, a list ("on 3 and 5 May") or the two ends of a period."""

    timexes: tuple[int, ...]  # positions in the article's list
    start: int
    end: int
    written: str  # with the preposition that bounds it
    bound: str = ""  # "before", "since" ... or ""
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence with its dates, clauses and reports; all positions are the article's."""

    start: int
    end: int
    dates: tuple[Dates, ...]  # that may say when something happened
    things: tuple[Dates, ...]  # that name a thing: "the 2020 agreement"
    clauses: tuple[Clause, ...]
    reports: tuple[Span, ...]
    is_now: bool = False  # it says "now", "currently", "soon"
    is_list: bool = False  # semicolons part its items


class DatedText:
    """A text with its time expressions, outside page furniture, which reads each sentence once."""

    def __init__(self, document: Document, timexes: Sequence[Timex]) -> None:
        self.document, self.text = document, document.text
        self.timexes = timexes
        self._numbers = [i for i, t in enumerate(timexes) if not document.is_furniture(t.start, t.end)]
        self._starts = [timexes[i].start for i in self._numbers]
        self._read: dict[Span, DatedSentence] = {}

    def numbers(self, span: Span) -> list[int]:
        """Return the positions, in the list of time expressions, of those that begin in a stretch."""
        return self._numbers[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]

    def sentence(self, span: Span) -> DatedSentence:
        """Return what the sentence at `span` says of time."""
        if span not in self._read:
            self._read[span] = _read_sentence(self.text, span, self.timexes, self.numbers(span))
        return self._read[span]


def _read_sentence(text: str, span: Span, timexes: Sequence[Timex], own: Sequence[int]) -> DatedSentence:
    start, end = span
    if not own:
        return DatedSentence(start, end, (), (), (), ())
    within = tuple((timexes[i].start - start, timexes[i].end - start) for i in own)
    sentence = text[start:end]
    # A time of the clock names no day: "on Thursday from 7 p.m." is dated by the Thursday.
    days = [i for i in own if timexes[i].since and not _is_clock(timexes[i].text)]
    dated = _finest(group_dates(days, text, start, timexes), text, timexes)
    clauses = tuple(Clause(c.start + start, c.end + start, c.number, c.kind) for c in split_clauses(sentence, within))
    things = tuple(d for d in dated if _is_background(d, text, start, timexes, clauses))
    return DatedSentence(
        start,
        end,
        tuple(d for d in dated if d not in things),
        things,
        clauses,
        tuple((a + start, b + start) for a, b in find_reports(sentence, within)),
        is_now=any(timexes[i].value in ("PRESENT_REF", "FUTURE_REF") for i in own),
        is_list=sentence.count(";") >= 2,
    )


def group_dates(numbers: list[int], text: str, start: int, timexes: Sequence[Timex]) -> list[Dates]:
    """Put together what "and", commas or "to" join: dates with nothing else between them."""
    groups: list[list[int]] = []
    ranges: set[int] = set()
    for before, i in pairwise([None, *numbers]):
        assert i is not None
        between = text[timexes[before].end : timexes[i].start].lower() if before is not None else None
        if between is not None and _joins_ends(between, text[start : timexes[groups[-1][0]].start]):
            ranges.add(len(groups) - 1)
            groups[-1].append(i)
        elif between is not None and _goes_on(between, timexes[i]) and len(groups) - 1 not in ranges:
            groups[-1].append(i)
        else:
            groups.append([i])
    return [_dates(tuple(group), text, start, timexes, n in ranges) for n, group in enumerate(groups)]


def _finest(groups: list[Dates], text: str, timexes: Sequence[Timex]) -> list[Dates]:
    """Leave out the week of "last week, on Tuesday and Friday": the days behind it are its own."""

    def is_named_closer(dates: Dates, closer: Dates) -> bool:
        whole, first, last = (timexes[i] for i in (dates.timexes[0], closer.timexes[0], closer.timexes[-1]))
        if not (whole.since and whole.until and first.since and last.until) or first.granularity != "day":
            return False
        is_within = whole.since <= first.since <= last.until <= whole.until and whole.since < whole.until
        return is_within and len(dates.timexes) == 1 and _CLOSER.fullmatch(text, dates.end, closer.start) is not None

    return [dates for dates, closer in pairwise(groups) if not is_named_closer(dates, closer)] + groups[-1:]


_CLOSER = re.compile(r",?\s+on\s+(?:both\s+|the\s+)?|\s+")
_AND = r"(?:\b(?:and|or|as well as)\b|&)"
_LIST = re.compile(
    rf"\s{{0,40}}+(?=,|{_AND}),?\s*+(?:{_AND}\s*+(?:\b(?:again|then)\s++)?(?:\b(?:on|in|at)\b\s*+)?)?(?:\bthe\b\s++)?"
)
_TO = re.compile(r"\s{0,40}(?:\b(?:to|until|till|through|and)\b|[-–—])\s*(?:on\s+|the\s+)*")
_INTO = re.compile(
    r",?\s{1,40}(?:and\s+)?(?:(?:last|continu|rag|went on|drag|carri)\w*\s+(?:on\s+)?(?:until|till|into|through)|into)"
    r"\s+(?:the\s+)?"
)


def _goes_on(between: str, timex: Timex) -> bool:
    """Tell a list from a new clause: "on Thursday and the next day", but "on Thursday, and the next day ..."."""
    return _LIST.fullmatch(between) is not None and not ("," in between and "last date named" in timex.basis)


def _joins_ends(between: str, before: str) -> bool:
    """Tell "from May 9 to June 3", "between 3 May and 5 June" and "9 May – 3 June" from a list."""
    if _INTO.fullmatch(between):
        return True
    if not _TO.fullmatch(between):
        return False
    opens = re.search(r"\b(from|between)\s+(?:\w+\s+)?$", before.lower())
    return "and" not in between if not opens else ("and" in between) == (opens[1] == "between")


def _dates(group: tuple[int, ...], text: str, start: int, timexes: Sequence[Timex], is_range: bool) -> Dates:
    first, last = timexes[group[0]], timexes[group[-1]]
    bound = _bound().search(text, start, first.start)
    begin = bound.start() if bound else first.start
    written = " ".join(text[begin : last.end if is_range else first.end].split())
    return Dates(group, first.start, last.end, written, bound[1].lower() if bound else "", is_range)


def _is_clock(written: str) -> bool:
    """Tell a time of the clock with no day beside it: "7 p.m.", "from 9:30 to noon"."""
    sign, shape = _clock()
    return sign.search(written) is not None and shape.fullmatch(written) is not None


@cache
def _clock() -> tuple[re.Pattern[str], re.Pattern[str]]:
    signs, words = "|".join(link_words("clock", "signs")), "|".join(link_words("clock", "words"))
    sign = re.compile(rf":\d\d|(?<![^\W\d_])(?:{signs})\b", re.IGNORECASE)
    return sign, re.compile(rf"(?:[\d:.,\s–—'’-]|\b(?:{signs}|{words})\b)+", re.IGNORECASE)


@cache
def _bound() -> re.Pattern[str]:
    words = "|".join(link_words("dates", "bounds") | link_words("dates", "open"))
    return re.compile(rf"\b({words})\s+(?:(?:{'|'.join(link_words('dates', 'fillers'))})\s+)*$", re.IGNORECASE)


def _is_background(dates: Dates, text: str, start: int, timexes: Sequence[Timex], clauses: Sequence[Clause]) -> bool:
    """Tell a date that says when from one that names a thing, or the time of another ("the worst since 2020")."""
    first = timexes[dates.timexes[0]]
    if names_a_thing(first, text) and not tells_when(first, text, start):
        return True
    if first.type == "DURATION" and _NTH.search(text, start, dates.start):
        return True  # "the third attack in the past two weeks"
    if dates.bound not in link_words("dates", "open") and first.type != "DURATION":
        return clause_at(dates.start, clauses).kind == "comparison"
    return any(
        m[0].lower() not in link_words("things", "no_superlatives")
        for m in _SUPERLATIVE.finditer(text, start, dates.start)
    )


_SUPERLATIVE = re.compile(r"(?<!\bat )\b(?:\w{3,}est|first|worst|best|most|least|only)\b", re.IGNORECASE)
_NTH = re.compile(r"\b(?:second|third|fourth|fifth|sixth|latest|another|\d+(?:st|nd|rd|th))\b", re.IGNORECASE)


def report_at(position: int, own: DatedSentence) -> Span | None:
    """Return the words that report, if a position stands among them."""
    return next((report for report in own.reports if report[0] <= position < report[1]), None)
