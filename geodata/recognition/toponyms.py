"""Find the place names in a text: what the gazetteer knows, kept or not by a small model of their features."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, partial

from geodata import DATA
from geodata.gazetteer import Gazetteer
from geodata.recognition.candidate_spans import Span, find_spans
from geodata.recognition.features import SIZES, SpanFeatures
from geodata.recognition.guarded_names import with_guarded_names
from geodata.recognition.lexicon import open_lexicon
from geodata.recognition.misspellings import mend_misspellings, relate_names
from geodata.recognition.second_look.look import log_odds
from geodata.recognition.second_look.weigh import look_again
from geodata.records import Toponym
from geodata.tables import read_rows
from geodata.text import Text
from geodata.working import WeighedSpan, Working

DOUBTED = 0.05  # the probability from which a known name may be one; of those below, one in a hundred is


def find_toponyms(text: Text | str, gazetteer: Gazetteer, *, working: Working | None = None) -> list[Toponym]:
    """Return the place names of a text in order, without overlaps, each with what it may mean."""
    return weigh_toponyms(text, gazetteer, working=working)[0]


def weigh_toponyms(
    text: Text | str, gazetteer: Gazetteer, *, working: Working | None = None
) -> tuple[list[Toponym], list[Toponym]]:
    """Return the place names of a text, and the known names that may be some and are too much in doubt.

    Both are in order; no two of all of them overlap.
    """
    lexicon = open_lexicon()
    tokens = Text.of(text).tokens
    if not len(tokens):
        return [], []
    spans = find_spans(tokens, gazetteer, lexicon)
    if gazetteer.has_packs:
        spans = with_guarded_names(tokens, spans, gazetteer)
    mend_misspellings(tokens, spans, gazetteer)
    span_features = SpanFeatures(tokens, spans, gazetteer, lexicon)
    weights = open_weights()
    features = weigh(spans, span_features, weights)
    first = [span.probability for span in spans]
    further = look_again(spans, span_features)
    relate_names(further, spans, gazetteer)
    if working is not None:
        working.spans += map(partial(_weighed, weights), spans, features, first)
        working.spans += [_weighed(weights, span, [], 0.5) for span in further]
    kept = sorted([*(span for span in spans if span.kept), *further], key=lambda span: span.start)
    alone = {word for span in further for word in range(span.first, span.last + 1)}
    doubted = [span for span in spans if is_doubted(span) and alone.isdisjoint(range(span.first, span.last + 1))]
    return [_toponym(tokens.text, span) for span in kept], [_toponym(tokens.text, span) for span in doubted]


def is_doubted(span: Span) -> bool:
    """Say whether a span is a name that the gazetteer knows, which may be a place's and was not kept."""
    return bool(span.candidates) and not span.kept and span.probability >= DOUBTED


def _weighed(weights: dict[str, float], span: Span, features: list[str], first: float) -> WeighedSpan:
    often = Counter(feature for feature in features if feature in weights)
    known = {feature: times * weights[feature] for feature, times in often.items()}
    if span.probability != first:
        known["second look"] = log_odds(span.probability) - log_odds(first)
    return WeighedSpan(span.start, span.end, span.probability, span.kept, known)


def weigh(spans: list[Span], span_features: SpanFeatures, weights: dict[str, float]) -> list[list[str]]:
    """Set the probability of each span, for itself and then in the light of the others; return its features."""
    features = [span_features.of(index) for index in range(len(spans))]
    odds = [_odds(own, weights) for own in features]
    for span, alone in zip(spans, odds, strict=True):
        span.probability = _probability(alone)
    span_features.judge()
    others = [span_features.among_others(index) for index in range(len(spans))]
    for index, (span, among) in enumerate(zip(spans, others, strict=True)):
        ruled = span_features.rule(index)
        span.probability = _probability(odds[index] + _odds(among, weights)) if ruled is None else ruled
        features[index] += among
    return features


def _odds(features: list[str], weights: dict[str, float]) -> float:
    return sum([weights.get(feature, 0.0) for feature in features])


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _toponym(text: str, span: Span) -> Toponym:
    written = text[span.start : span.end]
    kind = "pattern" if span.kind == "unlisted" else span.kind  # both are placed beside what the text names
    return Toponym(
        span.start,
        span.end,
        written,
        kind,  # type: ignore[arg-type]
        span.candidates,
        span.feature,
        span.misspells,
        1.0 if span.is_users else span.probability,
    )


@cache
def open_weights() -> dict[str, float]:
    """Open the weights of the features, in log-odds (trained by geodata/training/toponyms.py)."""
    weights = {row["feature"]: float(row["weight"]) for row in read_rows(DATA / "toponym_weights.csv")}
    # What was never seen of a country ("Mr. Jordan") weighs as it does for towns.
    return {f"{size}: {feature}": weight for size in SIZES for feature, weight in weights.items()} | weights
