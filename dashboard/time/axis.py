"""A linear axis of days that folds the years in which nothing is dated, and makes far ones small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from dashboard.periods import Stop, stop_of

WIDTH = 100.0  # of the whole axis, in its own unit
FOLD, SMALL = 2.0, 5.0  # widths of a fold, and of a stretch of few mentions
FEW = 0.25  # of the mentions of the fullest stretch: one with fewer is beside what the articles speak of
MANY = 6  # stretches; of more, small neighbours become one
MONTHS = (1, 2, 3, 6)  # from one name to the next
DENSE = 9  # names of days, months or years on the whole axis


class Stretch(NamedTuple):
    """Days that the axis shows in a row, and where it begins and ends on it."""

    since: date
    until: date
    start: float
    end: float

    def at(self, day: int) -> float:
        """Return where a day, as an ordinal, begins."""
        first = self.since.toordinal()
        return self.start + (day - first) * (self.end - self.start) / (self.until.toordinal() + 1 - first)


class Axis(NamedTuple):
    """Stretches of days, in order, with folds between them."""

    stretches: tuple[Stretch, ...]

    def span(self, since: date, until: date) -> tuple[float, float]:
        """Return where a period begins and ends, both days included; what lies in a fold goes to its rim."""
        return self._place(since.toordinal()), self._place(until.toordinal() + 1)

    def _place(self, day: int) -> float:
        for stretch in self.stretches:
            if day <= stretch.until.toordinal() + 1:
                return max(stretch.start, stretch.at(day))
        return self.stretches[-1].end

    def days(self, start: float, end: float) -> Stop:
        """Return the days of a part of the axis, whole days only."""
        first, last = sorted((start, end))
        return Stop(self._day(first, last=False), self._day(last, last=True))

    def _day(self, at: float, *, last: bool) -> date:
        stretches = self.stretches
        inside = next((s for s in stretches if at <= s.end), stretches[-1])
        if last and at <= inside.start and inside is not stretches[0]:  # in a fold: the end of what is before it
            return stretches[stretches.index(inside) - 1].until
        days = inside.until.toordinal() + 1 - inside.since.toordinal()
        passed = (min(max(at, inside.start), inside.end) - inside.start) / (inside.end - inside.start) * days
        number = round(passed) - 1 if last else round(passed)
        return date.fromordinal(inside.since.toordinal() + min(max(number, 0), days - 1))

    @property
    def folds(self) -> list[float]:
        """The middles of the folds."""
        return [(before.end + after.start) / 2 for before, after in pairwise(self.stretches)]


def axis_of(days: pd.DataFrame, stops: Sequence[Stop], window: Stop | None = None) -> Axis:
    """Return the axis of the stops of a slider; `days` has since, until and mentions, `window` bounds it."""
    runs = _runs(stops)
    if window:
        runs = [Stop(max(run.since, window.since), min(run.until, window.until)) for run in runs]
    large = _large(days, runs)
    if len(runs) > MANY:
        runs, large = _joined(runs, large)
    lengths = [(run.until - run.since).days + 1 for run in runs]
    small = min(SMALL, WIDTH / 2 / len(runs))
    fold = min(FOLD, WIDTH / 4 / len(runs))
    room = WIDTH - fold * (len(runs) - 1) - small * large.count(False)
    scale = room / sum(length for length, is_large in zip(lengths, large, strict=True) if is_large)
    stretches, start = [], 0.0
    for run, length, is_large in zip(runs, lengths, large, strict=True):
        end = start + (length * scale if is_large else small)
        stretches.append(Stretch(*run, start, end))
        start = end + fold
    return Axis(tuple(stretches))


def _runs(stops: Sequence[Stop]) -> list[Stop]:
    """Join stops unless an empty year lies between them."""
    runs: list[Stop] = []
    for stop in stops:
        if runs and stop.since.year - runs[-1].until.year <= 1:
            runs[-1] = Stop(runs[-1].since, max(runs[-1].until, stop.until))
        else:
            runs.append(stop)
    return runs


def _large(days: pd.DataFrame, runs: Sequence[Stop]) -> list[bool]:
    bars = days[days.since == days.until]  # a year without a day in it is one long line, and needs no room
    named = [_mentions(days if bars.empty else bars, run) for run in runs]
    return [number >= FEW * max(named) for number in named]


def _joined(runs: Sequence[Stop], large: Sequence[bool]) -> tuple[list[Stop], list[bool]]:
    """Join small runs with their small neighbours."""
    joined: list[tuple[Stop, bool]] = []
    for run, is_large in zip(runs, large, strict=True):
        if joined and not is_large and not joined[-1][1]:
            joined[-1] = Stop(joined[-1][0].since, run.until), False
        else:
            joined.append((run, is_large))
    return [run for run, _ in joined], [is_large for _, is_large in joined]


def _mentions(days: pd.DataFrame, run: Stop) -> int:
    """Count the mentions dated within a run, not those of longer periods that only touch it."""
    within = (days.since >= str(run.since)) & (days.until <= str(run.until))
    return int(days.mentions[within].sum())


def ticks(axis: Axis) -> list[tuple[float, str]]:
    """Return the names on the axis and where they stand: years, months or days, as there is room."""
    found: list[tuple[float, str]] = []
    for stretch in axis.stretches:
        width = stretch.end - stretch.start
        most = max(1, round(width / WIDTH * DENSE))
        if width <= SMALL:
            years = sorted({stretch.since.year, stretch.until.year})
            found.append(((stretch.start + stretch.end) / 2, "–".join(map(str, years))))
        else:
            found += [(stretch.at(day.toordinal()), _name(day, unit)) for day, unit in _marks(stretch, most)]
    return found


def _marks(stretch: Stretch, most: int) -> list[tuple[date, str]]:
    days = (stretch.until - stretch.since).days + 1
    if days <= 2 * most:
        return [(date.fromordinal(stretch.since.toordinal() + i), "day") for i in range(0, days, max(1, days // most))]
    months = _starts(stretch, "month")
    for every in MONTHS:
        named = [day for day in months if (day.month - 1) % every == 0 or len(months) <= most]
        if named and len(named) <= most:
            return [(day, "month") for day in _apart(named, 2 * days // (3 * most))]
    years = _starts(stretch, "year")
    named = _apart(years[:: -(-len(years) // most)], 2 * days // (3 * most))
    return [(day, "year") for day in named] or [(stretch.since, "day")]


def _apart(named: list[date], room: int) -> list[date]:
    """Leave out the first of days, where a stretch may begin in the midst, if the next would meet its name."""
    return named[1:] if len(named) > 1 and (named[1] - named[0]).days < room else named


def _starts(stretch: Stretch, unit: str) -> list[date]:
    """Return the first days of the months or years within a stretch, the one it begins in with its own first day."""
    found, day = [], stretch.since
    while day <= stretch.until:
        found.append(day)
        following = stop_of(day, "month" if unit == "month" else "year").until.toordinal() + 1
        if following > date.max.toordinal():
            break
        day = date.fromordinal(following)
    return found


def _name(day: date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    return f"{day.day} {day:%b} {day.year}" if unit == "day" else f"{day:%b} {day.year}"
