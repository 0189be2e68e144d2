"""Read weekdays: the last one or the next, one of a list, of a week that is named, some weeks away."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.amounts import number_of
from corpus.timex.clock import Clock, Meaning, counted, direction, sentence_ends, verb_behind
from corpus.timex.grammar import Found
from corpus.timex.namesakes import is_part_of_name

WEEK = 7
JUST_PAST = 2  # days after a vote in which news still tells of what came ahead of it
_LISTED = frozenset({"weekday", "link", "comma", "daypart", "part", "on_word"})


def weekday(found: Found, clock: Clock) -> Meaning | None:
    """Read "Tuesday", "last Friday", "Monday last week"."""
    number = int(found.value("weekday") or 0)
    if found.is_single and found.word("doubtful_weekday") and not found.before("weekday_at"):
        return None  # Russian Wednesday is also an environment
    if is_part_of_name(found):
        return None
    week = _week(found)
    base, name = clock.base(there=week is not None and week.value("step_there") is not None)
    if not base:
        return Meaning(f"XXXX-WXX-{number}", "no publication date to count from")
    if week is not None:
        away = number - base.isoweekday() + WEEK * (week.step or 0)
    else:
        away = _away(found, clock, number, base.isoweekday())
        if direction(found) > 0 and clock.day and clock.day >= base and _follows_weekday(found):
            # "on Friday and Monday": the second of a list is the first one after the first
            away = (clock.day - base).days + ((number - clock.day.isoweekday()) % WEEK or WEEK)
    return counted(found, cal.shift(base, away, "D"), name)


def weeks_from(found: Found, clock: Clock) -> Meaning | None:
    """Read "a week ago Tuesday", "two Sundays ago", "the Friday before last", "last Friday week"."""
    values = found.tokens.grammar.values
    number = int(found.value("weekday") or values["weekdays"].get(found.word("weekdays"), 0))
    base, name = clock.base()
    if not base:
        return Meaning(f"XXXX-WXX-{number}", "no publication date to count from")
    plural, last = bool(found.word("weekdays")), found.value("step") == -1
    side, ago = found.value("side"), bool(found.word("ago"))
    weeks = number_of(found) or (2 if found.word("couple") else 1)
    if plural or (ago and found.tokens.word(found.all("weekday")[0] - 1) != "on"):
        back = ago
    elif ago:  # "a week ago on Saturday": the one nearest to that day
        near = (number - base.isoweekday() + 3) % WEEK - 3
        return counted(found, cal.shift(base, near - WEEK * weeks, "D"), name)
    else:
        back = last if side is None else int(side) < 0
    ahead = (number - base.isoweekday()) % WEEK
    if back:
        first = ahead - WEEK if ahead or plural or last or side else 0
        days = first - WEEK * (weeks - plural)
    else:
        days = (ahead or WEEK) + WEEK * (weeks - plural)
    return counted(found, cal.shift(base, days, "D"), name)


def parts_ago(found: Found, clock: Clock) -> Meaning | None:
    """Read "two nights ago"."""
    base, name = clock.base()
    days, part = number_of(found), str(found.value("dayparts"))
    if days is None or base is None:
        return Meaning("PAST_REF", "without a date")
    day = counted(found, cal.shift(base, -days, "D"), name)
    return Meaning(day.value + part, day.basis)


def _away(found: Found, clock: Clock, number: int, today: int) -> int:
    """Return how many days from today the weekday lies: by "last" and "next", else by tense."""
    ahead, step = (number - today) % WEEK, found.value("step")
    back = ahead - WEEK if ahead else 0
    if step == -1:  # nobody calls yesterday last Thursday
        return ahead - WEEK * (2 if ahead == WEEK - 1 else 1)
    if step == 1:
        return ahead or WEEK
    tense = direction(found)
    if step == 0:
        return back if tense < 0 else ahead
    if not clock.narrative and (tense > 0 or (back < -JUST_PAST and _is_awaited(found))):
        return ahead
    shape = found.tokens.grammar.ahead.get("next_weekday")
    listed = shape.match(found.tokens.symbols, found.last) if shape else None
    if not listed or any(sentence_ends(found, i) for i in range(found.last, listed.end() - 1)):
        return back
    # "on Thursday and Friday", written on a Thursday: the last Thursday before that Friday
    other = Found(found.tokens, listed.end() - 1, listed.end(), found.meaning)
    if verb_behind(other) > 0:
        return back  # "spoke on Thursday, and on Friday they will leave"
    last = int(other.value("weekday") or 0)
    return _away(other, clock, last, today) - (last - number) % WEEK


def _is_awaited(found: Found) -> bool:
    """Tell "ahead of Sunday's vote" from "after Sunday's vote"."""
    for i in range(found.first - 1, found.first - 6, -1):
        if sentence_ends(found, i) or "comma" in found.tokens.classes(i):
            return False
        if found.tokens.word(i) == "ahead of":
            return True
    return False


def _follows_weekday(found: Found) -> bool:
    tokens, i = found.tokens, found.first - 1
    joined = False
    while tokens.classes(i) & (_LISTED - {"weekday"}) and not sentence_ends(found, i):
        joined = joined or bool(tokens.classes(i) & {"link", "comma"})
        i -= 1
    return joined and "weekday" in tokens.classes(i)


def _week(found: Found) -> Found | None:
    """Return the week that a weekday is said to be of: "Monday last week", "last week, on Tuesday and Friday"."""
    tokens = found.tokens
    if found.word("unit"):
        return found
    if found.step is not None:
        return None
    shape = tokens.grammar.ahead.get("of_week")
    behind = shape.match(tokens.symbols, found.last) if shape else None
    if behind and not any(sentence_ends(found, i) for i in range(found.last, behind.end() - 1)):
        week = Found(tokens, behind.end() - 2, behind.end(), found.meaning)
        return None if week.is_possessive else week
    i = found.first - 1
    while tokens.classes(i) & _LISTED and not sentence_ends(found, i):
        i -= 1
    led = tokens.classes(i + 1) & {"on_word", "weekday"} or "on_word" in tokens.classes(i + 2)
    week = Found(tokens, max(i - 1, 0), i + 1, found.meaning)
    return week if i > 0 and led and tokens.word(i) == "week" and week.step is not None else None
