"""What is said of the corpus as a whole."""

import pandas as pd
import pytest

from dashboard.serving.corpus_summary import years_of


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], ""),
        ([(None, None, 7)], ""),  # nothing is dated
        ([("2022-09-13", "2022-09-13", 1), (None, None, 7)], "2022"),
        ([("2022-12-31", "2023-01-01", 1)], "2022–2023"),
        ([("1988-01-01", "1988-12-31", 1), ("2022-09-13", "2022-09-13", 60)], "1988–2022"),  # one of few counts
        ([("1000-01-01", "1000-12-31", 2), ("2010-01-01", "2014-12-31", 500)], "2010–2014"),  # one of many does not
        ([("0622-01-01", "0622-12-31", 9), ("9999-01-01", "9999-12-31", 9)], "622–9999"),
        ([("1000-01-01", "2014-12-31", 1), ("2014-01-01", "2014-12-31", 200)], "2014"),  # a period that reaches far
    ],
)
def test_the_years_told_are_those_that_most_is_dated_in(days, expected):
    assert years_of(pd.DataFrame(days, columns=["since", "until", "mentions"])) == expected
