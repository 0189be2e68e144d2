"""Stretches of a text that may be place names: what the gazetteer knows, and patterns such as 'X River'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.recognition.lexicon import Lexicon
from geodata.recognition.name_ends import CLASS_NOUNS, WATERS, belongs_on, is_but_class, may_end
from geodata.recognition.patterns import Pattern, end_of, find_pattern, may_begin
from geodata.recognition.scripts import in_another_case, is_other_script
from geodata.records import KEEP, Candidate, NameType
from geodata.tokens import Tokens

LONGEST = 7  # words in a name
FARTHEST = 150  # letters in a name
_ENDS = frozenset({" ", "\t"})
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?")
GREAT_TOWN = 1_000_000  # people: "London Hospital" is in London
LARGE_TOWN = 100_000
ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "et", "ez"})  # Arabic
UNITS = kinds_that("namesake unit")
LARGE = kinds_that("large")
WATER_KINDS = frozenset({"river", "lake", "sea"})
# Patterns of these kinds take in a place that the gazetteer knows: "Mississippi River".
WIDENING_KINDS = kinds_that("takes in a name")


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
    site: bool = False  # a building or a numbered road: kept where something is said to be at it, whatever the weights
    misspells: str = ""  # the listed name that the text misspells here
    probability: float = 0.0

    @property
    def single(self) -> bool:
        """Say whether the span is one word."""
        return self.first == self.last

    @property
    def is_users(self) -> bool:
        """Say whether a user's own list has the name: it is always a place."""
        return NameType.USER in [candidate.name_type for candidate in self.candidates]

    @property
    def kept(self) -> bool:
        """Say whether the span is taken for the name of a place."""
        return self.probability >= KEEP or self.is_users


def find_spans(tokens: Tokens, gazetteer: Gazetteer, lexicon: Lexicon) -> list[Span]:
    """Return candidate spans in order, without overlaps: the longest name from each capital letter on."""
    spans: list[Span] = []
    free = 0  # the first word after the last span
    for i in tokens.capitals:
        if i < free:
            continue
        span = None
        if _has_article(tokens, i):
            span = _known(tokens, i - 1, gazetteer, lexicon)  # "al-Bab"
            if span is None and _is_second(tokens, i, spans):
                continue  # "Bashar al-Assad" is not at Assad
        span = span or _known(tokens, i, gazetteer, lexicon) or _in_script(tokens, i, gazetteer, lexicon)
        if _goes_on(tokens, i, span, gazetteer):
            span = _with_article(tokens, i, lexicon)
        elif span is None or not span.is_users:
            if end := not_place(tokens, i, lexicon):
                free = end
                continue
            pattern = find_pattern(tokens, i, lexicon) if may_begin(tokens, i, lexicon) else None
            if pattern is None or pattern.first < free:
                span = span or _unlisted(tokens, i, lexicon)
            elif span is None or _outdoes(pattern, span, tokens, gazetteer, lexicon):
                span = _patterned(tokens, pattern)
        if span is not None:
            spans.append(span)
            free = span.last + 1
    return spans


def _has_article(tokens: Tokens, i: int) -> bool:
    """Say whether an Arabic article in small letters stands before a word: "al-Bab"."""
    return i > 0 and tokens.word[i - 1] in ARTICLES and tokens.gap[i] == "-"


def _is_second(tokens: Tokens, i: int, spans: list[Span]) -> bool:
    """Say whether a word with an article goes on a name that is no place by itself: "Syria al-Qaeda" are two."""
    named = i > 1 and tokens.capital[i - 2] and tokens.gap[i - 1] == " "
    return named and not (spans and spans[-1].last == i - 2)


def _goes_on(tokens: Tokens, first: int, span: Span | None, gazetteer: Gazetteer) -> bool:
    """Say whether a word begins a name that no list has, of a place or a person: "Marsa al-Hilal"."""
    after = (span.last if span else first) + 2
    if after >= len(tokens) or not (tokens.capital[after] and _has_article(tokens, after)):
        return False
    if tokens.gap[after - 1] != " " or (span and (span.is_users or span.kind == "demonym")):
        return False
    known = [c.row for c in span.candidates if c.name_type <= NameType.OFFICIAL] if span else []
    return not any(gazetteer.kind[row] in LARGE or gazetteer.population[row] >= LARGE_TOWN for row in known)


def _with_article(tokens: Tokens, first: int, lexicon: Lexicon) -> Span | None:
    """Return such a name, unless it begins as that of a person, a feast or a group does: "Mustafa al-Kadhimi"."""
    known = (lexicon.given_names, lexicon.surnames, lexicon.titles, lexicon.common, lexicon.before_article)
    last = first + 2
    if tokens.opens[first] or not _has_article(tokens, last) or any(tokens.folded[first] in each for each in known):
        return None
    key = " ".join(tokens.folded[first : last + 1])
    return Span(first, last, tokens.start[first], tokens.end[last], key, "unlisted", (), "village")


