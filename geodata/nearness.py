"""Weigh what each name of a text may mean by how near it lies to what the other names may mean."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from geodata.gather import Area, Name
from geodata.gazetteer import Gazetteer

# Points, as in resolve.py.
NEARNESS = 3.0
NEAR_KM = 150.0
SAME_PROVINCE = 1.5
LEAST = 0.03  # a reading with less of its name's weight draws no other
KM_PER_DEGREE = 111.2
REACH = 5.0  # degrees beyond which a place draws no more
DRAWING = frozenset({"city", "village", "building", "admin2", "admin1", "corridor", "lake", "river"})
WIDE = frozenset({"admin1", "region", "natural", "lake", "river", "sea"})
DRAWN = WIDE | {"city", "village", "building", "admin2"}

_Pull = tuple[str, float, float, float]  # the key of its name, longitude, latitude, weight


def draw_together(names: Sequence[Name], gazetteer: Gazetteer) -> None:
    """Set the scores of each name from its base; every name spreads its weight over all that it may yet mean."""
    pulls: list[_Pull] = []
    in_province: defaultdict[Area, float] = defaultdict(float)
    own: defaultdict[tuple[str, Area], float] = defaultdict(float)
    for name in names:
        if name.kind == "demonym":
            continue
        for share, row in _shares(name):
            share *= name.weight
            kind = gazetteer.kind[row]
            if kind in DRAWN:
                area = (gazetteer.country[row], gazetteer.admin1[row])
                in_province[area] += share
                own[name.key, area] += share
            if kind in DRAWING and share > LEAST:
                # A province's point says little of where in it the text is.
                weight = 0.3 * share if kind == "admin1" else share
                pulls.append((name.key, gazetteer.lon[row], gazetteer.lat[row], weight))
    for name in names:
        if len(name.scores) < 2:
            continue
        weighed = []
        for points, row in name.base:
            if gazetteer.kind[row] in DRAWN:
                area = (gazetteer.country[row], gazetteer.admin1[row])
                others = max(0.0, in_province[area] - own[name.key, area])
                points += NEARNESS * math.log1p(2 * _pull(row, name.key, pulls, gazetteer))
                points += SAME_PROVINCE * math.log1p(others)
            weighed.append((points, row))
        name.scores = sorted(weighed, reverse=True)


def _shares(name: Name) -> Iterator[tuple[float, int]]:
    """Yield how likely each reading is by its points so far."""
    if name.scores:
        best = name.scores[0][0]
        weights = [math.exp(points - best) for points, _ in name.scores]
        whole = sum(weights)
        yield from ((weight / whole, row) for weight, (_, row) in zip(weights, name.scores, strict=True))


def _pull(row: int, key: str, pulls: Sequence[_Pull], gazetteer: Gazetteer) -> float:
    """Return how much lies near a place; near a province or a lake is what lies within its radius."""
    lon, lat = gazetteer.lon[row], gazetteer.lat[row]
    radius = gazetteer.uncertainty_km[row] / KM_PER_DEGREE if gazetteer.kind[row] in WIDE else 0.0
    reach, shrink, scale = REACH + radius, math.cos(math.radians(lat)), KM_PER_DEGREE / NEAR_KM
    pull = 0.0
    for other, other_lon, other_lat, weight in pulls:
        north, east = abs(other_lat - lat), abs(other_lon - lon) * shrink
        if north < reach and east < reach and other != key:
            pull += weight * math.exp(-max(0.0, math.hypot(north, east) - radius) * scale)
    return pull
