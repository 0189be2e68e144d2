"""Examples as rows of numbers: pieces, shapes and the answers that are wanted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.recognition.second_look.labels import KINDS, PLACES, READINGS
from geodata.recognition.second_look.rows import Row, find_sentences, rows_of
from geodata.recognition.second_look.wordpiece import WordPiece
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.training.second_look.examples import Example, Mark

ABSENT = -100  # what no loss is taken of
MOST_NAMES = 60  # names to read of one row


@dataclass(frozen=True, slots=True)
class Lesson:
    """One row with its answers, a column a piece; `name` numbers the names whose reading is asked, 0 for none."""

    ids: np.ndarray
    shapes: np.ndarray
    places: np.ndarray
    kinds: np.ndarray
    readings: np.ndarray
    name: np.ndarray

    @property
    def has_names(self) -> bool:
        """Say whether anything in the sentence is a name."""
        return any(bool((wanted > 0).any()) for wanted in (self.places, self.kinds, self.readings))


def lessons_of(example: Example, pieces: WordPiece) -> Iterable[Lesson]:
    """Yield the sentences of an example that ask for anything."""
    tokens = Text(example.text).tokens
    if not len(tokens):
        return
    places = _tagged(tokens, example.places, PLACES, example.open)
    if example.only_marked:
        for i in range(len(tokens)):
            places[i] = places[i] or ABSENT
    kinds = _tagged(tokens, example.kinds, KINDS, example.open_kinds)
    readings, name = [ABSENT] * len(tokens), [0] * len(tokens)
    for number, mark in enumerate(example.readings, 1):
        words = _words(tokens, mark.start, mark.end)
        for i in words:
            name[i] = (number - 1) % MOST_NAMES + 1
        if words:
            readings[words[0]] = READINGS.index(mark.label)
    columns = (places, kinds, readings)
    for sentence in find_sentences(tokens):
        for row in rows_of(tokens, sentence, pieces):
            if any(value != ABSENT for column in columns for value in column[row.first : row.stop]):
                yield _lesson(row, columns, name)


def _tagged(
    tokens: Tokens, marks: Sequence[Mark] | None, labels: Sequence[str], unasked: Sequence[tuple[int, int]]
) -> list[int]:
    if marks is None:
        return [ABSENT] * len(tokens)
    column = [0] * len(tokens)
    for start, end in unasked:
        for i in _words(tokens, start, end):
            column[i] = ABSENT
    for mark in marks:
        for further, i in enumerate(_words(tokens, mark.start, mark.end)):
            column[i] = labels.index(mark.label) + (further > 0)
    return column


def _words(tokens: Tokens, start: int, end: int) -> range:
    return range(bisect_right(tokens.end, start), bisect_left(tokens.start, end))


def _lesson(row: Row, columns: tuple[list[int], ...], name: list[int]) -> Lesson:
    size = len(row.ids)
    wanted = np.full((len(columns), size), ABSENT, np.int16)
    for number, column in enumerate(columns):
        wanted[number, row.at] = column[row.first : row.stop]
    names = np.zeros(size, np.int16)
    for at, following, word in zip(row.at, [*row.at[1:], size - 1], range(row.first, row.stop), strict=True):
        names[at:following] = name[word]
    places, kinds, readings = wanted
    return Lesson(np.array(row.ids, np.int32), np.array(row.shapes, np.int8), places, kinds, readings, names)
