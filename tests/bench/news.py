"""Write made-up articles as long and as full of names as news: `python -m tests.bench.news FOLDER NUMBER`.

Each has sentences of the shipped digests, with other towns in place of theirs and most words changed for others of
their length, so that no two are copies. The same number gives the same articles, and fewer of them the first ones.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from corpus.ingest.files import read_articles
from corpus.ingest.furniture import find_furniture
from corpus.ingest.passages import split_passages
from dashboard.config import SHIPPED
from geodata import DATA
from geodata.gazetteer import open_gazetteer
from geodata.recognition import find_toponyms
from tests.bench.articles import DAYS, FIRST, HEADS, OUTLETS, TOWNS, towns_of_regions

LENGTH = 1900  # bytes, as the bench of reading has them
CHANGED = 0.7  # of the words of four letters and more
COMMON_WORDS = DATA / "words" / "common_words.txt"
_WORD = re.compile(r"\b[a-z]{4,}\b")


def main() -> None:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    options = parser.parse_args()
    write(options.folder, range(options.number))


def write(folder: Path, numbers: Sequence[int], *, repeat: int = 0) -> None:
    """Write the articles of these numbers; from `repeat` on, where it is given, the first ones with other words."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        text = article(number % repeat if repeat else number)
        if repeat and number >= repeat:
            text = reworded(text, Random(number))
        (folder / file_of(number)).write_text(text, encoding="utf-8")


def file_of(number: int) -> str:
    """Return the name of an article's file."""
    return f"{number:07}.txt"


def article(number: int) -> str:
    """Return the article of this number."""
    dice = Random(number)
    regions = towns_of_regions()
    (towns,) = dice.choices(regions, [1 / rank for rank in range(1, len(regions) + 1)])
    names = dice.sample(towns, TOWNS)
    lines: list[str] = []
    while sum(map(len, lines)) < LENGTH:
        shape = min(dice.sample(_shapes(), 3), key=lambda each: each.count("{"))  # digests name more than news does
        lines.append(shape.format(*(dice.choice(names) for _ in range(shape.count("{")))))
    published = FIRST + timedelta(dice.randrange(DAYS))
    title = dice.choice(HEADS).format(a=names[0], n=dice.randint(2, 60))
    head = f"---\ntitle: {title}\ndate: {published}\noutlet: {dice.choice(OUTLETS)}\n---\n"
    body = "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))
    return head + _changed(body, dice) + "\n"


def reworded(text: str, dice: Random) -> str:
    """Return an article with other words of the same lengths: what stands where in it stays as it was."""
    head, mark, body = text.rpartition("---\n")
    return head + mark + _changed(body, dice)


def _changed(text: str, dice: Random) -> str:
    words = _words()
    return _WORD.sub(lambda found: dice.choice(words[len(found[0])]) if dice.random() < CHANGED else found[0], text)


@cache
def _words() -> Mapping[int, Sequence[str]]:
    """Return common words by their length."""
    found = defaultdict(list)
    for word in COMMON_WORDS.read_text(encoding="utf-8").split():
        found[len(word)].append(word)
    longest = max(found)
    return {length: found[length] or ["x" * length] for length in range(4, 2 * longest)}


@cache
def _shapes() -> Sequence[str]:
    """Return the sentences of the shipped digests, with gaps where they name places."""
    return list(_sentences())


def _sentences() -> Iterator[str]:
    gazetteer = open_gazetteer()
    for each in read_articles(SHIPPED):
        for passage in split_passages(each.text, find_furniture(each.text)):
            for start, end in passage.sentences if not passage.furniture else ():
                said, at = "", 0
                text = each.text[start:end].replace("{", "").replace("}", "")
                for gap, name in enumerate(find_toponyms(text, gazetteer)):
                    said += f"{text[at : name.start]}{{{gap}}}"
                    at = name.end
                yield said + text[at:].rstrip()


if __name__ == "__main__":
    main()
