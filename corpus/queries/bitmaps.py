"""Sets of rows, a bit each in words of 64: counting millions of them takes a millisecond, whole or between edges."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.numbering import Column

Bits = npt.NDArray[np.uint64]
WORD = 64
SPARSE = 8  # times as many words without a row as with one: then only these are looked at
_ONE = np.uint64(1)


def pack(mask: Column) -> Bits:
    """Return the rows of which a mask is true; a place behind the last row is there too, and empty."""
    bits = np.zeros((len(mask) // WORD + 1) * WORD // 8, np.uint8)
    packed = np.packbits(mask, bitorder="little")
    bits[: len(packed)] = packed
    return bits.view(np.uint64)


def unpack(bits: Bits, size: int) -> Column:
    """Return a mask of so many rows."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(bool)


def rows_of(bits: Bits) -> Column:
    """Return the rows of a set in their order."""
    words = np.flatnonzero(bits)
    if len(words) * SPARSE > len(bits):
        return np.flatnonzero(unpack(bits, len(bits) * WORD))
    at, row = np.nonzero(unpack(bits[words], len(words) * WORD).reshape(-1, WORD))
    return words[at] * WORD + row


def size(bits: Bits) -> int:
    """Return how many rows a set has."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def before(bits: Bits, rows: Column) -> Column:
    """Return how many rows of a set come before each of these."""
    told = np.concatenate(([0], np.cumsum(np.bitwise_count(bits), dtype=np.int64)))
    word, rest = np.divmod(rows, WORD)
    return told[word] + np.bitwise_count(bits[word] & ((_ONE << rest.astype(np.uint64)) - _ONE))


def between(bits: Bits, edges: Column) -> Column:
    """Return how many rows of a set lie between each edge and the next."""
    return np.diff(before(bits, edges))


def holds(bits: Bits, rows: Column) -> Column:
    """Return whether a set has each of these rows."""
    word, rest = np.divmod(rows, WORD)
    return (bits[word] >> rest.astype(np.uint64) & _ONE).astype(bool)


def groups(bits: Bits, ends: Bits) -> Bits:
    """Return the ends of the groups of which a set has any row; `ends` are the last rows of groups that lie together.

    All is added up as one number: what a row adds to the ones of its group is carried to the end of it and no further.
    """
    inner = ~ends
    total = _number(bits & inner) + _number(inner)
    return (np.frombuffer(total.to_bytes(bits.nbytes, "little"), np.uint64) | bits) & ends


def _number(bits: Bits) -> int:
    return int.from_bytes(bits.tobytes(), "little")


def ends_of(*columns: Column) -> Bits:
    """Return the last rows of groups that lie together and are alike in all columns; behind them is no group."""
    differ = np.zeros(len(columns[0]), bool)
    for column in columns:
        differ[:-1] |= column[1:] != column[:-1]
    differ[-1:] = True
    bits = pack(differ)
    bits[-1] |= ~np.uint64(0) << np.uint64(len(differ) % WORD)
    return bits
