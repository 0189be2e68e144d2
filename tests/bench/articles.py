"""Write made-up articles into a folder: `python -m tests.bench.articles FOLDER NUMBER`.

Each tells of a day in a few towns of one region, in sentences of our own; regions come as unevenly as in the news.
The same number gives the same articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pyarrow.parquet as pq

from geodata.gazetteer.store import DATA

OUTLETS = ("Morning Ledger", "Wire Desk", "The Valley Post", "Harbour Times", "City Observer", "Border Review")
FIRST = date(2022, 1, 3)
DAYS = 700
TOWNS = 5  # of one story

HEADS = (
    "Shelling near {a} drives families from their homes",
    "Ministers meet in {a} as talks go on",
    "Flood reaches {a} after a week of rain",
    "Protest in {a} ends without arrests",
    "Explosion in {a} hurts {n}",
    "Aid convoy waits outside {a}",
)
LINES = (
    "At least {n} people were wounded when shells hit a market in {a} on {day}, local officials said.",
    "Residents of {b} said that they heard explosions overnight.",
    "The road between {a} and {c} was closed on {day}.",
    "In {c}, schools stayed shut for a third day, a teacher told reporters.",
    "Rescue workers from {d} reached {b} late on {day} with boats and blankets.",
    "Several hundred people marched through {d} and called for an inquiry.",
    "The governor visited {e} on {day} and promised new shelters.",
    "Artillery fire was reported near {b}; nobody was hurt.",
    "A bridge east of {c} collapsed two days earlier.",
    "Talks are to go on in {e} next week.",
    "{n} families from {b} spent the night in a school in {a}.",
    "Power was back in most of {d} by {day} evening.",
    "A spokesman for the army denied that its troops had entered {c}.",
    "Doctors in {a} asked for blood after the clinic in {e} ran out.",
)


def main() -> None:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    options = parser.parse_args()
    write(options.folder, options.number)


def write(folder: Path, number: int, *, seed: int = 7) -> None:
    """Write that many articles as text files with front matter."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = Random(seed)
    regions = towns_of_regions()
    weights = [1 / rank for rank in range(1, len(regions) + 1)]
    for i in range(number):
        (towns,) = dice.choices(regions, weights)
        (folder / f"{i:06}.txt").write_text(article(dice, dice.sample(towns, TOWNS)), encoding="utf-8")


def article(dice: Random, towns: Sequence[str]) -> str:
    """Return one article about towns."""
    published = FIRST + timedelta(dice.randrange(DAYS))
    told = {**dict(zip("abcde", towns, strict=True)), "n": dice.randint(2, 60)}

    def fill(line: str) -> str:
        return line.format(**told, day=f"{published - timedelta(dice.randrange(5)):%A}")

    head = f"---\ntitle: {fill(dice.choice(HEADS))}\ndate: {published}\noutlet: {dice.choice(OUTLETS)}\n---\n"
    lines = dice.sample(LINES, dice.randint(5, 9))
    return head + "\n\n".join(" ".join(map(fill, lines[at : at + 3])) for at in range(0, len(lines), 3)) + "\n"


@cache
def towns_of_regions() -> list[list[str]]:
    """Return the towns of each region that has enough of them, the regions in no order."""
    columns = ["name", "kind", "region", "population"]
    places = pq.read_table(DATA / "places.parquet", columns=columns).to_pandas()
    towns = places[(places.kind == "city") & (places.population > 20_000) & (places.region != "")]
    regions = [list(names) for _, names in towns.groupby("region").name if len(names) > TOWNS]
    Random(7).shuffle(regions)
    return regions


if __name__ == "__main__":
    main()
