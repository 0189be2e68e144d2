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
    if written := found.word("clockword"):  # "7.30pm"
        hour, minute = _figures(written[:-2])
        half = 12 * (written[-2] == "p")
    elif written := found.word("clocktime"):
        hour, minute = _figures(written)
    elif figures := four_figures(found):
        hour, minute = int(figures[:2]), int(figures[2:])
    elif marks := found.all("ampm") or found.all("oclock"):
        places = [i for i in found.all("number") + found.all("count") if i < marks[0]]
        if not places:
            return ""
        word = found.tokens.word(places[-1])  # next to "a.m.", not the day of the month
        hour, minute = _figures(word) if word[0].isdecimal() else (int(found.tokens.grammar.values["count"][word]), 0)
    else:
        return ""
    if hour > 24:
        return ""
    if half is not None:
        hour = hour % 12 + int(half)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else ""


def _figures(written: str) -> tuple[int, int]:
    """Return the hour and minute of "7", "7:30", "7.30"; 99 for what is no hour."""
    hour, _, rest = written.replace(".", ":").partition(":")
    minute = rest.partition(":")[0]
    return (int(hour), int(minute or 0)) if hour.isdecimal() and len(minute) in (0, 2) else (99, 0)


def four_figures(found: Found) -> str:
    """Return the hour of "1500 GMT" and "at 0700 hours"."""
    follows = found.all("zone") or found.all("units")
    word = found.tokens.word(follows[0] - 1) if follows and follows[0] > found.first else ""
    return word if len(word) == 4 and word.isdecimal() else ""


def part_of_day(found: Found, clock: Clock, time: str) -> Meaning | None:
    """Read a time of day without its day: "this morning", "the night", "at 6 p.m."."""
    step, tokens = found.step, found.tokens
    article = bool(found.all("article"))
    joined = tokens.classes(found.last) & {"of", "between"} or tokens.word(found.last) == "from"
    if joined and tokens.classes(found.last + 1) & {"day", "month"}:
        return None  # "the night of Sept. 13-14": both days are read as one period
    if found.word("twilight"):  # "at the dawn of"
        return None
    if found.word("daypart") and step is None and not article and not found.word("overnight"):
        return Meaning("XXXX-XX-XX" + time, "no date to count from") if clock.narrative else None
    bare = found.is_single and found.word("clocktime")
    if bare and not tokens.classes(found.first - 1) & {"dating", "clock_at", "link"}:
        return None  # a score, a verse, a ratio
    of_clock = any(found.word(name) for name in ("clocktime", "clockword", "ampm", "oclock", "moment", "zone"))
    goes_on = step is None and of_clock and clock.has_day(found)  # "On Friday it began; at 10 p.m. it was over"
    base, name = clock.base(there=goes_on or found.value("step_there") is not None or (article and step != 0))
    if base is None:
        return Meaning("XXXX-XX-XX" + time, "no date to count from")
    return Meaning(cal.shift(base, step or 0, "D").isoformat() + time, f"'{found.text}' counted from {name}")
