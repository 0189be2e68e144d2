"""Stretches of a text that may be place names: what the gazetteer knows, and patterns such as 'X River'."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.gazetteer import Gazetteer
from geodata.lexicon import Lexicon
from geodata.records import Candidate, Role
from geodata.tokens import Tokens

LONGEST = 7  # words in a name
# What in small letters after a name says that a unit is meant, not the town: "Shusha region". No part of the name,
# as the public corpora have it, but for a corridor, which is nothing without it.
CLASS_NOUNS = frozenset({"region", "district", "province", "oblast", "governorate", "prefecture", "county"})
PART_NOUNS = frozenset({"corridor"})
UNITS = frozenset({"admin1", "admin2", "region", "corridor"})
LARGE = frozenset({"country", "admin1", "continent", "region", "bloc", "sea"})
# Nouns of these kinds make a place of the words before them; "House" or "Department" make an institution.
PATTERN_KINDS = frozenset({"road", "river", "lake", "sea", "natural", "park", "admin2", "village", "building"})
# Of these even where the words before them are a place that the gazetteer knows: "Mississippi River".
WIDENING_KINDS = frozenset({"road", "river", "lake", "sea", "natural", "park"})
DOTTED = frozenset({"st", "ave", "rd", "blvd", "dr", "hwy", "pkwy", "ln"})


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
    feature: str = ""  # of a pattern: the kind of place its noun makes
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
            known = _known(tokens, i, gazetteer)
            pattern = _pattern(tokens, i, lexicon)
            span = pattern if pattern and (known is None or _outdoes(pattern, known)) else known
        if span is None:
            i += 1
        else:
            spans.append(span)
            i = span.last + 1
    return spans


def _outdoes(pattern: Span, known: Span) -> bool:
    return pattern.last > known.last and known.kind != "demonym" and pattern.feature in WIDENING_KINDS


def _known(tokens: Tokens, first: int, gazetteer: Gazetteer) -> Span | None:
    if len(tokens.word[first]) == 1 and not (first + 1 < len(tokens) and tokens.gap[first + 1] == ". "):
        return None  # a lone letter begins no name; in "W. Va." it does
    for key, last in _listed(tokens, first, gazetteer):
        if not (tokens.capital[last] or tokens.word[last] in PART_NOUNS):
            continue
        if last > first and gazetteer.knows(key.rpartition(" ")[0]) and _begins_longer(tokens, last, gazetteer):
            continue  # "Armenian | Republic of Artsakh", not "Armenian Republic | of Artsakh"
        span = _span(tokens, first, last, key, gazetteer)
        if span is not None:
            return _as_unit(tokens, span, gazetteer)
    return None


def _listed(tokens: Tokens, first: int, gazetteer: Gazetteer) -> list[tuple[str, int]]:
    """Return the keys of the trie that begin at word `first`, with their last word; longest first."""
    last, stop = first, min(len(tokens), first + LONGEST)
    while last + 1 < stop and tokens.joins(last + 1):
        last += 1
    joined = " ".join(tokens.folded[first : last + 1])
    keys = [key for key in gazetteer.prefixes(joined) if joined[len(key) : len(key) + 1] in ("", " ")]
    return [(key, first + key.count(" ")) for key in sorted(keys, key=len, reverse=True)]


def _begins_longer(tokens: Tokens, first: int, gazetteer: Gazetteer) -> bool:
    """Say whether a known name of several words begins at word `first`."""
    return any(last > first for _, last in _listed(tokens, first, gazetteer))


def _span(tokens: Tokens, first: int, last: int, key: str, gazetteer: Gazetteer) -> Span | None:
    """Return the span with those bearers that the way it is written allows, or None if it allows none."""
    word = tokens.word[last]
    start, end = tokens.start[first], tokens.end[last]
    dotted = tokens.text[end : end + 1] == "." and not word.endswith(".")
    shouted = word.isupper()
    names, demonyms, short = [], [], []
    for bearer in gazetteer.bearers(key):
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


def _as_unit(tokens: Tokens, span: Span, gazetteer: Gazetteer) -> Span:
    """Take 'Shusha' before 'region' for the unit of that name, where there is one."""
    after = span.last + 1
    if span.kind == "name" and tokens.adjacent(after) and tokens.word[after] in CLASS_NOUNS:
        named = gazetteer.bearers(f"{span.key} {tokens.folded[after]}")
        units = tuple(c for c in (*span.candidates, *named) if gazetteer.kind[c.row] in UNITS)
        if units:
            span.candidates = tuple(dict.fromkeys(units))
            span.key += f" {tokens.folded[after]}"
    return span


def _pattern(tokens: Tokens, first: int, lexicon: Lexicon) -> Span | None:
    """Return 'Neches River', 'Zion National Park', 'Highway 19': words with a noun that makes them a place."""
    kind, position = lexicon.features.get(tokens.folded[first], ("", ""))
    after = first + 1
    if position in ("before", "both") and tokens.adjacent(after):
        number = tokens.word[after][0].isdigit()
        if number if kind == "road" else (tokens.capital[after] and tokens.folded[after] not in lexicon.common):
            return _patterned(tokens, first, after, kind)
    if len(tokens.word[first]) == 1 or (tokens.opens[first] and tokens.folded[first] in lexicon.common):
        return None
    last = first
    while last + 1 < min(first + 5, len(tokens)) and _runs_on(tokens, last + 1):
        last += 1
    if last == first:
        return None
    kind, position = lexicon.features.get(tokens.folded[last], ("", ""))
    if kind not in PATTERN_KINDS or position not in ("after", "both"):
        return None
    if any(tokens.folded[i] in lexicon.titles or tokens.folded[i] in lexicon.calendar for i in range(first, last)):
        return None
    return _patterned(tokens, first, last, kind)


def _runs_on(tokens: Tokens, i: int) -> bool:
    return tokens.capital[i] and tokens.gap[i] in (" ", "-", "’ ", "' ", "'s ", "’s ")


def _patterned(tokens: Tokens, first: int, last: int, kind: str) -> Span:
    start, end = tokens.start[first], tokens.end[last]
    if tokens.folded[last] in DOTTED and tokens.text[end : end + 1] == ".":
        end += 1
    return Span(first, last, start, end, " ".join(tokens.folded[first : last + 1]), "pattern", (), kind)
