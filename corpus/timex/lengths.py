"""Read expressions made of units: lengths of time, distances in time, how often, and words like "now"."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex.amounts import amount_of, length_of, number_of, unit_of
from corpus.timex.beside import named_day
from corpus.timex.clock import Clock, Meaning, counted, direction, year_text
from corpus.timex.grammar import Found

LENGTH = "a length of time, without a date"
NO_DATE = "without a date"
HOW_OFTEN = "how often, without a date"
_IN_A_DAY = {"TH": 24, "TM": 1440, "TS": 86400}
_REPEATED = {
    "often": "{}",
    "weekdays": "XXXX-WXX-{}",
    "weekday": "XXXX-WXX-{}",
    "month": "XXXX-{:02d}",
    "daypart": "XXXX-XX-XX{}",
}


def relative(found: Found, clock: Clock) -> Meaning | None:
    """Read a unit of the calendar by its place from a date: "last month", "the same day", "the end of the year"."""
    unit, step = str(found.value("unit")), found.step
    there = found.value("step") is None or bool(found.word("next") and found.word("the"))
    if step is None:  # "the end of the year", "the weekend"
        step = 0
        there = unit == "D" or clock.narrative or clock.in_sentence(found)
    if unit not in cal.UNITS or (found.word("past") and unit != "WE"):
        return None
    if found.value("step") == -1 and not clock.narrative:
        if unit == "E":  # in news "the last decade" is the past ten years
            return Meaning("P1DE", LENGTH)
        if unit == "D" and found.after("of"):  # "the last day of the talks"
            return None
    if unit == "WE" and found.step is None and clock.anchor and not clock.narrative:
        before = direction(found) < 0 and clock.anchor.isoweekday() < 6  # "over the weekend" in news of a Monday
        return counted(found, cal.shift(clock.anchor, -before, "W"), clock.base()[1], "WE")
    if unit == "Y" and clock.narrative and clock.year is not None:
        return Meaning(year_text(clock.year + step), f"'{found.text}' counted from {year_text(clock.year)}")
    base, name = clock.base(there=there)
    if unit == "D" and there and step > 0 and not clock.last:
        base = None  # "the next day", after a day that is not named
    return _shifted(found, base, name, step, unit)


def stretch(found: Found, clock: Clock) -> Meaning | None:
    """Read a length that ends or begins at the time spoken of: "the past two months", "the next few days"."""
    amount = amount_of(found)
    if amount is None:
        over = "lasting" in found.tokens.classes(found.first - 1)  # "for the next decade"
        amount = "X" if found.word("units") else "1" if found.word("past") or over else None
    value = length_of(amount, unit_of(found)) if amount else None
    days = _stretch_of(found, clock, unit_of(found)) if value else None
    basis = f"'{found.text}' counted from {clock.base()[1]}" if days else LENGTH
    return Meaning(value, basis, days=days) if value else None


def _stretch_of(found: Found, clock: Clock, unit: str) -> tuple[date, date] | None:
    """Return the days of "the past 24 hours" and "the next two weeks", which end or begin on the day of publication."""
    step, number = found.value("step"), number_of(found)
    number = 1 if number is None and not found.word("units") else number
    if not clock.anchor or clock.narrative or step not in (-1, 1) or number is None:
        return None
    if unit.startswith("T"):
        number, unit = -(-number // _IN_A_DAY[unit]), "D"
    if unit == "2W":
        number, unit = 2 * number, "W"
    if unit not in cal.UNITS:
        return None
    other = cal.shift(clock.anchor, int(step) * number, unit)
    return min(other, clock.anchor), max(other, clock.anchor)


def away(found: Found, clock: Clock) -> Meaning | None:
    """Read a time by its distance from a date: "two years ago", "three days later"."""
    sign = int(found.value("away") or 1)
    unit, amount = unit_of(found), amount_of(found)
    if amount is None and found.word("unit"):  # languages without an article: "a week ago"
        amount = "1"
    if amount in (None, "X") or unit.startswith("T"):
        return Meaning("PAST_REF" if sign < 0 else "FUTURE_REF", NO_DATE)
    number = int(float(str(amount)))
    if unit == "2W":
        number, unit = number * 2, "W"
    if unit == "Y" and clock.narrative and clock.year is not None and clock.year < 0:
        return Meaning(year_text(clock.year + sign * number), f"'{found.text}' counted from {year_text(clock.year)}")
    base, name = clock.base(there=not (found.word("from_now") or found.tokens.word(found.last - 1) == "time"))
    return _shifted(found, base, name, sign * number, unit)


def to_the_unit(found: Found, clock: Clock) -> Meaning | None:
    """Read "two years ago this week" as that week, "a year ago today" as that day."""
    base, name = clock.base()
    units, amount = sorted(found.all("unit") + found.all("units")), amount_of(found)
    values = found.tokens.grammar.values
    longer, *finer = (str({**values["unit"], **values["units"]}[found.tokens.word(i)]) for i in units)
    finer = finer or ["D"]
    if amount in (None, "X") or longer not in cal.UNITS or finer[0] not in cal.UNITS:
        return None
    day = cal.shift(base, -int(float(str(amount))), longer) if base else None
    return counted(found, day, name, finer[0])


def _shifted(found: Found, base: date | None, name: str, number: int, unit: str) -> Meaning | None:
    if unit not in cal.UNITS:
        return None
    return counted(found, cal.shift(base, number, unit) if base else None, name, unit)


def duration(found: Found, clock: Clock) -> Meaning | None:
    """Read a length of time: "six weeks", "a three-day battle", "years"."""
    unit, amount = unit_of(found), amount_of(found)
    if _is_age(found):
        return None
    if unit == "Q" and (found.word("unit") or "of" in found.tokens.classes(found.last)):  # three quarters of the troops
        return None
    if unit == "TS" and found.word("unit"):  # "a second vote"
        return None
    side = found.tokens.classes(found.last) & {"before_it", "after_it"}
    if side and amount not in (None, "X") and unit in cal.UNITS and (named := named_day(found, found.last + 1, clock)):
        # "two days after September 13", "two days after the vote"
        return _shifted(found, *named, int(float(str(amount))) * (1 if "after_it" in side else -1), unit)
    if amount is None:
        bare = found.word("units") and unit not in ("TS", "TM", "WE", "Q")
        amount = "X" if bare else "1" if found.word("long") else None
    value = length_of(amount, unit) if amount else None
    basis = f"{LENGTH}: '{found.tokens.words[found.last]}' something that the text does not date" if side else LENGTH
    return Meaning(value, basis) if value else None


def _is_age(found: Found) -> bool:
    """Tell "44 years old" and "a 44-year-old" from lengths of time."""
    after = [found.tokens.classes(i) for i in (found.last, found.last + 1)]
    return bool(found.all("old")) or "old" in after[0] or ("dash" in after[0] and "old" in after[1])


def often(found: Found, clock: Clock) -> Meaning | None:
    """Read how often something happens: "daily", "every Monday", "twice a year"."""
    for name, form in _REPEATED.items():
        value = found.value(name)
        if value is not None:
            return Meaning(form.format(value), HOW_OFTEN, is_set=True)
    times = found.word("times")  # "three times a year" is every year
    length = length_of((not times and amount_of(found)) or ("2" if found.word("other") else "1"), unit_of(found))
    return Meaning(length, HOW_OFTEN, is_set=True) if length else None


def reference(found: Found, clock: Clock) -> Meaning | None:
    """Read a word that points at the present, the past or the future."""
    tokens = found.tokens
    before, after = tokens.classes(found.first - 1), tokens.classes(found.last)
    if "most" in before:  # "the most recent" is an order, not a time
        return None
    if found.word("soon") and (clock.narrative or "as" in before or "after_word" in after):
        return None
    if found.is_single:
        if found.word("earlier") and (clock.narrative or not after & {"comma", "dot", "that"}):
            return None
        if found.word("former") and not (clock.narrative and "the" not in before):
            return None
        if found.word("needs_article"):
            return None
    return Meaning(str(found.value("reference") or "PRESENT_REF"), NO_DATE)
