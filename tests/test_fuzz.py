"""What nobody wrote is read without an exception, a contradiction or a hang: the short run of `make fuzz`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import try_one

pytestmark = pytest.mark.slow


@settings(max_examples=400, deadline=None, derandomize=True)
@given(number=st.integers(0, 10**6))
def test_whatever_is_read_holds_together(number, tmp_path_factory):
    assert try_one(number, seed=1, folder=tmp_path_factory.getbasetemp()) == "", number
