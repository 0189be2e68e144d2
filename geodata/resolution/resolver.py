"""Decide what the place names of one text mean: all of them together, because places in a text lie near each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.spelling_families import is_another_spelling
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that, numbers
from geodata.records import Candidate, NameType, Resolution, Toponym
from geodata.resolution.containers import settle_containers
from geodata.resolution.dateline import find_dateline
from geodata.resolution.document_focus import COUNTRY, DocumentFocus
from geodata.resolution.explanation import Case, reason
from geodata.resolution.fallback import approximate
from geodata.resolution.letters import countries_of_letters
from geodata.resolution.name_groups import NameGroup, group_names
from geodata.resolution.proximity import draw_together
from geodata.text import Text
from geodata.working import WeighedCandidate, Working

# Log-odds-like points; found by a grid over the development corpora, which moved accuracy by under two points.
POPULATION = 1.0
ROUNDS = 2
CONTAINER = 8.0
BESIDE = 4.0  # of a town that the text says lies near another that it names
BESIDE_KM = 120.0
CAPITAL = 3.5
BROAD = -4.0  # the Middle East is no suburb of Baltimore
SMALL_PROVINCE = 500_000  # people: known less than a town of its name
OBSCURE = -1.5
OUTSHONE = -3.5
BETTER_KNOWN = 0.5  # powers of ten by which a province may have more people than a town that outshines it
TOWN = 4.0
STATE = 5.0
DATELINE = 1.5  # names that the dateline counts for
SPELLED_OTHERWISE = -4.0
ONLY_THERE = 1.5  # Tripoli is in Lebanon where the text speaks of Lebanon and of no Libya
SHORTENED = 1.0  # of it, too: Santiago is Santiago de Cuba
COMPARABLE = 1.6  # points that a better known place may have more for each time that the country is spoken of
FARTHEST = 2.5  # of such points: Paris may be in Texas, Prague in no Oklahoma
EVERYWHERE = frozenset({"US"})  # of which all news speaks once; its own says more
ANOTHER_SPELLING = 1.5  # of what a lesser name loses
OF_ITS_LETTERS = 3.0  # "Şuşa" lies where they write ş
NAMESAKE = -6.0  # Mexico is the country rather than its capital
HAS_ITS_TOWN = -4.0  # Kherson is the town rather than the province around it, unless the words beside it say so
KNOWN_TOWN = 50_000  # people of a town that bears its province's name in the news
# Of a kind: how likely it is meant whatever the text; and what our own table lists is known far beyond its size, so it
# has the points of a town of so many people, in powers of ten.
FAME, KIND = numbers("fame"), numbers("points")
NAME_TYPE = {
    NameType.PACK.value: -2.0,  # a pack's village weighs as a town of which nobody knows how many live there
    NameType.USER.value: 30.0,
    NameType.OFFICIAL.value: -0.2,
    NameType.OTHER.value: -2.5,
}
TOWNS = kinds_that("settled")
UNIT_NOUNS = ("province", "region", "oblast", "governorate", "state")
NEXT_TO_KM = 30.0
MOST = 30  # candidates of one name that are weighed against the other places
RUNNERS_UP = 5
TOGETHER = 500  # names that are weighed against each other, in the order of the text: more than an article has
_COUNTY = re.compile(r"(county|parish|district|province|borough|municipality|region|oblast|governorate)$")


def resolve(
    written: Text | str,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    *,
    beside: Sequence[Toponym] = (),
    working: Working | None = None,
) -> list[Resolution]:
    """Return one resolution for each toponym, in their order; `entry` is None where nothing fits.

    `beside` are names that stand beside the text, in its outlet or title: they vote and are not resolved.
    """
    if not toponyms:
        return []
    written = Text.of(written)
    text = written.text
    names = group_names(text, toponyms, gazetteer)
    toponyms = _with_units(toponyms, names, gazetteer)
    dateline = find_dateline(text, toponyms)
    for name in names:
        name.weight = DATELINE if dateline in name.toponyms else 1.0
    focus = DocumentFocus(toponyms, gazetteer)
    focus.listen(written.tokens)
    focus.look_beside(beside)
    for name in names:
        for area in name.containers:
            focus.tell_apart(area)
    for name in names:
        candidates = toponyms[name.toponyms[0]].candidates
        name.alone = {c.row: _alone(c, candidates, name, gazetteer) for c in candidates}
        home = _only_home(name, focus, gazetteer)
        points = [(name.alone[c.row] + _support(c.row, name, focus, home, gazetteer), c.row) for c in candidates]
        name.base = name.scores = sorted(points, reverse=True)[:MOST]
    groups = [names[i : i + TOGETHER] for i in range(0, len(names), TOGETHER)]
    for group in groups:
        draw_together(group, gazetteer, rounds=ROUNDS)
    if working is not None:
        for name in names:
            working.candidates |= dict.fromkeys((toponyms[i].start for i in name.toponyms), _weighed(name))
    written_at = next((n.scores[0][1] for n in names if dateline in n.toponyms and n.scores), None)
    decided: dict[int, Resolution] = {}
    for group in groups:
        for name in group:  # toponyms written alike share one decision
            decision = _decide(toponyms[name.toponyms[0]], name, group, written_at, gazetteer)
            decided.update(dict.fromkeys(name.toponyms, decision))
    resolved = [
        decided[i] if decided[i].toponym is toponym else replace(decided[i], toponym=toponym)
        for i, toponym in enumerate(toponyms)
    ]
    return approximate(text, settle_containers(text, resolved, gazetteer), gazetteer)


def _with_units(toponyms: Sequence[Toponym], names: Sequence[NameGroup], gazetteer: Gazetteer) -> list[Toponym]:
    """Return toponyms, those said to be provinces with the ones, too, that bear the name only with their noun."""
    found = list(toponyms)
    for name in names:
        nouns = UNIT_NOUNS if name.type_cue == "state" else ()
        bearers = {c.row: c for noun in nouns for c in gazetteer.bearers(f"{name.key} {noun}")}
        units = [c for c in bearers.values() if c.name_type <= NameType.OTHER and _is_great_province(c.row, gazetteer)]
        for i in name.toponyms if units else ():
            known = {candidate.row for candidate in found[i].candidates}
            further = (unit for unit in units if unit.row not in known)
            found[i] = replace(found[i], candidates=(*found[i].candidates, *further))
    return found


def _is_great_province(row: int, gazetteer: Gazetteer) -> bool:
    """Say whether news speaks of a unit as wide: Kharkiv Oblast, and no district around a town of its name."""
    return gazetteer.kind[row] == "admin1" and gazetteer.population[row] >= SMALL_PROVINCE


def _weighed(name: NameGroup) -> list[WeighedCandidate]:
    base = {row: points for points, row in name.base}
    return [
        WeighedCandidate(row, name.alone[row], base[row] - name.alone[row], points - base[row])
        for points, row in name.scores
    ]


def _alone(candidate: Candidate, candidates: Sequence[Candidate], name: NameGroup, gazetteer: Gazetteer) -> float:
    """Return the points of a place whatever the text: its size, its kind, its claim to the name."""
    row = candidate.row
    kind, is_packed = gazetteer.kind[row], candidate.name_type == NameType.PACK
    size = math.log10(gazetteer.population[row] + 10) if is_packed else _size(row, gazetteer)  # a pack lists any brook
    points = POPULATION * size + KIND.get(kind, 0.0) + NAME_TYPE.get(candidate.name_type, 0.0)
    if candidate.name_type == NameType.OTHER and is_another_spelling(gazetteer.name(row), name.key):
        points += ANOTHER_SPELLING
    elif candidate.name_type == NameType.OTHER and name_key(gazetteer.name(row)).startswith(f"{name.key} "):
        points += SHORTENED
    if kind == "admin1" and _is_outshone(row, candidates, gazetteer):
        points += OUTSHONE
    elif kind == "admin1" and gazetteer.population[row] < SMALL_PROVINCE:
        points += OBSCURE
    if kind == "admin1" and _has_its_town(candidate, candidates, gazetteer):
        points += HAS_ITS_TOWN
    if kind == "admin2" and _COUNTY.search(name.key):
        points += 4.0
    if name.countries and kind != "country" and gazetteer.country[row] in name.countries:
        points += NAMESAKE
    if not name.written.replace("’", "'").isascii():
        # Whatever lists capitals without marks, who writes "Malé" or "Brasília" means them.
        capital = bool(gazetteer.capital[row])
        spelled = capital or gazetteer.country[row] in countries_of_letters(name.written)
        points += SPELLED_OTHERWISE * (not capital and _is_spelled_otherwise(gazetteer.name(row), name))
        points += OF_ITS_LETTERS * (spelled and candidate.name_type <= NameType.OFFICIAL)
    if name.broad and kind in ("city", "village", "admin1"):
        points += BROAD
    return points


def _size(row: int, gazetteer: Gazetteer) -> float:
    """Return how much a place is spoken of, as if it had so many people, in powers of ten."""
    people = math.log10(gazetteer.population[row] + 10)
    return max(people, FAME.get(gazetteer.kind[row], 0.0), gazetteer.fame.get(row, 0.0))


def _is_outshone(province: int, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> bool:
    """Say whether a town of its name abroad is known better than a province: Gaza, Sofia."""
    least = _size(province, gazetteer) - BETTER_KNOWN
    return any(
        gazetteer.kind[c.row] == "city"
        and c.name_type <= NameType.OFFICIAL
        and gazetteer.country[c.row] != gazetteer.country[province]
        and _size(c.row, gazetteer) >= least
        for c in candidates
    )


def _lies_in_or_beside(town: int, province: int, gazetteer: Gazetteer) -> bool:
    areas = [(gazetteer.country[row], gazetteer.admin1[row]) for row in (town, province)]
    if areas[0] == areas[1]:
        return True
    lon, lat = gazetteer.lon, gazetteer.lat
    away = great_circle_km(lon[province], lat[province], lon[town], lat[town])
    return bool(away <= max(NEXT_TO_KM, gazetteer.uncertainty_km[province]))


def _is_spelled_otherwise(own: str, name: NameGroup) -> bool:
    """Say whether a place's own name is this one but for its marks: who writes "Şuşa" means no "Susa"."""
    return own.casefold() != name.written.casefold() and name_key(own) == name.key


