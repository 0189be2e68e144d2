"""Read dates named by their parts: weekday, day, month, season, year, part of the day, clock."""

from __future__ import annotations

import re
from datetime import date

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, counted, direction, year_text
from corpus.timex.figures import dated, iso, numeric
from corpus.timex.grammar import Found
from corpus.timex.holidays import holiday
from corpus.timex.hours import four_figures, part_of_day, time_of_day
from corpus.timex.namesakes import is_person
from corpus.timex.nearest_year import following_year, nearest
from corpus.timex.told_year import told_year
from corpus.timex.weekdays import weekday
from corpus.timex.years import decade, own_year, year_of

# A year that no rule takes for one, after a date: "1 January 0001", but not the troops of "on 5 May 3000 troops left".
_OTHER_YEAR = re.compile(r",? (0\d{3}|[2-9]\d{3}(?= ?(?:[.,;:!?)\n]|$)))(?![\w-]|[.,]\d)")


def calendar(found: Found, clock: Clock) -> Meaning | None:
    """Read a date by the most telling of its parts, and add the time of day."""
    if written := found.word("isodate"):
        return iso(written)
    if written := found.word("numericdate"):
        return numeric(written, clock)
    if found.word("decade") or found.word("shortdecade") or found.word("decade_word"):
        return decade(found)
    time = time_of_day(found)
    if time and clock.ranges != "none" and _goes_on(found):
        return None
    if four_figures(found) and found.before("open"):
        return None  # "10:35 a.m. (0735 GMT)" says one time twice
    for name, read in _READERS:
        if found.word(name) and not (name == "year" and four_figures(found)):
            meaning = read(found, clock)
            break
    else:
        return (_lent_day(found, clock, time) or part_of_day(found, clock, time)) if time else None
    if meaning and time and re.fullmatch(r"[\dX]{4}-[\dXW]{2,3}-[\dX]{1,2}", meaning.value):
        return Meaning(meaning.value + time, meaning.basis)
    return meaning


def _lent_day(found: Found, clock: Clock, time: str) -> Meaning | None:
    """Read "9 a.m." of "from 9 a.m. to 5 p.m. on Monday"."""
    shape = found.tokens.grammar.ahead.get("lends_day")
    whole = shape.match(found.tokens.symbols, found.last) if shape else None
    meaning = calendar(Found(found.tokens, found.last + 1, whole.end(), "calendar"), clock) if whole else None
    day = cal.interval_of(meaning.value)[0] if meaning else None
    return Meaning(f"{day}{time}", f"shares the day named after it: {meaning.basis}") if day and meaning else None


def _goes_on(found: Found) -> bool:
    """Say whether a second day follows: "the night of Sept. 13" of "the night of Sept. 13-14"."""
    tokens, last = found.tokens, found.last
    joined = tokens.classes(last) & {"dash", "slash"}
    ends = "day" in tokens.classes(last - 1) and joined and "day" in tokens.classes(last + 1)
    return bool(ends and found.all("month"))


def _day_number(found: Found) -> int | None:
    if days := found.all("day"):
        months = found.all("month") or days
        nearest = min(days, key=lambda i: abs(i - months[0]))  # "at 11 a.m. on 3 May"
        return int(re.sub(r"\D", "", found.tokens.word(nearest)))
    number = found.value("ordinal")  # "the Fourth of July"
    return None if number is None or number == 0 else int(number)


def _month(found: Found, clock: Clock) -> Meaning | None:
    month, day = int(found.value("month") or 0), _day_number(found)
    if found.is_single and (is_person(found) or (not _is_month(found) and _lent_year(found) is None)):
        return None
    if (year := own_year(found)) is not None:
        return dated(year, month, day, "explicit", keep=True)
    if (year := _lent_year(found)) is not None:
        return dated(year, month, day, f"'{found.text}' shares the year {year} named after it")
    if other := _OTHER_YEAR.match(found.tokens.written.text, found.end):
        return dated(int(other[1]), month, day, "explicit")
    step = found.step
    if found.word("the_year") and step is not None:  # "May 3 of that year", "November last year"
        base, name = clock.base(there=found.value("step_there") is not None)
        if clock.narrative and clock.year is not None:
            return dated(clock.year + step, month, day, f"'{found.text}' counted from {year_text(clock.year)}")
        return dated(base.year + step if base else None, month, day, f"'{found.text}' counted from {name}")
    if found.word("step_there") and (year := following_year(found, clock, month)) is not None:
        return dated(year, month, day, f"'{found.text}' counted from {cal.spoken(clock.last or date.min)}")
    ends_period = not clock.narrative and "year" in found.tokens.classes(found.first - 2)
    if ends_period and (year := clock.end_year(found, month)) is not None:
        return dated(year, month, day, f"'{found.text}' ends a period that begins in {clock.named}")
    if clock.narrative:
        year = clock.story_year(found, month)
        basis = (
            f"'{found.text}' in {year_text(year)}, as the dates around it tell" if year else "no year named before it"
        )
        return dated(year, month, day, basis)
    if not clock.anchor:
        return dated(None, month, day, "no publication date to count from", keep=True)
    if day and cal.valid(2000, month, day) is None:
        return dated(None, month, day, "", keep=True)
    if found.step is None and not found.value("weekday") and (year := told_year(found, clock, month)) is not None:
        return dated(year, month, day, f"'{found.text}' in {year_text(year)}, the year that is told of")
    return nearest(found, clock, month, day)


