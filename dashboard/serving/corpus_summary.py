"""The corpus as a whole: what there is to choose, and where the map begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.records import LITERAL, ROLES
from dashboard.view.url import Choices
from geodata.globe import great_circle_km
from geodata.records import AREAS, BBox

STRAY = 0.01  # of the mentions, at either end of time: one text that names the year 1000 is no corpus of it
FEW = 8  # places, of which the first view leaves none out
MOST, NEAR_KM = 2 / 3, 80  # of more, so many are in it, and all that lie within an hour of their middle
# A capital that ministers met in is beside the story, and so is a place that is only named.
EVENTS = tuple(role for role in LITERAL if role not in ("met", "mentioned"))
UNITS = frozenset({"admin1", "admin2", "corridor", "lake"})
WORLD = (-25.0, -35.0, 60.0, 65.0)


class Corpus:
    """What stays the same while the reader filters: what there is to choose, and where the map begins."""

    def __init__(self, index: sqlite3.Connection, *, tabs: Collection[str] = ()) -> None:
        self.outlets = queries.outlets(index)
        self.regions = queries.region_options(index)
        self.region_names = dict(zip(self.regions.code, self.regions.name, strict=True))
        self.places = queries.places(index, Filters(roles=ROLES))
        told = queries.totals(index, Filters()).of_corpus
        self.roles = [role for role in ROLES if told[role] or role != "target"]  # attacks only where there are any
        shown = queries.places(index, Filters())  # at first
        self.number, self.bounds = len(shown), extent(queries.places(index, Filters(roles=EVENTS)), shown)
        since = [day for day in queries.days(index, Filters(by="published", roles=ROLES)).since if day]
        self.first = date.fromisoformat(min(since)) if since else None
        self.extents = stretches.extents(index, Filters(roles=ROLES)).set_index("id")
        places = {*self.places.id, *self.extents.index}
        self.choices = Choices(set(self.outlets), set(self.regions.code), places, tuple(tabs))
        self.lines = self.extents[self.extents.index.str.startswith(stretches.EXTENT)]
        self.areas = self.regions.set_index("code")
        self.years = years_of(queries.days(index, Filters(roles=ROLES)))


def years_of(days: pd.DataFrame) -> str:
    """Return the years that the articles tell of, "1988–2023", but for the few mentions far from the others."""
    dated = days[days.since.notna()]
    if dated.empty:
        return ""
    few = STRAY * dated.mentions.sum()
    begun = dated.groupby(dated.since.str[:4]).mentions.sum().cumsum()
    ended = dated.groupby(dated.until.str[:4]).mentions.sum().sort_index(ascending=False).cumsum()
    first, last = begun.index[begun > few][0], ended.index[ended > few][0]
    return "–".join(dict.fromkeys(str(int(year)) for year in (first, last)))


def extent(events: pd.DataFrame, places: pd.DataFrame) -> BBox:
    """Return the box (west, south, east, north) of most definite places: of those of events, where there are any."""
    definite = (events[~events.kind.isin(AREAS)], places[~places.kind.isin(AREAS)], places[places.kind.isin(UNITS)])
    found = next((points for points in definite if not points.empty), None)
    if found is None:
        return WORLD
    points = _side_by_side(found)
    middle = points.loc[points.index.repeat(points.articles), ["lon", "lat"]].median()
    away = great_circle_km(middle.lon, middle.lat, points.lon, points.lat)
    near = points if len(points) < FEW else points[away <= max(NEAR_KM, np.quantile(away, MOST))]
    west, east = near.lon.min(), near.lon.max()
    south, north = near.lat.min(), near.lat.max()
    margin = max(0.1, 0.04 * max(east - west, north - south))
    return (round(west - margin, 2), round(south - margin, 2), round(east + margin, 2), round(north + margin, 2))


def _side_by_side(points: pd.DataFrame) -> pd.DataFrame:
    """Count longitudes beyond 180 degrees where that brings places on both sides of it together, as around Fiji."""
    eastward = points.lon % 360
    spread = [lon.quantile(0.75) - lon.quantile(0.25) for lon in (points.lon, eastward)]
    return points.assign(lon=eastward) if spread[1] < spread[0] - 1e-6 else points
