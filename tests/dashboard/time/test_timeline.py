"""The stops of the slider and the histogram: no mention lost, both ends included, long periods as lines."""

import json
from datetime import date, timedelta

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import CERTAINTIES
from dashboard import periods
from dashboard.periods import Stop
from dashboard.time import histogram, timeline
from dashboard.time.axis import Axis, Stretch, axis_of, ticks


def frame(*rows):
    columns = ["since", "until", "certainty", "mentions"]
    return pd.DataFrame(rows, columns=columns).astype({"mentions": "int64", "since": object, "until": object})


def day(text):
    return date.fromisoformat(text)


DAYS = frame(
    ("2022-09-12", "2022-09-12", "exact", 1),
    ("2022-09-13", "2022-09-13", "exact", 4),
    ("2022-09-13", "2022-09-13", "inferred", 7),
    ("2022-09-01", "2022-09-30", "period", 2),
    ("2020-01-01", "2020-12-31", "period", 3),
    (None, None, "undated", 5),
)


@pytest.mark.parametrize(
    ("text", "unit", "since", "until"),
    [
        ("2022-09-13", "day", "2022-09-13", "2022-09-13"),
        ("2022-09-13", "week", "2022-09-12", "2022-09-18"),  # a Tuesday
        ("2022-09-11", "week", "2022-09-05", "2022-09-11"),  # a Sunday ends its week
        ("2023-01-01", "week", "2022-12-26", "2023-01-01"),  # over the end of a year
        ("2024-02-10", "month", "2024-02-01", "2024-02-29"),  # a leap year
        ("2022-12-31", "month", "2022-12-01", "2022-12-31"),
        ("2022-09-13", "year", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_day_lies_in_its_unit(text, unit, since, until):
    assert periods.stop_of(day(text), unit) == (day(since), day(until))


@given(st.dates(), st.sampled_from(periods.UNITS))
def test_a_unit_holds_the_day_and_gives_itself_again(any_day, unit):
    stop = periods.stop_of(any_day, unit)
    assert stop.since <= any_day <= stop.until
    assert periods.stop_of(stop.until, unit) == stop


def starts(stops):
    return [str(stop.since) for stop in stops]


@pytest.mark.parametrize(
    ("unit", "window", "expected"),
    [
        # where a period begins or ends
        ("day", None, ["2020-01-01", "2020-12-31", "2022-09-01", "2022-09-12", "2022-09-13", "2022-09-30"]),
        (None, None, ["2020-01-01", "2020-12-31", "2022-09-01", "2022-09-12", "2022-09-13", "2022-09-30"]),
        ("month", None, ["2020-01-01", "2020-12-01", "2022-09-01"]),
        ("year", None, ["2020-01-01", "2022-01-01"]),
        ("week", ("2022-09-01", "2022-09-30"), ["2022-08-29", "2022-09-12", "2022-09-26"]),
        ("day", ("2022-09-10", "2022-09-20"), ["2022-09-12", "2022-09-13"]),  # zoomed in
        ("day", ("2021-01-01", "2021-12-31"), []),
    ],
)
def test_the_stops(unit, window, expected):
    window = Stop(*map(day, window)) if window else None
    assert starts(timeline.stops_of(DAYS, unit, window)) == expected


def test_no_days_no_stops():
    assert timeline.stops_of(frame()) == []
    assert timeline.stops_of(frame((None, None, "undated", 3))) == []


@pytest.mark.parametrize(("years", "unit"), [(0.2, "day"), (2, "week"), (8, "month"), (80, "year"), (300, "year")])
def test_the_unit_fits_the_time_that_the_articles_span(years, unit):
    days = [date(1700, 1, 5) + timedelta(days=number) for number in range(int(365 * years))]
    stops = timeline.stops_of(frame(*((str(d), str(d), "exact", 1) for d in days)))
    assert periods.unit_of(stops) == unit
    assert stops[0].since <= days[0] <= days[-1] <= stops[-1].until
    assert len(stops) <= timeline.FEW_STOPS or unit == "year"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("day", "13 September 2022"),
        ("week", "week of 12 September 2022"),
        ("month", "September 2022"),
        ("year", "2022"),
    ],
)
def test_a_stop_in_words(unit, words):
    assert periods.label(periods.stop_of(day("2022-09-13"), unit)) == words


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, (0, 5)),
        ("2022-09-12", "2022-09-13", (3, 4)),
        ("2022-09-02", "2022-09-29", (3, 4)),  # between stops: those inside
        ("1990-01-01", "2030-01-01", (0, 5)),
        ("2030-01-01", "2031-01-01", (5, 5)),  # after all of them: the nearest
        ("1980-01-01", "1981-01-01", (0, 0)),
    ],
)
def test_days_snap_to_stops(since, until, expected):
    stops = timeline.stops_of(DAYS, "day")
    assert timeline.chosen(stops, since and day(since), until and day(until)) == expected


