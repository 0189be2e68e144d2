"""Sets of rows as bits say what masks say, whatever the rows and however the words of bits cut them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.queries.bitmaps import before, between, ends_of, groups, holds, pack, rows_of, size, unpack

MASKS = st.lists(st.booleans(), max_size=300).map(lambda mask: np.array(mask, bool))


@given(mask=MASKS)
def test_a_set_is_its_rows(mask):
    bits, rows, every = pack(mask), np.flatnonzero(mask), np.arange(len(mask) + 1)
    assert list(unpack(bits, len(mask))) == list(mask)
    assert list(rows_of(bits)) == list(rows)
    assert size(bits) == len(rows)
    assert list(before(bits, every)) == [np.count_nonzero(rows < row) for row in every]
    assert list(holds(bits, every[:-1])) == list(mask)
    assert list(between(bits, every)) == list(mask)


@given(mask=MASKS, seed=st.integers(0, 99))
def test_groups_of_which_a_set_has_a_row(mask, seed):
    column = np.sort(np.random.default_rng(seed).integers(0, max(1, len(mask) // 3), len(mask)))
    found = rows_of(groups(pack(mask), ends_of(column)))
    assert list(column[found]) == sorted(set(column[mask]))
    assert all(row + 1 == len(column) or column[row] != column[row + 1] for row in found)


def test_few_rows_of_many():
    mask = np.zeros(100_000, bool)
    mask[[0, 63, 64, 99_999]] = True
    assert list(rows_of(pack(mask))) == [0, 63, 64, 99_999]
