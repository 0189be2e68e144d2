"""Remember on which day what happens is said to happen, and find it where "two days before the vote" counts from it."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, past_verb, sentence_ends
from corpus.timex.grammar import Found, Tokens

LEFT, RIGHT = 9, 6  # words between a date and the event that it dates, before and behind it
NEAR = 400  # days between an event and what an account of history counts from it
NAME = 5  # words up to the last of an event's name: "the first round of talks"


def note_event(meaning: Meaning, found: Found, clock: Clock) -> None:
    """Remember a day with the event that stands nearest to it in its sentence."""
    if meaning.value[4:5] != "-" or meaning.value[7:8] != "-" or found.meaning in ("beside", "away", "duration"):
        return  # no day, or one that is itself counted
    nearest = _event_beside(found)
    day = cal.interval_of(meaning.value[:10])[0] if nearest is not None else None
    if nearest is not None and day:
        clock.events[_name_of(found.tokens, nearest)] = day


def event_day(found: Found, at: int, clock: Clock) -> tuple[date, str] | None:
    """Return the day of the event that token `at` begins to name, and its name; None where the text dates none."""
    head = event_at(found, at)
    if head is None:
        return None
    day = clock.events.get(_name_of(found.tokens, head))
    if day and clock.narrative and clock.last and abs((clock.last - day).days) > NEAR:
        return None  # another battle of a long war
    return (day, f"the {found.tokens.word(head)} of {cal.spoken(day)}") if day else None


def event_at(found: Found, at: int) -> int | None:
    """Return the last word of the name of an event that begins with token `at`: "the first round of talks"."""
    tokens, head = found.tokens, None
    for i in range(at, at + NAME):
        if sentence_ends(found, i) and not _is_event(tokens, i):
            break
        if tokens.classes(i) & {"comma", "colon", "apostrophe", "persons"} or past_verb(found, i):
            break
        if _is_event(tokens, i):
            head = i
            break
    if head is None:
        return None
    while _is_event(tokens, head + 1) and not past_verb(found, head + 1):  # "the summit talks"
        head += 1
    return head if _is_whole(found, head + 1) else None


def _is_whole(found: Found, i: int) -> bool:
    """Tell "the vote" from "the vote count"."""
    tokens = found.tokens
    word = tokens.words[i] if i < len(tokens.words) else "."
    return not word.isalpha() or bool(tokens.classes(i)) or past_verb(found, i) or sentence_ends(found, i - 1)


def _event_beside(found: Found) -> int | None:
    tokens = found.tokens
    best: tuple[int, int] | None = None
    for step, reach in ((-1, LEFT), (1, RIGHT)):
        i = found.first - 1 if step < 0 else found.last
        for away in range(reach):
            at = i + step * away
            if (step < 0 and sentence_ends(found, at)) or tokens.classes(at) & {"year", "day", "weekday", "colon"}:
                break
            if _is_event(tokens, at) and not _is_of_another_day(found, at):
                best = min(best or (away, at), (away, at))
                break
            if sentence_ends(found, at):
                break
    return best[1] if best else None


def _is_of_another_day(found: Found, event: int) -> bool:
    """Say whether words before an event set it apart from the day of its sentence: "before the vote"."""
    for i in range(event - 1, event - NAME, -1):
        if sentence_ends(found, i):
            return False
        if found.tokens.classes(i) & {"before_it", "after_it", "since", "until", "about", "infinitive", "had"}:
            return True
    return False


def _is_event(tokens: Tokens, i: int) -> bool:
    classes = tokens.classes(i)
    return "event" in classes and "month" not in classes


def _name_of(tokens: Tokens, i: int) -> str:
    return str(tokens.grammar.values["event"][tokens.word(i)])
