"""Find page furniture: the stretches of a text that belong to the web page and not to the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from corpus import LANGUAGES
from corpus.records import Furniture
from geodata.tables import read_toml

PATTERNS = LANGUAGES / "furniture.toml"

# A line of furniture is short; longer lines are paragraphs of reporting and are not tried against whole-line patterns.
LONGEST_LINE = 600
LONGEST_HEADLINE = 160
# A line shorter than this may well be said twice: "Yes.", a name in an interview, a row of a table.
SHORTEST_REPEAT = 20
LIST_OF_LINKS = "list of links"  # the reason of the [[heading]] rows

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
# Blocks of the scripts that news is written in; a letter outside all of them counts for no script.
_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Armenian": "\u0531-\u0587",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe",
    "Devanagari": "\u0900-\u097f",
    "East Asian": "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af",
}
_LETTERS = {name: re.compile(f"[{blocks}]") for name, blocks in _SCRIPTS.items()}


def find_furniture(text: str, known: Sequence[Furniture] = ()) -> list[Furniture]:
    """Mark page furniture, sorted and without overlaps; a first copy of a caption or headline is content.

    `known` stands at the end of a text, where a page's markup told what is none of the article.
    """
    if known:
        return [*find_furniture(text[: known[0].start]), *known]
    lines = [(m.start(), m[0]) for m in _LINE.finditer(text)]
    found = [*_by_wording(lines), *_second_copies(lines), *_in_another_script(text, lines), *_within_lines(text)]
    return _without_overlaps(sorted(found, key=lambda f: (f.start, -f.end)))


def furniture_at(start: int, end: int, furniture: Sequence[Furniture]) -> Furniture | None:
    """Return the furniture that covers all of `start, end`, if one does; `furniture` as `find_furniture` gives it."""
    place = bisect_right(furniture, start, key=lambda f: f.start) - 1
    return furniture[place] if place >= 0 and furniture[place].end >= end else None


def furniture_reason(line: str) -> str | None:
    """Return why a whole line is furniture by its wording, or None."""
    if len(line) > LONGEST_LINE or line[:1].islower():
        return None
    match = _whole_line().fullmatch(line.lower())
    return _reasons()[match.lastgroup] if match and match.lastgroup else None


def script_of(text: str) -> str:
    """Return the script of four letters in five, or ""; a long text is judged by a sample."""
    sample = text[:: max(1, len(text) // 400)]
    counts = {name: len(letters.findall(sample)) for name, letters in _LETTERS.items()}
    name = max(counts, key=counts.__getitem__)
    return name if counts[name] >= 0.8 * sum(counts.values()) > 0 else ""


def _by_wording(lines: Sequence[tuple[int, str]]) -> Iterator[Furniture]:
    heading = ""  # whose list of links we are in
    listed: list[Furniture] = []
    for start, line in lines:
        reason = furniture_reason(line)
        if reason is None and heading and _is_headline(line):
            listed.append(Furniture(start, start + len(line), f"in the list of links under '{heading}'"))
            continue
        if reason is None:
            # A headline right above a paragraph is that paragraph's heading, not the last link of the list.
            listed = listed[:-1]
        yield from listed
        listed, heading = [], line if reason == LIST_OF_LINKS else ""
        if reason is not None:
            yield Furniture(start, start + len(line), reason)
    yield from listed


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST_HEADLINE and line[-1] not in ".!:;,”\"'" and " " in line


def _second_copies(lines: Sequence[tuple[int, str]]) -> Iterator[Furniture]:
    seen: set[str] = set()
    before = ""
    for number, (start, line) in enumerate(lines):
        key = line.casefold()
        # At the head of a page, and line upon line, even a short headline is seldom there twice on purpose.
        likely = number < 10 or key == before
        if key in seen and (len(key) >= SHORTEST_REPEAT or (likely and " " in key and key[-1] != ":")):
            yield Furniture(start, start + len(line), "second copy of a line")
        seen.add(key)
        before = key


def _in_another_script(text: str, lines: Sequence[tuple[int, str]]) -> Iterator[Furniture]:
    """Yield the short lines at head and foot whose script is not the article's."""
    if text.isascii():
        return
    script = script_of(text)
    for start, line in lines if len(lines) <= 10 else [*lines[:5], *lines[-5:]]:
        if script and len(line) <= LONGEST_HEADLINE and not (script == "Latin" and line.isascii()):
            other = script_of(line)
            if other and other != script:
                yield Furniture(start, start + len(line), f"page header in another script ({other})")


def _within_lines(text: str) -> Iterator[Furniture]:
    for reason, signs, pattern in _inline():
        if any(sign in text for sign in signs):
            for match in pattern.finditer(text):
                yield Furniture(match.start(), match.start() + len(match[0].rstrip()), reason)


def _without_overlaps(found: Sequence[Furniture]) -> list[Furniture]:
    kept: list[Furniture] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
        elif piece.end > kept[-1].end:
            kept[-1] = Furniture(kept[-1].start, piece.end, kept[-1].reason)
    return kept


@cache
def _table() -> dict[str, Any]:
    return read_toml(PATTERNS)


@cache
def _whole_line() -> re.Pattern[str]:
    rows = [*_table()["line"], *_table()["heading"]]
    return re.compile("|".join(f"(?P<row{i}>{'|'.join(row['patterns'])})" for i, row in enumerate(rows)))


@cache
def _reasons() -> dict[str, str]:
    rows = [*_table()["line"], *_table()["heading"]]
    return {f"row{i}": row["reason"] for i, row in enumerate(rows)}


@cache
def _inline() -> list[tuple[str, list[str], re.Pattern[str]]]:
    return [(r["reason"], r["signs"], re.compile("|".join(r["patterns"]), re.MULTILINE)) for r in _table()["inline"]]
