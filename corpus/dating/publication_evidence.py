"""What an article offers for the date of its publication: the days, years and weekdays it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus import LANGUAGES
from corpus.document import Document
from corpus.records import Article, Timex
from corpus.timex.calendar import WEEKDAYS, valid
from corpus.timex.language import open_table, weekday_named
from geodata.tables import read_toml

WORDS = LANGUAGES / "published.toml"

# How far before the first and after the last dated article of a corpus the others may lie.
NEAR = timedelta(days=45)
# Years after the latest one named in which a weekday may decide; more would nearly always hold a match.
YEARS_AFTER = 3

_PARTIAL = re.compile(r"XXXX-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the text of an article says about time, outside page furniture, and what the other articles do."""

    article: Article
    document: Document  # its text, or lines of it
    timexes: Sequence[Timex]
    days: Sequence[Timex]  # written out with their year and not put after the article, from the earliest to the latest
    partial: Sequence[Timex]  # written without their year and not put after the article
    weekdays: Counter[int]  # named without a date and not put after the article; Monday is 1
    latest_year: int | None  # the latest year named and not put after the article: it was written then or later
    copyright_year: int | None
    context: Sequence[date] = ()  # sorted dates of other articles
    firm_only: bool = False  # leave aside what other articles may decide better

    @property
    def text(self) -> str:
        """The text that is read."""
        return self.document.text[: self.document.end]


def gather_evidence(article: Article, document: Document, timexes: Sequence[Timex]) -> Evidence:
    """Sort the time expressions that stand outside furniture by what they can prove."""
    text = document.text
    ahead = {t.value for t in timexes if _lies_ahead(document, t)}
    past = [t for t in timexes if t.value not in ahead]
    written_out = [t for t in past if t.since and t.basis == "explicit"]
    copyright_lines = [text[f.start : f.end] for f in document.furniture if "copyright line" in f.reason]
    return Evidence(
        article,
        document,
        timexes,
        days=sorted((t for t in written_out if t.granularity == "day"), key=first_day),
        partial=[t for t in past if is_partial(t)],
        weekdays=Counter(int(found[1]) for t in past if (found := _WEEKDAY.match(t.value))),
        latest_year=max((first_day(t).year for t in written_out), default=None),
        copyright_year=max((int(y) for line in copyright_lines for y in _YEAR.findall(line)), default=None),
    )


def first_day(day: Timex) -> date:
    """Return the day an expression begins on, or the first day of all where it has none."""
    return day.since or date.min


def is_partial(day: Timex) -> bool:
    """Say whether an expression names month and day but no year."""
    return _PARTIAL.match(day.value) is not None


def year_of(day: Timex, evidence: Evidence, *, is_publication: bool) -> tuple[date, str] | None:
    """Decide the year of a day written without one, and say by what; None unless just one year fits."""
    written = _PARTIAL.findall(day.value)
    if not written:
        return None
    month, number = map(int, written[-1])
    if evidence.copyright_year and (found := valid(evidence.copyright_year, month, number)):
        return found, "the year from the copyright line"
    weekday = _weekday_of(day, evidence, is_publication=is_publication)
    fitting = [d for d in _days_in_context(month, number, evidence) if weekday in (0, d.isoweekday())]
    if fitting:
        return (fitting[0], "the year from the other articles") if len(fitting) == 1 else None
    if evidence.firm_only or not (is_publication and weekday and evidence.latest_year):
        return None
    for year in range(evidence.latest_year, evidence.latest_year + YEARS_AFTER + 1):
        found = valid(year, month, number)
        if found and found.isoweekday() == weekday:
            return found, f"a {WEEKDAYS[weekday - 1]} in {year}; the latest year named is {evidence.latest_year}"
    return None


def _weekday_of(day: Timex, evidence: Evidence, *, is_publication: bool) -> int:
    """Return the weekday written with a day, or for the day of publication the one of "this Tuesday"; 0 for none.

    A bare "Tuesday" does not tell: where agency news names one weekday, it is the day of publication in 22 articles of
    35 (AQUAINT), and in local papers in one of four.
    """
    language = evidence.document.language
    if own := weekday_named(day.text, language):
        return own
    steps = open_table(language)["values"].get("step", {})
    this = [t for t in evidence.timexes if steps.get(t.text.split()[0].lower()) == 0]
    named = {m[1] for t in this if (m := _WEEKDAY.match(t.value))}
    return int(named.pop()) if is_publication and len(named) == 1 and len(evidence.weekdays) == 1 else 0


def _days_in_context(month: int, number: int, evidence: Evidence) -> list[date]:
    """Return the dates on this day of the year, none before the latest year named, in the time the corpus covers."""
    if not evidence.context:
        return []
    since, until = evidence.context[0] - NEAR, evidence.context[-1] + NEAR
    years = range(max(evidence.latest_year or 0, since.year), until.year + 1)
    return [day for year in years if (day := valid(year, month, number)) and since <= day <= until]


def speaks_of_now(evidence: Evidence) -> bool:
    """Say whether the text counts from its own day: "now", "today", "on Tuesday", "overnight"."""
    return any(
        t.value in ("PRESENT_REF", "FUTURE_REF") or t.value.startswith("XXXX-XX") or _WEEKDAY.match(t.value)
        for t in evidence.timexes
    )


def _lies_ahead(document: Document, day: Timex) -> bool:
    """Say whether the words before an expression, in its sentence, put it after the article."""
    before = document.text[max(document.sentence_at(day.start)[0], day.start - 120) : day.start]
    words = re.findall(r"[^\W\d_]+", before.lower())
    return not words_of("ahead").isdisjoint(words) or not words_of("bounds").isdisjoint(words[-1:])


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a word list of languages/published.toml."""
    return frozenset(read_toml(WORDS)[name].split())
