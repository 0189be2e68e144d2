"""Measure how long an index of millions of mentions takes to answer what the page asks of it.

`python -m tests.bench.questions [MENTIONS]`. Each question is asked by the page's own functions, as often with filters
of each kind, drawn by chance; milliseconds of processor, the opening of the index included.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from corpus.index.connection import open_index
from corpus.queries import accounts, claims, coverage, mentions, reading, rollup, search
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.queries.sql import of_any_role
from corpus.queries.worked_out import WorkedOut
from corpus.records import ROLES
from tests.bench.many import make

FIRST, SPAN = date(2022, 1, 10), 365 * 9
WORDS = (
    "explosions overnight",
    "governor",
    "schools",
    "blankets",
    "word17",
    "word4021",
    "rare9",
    "rare123456",
    "Sevastopol",
)
MOST = 50.0  # milliseconds, at the 95th percentile


@dataclass(frozen=True)
class Asked:
    """What a question is asked with."""

    filters: Filters
    place: str
    article: str
    region: str
    word: str


Ask = Callable[[sqlite3.Connection, Asked], object]


class Dice:
    """Draws what is asked, the same each time."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._dice = random.Random(11)
        self._outlets = [row[0] for row in index.execute("select distinct outlet from articles limit 400")]
        named = index.execute("select id, country, mentions from places where country != ''").fetchall()
        self._places, self._countries, self._weights = zip(*named, strict=True)
        (self._articles,) = index.execute("select max(fid) from articles").fetchone()
        self._index = index

    def days(self, longest: int) -> Filters:
        """Return a span of days."""
        since = FIRST + timedelta(self._dice.randrange(SPAN))
        return Filters(since=since, until=since + timedelta(self._dice.randint(0, longest)))

    def kinds(self) -> dict[str, Callable[[], Filters]]:
        """Return the kinds of filters."""
        one = self._dice.choice
        return {
            "none": lambda: Filters(),
            "roles": lambda: Filters(roles=tuple(self._dice.sample(ROLES, 2))),
            "sure": lambda: Filters(sure=True),
            "days": lambda: self.days(7),
            "a month": lambda: self.days(60),
            "years": lambda: self.days(1500),
            "published": lambda: replace(self.days(400), by="published"),
            "outlet": lambda: Filters(outlets=(one(self._outlets),)),
            "region": lambda: Filters(regions=(self.asked(Filters()).region,)),
            "words": lambda: self._words(Filters()),
            "days and outlet": lambda: replace(self.days(400), outlets=(one(self._outlets),)),
            "days and region": lambda: replace(self.days(400), regions=(self.asked(Filters()).region,)),
            "days and words": lambda: self._words(self.days(400)),
        }

    def _words(self, filters: Filters) -> Filters:
        return replace(filters, text=self._dice.choice(WORDS))

    def asked(self, filters: Filters) -> Asked:
        """Return what to ask with: every second place by how often it is named, the others any."""
        weights = self._weights if self._dice.random() < 0.5 else None
        number = self._dice.choices(range(len(self._places)), weights)[0]
        query = "select id from articles where fid >= ? limit 1"
        (article,) = self._index.execute(query, (self._dice.randint(1, self._articles),)).fetchone()
        return Asked(filters, self._places[number], article, self._countries[number], self._dice.choice(WORDS))


def _passages(
    index: sqlite3.Connection, asked: Asked, of: queries.Of, id: str, order: queries.Order = "newest"
) -> None:
    """Ask what the list of passages asks."""
    found = queries.passages(index, id, asked.filters, of=of, order=order, limit=21)
    numbers = list(found.passage)
    queries.mentions_in(index, numbers, id, asked.filters, of=of)
    reading.marks(index, numbers)
    reading.references(index, numbers)
    reading.repeated(index, numbers)


def _article(index: sqlite3.Connection, article: str) -> None:
    passages = queries.passages_in(index, article)
    queries.article_of(index, int(passages.id.iloc[0]))
    reading.marks(index, list(passages.id))
    accounts.hints(index, article)
    reading.flags(index, article)
    reading.boilerplate(index, article)


