"""Stretches of a text that may be place names: what the gazetteer knows, and patterns such as 'X River'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geodata.gazetteer import Gazetteer
from geodata.lexicon import Lexicon
from geodata.records import Candidate, Role
from geodata.tokens import Tokens

LONGEST = 7  # words in a name
FARTHEST = 150  # letters in a name
_ENDS = frozenset({" ", "\t"})
MENDABLE = 6  # letters of a name that may be misspelled
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


_RUNS = frozenset({" ", "-", "’ ", "' ", "'s ", "’s "})  # what may stand between the words of a pattern


@dataclass(slots=True)
class Span:
    """Words `first` to `last` (inclusive) of a text, which may name one of the candidates."""

    first: int
    last: int
    start: int
    end: int
    key: str
    kind: str  # name, demonym, abbreviation, pattern or unlisted
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
    capital, gap = tokens.capital, tokens.gap
    free = 0  # the first word after the last span
    for i in [i for i, large in enumerate(capital) if large]:
        if i < free:
            continue
        span = _known(tokens, i, gazetteer, lexicon)
        if tokens.folded[i] in lexicon.features or (i + 1 < len(gap) and capital[i + 1] and gap[i + 1] in _RUNS):
            pattern = _pattern(tokens, i, lexicon)
            if pattern and (span is None or _outdoes(pattern, span)):
                span = pattern
        span = span or _unlisted(tokens, i, lexicon)
        if span is not None:
            spans.append(span)
            free = span.last + 1
    _mend_spelling(spans)
    return spans


def _mend_spelling(spans: list[Span]) -> None:
    """Take an unlisted word for a name of the same text that differs in one letter: 'Armenrian' for 'Armenian'."""
    unlisted = [span for span in spans if span.kind == "unlisted" and len(span.key) >= MENDABLE]
    known = {span.key: span for span in spans if span.kind in ("name", "demonym") and len(span.key) >= MENDABLE}
    if not unlisted or not known:
        return
    for span in unlisted:
        found = process.extractOne(span.key, known.keys(), scorer=OSA.distance, score_cutoff=1)
        if found and found[0][0] == span.key[0] and found[0].rstrip("s") != span.key.rstrip("s"):
            meant = known[found[0]]
            span.key, span.kind, span.candidates, span.feature = meant.key, meant.kind, meant.candidates, ""


def _unlisted(tokens: Tokens, first: int, lexicon: Lexicon) -> Span | None:
    """Return a lone capitalised word that no list has, where a place may stand: 'in Godapitiya'."""
    word, after = tokens.folded[first], first + 1
    if not first or tokens.opens[first] or len(word) < 4 or not word.isalpha() or not tokens.word[first][1:].islower():
        return None
    if tokens.gap[first] not in (" ", ", ") or (tokens.gap[first] == " " and tokens.capital[first - 1]):
        return None
    if after < len(tokens) and tokens.gap[after] in (" ", "-") and tokens.capital[after]:
        return None
    if any(
        word in words
        for words in (lexicon.common, lexicon.given_names, lexicon.surnames, lexicon.titles, lexicon.organisations)
    ):
        return None
    return Span(first, first, tokens.start[first], tokens.end[first], word, "unlisted", (), "village")


def _outdoes(pattern: Span, known: Span) -> bool:
    return pattern.last > known.last and known.kind != "demonym" and pattern.feature in WIDENING_KINDS


def _known(tokens: Tokens, first: int, gazetteer: Gazetteer, lexicon: Lexicon) -> Span | None:
    if len(tokens.word[first]) == 1 and not (first + 1 < len(tokens) and tokens.gap[first + 1] == ". "):
        return None  # a lone letter begins no name; in "W. Va." it does
    for key, last in _listed(tokens, first, gazetteer):
        if not (tokens.capital[last] or tokens.word[last] in PART_NOUNS):
            continue
        if last > first and _bearers(gazetteer, key.rpartition(" ")[0])[1] and _begins_longer(tokens, last, gazetteer):
            continue  # "Armenian | Republic of Artsakh", not "Armenian Republic | of Artsakh"
        if last > first and tokens.folded[last] == "city" and _belongs_on(tokens, last, lexicon):
            continue  # "Dublin | City Council"
        span = _span(tokens, first, last, key, gazetteer)
        if span is not None:
            return _as_unit(tokens, span, gazetteer)
    return None


def _belongs_on(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Say whether word `i` belongs to an organisation or an office after it rather than to the words before."""
    after = i + 1
    if not (tokens.adjacent(after) and tokens.capital[after]):
        return False
    return tokens.folded[after] in lexicon.organisations or tokens.folded[after] in lexicon.titles


