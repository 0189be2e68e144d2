"""How a place name is used: for the place, for those who act for it, for its people, or inside another name."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from geodata import DATA
from geodata.folding import name_key
from geodata.kinds import kinds_that
from geodata.recognition.lexicon import open_lexicon
from geodata.records import Resolution, Toponym
from geodata.tables import read_rows
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.usage.event_roles import RoleName, role_in_text
from geodata.usage.metonymy_features import IN, POSITIONS, NameFeatures, kind_of
from geodata.usage.nested_names import STATES, NestedName, NestedNames
from geodata.usage.parties import deed, does, has_ministry, heads_item, is_party, undergoes
from geodata.usage.second_reading import SecondReading, read_again
from geodata.usage.syntax import HYPHENS, NameSyntax
from geodata.usage.word_lists import Words, open_words
from geodata.working import Working

ReadingName = Literal["literal", "metonymic", "demonym", "part_of_name", "office"]
LEANING = 2.0  # log-odds: how far one mention speaks for another of the same capital
PARTY = 3.0  # the least of one that speaks or is called on
FEW = 4  # words: a sentence of so few says little as a whole
SENTENCE = POSITIONS.index("sentence")
SURE = 0.95  # of a reading that rests on the form of the name alone
_ONLY_LAND = kinds_that("land only")  # none of these can act
_WHOLE = _ONLY_LAND | {"spot"}  # of several words, part of no other name: "X Cathedral", "X Road"
_HOSTS = frozenset({"host", "hosts", "hosted", "hosting"})  # "Geneva will host the talks": there they are
_NO_WEIGHTS = (0.0,) * len(POSITIONS)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name is used; `probability` is the model's of this reading."""

    reading: ReadingName
    probability: float
    reason: str  # in words, for the reader
    role: RoleName  # of a place named literally; otherwise ""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: log-odds against a literal reading."""

    features: dict[str, float]
    words: dict[str, tuple[float, ...]]  # word -> a weight for each of POSITIONS
    sentence: dict[str, float]  # word -> its weight wherever it stands in the sentence


def read_names(
    text: Text | str,
    toponyms: Sequence[Toponym],
    resolutions: Sequence[Resolution],
    *,
    working: Working | None = None,
) -> list[Reading]:
    """Return how each name of a text is used; `resolutions` go with the toponyms one by one."""
    if not toponyms:
        return []
    tokens = Text.of(text).tokens
    words = open_words()
    spans = [locate(tokens, toponym.start, toponym.end) for toponym in toponyms]
    kinds = [kind_of(toponym, found, words) for toponym, found in zip(toponyms, resolutions, strict=True)]
    name_features = NameFeatures(tokens, spans, kinds, words)
    nested_names = NestedNames(tokens, open_lexicon(), words)
    model = _Model(name_features, open_weights())
    readings: list[Reading | None] = []
    open_ones: list[tuple[int, NameSyntax, float]] = []  # those that the model decides, with their log-odds
    for number, (first, last) in enumerate(spans):
        syntax = name_features.syntax.of(number)
        nested = nested_names.of(first, last, syntax, kinds[number])
        if nested is not None:
            readings.append(Reading(nested.reading, SURE, _why_nested(tokens, nested), ""))
        elif kinds[number] == "demonym" or _is_hyphened(number, syntax, name_features):
            reason = f"'{toponyms[number].text}': a people, or something of theirs"
            readings.append(Reading("demonym", SURE, reason, ""))
        elif kinds[number] not in _ONLY_LAND and (attribute := _attribute(tokens, first, last, words)):
            readings.append(attribute)
        elif has_ministry(tokens, syntax):
            reason = f"'{_quote(tokens, first, syntax.noun)}': those who act for it"
            readings.append(Reading("metonymic", SURE, reason, ""))
        elif syntax.actors >= 0 and kinds[number] in STATES:
            reason = f"'{_quote(tokens, first, syntax.actors)}': those who act for it"
            readings.append(Reading("metonymic", SURE, reason, ""))
        elif kinds[number] in STATES and (stretch := does(tokens, (first, last), syntax, words)):
            reason = f"'{_quote(tokens, *stretch)}': it acts, so those who act for it are meant"
            readings.append(Reading("metonymic", SURE, reason, ""))
        elif kinds[number] == "country" and (done := deed(tokens, last)) >= 0:
            reason = f"'{_quote(tokens, first, done)}': what those who act for it do"
            readings.append(Reading("metonymic", SURE, reason, ""))
        else:
            readings.append(None)
            open_ones.append((number, syntax, model.odds(number, syntax)))
            if working is not None:
                working.readings[toponyms[number].start] = model.parts(number, syntax)
    decided = iter(_decide(open_ones, toponyms, name_features, working))
    return [next(decided) if reading is None else reading for reading in readings]


