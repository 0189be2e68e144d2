"""Learn how sure mentions are: `python -m geodata.training.confidence GOLD.jsonl ... --without-demonyms GOLD.jsonl`.

A gold line is {"doc", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid"}]}, as of the public corpora;
names in the stretches of "ignore" are passed over. Two chances are learned: that what was found is the name of a place,
and, of those that are, that the right place was chosen; the second also from our own frames of one name,
filled with towns of the whole world: most news is not local news of one country. Writes
geodata/data/confidence_weights.csv, and prints, of ten folds parted by document, how often what is said
to be so sure is right. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from geodata import DATA
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that
from geodata.recognition import find_toponyms
from geodata.records import Resolution
from geodata.resolution import resolve
from geodata.text import Text
from geodata.training.second_look.frames import read_frames
from geodata.training.second_look.names import CONFLICTS, OFTEN, SMALLEST
from geodata.usage import read_names
from geodata.usage.confidence import Evidence, NamedPlaces

RAREST = 8  # a feature seen less often gets no weight
FOLDS = 10
DRAWN = 4_000  # sentences of one town
NEAR_KM = 161  # the 100 miles of the field's measure
AREAS, TOWNS = kinds_that("area"), kinds_that("town")
_SLOT = re.compile(r"\{[^{}]{1,9}\}")
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for a mention, and whether it is right; nothing speaks for a place where none was found."""

    document: str
    for_name: Evidence
    for_place: Evidence
    is_name: bool
    is_place: bool | None  # None where gold has no point for it
    is_drawn: bool = False  # put into a frame, and so a name in any case


def main() -> None:
    """Write the weights from gold files, and print what ten folds show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--without-demonyms", action="append", default=[], help="name of a gold file that marks none")
    parser.add_argument("--out", type=Path, default=DATA / "confidence_weights.csv")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    cases = [
        case for path in arguments.gold for case in _cases(path, gazetteer, path.name not in arguments.without_demonyms)
    ]
    cases += _drawn_cases(gazetteer)
    _print_folds(cases)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["part", "feature", "weight"])
        for part, model in (("name", _learn_names(cases)), ("place", _learn_places(cases))):
            writer.writerows([part, feature, f"{weight:.3f}"] for feature, weight in model.weights())
    print(f"{len(cases):,} mentions -> {arguments.out}")


def _cases(path: Path, gazetteer: Gazetteer, marks_demonyms: bool) -> Iterator[Case]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            text = Text(document["text"])
            toponyms = find_toponyms(text, gazetteer)
            resolutions = resolve(text, toponyms, gazetteer)
            named = NamedPlaces(resolutions, gazetteer)
            for resolution, reading in zip(resolutions, read_names(text, toponyms, resolutions), strict=True):
                gold = _gold_of(resolution, document["toponyms"])
                span = (resolution.toponym.start, resolution.toponym.end)
                if gold is None and any(_meet(span, stretch) for stretch in document.get("ignore", [])):
                    continue
                if gold is None and not marks_demonyms and resolution.toponym.kind == "demonym":
                    continue
                yield Case(
                    f"{path.name} {document['doc']}",
                    named.for_name(resolution, reading),
                    named.for_place(resolution),
                    gold is not None,
                    _is_there(resolution, gold),
                )


def _drawn_cases(gazetteer: Gazetteer) -> Iterator[Case]:
    """Yield a lone town in a sentence, for towns drawn by their size, those in the news more often."""
    rng = Random(0)
    frames = [frame for frame in read_frames() if len(slots := _SLOT.findall(frame)) == 1 and slots[0] == "{T}"]
    towns = [row for row, kind in enumerate(gazetteer.kind) if kind in TOWNS and gazetteer.population[row] >= SMALLEST]
    weights = [
        gazetteer.population[row] ** 0.5 * (OFTEN if gazetteer.country[row] in CONFLICTS else 1.0) for row in towns
    ]
    for number, row in enumerate(rng.choices(towns, weights, k=DRAWN)):
        entry = gazetteer.entry(row)
        before, _, after = rng.choice(frames).partition("{T}")
        text = Text(f"{before}{entry.name}{after}")
        toponyms = find_toponyms(text, gazetteer)
        resolutions = resolve(text, toponyms, gazetteer)
        if len(resolutions) != 1 or resolutions[0].entry is None:
            continue
        named = NamedPlaces(resolutions, gazetteer)
        right = _is_there(resolutions[0], {"lon": entry.lon, "lat": entry.lat, "geonameid": entry.id})
        yield Case(f"drawn {number}", {}, named.for_place(resolutions[0]), True, right, is_drawn=True)


def _gold_of(resolution: Resolution, marked: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the name that gold marks there, of several the one that shares most letters."""
    start, end = resolution.toponym.start, resolution.toponym.end
    met = [each for each in marked if _meet((start, end), (each["start"], each["end"]))]
    return max(met, key=lambda each: min(end, each["end"]) - max(start, each["start"]), default=None)


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_there(resolution: Resolution, gold: dict[str, Any] | None) -> bool | None:
    """Say whether the place is gold's: near it, the same entry, or an area that reaches so far."""
    if gold is None or gold["lat"] is None:
        return None
    entry = resolution.entry
    if entry is None:
        return False
    away = float(great_circle_km(gold["lon"], gold["lat"], entry.lon, entry.lat))
    reaches = max(NEAR_KM, entry.uncertainty_km if entry.kind in AREAS else 0)
    return away <= reaches or str(gold.get("geonameid")) == entry.id


