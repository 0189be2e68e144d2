"""Weigh what each name of a text may mean by how near it lies to what the other names may mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import cos, exp, hypot, log1p, radians
from typing import NamedTuple

from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.resolution.name_groups import Area, NameGroup

# Points, as in resolver.py.
PROXIMITY = 3.0
NEAR_KM = 150.0
SAME_PROVINCE = 1.5
OWN_TOWNS = 2.0  # for a country: "Georgia" beside Kutaisi and Batumi
LEAST = 0.03  # a candidate with less of its name's weight draws no other
KM_PER_DEGREE = 111.2
FADING = KM_PER_DEGREE / NEAR_KM
REACH = 5.0  # degrees beyond which a place draws no more
DRAWING = kinds_that("draws")
WIDE = kinds_that("wide")
DRAWN = WIDE | DRAWING


class _Place(NamedTuple):
    """What counts of a place here."""

    area: Area
    is_drawn: bool
    is_country: bool
    lon: float
    lat: float
    radius: float  # in degrees: near a province or a lake is what lies within it
    shrink: float  # of a degree of longitude
    pull: float  # how much it draws others


_Pull = tuple[float, float, float, str]  # latitude, longitude, weight, the key of its name


def draw_together(names: Sequence[NameGroup], gazetteer: Gazetteer, *, rounds: int) -> None:
    """Set the scores of each name from its base; every name spreads its weight over all that it may yet mean."""
    if len({name.key for name in names if name.base}) < 2:
        return
    for _ in range(rounds):
        _draw_once(names, gazetteer)


@lru_cache(maxsize=1 << 15)
def _place(row: int, gazetteer: Gazetteer) -> _Place:
    kind, lat = gazetteer.kind[row], gazetteer.lat[row]
    # A province's point says little of where in it the text is.
    pull = 0.3 if kind == "admin1" else 1.0 if kind in DRAWING else 0.0
    radius = gazetteer.uncertainty_km[row] / KM_PER_DEGREE if kind in WIDE else 0.0
    area = (gazetteer.country[row], gazetteer.admin1[row] if kind != "country" else "")
    is_country = kind == "country"
    return _Place(area, kind in DRAWN, is_country, gazetteer.lon[row], lat, radius, cos(radians(lat)), pull)


def _draw_once(names: Sequence[NameGroup], gazetteer: Gazetteer) -> None:
    pulls: list[_Pull] = []
    in_province: defaultdict[Area, float] = defaultdict(float)
    own: defaultdict[tuple[str, Area], float] = defaultdict(float)
    for name in names:
        if name.kind == "demonym":
            continue
        key = name.key
        for share, row in _shares(name):
            area, is_drawn, _, lon, lat, _, _, pull = _place(row, gazetteer)
            if is_drawn:
                for held in {area, (area[0], "")}:
                    in_province[held] += share
                    own[key, held] += share
            if pull and share > LEAST:
                pulls.append((lat, lon, share * pull, key))
    pulls.sort()
    lats = [pull[0] for pull in pulls]
    for name in names:
        if len(name.scores) < 2:
            continue
        weighed = []
        key = name.key
        for points, row in name.base:
            place = _place(row, gazetteer)
            if place.is_drawn:
                others = in_province[place.area] - own[key, place.area]
                points += PROXIMITY * log1p(2 * _pulled(place, key, pulls, lats))
                points += SAME_PROVINCE * log1p(max(0.0, others))
            elif place.is_country:
                others = in_province[place.area] - own[key, place.area]
                points += OWN_TOWNS * log1p(2 * max(0.0, others))
            weighed.append((points, row))
        name.scores = sorted(weighed, reverse=True)


def _shares(name: NameGroup) -> list[tuple[float, int]]:
    """Return how likely each candidate is by its points so far, by the weight of its name."""
    if not name.scores:
        return []
    best = name.scores[0][0]
    weights = [exp(points - best) for points, _ in name.scores]
    part = name.weight / sum(weights)
    return [(weight * part, row) for weight, (_, row) in zip(weights, name.scores, strict=True)]


def _pulled(place: _Place, key: str, pulls: Sequence[_Pull], lats: Sequence[float]) -> float:
    """Return how much lies near a place; `lats` are those of the pulls, which are sorted by them."""
    _, _, _, lon, lat, radius, shrink, _ = place
    reach, pulled = REACH + radius, 0.0
    for other_lat, other_lon, weight, other in pulls[bisect_right(lats, lat - reach) : bisect_left(lats, lat + reach)]:
        east = abs(other_lon - lon) * shrink
        if east < reach and other != key:
            away = hypot(other_lat - lat, east) - radius
            pulled += weight * exp(-away * FADING) if away > 0 else weight
    return pulled