def _decide(
    open_ones: Sequence[tuple[int, NameSyntax, float]],
    toponyms: Sequence[Toponym],
    name_features: NameFeatures,
    working: Working | None,
) -> Iterator[Reading]:
    """Yield the readings of names that no form decides: by the model, a second look, and their other uses."""
    tokens, kinds, spans = name_features.tokens, name_features.kinds, name_features.syntax.spans
    seconds = read_again(tokens, [(*spans[number], odds) for number, _, odds in open_ones])
    for i, (number, syntax, _) in enumerate(open_ones):
        if kinds[number] in STATES and is_party(tokens, spans[number], syntax, name_features.words):
            seconds[i] = SecondReading(max(seconds[i].odds, PARTY))
        elif kinds[number] == "capital" and undergoes(tokens, spans[number], syntax):
            seconds[i] = SecondReading(min(seconds[i].odds, -PARTY))
    usual = _usual([name_key(toponyms[number].text) for number, _, _ in open_ones], [second.odds for second in seconds])
    for (number, syntax, alone), second, use in zip(open_ones, seconds, usual, strict=True):
        if working is not None and second.odds != alone:
            working.readings[toponyms[number].start]["second look"] = second.odds - alone
        if second.inside and not (kinds[number] in _WHOLE and spans[number][0] < spans[number][1]):
            yield Reading("part_of_name", second.inside, _why_no_place(tokens, spans[number], second), "")
        else:
            leaning = use if kinds[number] == "capital" else 0.0
            yield _read(number, syntax, second.odds + leaning, name_features)


def _usual(names: Sequence[str], odds: Sequence[float]) -> list[float]:
    """Return for each name how its other mentions lean: who writes 'Baku' for the government goes on to do so."""
    held = [max(-LEANING, min(LEANING, each)) for each in odds]
    often, total = Counter(names), Counter[str]()
    for name, each in zip(names, held, strict=True):
        total[name] += each  # type: ignore[assignment]
    return [
        (total[name] - each) / (often[name] - 1) / 2 if often[name] > 1 else 0.0
        for name, each in zip(names, held, strict=True)
    ]


def _is_hyphened(number: int, syntax: NameSyntax, name_features: NameFeatures) -> bool:
    """Say whether a name only completes a demonym: 'the Armenian-[Azerbaijan] border'."""
    first = name_features.syntax.spans[number][0]
    before = name_features.syntax.at.get(first - 1)
    joined = name_features.tokens.gap[first] in HYPHENS and syntax.noun >= 0
    return joined and before is not None and name_features.kinds[before] == "demonym"


def _attribute(tokens: Tokens, first: int, last: int, words: Words) -> Reading | None:
    """Return the reading of a name that only tells of what follows: 'the [Iran]-backed militia' is not in Iran."""
    after = last + 1
    if after >= len(tokens) or tokens.gap[after] not in HYPHENS:
        return None
    told = words.attributes.get(tokens.folded[after])
    said = f"'{_quote(tokens, first, after)}': "
    if told == "done by":
        return Reading("metonymic", SURE, said + "what those who act for it do", "")
    if told == "from":
        return Reading("demonym", SURE, said + "where somebody or something is from, not where it happened", "")
    return None


