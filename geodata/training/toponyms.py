"""Train the weights of the features on gold place names: `python -m geodata.training.toponyms GOLD.jsonl ... `.

A gold line is {"doc", "text", "toponyms": [{"start", "end"}]}, as of the public corpora. Every second document is
trained on and the others are left to report on; the texts stay out of the repository, only the weights go in.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from geodata import DATA
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.recognition.candidate_spans import find_spans
from geodata.recognition.features import SpanFeatures
from geodata.recognition.lexicon import open_lexicon
from geodata.recognition.misspellings import mend_misspellings
from geodata.recognition.toponyms import weigh
from geodata.text import Text

RIDGE = 1.0  # keeps the weight of a rare feature small
RAREST = 8  # a feature seen less often gets no weight


def main() -> None:
    """Write geodata/data/toponym_weights.csv from gold files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--without-demonyms", action="append", default=[], help="name of a gold file that marks none")
    parser.add_argument("--out", type=Path, default=DATA / "toponym_weights.csv")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    weights: dict[str, float] = {}
    # Twice: how sure the other spans are is known only from the second time on.
    for _ in range(3):
        cases = []
        for path in arguments.gold:
            marks_demonyms = path.name not in arguments.without_demonyms
            cases += list(_cases(path, gazetteer, marks_demonyms, weights))
        weights, counts = fit(cases)
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "seen"])
        for feature in sorted(weights):
            writer.writerow([feature, f"{weights[feature]:.3f}", counts[feature]])
    print(f"{len(cases):,} spans, {len(weights)} features -> {arguments.out}")


def _cases(
    path: Path, gazetteer: Gazetteer, marks_demonyms: bool, weights: dict[str, float]
) -> Iterator[tuple[list[str], bool]]:
    lexicon = open_lexicon()
    with path.open(encoding="utf-8") as file:
        documents = list(file)[::2]
    for line in documents:
        document = json.loads(line)
        tokens = Text(document["text"]).tokens
        spans = find_spans(tokens, gazetteer, lexicon)
        mend_misspellings(tokens, spans, gazetteer)
        span_features = SpanFeatures(tokens, spans, gazetteer, lexicon)
        gold = {(toponym["start"], toponym["end"]) for toponym in document["toponyms"]}
        for index, features in enumerate(weigh(spans, span_features, weights)):
            span = spans[index]
            if span_features.rule(index) is None and (span.kind != "demonym" or marks_demonyms):
                yield features, (span.start, span.end) in gold


def fit(cases: list[tuple[list[str], bool]], *, rarest: int = RAREST) -> tuple[dict[str, float], Counter[str]]:
    """Return the weights of a ridge-penalised logistic regression, in log-odds, and how often each feature was seen."""
    counts = Counter(feature for features, _ in cases for feature in set(features))
    known = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= rarest))}
    x = np.zeros((len(cases), len(known)))
    for row, (features, _) in enumerate(cases):
        for feature in features:
            if feature in known:
                x[row, known[feature]] = 1.0
    y = np.array([float(right) for _, right in cases])
    weights = np.zeros(len(known))
    for _ in range(30):  # Newton's steps; converges in under ten
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (y - p) - RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(known))
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return dict(zip(known, weights, strict=True)), counts


if __name__ == "__main__":
    main()
