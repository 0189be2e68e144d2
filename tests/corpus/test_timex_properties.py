"""What holds for time expressions on any text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.timex import find_timexes, interval_of
from corpus.timex.calendar import EARLIEST, LATEST, shift, spoken, value_of
from corpus.timex.language import grammar

DAYS = st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31))
ANCHORS = st.none() | st.dates(date(1800, 1, 1), date(2100, 12, 31)) | st.sampled_from([date.min, date.max])
WORDS = st.sampled_from(
    [
        *grammar().symbol_of,
        *grammar("ru").symbol_of,
        "13",
        "2020",
        "1,500",
        "00:05",
        "31",
        "3/4/21",
        "2022-02-30",
        "480",
        "1990s",
        "\n\n",
        "foo",
    ]
)
TIMELY = st.lists(WORDS, max_size=40).map(" ".join)


RANGES, LANGUAGES = st.sampled_from(["all", "shared", "none"]), st.sampled_from([None, "en", "ru"])


@given(TIMELY | st.text(), ANCHORS, st.sampled_from([None, True, False]), RANGES, LANGUAGES)
def test_any_text_is_read(text, anchor, narrative, ranges, language):
    end = 0
    for t in find_timexes(text, anchor=anchor, narrative=narrative, ranges=ranges, language=language):
        assert end <= t.start < t.end  # no overlap, in order
        end = t.end
        assert text[t.start : t.end] == t.text
        assert (t.since is None) == (t.until is None) == (t.granularity == "")
        assert t.since is None or EARLIEST <= t.since.year <= t.until.year <= LATEST
        assert t.since is None or t.since <= t.until
        assert t.value and t.basis


@given(DAYS, st.sampled_from(["D", "W", "WE", "M", "Q", "H", "Y", "E", "C"]))
def test_a_day_lies_in_the_interval_of_the_unit_that_holds_it(day, unit):
    since, until, _ = interval_of(value_of(day, unit))
    if since is None:  # the unit reaches outside the years that get an interval
        assert day.year < EARLIEST + 100 or day.year > LATEST - 100
    elif unit == "WE":
        assert timedelta(0) <= until - day < timedelta(7)
    else:
        assert since <= day <= until


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "H", "Y", "E", "C"]))
def test_an_interval_written_again_is_the_same(day, unit):
    value = value_of(day, unit)
    since, until, granularity = interval_of(value)
    if since is not None:
        assert value_of(since, unit) == value_of(until, unit) == value
        assert interval_of(f"{since}/{until}") == (since, until, "period")
        assert granularity


@given(DAYS, DAYS)
def test_a_range_that_ends_before_it_begins_is_none(one, other):
    since, until, _ = interval_of(f"{one}/{other}")
    assert (since, until) == ((one, other) if one <= other else (None, None))


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_a_written_day_is_read_back(day):
    for text in (spoken(day), day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day:%A}, {spoken(day)}"):
        (timex,) = find_timexes(text, anchor=None)
        assert (timex.text, timex.since, timex.until, timex.basis) == (text, day, day, "explicit")
    (month,) = find_timexes(f"{day:%B %Y}", anchor=None)
    assert (month.since, month.until) == interval_of(value_of(day, "M"))[:2]


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_a_written_range_is_read_back(day, length):
    last = day + timedelta(length + 1)
    (timex,) = find_timexes(f"from {spoken(day)} to {spoken(last)}", anchor=None)
    assert (timex.since, timex.until) == (day, last)
    assert interval_of(timex.value) == (day, last, "period")


@given(DAYS, st.integers(-50, 50), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_shift_and_back(day, number, unit):
    there = shift(day, number, unit)
    back = shift(there, -number, unit)
    assert back == day if unit in "DW" else abs((back - day).days) <= 3  # month ends may lose up to three days


@pytest.mark.parametrize(
    "stretch",
    [
        "1",
        " ",
        "current ",
        "one ",
        "second ",
        "of 2020 and ",
        "and ",
        "the ",
        "May ",
        "13 ",
        "2020-",
        "1,000",
        "a.m. ",
        "last next ",
        "September 13-",
        "of the ",
        "'",
        "\n",
    ],
)
def test_hostile_repetition_is_read(stretch):
    # Catastrophic backtracking would hang here for hours.
    find_timexes(stretch * (100_000 // len(stretch)), anchor=date(2022, 9, 13))
