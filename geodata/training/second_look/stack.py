"""The weights that join the encoder to the fast models, fitted on texts that the encoder has not seen.

On documents of the corpora of places and on frames, held out by corpora.py and frames.py.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from geodata.gazetteer import open_gazetteer
from geodata.recognition.candidate_spans import Span
from geodata.recognition.features import SpanFeatures
from geodata.recognition.lexicon import open_lexicon
from geodata.recognition.second_look.encoder import Encoder
from geodata.recognition.second_look.look import Look
from geodata.recognition.second_look.weigh import evidence_of, group_of, is_open
from geodata.training.second_look.corpora import PLACES, find_candidates, is_for_stack, of_places, read_lines
from geodata.training.second_look.examples import Example
from geodata.training.second_look.frames import Filler, read_frames
from geodata.training.second_look.names import open_names

FILE = "second_look.csv"
RIDGE = 3.0
FILLINGS = 6
FRAMES = 0.2  # what a span of a frame weighs beside one of the corpora
READING_WEIGHTS = (0.0, 0.5, 0.5)
FEATURES = ("always", "fast", "exactly", "loosely")
Case = tuple[list[float], bool, float]


def held_out(gold: Path, seed: int) -> Iterator[tuple[Example, float]]:
    """Yield the texts that the encoder has not seen, with the weight of their spans."""
    for name in PLACES:
        for number, line in enumerate(read_lines(gold / "dev" / f"{name}.jsonl")):
            if is_for_stack(number):
                yield of_places(name, line), 1.0
    filler = Filler(open_names(), Random(f"{seed} stack"))
    for frame in read_frames(held_out=True):
        for _ in range(FILLINGS):
            yield filler.fill(frame), FRAMES


def fit(texts: Iterable[tuple[Example, float]], encoder: Encoder) -> dict[str, np.ndarray]:
    """Return the weights of each group of spans."""
    cases: dict[str, list[Case]] = defaultdict(list)
    for example, weight in texts:
        for span, given in _weighed(example, encoder):
            if not any(start < span.end and span.start < end for start, end in example.open):
                right = any((mark.start, mark.end) == (span.start, span.end) for mark in example.places or ())
                cases[group_of(span)].append((given, right, weight))
    return {group: _logistic(those) for group, those in sorted(cases.items())}


def _weighed(example: Example, encoder: Encoder) -> Iterator[tuple[Span, list[float]]]:
    tokens, spans, _ = find_candidates(example.text)
    if not spans:
        return
    look = Look(tokens, encoder)
    look.read(span.first for span in spans)
    evidence = SpanFeatures(tokens, spans, open_gazetteer(), open_lexicon())
    for number, span in enumerate(spans):
        if is_open(span, evidence.rule(number), look):
            yield span, evidence_of(span, look)


def _logistic(cases: Sequence[Case]) -> np.ndarray:
    """Return the weights of a logistic regression; what the fast model says is trusted where nothing speaks against."""
    given, right, often = (np.array(column, float) for column in zip(*cases, strict=True))
    weights = np.zeros(given.shape[1])
    trusted = np.zeros_like(weights)
    trusted[1] = 0.5
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(given @ weights, -30, 30)))
        slope = given.T @ (often * (right - chance)) - RIDGE * (weights - trusted)
        bend = (given * (often * chance * (1 - chance))[:, None]).T @ given + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def write(weights: dict[str, np.ndarray], path: Path) -> None:
    """Write the weights as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["of", "feature", "weight"])
        for group, row in weights.items():
            writer.writerows([group, feature, f"{weight:.3f}"] for feature, weight in zip(FEATURES, row, strict=True))
        for feature, weight in zip(("always", "fast", "encoder"), READING_WEIGHTS, strict=True):
            writer.writerow(["reading", feature, f"{weight:.3f}"])