@pytest.mark.parametrize(
    ("span", "by", "expected"),
    [
        (None, 1, (0, 0)),  # from the whole: the first alone
        (None, -1, (5, 5)),
        ((0, 0), 1, (1, 1)),
        ((1, 3), 1, (2, 4)),  # a span keeps its length
        ((1, 3), -1, (0, 2)),
        ((4, 5), 1, (4, 5)),  # there is no further
        ((0, 2), -1, (0, 2)),
    ],
)
def test_a_step_moves_the_span(span, by, expected):
    assert timeline.step(timeline.stops_of(DAYS, "day"), span, by) == expected


def drawn(bars):
    """Return the bars and lines: mentions by first stop, last stop, certainty."""
    return {(row.first, row.last, row.certainty): row.mentions for row in bars.itertuples()}


def test_a_day_is_a_bar_and_a_longer_period_a_line():
    bars = histogram.bars(DAYS, timeline.stops_of(DAYS, "day"), None, None)
    assert drawn(bars) == {
        (3, 3, "exact"): 1,
        (4, 4, "exact"): 4,
        (4, 4, "inferred"): 7,
        (2, 5, "period"): 2,
        (0, 1, "period"): 3,
    }
    assert [row.lane for row in bars.itertuples()] == [0, 0, -1, -1, -1]  # the lines do not overlap: one lane


def test_a_period_within_one_stop_is_a_bar():
    bars = histogram.bars(DAYS, timeline.stops_of(DAYS, "month"), None, None)
    assert drawn(bars)[2, 2, "period"] == 2
    assert drawn(bars)[2, 2, "exact"] == 5


def test_lines_that_overlap_lie_in_lanes_of_their_own():
    days = frame(("2020-01-01", "2020-12-31", "period", 1), ("2020-06-01", "2021-06-30", "period", 1))
    assert list(histogram.bars(days, timeline.stops_of(days, "month"), None, None).lane) == [0, 1]


@pytest.mark.parametrize(
    ("since", "until", "mentions"),
    [
        ("2022-09-12", "2022-09-12", 1 + 2),  # the day itself, and the month that holds it
        ("2022-09-13", "2022-09-13", 4 + 7 + 2),
        ("2022-09-30", "2022-09-30", 2),  # the last day of the month
        ("2020-12-31", "2020-12-31", 3),
        ("2020-12-31", "2022-09-01", 3 + 2),
    ],
)
def test_first_and_last_day_are_included(since, until, mentions):
    bars = histogram.bars(DAYS, timeline.stops_of(DAYS, "day"), day(since), day(until))
    assert bars.mentions[bars.inside].sum() == mentions
    assert bars.mentions.sum() == 17  # the others stay, outside


@pytest.mark.parametrize("days", [frame(), frame((None, None, "undated", 2))])
def test_no_days_no_bars(days):
    assert histogram.bars(days, [], None, None).empty


