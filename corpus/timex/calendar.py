"""TIMEX3 values and the days they cover: "2022-09" is 1 to 30 September 2022."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from corpus.records import Granularity

UNITS = ("D", "W", "WE", "M", "Q", "H", "Y", "E", "C")  # of days and more
EARLIEST, LATEST = 1000, 2100  # years that get an interval; all that news and its background need

Interval = tuple[date | None, date | None, Granularity]
NOWHEN: Interval = (None, None, "")

# Northern seasons by whole months; winter is named after the year it begins in.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\w:.+-]*)?)?"
    r"|-W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)


def interval_of(value: str) -> Interval:
    """Return the first and last day a TIMEX3 value covers and its granularity; `NOWHEN` where it covers no days.

    Durations, sets, PRESENT_REF and its kin, underspecified values and years outside 1000-2100 cover none.
    """
    first, slash, second = value.partition("/")
    if slash:
        since, until = interval_of(first)[0], interval_of(second)[1]
        return (since, until, "period") if since and until and since <= until else NOWHEN
    found = _VALUE.fullmatch(value)
    if not found:
        return NOWHEN
    try:
        since, until, granularity = _days(found)
    except ValueError:  # 30 February, week 54
        return NOWHEN
    return (since, until, granularity) if since.year >= EARLIEST and until.year <= LATEST else NOWHEN


def _days(found: re.Match[str]) -> tuple[date, date, Granularity]:
    if found["century"]:
        start = int(found["century"]) * 100
        return date(start, 1, 1), date(start + 99, 12, 31), "century"
    if found["decade"]:
        start = int(found["decade"]) * 10
        return date(start, 1, 1), date(start + 9, 12, 31), "decade"
    year = int(found["year"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day, "day"
    if found["month"]:
        return *months(year, int(found["month"])), "month"
    if found["week"]:
        week = int(found["week"])
        if found["weekday"] == "WE":
            return date.fromisocalendar(year, week, 6), date.fromisocalendar(year, week, 7), "day"
        if found["weekday"]:
            day = date.fromisocalendar(year, week, int(found["weekday"]))
            return day, day, "day"
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7), "week"
    if found["quarter"]:
        return *months(year, int(found["quarter"]) * 3 - 2, 3), "quarter"
    if found["half"]:
        return *months(year, int(found["half"]) * 6 - 5, 6), "period"
    if found["season"]:
        return *months(year, SEASONS[found["season"]], 3), "season"
    return date(year, 1, 1), date(year, 12, 31), "year"


def valid(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """Return the first and last day of `count` months from `month` on."""
    last = year * 12 + month - 1 + count - 1
    end_year, end_month = last // 12, last % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def shift(day: date, number: int, unit: str) -> date:
    """Return the day `number` units (D, W, WE, M, Q, Y, E for decades, C for centuries) away; the month's end is kept.

    Raises OverflowError or ValueError outside the calendar.
    """
    if unit in ("D", "W", "WE"):
        return day + timedelta(days=number * (1 if unit == "D" else 7))
    total = day.year * 12 + day.month - 1 + number * {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}[unit]
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def value_of(day: date, unit: str) -> str:
    """Write the day, week, weekend, month, quarter, half, year, decade or century that holds `day` as TIMEX3."""
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04d}-H{(day.month + 5) // 6}"
    return f"{day.year:04d}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


# As the reader is told them, whatever the locale and the language of the article.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken(day: date) -> str:
    """Write a day for the reader: 13 September 2022."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
