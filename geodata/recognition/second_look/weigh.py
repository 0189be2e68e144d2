"""Candidate spans weighed anew by what the encoder says of them, and the names that it alone has found."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.recognition.candidate_spans import LONGEST, Span, not_place
from geodata.recognition.context_features import IN
from geodata.recognition.features import SpanFeatures
from geodata.recognition.lexicon import Lexicon
from geodata.recognition.name_ends import OF_NOUNS, OF_SITES
from geodata.recognition.second_look.look import Look, log_odds, look_at, open_weights, setting
from geodata.records import Candidate, NameType
from geodata.tokens import Tokens
from geodata.words import reporting_verbs

DOUBT = (0.05, 0.9)  # between these a probability of the fast model is looked at again
ALONE = 0.8  # from which a name that only the encoder sees is taken, where the gazetteer has it
ALONE_SMALL = 0.95  # and where it is written small, as an ordinary word is
UNLISTED = 0.95  # and where no list has it: such a name is placed beside what the text names, or stays undecided
# Words of war, whose object is as often a town that is called as a word is: "entered Sake", "the siege of Same".
_TAKING = frozenset({"abandoned", "attacked", "besieged", "bombarded", "bombed", "captured", "encircled", "entered"})
_TAKING |= {
    "fled",
    "liberated",
    "occupied",
    "overran",
    "raided",
    "recaptured",
    "retook",
    "seized",
    "shelled",
    "stormed",
}
_TAKING_OF = frozenset(
    [(noun, "of") for noun in ("bombardment", "capture", "control", "fall", "seizure", "shelling", "siege")]
    + [("advanced", "on"), ("battle", "for"), ("fighting", "for"), ("marched", "on")]
)
SHORTEST = 3  # letters of such a name
# Spans that are weighed again, each kind by weights of its own. What is made of words ("Mercy Hospital", "5th Street")
# is a place by our convention, not by that of the corpora the encoder learned from, and peoples it knows no better.
KINDS = ("name", "abbreviation", "unlisted")


def look_again(spans: list[Span], features: SpanFeatures) -> list[Span]:
    """Weigh spans anew where they are in doubt, and return the further names that only the encoder sees."""
    tokens, gazetteer, lexicon = features.tokens, features.gazetteer, features.lexicon
    look = look_at(tokens)
    if look is None:
        return []
    open_ones = [span for index, span in enumerate(spans) if is_open(span, features.rule(index), look)]
    everything = setting() == "everywhere"
    look.read(range(len(tokens)) if everything else _in_doubt(tokens, open_ones, look, gazetteer, lexicon))
    weights = open_weights()
    for span in open_ones:
        if look.has_read(span.first):
            span.probability = _stacked(span, look, weights)
    return list(_alone(spans, look, gazetteer, lexicon))


def is_open(span: Span, ruled: float | None, look: Look) -> bool:
    """Say whether a span is weighed again: one sentence has it, and neither a rule nor a user's list decides it."""
    in_one = look.sentence_of(span.first) == look.sentence_of(span.last)  # not "New" at a line's end and "York"
    return span.kind in KINDS and ruled is None and not span.is_users and in_one