class Model:
    """A ridge-penalised logistic regression over named features."""

    def __init__(self, evidence: Sequence[Evidence], right: Sequence[bool]) -> None:
        self._vectorizer = DictVectorizer()
        rows = self._vectorizer.fit_transform(evidence)
        often = np.asarray((rows != 0).sum(axis=0)).ravel() >= RAREST
        self._vectorizer.restrict(often)
        self._model = LogisticRegression(fit_intercept=False, max_iter=5000)
        self._model.fit(self._vectorizer.transform(evidence), right)

    def chances(self, evidence: Sequence[Evidence]) -> np.ndarray:
        """Return the chance of each being right."""
        return np.asarray(self._model.predict_proba(self._vectorizer.transform(evidence))[:, 1])

    def weights(self) -> list[tuple[str, float]]:
        """Return the features with their log-odds, by name."""
        return sorted(zip(self._vectorizer.get_feature_names_out(), self._model.coef_[0], strict=True))


def _learn_names(cases: Sequence[Case]) -> Model:
    known = [case for case in cases if not case.is_drawn]
    return Model([case.for_name for case in known], [case.is_name for case in known])


def _learn_places(cases: Sequence[Case]) -> Model:
    known = [case for case in cases if case.for_place and case.is_place is not None]
    return Model([case.for_place for case in known], [bool(case.is_place) for case in known])


def _print_folds(cases: Sequence[Case]) -> None:
    """Print the reliability and the area under the curve: of name and place in the corpora, of place in the frames."""
    names = _held_out(cases, _learn_names, lambda case: case.for_name)
    places = _held_out(cases, _learn_places, lambda case: case.for_place)
    drawn = np.array([case.is_drawn for case in cases])
    judged = np.array([case.is_place is not None or not case.is_name for case in cases])
    right = np.array([bool(case.is_place) for case in cases])
    _print_reliability("name and place, in the corpora", right[judged & ~drawn], (names * places)[judged & ~drawn])
    _print_reliability("place, of a lone town in a sentence", right[drawn], places[drawn])


def _print_reliability(what: str, right: np.ndarray, chances: np.ndarray) -> None:
    print(f"AUC of {what}, {FOLDS} folds: {roc_auc_score(right, chances):.3f}")
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = (chances >= low) & (chances < high)
        print(
            f"{low:.2f} to {min(high, 1):.2f}: {inside.sum():5} mentions, said {chances[inside].mean():.3f}, "
            f"right {right[inside].mean():.3f}"
        )


def _held_out(
    cases: Sequence[Case], learn: Callable[[Sequence[Case]], Model], evidence: Callable[[Case], Evidence]
) -> np.ndarray:
    """Return the chances of each by a model that has not seen its document; 0 where there is no evidence."""
    chances = np.zeros(len(cases))
    parts = GroupKFold(FOLDS, shuffle=True, random_state=1).split(cases, groups=[case.document for case in cases])
    for seen, left in parts:
        model = learn([cases[i] for i in seen])
        asked = [i for i in left if evidence(cases[i])]
        chances[asked] = model.chances([evidence(cases[i]) for i in asked])
    return chances


if __name__ == "__main__":
    main()
