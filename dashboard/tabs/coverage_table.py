"""The table of coverage: mentions by place, source and time, with a place for what is silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.periods import UNITS, Stop, Unit, stop_of
from dashboard.words import Row

WIDEST = 40  # sources that a table has room for
MANY = 24  # columns of time: a coarser unit is taken before there are more
GAPS = 40  # columns of time up to which the empty ones between are shown as well
LONGER, UNDATED = "longer", "undated"


def times(found: pd.DataFrame) -> list[Stop]:
    """Return the units of time in which a mention lies, by the finest unit that gives few of them."""
    periods = [(since, until) for since, until in _periods(found) if since and until]
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


def _periods(found: pd.DataFrame) -> list[tuple[str | None, str | None]]:
    """Return the periods of a frame, each once."""
    periods = found[["since", "until"]].drop_duplicates().astype(object)
    return list(periods.where(periods.notna(), None).itertuples(index=False, name=None))


def in_time(found: pd.DataFrame, stops: Sequence[Stop]) -> pd.Series:
    """Return the unit of time that holds each row: of few periods, however many rows there are."""
    number = found.groupby(["since", "until"], observed=True, dropna=False, sort=False).ngroup()
    first = found[~number.duplicated()].astype(object)
    first = first.where(first.notna(), None)
    units = [time_of(row, stops) for row in first.itertuples()]
    known = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    of_number = np.zeros(len(units), np.int64)
    of_number[number[first.index]] = [known[unit] for unit in units]
    heads = pd.Index([*known], dtype=object, tupleize_cols=False)
    return pd.Series(pd.Categorical.from_codes(of_number[number], heads), found.index)


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
    present = set(found.unique())
    return whole + [name for name in (LONGER, UNDATED) if name in present]


def most_telling(found: pd.DataFrame, sources: Sequence[object]) -> list[object]:
    """Return the sources, as many as a table has room for: those with most mentions, the silent ones last."""
    told = found.groupby("source", observed=True).mentions.sum()
    return sorted(sources, key=lambda source: -told.get(source, 0))[:WIDEST]


def matrix(
    found: pd.DataFrame, rows: str, columns: str, *, across: Sequence[object], down: Sequence[object] | None
) -> pd.DataFrame:
    """Return the mentions by row and column with 0 where there is none; the rows with most mentions come first."""
    row, names = pd.factorize(found[rows], sort=True)
    column, heads = pd.factorize(found[columns])
    at = {head: number for number, head in enumerate(across)}
    column = np.array([at.get(head, len(across)) for head in heads], np.int64)[column]  # one more for what has none
    size = (len(names), len(across) + 1)
    told = np.bincount(row * size[1] + column, found.mentions, minlength=size[0] * size[1]).reshape(size)
    order = np.argsort(-told.sum(1), kind="stable")
    every = [*names[order]]
    silent = [name for name in down or [] if name not in set(every)]
    numbers = np.concatenate((told[order, :-1], np.zeros((len(silent), len(across))))).astype(np.int64)
    index = pd.Index([*every, *silent], dtype=object)
    return pd.DataFrame(numbers, index=index, columns=pd.Index([*across], dtype=object, tupleize_cols=False))