def locate(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the first and last word of a stretch of the text."""
    first = min(bisect_right(tokens.end, start), len(tokens) - 1)
    return first, max(first, bisect_left(tokens.start, end) - 1)


class _Model:
    """The weights, with what a sentence as a whole says kept for its next name."""

    def __init__(self, name_features: NameFeatures, weights: Weights) -> None:
        self.name_features, self.weights = name_features, weights
        self._sentences: dict[tuple[int, int], float] = {}

    def odds(self, number: int, syntax: NameSyntax) -> float:
        features, words = self.name_features.of(number, syntax)
        weigh, columns = self.weights.features.get, self.weights.words.get
        key = (syntax.start, syntax.stop)
        if key not in self._sentences:
            said = self.name_features.sentence_words(*key)
            anywhere = self.weights.sentence
            total = sum([anywhere[word] for word in said if word in anywhere])
            self._sentences[key] = total / (len(said) + FEW)
        odds = (
            weigh("(always)", 0.0)
            + self._sentences[key]
            + sum([weigh(feature, 0.0) for feature in dict.fromkeys(features)])
        )
        return odds + sum([columns(word, _NO_WEIGHTS)[position] for position, word in words])

    def parts(self, number: int, syntax: NameSyntax) -> dict[str, float]:
        """Return what the odds are made of, by feature and by word with its position."""
        features, words = self.name_features.of(number, syntax)
        known = self.weights.features
        parts = {feature: known[feature] for feature in ["(always)", *sorted(set(features))] if feature in known}
        for position, word in words:
            weight = self.weights.words.get(word, _NO_WEIGHTS)[position]
            name = f"{POSITIONS[position]}: {word}"
            parts[name] = parts.get(name, 0.0) + weight
        parts["the words of the sentence"] = self.odds(number, syntax) - sum(parts.values())
        return {name: weight for name, weight in parts.items() if weight}


def _read(number: int, syntax: NameSyntax, odds: float, name_features: NameFeatures) -> Reading:
    acting = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
    tokens, words, kind = name_features.tokens, name_features.words, name_features.kinds[number]
    first, last = span = name_features.syntax.spans[number]
    is_heading = kind == "country" and heads_item(tokens, span, syntax, name_features.syntax.at)
    is_host = kind != "country" and syntax.verb >= 0 and tokens.folded[syntax.verb] in _HOSTS
    if acting > 0.5 and kind not in _ONLY_LAND and not (syntax.dateline or is_heading or is_host):
        if kind == "bloc":
            return Reading("part_of_name", acting, f"'{_quote(tokens, first, last)}': an organisation, which acts", "")
        return Reading("metonymic", max(0.5, acting), _why_acting(tokens, syntax, span, kind, words), "")
    role, cue = role_in_text(tokens, syntax, first, words)
    return Reading("literal", max(0.5, 1 - acting), _why_there(tokens, syntax, span, words, (role, cue)), role)


def _quote(tokens: Tokens, first: int, last: int) -> str:
    return " ".join(tokens.text[tokens.start[first] : tokens.end[last]].split())


def _why_nested(tokens: Tokens, nested: NestedName) -> str:
    named = {"body": "the name of an organisation", "event": "the name of an event", "office": "an office"}
    return f"'{_quote(tokens, nested.first, nested.last)}': {named[nested.what]}"


def _why_no_place(tokens: Tokens, span: tuple[int, int], second: SecondReading) -> str:
    said = "the name of a person" if second.is_person else "part of another name, as the sentence reads"
    return f"'{_quote(tokens, *span)}': {said}"


def _why_acting(tokens: Tokens, syntax: NameSyntax, span: tuple[int, int], kind: str, words: Words) -> str:
    first, last = span
    meant = "the government is meant" if kind in ("capital", "seat") else "its government or people are meant"
    if syntax.verb >= 0 and syntax.opens and syntax.verb_class not in ("copula", "placed"):
        speaks = "it speaks" if tokens.folded[syntax.verb] in words.speech else "it acts"
        done = "something is done to it" if syntax.verb_class == "passive" else speaks
        if syntax.verb <= last + 3:
            return f"'{_quote(tokens, first, syntax.verb)}': {done}, so {meant}"
        return f"'{_quote(tokens, first, last)} ... {tokens.word[syntax.verb]}': {done}, so {meant}"
    if syntax.left_class == "preposition" and syntax.governor >= 0:
        return f"'{_stretch(tokens, syntax.governor, first, last)}': a party, so {meant}"
    if syntax.left >= 0 and not syntax.left_class:
        return f"'{_stretch(tokens, syntax.left, first, last)}': dealt with as a party, so {meant}"
    if syntax.noun >= 0:
        return f"'{_quote(tokens, first, _noun(tokens, syntax, words))}': theirs, so {meant}"
    return f"the sentence tells of those who act, so {meant}"


def _why_there(
    tokens: Tokens, syntax: NameSyntax, span: tuple[int, int], words: Words, role_and_cue: tuple[RoleName, int]
) -> str:
    (first, last), (role, cue) = span, role_and_cue
    if syntax.dateline:
        return "where the report was filed, or the picture taken"
    if cue >= 0:
        what = "where people met or spoke" if role == "met" else "the direction of something"
        return f"'{_stretch(tokens, cue, first, last)}': {what}"
    if syntax.left_class == "preposition":
        if tokens.folded[syntax.left] in IN or syntax.governor < 0:
            return f"'{_stretch(tokens, syntax.left, first, last)}': a place where something is"
        return f"'{_stretch(tokens, syntax.governor, first, last)}': the land is meant"
    if syntax.noun >= 0:
        return f"'{_quote(tokens, first, _noun(tokens, syntax, words))}': where it is"
    return f"'{_quote(tokens, first, last)}': nothing in the sentence makes it act"


def _noun(tokens: Tokens, syntax: NameSyntax, words: Words) -> int:
    """Return the noun to show: 'China's economy' without the 'grew' that may have been taken along."""
    grown = range(max(syntax.right, 0) + 1, syntax.noun + 1)
    return next((i - 1 for i in grown if tokens.folded[i] in words.verbs), syntax.noun)


def _stretch(tokens: Tokens, left: int, first: int, last: int) -> str:
    """Quote from a governing word to the name, without the rest of a list that stands between."""
    if first - left <= 4:
        return _quote(tokens, left, last)
    return f"{tokens.word[left]} ... {_quote(tokens, first, last)}"


@cache
def open_weights() -> Weights:
    """Open the weights, in log-odds (trained by geodata/training/metonymy.py)."""
    features = {row["feature"]: float(row["weight"]) for row in read_rows(DATA / "reading_weights.csv")}
    # In hundredths, empty for nothing.
    rows = (list(row.values()) for row in read_rows(DATA / "reading_words.csv"))
    words = {row[0]: tuple([int(cell) / 100 if cell else 0.0 for cell in row[1:]]) for row in rows}
    return Weights(features, words, {word: columns[SENTENCE] for word, columns in words.items()})
