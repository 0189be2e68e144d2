"""Names to put into frames and in place of others: places of the gazetteer, persons and institutions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.recognition.lexicon import open_lexicon
from geodata.records import NameType
from geodata.tables import read_rows

FRAMES = Path(__file__).resolve().parent.parent / "frames"
# Where wars and disasters are: their towns are drawn more often.
CONFLICTS = frozenset(
    {
        "AF",
        "AM",
        "AZ",
        "BF",
        "CD",
        "CF",
        "CM",
        "CO",
        "ET",
        "GE",
        "HT",
        "IL",
        "IN",
        "IQ",
        "IR",
        "KE",
        "LB",
        "LY",
        "ML",
        "MM",
        "MX",
        "MZ",
        "NE",
        "NG",
        "PK",
        "PS",
        "RU",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "UA",
        "YE",
    }
)
OFTEN = 6.0
LARGE = 50_000  # people: such a town is drawn twice as often
SMALLEST = 1_000
OTHERS = 12  # other names of a town
LATIN = 0x0370  # where Greek begins
LISTED = 10.0  # how much oftener a name of our own table is drawn than one of the word lists
NAMESAKE = 3_000  # people of a town whose name a person bears, too


@dataclass(slots=True)
class Drawn:
    """Names with their weights, to draw from."""

    names: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    _sums: list[float] = field(default_factory=list)

    def add(self, name: str, weight: float = 1.0) -> None:
        """Add a name."""
        self.names.append(name)
        self.weights.append(weight)

    def draw(self, rng: Random) -> str:
        """Return one of them."""
        if len(self._sums) != len(self.names):
            self._sums = list(accumulate(self.weights))
        return rng.choices(self.names, cum_weights=self._sums)[0]


@dataclass(slots=True)
class Names:
    """Names by what they are; towns by country, and by country and province, too."""

    towns: Drawn = field(default_factory=Drawn)
    towns_in: dict[str, Drawn] = field(default_factory=lambda: defaultdict(Drawn))
    units: Drawn = field(default_factory=Drawn)
    unit_codes: dict[str, str] = field(default_factory=dict)
    countries: Drawn = field(default_factory=Drawn)
    country_codes: dict[str, str] = field(default_factory=dict)
    capitals: Drawn = field(default_factory=Drawn)
    peoples: Drawn = field(default_factory=Drawn)
    states: Drawn = field(default_factory=Drawn)  # short forms of U.S. states
    state_codes: dict[str, str] = field(default_factory=dict)
    given: Drawn = field(default_factory=Drawn)
    surnames: Drawn = field(default_factory=Drawn)
    namesakes: Drawn = field(default_factory=Drawn)  # persons called like a place
    given_namesakes: Drawn = field(default_factory=Drawn)
    bodies: Drawn = field(default_factory=Drawn)


@cache
def open_names() -> Names:
    """Return all names, once a process."""
    names, gazetteer = Names(), open_gazetteer()
    for row in range(len(gazetteer)):
        _sort_in(names, gazetteer, row)
    _add_peoples_and_states(names, gazetteer)
    lexicon = open_lexicon()
    for kept, pool, alike in (
        (lexicon.given_names, names.given, names.given_namesakes),
        (lexicon.surnames, names.surnames, names.namesakes),
    ):
        for word in sorted(word for word in kept if len(word) > 2 and word not in lexicon.common):
            pool.add(word.title())
            bearers = [c.row for c in gazetteer.bearers(word) if c.name_type <= NameType.OFFICIAL]
            if any(gazetteer.population[each] >= NAMESAKE for each in bearers):
                alike.add(word.title())
    pools = {"O": names.bodies, "P": names.surnames, "F": names.given}
    for listed in read_rows(FRAMES / "names.csv"):
        pools[listed["kind"]].add(listed["name"], LISTED)
    return names


def _sort_in(names: Names, gazetteer: Gazetteer, row: int) -> None:
    name, kind, country = gazetteer.name(row), gazetteer.kind[row], gazetteer.country[row]
    people, code = gazetteer.population[row], f"{country}.{gazetteer.admin1[row]}"
    if not _is_plain(name):
        return
    often = OFTEN if country in CONFLICTS else 1.0
    if kind in ("city", "village") and (people >= SMALLEST or kind == "village"):
        weight = often * (2.0 if people >= LARGE else 1.0)
        for pool in (names.towns, names.towns_in[country], names.towns_in[code]):
            pool.add(name, weight)
        if gazetteer.capital[row]:
            names.capitals.add(name)
        if country in CONFLICTS and people >= LARGE:
            for other in filter(_is_plain, gazetteer.other_names(row)[:OTHERS]):
                names.towns.add(other, 1.0)
    elif kind == "country":
        names.countries.add(name)
        names.country_codes[name] = country
    elif kind in ("admin1", "admin2"):
        names.units.add(name, often * (8.0 if kind == "admin1" else 1.0))
        if kind == "admin1":
            names.unit_codes[name] = code


def _is_plain(name: str) -> bool:
    """Say whether a name can stand in a sentence as it is; what is not written in Latin letters comes to no piece."""
    latin = all(ord(letter) < LATIN or 0x1E00 <= ord(letter) < 0x1F00 or letter in "’ʼʻ" for letter in name)
    return len(name) > 2 and latin and name[0].isupper() and not name.isupper() and not any(m in name for m in "(,/;")


def _add_peoples_and_states(names: Names, gazetteer: Gazetteer) -> None:
    for key in gazetteer.beginning(""):
        for bearer in gazetteer.bearers(key):
            name_type, kind, country = bearer.name_type, gazetteer.kind[bearer.row], gazetteer.country[bearer.row]
            if name_type == NameType.DEMONYM and kind == "country" and len(key) > 4:
                names.peoples.add(key.title())
            elif name_type in (NameType.POSTAL, NameType.ABBREVIATION) and country == "US" and kind == "admin1":
                dotted = f"{key[0]}.{key[1:]}.".upper() if len(key) == 2 else f"{key.title()}."
                short = key.upper() if name_type == NameType.POSTAL and len(key) == 2 else dotted
                names.states.add(short)
                names.state_codes[short] = f"US.{gazetteer.admin1[bearer.row]}"
