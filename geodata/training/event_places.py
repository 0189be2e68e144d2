"""Train which place an event happened at: `python -m geodata.training.event_places eventloc.jsonl`.

A gold line is {"doc", "text", "events": [{"verb": [start, end], "locations": [[start, end], ...]}]}. Ten folds are
printed before the weights of all are written; the texts stay out of the repository.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from geodata.gazetteer import open_gazetteer
from geodata.recognition import find_toponyms
from geodata.resolution import resolve
from geodata.text import Text
from geodata.training.toponyms import fit
from geodata.usage import read_names
from geodata.usage.event_places import THERE, WEIGHTS, features_of, names_of
from geodata.usage.metonymy import locate
from geodata.usage.word_lists import open_words

FOLDS = 10
RAREST = 20


@dataclass(frozen=True, slots=True)
class Case:
    """An event of a sentence and the names in it: of each its features and which places of gold it is."""

    document: int
    names: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]
    places: int  # of gold

    def pairs(self) -> list[tuple[list[str], bool]]:
        """Return the features of each name, and whether the event happened there."""
        return [(list(features), bool(told)) for features, told in self.names]


def main() -> None:
    """Write geodata/data/event_place_weights.csv from a gold file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    cases = list(_cases(arguments.gold))
    _print_folds(cases)
    weights, counts = _fit(cases)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "seen"])
        writer.writerows([feature, f"{weights[feature]:.3f}", counts[feature]] for feature in sorted(weights))
    print(f"{len(cases):,} events, {len(weights)} features -> {arguments.out}")


def _cases(path: Path) -> Iterator[Case]:
    gazetteer, words = open_gazetteer(), open_words()
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            document = json.loads(line)
            text = Text(document["text"])
            toponyms = find_toponyms(text, gazetteer)
            resolutions = resolve(text, toponyms, gazetteer)
            names = names_of(text.tokens, resolutions, read_names(text, toponyms, resolutions))
            for event in document["events"]:
                span = locate(text.tokens, *event["verb"])
                places = event["locations"]
                seen = tuple(
                    (
                        tuple(set(features_of(text.tokens, names, k, span, words))),
                        tuple(i for i, (low, high) in enumerate(places) if name.start < high and low < name.end),
                    )
                    for k, name in enumerate(names)
                )
                yield Case(number, seen, len(places))


def _fit(cases: Sequence[Case]) -> tuple[dict[str, float], Counter[str]]:
    return fit([pair for case in cases for pair in case.pairs()], rarest=RAREST)


def _print_folds(cases: Sequence[Case]) -> None:
    """Print precision, recall and F1 of the places: of events that have one, and of all."""
    given, right, hit, places = ([0, 0] for _ in range(4))
    for fold in range(FOLDS):
        weights, _ = _fit([case for case in cases if case.document % FOLDS != fold])
        for case in cases:
            if case.document % FOLDS != fold:
                continue
            told = [where for features, where in case.names if _chance(features, weights) >= THERE]
            for all_of_them in range(2) if case.places else (1,):
                given[all_of_them] += len(told)
                right[all_of_them] += sum(map(bool, told))
                hit[all_of_them] += len({place for where in told for place in where})
                places[all_of_them] += case.places
    for number, called in enumerate(("events with a place", "all events")):
        precision, recall = right[number] / given[number], hit[number] / places[number]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{called}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def _chance(features: Sequence[str], weights: dict[str, float]) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, sum(weights.get(feature, 0.0) for feature in features)))))


if __name__ == "__main__":
    main()
