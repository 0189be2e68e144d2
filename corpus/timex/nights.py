"""Read nights that two days share: "overnight into Sunday", "the night from Saturday to Sunday"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from corpus.timex import calendar as cal
from corpus.timex import dates
from corpus.timex.clock import Clock, Meaning
from corpus.timex.grammar import Found

AHEAD = 8  # words of "(overnight) into the early hours of September 13, 2022"


def night_into(found: Found, clock: Clock) -> Meaning | None:
    """Read a night by both of its days; where only the second is named, it began on the day before."""
    days = list(_days(found, found.last, clock))
    is_apart = not days  # the shape ends before the day: "overnight (into Sunday)"
    if is_apart:
        days = list(_days(found, found.last + AHEAD, clock))[:1]
    if not days or days[-1] is None or is_apart != (clock.ranges == "none"):
        return None
    first, last = cal.shift(days[-1], -1, "D"), days[-1]
    if len(days) > 1 and (days[0] is None or days[0].isoweekday() != first.isoweekday()):
        return None  # "from Friday night to Sunday"
    basis = f"the night that ends on {cal.spoken(last)}"
    return Meaning(f"{first}TNI" if is_apart else f"{first}/{last}", basis)


def _days(found: Found, until: int, clock: Clock) -> Iterator[date | None]:
    tokens, i = found.tokens, found.first
    shape = tokens.grammar.ahead["night_day"]
    while i < until:
        m = shape.match(tokens.symbols, i, until)
        if m:
            meaning = dates.calendar(Found(tokens, i, m.end(), "calendar"), clock)
            yield cal.interval_of(meaning.value)[0] if meaning else None
        i = m.end() if m else i + 1
