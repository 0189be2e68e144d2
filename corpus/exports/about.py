"""What an export says of itself: what is in it under which filter, from whom, made when, and under which licences."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.index.connection import read_meta
from corpus.queries import places as queries
from corpus.queries.filters import NO_OUTLET, SHOWN, Filters
from corpus.queries.sql import FROM
from geodata.tables import read_rows

LICENCES = Path(__file__).with_name("licences.csv")
PROGRAM = "Dateline"
EVERYTHING = "every place that is meant as one, on any day; governments and people apart"


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which licence some of the data may be used, and whom to credit."""

    data: str
    licence: str
    address: str
    credit: str
    layers: str  # which subjects have any of it, parted by |


@dataclass(frozen=True, slots=True)
class About:
    """What a file of ours is about."""

    shown: str  # the filter in words
    exported: str  # when, in UTC
    corpus: str  # the folder that was read
    index: str  # what the index was built from, as a print
    mentions: int
    places: int
    articles: int
    sources: tuple[str, ...]  # outlets of what is shown, most mentions first
    licences: tuple[Licence, ...]
    program: str = PROGRAM

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return asdict(self)

    def as_json(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def in_words(self) -> str:
        """Return what is shown, and how much."""
        named = f"{_count(self.mentions, 'mention')} of {_count(self.places, 'place')}"
        return f"{named} in {_count(self.articles, 'article')}: {self.shown}"

    def lines(self) -> Iterator[str]:
        """Yield it in lines of text."""
        yield f"What {self.program} shows of the articles in {self.corpus}: {self.in_words()}."
        yield f"Exported {self.exported} (UTC). Index {self.index}."
        yield "Sources: " + "; ".join(self.sources)
        for one in self.licences:
            yield f"{one.data}: {one.licence}{f' ({one.address})' if one.address else ''}; {one.credit}"


def about_view(index: sqlite3.Connection, filters: Filters) -> About:
    """Return what an export of an index under filters says of itself."""
    regions = queries.region_options(index)
    words = filters.words(dict(zip(regions.code, regions.name, strict=True)))
    meta = read_meta(index)
    where, values = filters.sql()
    told = index.execute(
        f"select count(*), count(distinct m.place), count(distinct m.article_fid) {FROM} where {SHOWN} and {where}",
        values,
    ).fetchone()
    outlets = f"select a.outlet {FROM} where {SHOWN} and {where} group by 1 order by count(*) desc, 1"
    return About(
        shown=words or EVERYTHING,
        exported=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        corpus=meta.get("folder", ""),
        index=meta["fingerprint"],
        mentions=told[0],
        places=told[1],
        articles=told[2],
        sources=tuple(outlet or NO_OUTLET for (outlet,) in index.execute(outlets, values)),
        licences=(*(Licence(**row) for row in read_rows(LICENCES)), *_of_packs(meta)),
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _of_packs(meta: dict[str, str]) -> Iterator[Licence]:
    """Yield the licences of the packs that the articles were read with, as each states it."""
    for pack in json.loads(meta.get("packs_read", "[]")):
        yield Licence("places of a pack", "as its file states it", "", pack, "mentions|places|claims")
