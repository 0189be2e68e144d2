"""Names that were official only in a period: who called a place so, from when, until when."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geodata.folding import name_key
from geodata.tables import read_rows

NAMES = Path(__file__).parent / "official_names.csv"


@dataclass(frozen=True, slots=True)
class OfficialName:
    """A name in official use by an authority, first and last day included; an end of None is open.

    An end known to the year or month alone reaches over all of it, so old and new name overlap there.
    """

    name: str
    place: str  # the id of its gazetteer entry
    authority: str  # whose official name it is: two authorities may use two names at once
    since: date
    until: date | None
    source: str

    @property
    def words(self) -> str:
        """Say it for the reader: 'official name 23 March 2019 to 17 September 2022 (Kazakhstan)'."""
        since = f"{self.since.day} {self.since:%B %Y}"
        period = f"since {since}" if self.until is None else f"{since} to {self.until.day} {self.until:%B %Y}"
        return f"official name {period} ({self.authority})"


def periods_of(name: str) -> Sequence[OfficialName]:
    """Return the periods in which a name was official, in the table's order; nothing for a name it lacks."""
    return _by_name().get(name_key(name), ())


@cache
def _table() -> tuple[OfficialName, ...]:
    return tuple(
        OfficialName(
            row["name"],
            row["place"],
            row["authority"],
            _day(row["since"], last=False),
            _day(row["until"], last=True) if row["until"] else None,
            row["source"],
        )
        for row in read_rows(NAMES)
    )


@cache
def _by_name() -> dict[str, tuple[OfficialName, ...]]:
    found: dict[str, list[OfficialName]] = {}
    for row in _table():
        found.setdefault(name_key(row.name), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _day(written: str, *, last: bool) -> date:
    """Return the first or last day of '1995', '1995-11' or '1995-11-03'."""
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
