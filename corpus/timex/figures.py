"""Read dates in figures, and write what was read: 2022-09-13, 13/9/2022, 9/13/22; also a day that no month has."""

from __future__ import annotations

import re

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, year_text
from corpus.timex.years import whole_year

NO_SUCH_DAY = "there is no such day"


def iso(written: str) -> Meaning | None:
    """Read 2022-09-13, 2022/9/13 and 2022.09.13, the first with a time behind it."""
    day, _, time = written.upper().partition("T")
    year, month, number = map(int, re.split(r"[-/.]", day))
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    meaning = dated(year, month, number, "explicit", keep=True)
    return Meaning(f"{meaning.value}T{time}", meaning.basis) if time and meaning else meaning


def numeric(written: str, clock: Clock) -> Meaning | None:
    """Read 13/9/2022 or 9/13/2022; where both orders are possible the other dates of the text or publication decide."""
    mark = "/" if "/" in written else "."
    first, second, year_written = written.split(mark)
    year = int(year_written) if len(year_written) == 4 else whole_year(int(year_written), clock)
    british, american = cal.valid(year, int(second), int(first)), cal.valid(year, int(first), int(second))
    if mark == ".":  # dotted dates always put the day first
        american = None
    if not (british and american) or british == american:
        day = british or american
        return Meaning(day.isoformat()) if day else None
    if clock.day_first is not None:
        return Meaning(
            (british if clock.day_first else american).isoformat(), "explicit, in the order of the text's other dates"
        )
    if clock.anchor and (british > clock.anchor) != (american > clock.anchor):
        return Meaning(min(british, american).isoformat(), "explicit, in the order that puts it before publication")
    return Meaning(f"{year:04d}", "explicit, but day and month may be either way round")


def dated(year: int | None, month: int, day: int | None, basis: str, *, keep: bool = False) -> Meaning | None:
    """Write a date; a day that its month does not have is kept as written where it can be nothing else (`keep`)."""
    text = "XXXX" if year is None else year_text(year)
    if day is None:
        return Meaning(f"{text}-{month:02d}", basis)
    if cal.valid(year if year and year > 0 else 2000, month, day) is None:
        if not keep:
            return None
        basis = f"{cal.MONTHS[month - 1]}{f' {year}' if year else ''} has no day {day}: {NO_SUCH_DAY}"
    return Meaning(f"{text}-{month:02d}-{day:02d}", basis)
