"""Find which of many owners have keys in common, in memory that does not grow with their number, and join them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

CROWD = 60  # what more than this many have in common says nothing about two of them
PARTS = 64  # into which numbers are sorted; one part is in memory at a time
SPOOLED = 1 << 17  # bytes of a part that stay in memory meanwhile
GATHERED = 1 << 18  # codes that are sorted at a time

_OWNER = np.uint64(32)
_OWNERS = np.uint64((1 << 32) - 1)
# Multiplied by an odd number, pairs are spread over all parts alike; its inverse brings them back.
_SPREAD = 0x9E3779B97F4A7C15
_BACK = pow(_SPREAD, -1, 1 << 64)
_EDGES = np.arange(1, PARTS, dtype=np.uint64) << np.uint64(64 - PARTS.bit_length() + 1)

Codes = NDArray[np.uint64]
Keys = NDArray[np.uint32]
Owners = NDArray[np.int64]


class Sorter:
    """Takes any number of codes, and gives them back a part at a time, each with all that lie in one range."""

    def __init__(self, parts: Sequence[SpooledTemporaryFile[bytes]]) -> None:
        self._parts = parts

    def add(self, codes: Codes) -> None:
        """Take in some."""
        codes = np.sort(codes)
        for part, slice_ in zip(self._parts, np.split(codes, np.searchsorted(codes, _EDGES)), strict=True):
            part.write(slice_.tobytes())

    def parts(self) -> Iterator[Codes]:
        """Yield all, each part once: its memory is let go."""
        for part in self._parts:
            part.seek(0)
            codes = np.frombuffer(part.read(), dtype=np.uint64)
            part.close()
            if len(codes):
                yield codes


@contextmanager
def sorting() -> Iterator[Sorter]:
    """Offer a sorter, whose files go with it."""
    with ExitStack() as files:
        yield Sorter([files.enter_context(SpooledTemporaryFile(max_size=SPOOLED)) for _ in range(PARTS)])


def in_common(given: Iterable[tuple[Keys, Owners]]) -> Iterator[tuple[Owners, Owners, Owners]]:
    """Yield pairs of owners, the lower first, with the number of keys, two or more, that both have.

    A key of a crowd pairs each owner with the next one alone, for all its pairs would be too many: the copies of one
    thing still hang together as a chain.
    """
    with sorting() as keys, sorting() as pairs:
        for key, owner in given:
            keys.add(key.astype(np.uint64) << _OWNER | owner.astype(np.uint64))
        found_pairs = (pair for codes in keys.parts() for pair in _pairs(distinct(codes)))
        for found in _gathered(found_pairs):
            pairs.add(found * np.uint64(_SPREAD))
        for codes in pairs.parts():
            found, often = np.unique(codes, return_counts=True)
            found, often = found[often > 1] * np.uint64(_BACK), often[often > 1]
            yield (found >> _OWNER).astype(np.int64), (found & _OWNERS).astype(np.int64), often


def distinct(codes: NDArray[Any]) -> NDArray[Any]:
    """Return numbers in their order, each once: np.unique hashes them first, which takes several times as long."""
    codes = np.sort(codes)
    first = np.ones(len(codes), dtype=bool)
    np.not_equal(codes[1:], codes[:-1], out=first[1:])
    return codes[first]


def _gathered(pieces: Iterable[Codes]) -> Iterator[Codes]:
    """Yield the same in pieces worth sorting: most are small."""
    held: list[Codes] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += len(piece)
        if count >= GATHERED:
            yield np.concatenate(held)
            held, count = [], 0
    if held:
        yield np.concatenate(held)


def _pairs(codes: Codes) -> Iterator[Codes]:
    """Yield the pairs of owners of each key, of codes that are sorted."""
    key, owner = codes >> _OWNER, codes & _OWNERS
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    last = np.repeat(starts + sizes, sizes)
    reach = np.repeat(np.where(sizes > CROWD, 1, sizes), sizes)
    position = np.arange(len(key))
    for step in range(1, CROWD):
        position = position[(position + step < last[position]) & (step <= reach[position])]
        if not len(position):
            return
        yield owner[position] << _OWNER | owner[position + step]


class Wanted:
    """Keys by which something was asked for: a few others pass as well."""

    def __init__(self) -> None:
        self._known = np.zeros(1 << 24, dtype=bool)

    def add(self, keys: Keys) -> None:
        """Ask for some."""
        self._known[keys >> np.uint32(8)] = True

    def among(self, keys: Keys) -> NDArray[np.bool_]:
        """Tell which keys were asked for."""
        return np.asarray(self._known[keys >> np.uint32(8)])


class Joined:
    """Things that were joined in pairs; each group is known by its lowest."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}  # of those that are not alone

    def join_all(self, one: Owners, other: Owners) -> None:
        """Join many pairs."""
        for first, second in zip(one.tolist(), other.tolist(), strict=True):
            self.join(first, second)

    def join(self, one: int, other: int) -> None:
        """Join two, with all that each hangs together with."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent.setdefault(low, low)
        self._parent[high] = low

    def root(self, number: int) -> int:
        """Return what its group is known by."""
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
