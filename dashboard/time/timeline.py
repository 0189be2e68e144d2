"""The stops of the date slider, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.periods import UNITS, Stop, Unit, stop_of

FEW_STOPS = 120  # of the finest unit that is taken by itself


def stops_of(days: pd.DataFrame, unit: Unit | None = None, window: Stop | None = None) -> list[Stop]:
    """Return the units in which a period of `days` begins or ends, within the window; empty ones are left out.

    Without a unit it is the finest that gives few stops.
    """
    ends = sorted({date.fromisoformat(day) for column in ("since", "until") for day in days[column].dropna().unique()})
    if window:
        ends = [day for day in ends if window.since <= day <= window.until]
    for finest in [unit] if unit else UNITS:
        found = sorted({stop_of(day, finest) for day in ends})
        if len(found) <= FEW_STOPS:
            break
    return found


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
