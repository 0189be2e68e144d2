"""Read a day by its number alone: "on the 9th", "Friday the 29th"."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, direction
from corpus.timex.dates import shared_day
from corpus.timex.grammar import Found

MONTHS = 6  # to either side of publication in which a weekday has its number
# What a day alone may stand before; a noun makes an ordinal of it ("on the 9th floor").
_FOLLOWS = frozenset(
    {"he", "she", "they", "it", "we", "his", "its", "their", "the", "a", "an", "and", "but", "in", "at"}
)
_FOLLOWS |= {"to", "by", "with", "from", "when", "after", "before", "was", "were", "had", "has", "is", "are", "will"}


def day_alone(found: Found, clock: Clock) -> Meaning | None:
    """Read "on the 9th": the last such day before that which the text counts from, the next where it lies ahead."""
    if shared := shared_day(found, clock):
        return shared  # "on the 3rd and 4th of May"
    number = int(found.value("ordinal") or 0)
    weekday = int(found.value("weekday") or 0)
    following = found.tokens.words[found.last] if found.last < len(found.tokens.words) else ""
    if not 0 < number < 32 or not (weekday or not following.isalnum() or following in _FOLLOWS):
        return None
    base, name = clock.base(there=_tells_of_then(clock))
    if not base:
        return None
    near = (cal.valid(*_month(base, away), number) for away in range(-MONTHS, MONTHS + 1))
    days = [day for day in near if day and (not weekday or day.isoweekday() == weekday)]
    then = clock.narrative or _tells_of_then(clock)
    if then:
        days = [day for day in days if day >= base.replace(day=1)]
    ahead = then or direction(found) > 0
    if not weekday:
        days = [day for day in days if (day >= base if ahead else day <= base)] or days
    day = min(days, key=lambda day: abs((day - base).days), default=None)
    return Meaning(day.isoformat(), f"'{found.text}' counted from {name}") if day else None


def _tells_of_then(clock: Clock) -> bool:
    """Say whether a month long before publication is told of, whose days are meant: "in May 1940. On the 25th"."""
    return bool(clock.last and clock.month and clock.anchor and abs(clock.last.year - clock.anchor.year) > 1)


def _month(base: date, away: int) -> tuple[int, int]:
    month = base.year * 12 + base.month - 1 + away
    return month // 12, month % 12 + 1
