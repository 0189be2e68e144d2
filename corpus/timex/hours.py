"""Read parts of the day and the hours of the clock."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning
from corpus.timex.grammar import Found


def time_of_day(found: Found) -> str:
    """Return TMO, TAF, TEV, TNI or the clock as TIMEX3 writes it, "" where none is named."""
    if part := found.value("daypart") or found.value("moment"):
        return "TNI" if found.word("tonight") else str(part)
    if found.word("tonight"):
        return "TNI"
    half = found.value("ampm")  # 0 or 12
    if written := found.word("clocktime"):
        hour, minute = (int(n) for n in written.split(":")[:2])
    elif marks := found.all("ampm") or found.all("oclock"):
        places = [i for i in found.all("hour") + found.all("count") if i < marks[0]]
        if not places:
            return ""
        word = found.tokens.word(places[-1])  # next to "a.m.", not the day of the month
        hour, minute = int(word) if word.isdecimal() else int(found.tokens.grammar.values["count"][word]), 0
    else:
        return ""
    if half is not None:
        hour = hour % 12 + int(half)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else ""


def part_of_day(found: Found, clock: Clock, time: str) -> Meaning | None:
    """Read a time of day without its day: "this morning", "the night", "at 6 p.m."."""
    step, tokens = found.step, found.tokens
    article = bool(found.all("article"))
    if "of" in tokens.classes(found.last) and tokens.classes(found.last + 1) & {"day", "month"}:
        return None  # "the night of Sept. 13-14": both days are read as one period
    if found.word("twilight"):  # "at the dawn of"
        return None
    if found.word("daypart") and step is None and not article and not found.word("overnight"):
        return Meaning("XXXX-XX-XX" + time, "no date to count from") if clock.narrative else None
    bare = found.is_single and found.word("clocktime")
    if bare and not tokens.classes(found.first - 1) & {"dating", "clock_at", "link"}:
        return None  # a score, a verse, a ratio
    of_clock = any(found.word(name) for name in ("clocktime", "ampm", "oclock", "moment"))
    goes_on = step is None and of_clock and clock.has_day(found)  # "On Friday it began; at 10 p.m. it was over"
    base, name = clock.base(there=goes_on or found.value("step_there") is not None or (article and step != 0))
    if base is None:
        return Meaning("XXXX-XX-XX" + time, "no date to count from")
    return Meaning(cal.shift(base, step or 0, "D").isoformat() + time, f"'{found.text}' counted from {name}")