def _in_doubt(tokens: Tokens, spans: list[Span], look: Look, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[int]:
    """Yield words whose sentences are to be looked at."""
    low, high = DOUBT
    named = {look.sentence_of(span.first) for span in spans}
    for span in spans:
        if low < span.probability < high or _may_be_given(span, tokens, lexicon):
            yield span.first
    kept = {word for span in spans if span.kept for word in range(span.first, span.last + 1)}
    yield from (word for word in tokens.capitals if word not in kept and _is_placed(tokens, word, lexicon))
    for number, (first, stop) in enumerate(look.sentences):
        if number in named:
            if _is_heading(tokens, stop):
                yield first
        elif not any(tokens.capital[first + 1 : stop]) and _holds_name(tokens, first, stop, gazetteer, lexicon):
            yield first


def _is_placed(tokens: Tokens, word: int, lexicon: Lexicon) -> bool:
    """Say whether a word stands where a place does: "in Kafr Nabuda", "the village of Khan Bani Saad"."""
    if not word or tokens.gap[word] != " " or tokens.folded[word] in lexicon.calendar:
        return False
    before = tokens.folded[word - 1]
    if before in _TAKING or (word > 1 and (tokens.folded[word - 2], before) in _TAKING_OF):
        return True
    return before in IN or (before == "of" and word > 1 and tokens.folded[word - 2] in lexicon.cues["of"])


def _may_be_given(span: Span, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Say whether a name may be a person's first one, as sure as it looks: "Jordan Whitfield"."""
    after = span.last + 1
    return span.single and span.key in lexicon.given_names and tokens.adjacent(after) and tokens.capital[after]


def _is_heading(tokens: Tokens, stop: int) -> bool:
    """Say whether a line ends without a full stop, as headings do."""
    gap = tokens.gap[stop] if stop < len(tokens) else tokens.text[tokens.end[-1] :] + "\n"
    return "\n" in gap and gap.partition("\n")[0].strip(" ”’\"')") == ""


def _holds_name(tokens: Tokens, first: int, stop: int, gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Say whether a word of a sentence is a place's name and no ordinary word."""
    words = (word for word in tokens.folded[first:stop] if len(word) > SHORTEST and word not in lexicon.common)
    return any(bearer.name_type <= NameType.OTHER for word in words for bearer in gazetteer.bearers(word))


def evidence_of(span: Span, look: Look) -> list[float]:
    """Return what a span is weighed by: a constant, its odds so far, and what the encoder says."""
    # "Latchin corridor" is a name by our convention; the corpora that the encoder learned from end names at "Latchin".
    capitals = [word for word in range(span.first, span.last + 1) if look.tokens.capital[word]]
    last = capitals[-1] if capitals else span.last
    return [1.0, log_odds(span.probability), *look.evidence(span.first, last)]


def group_of(span: Span) -> str:
    """Return which weights a span has: its kind, or "words" for a known name of several, which is less in doubt."""
    return "words" if span.kind == "name" and not span.single else span.kind


def _stacked(span: Span, look: Look, weights: dict[str, list[float]]) -> float:
    odds = sum(w * x for w, x in zip(weights[group_of(span)], evidence_of(span, look), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _namesake(first: int, last: int, spans: list[Span], tokens: Tokens, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return what the town may be that a building has its name from and stands in: "Goris Market" is at Goris."""
    if lexicon.features.get(tokens.folded[last], ("",))[0] != "building":
        return ()
    begin = (span for span in spans if span.first == first and span.last < last)
    return next((span.candidates for span in begin if span.kind == "name" and span.probability), ())


def _bearers(key: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places of that name."""
    return tuple(bearer for bearer in gazetteer.bearers(key) if bearer.name_type <= NameType.OTHER)


def _speaks(tokens: Tokens, after: int) -> bool:
    """Say whether the word behind a name of several words, or a comma after it, is one of saying: it is a person's."""
    return (
        after < len(tokens) and tokens.gap[after] in (" ", ", ") and tokens.folded[after] in reporting_verbs("clause")
    )


def _alone(spans: list[Span], look: Look, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the places that the encoder sees, that the gazetteer knows, and that are neither found nor decided yet."""
    tokens = look.tokens
    covered = {word for span in spans if span.kept for word in range(span.first, span.last + 1)}
    decided = {(span.first, span.last) for span in spans}
    for first, last, probability in look.names(ALONE, LONGEST):
        start, end = tokens.start[first], tokens.end[last]
        key = name_key(tokens.text[start:end])
        if not covered.isdisjoint(range(first, last + 1)) or (first, last) in decided or len(key) < SHORTEST:
            continue
        if not_place(tokens, first, lexicon):
            continue
        ordinary = key in lexicon.common or key in lexicon.given_names
        if not any(tokens.capital[first : last + 1]) and ordinary and probability < ALONE_SMALL:
            continue
        if bearers := _bearers(key, gazetteer):
            yield Span(first, last, start, end, key, "name", bearers, probability=probability)
        elif town := _namesake(first, last, spans, tokens, lexicon):
            yield Span(first, last, start, end, key, "name", town, probability=probability)
        elif (
            last > first
            and tokens.folded[last] in OF_NOUNS | OF_SITES
            and (town := _bearers(key.rpartition(" ")[0], gazetteer))
        ):
            yield Span(first, last - 1, start, tokens.end[last - 1], key, "name", town, probability=probability)
        elif last > first and _speaks(tokens, last + 1):
            continue  # "Lyman, Pavlo Kyrylenko said"
        elif tokens.capital[last] and len(key) > SHORTEST and not ordinary and probability >= UNLISTED:
            yield Span(first, last, start, end, key, "unlisted", (), "village", probability=probability)
