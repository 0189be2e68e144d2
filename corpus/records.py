"""The records of the pipeline; all `start, end` are offsets into `Article.text`, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from geodata.records import Resolution

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal["day", "week", "month", "season", "quarter", "year", "decade", "century", "period", ""]


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a closed interval of days, and how we know."""

    since: date | None
    until: date | None
    basis: str  # in words, for the reader: "byline 'September 13, 2022'"

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
    date: str = ""  # as front matter gives it


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
    """A mention says its place, at this time; `since` is None when nothing dates it."""

    since: date | None
    until: date | None
    basis: str
    timex: int | None = None  # position in the article's list of time expressions


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
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article with all that was read out of it."""

    article: Article
    published: Published
    furniture: tuple[Furniture, ...]
    passages: tuple[Passage, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