def _has_its_town(province: Candidate, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> bool:
    """Say whether a province shares its name with the great town in it, across a border too, or with the capital."""
    row = province.row
    return any(
        gazetteer.kind[c.row] == "city"
        and c.name_type <= NameType.OFFICIAL
        and gazetteer.population[c.row] >= min(gazetteer.population[row], KNOWN_TOWN)
        and (_lies_in_or_beside(c.row, row, gazetteer) or _is_capital_of(c.row, gazetteer.country[row], gazetteer))
        for c in candidates
    )


def _is_capital_of(town: int, country: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.capital[town]) and gazetteer.country[town] == country


def _support(row: int, name: NameGroup, focus: DocumentFocus, home: str, gazetteer: Gazetteer) -> float:
    """Return the points that the rest of the text gives a place, but for how near the other places lie."""
    kind, country, province = gazetteer.kind[row], gazetteer.country[row], gazetteer.admin1[row]
    points = ONLY_THERE if home and country == home else 0.0
    if gazetteer.capital[row] and focus.others(name.key, country):
        points += CAPITAL  # "Moscow and Washington" in a text that names the countries
    if kind == "country":
        points += 0.6 * COUNTRY * math.log1p(focus.others(name.key, country))
    elif country:
        points += focus.points(name.key, country, province)
    if name.type_cue == "town" and kind in TOWNS:
        points += TOWN
    elif name.type_cue == "state" and kind == "admin1":
        points += STATE
    if name.beside and kind in TOWNS and any(_is_near(row, other, gazetteer) for other in name.beside):
        points += BESIDE
    for container_country, container_province in name.containers:
        if kind != "country" and country == container_country and container_province in ("", province):
            points += CONTAINER
    return points


def _is_near(row: int, other: int, gazetteer: Gazetteer) -> bool:
    lon, lat = gazetteer.lon, gazetteer.lat
    return row != other and bool(great_circle_km(lon[row], lat[row], lon[other], lat[other]) <= BESIDE_KM)


def _only_home(name: NameGroup, focus: DocumentFocus, gazetteer: Gazetteer) -> str:
    """Return the country in which a place of this name lies and that the text speaks of, or '' for none or several."""
    if name.countries:
        return ""
    best = max(name.alone.values(), default=0.0)
    spoken_of = {country: focus.others(name.key, country) for country in {gazetteer.country[row] for row in name.alone}}
    homes = {
        gazetteer.country[row]
        for row, points in name.alone.items()
        if points > best - min(FARTHEST, COMPARABLE * spoken_of[gazetteer.country[row]])
    }
    named = [country for country in homes if spoken_of[country] > 0]
    if len(named) != 1 or len(spoken_of) == 1 or (named[0] in EVERYWHERE and spoken_of[named[0]] <= 1):
        return ""
    return named[0]


def _decide(
    toponym: Toponym, name: NameGroup, names: Sequence[NameGroup], written_at: int | None, gazetteer: Gazetteer
) -> Resolution:
    if not name.scores:
        return Resolution(toponym, None, 0.0, "no place of the gazetteer bears this name")
    best, row = name.scores[0]
    share = 1 / sum(math.exp(points - best) for points, _ in name.scores)
    rivals = [other for _, other in name.scores[1:]]
    neighbours = [other.scores[0][1] for other in names if other.scores and other.key != name.key]
    case = Case(toponym, row, rivals, neighbours, name.containers, name.type_cue, written_at)
    return Resolution(
        toponym,
        gazetteer.entry(row),
        round(share, 3),
        reason(case, gazetteer),
        tuple(gazetteer.entry(other) for other in rivals[:RUNNERS_UP]),
    )
