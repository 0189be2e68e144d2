"""Near-copies of articles and statements that several articles share: how many independent sources there are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus import LANGUAGES
from corpus.records import Passage

SMALL_WORDS = LANGUAGES / "small_words.txt"  # words that say nothing of what a text is about

WIDTH = 5  # words of a shingle
COPY = 0.5  # of the shorter article's shingles that the longer one holds as well
FEWEST = 20  # shingles of an article that can be called a copy
SHARED = 0.5  # of the lesser sentence's weight of words that the other one holds as well
SAME = 0.8  # the same, where they have no name in common
COMMON = 5  # words that two sentences of one statement have in common at least
CROWD = 60  # what stands in more articles than this says nothing about two of them
STEM = 5  # letters by which words are compared: "monitor" and "monitoring", "assess" and "assessing"

_WORD = re.compile(r"[^\W_]+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)

SentenceAt = tuple[int, int]  # the article, and where in its text the sentence begins


@dataclass(frozen=True, slots=True)
class Copies:
    """Which articles are copies of one, and which sentences are one statement."""

    group: tuple[int, ...]  # of each article, the first article of its group of near-copies
    statement: dict[SentenceAt, int]  # of each shared sentence, the number of its statement


def find_copies(articles: Sequence[tuple[str, Sequence[Passage]]]) -> Copies:
    """Compare articles, each a text with its passages, by their words; page furniture is left out."""
    bodies = [[s for p in passages if not p.furniture for s in p.sentences] for _, passages in articles]
    sentences = [(number, start, end) for number, spans in enumerate(bodies) for start, end in spans]
    words = [_WORD.findall(articles[number][0], start, end) for number, start, end in sentences]
    owners = np.array([number for number, _, _ in sentences], dtype=np.int64)
    group = _groups(words, owners, len(articles))
    return Copies(tuple(group), _statements(words, sentences, group))


def _groups(words: Sequence[list[str]], owners: NDArray[np.int64], count: int) -> list[int]:
    """Return the first article of each article's group of near-copies."""
    flat = _hashed([word.lower() for listed in words for word in listed])
    owner = np.repeat(owners, [len(listed) for listed in words])
    if len(flat) < WIDTH:
        return list(range(count))
    length = len(flat) - WIDTH + 1
    shingle = np.zeros(length, dtype=np.uint64)
    for i in range(WIDTH):
        shingle = shingle * _PRIME + flat[i : i + length]
    inside = owner[:length] == owner[WIDTH - 1 :]
    shingle, owner = _unique_pairs(shingle[inside], owner[:length][inside])
    sizes = np.bincount(owner, minlength=count)
    parent = list(range(count))
    for one, other, both in _in_common(shingle, owner):
        least = min(sizes[one], sizes[other])
        if least >= FEWEST and both >= COPY * least:
            _join(parent, one, other)
    return [_root(parent, number) for number in range(count)]


def _statements(
    words: Sequence[list[str]], sentences: Sequence[tuple[int, int, int]], group: Sequence[int]
) -> dict[SentenceAt, int]:
    """Return the statement of each sentence that articles of different groups share.

    Their ordinary words are compared: two sentences about one person or place are not for that reason one statement.
    A name in common is asked for where the words differ, for "a man was charged with theft" is said of many.
    """
    small = _small_words()
    stems = [[w[:STEM] for w in listed if w.islower() and len(w) > 2 and w not in small] for listed in words]
    flat = _hashed([stem for listed in stems for stem in listed])
    owner = np.repeat(np.arange(len(stems), dtype=np.int64), [len(listed) for listed in stems])
    if len(flat) < 2:
        return {}
    _, place, often = np.unique(flat, return_inverse=True, return_counts=True)
    weight = dict(zip(flat.tolist(), np.log1p(len(stems) / often)[place].tolist(), strict=True))
    edges = np.r_[0, np.cumsum([len(listed) for listed in stems])].tolist()
    # Words side by side are rare enough to lead to the sentences that are worth comparing word by word.
    inside = owner[:-1] == owner[1:]
    doubles, owner = _unique_pairs((flat[:-1] * _PRIME + flat[1:])[inside], owner[:-1][inside])
    parent = list(range(len(stems)))
    for one, other, _ in _in_common(doubles, owner):
        if group[sentences[one][0]] == group[sentences[other][0]] or _root(parent, one) == _root(parent, other):
            continue
        first, second = (set(flat[edges[i] : edges[i + 1]].tolist()) for i in (one, other))
        both = first & second
        if len(both) < COMMON:
            continue
        least = min(sum(weight[word] for word in listed) for listed in (first, second))
        alike = sum(weight[word] for word in both) / least
        if alike >= SAME or (alike >= SHARED and not _names(words[one]).isdisjoint(_names(words[other]))):
            _join(parent, one, other)
    members: dict[int, list[int]] = {}
    for number in range(len(stems)):
        members.setdefault(_root(parent, number), []).append(number)
    shared = [listed for listed in members.values() if len(listed) > 1]
    return {sentences[i][:2]: number for number, listed in enumerate(shared) for i in listed}


@cache
def _small_words() -> frozenset[str]:
    return frozenset(SMALL_WORDS.read_text(encoding="utf-8").split())


def _names(words: Sequence[str]) -> set[str]:
    """Return the capitals of a sentence, its first word apart."""
    return {word for word in words[1:] if word[0].isupper() and len(word) > 1}


def _hashed(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each word, the same in every process."""
    known = {word: zlib.crc32(word.encode()) * 2654435761 + len(word) for word in set(words)}
    return np.array([known[word] for word in words], dtype=np.uint64)


def _unique_pairs(keys: NDArray[np.uint64], owners: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    return keys[new], owners[new]


def _in_common(keys: NDArray[np.uint64], owners: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return pairs of owners with the number of keys, two or more, that both have; keys are sorted.

    A key of a crowd pairs each owner with the next one alone, for all its pairs would be too many: the copies of one
    thing still hang together as a chain.
    """
    if not len(keys):
        return []
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    last = np.repeat(starts + sizes, sizes)
    reach = np.repeat(np.where(sizes > CROWD, 1, sizes), sizes)
    position = np.arange(len(keys))
    span = int(owners.max()) + 1
    pairs = []
    for step in range(1, CROWD):
        position = position[(position + step < last[position]) & (step <= reach[position])]
        if not len(position):
            break
        pairs.append(owners[position] * span + owners[position + step])
    if not pairs:
        return []
    codes, often = np.unique(np.concatenate(pairs), return_counts=True)
    codes, often = codes[often > 1], often[often > 1]
    return list(zip((codes // span).tolist(), (codes % span).tolist(), often.tolist(), strict=True))


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low
