"""The table of coverage: mentions by place, source and time, with a place for what is silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from dashboard.periods import UNITS, Stop, Unit, stop_of
from dashboard.words import Row

WIDEST = 40  # sources that a table has room for
MANY = 24  # columns of time: a coarser unit is taken before there are more
GAPS = 40  # columns of time up to which the empty ones between are shown as well
LONGER, UNDATED = "longer", "undated"


def times(found: pd.DataFrame) -> list[Stop]:
    """Return the units of time in which a mention lies, by the finest unit that gives few of them."""
    periods = {(since, until) for since, until in zip(found.since, found.until, strict=True) if since}
    stops: list[Stop] = []
    for unit in UNITS:
        inside = {stop for since, until in periods if (stop := _inside_one(since, until, unit))}
        stops = sorted(inside)
        if len(stops) <= MANY:
            break
    return stops


def _inside_one(since: str, until: str, unit: Unit) -> Stop | None:
    stop = stop_of(date.fromisoformat(since), unit)
    return stop if date.fromisoformat(until) <= stop.until else None


def time_of(row: Row, stops: Sequence[Stop]) -> Stop | str:
    """Return the unit of time that holds a period whole; a year is on none of its days."""
    if not row.since:
        return UNDATED
    since, until = date.fromisoformat(row.since), date.fromisoformat(row.until)
    return next((stop for stop in stops if stop.since <= since and until <= stop.until), LONGER)


def across_time(stops: Sequence[Stop], found: pd.Series) -> list[Stop | str]:
    """Return the columns of a table of time: with the empty ones between where there is room, and what has no unit."""
    whole: list[Stop | str] = [*stops]
    if stops:
        unit = next(unit for unit in UNITS if stop_of(stops[0].since, unit) == stops[0])
        filled, stop = [stops[0]], stops[0]
        while stop.until < stops[-1].since and len(filled) <= GAPS:
            stop = stop_of(stop.until + timedelta(days=1), unit)
            filled.append(stop)
        whole = [*filled] if len(filled) <= GAPS else whole
    present = set(found)
    return whole + [name for name in (LONGER, UNDATED) if name in present]


def most_telling(found: pd.DataFrame, sources: Sequence[object]) -> list[object]:
    """Return the sources, as many as a table has room for: those with most mentions, the silent ones last."""
    told = found.groupby("source").mentions.sum()
    return sorted(sources, key=lambda source: -told.get(source, 0))[:WIDEST]


def matrix(
    found: pd.DataFrame, rows: str, columns: str, *, across: Sequence[object], down: Sequence[object] | None
) -> pd.DataFrame:
    """Return the mentions by row and column with 0 where there is none; the rows with most mentions come first."""
    counted = found.groupby([rows, columns]).mentions.sum()
    order = found.groupby(rows).mentions.sum().sort_values(ascending=False, kind="stable").index
    cells = {(row, column): int(number) for (row, column), number in counted.items()}
    silent = [row for row in down or [] if row not in set(order)]
    every = [*order, *silent]
    numbers = [[cells.get((row, column), 0) for column in across] for row in every]
    heads = pd.Index([*across], dtype=object, tupleize_cols=False)
    return pd.DataFrame(numbers, index=pd.Index(every, dtype=object), columns=heads)
