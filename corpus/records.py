"""The records of the pipeline; all `start, end` are offsets into `Article.text`, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from geodata.records import Resolution
from geodata.usage import Confidence, Reading

if TYPE_CHECKING:  # shapes are slow to import, and a text alone needs none
    from geodata.extents.extents import Extent

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal["day", "week", "month", "season", "quarter", "year", "decade", "century", "period", ""]
# How well something is dated: a day the text states in full, a day worked out, more than one day, not at all.
Certainty = Literal["exact", "inferred", "period", "undated"]
DateConfidence = Literal["stated", "likely", "possible", ""]  # of a date of publication
CERTAINTIES: tuple[Certainty, ...] = ("exact", "inferred", "period", "undated")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a closed interval of days, and how we know."""

    since: date | None
    until: date | None
    basis: str  # in words, for the reader: "byline 'September 13, 2022'"
    confidence: DateConfidence = ""  # "" where nothing dates it

    @property
    def certainty(self) -> Certainty:
        """How well the article is dated: a stated day is exact, one that was worked out is inferred."""
        if self.since is None or self.until is None:
            return "undated"
        if self.since != self.until:
            return "period"
        return "exact" if self.confidence == "stated" else "inferred"

    @property
    def anchor(self) -> date | None:
        """The day from which relative expressions count; None when all we know is a month or a lower bound."""
        return self.since if self.since and self.until and (self.until - self.since).days < 7 else None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read; `text` is never altered after reading."""

    id: str
    file: str  # path relative to the corpus folder
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""
    url: str = ""
    date: str = ""  # as front matter or the file's own data give it
    date_from: str = "front matter"  # which of them
    furniture: tuple[Furniture, ...] = ()  # what its file sets apart from it; nothing of the article stands behind that
    format: str = "a text"  # what its file is, in words
    read_at: str = ""  # when its file was read, UTC

    @property
    def end(self) -> int:
        """Where the article ends and the rest of its page begins."""
        return self.furniture[0].start if self.furniture else len(self.text)

    @property
    def print(self) -> str:
        """What the text is known by wherever its file lies: addresses, citations and corrections rest on it."""
        return blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Dated:
    """An article with its date of publication: all that reading it needs."""

    article: Article
    published: Published
    # Its time expressions where no day of publication is known: dating has read them as they stand, once is enough.
    timexes: tuple[Timex, ...] | None = None
    furniture: tuple[Furniture, ...] | None = None  # where dating has found it
    corrections: tuple[Correction, ...] = ()  # of its names: all of them that may concern this text


What = Literal["place", "no place", "reading", "date", "right", "published", "outlet", "title", "undo"]
Scope = Literal["mention", "article", "corpus"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader says of a stretch of a text, or of an article: a row of corrections.csv."""

    id: str
    when: str  # as ISO has it, in UTC: 2026-11-28T19:40:12Z
    who: str
    what: What
    value: str  # place ids with | between them, a reading, days with / between them, words; the id that an undo is of
    means: str  # the value in words, for who reads the file
    scope: Scope
    words: str  # as the text has them; of an article its title
    was: str  # the value before: alike are those of the same words that had the same
    start: int  # in the text; 0 for what is said of the article
    end: int
    text: str  # the print of the text
    file: str  # in which it lay

    @property
    def by(self) -> str:
        """Who says so, and when: "Ann on 28 November 2026"."""
        day = date.fromisoformat(self.when[:10])
        return f"{self.who or 'a reader'} on {day.day} {day:%B} {day.year}"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of page furniture (boilerplate) and why it is taken for that."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The stretch of an article that is shown to the reader."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    furniture: str = ""  # why it is page furniture, "" when it is not


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 type and value, and its closed interval of days where it has one."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    since: date | None
    until: date | None
    granularity: Granularity
    basis: str  # in words: "explicit", "'Tuesday' counted from 13 September 2022"


