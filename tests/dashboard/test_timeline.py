"""The histogram and the stops of the slider: no mention lost, both ends included."""

import json
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import timeline


def frame(*rows):
    return pd.DataFrame(rows, columns=["since", "until", "mentions"]).astype({"mentions": "int64"})


DAYS = frame(
    ("2022-09-12", "2022-09-12", 1),
    ("2022-09-13", "2022-09-13", 4),
    ("2022-09-01", "2022-09-30", 2),
    ("2020-01-01", "2020-12-31", 3),
)


def day(text):
    return date.fromisoformat(text)


def test_the_slider_stops_where_a_period_begins_or_ends():
    stops = ["2020-01-01", "2020-12-31", "2022-09-01", "2022-09-12", "2022-09-13", "2022-09-30"]
    assert timeline.stops(DAYS) == [day(stop) for stop in stops]


def test_no_days_no_stops():
    assert timeline.stops(frame()) == []


@pytest.mark.parametrize("years", [1, 3, 30, 300])
def test_stops_stay_few_and_keep_both_ends(years):
    days = [date(1700, 1, 5) + timedelta(days=number) for number in range(0, 365 * years, max(1, years // 3))]
    stops = timeline.stops(frame(*((str(d), str(d), 1) for d in days)))
    assert len(stops) <= timeline.MOST_STOPS + 2
    assert stops[0] == days[0]
    assert stops[-1] >= days[-1]
    assert stops == sorted(set(stops))


def test_the_nearest_stop():
    stops = timeline.stops(DAYS)
    assert timeline.nearest_stop(stops, day("2022-09-12")) == day("2022-09-12")
    assert timeline.nearest_stop(stops, day("1999-01-01")) == stops[0]
    assert timeline.nearest_stop(stops, day("2050-01-01")) == stops[-1]


def inside(bars):
    return {row.day: row.mentions for row in bars.itertuples() if row.inside}


def test_all_bars_are_inside_the_whole_period():
    stops = timeline.stops(DAYS)
    bars = timeline.bars(DAYS, stops, stops[0], stops[-1])
    assert inside(bars) == {"2020-01-01": 3, "2022-09-01": 2, "2022-09-12": 1, "2022-09-13": 4}
    assert bars.mentions.sum() == 10


@pytest.mark.parametrize(
    ("since", "until", "mentions"),
    [
        ("2022-09-12", "2022-09-12", 1 + 2),  # the day itself, and the month that holds it
        ("2022-09-13", "2022-09-13", 4 + 2),
        ("2022-09-30", "2022-09-30", 2),  # the last day of the month
        ("2020-12-31", "2020-12-31", 3),
        ("2020-12-31", "2022-09-01", 3 + 2),
    ],
)
def test_first_and_last_day_are_included(since, until, mentions):
    bars = timeline.bars(DAYS, timeline.stops(DAYS), day(since), day(until))
    assert sum(inside(bars).values()) == mentions
    assert bars.mentions.sum() == 10  # the others stay, outside


def test_no_days_no_bars():
    assert timeline.bars(frame(), [], date.min, date.max).empty


PERIODS = st.lists(
    st.tuples(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(0, 800), st.integers(1, 9)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=80, deadline=None)
@given(PERIODS, st.data())
def test_no_mention_is_lost(periods, data):
    days = frame(*((str(since), str(since + timedelta(days=length)), count) for since, length, count in periods))
    stops = timeline.stops(days)
    one, other = data.draw(st.sampled_from(stops)), data.draw(st.sampled_from(stops))
    since, until = min(one, other), max(one, other)
    bars = timeline.bars(days, stops, since, until)
    assert bars.mentions.sum() == days.mentions.sum()
    assert set(bars.day) <= {str(stop) for stop in stops}
    assert sum(inside(bars).values()) == sum(
        count for first, length, count in periods if first <= until and first + timedelta(days=length) >= since
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chart_shows_every_bar(theme):
    stops = timeline.stops(DAYS)
    bars = timeline.bars(DAYS, stops, stops[0], stops[-1])
    spec = json.loads(timeline.chart(bars, stops, theme=theme).to_json())
    assert spec["encoding"]["x"]["scale"]["domain"] == [str(stop) for stop in stops]
    (values,) = spec["datasets"].values()
    assert sum(row["mentions"] for row in values) == 10
    assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})
