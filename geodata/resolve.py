"""Decide what the place names of one text mean: all of them together, because places in a text lie near each other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from geodata.explain import Case, doubt, reason, short_km
from geodata.gazetteer import Gazetteer
from geodata.names import name_key
from geodata.records import Candidate, Resolution, Role, Toponym
from geodata.votes import COUNTRY, Votes

# Log-odds-like points; found by a grid over the development corpora, which moved accuracy by under two points.
POPULATION = 1.0
NEARNESS = 3.0
NEAR_KM = 200.0
NEIGHBOURS = 1.0
ROUNDS = 2
DRAWING = frozenset({"city", "village", "building", "admin2", "admin1", "corridor", "lake", "river"})
DRAWN = frozenset({"city", "village", "building", "admin2", "admin1"})
CONTAINER = 8.0
CAPITAL = 2.5
# What our own table lists is known far beyond its size: the points of a town of so many people, in powers of ten.
FAME = {
    "region": 5.5,
    "sea": 5.5,
    "continent": 6.0,
    "bloc": 5.5,
    "river": 4.5,
    "lake": 4.5,
    "natural": 4.5,
    "building": 4.5,
}
KIND = {
    "country": 4.0, "continent": 1.0, "bloc": 1.0, "sea": 1.0, "region": 1.0, "admin1": 1.2, "admin2": -1.5,
    "lake": 0.5, "river": 0.5, "natural": 0.5, "corridor": 3.0, "border": 3.0, "building": 1.0, "village": 2.0,
}  # fmt: skip
ROLE = {
    Role.OWN: 30.0,
    Role.MAIN: 0.0,
    Role.OFFICIAL: -0.2,
    Role.OTHER: -2.5,
    Role.DEMONYM: 0.0,
    Role.ABBREVIATION: 0.0,
    Role.POSTAL: 0.0,
}
MOST = 30  # candidates of one name that are weighed against the other places
RUNNERS_UP = 5
ANCHORS = frozenset({"city", "village", "admin2", "admin1"})
APPROXIMATE_KM = 25.0
_COUNTY = re.compile(
    r"(county|parish|district|province|borough|municipality|region|oblast|governorate)$", re.IGNORECASE
)
_CONTAINED = re.compile(r"\s*,\s*|\s*\(\s*")


Area = tuple[str, str]  # country, and admin-1 code or ""
_Key = tuple[str, str, tuple[Candidate, ...], frozenset[Area]]


@dataclass(slots=True)
class _Name:
    """All toponyms of a text that are written alike: they share one meaning."""

    text: str
    kind: str
    containers: frozenset[Area]
    toponyms: list[int] = field(default_factory=list)
    alone: dict[int, float] = field(default_factory=dict)  # row -> points whatever the text says
    base: list[tuple[float, int]] = field(default_factory=list)  # (points with what the text says, row)
    scores: list[tuple[float, int]] = field(default_factory=list)  # (points among the others, row), best first


def resolve(
    text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, beside: Sequence[Toponym] = ()
) -> list[Resolution]:
    """Return one resolution for each toponym, in their order; `entry` is None where nothing fits.

    `beside` are names that stand beside the text, in its outlet or title: they vote and are not resolved.
    """
    if not toponyms:
        return []
    names = _gather(text, toponyms, gazetteer)
    votes = Votes(toponyms, gazetteer)
    votes.listen(text)
    votes.look_beside(beside)
    for name in names.values():
        candidates = toponyms[name.toponyms[0]].candidates
        name.alone = {c.row: _alone(c, name, gazetteer) for c in candidates}
        points = [(name.alone[c.row] + _support(c.row, name, votes, gazetteer), c.row) for c in candidates]
        name.base = name.scores = sorted(points, reverse=True)[:MOST]
    for _ in range(ROUNDS):
        _draw_together(names, gazetteer)
    meaning = {i: name for name in names.values() for i in name.toponyms}
    every = list(names.values())
    # Toponyms written alike share one decision.
    decided = {id(name): _decide(toponyms[name.toponyms[0]], name, every, gazetteer) for name in every}
    resolved = [replace(decided[id(meaning[i])], toponym=toponym) for i, toponym in enumerate(toponyms)]
    return [_beside_neighbour(resolution, resolved) for resolution in resolved]


def _gather(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> dict[_Key, _Name]:
    names: dict[_Key, _Name] = {}
    for i, toponym in enumerate(toponyms):
        # "Shusha" before "region" has other candidates than Shusha alone, and "Springfield, Illinois" another container
        # than "Springfield, Massachusetts": the text itself tells them apart.
        following = toponyms[i + 1] if i + 1 < len(toponyms) else None
        containers: frozenset[Area] = frozenset()
        if following and _CONTAINED.fullmatch(text[toponym.end : following.start]):
            containers = frozenset(_areas(following, gazetteer)) & _homes(toponym, gazetteer)
        key = (toponym.text, toponym.kind, toponym.candidates, containers)
        names.setdefault(key, _Name(toponym.text, toponym.kind, containers)).toponyms.append(i)
    return _share_containers(names)


def _areas(toponym: Toponym, gazetteer: Gazetteer) -> Iterator[Area]:
    """Yield the countries and provinces that a toponym may name."""
    for candidate in toponym.candidates:
        kind, country = gazetteer.kind[candidate.row], gazetteer.country[candidate.row]
        if kind == "country" and candidate.role != Role.DEMONYM:
            yield country, ""
        elif kind in ("admin1", "admin2") and candidate.role != Role.OTHER:
            yield country, gazetteer.admin1[candidate.row]


def _homes(toponym: Toponym, gazetteer: Gazetteer) -> set[Area]:
    """Return the countries and provinces in which a place of this name lies."""
    rows = [c.row for c in toponym.candidates if gazetteer.kind[c.row] != "country"]
    provinces = {(gazetteer.country[row], gazetteer.admin1[row]) for row in rows}
    return provinces | {(country, "") for country, _ in provinces}


def _share_containers(names: dict[_Key, _Name]) -> dict[_Key, _Name]:
    """Let a bare "Springfield" mean the one placed elsewhere: one sense a text, unless the text says otherwise."""
    for name in names.values():
        if not name.containers:
            others = [n.containers for n in names.values() if (n.text, n.kind) == (name.text, name.kind)]
            name.containers = frozenset().union(*others)
    return names


def _alone(candidate: Candidate, name: _Name, gazetteer: Gazetteer) -> float:
    """Return the points of a place whatever the text: its size, its kind, its claim to the name."""
    kind = gazetteer.kind[candidate.row]
    size = max(math.log10(gazetteer.population[candidate.row] + 10), FAME.get(kind, 0.0))
    points = POPULATION * size + KIND.get(kind, 0.0) + ROLE[Role(candidate.role)]
    if kind == "admin2" and _COUNTY.search(name.text):
        points += 4.0
    return points


def _support(row: int, name: _Name, votes: Votes, gazetteer: Gazetteer) -> float:
    """Return the points that the rest of the text gives a place, but for how near the other places lie."""
    kind, country, province = gazetteer.kind[row], gazetteer.country[row], gazetteer.admin1[row]
    others = max(0, votes.country[country] - votes.own[name.text, country])
    points = 0.0
    if gazetteer.capital[row] and others:
        points += CAPITAL  # "Moscow and Washington" in a text that names the countries
    if kind == "country":
        points += 0.6 * COUNTRY * math.log1p(others)
    elif country:
        points += votes.points(name.text, country, province)
    for container_country, container_province in name.containers:
        if kind != "country" and country == container_country and container_province in ("", province):
            points += CONTAINER
    return points


def _draw_together(names: dict[_Key, _Name], gazetteer: Gazetteer) -> None:
    """Weigh each name's candidates by how near they lie to what the other names now mean."""
    places = []
    for name in names.values():
        if name.scores and name.kind != "demonym" and gazetteer.kind[name.scores[0][1]] in DRAWING:
            row = name.scores[0][1]
            places.append((name.text, gazetteer.lon[row], gazetteer.lat[row], _weight(row, gazetteer), row))
    in_province = Counter((gazetteer.country[place[-1]], gazetteer.admin1[place[-1]]) for place in places)
    for name in names.values():
        if len(name.scores) < 2:
            continue
        weighed = []
        for points, row in name.base:
            if gazetteer.kind[row] in DRAWN:
                lon, lat = gazetteer.lon[row], gazetteer.lat[row]
                pull = sum(
                    weight * math.exp(-short_km(lon, lat, other_lon, other_lat) / NEAR_KM)
                    for text, other_lon, other_lat, weight, _ in places
                    if abs(other_lat - lat) < 6 and text != name.text
                )
                province = (gazetteer.country[row], gazetteer.admin1[row])
                points += NEARNESS * math.log1p(2 * pull) + NEIGHBOURS * math.log1p(in_province[province])
            weighed.append((points, row))
        name.scores = sorted(weighed, reverse=True)


