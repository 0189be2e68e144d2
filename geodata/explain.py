"""Say in words why a name was taken for a place, and what doubt is left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.gazetteer import Gazetteer
from geodata.records import Doubt, Role, Toponym
from geodata.region_names import names_of_regions

CLOSE_RACE = 0.65  # a place with less than this share of the points has a rival
FAR_AHEAD = 3  # times as large, or as near
NEAR_KM = 250
KNOWN = 50_000  # inhabitants: such a town needs no support from the text
POINTS = frozenset({"city", "village", "building", "admin2"})


@dataclass(frozen=True, slots=True)
class Case:
    """A name, what it was taken for, and what spoke for it; places are gazetteer rows."""

    toponym: Toponym
    row: int
    rivals: Sequence[int]
    neighbours: Sequence[int]  # what the text's other names mean
    containers: frozenset[tuple[str, str]]  # the areas the text says it lies in: country, admin-1 code or ""
    share: float
    support: float  # points that the text gave


def reason(case: Case, gazetteer: Gazetteer) -> str:
    """Return the strongest reason for the choice, as the end of a sentence."""
    row, name = case.row, gazetteer.name(case.row)
    role = next((c.role for c in case.toponym.candidates if c.row == row), Role.MAIN)
    if role == Role.OWN:
        return "your own list of places has it"
    if role == Role.DEMONYM:
        return f"the people, language or things of {name}"
    if role in (Role.ABBREVIATION, Role.POSTAL):
        return f"short for {name}"
    if not case.rivals:
        return "the only place of this name in the gazetteer"
    if any(
        country == gazetteer.country[row] and province in ("", gazetteer.admin1[row])
        for country, province in case.containers
    ):
        return f"the text itself places it in {_home(row, gazetteer)}"
    rival = case.rivals[0]
    if gazetteer.kind[row] == "country" and gazetteer.kind[rival] != "country":
        return f"the country, not {_described(rival, gazetteer)}"
    nearest, distance = _nearest(row, case.neighbours, gazetteer)
    if nearest is not None and distance < NEAR_KM and gazetteer.kind[row] in POINTS:
        _, other = _nearest(rival, case.neighbours, gazetteer)
        times = other / max(distance, 1.0)
        if times >= FAR_AHEAD:
            near = f"{distance:.0f} km from {gazetteer.name(nearest)}, which the article names"
            return f"{near}; {_described(rival, gazetteer)} lies {times:,.0f} times as far from its other places"
    if _named(row, case.neighbours, gazetteer) and not _named(rival, case.neighbours, gazetteer):
        return f"in {_country(row, gazetteer)}, which the article names; not {_described(rival, gazetteer)}"
    if gazetteer.population[row] > FAR_AHEAD * max(1, gazetteer.population[rival]):
        return f"by far the largest of its name; the next is {_described(rival, gazetteer)}"
    return f"fits the article a little better than {_described(rival, gazetteer)}"


def doubt(case: Case, gazetteer: Gazetteer) -> Doubt:
    """Return the doubt that is left: a rival close behind, or nothing in the text that speaks for the place."""
    if case.share < CLOSE_RACE:
        return "close race"
    unsupported = case.support < 0.3 and gazetteer.kind[case.row] in POINTS and gazetteer.population[case.row] < KNOWN
    return "poor fit" if unsupported and case.rivals else ""


def _named(row: int, neighbours: Sequence[int], gazetteer: Gazetteer) -> bool:
    return any(gazetteer.country[other] == gazetteer.country[row] != "" for other in neighbours)


def _nearest(row: int, neighbours: Sequence[int], gazetteer: Gazetteer) -> tuple[int | None, float]:
    towns = [other for other in neighbours if gazetteer.kind[other] in POINTS and other != row]
    here = (gazetteer.lon[row], gazetteer.lat[row])
    far = [(_km(*here, gazetteer.lon[other], gazetteer.lat[other]), other) for other in towns]
    distance, other = min(far, default=(math.inf, None))
    return other, distance


def _described(row: int, gazetteer: Gazetteer) -> str:
    return f"{gazetteer.name(row)} in {home}" if (home := _home(row, gazetteer)) else gazetteer.name(row)


def _home(row: int, gazetteer: Gazetteer) -> str:
    """Return the province and country of a place in words."""
    names = names_of_regions()
    province = names.get(gazetteer.region[row], "") if gazetteer.kind[row] in POINTS else ""
    return ", ".join(dict.fromkeys(filter(None, (province, _country(row, gazetteer)))))


def _country(row: int, gazetteer: Gazetteer) -> str:
    return names_of_regions().get(gazetteer.country[row], gazetteer.country[row])


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return a great-circle distance in km."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def short_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return a distance in km, good enough below some hundred km and quicker."""
    x = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 111.2 * math.hypot(x, other_lat - lat)