def _is_month(found: Found) -> bool:
    """Tell the month from the verb or name it may be: May, March, Jan."""
    before, after = found.tokens.classes(found.first - 1), found.tokens.classes(found.last)
    if not found.word("doubtful") or "dating" in before:
        return True
    # "the March accession", "a May deadline", but not "the March" or "the March Hare"
    plain = found.tokens.written.text[found.end : found.end + 2].strip().islower()
    return not found.word("month_short") and "article" in before and plain and after <= {"event"}


def _lent_year(found: Found) -> int | None:
    m = found.tokens.grammar.ahead["lends_year"].match(found.tokens.symbols, found.last)
    return int(found.tokens.word(m.end() - 1)) if m else None


def shared_day(found: Found, clock: Clock) -> Meaning | None:
    """Read "4" of "4 and 5 May" and "5" of "May 4 and 5"."""
    tokens, day = found.tokens, _day_number(found)
    whole = tokens.grammar.ahead["lends_month"].match(tokens.symbols, found.last)
    if not whole and tokens.classes(found.first - 1) & {"link", "comma"}:
        follows = tokens.classes(found.last)
        if not clock.month or follows & {"units", "unit", "counted", "month", "percent"}:
            return None
        return dated(*clock.month, day, "shares the month named before it")
    if not whole:
        return None
    other = Found(tokens, found.last, whole.end(), "")
    meaning = _month(other, clock)
    if meaning is None:
        return None
    year = int(meaning.value[:4]) if meaning.value[:4].isdigit() else None
    return dated(year, int(other.value("month") or 0), day, f"shares the month of '{other.text}': {meaning.basis}")


def edge_day(found: Found, clock: Clock) -> Meaning | None:
    """Read "the first day of May", "the last day of March 2021"."""
    first = found.all("month")[0]
    meaning = _month(Found(found.tokens, first, found.last, found.meaning), clock)
    since, until, _ = cal.interval_of(meaning.value) if meaning else cal.NOWHEN
    if not meaning or not since or not until:
        return None
    return Meaning((until if found.step == -1 else since).isoformat(), meaning.basis)


def week_of_month(found: Found, clock: Clock) -> Meaning | None:
    """Read "the first week of April" as its first seven days, "the last week of August" as its last."""
    meaning = _month(Found(found.tokens, found.all("month")[0], found.last, found.meaning), clock)
    since, until, _ = cal.interval_of(meaning.value) if meaning else cal.NOWHEN
    number = int(found.value("ordinal") or 0)
    if not meaning or not since or not until or clock.ranges == "none" or number > 4:
        return None
    first = cal.shift(since, 7 * (number - 1), "D") if number else cal.shift(until, -6, "D")
    return Meaning(f"{first}/{cal.shift(first, 6, 'D')}", meaning.basis)


def weekday_of_month(found: Found, clock: Clock) -> Meaning | None:
    """Read "the last Sunday in March 2023", "the second Tuesday of November"."""
    tokens = found.tokens
    meaning: Meaning | None
    if tokens.word(found.last - 1) in tokens.grammar.values["unit"]:  # "of next month"
        base, name = clock.base()
        step = int(Found(tokens, found.last - 2, found.last, found.meaning).value("step") or 0)
        meaning = counted(found, cal.shift(base, step, "M") if base else None, name, "M")
    else:
        meaning = _month(Found(tokens, found.all("month")[0], found.last, found.meaning), clock)
    first, last, _ = cal.interval_of(meaning.value) if meaning else cal.NOWHEN
    if not meaning or not first or not last:
        return None
    weekday, number = int(found.value("weekday") or 0), found.value("ordinal")
    if number is None:
        return Meaning(cal.shift(last, -((last.isoweekday() - weekday) % 7), "D").isoformat(), meaning.basis)
    day = cal.shift(first, (weekday - first.isoweekday()) % 7 + 7 * (int(number) - 1), "D")
    return Meaning(day.isoformat(), meaning.basis) if first <= day <= last else None


