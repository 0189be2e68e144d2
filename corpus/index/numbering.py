"""Numbers for words and ids, in columns that take as few bytes a row as their numbers do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]

BATCH = 5_000  # rows read at a time


class Words:
    """Numbers words as they come, and tells at the end which place each has in their own order."""

    def __init__(self, words: Iterable[Any] = ()) -> None:
        self._numbers: dict[Any, int] = {word: number for number, word in enumerate(words)}

    def of(self, words: Iterable[Any]) -> Column:
        """Return a number for each word."""
        known = self._numbers
        return np.array([known.setdefault(word, len(known)) for word in words], np.int32)

    def of_column(self, words: Column) -> Column:
        """Return a number for each of many words that are numbers themselves, most of them often."""
        each, which = np.unique(words, return_inverse=True)
        return self.of(each.tolist())[which]

    def listed(self) -> list[Any]:
        """Return the words by their numbers."""
        return list(self._numbers)


def ranked(words: Sequence[Any], column: Column) -> tuple[list[Any], Column]:
    """Return those of the words whose numbers a column has, in their order, and their places in it as a column."""
    order = sorted(np.flatnonzero(np.bincount(column)).tolist(), key=words.__getitem__)
    ranks = np.zeros(len(words), np.int32)
    ranks[order] = np.arange(len(order))
    return [words[number] for number in order], ranks[column]


def batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the columns of some rows of an answer at a time."""
    for rows in iter(partial(cursor.fetchmany, BATCH), []):
        yield list(zip(*rows, strict=True))


def whole_rows(cursor: sqlite3.Cursor, width: int) -> Column:
    """Return an answer of whole numbers, a row of so many for each of its rows."""
    rows: Column = np.fromiter(chain.from_iterable(cursor), np.int64).reshape(-1, width)
    return rows


def narrow(column: Column) -> Column:
    """Return a column of whole numbers from 0 in as few bytes a row as they take."""
    return column.astype(np.min_scalar_type(int(column.max(initial=0))))


def inverse(ids: Column) -> Column:
    """Return at which place each id stands in a column that has it once, -1 where it has not."""
    places = np.full(ids.max(initial=0) + 1, -1, np.int32)
    places[ids] = np.arange(len(ids), dtype=np.int32)
    return places


def ranges(firsts: Column, ends: Column) -> Column:
    """Return the numbers of many ranges, end exclusive, one range after another."""
    lengths = ends - firsts
    numbers: Column = np.arange(lengths.sum()) + np.repeat(firsts - np.cumsum(lengths) + lengths, lengths)
    return numbers