PERIODS = st.lists(
    st.tuples(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(0, 800), st.integers(1, 9)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=80, deadline=None)
@given(PERIODS, st.sampled_from([None, *periods.UNITS]), st.data())
def test_no_mention_is_lost(periods, unit, data):
    days = frame(
        *(
            (str(since), str(since + timedelta(days=length)), data.draw(st.sampled_from(CERTAINTIES[:3])), count)
            for since, length, count in periods
        )
    )
    stops = timeline.stops_of(days, unit)
    one, other = data.draw(st.sampled_from(stops)), data.draw(st.sampled_from(stops))
    since, until = min(one, other).since, max(one, other).until
    bars = histogram.bars(days, stops, since, until)
    assert bars.mentions.sum() == days.mentions.sum()
    assert (bars["first"] <= bars["last"]).all()
    assert ((bars.lane < 0) == (bars["first"] == bars["last"])).all()
    assert bars.lane.max() < histogram.LANES
    assert bars.mentions[bars.inside].sum() == sum(
        count for first, length, count in periods if first <= until and first + timedelta(days=length) >= since
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("unit", periods.UNITS)
def test_the_chart_shows_every_bar(theme, unit):
    stops = timeline.stops_of(DAYS, unit)
    bars = histogram.bars(DAYS, stops, None, None)
    spec = histogram.chart(bars, stops, axis_of(DAYS, stops), theme=theme)
    assert alt.Chart.from_dict(spec)  # Vega-Lite as altair knows it
    layers = {layer["name"]: layer["data"]["values"] for layer in spec["layer"]}
    assert sum(row["mentions"] for name in ("bars", "periods") for row in layers[name]) == 17
    assert all(-1 <= row["start"] < row["end"] <= 101 for name in ("bars", "periods") for row in layers[name])
    assert "http" not in json.dumps(spec)


def test_bars_of_one_day_stand_on_one_another_and_the_highest_bear_names():
    stops = timeline.stops_of(DAYS, "day")
    bars = histogram.bars(DAYS, stops, None, None)
    spec = histogram.chart(bars, stops, axis_of(DAYS, stops), theme="light")
    layers = {layer["name"]: layer["data"]["values"] for layer in spec["layer"]}
    assert [(row["since"], row["base"], row["top"]) for row in layers["bars"]] == [
        ("2022-09-12", 0, 1),
        ("2022-09-13", 0, 4),  # stated
        ("2022-09-13", 4, 11),  # worked out
    ]
    assert [row["text"] for row in layers["names"]] == ["13 September 2022: 11"]


def stretches(axis):
    return [(str(stretch.since), str(stretch.until)) for stretch in axis.stretches]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2022-09-12", "2022-09-30"), [("2022-09-12", "2022-09-30")]),
        (("2020-03-01", "2021-05-01"), [("2020-03-01", "2021-05-01")]),  # no year between is empty
        (("2020-03-01", "2022-05-01"), [("2020-03-01", "2020-03-01"), ("2022-05-01", "2022-05-01")]),
        (
            ("1988-02-01", "2020-10-31", "2022-09-13"),
            [("1988-02-01", "1988-02-01"), ("2020-10-31", "2020-10-31"), ("2022-09-13", "2022-09-13")],
        ),
    ],
)
def test_empty_years_are_folded(days, expected):
    dated = frame(*((day, day, "exact", 1) for day in days))
    assert stretches(axis_of(dated, timeline.stops_of(dated, "day"))) == expected


def test_far_years_of_few_mentions_are_small_and_many_of_them_one():
    few = [(f"{year}-05-01", f"{year}-05-01", "exact", 1) for year in range(1900, 1990, 10)]
    many = [(f"2022-09-{day}", f"2022-09-{day}", "exact", 9) for day in range(10, 30)]
    dated = frame(*few, *many)
    before, now = axis_of(dated, timeline.stops_of(dated, "day")).stretches
    assert (str(before.since), str(before.until), str(now.since)) == ("1900-05-01", "1980-05-01", "2022-09-10")
    assert before.end - before.start <= 5 < 90 < now.end - now.start


def test_a_year_without_a_day_in_it_is_small_however_many_mentions_it_dates():
    dated = frame(("2020-01-01", "2020-12-31", "period", 90), ("2022-09-13", "2022-09-13", "exact", 9))
    year, now = axis_of(dated, timeline.stops_of(dated, "day")).stretches
    assert year.end - year.start <= 5 < 90 < now.end - now.start


@settings(max_examples=80, deadline=None)
@given(PERIODS, st.data())
def test_the_axis_is_in_order_and_gives_back_the_days(periods, data):
    days = frame(*((str(since), str(since + timedelta(days=length)), "exact", n) for since, length, n in periods))
    stops = timeline.stops_of(days)
    axis = axis_of(days, stops)
    ends = [end for stretch in axis.stretches for end in (stretch.start, stretch.end)]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, pytest.approx(100))
    stop = data.draw(st.sampled_from(stops))
    start, end = axis.span(*stop)
    assert 0 <= start < end <= 100.001
    assert axis.days(start, end) == axis.days(end, start) == stop


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (
            "2022-09-01",
            "2022-09-06",
            ["1 Sep 2022", "2 Sep 2022", "3 Sep 2022", "4 Sep 2022", "5 Sep 2022", "6 Sep 2022"],
        ),
        ("2022-09-13", "2023-04-11", [f"{m}" for m in ("Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr")]),
        ("1990-05-01", "2022-05-01", [str(year) for year in range(1990, 2023, 4)]),
        # begun five days before a year: that year is named, and not the one that ends
        ("2021-12-27", "2023-12-10", ["Jan 2022", "Apr", "Jul", "Oct", "Jan 2023", "Apr", "Jul", "Oct"]),
        ("2021-12-27", "2027-12-27", [str(year) for year in range(2022, 2028)]),
    ],
)
def test_names_on_the_axis_are_few(since, until, expected):
    axis = Axis((Stretch(day(since), day(until), 0, 100),))
    found = [text for _, text in ticks(axis)]
    assert len(found) == len(expected)
    assert all(text.startswith(name) for text, name in zip(found, expected, strict=True))
