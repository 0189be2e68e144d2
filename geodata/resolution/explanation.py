"""Say in words why a name was taken for a place."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.spelling_families import family_key
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that
from geodata.records import NameType, Toponym
from geodata.regions.names import names_of_regions
from geodata.resolution.type_cues import TypeCue

FAR_AHEAD = 3  # times as large, or as near
MANY = 100  # times as near, beyond which the number says no more
NEAR_KM = 250
KNOWN = 50_000  # inhabitants: such a town needs no support from the text
POINTS = kinds_that("point")
TOWNS = kinds_that("town")


_ARTICLE = re.compile(
    r"^(?:United|Democratic Republic|Republic|Soviet|Arab|European|Gambia|Bahamas|Maldives|Seychelles|Comoros)\b"
    r"|(?:Islands|Republic|Netherlands|Philippines|Territories)$"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A name, what it was taken for, and what spoke for it; places are gazetteer rows."""

    toponym: Toponym
    row: int
    rivals: Sequence[int]  # all the others, the nearest first
    neighbours: Sequence[int]  # what the text's other names mean
    containers: frozenset[tuple[str, str]]  # the areas the text says it lies in: country, admin-1 code or ""
    type_cue: TypeCue  # what the words beside it say
    dateline: int | None  # what the text's dateline means; the row itself where this name is the dateline


def reason(case: Case, gazetteer: Gazetteer) -> str:
    """Return why this place was chosen, as the end of a sentence."""
    meant = case.toponym.misspells
    slip = f"{_slip(case.toponym.text, meant)}; " if meant else ""
    years = gazetteer.years(case.row)
    existed = f" ({years if years.startswith('since') else f'existed {years}'})" if years else ""
    pack = gazetteer.pack_of(case.row)
    return slip + _choice(case, gazetteer) + existed + (f"; from the {pack.in_words()}" if pack else "")


def _slip(written: str, meant: str) -> str:
    family = family_key(name_key(written))
    alike = family and family == family_key(name_key(meant))
    return f"spelt like {meant}" if alike else f"spelled '{written}', taken for {meant}"


def _choice(case: Case, gazetteer: Gazetteer) -> str:
    row, name = case.row, gazetteer.name(case.row)
    name_type = next((c.name_type for c in case.toponym.candidates if c.row == row), NameType.MAIN)
    if name_type == NameType.USER:
        return "your own list of places has it"
    if name_type == NameType.DEMONYM:
        return f"the people, language or things of {_with_article(name)}"
    if name_type in (NameType.ABBREVIATION, NameType.POSTAL):
        return f"short for {name}"
    if not case.rivals:
        stray = f", though the article names nothing else in {_country(row, gazetteer)}"
        return "the only place of this name in the gazetteer" + (stray if _is_stray(case, gazetteer) else "")
    if home := _stated_home(case, gazetteer):
        return f"the text itself places it in {home}"
    name_types = {c.row: c.name_type for c in case.toponym.candidates}
    rival = next((other for other in case.rivals if name_types[other] <= NameType.OFFICIAL), None)
    if rival is None:
        return _by_province(case, gazetteer) or "no other place has this as its main name"
    return (
        _by_kind(case, rival, gazetteer)
        or _by_province(case, gazetteer)
        or _by_distance(case, rival, gazetteer)
        or _by_country(case, rival, gazetteer)
        or _by_size(case, rival, gazetteer)
        or f"fits the article a little better than {_described(rival, gazetteer)}"
    )


def _stated_home(case: Case, gazetteer: Gazetteer) -> str:
    country, province = gazetteer.country[case.row], gazetteer.admin1[case.row]
    if province and (country, province) in case.containers:
        return _home(case.row, gazetteer)
    return _country(case.row, gazetteer) if (country, "") in case.containers else ""


def _by_kind(case: Case, rival: int, gazetteer: Gazetteer) -> str:
    """Return that the name alone, or the words beside it, say what kind of place is meant."""
    kind, other = gazetteer.kind[case.row], gazetteer.kind[rival]
    if kind == "admin1" and other in TOWNS and gazetteer.country[case.row] == gazetteer.country[rival]:
        far = _is_largest(case, gazetteer) and gazetteer.admin1[case.row] == gazetteer.admin1[rival]
        return "the province, far larger than the town of its name" if far else ""
    if case.type_cue == "state" and kind == "admin1" and other != "admin1":
        return f"a state or province, by the words beside it; not {_described(rival, gazetteer)}"
    if case.type_cue == "town" and kind in TOWNS and other in ("country", "admin1"):
        return f"a town, by the words beside it; not {_described(rival, gazetteer)}"
    if kind == "country" and other != "country":
        return f"the country, not {_described(rival, gazetteer)}"
    return ""


