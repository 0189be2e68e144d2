"""Read years of two figures beside a month: "07-Oct-20", "23 Aug 88 (EFE)", "May '45", "FY23"."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning
from corpus.timex.grammar import Found
from corpus.timex.years import own_year, whole_year

_GOES_ON = {"counted", "units", "unit", "count", "percent", "hour", "month", "ampm", "oclock", "number"}


def short_year(found: Found, clock: Clock) -> Meaning | None:
    """Read a date or a fiscal year whose year may have two figures."""
    tokens, year = found.tokens, own_year(found)
    if year is None:
        if not _ends_here(found):
            return None
        year = whole_year(int(tokens.word(found.last - 1)), clock)
    if tokens.word(found.first) == "fy":
        return Meaning(f"{year:04d}", "explicit; a fiscal year, taken as the calendar year")
    month = int(found.value("month") or 0)
    if not found.all("day") or found.all("day")[0] > found.all("month")[0]:
        return Meaning(f"{year:04d}-{month:02d}")
    day = cal.valid(year, month, int(tokens.word(found.first)))
    return Meaning(day.isoformat()) if day else None


def end_of_period(found: Found, clock: Clock) -> Meaning | None:
    """Read "60" of "1957-60" where the ends of a period are kept apart."""
    tokens = found.tokens
    first, last = tokens.word(found.first - 2), tokens.word(found.first)
    if clock.ranges != "none" or len(last) != 2 or last <= first[2:] or "dash" in tokens.classes(found.last):
        return None
    return Meaning(first[:2] + last, f"the end of the period that begins in {first}")


def _ends_here(found: Found) -> bool:
    """Tell the year of "07 Oct 20" from the number of "7 Oct 20 people died" and "7 Oct 12 were killed"."""
    tokens, after = found.tokens, found.tokens.classes(found.last)
    if found.all("dash") or found.all("apostrophe") or tokens.word(found.first) == "fy":
        return not after & {"counted", "percent"}
    if tokens.word(found.last) in ("were", "are", "have", "more", "others"):
        return False
    if after & _GOES_ON:
        return False
    word = tokens.words[found.last] if found.last < len(tokens.words) else ""
    return not (word.isalpha() and word.islower() and word.endswith("s") and len(word) > 3)
