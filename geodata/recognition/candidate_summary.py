"""What the bearers of a name are, all together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.records import Candidate, NameType

STATES = frozenset({"country", "admin1"})
GREAT = 1_000_000  # people: a smaller province is named less often than a town of that name
_BROAD = kinds_that("broad") | {"country"}


@dataclass(frozen=True, slots=True)
class CandidateSummary:
    """What the bearers of a name are, all together; those with a good claim bear it as their main name."""

    kinds: set[str]  # of those with a good claim; "area" for the broadest
    countries: set[str]  # of all
    holding: set[str]  # the countries of the countries and provinces with a good claim
    voting: set[str]  # the countries of all that are countries or provinces but for other names
    size: str  # "area", "province" or neither
    main: int  # the most people of one with a good claim
    best: int  # the most people of one


@lru_cache(maxsize=1 << 12)  # a text says its names again, and the next one many of them
def summarize(candidates: tuple[Candidate, ...], gazetteer: Gazetteer) -> CandidateSummary:
    """Sum up what a span may mean."""
    kinds, countries, holding, voting = set(), set(), set(), set()
    main = best = province = 0
    # A pack's place says nothing of a name that others have for their own: a hamlet called Paris makes Paris no hamlet.
    borne = any([NameType.PACK < candidate.name_type <= NameType.OFFICIAL for candidate in candidates])
    for candidate in candidates:
        row, name_type = candidate.row, candidate.name_type
        if borne and name_type == NameType.PACK:
            countries.add(gazetteer.country[row])
            continue
        kind, country, people = gazetteer.kind[row], gazetteer.country[row], gazetteer.population[row]
        countries.add(country)
        best = max(best, people)
        if kind in STATES and name_type != NameType.OTHER:
            voting.add(country)
        if name_type <= NameType.OFFICIAL:
            kinds.add("area" if kind in _BROAD else kind)
            main = max(main, people)
            if kind in STATES:
                holding.add(country)
            if kind == "admin1":
                province = max(province, people)
    size = "area" if "area" in kinds else ""
    if "admin1" in kinds and not size and (province >= GREAT or "city" not in kinds):
        size = "province"
    return CandidateSummary(kinds, countries, holding, voting, size, main, best)
