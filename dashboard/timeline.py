"""Frame of dated mentions -> stops of the date slider, and the histogram above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd

MOST_STOPS = 300  # beyond this the slider stops at months, then at years
INSIDE, OUTSIDE = {"light": "#c2410c", "dark": "#ff9b5e"}, {"light": "#d6cfc6", "dark": "#4a4640"}


def stops(days: pd.DataFrame) -> list[date]:
    """Return the days at which the slider stops: every day that begins or ends a period, or month or year ends."""
    ends = sorted({date.fromisoformat(day) for column in ("since", "until") for day in days[column].dropna()})
    for unit in ("month", "year"):
        if len(ends) <= MOST_STOPS:
            break
        ends = sorted({ends[0], ends[-1], *(_last_of(day, unit) for day in ends[1:-1])})
    return ends


def _last_of(day: date, unit: str) -> date:
    if unit == "year":
        return date(day.year, 12, 31)
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def nearest_stop(stops: Sequence[date], day: date) -> date:
    """Return the stop nearest to a day."""
    return min(stops, key=lambda stop: abs(stop - day))


def bars(days: pd.DataFrame, stops: Sequence[date], since: date, until: date) -> pd.DataFrame:
    """Return the bars: day (the stop at or after a period's first day), mentions, and whether in the chosen days."""
    if days.empty:
        return pd.DataFrame({"day": [], "inside": [], "mentions": []})
    first, last = pd.to_datetime(days.since), pd.to_datetime(days.until)
    at = pd.Series(pd.to_datetime(list(stops)))
    position = at.searchsorted(first).clip(max=len(at) - 1)
    frame = pd.DataFrame(
        {
            "day": [stops[i].isoformat() for i in position],
            "inside": (last >= pd.Timestamp(since)) & (first <= pd.Timestamp(until)),
            "mentions": days.mentions,
        }
    )
    return frame.groupby(["day", "inside"], as_index=False).mentions.sum()


def chart(bars: pd.DataFrame, stops: Sequence[date], *, theme: str) -> alt.Chart:
    """Return the histogram: a bar for each stop, those within the chosen days in colour."""
    domain = [stop.isoformat() for stop in stops]
    long = "timeFormat(toDate(datum.value), '%-d %b %Y')"
    return (
        alt.Chart(bars)
        .mark_bar(cornerRadiusTopLeft=1, cornerRadiusTopRight=1)
        .encode(
            x=alt.X(
                "day:O",
                scale=alt.Scale(domain=domain),
                axis=alt.Axis(
                    title=None, labelExpr=long, labelOverlap="greedy", labelAngle=0, ticks=False, domain=False
                ),
            ),
            y=alt.Y("sum(mentions):Q", axis=None),
            color=alt.Color(
                "inside:N",
                legend=None,
                scale=alt.Scale(domain=[True, False], range=[INSIDE[theme], OUTSIDE[theme]]),
            ),
            tooltip=[alt.Tooltip("day:O", title="From"), alt.Tooltip("sum(mentions):Q", title="Mentions")],
        )
        .properties(height=96)
        .configure_view(strokeWidth=0)
    )