def _weight(row: int, gazetteer: Gazetteer) -> float:
    """Return how much a place draws others: a province's point says little of where in it the text is."""
    return 0.3 if gazetteer.kind[row] == "admin1" else 1.0


def _decide(toponym: Toponym, name: _Name, names: Sequence[_Name], gazetteer: Gazetteer) -> Resolution:
    if not name.scores:
        return Resolution(toponym, None, 0.0, "no place of the gazetteer bears this name")
    best, row = name.scores[0]
    share = 1 / sum(math.exp(points - best) for points, _ in name.scores)
    rivals = [other for _, other in name.scores[1 : RUNNERS_UP + 1]]
    neighbours = [other.scores[0][1] for other in names if other.scores and other.text != name.text]
    case = Case(toponym, row, rivals, neighbours, name.containers, share, support=best - name.alone[row])
    return Resolution(
        toponym,
        gazetteer.entry(row),
        round(share, 3),
        reason(case, gazetteer),
        tuple(gazetteer.entry(other) for other in rivals),
        doubt(case, gazetteer),
    )


def _beside_neighbour(resolution: Resolution, resolved: Sequence[Resolution]) -> Resolution:
    """Place what the gazetteer lacks ('Neches River') beside the nearest town or province that the text names."""
    toponym = resolution.toponym
    if toponym.kind != "pattern" or resolution.entry is not None:
        return resolution
    anchors = [r for r in resolved if r.entry is not None and r.entry.kind in ANCHORS and r.toponym.kind != "demonym"]
    if not anchors:
        return resolution
    anchor = min(anchors, key=lambda r: (_anchor_rank(r), abs(r.toponym.start - toponym.start))).entry
    assert anchor is not None
    slug = re.sub(r"[^a-z0-9]+", "-", name_key(toponym.text)).strip("-") or "place"
    entry = replace(
        anchor,
        id=f"near-{anchor.id}-{slug}",
        name=" ".join(toponym.text.split()),
        kind=toponym.feature,  # type: ignore[arg-type]
        population=0,
        uncertainty_km=max(APPROXIMATE_KM, anchor.uncertainty_km),
    )
    return Resolution(toponym, entry, 0.1, f"not in the gazetteer: placed beside {anchor.name}, which the text names")


def _anchor_rank(resolution: Resolution) -> int:
    """Towns before districts before provinces: the smaller the anchor, the less the place can be off."""
    return 0 if resolution.entry is not None and resolution.entry.kind != "admin1" else 1