def _day_word(found: Found, clock: Clock) -> Meaning | None:
    offset = int(found.value("day_word") or 0)
    if clock.narrative:  # the "today" of an account of history, or of a voice quoted in it
        return Meaning("XXXX-XX-XX" if offset else "PRESENT_REF", "no date to count from")
    base, name = clock.base()
    return counted(found, cal.shift(base, offset, "D") if base else None, name)


def _season(found: Found, clock: Clock) -> Meaning | None:
    season = str(found.value("season"))
    if (year := own_year(found)) is not None:
        return Meaning(f"{year_text(year)}-{season}")
    alone = not (found.all("step") or found.all("step_there") or found.all("part"))
    doubtful = found.word("doubtful_season") and alone and not found.after("event")  # "the spring offensive"
    if doubtful and (found.after("of") or not found.before("season_at")):
        return None  # "the fall of Berlin", "to spring"
    if clock.narrative and clock.year is not None and clock.year < 0:
        return Meaning(f"{year_text(clock.year)}-{season}", f"'{found.text}' in the last year named before it")
    base, name = clock.base(there=found.value("step_there") is not None)
    if not base:
        return Meaning(f"XXXX-{season}", "no publication date to count from")
    step, start = found.step, cal.SEASONS[season]
    year = base.year - (season == "WI" and base.month <= 2)
    if found.word("the_year"):
        year = base.year + (step or 0)
    elif step == -1 and (start + 2 >= base.month or season == "WI"):
        year -= 1
    elif step == 1 and start <= base.month:
        year += 1
    elif step is None and not clock.narrative:
        tense = direction(found)
        year += (tense > 0 and start + 2 < base.month) - (tense <= 0 and start > base.month)
    return Meaning(f"{year_text(year)}-{season}", f"'{found.text}' counted from {name}")


def span(found: Found, clock: Clock) -> Meaning | None:
    """Read a range as one: "September 13-14", "September to October 2020", "from 1939 to 1945", "1957-60"."""
    tokens = found.tokens
    months = [int(tokens.grammar.values["month"][tokens.word(i)]) for i in found.all("month")]
    days = [int(re.sub(r"\D", "", tokens.word(i))) for i in found.all("day")]
    years = [int(tokens.word(i)) for i in found.all("year")]
    if clock.ranges == "none" or not _is_range(found, months, days):
        return None
    if clock.ranges == "shared" and _ends_are_whole(months, days, years):
        return None
    if not months:
        if len(years) == 1:  # 1957-60
            years.append(years[0] // 100 * 100 + int(tokens.word(found.last - 1)))
        return Meaning(f"{years[0]:04d}/{years[1]:04d}") if years[0] < years[1] else None
    basis, turns = "explicit", months[0] > months[-1]
    if not years:
        begin = _month(found, clock)
        if begin is None:
            return None
        basis = begin.basis
        years = [int(begin.value[:4]) + n for n in (0, turns)] if begin.value[:4].isdigit() else []
    last = years[-1] if years else None
    first = years[0] if len(years) == 2 else last - turns if last else None
    ends = [
        dated(first, months[0], days[0] if days else None, ""),
        dated(last, months[-1], days[-1] if days else None, ""),
    ]
    if len(days) == 1 or not ends[0] or not ends[1] or ends[0].value >= ends[1].value:
        return None
    return Meaning(f"{ends[0].value}/{ends[1].value}", basis)


def _ends_are_whole(months: list[int], days: list[int], years: list[int]) -> bool:
    """Say whether either end is a date by itself: "1939 to 1945", "9 May to 3 June"."""
    return not months or len(years) == 2 or (len(months) == 2 and len(days) == 2 and not years)


def _is_range(found: Found, months: list[int], days: list[int]) -> bool:
    """Tell a range from a list: "May and November" are two dates, "between May and November" is one range."""
    joined_by_and = any("and" in found.tokens.classes(i) for i in range(found.first, found.last))
    if not joined_by_and or "between" in found.tokens.classes(found.first - 1):
        return True
    return len(months) == 2 and not days and (months[1] - months[0]) % 12 == 1  # "September and October"


_READERS = (
    ("month", _month),
    ("day_word", _day_word),
    ("weekday", weekday),
    ("season", _season),
    ("holiday", holiday),
    ("year", year_of),
    ("before_christ", year_of),
    ("era", year_of),
)
