"""Words cut into the pieces that the encoder knows, each with the shape of its letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from geodata.folding import fold

PADDING, UNKNOWN, BEGIN, END, HIDDEN = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL = (PADDING, UNKNOWN, BEGIN, END, HIDDEN)
LONGEST = 40  # letters: what is longer is no word
MOST_MARKS = 6  # of a row of marks: a line of 80 dashes says no more
MOST_PIECES = 24  # of a word
# How a word is written. The pieces are without case, so that "GORIS" and "goris" are the name that "Goris" is.
SMALL, TITLE, CAPITALS, MIXED, NO_LETTERS, INITIAL = range(6)
SHAPES = 6
_PART = re.compile(r"[^\W_]+|[^\s]")


class Pieces(NamedTuple):
    """A stretch of text as numbers of pieces, with the shape of the word that each belongs to."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]


class WordPiece:
    """A vocabulary of word pieces: the longest first, what goes on a word marked by "##"."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown, self.begin, self.end = (self.numbers[each] for each in (UNKNOWN, BEGIN, END))
        self.of = lru_cache(maxsize=1 << 16)(self._of)

    def _of(self, written: str) -> Pieces:
        ids: list[int] = []
        shapes: list[int] = []
        marks = 0
        for part in _PART.findall(written):
            if not part.isalnum():
                marks += 1
                if marks > MOST_MARKS:
                    continue
            found = self._cut(fold(part) or part) if len(part) <= LONGEST else [self.unknown]
            ids += found
            shapes += [shape_of(part)] * len(found)
        return Pieces(tuple(ids[:MOST_PIECES]), tuple(shapes[:MOST_PIECES]))

    def _cut(self, word: str) -> list[int]:
        numbers, found, at = self.numbers, [], 0
        while at < len(word):
            end, prefix = len(word), "##" if at else ""
            while end > at and (number := numbers.get(prefix + word[at:end])) is None:
                end -= 1
            if end == at:
                return [self.unknown]
            found.append(number)
            at = end
        return found  # type: ignore[return-value]


def shape_of(word: str) -> int:
    """Return how a word is written: in small letters, with a capital first, all in capitals or otherwise."""
    letters = [*filter(str.isalpha, word)]
    capitals = sum(map(str.isupper, letters))
    if not capitals:
        return SMALL if letters else NO_LETTERS
    if capitals == len(letters):
        return CAPITALS if capitals > 1 else INITIAL
    return TITLE if capitals == 1 and letters[0].isupper() else MIXED
