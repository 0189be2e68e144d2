"""What a reader knows about time while reading: the day of publication, the dates named so far, the tense."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from typing import Literal

from corpus.timex import calendar as cal
from corpus.timex.grammar import Found

LOOK_BACK, LOOK_AHEAD = 15, 12  # words searched for a verb before and after an expression

LATE = 11  # the month that "late 2021" is in at least
LONG_SENTENCE = 80  # words


_OF_MONTH, REACH_OF_MONTH = ("edge_day", "week_of_month", "weekday_of_month"), 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """A TIMEX3 value, and how it was found in words for the reader."""

    value: str
    basis: str = "explicit"
    is_set: bool = False
    days: tuple[date, date] | None = None  # of a length that ends or begins on the day of publication


@dataclass(frozen=True, slots=True)
class Told:
    """A year that news tells of ("In 1992 ...", "In April 2016 ..."), and the words that name it."""

    year: int
    month: int | None
    first: int
    last: int


Ranges = Literal["all", "shared", "none"]
_NAMED = re.compile(r"(BC)?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


@dataclass(slots=True)
class Clock:
    """The dates that expressions may count from, while a text is read from start to end.

    Years before Christ are negative. `ranges` says which ranges are read as one expression.
    """

    anchor: date | None
    narrative: bool = False
    ranges: Ranges = "all"
    day_first: bool | None = None  # 3/4/2022 is 3 April; None when the text does not tell
    year: int | None = None  # last year named
    month: tuple[int, int] | None = None  # last year and month named
    day: date | None = None  # last day named
    told: Told | None = None  # the last year that news tells of
    named: str = ""  # value of the last date named
    by_year: bool = False  # the last date named was a bare year
    events: dict[str, date] = field(default_factory=dict)  # the days on which what happens was last said to happen
    _story: int | None = None  # the year the account has reached; a year named in passing does not move it
    _named_at: int = 0  # where `year` was named

    def note(self, value: str, found: Found) -> None:
        """Remember a date that was named."""
        m = _NAMED.match(value)
        if not m or (self.narrative and found.value("step") == 1 and not found.word("the")):
            return  # "by next summer": what somebody hoped for does not move the account
        self.named = value
        self.year = int(m[2]) * (-1 if m[1] else 1)
        self._named_at, self.by_year = found.start, not m[3]
        if m[3]:
            self.month = (self.year, int(m[3]))
        elif value[5:6] in ("Q", "H"):
            self.month = (self.year, (int(value[6]) - 1) * (3 if value[5] == "Q" else 6) + 1)
        if found.word("year") and not m[1] and _tells(found):
            month = int(m[3]) if m[3] else LATE if found.word("part") == "late" else None
            self.told = Told(self.year, month, found.first, found.last)
        if m[4]:
            self.day = cal.interval_of(value[:10])[0] or self.day
        opens = sentence_ends(found, found.first - 1) or sentence_ends(found, found.first - 2)  # "In 1942, ..."
        if opens and self.by_year:
            self.month = None
        if m[3] or opens or self._story is None:
            self._story = self.year

    @property
    def last(self) -> date | None:
        """The last date named: its first day where it is a month or a year."""
        if self.year is None or not cal.EARLIEST <= self.year <= cal.LATEST:
            return None
        if self.month and self.month[0] == self.year:
            if self.day and (self.day.year, self.day.month) == self.month:
                return self.day
            return date(*self.month, 1)
        return date(self.year, 1, 1)

    def base(self, *, there: bool = False) -> tuple[date | None, str]:
        """Return the day that relative expressions count from, and its name for the reader.

        That is the day of publication, or in a narrative and for expressions like "the next day" (`there`) the last
        date named.
        """
        if (self.narrative or there) and self.last:
            return self.last, f"{cal.spoken(self.last)}, the last date named before it"
        if self.anchor and not self.narrative:
            return self.anchor, f"publication on {cal.spoken(self.anchor)}"
        return None, ""

    def in_sentence(self, found: Found) -> bool:
        """Say whether the last date was named in the sentence of an expression."""
        first = found.first - 1
        while not sentence_ends(found, first) and found.first - first < LONG_SENTENCE:
            first -= 1
        return self.year is not None and (first < 0 or self._named_at >= found.tokens.ends[first])

    def has_day(self, found: Found) -> bool:
        """Say whether the last date named is a day of the sentence of an expression, or of the one that it goes on."""
        if not re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", self.named):
            return False
        first = found.first - 1
        opens = sentence_ends(found, first - 1)  # "The raid came on Monday. At 6 a.m. it was over."
        follows = opens and first > 1 and "\n" not in found.tokens.words[first - 1]
        before = Found(found.tokens, first - 1, found.last, found.meaning) if follows else found
        return self.in_sentence(before)

    def end_year(self, found: Found, month: int) -> int | None:
        """Return the year of a month that ends a period which another begins: "from October 2017 to March"."""
        tokens, at = found.tokens, found.first - 2
        at -= "year" in tokens.classes(at)
        if not self.month or not found.before("link") or "and" in tokens.classes(found.first - 1):
            return None
        return self.month[0] + (month < self.month[1]) if "month" in tokens.classes(at) else None

    def story_year(self, found: Found, month: int) -> int | None:
        """Return the year that a month without one belongs to in an account of history.

        It is the year named in the same sentence, else the one that puts the month nearest to the last month named.
        """
        if self.year is None or self._story is None:
            return None
        if self.in_sentence(found):
            return self.end_year(found, month) or self.year
        year = self._story
        if self.month and self.month[0] == year:
            last = self.month[1]
            return min((year, year + 1, year - 1), key=lambda y: abs((y - year) * 12 + month - last))
        return year


def _tells(found: Found) -> bool:
    """Say whether what follows is told of the year of a date: "in 2016", "On 2 May 2016", "The 2016 flood came"."""
    tokens, at = found.tokens, found.first
    if found.before("telling"):
        return "born" not in tokens.classes(at - 2)  # "born in 1970, he died in March"
    if found.word("year") and found.word("day") and tokens.classes(at - 1) & {"on_word"}:
        opens = next((i for i in range(at - 1, at - LOOK_BACK, -1) if sentence_ends(found, i)), at - LOOK_BACK)
        if any(past_verb(found, i) for i in range(opens + 1, at)):
            return True  # "The siege began on 20 March 2003."
    if not sentence_ends(found, at - 2):
        return False
    if tokens.word(at - 1) == "the":
        return found.after("event") and "befell" in tokens.classes(found.last + 1)
    if found.is_single or not tokens.classes(at - 1) & {"by_word", "on_word"}:
        return False
    return any(past_verb(found, i) for i in range(found.last, found.last + LOOK_AHEAD // 2))


def counted(found: Found, day: date | None, name: str, unit: str = "D") -> Meaning:
    """Return the unit that holds `day` as a meaning counted from the date called `name`; open when `day` is None."""
    if day is None:
        open_value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}
        return Meaning(open_value.get(unit, "XXXX"), "no date to count from")
    return Meaning(cal.value_of(day, unit), f"'{found.text}' counted from {name}")


def year_text(year: int) -> str:
    """Write a year as TIMEX3: 1998, BC0480. Raises ValueError for one of five digits, which TIMEX3 cannot write."""
    if year > MAXYEAR:
        raise ValueError(f"the year {year} lies after {MAXYEAR}")
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def direction(found: Found) -> int:
    """Return 1 where the sentence speaks of what is to come, -1 of what has been, 0 where it does not tell.

    The nearest verb before the expression tells, else the first one after it.
    """
    if found.before("until") and not sentence_ends(found, found.first - 2):  # "put off until Tuesday"
        led = found.tokens.classes(found.first - 2)
        if not led & {"weekday", "daypart", "day", "ampm"}:  # "from Monday until Tuesday" is as the sentence is
            return -1 if "went_on" in led else 1
    if _lies_ahead(found) or (_opens_clause(found) and verb_behind(found) > 0):
        return 1
    if found.before("as") and "soonest" in found.tokens.classes(found.first - 2):  # "as early as Tuesday"
        return 1
    if "by_word" in found.tokens.classes(found.first - 1) and (later := verb_behind(found)):  # "by Friday it will"
        return later
    tokens, possessive = found.tokens, found.is_possessive  # "Tuesday's vote will" looks ahead by what follows alone
    if not possessive:
        for i in range(found.first - 1, found.first - 1 - LOOK_BACK, -1):
            if sentence_ends(found, i) or tokens.word(i) == ";":
                break
            classes = tokens.classes(i)
            if "ahead" in classes or ("ahead_before" in classes and "month" not in classes):  # "may", not "May"
                return 1
            if "to" in classes and "auxiliary" in tokens.classes(i - 1):  # "were to begin"
                return 1
            if past_verb(found, i):
                return -1
    return verb_behind(found) or (-1 if possessive else 0)


def _opens_clause(found: Found) -> bool:
    """Say whether a clause of its own begins with an expression: "it ended, and on Friday they will leave"."""
    tokens, at = found.tokens, found.first - 1
    at -= "on_word" in tokens.classes(at)
    return tokens.word(at) in ("and", "but", "while") and "comma" in tokens.classes(at - 1)


def _lies_ahead(found: Found) -> bool:
    """Tell "remain closed through Friday" and "the summit starting Friday" from what was."""
    if not found.before("through") and not found.before("starting"):
        return False
    near = range(found.first - 2, found.first - 8, -1)
    before = [i for i in near if not any(sentence_ends(found, j) for j in range(i, found.first))]
    if found.before("starting"):
        return not any(past_verb(found, i) for i in before)
    return any("remains" in found.tokens.classes(i) for i in before)


def verb_behind(found: Found) -> int:
    """Return 1 where the first verb behind an expression looks ahead, -1 where it looks back, 0 where none does."""
    tokens = found.tokens
    for i in range(found.last, found.last + LOOK_AHEAD):
        if sentence_ends(found, i) or tokens.word(i) == ";":
            break
        if "ahead" in tokens.classes(i) or ("ahead_after" in tokens.classes(i) and "to" in tokens.classes(i + 1)):
            return 1
        if past_verb(found, i):
            return -1
    return 0


def tells_of_earlier(found: Found) -> bool:
    """Say whether the verb before is a pluperfect: what "had happened" counts from the date the sentence tells of."""
    tokens = found.tokens
    for i in range(found.first - 1, found.first - 1 - LOOK_BACK, -1):
        if sentence_ends(found, i):
            break
        if past_verb(found, i):
            return any("had" in tokens.classes(j) for j in (i, i - 1, i - 2))
    return False


def sentence_ends(found: Found, i: int) -> bool:
    """Say whether token `i` ends a sentence or paragraph, or lies outside the text."""
    tokens = found.tokens
    return not 0 <= i < len(tokens.words) or i in tokens.last_of_sentences


def past_verb(found: Found, i: int) -> bool:
    """Say whether token `i` is a verb of the past, and no infinitive or passive of the future."""
    tokens, word = found.tokens, found.tokens.word(i)
    if found.meaning in _OF_MONTH and found.first - i <= REACH_OF_MONTH and "step" in tokens.classes(i):
        return False  # "the last Sunday in March" may lie ahead
    if "behind" not in tokens.classes(i) and not (len(word) > 4 and word.endswith(tokens.grammar.past_endings)):
        return False
    return not any("infinitive" in tokens.classes(j) for j in (i - 1, i - 2))  # "will be held"
