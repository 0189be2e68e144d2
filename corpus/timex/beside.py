"""Read times by what they stand beside: "the day before the vote", "two days after 13 September", "the week before"."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex import dates
from corpus.timex.clock import Clock, Meaning, counted, past_verb, sentence_ends
from corpus.timex.events import event_at, event_day
from corpus.timex.grammar import Found
from corpus.timex.hours import time_of_day

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
CLAUSE = 16  # words of a clause in which its day is looked for
_CLAUSE_ENDS = {"comma", "colon", "before_it", "after_it", "since", "until"}
NO_DAY = "counted from an event that the text does not date"


def beside(found: Found, clock: Clock) -> Meaning | None:
    """Read "the day before" from the date or the event it stands at, else, where none follows, from the last one named.

    An event that the text does not date gives no date.
    """
    unit, side, time = str(found.value("unit") or "D"), int(found.value("side") or 0), time_of_day(found)
    is_eve = bool(found.word("side") == "eve")
    if unit not in cal.UNITS:
        return None
    base, name = clock.base(there=True)
    if found.word("day_word"):  # "the day before yesterday"
        base, name = clock.base()
        side += int(found.value("day_word") or 0)
    elif found.step is not None:  # "the week before last"
        base, name = clock.base()
        side += found.step
    elif named := named_day(found, found.last + is_eve, clock):
        base, name = named
    elif is_eve and event_at(found, found.last + 1) is None:
        return None
    elif is_eve or _event_follows(found):
        return Meaning(counted(found, None, "", unit).value + time, NO_DAY)
    day = counted(found, cal.shift(base, side, unit) if base else None, name, unit)
    return Meaning(day.value + time, day.basis)


def named_day(found: Found, at: int, clock: Clock) -> tuple[date, str] | None:
    """Return the day that is named from token `at` on, or of the event that is named there, and its name.

    "(Two days after) September 13", "(two days before) the vote of May 4", and "the vote" that the text dated before.
    """
    if day := day_at(found, at, clock):
        return day
    head = event_at(found, at)
    if head is None:
        return _day_of_clause(found, at, clock)
    behind = head + 1
    while found.tokens.classes(behind) & {"comma", "held"} and behind <= head + 3:
        behind += 1
    return (day_at(found, behind, clock) if behind > head + 1 else None) or event_day(found, at, clock)


def _day_of_clause(found: Found, at: int, clock: Clock) -> tuple[date, str] | None:
    """Return the day that ends a clause: "(a day after) gunmen stormed the clinic on Friday"."""
    tokens, told = found.tokens, False
    for i in range(at, at + CLAUSE):
        if "of_clause" in tokens.grammar.ahead and told and (day := day_at(found, i, clock, "of_clause")):
            return day
        told = told or past_verb(found, i)
        if sentence_ends(found, i) or tokens.classes(i) & _CLAUSE_ENDS:
            break
    return None


def day_at(found: Found, at: int, clock: Clock, shape: str = "counts_from") -> tuple[date, str] | None:
    """Return the day that is written from token `at` on, and its name."""
    tokens = found.tokens
    m = tokens.grammar.ahead[shape].match(tokens.symbols, at)
    if not m:
        return None
    other = Found(tokens, at, m.end(), "calendar")
    meaning = dates.calendar(other, clock)
    day, _, granularity = cal.interval_of(meaning.value) if meaning else cal.NOWHEN
    return (day, f"'{other.text}', {cal.spoken(day)}") if day and granularity == "day" else None


def _event_follows(found: Found) -> bool:
    tokens, word = found.tokens, found.tokens.word(found.last)
    if not word or word[0] == "\n" or tokens.classes(found.last) & _CLOSED:
        return False
    # "The month before he had been in Paris": what had been is told from here, and is no event to count from.
    is_told = "persons" in tokens.classes(found.last) and "had" in tokens.classes(found.last + 1)
    return not is_told
