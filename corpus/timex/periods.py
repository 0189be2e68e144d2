"""Read quarters and halves of a year, the year before and the year's end, as business news counts; and centuries."""

from __future__ import annotations

import re

from corpus.timex import calendar as cal
from corpus.timex.beside import day_at
from corpus.timex.clock import Clock, Meaning, counted, direction, year_text
from corpus.timex.grammar import Found
from corpus.timex.years import own_year

_PART_OF_YEAR = re.compile(r"(\d{4})-(Q\d|H\d|\d\d)")


def ordinal_period(found: Found, clock: Clock) -> Meaning | None:
    """Read a century, a quarter or a half of a year by its number."""
    number = int(found.value("roman") or found.last_ordinal or 0)  # "the first half of the twentieth century"
    year = own_year(found)
    periods = found.tokens.grammar.values["period"]
    units = {str(periods[found.tokens.word(i)]) for i in found.all("period")}
    if "C" in units:
        if found.word("before_christ"):
            return Meaning(f"BC{number - 1:02d}")
        return Meaning(f"{number - 1:02d}") if 11 <= number <= 21 else None
    unit = "Q" if "Q" in units else "H"
    number = number or (4 if unit == "Q" else 2)  # "the last quarter of 2021"
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return None
    basis = "explicit"
    if year is None:
        if unit == "H" and not found.word("the_year"):
            return None
        base, name = clock.base()
        if not base:
            return Meaning(f"XXXX-{unit}{number}", "no publication date to count from")
        year, basis = base.year, f"'{found.text}' counted from {name}"
        begins = (number - 1) * (3 if unit == "Q" else 6) + 1
        if found.step is not None:
            year += found.step
        elif not clock.narrative and begins > base.month and direction(found) <= 0:
            year -= 1
    if found.word("fiscal"):
        basis += "; a fiscal year, taken as the calendar year"
    return Meaning(f"{year_text(year)}-{unit}{number}", basis)


def quarter(found: Found, clock: Clock) -> Meaning | None:
    """Read "the quarter" as the one named last, "the latest quarter" also as the last one that was over."""
    back = 1 if found.word("ago") else 0
    named = _PART_OF_YEAR.fullmatch(clock.named)
    if named and named[2][0] == "Q":
        year, basis = int(named[1]), f"'{found.text}' counted from {clock.named}, the last date named before it"
        return Meaning(f"{year - back:04d}-{named[2]}", basis)
    if clock.anchor is None or clock.narrative or not (back or found.word("latest")):
        return None
    over = cal.shift(clock.anchor, -1 - 4 * back, "Q")
    return Meaning(cal.value_of(over, "Q"), f"'{found.text}' counted from publication on {cal.spoken(clock.anchor)}")


def year_before(found: Found, clock: Clock) -> Meaning | None:
    """Read "a year earlier" as the part of the year named last, a year back; "the year-ago period" likewise.

    What a report sets beside "the third quarter" or "September" is the third quarter or September of the year before.
    """
    if clock.narrative:
        return None
    named = _PART_OF_YEAR.fullmatch(clock.named)
    if named and (named[2][0] in "QH" or not found.all("from_now")):
        value, name = f"{int(named[1]) - 1:04d}-{named[2]}", f"{clock.named}, the last date named before it"
        return Meaning(value, f"'{found.text}' counted from {name}")
    base, name = clock.base(there=not found.all("ago"))
    return Meaning(f"{base.year - 1:04d}", f"'{found.text}' counted from {name}") if base else None


def named_part(found: Found, clock: Clock) -> Meaning | None:
    """Read "Q2 2019", "H1 of 2021", "2021Q4"; without a year, what business news of the year means."""
    if written := found.word("part_of_year").upper():
        return Meaning(f"{written[:4]}-{written[4:]}")
    part, year, basis = str(found.value("quarter_name")), own_year(found), "explicit"
    if year is None:
        base, name = clock.base()
        if part[0] == "H" or not base or not found.before("dating"):
            return None
        begins = (int(part[1]) - 1) * 3 + 1
        year, basis = base.year - (begins > base.month and direction(found) <= 0), f"'{found.text}' counted from {name}"
    if found.word("fiscal"):
        basis += "; a fiscal year, taken as the calendar year"
    return Meaning(f"{year_text(year)}-{part}", basis)


def year_end(found: Found, clock: Clock) -> Meaning | None:
    """Read "year-end": of the year named with it, else of the year of publication."""
    year, basis = own_year(found), "explicit"
    if year is None:
        base, name = clock.base()
        if base is None:
            return Meaning("XXXX", "no publication date to count from")
        # "at year-end" in the first months of a year, of what has been
        over = not clock.narrative and base.month <= 3 and direction(found) < 0
        year, basis = base.year - over, f"'{found.text}' counted from {name}"
    return Meaning(f"{year:04d}", basis)


def ended(found: Found, clock: Clock) -> Meaning | None:
    """Read "the quarter" of "the quarter ended Sept. 30": the one that holds the day."""
    unit, tokens = str(found.value("unit")), found.tokens
    if unit not in cal.UNITS:
        return None
    named = day_at(found, found.last + ("that" in tokens.classes(found.last)) + 1, clock)
    return counted(found, *named, unit) if named else None
