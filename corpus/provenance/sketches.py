"""What an article is compared by: a few bytes that are made once, when it is read, and kept beside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import LANGUAGES
from corpus.records import Passage
from geodata import DATA

SMALL_WORDS = LANGUAGES / "small_words.txt"  # words that say nothing of what a text is about
COMMON_WORDS = DATA / "words" / "common_words.txt"

WIDTH = 5  # words of a shingle
COMMON = 5  # words that two sentences of one statement have in common at least
WHOLE = 96  # of so many shingles all are kept, of more one in SAMPLE
SAMPLE = 8
STEM = 5  # letters by which words are compared: "monitor" and "monitoring", "assess" and "assessing"
WORD_BITS = 22
ORDINARY, NAME, END = range(3)  # what a kept word is; the last ends a sentence
# Words are kept as numbers of two bytes: below the first of these a common word's, then a name's, of which few are told
# apart, then the upper half of another word, whose lower half is another such number.
NAMES, RARE, HALF = 1 << 13, 1 << 15, 15
BATCH = 1000  # articles opened at a time

_WORD = re.compile(r"[^\W_]+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_KEPT, _UNIT = np.dtype("<u4"), np.dtype("<u2")  # the same bytes on every machine

Numbers = NDArray[np.uint32]
Body = tuple[str, Sequence[Passage]]


class Sketch(NamedTuple):
    """What is kept of an article: how many shingles it has, some of them, and the words of its sentences."""

    shingles: int
    sample: bytes
    words: bytes


class Batch:
    """Several sketches as arrays; who compares articles by their shingles alone does not have the words opened."""

    def __init__(self, first: int, opened: Sequence[Sketch]) -> None:
        self.first = first  # the number of the first of these articles
        self.sizes = np.array([each.shingles for each in opened])
        self._opened = opened

    @cached_property
    def sample(self) -> Numbers:
        """All kept shingles."""
        return np.frombuffer(b"".join(each.sample for each in self._opened), dtype=_KEPT)

    @cached_property
    def sample_of(self) -> NDArray[np.int64]:
        """The article of each kept shingle."""
        return self._each([len(each.sample) // _KEPT.itemsize for each in self._opened])

    @cached_property
    def words(self) -> Numbers:
        """All words."""
        return self._words[0]

    @cached_property
    def words_of(self) -> NDArray[np.int64]:
        """The article of each word."""
        return self._each([len(each.words) // _UNIT.itemsize for each in self._opened])[self._words[1]]

    @cached_property
    def _words(self) -> tuple[Numbers, NDArray[np.bool_]]:
        return _opened(np.frombuffer(b"".join(each.words for each in self._opened), dtype=_UNIT))

    def _each(self, times: Sequence[int]) -> NDArray[np.int64]:
        return np.repeat(np.arange(self.first, self.first + len(self._opened)), times)


def sketch(text: str, passages: Sequence[Passage]) -> Sketch:
    """Return what an article is compared by; page furniture is left out."""
    sentences = _sentences(text, passages)
    all_shingles = _shingles(sentences)
    kept = (all_shingles >> np.uint64(32)).astype(np.uint32)
    kept = np.unique(kept if len(all_shingles) <= WHOLE else kept[kept % SAMPLE == 0])
    words = b"".join(word for listed in sentences for word in _kept_words(listed))
    return Sketch(len(all_shingles), kept.astype(_KEPT).tobytes(), words)


def share_of_shingles(one: Body, other: Body) -> float:
    """Return which share of the shingles of the shorter of two articles the longer one has as well, by their texts."""
    first, second = (_shingles(_sentences(*body)) for body in (one, other))
    return len(np.intersect1d(first, second, assume_unique=True)) / max(1, min(len(first), len(second)))


def batches(sketches: Iterable[Sketch]) -> Iterator[Batch]:
    """Open sketches, some at a time; articles are numbered in their order."""
    first, rest = 0, iter(sketches)
    while opened := list(islice(rest, BATCH)):
        yield Batch(first, opened)
        first += len(opened)


def _opened(units: NDArray[np.uint16]) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the words that are kept, each with its kind, and which of the numbers begin one."""
    rare, common = units >= RARE, _common()
    begins = np.ones(len(units), dtype=bool)
    begins[1:] = ~rare[:-1]
    words = common[np.minimum(units, len(common) - 1)]
    name = (units >= NAMES) & ~rare
    words[name] = units[name] - np.uint32(NAMES) | np.uint32(NAME << WORD_BITS)
    (first,) = np.nonzero(rare)
    words[first] = (units[first] - np.uint32(RARE)) << np.uint32(HALF) | units[first + 1]
    return words[begins], begins


def _sentences(text: str, passages: Sequence[Passage]) -> list[list[str]]:
    spans = (span for passage in passages if not passage.furniture for span in passage.sentences)
    return [_WORD.findall(text, start, end) for start, end in spans]


def _shingles(sentences: Sequence[Sequence[str]]) -> NDArray[np.uint64]:
    numbers = [_number(word.lower()) for listed in sentences for word in listed]
    length = len(numbers) - WIDTH + 1
    if length < 1:
        return np.array([], dtype=np.uint64)
    flat, found = np.array(numbers, dtype=np.uint64), np.zeros(length, dtype=np.uint64)
    for i in range(WIDTH):
        found = found * _PRIME + flat[i : i + length]
    found ^= found >> np.uint64(29)  # the words that come last must reach the upper half, which is kept
    return np.unique(found * _PRIME)


def _kept_words(sentence: Sequence[str]) -> Iterator[bytes]:
    """Yield the ordinary words and the names of a sentence; its first word has a capital in any case."""
    small = _small_words()
    ordinary = [w[:STEM] for w in sentence if w.islower() and len(w) > 2 and w not in small]
    if len(set(ordinary)) >= COMMON:
        yield from (_ordinary(stem) for stem in ordinary)
        names = dict.fromkeys(w for w in sentence[1:] if w[0].isupper() and len(w) > 1)
        yield from (_name(name) for name in names)
    yield _numbers(len(_common()) - 1)


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Return a number for a word, the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 16)
def _ordinary(stem: str) -> bytes:
    word = _number(stem) >> (32 - WORD_BITS)
    at = int(np.searchsorted(_common(), word))
    return _numbers(at) if _common()[at] == word else _numbers(RARE | word >> HALF, word & ((1 << HALF) - 1))


@lru_cache(maxsize=1 << 16)
def _name(name: str) -> bytes:
    return _numbers(NAMES + _number(name) % (RARE - NAMES))


def _numbers(*numbers: int) -> bytes:
    return np.array(numbers, dtype=_UNIT).tobytes()


@cache
def _common() -> Numbers:
    """Return the words that stems of common words are kept as, and behind them the end of a sentence."""
    stems = {word[:STEM] for word in COMMON_WORDS.read_text(encoding="utf-8").split()}
    assert len(stems) < NAMES, "a longer list of common words needs another NAMES"
    return np.array([*sorted({_number(stem) >> (32 - WORD_BITS) for stem in stems}), END << WORD_BITS], dtype=np.uint32)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(SMALL_WORDS.read_text(encoding="utf-8").split())
