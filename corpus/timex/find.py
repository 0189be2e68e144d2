"""Find the time expressions of a text and read them in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from corpus.records import Timex, TimexType
from corpus.timex import beside, dates, lengths, nights, periods, short_years, weekdays, years
from corpus.timex.calendar import EARLIEST, LATEST, NOWHEN, interval_of
from corpus.timex.clock import Clock, Meaning, Ranges
from corpus.timex.day_alone import day_alone
from corpus.timex.detect_language import language_of
from corpus.timex.events import note_event
from corpus.timex.figures import NO_SUCH_DAY
from corpus.timex.grammar import Found, Tokens
from corpus.timex.language import grammar
from geodata.text import Text

# What the rules of the language table name.
MEANINGS: dict[str, Callable[[Found, Clock], Meaning | None]] = {
    "calendar": dates.calendar,
    "day_alone": day_alone,
    "edge_day": dates.edge_day,
    "night_into": nights.night_into,
    "week_of_month": dates.week_of_month,
    "weekday_of_month": dates.weekday_of_month,
    "weeks_from": weekdays.weeks_from,
    "parts_ago": weekdays.parts_ago,
    "to_the_unit": lengths.to_the_unit,
    "short_year": short_years.short_year,
    "year_end_of_period": short_years.end_of_period,
    "named_part": periods.named_part,
    "shared_day": dates.shared_day,
    "ancient": years.ancient,
    "span": dates.span,
    "decade_year": years.decade_year,
    "ordinal_period": periods.ordinal_period,
    "quarter": periods.quarter,
    "year_before": periods.year_before,
    "ended": periods.ended,
    "year_end": periods.year_end,
    "beside": beside.beside,
    "relative": lengths.relative,
    "stretch": lengths.stretch,
    "away": lengths.away,
    "duration": lengths.duration,
    "often": lengths.often,
    "reference": lengths.reference,
}


def find_timexes(
    text: Text | str,
    *,
    anchor: date | None,
    narrative: bool | None = None,
    ranges: Ranges = "all",
    language: str | None = None,
) -> list[Timex]:
    """Return the time expressions of a text by position, none overlapping.

    Relative and partial dates count from `anchor`, the day of publication; in an account of history (`narrative`; None
    decides from the text) from the dates named before them. Without either, their value stays open (XXXX-09-13) and
    they have no interval. Types and values follow TIMEX3, but a range is one expression ("2022-09-13/2022-09-14");
    `ranges` "shared" keeps apart the ends that are dates by themselves ("1939 to 1945"), "none" all of them, as TIMEX3.
    `language` is a code as `detect_language.language_of` gives it; None decides from the text. Of a language without a
    table only dates in figures are read.
    """
    text = Text.of(text)
    tokens = _tokens(text, language or language_of(text.text))
    told = is_narrative(tokens, anchor=anchor) if narrative is None else narrative
    clock = Clock(anchor=anchor, narrative=told, ranges=ranges, day_first=_day_first(text.text))

    def read(found: Found) -> Timex | None:
        try:
            meaning = MEANINGS[found.meaning](found, clock)
        except (ValueError, OverflowError):  # whatever the rule: it counted past the first or the last day there is
            meaning = Meaning("XXXX", f"'{found.text}' lies outside the calendar, which has the years 1 to 9999")
        if meaning is None:
            return None
        clock.note(meaning.value, found)
        if "event" in tokens.grammar.values:
            note_event(meaning, found, clock)
        return _timex(found, meaning)

    return tokens.grammar.scan(tokens, read)


@lru_cache(maxsize=2)  # an article is read twice: to find its date of publication, and then from that date
def _tokens(text: Text, language: str) -> Tokens:
    return grammar(language).read(text)


def is_narrative(tokens: Tokens, *, anchor: date | None) -> bool:
    """Tell an account of history from news: many years named, few of them near publication, hardly a weekday."""
    years = tokens.all("year")
    near = 0 if anchor is None else sum(abs(int(tokens.word(i)) - anchor.year) <= 1 for i in years)
    named = len(years) + len(tokens.all("before_christ"))
    far, weekdays = named - near, len(tokens.all("weekday")) + len(tokens.all("day_word"))
    if not weekdays:
        return far >= 0.6 * named and far >= (5 if far >= 0.9 * named else 8)
    return far >= 8 and far >= 0.6 * named and named > 3 * weekdays


def _timex(found: Found, meaning: Meaning) -> Timex:
    kind = _type_of(meaning)
    since, until, granularity = NOWHEN if kind in ("DURATION", "SET") else interval_of(meaning.value)
    if meaning.days and meaning.days[0].year >= EARLIEST and meaning.days[1].year <= LATEST:
        since, until, granularity = *meaning.days, "period"
    basis = meaning.basis
    if kind in ("DATE", "TIME") and not since and _NAMES_YEAR.match(meaning.value) and not basis.endswith(NO_SUCH_DAY):
        basis += f"; it lies outside the years {EARLIEST} to {LATEST}, so it is no day here"
    if since and granularity != "period" and "since" in found.tokens.classes(found.first - 1):
        basis += "; the start of an open period ('since')"
    return Timex(found.start, found.end, found.text, kind, meaning.value, since, until, granularity, basis)


def _type_of(meaning: Meaning) -> TimexType:
    if meaning.is_set:
        return "SET"
    if _LENGTH.match(meaning.value):
        return "DURATION"
    return "TIME" if "T" in meaning.value and _TIME.search(meaning.value) else "DATE"


_LENGTH = re.compile(r"P[\dTX]")
_TIME = re.compile(r"\dT|XT")
_NAMES_YEAR = re.compile(r"BC|\d\d")


_NUMERIC = re.compile(r"(?<![\w/])(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\w/])", re.ASCII)


def _day_first(text: str) -> bool | None:
    """Say whether the day comes first from the numeric dates that can be read one way only; None when none does."""
    found = _NUMERIC.findall(text) if "/" in text else []
    british = any(int(first) > 12 for first, _ in found)
    american = any(int(second) > 12 for _, second in found)
    return None if british == american else british