def not_place(tokens: Tokens, first: int, lexicon: Lexicon) -> int:
    """Return the word after a name that only sounds like a place ('Bank of America'), or 0."""
    if tokens.folded[first] == "the" and first + 1 < len(tokens):
        first += 1  # "The Bank" is a place somewhere, "The Bank of England" is none
    for words in lexicon.not_places.get(tokens.folded[first], ()):
        if tokens.line.startswith(words, tokens.at[first]) and tokens.line[tokens.at[first] + len(words)] in _ENDS:
            return first + words.count(" ") + 1
    return 0


def _unlisted(tokens: Tokens, first: int, lexicon: Lexicon) -> Span | None:
    """Return a lone capitalised word that no list has, where a place may stand: 'in Godapitiya'."""
    word, after = tokens.folded[first], first + 1
    if not first or tokens.opens[first] or len(word) < 4 or not word.isalpha() or not tokens.word[first][1:].islower():
        return None
    before = first - 1
    named = tokens.capital[before] and not (tokens.opens[before] and tokens.folded[before] in lexicon.common)
    if tokens.gap[first] not in (" ", ", ") or (tokens.gap[first] == " " and named):
        return None
    if after < len(tokens) and tokens.gap[after] in (" ", "-") and tokens.capital[after]:
        return None
    if any(
        word in words
        for words in (lexicon.common, lexicon.given_names, lexicon.surnames, lexicon.titles, lexicon.organisations)
    ):
        return None
    return Span(first, first, tokens.start[first], tokens.end[first], word, "unlisted", (), "village")


