"""Near-copies of articles and statements that several articles share: how many independent sources there are.

Articles are compared by their sketches alone, all of them each time: the same whether one was added or all are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

from corpus.provenance.in_common import in_common
from corpus.provenance.sketches import COMMON, END, NAME, SAMPLE, WHOLE, WORD_BITS, Batch, Numbers, Sketch, batches

COPY = 0.5  # of the shorter article's shingles that the longer one holds as well
FEWEST = 20  # shingles of an article that can be called a copy
SURE = 32  # kept shingles from which on their share alone tells, where it is not within DOUBT of COPY
DOUBT = 0.2
SHARED = 0.5  # of the lesser sentence's weight of words that the other one holds as well
SAME = 0.8  # the same, where they have no name in common
AT_ONCE = 200_000  # pairs of sentences

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_WORD = np.uint64((1 << WORD_BITS) - 1)

Ints = NDArray[np.int64]
SentenceAt = tuple[int, int]  # the article, and which of its sentences


@dataclass(frozen=True, slots=True)
class Copies:
    """Which articles are copies of one, and which sentences are one statement."""

    group: list[int]  # of each article, the first article of its group of near-copies
    statement: dict[SentenceAt, int]  # of each shared sentence, the number of its statement; in their order


def find_copies(sketches: Callable[[], Iterable[Sketch]], share: Callable[[int, int], float]) -> Copies:
    """Compare articles by their sketches, which are asked for twice.

    `share` tells for two articles of which sketches alone tell too little, which share of the shorter one's shingles
    the longer one holds.
    """
    group = _groups(batches(sketches()), share)
    return Copies(group, _statements(batches(sketches()), np.array(group, dtype=np.int64)))


def _groups(given: Iterable[Batch], share: Callable[[int, int], float]) -> list[int]:
    """Return the first article of each article's group of near-copies."""
    sizes_of: list[Ints] = []
    sampled_of: list[Ints] = []  # how many of the kept shingles would be kept of a long article as well

    def keys() -> Iterator[tuple[Numbers, Ints]]:
        for batch in given:
            first = sum(map(len, sizes_of))
            sizes_of.append(batch.sizes)
            sampled = batch.sample_of[batch.sample % SAMPLE == 0] - first
            sampled_of.append(np.bincount(sampled, minlength=len(batch.sizes)))
            yield batch.sample, batch.sample_of

    joined = _Joined()
    for one, other, both in in_common(keys()):
        if len(sizes_of) > 1:  # all are taken in when the first pairs come
            sizes_of, sampled_of = [np.concatenate(sizes_of)], [np.concatenate(sampled_of)]
        (sizes,), (sampled,) = sizes_of, sampled_of
        lesser = np.where(sizes[one] <= sizes[other], one, other)
        whole = np.maximum(sizes[one], sizes[other]) <= WHOLE
        of = np.maximum(np.where(whole, sizes[lesser], sampled[lesser]), 1)
        alike, long = both / of, sizes[lesser] >= FEWEST
        doubted = long & ~whole & (alike >= COPY - DOUBT) & ((of < SURE) | (alike <= COPY + DOUBT))
        sure = long & ~doubted & (alike >= COPY)
        joined.join_all(one[sure], other[sure])
        for first, second in zip(one[doubted].tolist(), other[doubted].tolist(), strict=True):
            if joined.root(first) != joined.root(second) and share(first, second) >= COPY:
                joined.join(first, second)
    return [joined.root(number) for number in range(sum(map(len, sizes_of)))]


def _statements(given: Iterable[Batch], group: Ints) -> dict[SentenceAt, int]:
    """Return the statement of each sentence that articles of different groups share.

    Their ordinary words are compared: two sentences about one person or place are not for that reason one statement.
    A name in common is asked for where the words differ, for "a man was charged with theft" is said of many.
    """
    joined = _Joined()
    with TemporaryFile() as file:
        sentences = _Sentences(file)
        # Words side by side are rare enough to lead to the sentences that are worth comparing word by word.
        for one, other, _ in in_common(map(sentences.take, given)):
            article = sentences.article
            apart = group[article[one]] != group[article[other]]
            one, other = one[apart], other[apart]
            for at in range(0, len(one), AT_ONCE):
                pairs = one[at : at + AT_ONCE], other[at : at + AT_ONCE]
                alike = sentences.alike(*pairs)
                joined.join_all(pairs[0][alike], pairs[1][alike])
        if not (members := joined.members()):
            return {}
        first = np.searchsorted(sentences.article, np.arange(len(group)))
        number = {root: n for n, root in enumerate(sorted({root for _, root in members}))}
        articles = sentences.article[[sentence for sentence, _ in members]].tolist()
        return {
            (article, int(sentence - first[article])): number[root]
            for article, (sentence, root) in zip(articles, members, strict=True)
        }


