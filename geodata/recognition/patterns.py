"""Places by the words they are made of, which no list need have: 'Neches River', 'Mercy Hospital', 'Highway 19'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.kinds import kinds_that
from geodata.recognition.lexicon import Lexicon
from geodata.tokens import Tokens

# Nouns of these kinds make a place of the words before them; "Department" makes an institution.
KINDS = kinds_that("made by a noun")
LONGEST = 5  # words of a pattern
DOTTED = frozenset({"st", "ave", "rd", "blvd", "dr", "hwy", "pkwy", "ln"})
NUMBERED = frozenset({"highway", "hwy", "interstate", "route", "road", "freeway"})  # before a number: "Highway 19"
_BEFORE_ROAD = frozenset({"county", "state", "us", "farm", "forest"})  # "County Road 225"
CODES = frozenset({"us", "fm", "cr", "sr", "i"})  # "U.S. 59", "FM 645", "CR 2202", "SR 9", "I-75"
_RUNS = frozenset({" ", "-", "’ ", "' "})  # what may stand between the words of a pattern
_PARTICLES = frozenset({"de", "del", "della", "des", "do", "da", "du", "la", "le", "al", "el"})
_MAY_JOIN = _RUNS | {". ", "'", "’"}
_APOSTROPHES = frozenset({"'", "’"})
_QUARTERS = frozenset("NESW")
_SAINTS = frozenset({"st", "ste", "mt", "ft"})
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_BRITISH = re.compile(r"[AM](?!3\d0$)\d{1,4}")  # "A417" and "M25", but not the airliners A320 to A380
_ALONG = frozenset({"on", "along", "off", "onto", "near", "via", "of", "from", "to", "at", "closed", "shut", "blocked"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words `first` to `last` (inclusive) of a text that make a place, and its kind."""

    first: int
    last: int
    kind: str


def find_pattern(tokens: Tokens, first: int, lexicon: Lexicon) -> Pattern | None:
    """Return the pattern that begins at word `first`, or None."""
    return _headed(tokens, first, lexicon) or _numbered(tokens, first) or _tailed(tokens, first, lexicon)


