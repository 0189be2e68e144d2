"""Read a date as front matter, a web page or a user gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from corpus import timex
from corpus.records import Timex
from corpus.timex.calendar import EARLIEST, LATEST, interval_of, valid
from geodata.text import Text

FindTimexes = Callable[..., Sequence[Timex]]  # of a text, and of the language it is in

# As programs write a day: 2022-09-14, 2022/9/14, 20220914, 20220914101500.
_DIGITS = re.compile(r"\A\s*+(\d{4})(?:([-/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d)(?:\d{4}|\d{6})?)(?!\d)")
_DASHED = re.compile(r"(?<=\d)(?:\. ?|-)(?=[^\W\d])|(?<=[^\W\d])-(?=\d)")  # "14-Sep-2022", "14. September 2022"


def find_undated(text: Text | str, *, language: str | None = None) -> Sequence[Timex]:
    """Find the time expressions of a text that has no day of publication."""
    return timex.find_timexes(text, anchor=None, language=language)


def date_problem(written: str) -> str:
    """Say what is wrong with a date that front matter or a user gives; "" where it can be read."""
    if read_date(written)[0]:
        return ""
    return f"its date {written[:60]!r} is no day of the years {EARLIEST} to {LATEST}: write it like 2022-09-14"


def read_date(written: str) -> tuple[date, date] | tuple[None, None]:
    """Read a day, or a whole month, in any of the ways that people and programs write it; a bare year is no date."""
    since, until, granularity = interval_of(written.strip())
    if digits := _DIGITS.match(written):
        year, _, *rest = digits.groups()
        day = valid(int(year), *(int(part) for part in rest if part))
        since, until, granularity = day, day, "day"
    elif seconds := re.fullmatch(r"(\d{9,10})(?:\d{3})?", written.strip()):
        since = until = (datetime(1970, 1, 1) + timedelta(seconds=int(seconds[1]))).date()
    elif granularity not in ("day", "month"):
        found = find_undated(_DASHED.sub(" ", written))
        days = [t for t in found if t.granularity in ("day", "month")]
        since, until = (days[0].since, days[0].until) if days else (None, None)
    if since and until and EARLIEST <= since.year <= until.year <= LATEST:
        return since, until
    return None, None