def _outdoes(pattern: Pattern, known: Span, tokens: Tokens, gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Say whether a pattern wins over a known name inside it: 'Mercy Hospital' has little to do with Mercy."""
    if pattern.last - pattern.first <= known.last - known.first or known.kind == "demonym":
        return False
    if pattern.kind == "building" and tokens.folded[known.last + 1] == "s":
        return True  # "St. Mary's Hospital"
    if pattern.kind == "building" and known.single:
        if any(
            c.name_type <= NameType.OFFICIAL and gazetteer.population[c.row] >= GREAT_TOWN for c in known.candidates
        ):
            return False
        if set(tokens.folded[known.last + 1 : pattern.last]) - lexicon.generic - lexicon.common:
            return True  # "San Quentin Prison"
        if not any(known.key in words for words in (lexicon.common, lexicon.given_names, lexicon.surnames)):
            return False
        # Said elsewhere without it, the name is the town's: "Paris High School".
        return tokens.following(known.key) <= {tokens.folded[known.last + 1]}
    return pattern.kind in WIDENING_KINDS


def _patterned(tokens: Tokens, pattern: Pattern) -> Span:
    first, last = pattern.first, pattern.last
    key = " ".join(tokens.folded[first : last + 1])
    site = pattern.kind == "building" or tokens.word[last][-1].isdigit()
    return Span(first, last, tokens.start[first], end_of(tokens, pattern), key, "pattern", (), pattern.kind, site)


def _known(tokens: Tokens, first: int, gazetteer: Gazetteer, lexicon: Lexicon) -> Span | None:
    if len(tokens.word[first]) == 1 and not (first + 1 < len(tokens) and tokens.gap[first + 1] == ". "):
        return None  # a lone letter begins no name; in "W. Va." it does
    for key, last in listed(tokens, first, gazetteer):
        if not may_end(tokens, key, last, gazetteer) or is_but_class(tokens, first, last, key, gazetteer):
            continue
        if last > first and _bearers(gazetteer, key.rpartition(" ")[0])[1] and _begins_longer(tokens, last, gazetteer):
            continue  # "Armenian | Republic of Artsakh", not "Armenian Republic | of Artsakh"
        if last > first and tokens.folded[last] == "city" and belongs_on(tokens, last):
            bearers = _bearers(gazetteer, key)[0]
            if not any(c.name_type == NameType.MAIN and gazetteer.kind[c.row] == "city" for c in bearers):
                continue  # "Dublin | City Council", but "Boulder City | Council"
        span = _span(tokens, first, last, key, gazetteer)
        if span is not None:
            return _as_unit(tokens, span, gazetteer)
    return None


def _in_script(tokens: Tokens, i: int, gazetteer: Gazetteer, lexicon: Lexicon) -> Span | None:
    """Return a word of another script as the place that it names in another case: 'в Ереване'."""
    if not is_other_script(tokens.word[i]):
        return None
    key, bearers = in_another_case(tokens, i, gazetteer, lexicon)
    return Span(i, i, tokens.start[i], tokens.end[i], key, "name", bearers) if key else None


def listed(tokens: Tokens, first: int, gazetteer: Gazetteer, *, guarded: bool = False) -> list[tuple[str, int]]:
    """Return the gazetteer's keys that begin at word `first`, with their last word; longest first."""
    start = tokens.at[first]
    ahead = tokens.line[start : start + FARTHEST]
    return [
        (key, first + spaces)
        for key in reversed(gazetteer.prefixes(ahead, guarded=guarded))
        if ahead[len(key) : len(key) + 1] in _ENDS and (spaces := key.count(" ")) < LONGEST
    ]


def _begins_longer(tokens: Tokens, first: int, gazetteer: Gazetteer) -> bool:
    """Say whether a known name of several words begins at word `first`."""
    return any(last > first for _, last in listed(tokens, first, gazetteer))


def _span(tokens: Tokens, first: int, last: int, key: str, gazetteer: Gazetteer) -> Span | None:
    """Return the span with those bearers that the way it is written allows, or None if it allows none."""
    names, demonyms, abbreviations, postal = _bearers(gazetteer, key)
    word = tokens.word[last]
    if _INITIALS.fullmatch(word):
        abbreviations, postal = (_by_initials(key, short, gazetteer) for short in (abbreviations, postal))
    start, end = tokens.start[first], tokens.end[last]
    if names and len(key) > 3 and not (demonyms or abbreviations or postal):
        return Span(first, last, start, end, key, "name", names)
    dotted = tokens.text[end : end + 1] == "." and not word.endswith(".")
    shouted = word.isupper()
    short: tuple[Candidate, ...] = ()
    member = first > 1 and tokens.gap[first] == "-" and tokens.word[first - 1] in ("D", "R", "I")  # "D-Calif"
    dotted = dotted and key != "ms"
    if abbreviations and ("." in word or dotted or member or (shouted and len(word) > 1)):
        short += abbreviations
    after_comma = (shouted or dotted) and first > 0 and tokens.gap[first] == ", "
    if postal and (after_comma or _heads_line(tokens, first, dotted)):
        short += postal
    if len(key) <= 3 and first == last and not shouted and not short:
        names = tuple(bearer for bearer in names if len(key) == 3 and _is_own(bearer, gazetteer))
    if short and (not names or "." in word or dotted or len(key) <= 2):
        if dotted and "." not in word and not (shouted and postal):
            end += 1
        return Span(first, last, start, end, key, "abbreviation", short)
    if demonyms and not any(gazetteer.kind[c.row] in LARGE and c.name_type <= NameType.OFFICIAL for c in names):
        return Span(first, last, start, end, key, "demonym", demonyms)
    if names:
        return Span(first, last, start, end, key, "name", names)
    return None


def _is_own(bearer: Candidate, gazetteer: Gazetteer) -> bool:
    """Say whether a name is a place's first one, or an official one of a large town: short ones of others are words."""
    large = gazetteer.population[bearer.row] >= LARGE_TOWN and gazetteer.kind[bearer.row] == "city"
    return bearer.name_type <= (NameType.OFFICIAL if large else NameType.MAIN)


def _by_initials(key: str, bearers: tuple[Candidate, ...], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return those that initials can stand for: "N.Y." is New York, but "M.D." is no Maryland."""
    return tuple(
        c for c in bearers if len(capitals := _capitals(gazetteer.name(c.row))) > 1 and key.startswith(capitals)
    )


@lru_cache(maxsize=1 << 10)
def _capitals(name: str) -> str:
    return "".join(letter for letter in name if letter.isupper()).lower()


def _heads_line(tokens: Tokens, first: int, dotted: bool) -> bool:
    """Say whether an abbreviation opens a headline: 'Mass. legislators put off debate'."""
    after = first + 1
    return dotted and tokens.opens[first] and after < len(tokens) and not tokens.capital[after]


@lru_cache(maxsize=1 << 14)
def _bearers(gazetteer: Gazetteer, key: str) -> tuple[tuple[Candidate, ...], ...]:
    """Return who bears a key by name, as a demonym, as an abbreviation and as a postal code."""
    bearers = gazetteer.bearers(key)
    names = tuple(bearer for bearer in bearers if bearer.name_type <= NameType.OTHER)
    others = (NameType.DEMONYM, NameType.ABBREVIATION, NameType.POSTAL)
    return names, *(tuple(bearer for bearer in bearers if bearer.name_type == name_type) for name_type in others)


def _as_unit(tokens: Tokens, span: Span, gazetteer: Gazetteer) -> Span:
    """Take 'Shusha' before 'region', 'Arpa' before 'river', for the unit or river of that name, where there is one."""
    after = span.last + 1
    if span.kind != "name" or not tokens.adjacent(after) or tokens.word[after] not in CLASS_NOUNS | WATERS:
        return span
    named = gazetteer.bearers(f"{span.key} {tokens.folded[after]}")
    kinds = UNITS if tokens.word[after] in CLASS_NOUNS else WATER_KINDS
    units = tuple(c for c in (*span.candidates, *named) if gazetteer.kind[c.row] in kinds)
    if units:
        span.candidates = tuple(dict.fromkeys(units))
        span.key += f" {tokens.folded[after]}"
    return span
