"""Measure how reading grows with the text: `python -m tests.bench.growth`, from a file of one shape to its index.

Each shape is read at n, 2n, 4n ... characters; twice the text should take at most 2.5 times as long.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from corpus.build import build_index

GOAL = 2.5  # times as long for twice the text
PLACES = ["Goris", "Jermuk", "Paris", "Lyon", "Baku", "Yerevan", "Stepanakert", "Texas", "Kyiv", "Lachin", "New York"]
PERSONS = ["Anna Petrosyan", "Ilham Karimov", "John Carter", "Marie Dupont", "Olga Ivanova", "Samuel Okoro"]
DAYS = ["on Monday", "on 12 September 2022", "in May 2021", "last week", "yesterday", "on 3 and 5 May", "in 2019"]
SENTENCES = (
    "{n} soldiers were killed near {a} {d}, the mayor of {b} said.",
    "“The road from {a} to {b} was closed {d},” {p} said.",
    "{p}, a minister, told reporters in {a} {d} that at least {n} people had fled {b}.",
    "Between {a} and {b} the shelling stopped {d}; nobody was hurt.",
    "The council of {a} met {d}, and {p} asked for {n} buses.",
    "It rained in {a}, {b} and the hills around them, which nobody had expected.",
    "According to {p}, {n} houses in {a} burned {d} after the storm.",
)


def news(length: int) -> str:
    """Return varied plain sentences."""
    chance, written, sentences = random.Random(7), 0, []
    while written < length:
        sentence = chance.choice(SENTENCES).format(
            a=chance.choice(PLACES),
            b=chance.choice(PLACES),
            p=chance.choice(PERSONS),
            d=chance.choice(DAYS),
            n=chance.randint(2, 900),
        )
        sentences.append(sentence)
        written += len(sentence) + 1
    return " ".join(sentences)[:length]


def repeated(unit: str) -> Callable[[int], str]:
    """Return what makes a text of one unit, between two sentences that give the article a place."""
    return lambda length: f"It rained in Goris. {unit * (length // len(unit))} It rained in Baku."


SHAPES: dict[str, Callable[[int], str]] = {
    "news on one line": news,
    "news, a line a sentence": lambda length: news(length).replace(". ", ".\n"),
    "news, paragraphs": lambda length: news(length).replace(". ", ".\n\n"),
    "no full stop": lambda length: news(length).replace(".", ","),
    "short lines": repeated("Goris\n"),
    "short paragraphs": repeated("Goris, on Monday\n\n"),
    "capitals": lambda length: news(length).upper(),
    "one name again and again": repeated("Goris "),
    "commas": repeated(","),
    "commas and blanks": repeated(", "),
    "full stops": repeated("."),
    "quotation marks": repeated("“"),
    "straight marks": repeated('"'),
    "single marks": repeated("‘A"),
    "marks and blanks": repeated(' "'),
    "one digit": repeated("1"),
    "numbers": repeated("12, "),
    "days": repeated("12 May 2022 and "),
    "one word": repeated("a"),
    "one word in capitals": repeated("A"),
    "capitals apart": repeated("A "),
    "initials": repeated("A."),
    "joined words": repeated("a-"),
    "blanks": repeated(" "),
    "lines": repeated("\n"),
    "blank lines": repeated(" \n"),
    "tabs": repeated("\t"),
    "<": repeated("<"),
    "tags": repeated("<b>a</b> "),
    "open tags": repeated("<a "),
    "&amp;": repeated("&amp;"),
    "&": repeated("&"),
    "brackets": repeated("["),
    "parentheses": repeated("("),
    "dashes": repeated("-"),
    "fences": repeated("---\n"),
    "Chinese": repeated("北京下雨。上海没有。"),
    "Chinese without a stop": repeated("北京下雨上海"),
    "Arabic": repeated("أمطرت في بغداد يوم الاثنين. "),
    "Russian": repeated("В Москве 5 мая 2022 года шёл дождь. "),
    "emoji": repeated("😀"),
    "dots and letters": repeated("....... x"),
    "leaders": lambda length: f"It rained in Goris. {'.' * length}x",
    "said": repeated("he said "),
    "quoted": repeated("Lee was quoted as saying that it rained. "),
    "borders": repeated("along the border "),
    "schools": repeated("Dayton High School and "),
    "rivers": repeated("the Quelmar River in Goris and "),
    "pronouns": repeated("Lee Smith ran. He said no. "),
    "ministers": repeated("the minister said no, and "),
    "the toll": repeated("killed 12 "),
    "events": repeated("attack "),
}


def seconds(text: str, suffix: str = ".txt") -> float:
    """Return how long it takes to make the index of one article."""
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "articles" / f"one{suffix}"
        article.parent.mkdir()
        article.write_text(text, "utf-8")
        began = time.process_time()
        build_index(article.parent, Path(folder) / "index.gpkg")
        return time.process_time() - began


def main() -> None:
    """Print a table: a shape a row, the seconds for each length and the worst growth for twice the text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--least", type=int, default=250_000, metavar="CHARACTERS")
    parser.add_argument("--doublings", type=int, default=2)
    parser.add_argument("--shape", action="append", choices=SHAPES, help="only this shape")
    options = parser.parse_args()
    lengths = [options.least << i for i in range(options.doublings + 1)]
    print(f"{'shape':<26}" + "".join(f"{length / 1000:>9,.0f}k" for length in lengths) + "   growth")
    seconds("It rained in Goris.")  # the first one opens the tables
    start = seconds("It rained in Goris.")  # what every build costs is no growth
    for name in options.shape or SHAPES:
        took = [max(0.05, seconds(SHAPES[name](length)) - start) for length in lengths]
        growth = max((more / less for less, more in pairwise(took)), default=0)
        print(
            f"{name:<26}"
            + "".join(f"{each:>10.2f}" for each in took)
            + f"{growth:>9.1f}{'' if growth <= GOAL else '  !'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
