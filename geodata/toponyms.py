"""Find the place names in a text: what the gazetteer knows, kept or not by a small model of the evidence."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from functools import cache

from geodata.errors import DataFileError
from geodata.evidence import Evidence
from geodata.gazetteer import DATA, Gazetteer
from geodata.lexicon import open_lexicon
from geodata.records import Toponym
from geodata.spans import Span, find_spans
from geodata.tokens import read_tokens

# A span is kept from the first probability on; from the second on if the same name was surely kept elsewhere.
KEEP, KEEP_AGAIN, SURE = 0.5, 0.2, 0.7


def find_toponyms(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of a text in order, without overlaps, each with what it may mean."""
    lexicon = open_lexicon()
    tokens = read_tokens(text)
    spans = find_spans(tokens, gazetteer, lexicon)
    evidence = Evidence(tokens, spans, gazetteer, lexicon)
    weights = open_weights()
    surest: dict[str, float] = defaultdict(float)
    for index, span in enumerate(spans):
        total = sum(weights.get(feature, 0.0) for feature in evidence.of(index))
        span.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        surest[span.key] = max(surest[span.key], span.probability)
    return [_toponym(text, span) for span in spans if _kept(span, surest[span.key])]


def _kept(span: Span, surest: float) -> bool:
    return span.probability >= KEEP or (span.probability >= KEEP_AGAIN and surest >= SURE)


def _toponym(text: str, span: Span) -> Toponym:
    return Toponym(span.start, span.end, text[span.start : span.end], span.kind, span.candidates)  # type: ignore[arg-type]


@cache
def open_weights() -> dict[str, float]:
    """Open the weights of the evidence, in log-odds (trained by geodata/sources/train.py)."""
    path = DATA / "evidence.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["feature"]: float(row["weight"]) for row in csv.DictReader(file)}
    except OSError as error:
        raise DataFileError(f"{path} is missing: check the repository out again") from error