FILTERED: Mapping[str, Ask] = {
    "places of the map": lambda index, asked: queries.places(index, asked.filters),
    "what is shown, counted": lambda index, asked: queries.totals(index, asked.filters),
    "days of the strip of time": lambda index, asked: queries.days(index, asked.filters),
    "places that nothing dates": lambda index, asked: queries.undated(index, asked.filters),
    "counts by province": lambda index, asked: rollup.regions(index, asked.filters, "province"),
    "lines and stretches": lambda index, asked: stretches.extents(index, asked.filters),
    "passages, newest": lambda index, asked: _passages(index, asked, "any", ""),
    "passages, earliest event": lambda index, asked: _passages(index, asked, "any", "", "earliest"),
    "a click on a place: its passages": lambda index, asked: _passages(index, asked, "place", asked.place),
    "a click on a place: why here": lambda index, asked: queries.reasons(index, asked.place, asked.filters),
    "a country: its passages": lambda index, asked: _passages(index, asked, "region", asked.region),
    "articles": lambda index, asked: reading.articles(index, asked.filters),
    "claims": lambda index, asked: claims.ledger(index, asked.filters),
    "accounts of a place": lambda index, asked: accounts.accounts(
        index, asked.filters, accounts.Scope(asked.place, False)
    ),
    "names of a place": lambda index, asked: accounts.names(index, asked.filters, asked.place),
    "places of several names": lambda index, asked: accounts.many_named(index, asked.filters, limit=201),
    "coverage of a country": lambda index, asked: coverage.coverage(index, asked.filters, region=asked.region),
    "coverage": lambda index, asked: coverage.coverage(index, asked.filters),
    "independent sources of a place": lambda index, asked: coverage.independent(index, asked.place, asked.filters),
    "what became of names": lambda index, asked: (
        mentions.statuses(index, asked.filters),
        mentions.fates(index, asked.filters),
    ),
    "who acts": lambda index, asked: mentions.actors(index, asked.filters),
    "mentions behind a number": lambda index, asked: mentions.mentions(
        index, of_any_role(asked.filters), {"place": asked.place}
    ),
}
PLAIN: Mapping[str, Ask] = {
    "outlets": lambda index, asked: (queries.outlets(index), coverage.sources(index)),
    "regions to choose": lambda index, asked: queries.region_options(index),
    "an article whole": lambda index, asked: _article(index, asked.article),
    "search: passages with words": lambda index, asked: search.passages(index, asked.word),
    "search: articles by title": lambda index, asked: search.articles(index, asked.word),
}


def main() -> None:
    """Print a table of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentions", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--times", type=int, default=5, help="that each question is asked with filters of each kind")
    parser.add_argument("--index", type=Path, help="made before; made there where there is none")
    parser.add_argument("--only", default="", help="a part of the names of questions")
    parser.add_argument("--kinds", action="store_true", help="a row a kind of filters")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.index or Path(folder) / "index.gpkg"
        if not path.exists():
            make(path, options.mentions)
        measure(path, options)


def measure(path: Path, options: argparse.Namespace) -> None:
    """Ask everything, and print how long it took."""
    with open_index(path) as index:
        count = index.execute("select (select count(*) from mentions), (select count(*) from articles)").fetchone()
        print(f"{count[0]:,} mentions, {count[1]:,} articles, {path.stat().st_size / 1e9:.2f} GB")
        WorkedOut(index).prepare()
        dice = Dice(index)
        print(f"{'question':<55} {'p50 ms':>8} {'p95 ms':>8}")
        for name, ask in {**FILTERED, **PLAIN}.items():
            if options.only not in name:
                continue
            kinds = dice.kinds() if name in FILTERED else {"none": Filters}
            ask_once(path, ask, dice.asked(Filters()))
            took = {
                kind: [
                    ask_once(path, ask, dice.asked(draw())) for _ in range(options.times if name in FILTERED else 20)
                ]
                for kind, draw in kinds.items()
            }
            row(name, [each for several in took.values() for each in several])
            for kind, several in took.items():
                if options.kinds and name in FILTERED:
                    row(f"    {kind}", several)


def ask_once(path: Path, ask: Ask, asked: Asked) -> float:
    """Return how many milliseconds of processor an answer takes."""
    begun = time.process_time()  # others may be at work on the machine
    with open_index(path) as index:
        ask(index, asked)
    return (time.process_time() - begun) * 1000


def row(name: str, took: list[float]) -> None:
    """Print one figure."""
    half, most = np.percentile(took, (50, 95))
    print(f"{name:<55} {half:>8.1f} {most:>8.1f}{' *' if most > MOST else ''}", flush=True)


if __name__ == "__main__":
    main()
