"""What a part of the page works on: the index, the filters, and the place or region that is selected."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from corpus.queries.filters import Filters
from corpus.queries.search import Names

REGION = "in:"  # before the code of a region in the id of what is selected


def region_of(selected: str | None) -> str | None:
    """Return the code of the region that is selected, None where it is a place or nothing."""
    return selected.removeprefix(REGION) if selected and selected.startswith(REGION) else None


def inside(places: pd.DataFrame, code: str | None) -> pd.DataFrame:
    """Return those of the places that lie in a region."""
    return places[(places.region == code) | (places.country == code)]


class Lift(NamedTuple):
    """A filter that is set: in words, the filters without it, what it does to lift it, and what lifts it."""

    words: str
    without: Filters
    does: str
    lift: Callable[[], None]


@dataclass(frozen=True)
class Page:
    """What the page shows and what is selected on it."""

    index: sqlite3.Connection
    filters: Filters
    place: str | None  # what is selected: a place, or a region with the sign for it
    places: pd.DataFrame  # of the whole corpus: those that the page can select
    found: pd.DataFrame  # the places under the filters
    regions: pd.DataFrame | None = None  # with their counts, where the map counts by region
    lines: pd.DataFrame = field(default_factory=pd.DataFrame)  # stretches and lines that are no place, by id
    areas: pd.DataFrame = field(default_factory=pd.DataFrame)  # countries and provinces that can be selected, by code
    selectable: Collection[str] = ()  # the ids of places, lines, and regions with the sign for them
    counts: Mapping[str, int] = field(default_factory=dict)  # what the tabs hold under the filters, by their key
    names: Names = field(default_factory=dict)  # all that places are called by
    lifts: Sequence[Lift] = ()  # the filters that are set
    problems: Sequence[str] = ()  # of the files that were read
    read_again: Callable[[], None] = lambda: None  # has the folder read again in the next run

    @property
    def region(self) -> str | None:
        """The code of the region that is selected."""
        return region_of(self.place)

    @cached_property
    def known(self) -> Collection[str]:
        """The ids of the places that the page can select."""
        return set(self.places.id)

    @property
    def outlined(self) -> str | None:
        """The code of the country or province that the selected place is."""
        code = self.places.set_index("id").outline.get(self.place)
        return str(code) if code in self.areas.index else None

    def selected_places(self) -> list[str]:
        """Return the selected place, or those inside the selected region."""
        return [str(self.place)] if self.region is None else list(inside(self.places, self.region).id)

    def name_of_place(self, otherwise: str) -> str:
        """Return the name of the selected place; `otherwise` where the page does not know it."""
        return str(self.places.set_index("id")["name"].get(self.place, otherwise))
