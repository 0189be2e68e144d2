"""The page's words: periods, sides, speakers and sources."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import period, side_name, source_name, speaker_name


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2022-09-13", "2022-09-13", "13 September 2022"),
        ("2022-09-13", None, "13 September 2022"),
        ("2022-09-01", "2022-09-30", "September 2022"),
        ("2024-02-01", "2024-02-29", "February 2024"),  # a leap year
        ("2023-02-01", "2023-02-28", "February 2023"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2020-01-01", "2029-12-31", "2020 to 2029"),
        ("2022-09-01", "2022-10-31", "September 2022 to October 2022"),
        ("2020-09-27", "2020-11-10", "27 September 2020 to 10 November 2020"),
        ("2022-09-13", "2022-09-14", "13 September 2022 to 14 September 2022"),
        ("9999-12-01", "9999-12-31", "December 9999"),  # the last day there is
        (None, None, "undated"),
        ("", "", "undated"),
    ],
)
def test_period(since, until, said):
    # "13 to 14 September 2022" is as good: a year or month said once
    assert period(since, until) == said or _once(said) == period(since, until)


def _once(said):
    first, _, last = said.partition(" to ")
    shared = [word for word in first.split()[1:] if word in last.split()]
    return f"{' '.join(word for word in first.split() if word not in shared)} to {last}" if shared else said


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(0, 4000))
def test_a_period_names_both_its_years(since, length):
    try:
        until = since + timedelta(days=length)
    except OverflowError:
        until = date.max
    said = period(str(since), str(until))
    assert str(since.year) in said
    assert str(until.year) in said


def test_names_of_sides_speakers_and_sources():
    assert (side_name("AM"), side_name("CSTO"), side_name("")) == ("Armenia", "CSTO", "No side stated")
    assert speaker_name(pd.Series({"speaker": "", "side": ""})) == "the outlet itself"
    assert speaker_name(pd.Series({"speaker": "the mayor", "side": ""})) == "the mayor"
    assert source_name("River Post", "x") == "River Post"
    assert source_name("", "A fair") == "“A fair” (no outlet named)"
    assert len(source_name("", "word " * 40, short=True)) <= 34
