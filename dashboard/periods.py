"""Units of time: the days, weeks, months and years that the page counts by."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from corpus.queries.filters import spell

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")


class Stop(NamedTuple):
    """One unit of time that the articles speak of: both days are included."""

    since: date
    until: date


@lru_cache(1 << 16)  # an archive has thousands of days, which every run of the page asks of
def stop_of(day: date, unit: Unit) -> Stop:
    """Return the unit of time that a day lies in; weeks begin on Monday, as in ISO 8601."""
    if unit == "day":
        return Stop(day, day)
    if unit == "week":
        monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
        return Stop(monday, date.fromordinal(min(date.max.toordinal(), monday.toordinal() + 6)))
    if unit == "year":
        return Stop(day.replace(month=1, day=1), day.replace(month=12, day=31))
    return Stop(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def unit_of(stops: Sequence[Stop]) -> Unit:
    """Return the unit of these stops."""
    longest = max(((stop.until - stop.since).days for stop in stops), default=0)
    return "day" if longest == 0 else "week" if longest < 7 else "month" if longest < 31 else "year"


def label(stop: Stop) -> str:
    """Return a stop in words: 13 September 2022, week of 12 September 2022, September 2022, 2022."""
    unit = unit_of([stop])
    if unit == "day":
        return spell(stop.since)
    if unit == "week":
        return f"week of {spell(stop.since)}"
    return f"{stop.since:%B} {stop.since.year}" if unit == "month" else str(stop.since.year)
