"""Choose the year of a month or day that names none: by "last", "that" and "next", by tense, by nearness."""

from __future__ import annotations

from datetime import date

from corpus.timex import calendar as cal
from corpus.timex.clock import (
    LOOK_AHEAD,
    LOOK_BACK,
    Clock,
    Meaning,
    direction,
    past_verb,
    sentence_ends,
    tells_of_earlier,
    verb_behind,
)
from corpus.timex.figures import dated
from corpus.timex.grammar import Found

AGAINST_TENSE = 5  # a date on the wrong side of publication counts as this much further away
SOON = 3  # days: nobody leaves the year out of what was nearly a year ago
AGAINST_CLEAR_TENSE = 1000  # where the tense leaves no doubt: "was closed in June", "is due in June"


def following_year(found: Found, clock: Clock, month: int) -> int | None:
    """Return the year of "that December", "the following March", "the previous May", from the last date named."""
    last, step = clock.last, found.value("step_there")
    if last is None or step is None:
        return None
    if clock.by_year:
        return last.year + int(step)
    if step == -1:
        return last.year - (month >= last.month)
    return last.year + (month < last.month if step == 0 else month <= last.month)


def nearest(found: Found, clock: Clock, month: int, day: int | None) -> Meaning | None:
    """Choose the year for a date in news: the nearest to publication, by tense, weekday, "last" and "next"."""
    assert clock.anchor
    anchor, since, step = clock.anchor, "publication on ", found.step
    tense = step or direction(found)
    if tense < 0 and clock.last and clock.last < anchor and tells_of_earlier(found):
        anchor, since, step = clock.last, "", -1  # "he recalled that they had met in January"
    clear = bool(tense) and _is_clear(found, tense)
    years = [y for y in range(anchor.year - 6, anchor.year + 5) if cal.valid(y, month, day or 1)]
    weekday = found.value("weekday") or found.value("weekday_short")
    if weekday and day:
        years = [y for y in years if date(y, month, day).isoweekday() == weekday]

    lean = 1 if found.meaning == "weekday_of_month" else -1  # "the last Sunday in March is a holiday"

    def distance(year: int) -> float:
        first, last = (date(year, month, day),) * 2 if day else cal.months(year, month)
        gap = (first - anchor).days if first > anchor else min((last - anchor).days, 0)
        if step:  # "last March" is over, "next March" has not begun
            return abs(gap) if gap * step > 0 else float("inf")
        if gap * (tense or lean) >= 0:  # without a verb, news tells of what has been
            return abs(gap)
        return abs(gap) * (AGAINST_CLEAR_TENSE if clear and not (day and 0 < gap <= SOON) else AGAINST_TENSE)

    if clock.last and _ends_range(found) and clock.in_sentence(found):
        began = clock.last  # "between 11 June and 20 September"
        years = [y for y in years if cal.months(y, month)[1] >= began and (not day or date(y, month, day) >= began)][:1]
    if not years:
        return None
    year = min(years, key=distance)
    given = (year, month, day) if day else (year, month)
    told = (anchor.year, anchor.month, anchor.day)[: len(given)]
    side = "the one of" if given == told else "the last one before" if given < told else "the next one after"
    return dated(year, month, day, f"'{found.text}': {side} {since}{cal.spoken(anchor)}")


def _ends_range(found: Found) -> bool:
    """Say whether a date is the second of "between ... and ...", "from ... to ..."."""
    tokens, at = found.tokens, found.first - 1
    if "link" not in tokens.classes(at):
        return False
    near = range(at - 1, at - 6, -1)
    led = next((i for i in near if tokens.word(i) in ("between", "from") or sentence_ends(found, i)), -1)
    return (
        led >= 0
        and tokens.word(led) in ("between", "from")
        and any("month" in tokens.classes(i) for i in range(led, at))
    )


def _is_clear(found: Found, tense: int) -> bool:
    """Tell "was closed in June" from "agreed to close in June" and "announced a vote in June"."""
    tokens = found.tokens
    if tense < 0 and (tokens.word(found.first - 1) not in _PAST_AT or _is_of_plan(found)):
        return False
    if tense < 0 and _is_what_happened(found):
        return True
    for i in range(found.first - 1, found.first - 1 - LOOK_BACK, -1):
        if sentence_ends(found, i) or (tense < 0 and tokens.classes(i) & {"to", "foretelling"}):
            return False
        if tense > 0 and "foretelling" in tokens.classes(i) and "is_now" in tokens.classes(i - 1):
            return True  # "are planned for May"
        if tense > 0 and tokens.classes(i) & {"surely_ahead"}:
            was = any("was_ahead" in tokens.classes(j) for j in (i - 1, i - 2))
            return not (was or verb_behind(found) < 0)  # "due on May 3, was put off"
        if tense < 0 and past_verb(found, i):
            return "is_now" not in tokens.classes(i - 1)  # "when the case is heard in May"
    return False


def _is_what_happened(found: Found) -> bool:
    """Say whether a date is that of what is told: "an attack on Dec. 24 killed", "On Dec. 24 nine died"."""
    tokens, at = found.tokens, found.first - 2
    if "event" in tokens.classes(at) and "plan" not in tokens.classes(at) and past_verb(found, found.last):
        return True
    if not sentence_ends(found, at):
        return False
    for i in range(found.last, found.last + LOOK_AHEAD):
        if sentence_ends(found, i) or "ahead" in tokens.classes(i):
            return False
        if past_verb(found, i):
            return not any(tokens.classes(j) & {"foretelling", "to"} for j in (i, i + 1, i + 2))
    return False


def _is_of_plan(found: Found) -> bool:
    """Tell "banned a march on Nov. 7" from "held a march" and "was killed in a march on Nov. 7"."""
    tokens = found.tokens
    head = next((i for i in range(found.first - 2, found.first - 6, -1) if "plan" in tokens.classes(i)), None)
    if head is None or any(past_verb(found, i) or sentence_ends(found, i) for i in range(head, found.first)):
        return False
    for i in range(head - 1, head - 5, -1):
        if sentence_ends(found, i) or tokens.classes(i) & {"plan_at", "took_part"}:
            return False
        if past_verb(found, i) or tokens.classes(i) & {"before_it", "of", "to"} or tokens.word(i) == "for":
            return True
    return False


_PAST_AT = ("in", "on", "during", "since", "between", "from")
