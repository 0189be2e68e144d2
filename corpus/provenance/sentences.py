"""The sentences of all articles, compared by their words: these lie in a file, for there are many."""

from __future__ import annotations

from typing import IO

import numpy as np
from numpy.typing import NDArray

from corpus.provenance.in_common import distinct
from corpus.provenance.sketches import COMMON, END, NAME, WORD_BITS, Batch, Numbers

SHARED = 0.5  # of the lesser sentence's weight of words that the other one holds as well
SAME = 0.8  # the same, where they have no name in common

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_WORD = (1 << WORD_BITS) - 1
_NAME, _END = NAME << WORD_BITS, END << WORD_BITS
_BITS = np.int64(WORD_BITS + 2)  # of a word with its kind

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def doubles(batch: Batch) -> tuple[Numbers, Ints]:
    """Return which ordinary words stand side by side, each pair as a number with the sentence of the batch it is in."""
    end = batch.words >= _END
    ordinary = batch.words < _NAME
    words, of = batch.words[ordinary], np.cumsum(end)[ordinary]
    double = words[:-1].astype(np.uint64) << np.uint64(WORD_BITS) | words[1:]
    inside = of[:-1] == of[1:]
    return (double[inside] * _PRIME >> np.uint64(32)).astype(np.uint32), of[:-1][inside]


class Sentences:
    """The words of each sentence, and how often each word is used."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._often = np.zeros(1 << WORD_BITS, dtype=np.int32)  # of each ordinary word
        self._lengths: list[Ints] = []
        self._articles: list[Ints] = []
        self.count = 0
        self._ready: tuple[Ints, Ints, Numbers] | None = None

    def take(self, batch: Batch) -> tuple[Numbers, Ints]:
        """Take in the sentences of some articles; return their doubles, each with its sentence."""
        double, of = doubles(batch)
        of += self.count
        (ends,) = np.nonzero(batch.words >= _END)
        batch.words.tofile(self._file)
        self._lengths.append(np.diff(ends, prepend=-1))
        self._articles.append(batch.words_of[ends])
        np.add.at(self._often, batch.words[batch.words < _NAME], np.int32(1))
        self.count += len(ends)
        return double, of

    @property
    def article(self) -> Ints:
        """The article of each sentence, when all are taken in."""
        return self._all()[0]

    def compare(self, one: Ints, other: Ints) -> tuple[Bools, Bools]:
        """Tell of pairs of sentences which have enough words in common to be weighed, and which are one statement.

        Their ordinary words are compared: two sentences about one person or place are not for that reason one
        statement. A name in common is asked for where the words differ, for "a man was charged with theft" is said of
        many.
        """
        (mine, of_mine), (its, of_its) = self._words(one), self._words(other)
        common = _found_in(of_mine << _BITS | mine, of_its << _BITS | its)
        lesser = np.minimum(*(self._weight(*words, len(one)) for words in ((mine, of_mine), (its, of_its))))
        share = self._weight(mine[common], of_mine[common], len(one)) / np.maximum(lesser, 1e-9)
        name = mine >= _NAME
        enough = np.bincount(of_mine[common & ~name], minlength=len(one)) >= COMMON
        named = np.bincount(of_mine[common & name], minlength=len(one)) > 0
        return enough, enough & ((share >= SAME) | ((share >= SHARED) & named))

    def _weight(self, words: Ints, of: Ints, count: int) -> NDArray[np.float64]:
        """Return the weight of the words of each sentence: the rarer, the more; a name has none."""
        often = np.maximum(self._often[words & _WORD], 1)
        return np.asarray(
            np.bincount(of, np.where(words < _NAME, np.log1p(self.count / often), 0.0), count), dtype=float
        )

    def _words(self, sentences: Ints) -> tuple[Ints, Ints]:
        """Return the words of sentences, each once, with the place of its sentence in the list."""
        _, edges, words = self._all()
        lengths = edges[sentences + 1] - edges[sentences]
        place = np.repeat(np.arange(len(sentences)), lengths)
        offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        found = words[edges[sentences][place] + offset].astype(np.int64)
        codes = distinct((place << _BITS | found)[found < _END])
        return codes & ((1 << _BITS) - 1), codes >> _BITS

    def _all(self) -> tuple[Ints, Ints, Numbers]:
        if self._ready is None:
            self._file.flush()
            edges = np.r_[0, np.cumsum(np.concatenate(self._lengths))]
            words = np.memmap(self._file, dtype=np.uint32, mode="r")
            self._ready = np.concatenate(self._articles), edges, words
            self._lengths.clear()
            self._articles.clear()
        return self._ready


def _found_in(codes: Ints, sorted_codes: Ints) -> Bools:
    if not len(sorted_codes):
        return np.zeros(len(codes), dtype=bool)
    at = np.minimum(np.searchsorted(sorted_codes, codes), len(sorted_codes) - 1)
    return np.asarray(sorted_codes[at] == codes)
