"""Bring together the toponyms of a text that share one meaning, each with the areas that the text puts it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.records import Candidate, NameType, Toponym
from geodata.resolution.containers import BESIDE_NEXT, HELD_BY_LAST, HELD_BY_NEXT
from geodata.resolution.type_cues import TypeCue, type_cue

Area = tuple[str, str]  # country, and admin-1 code or ""

_BROAD = kinds_that("broad")
_HOLDING = frozenset({"admin1", "admin2", "natural", "region"})  # "Portree, Isle of Skye"
LARGE_TOWN = 100_000  # people: "Venezuela's Valencia", but not "America's Moscow embassy"
RIVAL = 10  # times fewer people that another place of a name may have and still be meant
_LISTED = re.compile(r"\s{0,40},\s*(?:and\s+)?|\s{1,40}and\s+")


@dataclass(slots=True)
class NameGroup:
    """All toponyms of a text that are written alike: they share one meaning."""

    key: str  # folded
    written: str  # as the text has it first
    kind: str
    containers: frozenset[Area]
    countries: frozenset[str]  # those that bear the name themselves
    broad: bool  # a sea or a region of many provinces bears the name
    type_cue: TypeCue = ""  # what the words beside it say
    weight: float = 1.0  # how much it says of where the others lie
    beside: tuple[int, ...] = ()  # rows of a place that the text puts it near
    toponyms: list[int] = field(default_factory=list)
    alone: dict[int, float] = field(default_factory=dict)  # row -> points whatever the text says
    base: list[tuple[float, int]] = field(default_factory=list)  # (points with what the text says, row)
    scores: list[tuple[float, int]] = field(default_factory=list)  # (points among the others, row), best first


def group_names(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[NameGroup]:
    """Return the names of a text, each with its toponyms."""
    names: list[NameGroup] = []
    alike: dict[tuple[str, str, frozenset[Area], bool], list[NameGroup]] = {}
    for i, toponym in enumerate(toponyms):
        # "Shusha" before "region" has other candidates than Shusha alone, and "Springfield, Illinois" another container
        # than "Springfield, Massachusetts": the text itself tells them apart.
        key = name_key(toponym.text)
        listed = _is_listed_state(text, toponyms, i, gazetteer)
        containers = frozenset() if listed else _containers(text, toponyms, i, gazetteer)
        said: TypeCue = "state" if listed else type_cue(text, toponym.start, toponym.end)
        known = alike.setdefault((key, toponym.kind, containers, said == "state"), [])
        name = next((name for name in known if toponyms[name.toponyms[0]].candidates == toponym.candidates), None)
        if name is None:
            borne = _countries(toponym, gazetteer), _is_broad(toponym, gazetteer)
            name = NameGroup(key, toponym.text, toponym.kind, containers, *borne)
            names.append(name)
            known.append(name)
        name.toponyms.append(i)
        name.type_cue = name.type_cue or said
        name.beside = name.beside or _beside(text, toponyms, i, gazetteer)
    return _share_containers(names)


def areas(toponym: Toponym, gazetteer: Gazetteer, *, around: bool = False) -> Iterator[Area]:
    """Yield the countries and provinces that a toponym may name; "Mexico" is not the State of Mexico.

    With those `around` a large town, too: "Chala, in Arequipa".
    """
    whole = _countries(toponym, gazetteer)
    for candidate in toponym.candidates:
        kind, country = gazetteer.kind[candidate.row], gazetteer.country[candidate.row]
        if kind == "country" and candidate.name_type != NameType.DEMONYM:
            yield country, ""
        elif around and kind == "city":
            if _is_great(candidate, toponym, gazetteer):
                yield country, gazetteer.admin1[candidate.row]
        elif kind in _HOLDING and country and candidate.name_type != NameType.OTHER and country not in whole:
            yield country, gazetteer.admin1[candidate.row]


def _is_great(candidate: Candidate, toponym: Toponym, gazetteer: Gazetteer) -> bool:
    """Say whether a town is large, and no other of its name is much larger."""
    most = max(gazetteer.population[c.row] for c in toponym.candidates)
    least = max(LARGE_TOWN, most / 3)
    return candidate.name_type <= NameType.OFFICIAL and bool(gazetteer.population[candidate.row] >= least)


def _containers(text: str, toponyms: Sequence[Toponym], i: int, gazetteer: Gazetteer) -> frozenset[Area]:
    """Return the areas that hold a place of a toponym's name and stand beside it: "Tripoli in northern Lebanon"."""
    toponym = toponyms[i]
    between = HELD_BY_NEXT.fullmatch(text, toponym.end, toponyms[i + 1].start) if i + 1 < len(toponyms) else None
    if between:
        said = " in " in between[0]  # a comma alone may be a list's: "Boston, London and Paris"
        if held := frozenset(areas(toponyms[i + 1], gazetteer, around=said)) & _homes(toponym, gazetteer):
            return held
    if i and HELD_BY_LAST.fullmatch(text, toponyms[i - 1].end, toponym.start):
        return frozenset(areas(toponyms[i - 1], gazetteer)) & _homes(toponym, gazetteer, least=LARGE_TOWN)
    return frozenset()


