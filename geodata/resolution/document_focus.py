"""What a text says of its country and province: the names in it, its words, its outlet."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from geodata import DATA
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.recognition.lexicon import open_lexicon
from geodata.records import NameType, Toponym
from geodata.resolution.name_groups import Area
from geodata.tables import read_rows
from geodata.tokens import Tokens

# Points, as in resolver.py.
COUNTRY = 1.2
PROVINCE = 1.5
TOLD_APART = 0.8  # of a vote that "Texas" loses in "Paris, Texas"
KNOWN = 8_000  # people of a town that a text may mean rather than a province elsewhere
CUE = 1.5  # votes for a country by each word that only its news uses
# A number as North America writes it; the look behind a digit for what stands before it is five times as fast as \b.
_TELEPHONE = re.compile(r"([2-9](?<!\w.)\d\d)\)?[-. /]\s?\d{3}[-.]\d{4}\b")


class DocumentFocus:
    """How often a text names each country and province, and which names cast those votes."""

    def __init__(self, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> None:
        self.country: Counter[str] = Counter()
        self.province: Counter[tuple[str, str]] = Counter()
        self.own: Counter[tuple[str, ...]] = Counter()
        self._gazetteer = gazetteer
        named, provinces_of = _named_countries(toponyms, gazetteer), _countries_of_provinces(toponyms, gazetteer)
        for toponym in toponyms:
            key, kinds = name_key(toponym.text), gazetteer.kind
            countries = [c.row for c in toponym.candidates if kinds[c.row] == "country"]
            provinces = [
                c.row for c in toponym.candidates if kinds[c.row] == "admin1" and c.name_type != NameType.OTHER
            ]
            if countries:
                country = gazetteer.country[countries[0]]
                weight = 0.7 if toponym.kind == "demonym" else 1.0
                if toponym.kind == "name" and _contested(toponym, countries[0], named | provinces_of, gazetteer):
                    weight = 0.4
                self.country[country] += weight  # type: ignore[assignment]
                self.own[key, country] += weight  # type: ignore[assignment]
            elif provinces:
                row = max(provinces, key=lambda row: gazetteer.population[row])
                country, province = gazetteer.country[row], gazetteer.admin1[row]
                if country not in named and _lies_in(toponym, named, gazetteer):
                    continue  # "Córdoba" in news of Spain says nothing of Colombia
                self.country[country] += 1
                self.province[country, province] += 1
                self.own[key, country] += 1
                self.own[key, country, province] += 1

    def listen(self, tokens: Tokens) -> None:
        """Count what only one country's or province's news uses: selectmen are of New England, 903 dials Texas."""
        lexicon = open_lexicon()
        words = tokens.folded
        said = set(words)
        if beginnings := said & _beginnings():
            said.update([f"{word} {following}" for word, following in pairwise(words) if word in beginnings])
        homes = [(lexicon.country_cues[word], "") for word in said & lexicon.country_cues.keys()]
        homes += [local_words()[word] for word in said & local_words().keys()]
        if not said.isdisjoint(telephone_codes()):
            homes += [home for code in _TELEPHONE.findall(tokens.text) if (home := telephone_codes().get(code))]
        for country, province in homes:
            self.country[country] += CUE  # type: ignore[assignment]
            if province:
                self.province[country, province] += CUE  # type: ignore[assignment]

    def tell_apart(self, area: Area) -> None:
        """Discount an area that is named to say which town is meant: "Paris, Texas" does not make Odesa a Texan."""
        country, province = area
        if province:
            self.province[area] -= TOLD_APART  # type: ignore[assignment]
        else:
            self.country[country] -= TOLD_APART  # type: ignore[assignment]

    def look_beside(self, beside: Sequence[Toponym]) -> None:
        """Count the home of the largest place that each name beside the text may mean: the Valley Post's valley."""
        gazetteer = self._gazetteer
        for toponym in beside:
            rows = [c.row for c in toponym.candidates if c.name_type <= NameType.OFFICIAL and gazetteer.country[c.row]]
            if rows:
                row = max(rows, key=lambda row: gazetteer.population[row])
                self.country[gazetteer.country[row]] += 1
                if gazetteer.kind[row] != "country":
                    self.province[gazetteer.country[row], gazetteer.admin1[row]] += 1

    def points(self, key: str, country: str, province: str) -> float:
        """Return the points a place gets from other names in its country and province."""
        by_province = self.province.get((country, province), 0) - self.own.get((key, country, province), 0)
        return COUNTRY * math.log1p(self.others(key, country)) + PROVINCE * math.log1p(2 * max(0, by_province))

    def others(self, key: str, country: str) -> float:
        """Return how often names other than `key` name a country."""
        return max(0, self.country.get(country, 0) - self.own.get((key, country), 0))


def _named_countries(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> set[str]:
    """Return the countries that a text names."""
    rows = [c.row for toponym in toponyms for c in toponym.candidates]
    return {gazetteer.country[row] for row in rows if gazetteer.kind[row] == "country"}


def _countries_of_provinces(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> set[str]:
    """Return the countries of which a text may name a province."""
    rows = [c.row for toponym in toponyms for c in toponym.candidates if c.name_type != NameType.OTHER]
    return {gazetteer.country[row] for row in rows if gazetteer.kind[row] == "admin1"}


def _lies_in(toponym: Toponym, countries: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether a town that has the name for its own lies in one of these countries."""
    towns = (c.row for c in toponym.candidates if c.name_type <= NameType.OFFICIAL)
    return any(gazetteer.country[row] in countries and gazetteer.population[row] > KNOWN for row in towns)


def _contested(toponym: Toponym, country_row: int, spoken_of: set[str], gazetteer: Gazetteer) -> bool:
    """Say whether a country's name is also that of a province elsewhere, or of a town in a country spoken of.

    Georgia is a state, Peru a town for those who speak of Illinois; Colombia is no town of Cuba in news of Bogotá.
    """
    home = gazetteer.country[country_row]
    return any(
        c.name_type <= NameType.OFFICIAL
        and gazetteer.country[c.row] != home
        and (
            gazetteer.kind[c.row] == "admin1"
            or (gazetteer.population[c.row] > KNOWN and gazetteer.country[c.row] in spoken_of)
        )
        for c in toponym.candidates
    )


@cache
def _beginnings() -> frozenset[str]:
    """Return the first words of the pairs that a text is searched for."""
    known = (*open_lexicon().country_cues, *local_words())
    return frozenset(words.partition(" ")[0] for words in known if " " in words)


@cache
def local_words() -> dict[str, tuple[str, str]]:
    """Open the words and pairs of words that only one country's or province's news uses."""
    return _homes("local_words.csv", "words")


@cache
def telephone_codes() -> dict[str, tuple[str, str]]:
    """Open the area codes of North America, each with its state or province."""
    return _homes("telephone_codes.csv", "code")


def _homes(file: str, column: str) -> dict[str, tuple[str, str]]:
    return {row[column]: (row["country"], row["admin1"]) for row in read_rows(DATA / file)}