def _by_province(case: Case, gazetteer: Gazetteer) -> str:
    """Return that it is the only one of its name in a province that the text is about."""
    row = case.row
    home = (gazetteer.country[row], gazetteer.admin1[row])
    if gazetteer.kind[row] not in POINTS or not home[1]:
        return ""
    if any((gazetteer.country[other], gazetteer.admin1[other]) == home for other in case.rivals):
        return ""
    province = names_of_regions().get(gazetteer.region[row], "")
    if not province:
        return ""
    only = f"the only {case.toponym.text} in {province}"
    named = (other for other in case.neighbours if gazetteer.kind[other] == "admin1")
    if any((gazetteer.country[other], gazetteer.admin1[other]) == home for other in named):
        return f"{only}, which the article names"
    dateline = case.dateline
    if dateline not in (None, row) and (gazetteer.country[dateline], gazetteer.admin1[dateline]) == home:
        return f"{only}: the dateline is {gazetteer.name(dateline)}, {province}"
    return ""


def _by_distance(case: Case, rival: int, gazetteer: Gazetteer) -> str:
    """Return that it lies much nearer to the text's other places than its rival."""
    if gazetteer.kind[case.row] not in POINTS:
        return ""
    nearest, distance = _nearest(case.row, case.neighbours, gazetteer)
    if nearest is None or distance >= NEAR_KM:
        return ""
    _, other = _nearest(rival, case.neighbours, gazetteer)
    times = other / max(distance, 1.0)
    if times < FAR_AHEAD:
        return ""
    here = f"{distance:.0f} km from" if distance >= 1 else "beside"
    near = f"{here} {gazetteer.name(nearest)}, which the article names"
    farther = f"{times:,.0f} times as far" if times < MANY else "much farther"
    return f"{near}; {_described(rival, gazetteer)} lies {farther} from its other places"


def _by_country(case: Case, rival: int, gazetteer: Gazetteer) -> str:
    row, dateline = case.row, case.dateline
    country = gazetteer.country[row]
    if not country or country == gazetteer.country[rival]:
        return ""
    if dateline not in (None, row) and gazetteer.country[dateline] == country:
        written_in = f"in {_country(row, gazetteer)}, like the dateline, {gazetteer.name(dateline)}"
        return f"{written_in}; not {_described(rival, gazetteer)}"
    if _named(row, case.neighbours, gazetteer) and not _named(rival, case.neighbours, gazetteer):
        return f"in {_country(row, gazetteer)}, which the article is about; not {_described(rival, gazetteer)}"
    return ""


def _by_size(case: Case, rival: int, gazetteer: Gazetteer) -> str:
    row = case.row
    if _is_largest(case, gazetteer):
        return f"by far the largest of its name; the next is {_described(rival, gazetteer)}"
    if gazetteer.population[row] == 0 and gazetteer.kind[row] not in TOWNS:
        return f"better known than {_described(rival, gazetteer)}"
    return ""


def _is_largest(case: Case, gazetteer: Gazetteer) -> bool:
    next_largest = max(gazetteer.population[other] for other in case.rivals)
    return gazetteer.population[case.row] > FAR_AHEAD * max(1, next_largest)


def _is_stray(case: Case, gazetteer: Gazetteer) -> bool:
    """Say whether a little place lies in a country of which the text speaks nowhere else."""
    little = gazetteer.kind[case.row] in TOWNS and gazetteer.population[case.row] < KNOWN
    return little and bool(case.neighbours) and not _named(case.row, case.neighbours, gazetteer)


def _named(row: int, neighbours: Sequence[int], gazetteer: Gazetteer) -> bool:
    return any(gazetteer.country[other] == gazetteer.country[row] != "" for other in neighbours)


def _nearest(row: int, neighbours: Sequence[int], gazetteer: Gazetteer) -> tuple[int | None, float]:
    towns = [other for other in neighbours if gazetteer.kind[other] in POINTS and other != row]
    if not towns:
        return None, math.inf
    lons, lats = ([column[other] for other in towns] for column in (gazetteer.lon, gazetteer.lat))
    far = great_circle_km(gazetteer.lon[row], gazetteer.lat[row], lons, lats)
    return min(zip(towns, far.tolist(), strict=True), key=lambda town: (town[1], town[0]))


def _described(row: int, gazetteer: Gazetteer) -> str:
    return f"{gazetteer.name(row)} in {home}" if (home := _home(row, gazetteer)) else gazetteer.name(row)


def _home(row: int, gazetteer: Gazetteer) -> str:
    """Return the province and country of a place in words."""
    names = names_of_regions()
    province = names.get(gazetteer.region[row], "") if gazetteer.kind[row] in POINTS else ""
    country = names_of_regions().get(gazetteer.country[row], gazetteer.country[row])
    return f"{province}, {country}" if province and province != country else _with_article(country)


def _country(row: int, gazetteer: Gazetteer) -> str:
    return _with_article(names_of_regions().get(gazetteer.country[row], gazetteer.country[row]))


def _with_article(name: str) -> str:
    """Return a name as it stands in a sentence: "the United States"."""
    return f"the {name}" if _ARTICLE.search(name) else name
