"""Near-copies of articles and statements that several articles share: how many independent sources there are.

Articles are compared by their sketches. Where most were compared before, only those that are fresh are compared with
all; what is found is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile

import numpy as np

from corpus.provenance.in_common import Joined, Wanted, in_common
from corpus.provenance.sentences import Bools, Ints, Sentences, doubles
from corpus.provenance.sketches import SAMPLE, WHOLE, Batch, Numbers, Sketch, batches

COPY = 0.5  # of the shorter article's shingles that the longer one holds as well
FEWEST = 20  # shingles of an article that can be called a copy
SURE = 32  # kept shingles from which on their share alone tells, where it is not within DOUBT of COPY
DOUBT = 0.2
AT_ONCE = 100_000  # pairs of sentences

SentenceAt = tuple[int, int]  # the article, and which of its sentences
Share = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Known:
    """What was found before: of each article whether it is fresh, else the first of its group; and the likely pairs."""

    fresh: Bools
    group: Ints
    pairs: Ints  # of sentences worth weighing again, for words grow commoner: a row (article, sentence) twice


@dataclass(frozen=True, slots=True)
class Copies:
    """Which articles are copies of one, which sentences are one statement, and which pairs are likely to become one."""

    group: list[int]  # of each article, the first article of its group of near-copies
    statement: dict[SentenceAt, SentenceAt]  # of each shared sentence, the first of its statement; in their order
    pairs: Ints  # those that were not known before


def find_copies(sketches: Callable[[bool], Iterable[Sketch]], known: Known, share: Share) -> Copies:
    """Compare articles by their sketches, which are asked for all in their order, or, said so, the fresh ones alone.

    `share` tells for two articles of which sketches alone tell too little, which share of the shorter one's shingles
    the longer one holds.
    """
    wanted = None
    if not known.fresh.all():
        wanted = Wanted(), Wanted()
        for batch in batches(sketches(True)):
            wanted[0].add(batch.sample)
            wanted[1].add(doubles(batch)[0])
    group = _groups(batches(sketches(False)), known, wanted and wanted[0], share)
    statement, pairs = _statements(batches(sketches(False)), known, wanted and wanted[1], np.array(group, dtype=int))
    return Copies(group, statement, pairs)


def alone(count: int) -> Known:
    """Return what is known of articles of which none was compared before."""
    return Known(np.ones(count, dtype=bool), np.arange(count), np.zeros((0, 4), dtype=np.int64))


def _groups(given: Iterable[Batch], known: Known, wanted: Wanted | None, share: Share) -> list[int]:
    """Return the first article of each article's group of near-copies."""
    sizes = np.zeros(len(known.fresh), dtype=np.int64)
    sampled = np.zeros_like(sizes)  # how many of the kept shingles would be kept of a long article as well

    def keys() -> Iterator[tuple[Numbers, Ints]]:
        for batch in given:
            sizes[batch.first : batch.first + len(batch.sizes)] = batch.sizes
            of = batch.sample_of[batch.sample % SAMPLE == 0]
            sampled[batch.first : batch.first + len(batch.sizes)] = np.bincount(
                of - batch.first, minlength=len(batch.sizes)
            )
            yield _those(wanted, batch.sample, batch.sample_of)

    joined = Joined()
    (copied,) = np.nonzero(known.group != np.arange(len(known.group)))
    joined.join_all(copied, known.group[copied])
    for one, other, both in in_common(keys()):
        lesser = np.where(sizes[one] <= sizes[other], one, other)
        whole = np.maximum(sizes[one], sizes[other]) <= WHOLE
        of = np.maximum(np.where(whole, sizes[lesser], sampled[lesser]), 1)
        alike, asked = both / of, (known.fresh[one] | known.fresh[other]) & (sizes[lesser] >= FEWEST)
        doubted = asked & ~whole & (alike >= COPY - DOUBT) & ((of < SURE) | (alike <= COPY + DOUBT))
        sure = asked & ~doubted & (alike >= COPY)
        joined.join_all(one[sure], other[sure])
        for first, second in zip(one[doubted].tolist(), other[doubted].tolist(), strict=True):
            if joined.root(first) != joined.root(second) and share(first, second) >= COPY:
                joined.join(first, second)
    return [joined.root(number) for number in range(len(sizes))]


def _statements(
    given: Iterable[Batch], known: Known, wanted: Wanted | None, group: Ints
) -> tuple[dict[SentenceAt, SentenceAt], Ints]:
    """Return the first sentence of the statement of each that articles of different groups share, and the new pairs."""
    joined, likely = Joined(), [known.pairs[:0]]
    with TemporaryFile() as file:
        sentences = Sentences(file)

        def weigh(one: Ints, other: Ints) -> Bools:
            enough, same = sentences.compare(one, other)
            joined.join_all(one[same], other[same])
            return enough

        # Words side by side are rare enough to lead to the sentences that are worth comparing word by word.
        for one, other, _ in in_common(_those(wanted, *sentences.take(batch)) for batch in given):
            article = sentences.article
            asked = known.fresh[article[one]] | known.fresh[article[other]]
            asked &= group[article[one]] != group[article[other]]
            for pair in _some(one[asked], other[asked]):
                enough = weigh(*pair)
                likely.append(_places(sentences, *(sentence[enough] for sentence in pair)))
        if not sentences.count:
            return {}, known.pairs[:0]
        first = np.searchsorted(sentences.article, np.arange(len(group)))
        apart = known.pairs[group[known.pairs[:, 0]] != group[known.pairs[:, 2]]]
        for pair in _some(first[apart[:, 0]] + apart[:, 1], first[apart[:, 2]] + apart[:, 3]):
            weigh(*pair)
        members = np.array(joined.members(), dtype=np.int64).reshape(-1, 2)
        found = map(tuple, _places(sentences, members[:, 0], members[:, 1]).tolist())
        return {place[:2]: place[2:] for place in found}, np.concatenate(likely)


def _places(sentences: Sentences, one: Ints, other: Ints) -> Ints:
    """Return pairs of sentences as (article, sentence) twice."""
    article = sentences.article
    sides = ((article[each], each - np.searchsorted(article, article[each])) for each in (one, other))
    return np.stack([column for side in sides for column in side], axis=1)


def _some(one: Ints, other: Ints) -> Iterator[tuple[Ints, Ints]]:
    for at in range(0, len(one), AT_ONCE):
        yield one[at : at + AT_ONCE], other[at : at + AT_ONCE]


def _those(wanted: Wanted | None, keys: Numbers, owners: Ints) -> tuple[Numbers, Ints]:
    """Leave out the keys that no fresh article has."""
    if wanted is None:
        return keys, owners
    asked = wanted.among(keys)
    return keys[asked], owners[asked]
