"""Read times by what they stand beside: "the day before the vote", "two days after 13 September", "the week before"."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex import dates
from corpus.timex.clock import Clock, Meaning, counted
from corpus.timex.grammar import Found

# After one of these no event is named that "the day before" would count from.
_CLOSED = {
    "comma",
    "dot",
    "stop",
    "colon",
    "close",
    "dash",
    "apostrophe",
    "link",
    "behind",
    "ahead",
    "dating",
    "clock_at",
}


def beside(found: Found, clock: Clock) -> Meaning | None:
    """Read "the day before" from the date it stands at, else, where no event follows, from the last one named.

    An event that the text does not date gives no date.
    """
    unit, side = str(found.value("unit")), int(found.value("side") or 0)
    if unit not in cal.UNITS:
        return None
    base, name = clock.base(there=True)
    if found.word("day_word"):  # "the day before yesterday"
        base, name = clock.base()
        side += int(found.value("day_word") or 0)
    elif found.step is not None:  # "the week before last"
        base, name = clock.base()
        side += found.step
    elif beside_day := day_beside(found, clock):
        base, name = beside_day
    elif _event_follows(found):
        return Meaning(counted(found, None, "", unit).value, "counted from an event that the text does not date")
    return counted(found, cal.shift(base, side, unit) if base else None, name, unit)


def day_beside(found: Found, clock: Clock) -> tuple[date, str] | None:
    """Return the day written right after an expression, and its name: "(two days after) September 13"."""
    tokens = found.tokens
    m = tokens.grammar.ahead["counts_from"].match(tokens.symbols, found.last)
    if not m:
        return None
    other = Found(tokens, found.last, m.end(), "calendar")
    meaning = dates.calendar(other, clock)
    day, _, granularity = cal.interval_of(meaning.value) if meaning else cal.NOWHEN
    return (day, f"'{other.text}', {cal.spoken(day)}") if day and granularity == "day" else None


def _event_follows(found: Found) -> bool:
    word = found.tokens.word(found.last)
    return bool(word) and word[0] != "\n" and not found.tokens.classes(found.last) & _CLOSED
