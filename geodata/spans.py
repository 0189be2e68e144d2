"""Stretches of a text that may be place names: what the gazetteer knows, and patterns such as 'X River'."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.gazetteer import Gazetteer
from geodata.lexicon import Lexicon
from geodata.records import Candidate, Role
from geodata.tokens import Tokens

LONGEST = 7  # words in a name
# What a name may be followed by in small letters and still be one name: "Shusha region", "Lachin corridor".
CLASS_NOUNS = frozenset({"region", "district", "province", "corridor", "oblast", "governorate", "prefecture", "county"})
UNITS = frozenset({"admin1", "admin2", "region", "corridor"})
LARGE = frozenset({"country", "admin1", "continent", "region", "bloc", "sea"})


@dataclass(slots=True)
class Span:
    """Words `first` to `last` (inclusive) of a text, which may name one of the candidates."""

    first: int
    last: int
    start: int
    end: int
    key: str
    kind: str  # name, demonym, abbreviation or pattern
    candidates: tuple[Candidate, ...]
    probability: float = 0.0

    @property
    def single(self) -> bool:
        """Say whether the span is one word."""
        return self.first == self.last


def find_spans(tokens: Tokens, gazetteer: Gazetteer, lexicon: Lexicon) -> list[Span]:
    """Return candidate spans in order, without overlaps: the longest name from each capital letter on."""
    spans: list[Span] = []
    i, count = 0, len(tokens)
    while i < count:
        span = None
        if tokens.capital[i]:
            span = _known(tokens, i, gazetteer, lexicon) or _pattern(tokens, i, lexicon)
        if span is None:
            i += 1
        else:
            spans.append(span)
            i = span.last + 1
    return spans


def _known(tokens: Tokens, first: int, gazetteer: Gazetteer, lexicon: Lexicon) -> Span | None:
    last, stop = first, min(len(tokens), first + LONGEST)
    while last + 1 < stop and (tokens.joins(last + 1) or _district_of_columbia(tokens, last + 1)):
        last += 1
    joined = " ".join(tokens.folded[first : last + 1])
    for key in sorted(gazetteer.trie.prefixes(joined), key=len, reverse=True):
        if len(key) < len(joined) and joined[len(key)] != " ":
            continue
        end = first + key.count(" ")
        if not (tokens.capital[end] or tokens.folded[end] in CLASS_NOUNS):
            continue
        if end > first and key.rpartition(" ")[0] in gazetteer.trie and _begins_longer(tokens, end, gazetteer):
            continue  # "Armenian | Republic of Artsakh", not "Armenian Republic | of Artsakh"
        span = _span(tokens, first, end, key, gazetteer.bearers(key), gazetteer)
        if span is not None:
            return _with_feature_noun(tokens, span, gazetteer, lexicon)
    return None


def _begins_longer(tokens: Tokens, first: int, gazetteer: Gazetteer) -> bool:
    """Say whether a known name of several words begins at word `first`."""
    last, stop = first, min(len(tokens), first + LONGEST)
    while last + 1 < stop and tokens.joins(last + 1):
        last += 1
    joined = " ".join(tokens.folded[first : last + 1])
    return any(" " in key and joined[len(key) : len(key) + 1] in ("", " ") for key in gazetteer.trie.prefixes(joined))


def _district_of_columbia(tokens: Tokens, i: int) -> bool:
    return tokens.folded[i] == "dc" and tokens.gap[i] == ", "


def _span(
    tokens: Tokens, first: int, last: int, key: str, bearers: tuple[Candidate, ...], gazetteer: Gazetteer
) -> Span | None:
    """Return the span with those bearers that the way it is written allows, or None if it allows none."""
    word = tokens.word[last]
    start, end = tokens.start[first], tokens.end[last]
    dotted = tokens.text[end : end + 1] == "." and not word.endswith(".")
    shouted = word.isupper()
    names, demonyms, short = [], [], []
    for bearer in bearers:
        if bearer.role <= Role.OTHER:
            names.append(bearer)
        elif bearer.role == Role.DEMONYM:
            demonyms.append(bearer)
        elif bearer.role == Role.ABBREVIATION:
            if "." in word or dotted or (shouted and len(word) > 1):
                short.append(bearer)
        elif shouted and first and tokens.gap[first] == ", ":
            short.append(bearer)
    if len(key) <= 3 and first == last and not shouted and not short:
        names = [bearer for bearer in names if bearer.role == Role.MAIN and len(key) == 3]
    if short and (not names or "." in word or dotted or len(key) <= 2):
        if dotted and "." not in word and not any(b.role == Role.POSTAL for b in short):
            end += 1
        return Span(first, last, start, end, key, "abbreviation", tuple(short))
    if demonyms and not any(gazetteer.kind[c.row] in LARGE and c.role <= Role.OFFICIAL for c in names):
        return Span(first, last, start, end, key, "demonym", tuple(demonyms))
    if names:
        return Span(first, last, start, end, key, "name", tuple(names))
    return None


def _with_feature_noun(tokens: Tokens, span: Span, gazetteer: Gazetteer, lexicon: Lexicon) -> Span:
    """Widen 'Shusha' before 'region' to the unit, and 'Mississippi' before 'River' to the unlisted river."""
    after = span.last + 1
    if span.kind != "name" or not tokens.adjacent(after):
        return span
    if tokens.word[after] in CLASS_NOUNS:
        units = tuple(c for c in span.candidates if gazetteer.kind[c.row] in UNITS)
        if not units:
            return span
        end = tokens.end[after]
        return Span(span.first, after, span.start, end, f"{span.key} {tokens.folded[after]}", "name", units)
    if not tokens.capital[after]:
        return span
    _, position = lexicon.features.get(tokens.folded[after], ("", ""))
    if position not in ("after", "both"):
        return span
    return Span(span.first, after, span.start, tokens.end[after], f"{span.key} {tokens.folded[after]}", "pattern", ())


def _pattern(tokens: Tokens, first: int, lexicon: Lexicon) -> Span | None:
    """Return 'Neches River', 'Lake Wylie', 'Mount Sarybaba': capitalised words with a noun that makes them a place."""
    _, position = lexicon.features.get(tokens.folded[first], ("", ""))
    last = first
    if position in ("before", "both"):
        if tokens.adjacent(first + 1) and tokens.capital[first + 1] and tokens.folded[first + 1] not in lexicon.common:
            last = first + 1
    elif tokens.folded[first] not in lexicon.common:
        for i in range(first + 1, min(first + 4, len(tokens))):
            if not (tokens.adjacent(i) and tokens.capital[i]):
                break
            if lexicon.features.get(tokens.folded[i], ("", ""))[1] in ("after", "both"):
                last = i
                break
    if last == first:
        return None
    key = " ".join(tokens.folded[first : last + 1])
    return Span(first, last, tokens.start[first], tokens.end[last], key, "pattern", ())
