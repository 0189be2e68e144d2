"""A stretch of an article in parts: what is plain, and what is a name, a date or a word that was searched for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from corpus.records import LITERAL
from dashboard.escaping import visible
from dashboard.words import Row, period
from geodata.folding import fold
from geodata.sentences import split_sentences

Kind = Literal["", "place", "actor", "selected", "date", "word", "furniture"]
Part = tuple[str, Kind, str, str]  # words, what they are, what they lead to, the same in words
_WORD = re.compile(r"\w+")


class Mark(NamedTuple):
    """A stretch of an article's text, what it is and what it leads to."""

    start: int
    end: int
    kind: Kind
    target: str = ""
    about: str = ""


def parts(text: str, offset: int, start: int, end: int, marks: Iterable[Mark]) -> list[Part]:
    """Return `text` from `start` to `end`, positions of the article in which it stands at `offset`, in parts.

    Of marks that overlap, the first in the order of their starts stands; the longer of two that begin together.
    """
    found: list[Part] = []
    at = start
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.kind == "word", -mark.end)):
        first, last = max(mark.start, start), min(mark.end, end)
        if mark.start < at or first >= last:
            continue
        found += [_plain(text[at - offset : first - offset])] if first > at else []
        found.append((visible(text[first - offset : last - offset]), mark.kind, mark.target, mark.about))
        at = last
    return [*found, _plain(text[at - offset : end - offset])] if at < end else found


def _plain(text: str) -> Part:
    return visible(text), "", "", ""


def named(marks: Iterable[Row]) -> Iterator[Mark]:
    """Yield the names and dates that rows of `reading.marks` have."""
    for row in marks:
        span = int(row.start), int(row.end)
        if not row.role:
            yield Mark(*span, "date", f"{row.since}/{row.until}", period(row.since, row.until))
        elif row.place:
            yield Mark(*span, "place" if row.role in LITERAL else "actor", str(row.place))


def lit_up(marks: Iterable[Mark], spans: Collection[tuple[int, int]]) -> Iterator[Mark]:
    """Yield the marks, those of names at these spans as what stands out; a span that is no name does so too."""
    left = set(spans)
    for mark in marks:
        if mark[:2] in left and mark.kind in ("place", "actor"):
            left.discard(mark[:2])
            yield mark._replace(kind="selected")
        elif mark[:2] not in spans or mark.kind == "date":
            yield mark
    yield from (Mark(*span, "selected") for span in left)


def words_in(text: str, offset: int, query: str) -> Iterator[Mark]:
    """Yield where the words that were searched for stand, as the search finds them: the last may begin one."""
    wanted = [folded for word in _WORD.findall(query) if (folded := fold(word))]
    if not wanted:
        return
    for match in _WORD.finditer(text):
        word = fold(match[0])
        if word in wanted or word.startswith(wanted[-1]):
            yield Mark(offset + match.start(), offset + match.end(), "word")


def whole_sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentences of a text that a stretch touches."""
    touched = [span for span in split_sentences(text) if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