def may_begin(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Say whether a pattern can begin at word `i`; cheap, for it is asked of every capital."""
    after = i + 1
    if after < len(tokens.word) and tokens.gap[after] in _MAY_JOIN:
        following = tokens.word[after]
        if tokens.capital[after] or following == "s" or following[0].isdigit():
            return True
    return tokens.folded[i] in lexicon.features or tokens.word[i][-1].isdigit()


def is_british_road(word: str) -> bool:
    """Say whether a word is the number of a British road: 'A417', 'M25'."""
    return _BRITISH.fullmatch(word) is not None


def end_of(tokens: Tokens, pattern: Pattern) -> int:
    """Return where a pattern ends in the text: after the full stop of 'Orchard St.'."""
    end = tokens.end[pattern.last]
    return end + (tokens.folded[pattern.last] in DOTTED and tokens.text[end : end + 1] == ".")


def _joined(tokens: Tokens, i: int) -> bool:
    gap = tokens.gap[i]
    return gap in _RUNS or (gap == ". " and (tokens.folded[i - 1] in _SAINTS or _quarter(tokens, i - 1)))


def _quarter(tokens: Tokens, i: int) -> bool:
    """Say whether word `i` is the quarter of a street after its number: '75 N. High St.'."""
    return tokens.word[i] in _QUARTERS and i > 0 and (tokens.word[i - 1].isdigit() or tokens.folded[i - 1] in _ALONG)


def _next(tokens: Tokens, i: int) -> int:
    """Return the word that goes on with the name of word `i`, or 0: 'West | 42nd | Street', 'Mary's | Hospital'."""
    after = i + 1
    if after + 1 < len(tokens) and tokens.word[after] == "s" and tokens.gap[after] in _APOSTROPHES:
        after += 1
    if after >= len(tokens) or not _joined(tokens, after):
        return 0
    if tokens.capital[after] or (tokens.word[after][0].isdigit() and _ORDINAL.fullmatch(tokens.word[after])):
        return after
    return 0


def _headed(tokens: Tokens, first: int, lexicon: Lexicon) -> Pattern | None:
    """Return 'Lake Mainit', 'Rue Nicolas-Appert', 'Highway 19', 'County Road 225'."""
    words, after = tokens.folded, first + 1
    if words[first] not in lexicon.features and words[first] not in NUMBERED and words[first] not in _BEFORE_ROAD:
        return None
    if words[first] in _BEFORE_ROAD and tokens.adjacent(after) and words[after] in NUMBERED:
        after += 1
    numbered = tokens.adjacent(after) and tokens.word[after].isdigit() and words[after - 1] in NUMBERED
    if numbered and (after > first + 1 or words[first] != "road"):
        return Pattern(first, after, "road")
    kind, position = lexicon.features.get(words[first], ("", ""))
    if position not in ("before", "both") or words[first] in NUMBERED:
        return None
    after = first + 1
    while after < min(first + 3, len(tokens)) and tokens.gap[after] == " " and words[after] in _PARTICLES:
        after += 1
    if not (tokens.adjacent(after) and tokens.capital[after]) or words[after] in lexicon.common:
        return None
    last = after
    while last + 1 < len(tokens) and tokens.gap[last + 1] == "-" and tokens.capital[last + 1]:
        last += 1
    return Pattern(first, last, kind)


def _numbered(tokens: Tokens, first: int) -> Pattern | None:
    """Return 'I-75', 'U.S. 59' or 'the A417' where something is said to be on it."""
    word, after = tokens.word[first], first + 1
    last = first
    if tokens.folded[first] in CODES and word.replace(".", "").isupper() and after < len(tokens):
        gaps = ("-",) if word == "I" else ("-", " ")
        if tokens.gap[after] not in gaps or not tokens.word[after].isdigit() or len(tokens.word[after]) > 4:
            return None
        last = after
    elif not is_british_road(word) or not first or tokens.folded[first - 1] != "the":
        return None
    before = first - 2 if first and tokens.folded[first - 1] == "the" else first - 1
    opens = last == first and tokens.opens[first - 1]  # "The M25 was closed"
    return Pattern(first, last, "road") if opens or (before >= 0 and tokens.folded[before] in _ALONG) else None


def _is_building(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether a building of its own name is meant."""
    if lexicon.generic.issuperset(tokens.folded[first:last]):
        return False  # "City Hall", "High School": one in every town
    if first and _joined(tokens, first) and tokens.capital[first - 1] and not tokens.opens[first - 1]:
        return False  # half a name: "Shady Grove | Adventist Hospital"
    # An office: "School of Law".
    return not (tokens.adjacent(last + 1) and tokens.word[last + 1] == "of")


def _tailed(tokens: Tokens, first: int, lexicon: Lexicon) -> Pattern | None:
    """Return 'Neches River', 'Zion National Park', 'West 42nd Street'."""
    words = tokens.folded
    if len(tokens.word[first]) == 1 and not _quarter(tokens, first):
        return None
    if tokens.opens[first] and words[first] in lexicon.common:
        return None
    last = first
    while last + 1 < first + LONGEST and (following := _next(tokens, last)):
        last = following
    # "5th Street": no capital begins it, so its noun does.
    if last == first and first and _joined(tokens, first) and _ORDINAL.fullmatch(tokens.word[first - 1]):
        first -= 1
    kind, position = lexicon.features.get(words[last], ("", ""))
    if last == first or kind not in KINDS or position not in ("after", "both"):
        return None
    if kind != "building" and "s" in words[first:last]:
        return None  # "Utah's | Zion National Park"
    before = words[first:last]
    if len(before) > 1 and not lexicon.common.isdisjoint(before) and tokens.in_title(first):
        return None  # "Police | Close | Lachin Road"
    if not lexicon.titles.isdisjoint(before) and "s" not in before:
        return None  # but "King's Cross Station"
    if not lexicon.calendar.isdisjoint(before):
        return None
    if kind == "building" and not _is_building(tokens, first, last, lexicon):
        return None
    return Pattern(first, last, kind)
