"""Frame of dated mentions -> the stops of the date slider, and the histogram above it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

import altair as alt
import pandas as pd

from corpus.queries.filters import spell

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
FEW_STOPS = 120  # of the finest unit that is taken by itself
LANES = 8  # rows of long periods; what finds no room lies over the last
# How surely a mention is dated: in the order in which bars are stacked, the surest at the bottom.
CERTAINTIES = ("exact", "inferred", "period")
BAR_HEIGHT, LANE_HEIGHT, AXIS_HEIGHT = 64, 6, 34  # pixels; the page counts the axis into a chart's height
INSIDE, OUTSIDE = {"light": "#c2410c", "dark": "#ff9b5e"}, {"light": "#b5aca1", "dark": "#6b665f"}
# The texture of a bar: how much of it is filled, and how its rim is drawn.
FILLS, RIMS = (1.0, 0.4, 0.0), ([1, 0], [1, 0], [2, 2])


class Stop(NamedTuple):
    """One unit of time that the articles speak of: both days are included."""

    since: date
    until: date


def stop_of(day: date, unit: Unit) -> Stop:
    """Return the unit of time that a day lies in; weeks begin on Monday, as in ISO 8601."""
    if unit == "day":
        return Stop(day, day)
    if unit == "week":
        monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
        return Stop(monday, date.fromordinal(min(date.max.toordinal(), monday.toordinal() + 6)))
    if unit == "year":
        return Stop(day.replace(month=1, day=1), day.replace(month=12, day=31))
    return Stop(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def stops(days: pd.DataFrame, unit: Unit | None = None, window: Stop | None = None) -> list[Stop]:
    """Return the units in which a period of `days` begins or ends, within the window; empty ones are left out.

    Without a unit it is the finest that gives few stops.
    """
    ends = sorted({date.fromisoformat(day) for column in ("since", "until") for day in days[column].dropna()})
    if window:
        ends = [day for day in ends if window.since <= day <= window.until]
    for finest in [unit] if unit else UNITS:
        found = sorted({stop_of(day, finest) for day in ends})
        if len(found) <= FEW_STOPS:
            break
    return found


def unit_of(stops: Sequence[Stop]) -> Unit:
    """Return the unit of these stops."""
    longest = max(((stop.until - stop.since).days for stop in stops), default=0)
    return "day" if longest == 0 else "week" if longest < 7 else "month" if longest < 31 else "year"


def label(stop: Stop) -> str:
    """Return a stop in words: 13 September 2022, week of 12 September 2022, September 2022, 2022."""
    unit = unit_of([stop])
    if unit == "day":
        return spell(stop.since)
    if unit == "week":
        return f"week of {spell(stop.since)}"
    return f"{stop.since:%B} {stop.since.year}" if unit == "month" else str(stop.since.year)


def chosen(stops: Sequence[Stop], since: date | None, until: date | None) -> tuple[int, int]:
    """Return the first and last stop that the days from `since` to `until` touch; the nearest where they touch none."""
    last = len(stops) - 1
    first = next((i for i, stop in enumerate(stops) if since is None or stop.until >= since), last)
    final = next((i for i in range(last, -1, -1) if until is None or stops[i].since <= until), 0)
    return min(first, final), max(first, final)


def step(stops: Sequence[Stop], span: tuple[int, int] | None, by: int) -> tuple[int, int]:
    """Return the span of stops moved by so many; from the whole, the first or the last stop alone."""
    last = len(stops) - 1
    if span is None:
        return (0, 0) if by > 0 else (last, last)
    by = max(-span[0], min(by, last - span[1]))
    return span[0] + by, span[1] + by


def bars(days: pd.DataFrame, stops: Sequence[Stop], since: date | None, until: date | None) -> pd.DataFrame:
    """Return what to draw: first, last (position of a stop), certainty, inside (the chosen days), lane, mentions.

    Every dated mention is in exactly one row. What lies within one stop has lane -1 and is a bar; a longer period is a
    line in its lane. What lies outside all stops counts at the nearest.
    """
    columns = ["first", "last", "certainty", "inside", "lane", "mentions"]
    dated = days[days.since.notna()]
    if dated.empty or not stops:
        return pd.DataFrame({column: [] for column in columns})
    begins, ends = [str(stop.since) for stop in stops], [str(stop.until) for stop in stops]
    inside = (dated.until >= str(since or date.min)) & (dated.since <= str(until or date.max))
    frame = pd.DataFrame(
        {
            "first": pd.Index(ends).searchsorted(dated.since).clip(max=len(stops) - 1),
            "last": (pd.Index(begins).searchsorted(dated.until, side="right") - 1).clip(min=0),
            "certainty": dated.certainty.to_numpy(),
            "inside": inside.to_numpy(),
            "mentions": dated.mentions.to_numpy(),
        }
    )
    frame["last"] = frame[["first", "last"]].max(axis=1)
    frame = frame.groupby(columns[:4], as_index=False).mentions.sum()
    frame["lane"] = _lanes(frame)
    return frame[columns]


def _lanes(frame: pd.DataFrame) -> list[int]:
    """Return a row for each long period, so that few overlap."""
    taken: list[int] = []  # the last stop of each lane
    lanes = []
    for row in frame.itertuples():
        if row.first == row.last:
            lanes.append(-1)
            continue
        lane = next((i for i, end in enumerate(taken) if end < row.first), len(taken))
        if lane == len(taken) < LANES:
            taken.append(row.last)
        lane = min(lane, LANES - 1)
        taken[lane] = max(taken[lane], row.last)
        lanes.append(lane)
    return lanes


def chart(bars: pd.DataFrame, stops: Sequence[Stop], *, theme: str) -> alt.LayerChart:
    """Return the histogram: a bar for each stop, above them a line for each longer period; the chosen are in colour."""
    names = [label(stop) for stop in stops]
    frame = bars.assign(
        start=[names[int(i)] for i in bars["first"]],
        end=[names[int(i)] for i in bars["last"]],
        order=[CERTAINTIES.index(certainty) for certainty in bars.certainty],
        height=LANE_HEIGHT * (bars.lane + 0.5),
        fill=bars.certainty.map(dict(zip(CERTAINTIES, FILLS, strict=True))),
    )
    upright, lying = frame[frame.lane < 0], frame[frame.lane >= 0]
    lanes = int(frame.lane.max()) + 1 if len(lying) else 0
    height = BAR_HEIGHT + lanes * LANE_HEIGHT
    highest = upright.groupby("first").mentions.sum().max() if len(upright) else 1
    colour = alt.Scale(domain=[True, False], range=[INSIDE[theme], OUTSIDE[theme]])
    scale = alt.Scale(domain=names)
    axis = alt.Axis(title=None, labelOverlap="greedy", labelAngle=0, ticks=False, domain=False, labelLimit=160)
    told = [alt.Tooltip("certainty:N", title="Dated"), alt.Tooltip("mentions:Q", title="Mentions")]
    standing = (
        alt.Chart(upright)
        .mark_bar(strokeWidth=1.2, cornerRadius=1)
        .encode(
            x=alt.X("start:O", scale=scale, axis=axis),
            y=alt.Y("mentions:Q", axis=None, scale=alt.Scale(domain=[0, highest * height / BAR_HEIGHT], nice=False)),
            order="order:Q",
            color=alt.Color("inside:N", legend=None, scale=colour),
            stroke=alt.Stroke("inside:N", legend=None, scale=colour),
            fillOpacity=alt.FillOpacity("fill:Q", legend=None, scale=None),
            strokeDash=alt.StrokeDash("certainty:O", legend=None, scale=_rims()),
            tooltip=[alt.Tooltip("start:O", title="When"), *told],
        )
    )
    spanning = (
        alt.Chart(lying)
        .mark_bar(height=LANE_HEIGHT - 2, strokeWidth=1, fillOpacity=0.01, strokeDash=RIMS[-1])
        .encode(
            x=alt.X("start:O", scale=scale, axis=axis, bandPosition=0),
            x2=alt.X2("end:O", bandPosition=1),
            y=alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)),
            color=alt.Color("inside:N", legend=None, scale=colour),
            stroke=alt.Stroke("inside:N", legend=None, scale=colour),
            tooltip=[alt.Tooltip("start:O", title="From"), alt.Tooltip("end:O", title="To"), *told],
        )
    )
    layers = [standing, spanning] if lanes else [standing]
    both = alt.layer(*layers).resolve_scale(y="independent").properties(height=height + AXIS_HEIGHT)
    chart: alt.LayerChart = both.configure_view(strokeWidth=0)
    return chart


def _rims() -> alt.Scale:
    return alt.Scale(domain=list(CERTAINTIES), range=[list(rim) for rim in RIMS])