@dataclass(frozen=True, slots=True)
class Link:
    """A mention says its place, at this time; `since` is None when nothing dates it.

    When it was said ("she said on Wednesday that ...") is kept apart from when it happened.
    """

    since: date | None
    until: date | None
    certainty: Certainty
    basis: str
    timex: int | None = None  # position in the article's list of time expressions
    said_since: date | None = None
    said_until: date | None = None
    said_timex: int | None = None


# What a mention's place is to the story; "actor" where the name means those who act, "" where it is no place at all.
Role = Literal["happened", "met", "target", "background", "mentioned", "actor", ""]
HERE: tuple[Role, ...] = ("happened", "met", "target")  # where something happened
LITERAL: tuple[Role, ...] = (
    *HERE,
    "background",
    "mentioned",
)  # where the place itself is meant: what is shown at first
ROLES: tuple[Role, ...] = (*LITERAL, "actor")

# What became of a mention. For every article the five add up to all mentions that were detected.
Status = Literal["placed", "region", "actor", "undecided", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a passage, with what it was taken to mean and what dates it."""

    start: int
    end: int
    text: str
    passage: int  # position in the article's list of passages
    status: Status
    resolution: Resolution
    links: tuple[Link, ...]  # the first governs; none in page furniture
    reading: Reading | None = None  # None in page furniture
    confidence: Confidence | None = None  # None in page furniture
    role: Role = ""
    statement: int | None = None  # position in the article's list of statements; None is the narrator

    @property
    def is_doubted(self) -> bool:
        """Whether it is a known name that was not taken for a place's, and might be one."""
        return self.resolution.toponym.is_doubted

    @property
    def certainty(self) -> Certainty:
        """How well the mention is dated, by the link that governs."""
        return self.links[0].certainty if self.links else "undated"


@dataclass(frozen=True, slots=True)
class Flag:
    """A stretch of text whose dates contradict each other: shown beside it, never repaired."""

    start: int
    end: int
    kind: str  # the rule that found it: "weekday", "order", "before event", "after publication"
    note: str  # in words, for the reader


Mode = Literal["direct", "indirect"]
Wording = Literal["exact", "at least", "at most", "about", "between", "in words"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says `text[start:end]`; who, as the text describes them, and the words that tell us."""

    start: int
    end: int
    speaker: str  # the fullest description the text had given: "Russian Foreign Minister Sergei Lavrov"
    name: str  # what they are known by, the same through one text: "Lavrov"
    side: str  # country code or party that the description states, "" where it states none
    speaker_start: int  # where the speaker is named for this statement: "he"
    speaker_end: int
    mode: Mode
    cue: str
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of people and what befell them, as `text[start:end]` gives it; `high` is None without upper bound."""

    start: int
    end: int
    low: int
    high: int | None
    what: str  # killed, wounded, casualties, captured, arrested, missing, displaced, hospitalised, trapped, deployed
    whom: str  # as written: "Armenian soldiers", "" where the text does not say
    wording: Wording
    hedge: str  # as written: "at least", "near of"
    caution: str  # words of the sentence that make the figure a careful one: "not the final"
    statement: Statement | None  # who claims it; None is the narrator
    sentence: tuple[int, int]
    link: Link | None = None  # what dates it
    mention: int | None = None  # the place it is told of, as a position in the article's list of mentions
    number: str = ""  # as written: "49", "a dozen", "thousands"; "one" for a single victim


@dataclass(frozen=True, slots=True)
class Event:
    """A word that names an event, with what dates it and where it happened: positions in the list of mentions."""

    start: int
    end: int
    kind: str  # attack, clash, shelling ...: the kinds of geodata/data/words/event_words.csv, or other
    mentions: tuple[int, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class Hint:
    """A sign, `text[start:end]`, with its reason in words; a weight of 0 is a slip and speaks against nobody."""

    start: int
    end: int
    text: str
    reason: str
    weight: int


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article with all that was read out of it."""

    article: Article
    published: Published
    furniture: tuple[Furniture, ...]
    passages: tuple[Passage, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    flags: tuple[Flag, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()  # of a text alone: the index has no use for them
    hints: tuple[Hint, ...] = ()
    extents: tuple[Extent, ...] = ()  # their mentions are positions in the article's list of mentions
