"""Frame of dated mentions -> the histogram above the date slider."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from dashboard.periods import Stop, label

LANES = 8  # rows of long periods; what finds no room lies over the last
# How surely a mention is dated: in the order in which bars are stacked, the surest at the bottom.
CERTAINTIES = ("exact", "inferred", "period")
BAR_HEIGHT, LANE_HEIGHT, AXIS_HEIGHT = 64, 6, 34  # pixels; the page counts the axis into a chart's height
INSIDE, OUTSIDE = {"light": "#c2410c", "dark": "#ff9b5e"}, {"light": "#b5aca1", "dark": "#6b665f"}
# The texture of a bar: how much of it is filled, and how its rim is drawn.
FILLS, RIMS = (1.0, 0.4, 0.0), ([1, 0], [1, 0], [2, 2])


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
    colour = alt.Scale(domain=[True, False], range=[INSIDE[theme], OUTSIDE[theme]])
    layers = [_standing(upright, names, height), *([_lying(lying, names, height)] if lanes else [])]
    fill = alt.Color("inside:N", legend=None, scale=colour)
    rim = alt.Stroke("inside:N", legend=None, scale=colour)
    layered = alt.layer(*(layer.encode(color=fill, stroke=rim) for layer in layers))
    layered = layered.resolve_scale(y="independent").properties(height=height + AXIS_HEIGHT)
    chart: alt.LayerChart = layered.configure_view(strokeWidth=0)
    return chart


def _standing(bars: pd.DataFrame, names: Sequence[str], height: int) -> alt.Chart:
    highest = bars.groupby("first").mentions.sum().max() if len(bars) else 1
    scale = alt.Scale(domain=[0, highest * height / BAR_HEIGHT], nice=False)
    rims = alt.Scale(domain=list(CERTAINTIES), range=[list(rim) for rim in RIMS])
    drawn = alt.Chart(bars).mark_bar(strokeWidth=1.2, cornerRadius=1)
    encoded: alt.Chart = drawn.encode(
        x=_across(names),
        y=alt.Y("mentions:Q", axis=None, scale=scale),
        order="order:Q",
        fillOpacity=alt.FillOpacity("fill:Q", legend=None, scale=None),
        strokeDash=alt.StrokeDash("certainty:O", legend=None, scale=rims),
        tooltip=[alt.Tooltip("start:O", title="When"), *_told()],
    )
    return encoded


def _lying(lines: pd.DataFrame, names: Sequence[str], height: int) -> alt.Chart:
    drawn = alt.Chart(lines).mark_bar(height=LANE_HEIGHT - 2, strokeWidth=1, fillOpacity=0.01, strokeDash=RIMS[-1])
    encoded: alt.Chart = drawn.encode(
        x=_across(names, bandPosition=0),
        x2=alt.X2("end:O", bandPosition=1),
        y=alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)),
        tooltip=[alt.Tooltip("start:O", title="From"), alt.Tooltip("end:O", title="To"), *_told()],
    )
    return encoded


def _across(names: Sequence[str], **position: Any) -> alt.X:
    axis = alt.Axis(title=None, labelOverlap="greedy", labelAngle=0, ticks=False, domain=False, labelLimit=160)
    return alt.X("start:O", scale=alt.Scale(domain=list(names)), axis=axis, **position)


def _told() -> list[alt.Tooltip]:
    return [alt.Tooltip("certainty:N", title="Dated"), alt.Tooltip("mentions:Q", title="Mentions")]