def _beside(text: str, toponyms: Sequence[Toponym], i: int, gazetteer: Gazetteer) -> tuple[int, ...]:
    """Return the rows of the place that the text puts a toponym near: "Hays, south of Hodeidah"."""
    if i + 1 == len(toponyms) or not BESIDE_NEXT.fullmatch(text, toponyms[i].end, toponyms[i + 1].start):
        return ()
    rows = [c.row for c in toponyms[i + 1].candidates if c.name_type <= NameType.OFFICIAL]
    most = max((gazetteer.population[row] for row in rows), default=0)
    return tuple(row for row in rows if gazetteer.population[row] * RIVAL >= most)


def _is_listed_state(text: str, toponyms: Sequence[Toponym], i: int, gazetteer: Gazetteer) -> bool:
    """Say whether a name stands between states: "Virginia, Washington, West Virginia"."""
    if not 0 < i < len(toponyms) - 1:
        return False
    last, toponym, following = toponyms[i - 1 : i + 2]
    listed = _LISTED.fullmatch(text, toponym.end, following.start) and _LISTED.fullmatch(text, last.end, toponym.start)
    return bool(listed) and _states((last, toponym, following), gazetteer)


def _states(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> bool:
    """Say whether all of these may name provinces of one country."""
    countries = [
        {gazetteer.country[c.row] for c in toponym.candidates if gazetteer.kind[c.row] == "admin1"}
        for toponym in toponyms
    ]
    return bool(set.intersection(*countries))


def _countries(toponym: Toponym, gazetteer: Gazetteer) -> frozenset[str]:
    kinds = gazetteer.kind
    named = [c.row for c in toponym.candidates if kinds[c.row] == "country" and c.name_type <= NameType.OFFICIAL]
    return frozenset([gazetteer.country[row] for row in named])


def _is_broad(toponym: Toponym, gazetteer: Gazetteer) -> bool:
    kinds = gazetteer.kind
    return any([kinds[c.row] in _BROAD and c.name_type <= NameType.OFFICIAL for c in toponym.candidates])


def _homes(toponym: Toponym, gazetteer: Gazetteer, *, least: int = 0) -> set[Area]:
    """Return the countries and provinces in which a place of this name lies, of at least so many people."""
    # "Iraq, Iran" are two countries, though some call a town of Iran so.
    worst = NameType.OFFICIAL if _countries(toponym, gazetteer) else NameType.POSTAL
    rows = [c.row for c in toponym.candidates if gazetteer.kind[c.row] != "country" and c.name_type <= worst]
    rows = [row for row in rows if gazetteer.population[row] >= least]
    provinces = {(gazetteer.country[row], gazetteer.admin1[row]) for row in rows}
    return provinces | {(country, "") for country, _ in provinces}


def _share_containers(names: list[NameGroup]) -> list[NameGroup]:
    """Let a bare "Springfield" mean the one placed elsewhere: one sense a text, unless the text says otherwise."""
    shared: dict[tuple[str, str], frozenset[Area]] = {}
    for name in names:
        if name.containers:
            shared[name.key, name.kind] = shared.get((name.key, name.kind), frozenset()) | name.containers
    for name in names:
        name.containers = name.containers or shared.get((name.key, name.kind), frozenset())
    return names