def _listed(tokens: Tokens, first: int, gazetteer: Gazetteer) -> list[tuple[str, int]]:
    """Return the keys of the trie that begin at word `first`, with their last word; longest first."""
    start = tokens.at[first]
    ahead = tokens.line[start : start + FARTHEST]
    keys = [key for key in gazetteer.prefixes(ahead) if ahead[len(key) : len(key) + 1] in _ENDS]
    if len(keys) > 1:
        keys.sort(key=len, reverse=True)
    return [(key, first + spaces) for key in keys if (spaces := key.count(" ")) < LONGEST]


def _begins_longer(tokens: Tokens, first: int, gazetteer: Gazetteer) -> bool:
    """Say whether a known name of several words begins at word `first`."""
    return any(last > first for _, last in _listed(tokens, first, gazetteer))


def _span(tokens: Tokens, first: int, last: int, key: str, gazetteer: Gazetteer) -> Span | None:
    """Return the span with those bearers that the way it is written allows, or None if it allows none."""
    names, demonyms, abbreviations, postal = _bearers(gazetteer, key)
    word = tokens.word[last]
    start, end = tokens.start[first], tokens.end[last]
    if names and len(key) > 3 and not (demonyms or abbreviations or postal):
        return Span(first, last, start, end, key, "name", names)
    dotted = tokens.text[end : end + 1] == "." and not word.endswith(".")
    shouted = word.isupper()
    short: tuple[Candidate, ...] = ()
    if abbreviations and ("." in word or dotted or (shouted and len(word) > 1)):
        short += abbreviations
    if postal and (shouted or dotted) and first and tokens.gap[first] == ", ":
        short += postal
    if len(key) <= 3 and first == last and not shouted and not short:
        names = tuple(bearer for bearer in names if bearer.role == Role.MAIN and len(key) == 3)
    if short and (not names or "." in word or dotted or len(key) <= 2):
        if dotted and "." not in word and not (shouted and postal):
            end += 1
        return Span(first, last, start, end, key, "abbreviation", short)
    if demonyms and not any(gazetteer.kind[c.row] in LARGE and c.role <= Role.OFFICIAL for c in names):
        return Span(first, last, start, end, key, "demonym", demonyms)
    if names:
        return Span(first, last, start, end, key, "name", names)
    return None


@lru_cache(maxsize=1 << 14)
def _bearers(gazetteer: Gazetteer, key: str) -> tuple[tuple[Candidate, ...], ...]:
    """Return who bears a key by name, as a demonym, as an abbreviation and as a postal code."""
    bearers = gazetteer.bearers(key)
    names = tuple(bearer for bearer in bearers if bearer.role <= Role.OTHER)
    others = (Role.DEMONYM, Role.ABBREVIATION, Role.POSTAL)
    return names, *(tuple(bearer for bearer in bearers if bearer.role == role) for role in others)


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
    return tokens.capital[i] and tokens.gap[i] in _RUNS


def _patterned(tokens: Tokens, first: int, last: int, kind: str) -> Span:
    start, end = tokens.start[first], tokens.end[last]
    if tokens.folded[last] in DOTTED and tokens.text[end : end + 1] == ".":
        end += 1
    return Span(first, last, start, end, " ".join(tokens.folded[first : last + 1]), "pattern", (), kind)
