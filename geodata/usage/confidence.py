"""How surely a mention is read rightly: that it is a place's name, of this place, and meant as it was read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from geodata import DATA
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.spelling_families import is_another_spelling
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that
from geodata.records import GazetteerEntry, NameType, Resolution
from geodata.resolution.fallback import is_stand_in
from geodata.tables import read_rows
from geodata.usage.metonymy import Reading

SURE = 0.8  # below, a mention is in doubt
AT_MOST = 0.7  # how sure a place is of which a name is but a lesser one abroad, or spelt like
Part = Literal["name", "place", "reading"]
PARTS: tuple[Part, ...] = ("name", "place", "reading")
POINTS, TOWNS = kinds_that("point"), kinds_that("town")
_SIZES = ((1_000_000, "great"), (100_000, "large"), (15_000, "middling"), (1_000, "small"), (-1, "tiny"))
_SHARES = (0.999, 0.99, 0.97, 0.9, 0.8, 0.65, 0.5, 0.0)
_AWAY = (30, 100, 300, 1000)  # km
_NEAREST_TO_CERTAIN = 1e-4
Evidence = Mapping[str, float]


class Confidence(NamedTuple):
    """The chances, from 0 to 1, that a mention is a place's name, that it is this place's, and that it is meant so."""

    name: float
    place: float
    reading: float

    @property
    def total(self) -> float:
        """The chance that all three are right."""
        return self.name * self.place * self.reading

    def in_words(self) -> str:
        """Return the three chances and their product."""
        parts = f"a place's name {self.name:.0%}, this place {self.place:.0%}, meant so {self.reading:.0%}"
        return f"{self.total:.0%} sure: {parts}"

    @property
    def doubt(self) -> Part | Literal[""]:
        """What is least sure of a mention that is in doubt, "" for one that is not."""
        return min(PARTS, key=lambda part: getattr(self, part)) if self.total < SURE else ""


def weigh_confidence(
    resolutions: Sequence[Resolution], readings: Sequence[Reading], gazetteer: Gazetteer
) -> list[Confidence]:
    """Return how sure each mention of a text is; readings go with the resolutions one by one.

    What has no entry is no place: its second chance is 0.
    """
    named = NamedPlaces(resolutions, gazetteer)
    return [
        Confidence(
            _chance("name", named.for_name(resolution, reading)),
            named.chance_of_place(resolution),
            reading.probability,
        )
        for resolution, reading in zip(resolutions, readings, strict=True)
    ]


def _chance(part: Part, evidence: Evidence) -> float:
    weights = open_weights()[part]
    odds = sum([weights.get(feature, 0.0) * value for feature, value in evidence.items()])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def open_weights() -> dict[str, dict[str, float]]:
    """Open the weights, in log-odds: part, feature, weight (learned by geodata/training/confidence.py)."""
    weights: dict[str, dict[str, float]] = {"name": {}, "place": {}}
    for row in read_rows(DATA / "confidence_weights.csv"):
        weights[row["part"]][row["feature"]] = float(row["weight"])
    return weights


class NamedPlaces:
    """The places that a text names, by which each of them is judged."""

    def __init__(self, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        entries = (resolution.entry for resolution in resolutions)
        places = {entry.id: entry for entry in entries if entry and not is_stand_in(entry)}
        self._number = {id: number for number, id in enumerate(places)}
        self._countries = Counter(place.country for place in places.values())
        self._provinces = Counter((place.country, place.admin1) for place in places.values())
        self._is_point = np.array([place.kind in POINTS for place in places.values()], bool)
        self._lon = np.array([place.lon for place in places.values()])
        self._lat = np.array([place.lat for place in places.values()])
        self._known: dict[tuple[str, str], Evidence] = {}  # names that are written alike share one decision

    def for_name(self, resolution: Resolution, reading: Reading) -> Evidence:
        """Return what speaks for a mention being a place's name: the finder's odds, how it is read, the text."""
        toponym, entry = resolution.toponym, resolution.entry
        kind = f"{toponym.kind} {toponym.feature}".strip() if toponym.kind == "pattern" else toponym.kind
        held = min(max(toponym.probability, _NEAREST_TO_CERTAIN), 1 - _NEAREST_TO_CERTAIN)
        evidence = {kind: 1.0, f"{kind}: finder": math.log(held / (1 - held)), reading.reading: 1.0}
        if entry is not None and entry.kind != "country" and len(self._number) > 1:
            evidence[self._company(entry)] = 1.0
        return evidence

    def for_place(self, resolution: Resolution) -> Evidence:
        """Return what speaks for a name being that of its entry; nothing where it has none."""
        entry = resolution.entry
        if entry is None:
            return {}
        key = (resolution.toponym.text, entry.id)
        if key not in self._known:
            self._known[key] = dict.fromkeys([*self._alone(resolution, entry), *self._among_others(entry)], 1.0)
        return self._known[key]

    def chance_of_place(self, resolution: Resolution) -> float:
        """Return the chance that a name is its entry's; such names as nobody may have meant for it are never sure."""
        chance = _chance("place", self.for_place(resolution)) if resolution.entry else 0.0
        return min(chance, AT_MOST) if self._is_weak(resolution) else chance

    def _is_weak(self, resolution: Resolution) -> bool:
        """Say whether a name is but spelt like the entry's, or a lesser one of a place in a country not spoken of."""
        toponym, entry, gazetteer = resolution.toponym, resolution.entry, self._gazetteer
        if entry is None or toponym.misspells:
            return True
        types = (c.name_type for c in toponym.candidates if gazetteer.id(c.row) == entry.id)
        if next(types, NameType.MAIN) != NameType.OTHER or self._compatriots(entry):
            return False
        key = name_key(toponym.text)
        return not (is_another_spelling(entry.name, key) or name_key(entry.name).startswith(f"{key} "))

    def _alone(self, resolution: Resolution, entry: GazetteerEntry) -> Iterator[str]:
        """Yield what the place and its claim to the name say for it."""
        candidates, gazetteer = resolution.toponym.candidates, self._gazetteer
        stands_in = is_stand_in(entry)
        yield "always"
        yield "stands in" if stands_in else f"kind {entry.kind}"
        if entry.kind in TOWNS:
            yield next(f"size {size}" for least, size in _SIZES if entry.population > least)
        if len(candidates) > 1:
            yield next(f"share {share}" for share in _SHARES if resolution.share >= share)
        elif not stands_in:
            yield "the only one"
        types = (c.name_type for c in candidates if gazetteer.id(c.row) == entry.id)
        yield next((f"name type {name_type}" for name_type in types), "another's name")

    def _among_others(self, entry: GazetteerEntry) -> Iterator[str]:
        """Yield what the text's other places say for it."""
        others = len(self._number) - (entry.id in self._number)
        if others < 1:
            yield "alone"
            return
        yield self._company(entry)
        if entry.kind in TOWNS:
            yield f"{round(4 * self._compatriots(entry) / others)} quarters in its country"
            if entry.admin1:
                neighbours = self._provinces[entry.country, entry.admin1] - (entry.id in self._number)
                yield f"among {min(2, neighbours)} of its province"
            yield f"away {self._away(entry)}"

    def _company(self, entry: GazetteerEntry) -> str:
        sort = "country" if entry.kind == "country" else "place"
        return f"{sort} among {min(3, self._compatriots(entry))} of its country"

    def _compatriots(self, entry: GazetteerEntry) -> int:
        return self._countries[entry.country] - (entry.id in self._number) if entry.country else 0

    def _away(self, entry: GazetteerEntry) -> str:
        others = self._is_point.copy()
        if entry.id in self._number:
            others[self._number[entry.id]] = False
        if not others.any():
            return "from none"
        nearest = great_circle_km(entry.lon, entry.lat, self._lon[others], self._lat[others]).min()
        return next((f"{km} km" for km in _AWAY if nearest < km), "farther")
