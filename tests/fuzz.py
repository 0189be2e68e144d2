"""Read what nobody wrote: `make fuzz`, or `python -m tests.fuzz --inputs 100000`.

Each input is a number: the shipped articles, sentences of our own and, where they are there, the gold texts, cut,
joined, shouted, repeated and sprinkled with what has hurt before; as a text, as a file or as a typed name. What is read
must hold together (offsets, counts, days), nothing may raise, and 10 KB may take two seconds of processor time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from random import Random

from tqdm import tqdm

from corpus.dating.publication_date import date_alone
from corpus.errors import ArticleError
from corpus.ingest.files import read_article
from corpus.read_article import many_articles, parse_text, read_out
from corpus.records import ReadArticle
from corpus.workers import Lost, spread
from geodata.gazetteer.geocoder import geocode, suggest

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
SLOW = 2.0  # seconds of processor time
LONGEST = 10_000  # characters
STATUSES = {"placed", "region", "actor", "undecided", "boilerplate"}

SENTENCES = """
RUSSIAN TROOPS LEFT LACHIN AND AZERBAIJANI SOLDIERS TOOK 5 VILLAGES, ON 26 AUGUST 2022.
In Goris, UNHCR, UNICEF, USAID, WHO, OSCE, NATO and ICRC staff met, on Monday.
Storms hit Easter Island. A man was shot in Winter Park, Florida, police said. It closes around Sept. 1.
“At least 12 people were killed near Stepanakert overnight,” the ministry said, citing its own count.
The road between Goris and Kapan, along the border, was shut from 13 to 15 September 2022; it reopened last week.
By Ann Lee, May 1, 2022 10:30 GMT
Read More: Floods in Madrid, Spain | Copyright 2021-2022 by The Post
Войска отошли от Горловки в понедельник, 12 сентября. Şuşa, Xankəndi və Laçın. 上海 القدس Երևան
Between 3,000 and 4,000 Armenians fled the village of Sotk in 1988, 331 BC or the 1990s, two days before the summit.
""".strip().split("\n")
SPRINKLES = [
    *("\0", "\u202e", "\u200b", "\ufeff", "🦊", "’s", "“", "”", "(", ")", "[", "]", "{{", "$", "<p>", "</", "<!--"),
    *("&amp;", "&#99999999;", "---\n", "+++\n", "\t", "\r", "\r\n", "\n\n", "\u2028", " ", ",", ", ", ".", "..."),
    *("—", "-", "/", "1", "12", "9999", "0001", "99999999999999999999", "st", "th", "Mr.", "U.S.", "N.Y."),
    *("9999-12-31", "1 January 0001", "30,000 years ago", "tomorrow", "last year", "on 31 February"),
    *("the night before", "=cmd()", "'; drop table articles", "İ", "ß", "ﬁ", "Ⅷ", "٣", "e\u0301\u0301\u0301"),
    *("x" * 300, "Aa" * 60, "- " * 60),
]
DAYS = [None, "", "2022-09-14", "0001-01-01", "9999-12-31", "1000-01-01", "2100-12-31", "14 September 2022", "soon"]


@cache
def seeds() -> list[str]:
    """Return the texts that inputs are made of."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "corpus" / "articles").glob("*.md"))]
    for file in sorted(GOLD.rglob("*.jsonl")):
        rows = (json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip())
        texts += [row["text"] for row in rows if isinstance(row.get("text"), str)]
    return [*SENTENCES * max(1, len(texts) // 30), *texts]


def mutated(dice: Random) -> str:
    """Return a text that nobody wrote."""
    text = _stretch(dice)
    for _ in range(dice.randrange(5)):
        text = dice.choice(CHANGES)(text, dice)[:LONGEST]
    return text


def _stretch(dice: Random) -> str:
    text = dice.choice(seeds())
    length = dice.choice((30, 120, 120, 500, 500, 2000, LONGEST))
    start = dice.randrange(max(1, len(text) - length))
    return text[start : start + length]


def _any_place(text: str, dice: Random) -> int:
    return dice.randrange(len(text) + 1)


def _sprinkle(text: str, dice: Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        at = _any_place(text, dice)
        text = text[:at] + dice.choice(SPRINKLES) * dice.choice((1, 1, 1, 40)) + text[at:]
    return text


def _join(text: str, dice: Random) -> str:
    at = _any_place(text, dice)
    return text[:at] + dice.choice(("", " ", ". ", "\n", "\n\n")) + _stretch(dice) + text[at:]


def _cut(text: str, dice: Random) -> str:
    start, end = sorted((_any_place(text, dice), _any_place(text, dice)))
    return text[:start] + text[end:]


def _repeat(text: str, dice: Random) -> str:
    start = _any_place(text, dice)
    return text[:start] + text[start : start + dice.randrange(1, 40)] * dice.choice((2, 20, 200)) + text[start:]


def _shuffle(text: str, dice: Random) -> str:
    words = text.split(" ")
    dice.shuffle(words)
    return " ".join(words)


CHANGES: list[Callable[[str, Random], str]] = [
    _sprinkle,
    _sprinkle,
    _join,
    _cut,
    _repeat,
    _shuffle,
    lambda text, dice: text.upper(),
    lambda text, dice: text.lower(),
    lambda text, dice: text.title(),
    lambda text, dice: text.swapcase(),
    lambda text, dice: text[::-1],
    lambda text, dice: text.replace(dice.choice(" .,\n"), dice.choice(("", " ", ", ", "\n", ".", ";", "\u00a0"))),
    lambda text, dice: "".join(dice.choice("0123456789") if char.isdigit() else char for char in text),
]


def try_one(number: int, *, seed: int, folder: Path) -> str:
    """Read one input; return what went wrong, "" when nothing did."""
    dice = Random(f"{seed} {number}")
    text = mutated(dice)
    door = dice.choice((_as_text, _as_text, _as_text, _as_file, _as_typed))
    start = time.process_time()
    try:
        door(text, dice, folder)
    except Exception as error:
        return f"{door.__name__[1:]}: {type(error).__name__}: {error}"
    took = time.process_time() - start
    return f"{door.__name__[1:]}: took {took:.1f} s for {len(text)} characters" if took > SLOW else ""


def _as_text(text: str, dice: Random, folder: Path) -> None:
    hold_together(parse_text(text, published=dice.choice(DAYS)), text)


def _as_file(text: str, dice: Random, folder: Path) -> None:
    head = dice.choice(
        ("", "", f"---\ntitle: {text[:40]}\ndate: {dice.choice(DAYS)}\n---\n", f"---\n{text[:200]}\n---\n")
    )
    encoding = dice.choice(("utf-8", "utf-8", "utf-8", "cp1252", "cp1251", "utf-16", "koi8-r"))
    path = folder / f"input{dice.randrange(10**9)}{dice.choice(('.txt', '.md', '.html'))}"
    path.write_bytes((head + text).encode(encoding, "replace"))
    try:
        article = read_article(path, folder)
    except ArticleError:
        return
    finally:
        path.unlink()
    hold_together(read_out(date_alone(article)[0]), article.text)


def _as_typed(text: str, dice: Random, folder: Path) -> None:
    query = text[: dice.choice((20, 60, 1000))]
    for entry in [*geocode(query), *suggest(query)]:
        assert -90 <= entry.lat <= 90, entry
        assert -180 <= entry.lon <= 180, entry


def hold_together(read: ReadArticle, text: str) -> None:
    """Raise AssertionError where what was read of a text contradicts itself."""
    assert read.article.text == text
    for piece in (*read.mentions, *read.timexes):
        assert text[piece.start : piece.end] == piece.text != "", piece
    for timex in read.timexes:
        assert timex.since is None or timex.until is None or date.min <= timex.since <= timex.until, timex
    for before, after in zip(read.mentions, read.mentions[1:], strict=False):
        assert before.end <= after.start, (before, after)
    for mention in read.mentions:
        home = read.passages[mention.passage]
        assert home.start <= mention.start < mention.end <= home.end, mention
        assert mention.status in STATUSES, mention
        assert bool(mention.links) == (mention.status != "boilerplate" and not mention.is_doubted), mention


def main() -> int:
    """Try many inputs on all processors; print those that went wrong, and how many there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="show one input and what becomes of it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, many_articles():
        work = partial(try_one, seed=options.seed, folder=Path(folder))
        if options.only is not None:
            print(repr(mutated(Random(f"{options.seed} {options.only}"))), work(options.only), sep="\n")
            return 0
        geocode("Goris"), suggest("Gorris"), seeds()
        numbers, wrong, start = range(options.inputs), Counter[str](), time.perf_counter()
        results = spread(work, numbers, size=lambda _: LONGEST)
        for number, result in zip(
            numbers, tqdm(results, total=len(numbers), unit=" inputs", disable=None), strict=True
        ):
            what = result.why if isinstance(result, Lost) else result
            if what:
                wrong["over 2 s" if "took" in what else "exceptions"] += 1
                print(f"input {number}: {what}", file=sys.stderr)
    print(
        f"{options.inputs:,} inputs, seed {options.seed}: {wrong['exceptions']} exceptions, {wrong['over 2 s']} over "
        f"{SLOW:g} s ({time.perf_counter() - start:.0f} s)"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