class _Sentences:
    """The sentences of all articles: what each has of words, in a file, for there are many."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._often = np.zeros(1 << WORD_BITS, dtype=np.int64)  # of each ordinary word
        self._lengths: list[Ints] = []
        self._articles: list[Ints] = []
        self._count = 0
        self._ready: tuple[Ints, Ints, Numbers] | None = None

    def take(self, batch: Batch) -> tuple[Numbers, Ints]:
        """Take in the sentences of some articles; return the pairs of words side by side, each with its sentence."""
        end = batch.words >= END << WORD_BITS
        sentence = self._count + np.cumsum(end) - end
        count = int(end.sum())
        words, of = batch.words[~end], sentence[~end]
        # Each word of a sentence once, ordinary ones before names.
        codes = np.unique(of.astype(np.uint64) << np.uint64(24) | words)
        kept, kept_of = (codes & np.uint64(0xFFFFFF)).astype(np.uint32), (codes >> np.uint64(24)).astype(np.int64)
        kept.tofile(self._file)
        self._lengths.append(np.bincount(kept_of - self._count, minlength=count))
        self._articles.append(batch.words_of[end])
        ordinary = words < NAME << WORD_BITS
        words, of = words[ordinary], of[ordinary]
        found, often = np.unique(words, return_counts=True)
        self._often[found] += often
        inside = of[:-1] == of[1:]
        double = words[:-1].astype(np.uint64) << np.uint64(WORD_BITS) | words[1:]
        self._count += count
        return (double[inside] * _PRIME >> np.uint64(32)).astype(np.uint32), of[:-1][inside]

    @property
    def article(self) -> Ints:
        """The article of each sentence, when all are taken in."""
        return self._all()[0]

    def alike(self, one: Ints, other: Ints) -> NDArray[np.bool_]:
        """Tell which pairs of sentences are one statement."""
        if not len(one):
            return np.zeros(0, dtype=bool)
        mine, of_mine = self._words(one)
        its, of_its = self._words(other)
        common = _found_in(of_mine << np.int64(24) | mine, of_its << np.int64(24) | its)
        weigh = (_weights(words, self._often, self._count) for words in (mine, its))
        weights = [np.bincount(of, weight, len(one)) for of, weight in zip((of_mine, of_its), weigh, strict=True)]
        name = mine >= NAME << WORD_BITS
        both = np.bincount(of_mine[common & ~name], minlength=len(one))
        names = np.bincount(of_mine[common & name], minlength=len(one))
        weight = np.bincount(of_mine[common], _weights(mine[common], self._often, self._count), len(one))
        share = weight / np.maximum(np.minimum(*weights), 1e-9)
        return (both >= COMMON) & ((share >= SAME) | ((share >= SHARED) & (names > 0)))

    def _words(self, sentences: Ints) -> tuple[Ints, Ints]:
        """Return the words of sentences, each with the place of its sentence in the list."""
        _, edges, words = self._all()
        lengths = edges[sentences + 1] - edges[sentences]
        place = np.repeat(np.arange(len(sentences)), lengths)
        offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return words[edges[sentences][place] + offset].astype(np.int64), place

    def _all(self) -> tuple[Ints, Ints, Numbers]:
        if self._ready is None:
            self._file.flush()
            edges = np.r_[0, np.cumsum(np.concatenate(self._lengths))]
            words = np.memmap(self._file, dtype=np.uint32, mode="r")
            self._ready = np.concatenate(self._articles), edges, words
            self._lengths.clear()
            self._articles.clear()
        return self._ready


def _weights(words: Ints, often: Ints, sentences: int) -> NDArray[np.float64]:
    """Return the weight of each word: the rarer, the more; a name has none."""
    ordinary = words < NAME << WORD_BITS
    return np.where(ordinary, np.log1p(sentences / np.maximum(often[words & np.int64(_WORD)], 1)), 0.0)


def _found_in(codes: Ints, sorted_codes: Ints) -> NDArray[np.bool_]:
    if not len(sorted_codes):
        return np.zeros(len(codes), dtype=bool)
    at = np.minimum(np.searchsorted(sorted_codes, codes), len(sorted_codes) - 1)
    return np.asarray(sorted_codes[at] == codes)


class _Joined:
    """Things that were joined in pairs; each group is known by its lowest."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}  # of those that are not alone

    def join_all(self, one: Ints, other: Ints) -> None:
        for first, second in zip(one.tolist(), other.tolist(), strict=True):
            self.join(first, second)

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent.setdefault(low, low)
        self._parent[high] = low

    def root(self, number: int) -> int:
        parent = self._parent
        if number not in parent:
            return number
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def members(self) -> list[tuple[int, int]]:
        """Return all that are not alone, each with its group, in their order."""
        return [(number, self.root(number)) for number in sorted(self._parent)]
