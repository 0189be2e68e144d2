"""Read holidays by their day of the year, by the weekday they fall on, or by Easter."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta, weekdays

from corpus.timex.clock import Clock, Meaning, direction
from corpus.timex.grammar import Found
from corpus.timex.years import own_year

# A holiday at most so many days ahead is the coming one, unless the verb speaks of the past: "as Easter neared".
SOON, SOON_BY_TENSE = 60, 14


def holiday(found: Found, clock: Clock) -> Meaning | None:
    """Read "Christmas", "Thanksgiving Day 2021", "Easter": in news the last one, the coming one where the verb says so.

    The language table gives month-day, month-nth-weekday (nth -1 is the last) or "easter" with days after it.
    """
    rule, year = str(found.value("holiday")), own_year(found)
    shift = 1 if found.word("eve") else 0
    if year is not None and year > 0:
        return Meaning((_day_of(rule, year) - timedelta(shift)).isoformat())
    base, name = clock.base()
    if not base:
        return Meaning("XXXX-XX-XX", "no publication date to count from")
    day = _day_of(rule, base.year)
    tense = 0 if clock.narrative else direction(found)
    if not clock.narrative:
        if tense <= 0 and (day - base).days > (SOON_BY_TENSE if tense else SOON):
            day = _day_of(rule, base.year - 1)
        elif day < base and tense > 0:
            day = _day_of(rule, base.year + 1)
    return Meaning((day - timedelta(shift)).isoformat(), f"'{found.text}' counted from {name}")


def _day_of(rule: str, year: int) -> date:
    day: date
    if rule.startswith("easter"):
        day = easter(year) + timedelta(int(rule.removeprefix("easter") or 0))
        return day
    month, *rest = (int(part) for part in rule.split("/"))
    if len(rest) == 1:
        return date(year, month, rest[0])
    nth, weekday = rest
    day = date(year, month, 1) + relativedelta(day=1 if nth > 0 else 31, weekday=weekdays[weekday - 1](nth))
    return day
