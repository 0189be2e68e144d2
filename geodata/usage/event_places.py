"""Which of a sentence's places an event happened at: "after talks in Lyon, shells [hit] two villages near Tours"."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from geodata import DATA
from geodata.recognition.lexicon import WORDS
from geodata.records import Resolution
from geodata.tables import read_lines, read_rows
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.usage.metonymy import Reading
from geodata.usage.word_lists import Words, open_words

WEIGHTS = DATA / "event_place_weights.csv"
THERE = 0.35  # the least chance at which a place is the event's: there its F1 is highest
_STEPS = (0, 1, 2, 3, 5, 8, 12, 18, 30)  # words between an event and a name
_BEFORE_NAME = 6  # words before a name in which its preposition is looked for
_TOUCHING = 3  # characters between "Paris, Texas"
_OWN = 4  # words from an event to the common noun that places it
_AT = frozenset({"on", "at", "along", "near", "in"})
_NAMED_BY = frozenset({"of", "between", "with", "in", "near"})  # "on the border with Chad" has a name
_RELATIVE = frozenset({"which", "that", "who", "where"})
_SUBORDINATE = _RELATIVE | {"since", "after", "before", "when", "while", "because", "following"}
_AND = frozenset({"and", "or"})
_PLAIN = frozenset({" ", "\n"})
_STOPS = frozenset(",;:()–—")
_LONG = 4  # letters of a word that is no abbreviation in capitals: "MET"
_BEFALL = frozenset({"attack", "shelling", "destruction", "disaster"})  # kinds that befall a place: a man is captured
# What stands between a place and what befalls it: "had again come under [fire]".
_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being", "has", "had", "have", "under"})
_SETTLED = frozenset({"admin2", "city", "village"})
_LENGTHS = frozenset({"km", "kilometers", "kilometres", "kms", "mi", "mile", "miles"})
_MEASURE = 9  # words of "about 40 kilometres (25 miles) to the south of"
_PASSIVE |= {"come", "came", "comes", "coming", "got", "gets"}


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """A word of an event, and the positions, in the list of names, of the places where it happened."""

    start: int
    end: int
    kind: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A place name of a sentence as the model sees it: its words, the kind of its place and how it is read."""

    start: int
    end: int
    first: int
    last: int
    kind: str
    reading: str


def find_event_places(
    text: Text | str,
    resolutions: Sequence[Resolution],
    readings: Sequence[Reading],
) -> list[EventPlaces]:
    """Return the events that a text names, in order, each with its places; those of the sentence alone count."""
    text = Text.of(text)
    tokens = text.tokens
    names = names_of(tokens, resolutions, readings)
    starts = [name.start for name in names]
    found = []
    for i, last, kind in events_of(tokens):
        sentence = text.sentence_at(tokens.start[i])
        low, high = (bisect_left(starts, edge) for edge in sentence)
        near = names[low:high]
        if any(name.first <= last and i <= name.last for name in near):
            continue  # a part of a name: "Fighting Creek"
        there = {k for k, chance in enumerate(chances_of(tokens, near, i, last)) if chance >= THERE}
        first = bisect_right(tokens.end, sentence[0])
        if near and _opens_with(tokens, near[0], first, i):
            there.add(0)
        if kind in _BEFALL and (struck := [k for k, name in enumerate(near) if _suffers(tokens, name, i)]):
            there = {k for k in there if not _says(tokens, near[k], near[struck[0]])} | {*struck}
        there |= {k for k, name in enumerate(near) if _is_measured_from(tokens, name, last)}
        there = _with_their_list(tokens, near, there)
        there = {k for k in there if near[k].first > i or not _is_elsewhere(tokens, near[k], i, first)}
        places = tuple(low + k for k in sorted(there) if near[k].reading == "literal")
        found.append(EventPlaces(tokens.start[i], tokens.end[last], kind, places))
    return found


def events_of(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last word of each event, and its kind: "[shelled]", "[opened fire]"."""
    kinds, phrases = event_kinds(), _phrases()
    for i in tokens.find(frozenset(kinds) | frozenset(phrases)):
        before = tokens.folded[i - 1] if i and tokens.gap[i] in _PLAIN else ""
        if kind := phrases.get(tokens.word[i], {}).get(before):
            yield i - 1, i, kind
        elif kind := kinds.get(tokens.word[i]):
            yield i, i, kind


def _suffers(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether a name is what an event befalls: "Lyon had again come [under fire]", "Lyon was [shelled]"."""
    words, before, between = open_words(), name.first - 1, tokens.folded[name.last + 1 : event]
    if not between or not (between[-1] in _PASSIVE or tokens.folded[event] == "under"):
        return False
    if any(not _STOPS.isdisjoint(gap) for gap in tokens.gap[name.last + 1 : event + 1]):
        return False
    # "The village of Tours was shelled", but "a man from Tours was shot".
    governed = before >= 0 and words.small.get(tokens.folded[before]) == "preposition"
    if governed and (tokens.folded[before] != "of" or tokens.folded[before - 1] not in words.land):
        return False
    return all(word in _PASSIVE or words.small.get(word) == "adverb" for word in between)


def _is_measured_from(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether an event is told to be so far from a name: "a quake struck 40 km south of [Ica]"."""
    between = tokens.folded[event + 1 : name.first]
    if len(between) < 3 or len(between) > _MEASURE or between[-1] not in ("of", "from"):
        return False
    unit = next((i for i, word in enumerate(between) if word in _LENGTHS), 0)
    measured = unit and (between[unit - 1][:1].isdigit() or open_words().small.get(between[unit - 1]) == "number")
    return bool(measured) and _STOPS.isdisjoint("".join(tokens.gap[event + 1 : name.first + 1]))


def _says(tokens: Tokens, name: Name, other: Name) -> bool:
    """Say whether a name stands before a verb of speech and another behind it: where it is said from."""
    return not open_words().speech.isdisjoint(tokens.folded[name.last + 1 : other.first])


def _with_their_list(tokens: Tokens, names: Sequence[Name], there: set[int]) -> set[int]:
    """Return places with those that a list joins to them by its last "and": "Lyon, Tours and Dijon were hit"."""
    joined = set(there)
    listed: set[int] = set()  # names that commas join so far
    for k in range(1, len(names)):
        before, name = names[k - 1], names[k]
        listed |= {k - 1}
        alike = before.kind == name.kind or {before.kind, name.kind} <= _SETTLED
        if alike and name.first - before.last == 2 and tokens.folded[name.first - 1] in _AND:
            listed |= {k}
            joined |= listed if listed & there else set()
            listed = set()
        elif name.first - before.last > 1 or tokens.gap[name.first] != ", " or not alike:
            listed = set()
    return joined


def _opens_with(tokens: Tokens, name: Name, first: int, event: int) -> bool:
    """Say whether a sentence opens with a place and goes on to the event: "In the Lyon area they crossed"."""
    lead = tokens.folded[first : name.first]
    if not lead or lead[0] not in _AT or len(lead) > _OWN or name.last >= event:
        return False
    between = tokens.folded[name.last + 1 : event]
    return open_words().verbs.isdisjoint(between) and _SUBORDINATE.isdisjoint(between)


def _is_elsewhere(tokens: Tokens, name: Name, event: int, first: int) -> bool:
    """Say whether a name in front of an event stands in another clause, and the event's own has a place of its own.

    "In Lyon they spoke of talks held since the clashes on the border, in which two died": not in Lyon.
    """
    between = tokens.folded[name.last + 1 : event]
    if _has_own_place(tokens, event):
        return not _SUBORDINATE.isdisjoint(between) or any(open_words().roles.get(w) == "met" for w in between)
    pronoun = next((i for i in range(event - 1, name.last, -1) if tokens.folded[i] in _RELATIVE), -1)
    told_of = next((i for i in range(pronoun - 1, name.last, -1) if tokens.word[i] in event_kinds()), -1)
    return told_of >= 0 and _has_own_place(tokens, told_of) and _is_elsewhere(tokens, name, told_of, first)


def _has_own_place(tokens: Tokens, event: int) -> bool:
    """Say whether a place without a name follows an event: "clashes on the border"."""
    if event + 1 == len(tokens) or tokens.folded[event + 1] not in _AT:
        return False
    land = open_words().land
    for i in range(event + 1, min(event + 2 + _OWN, len(tokens))):
        if tokens.capital[i] or tokens.gap[i] not in _PLAIN:
            return False
        if tokens.folded[i] in land:
            return i + 1 == len(tokens) or tokens.folded[i + 1] not in _NAMED_BY or tokens.gap[i + 1] not in _PLAIN
    return False


def names_of(tokens: Tokens, resolutions: Sequence[Resolution], readings: Sequence[Reading]) -> list[Name]:
    """Return the names as the model sees them."""
    names = []
    for found, reading in zip(resolutions, readings, strict=True):
        start, end = found.toponym.start, found.toponym.end
        first = min(bisect_right(tokens.end, start), len(tokens) - 1)
        last = max(first, bisect_left(tokens.start, end) - 1)
        names.append(Name(start, end, first, last, found.entry.kind if found.entry else "none", reading.reading))
    return names


def chances_of(tokens: Tokens, names: Sequence[Name], first: int, last: int) -> list[float]:
    """Return for each name of a sentence the chance that the event of words `first..last` happened there."""
    weigh, words = _weights().get, open_words()
    chances = []
    for k in range(len(names)):
        odds = sum(
            weigh(feature, 0.0) for feature in dict.fromkeys(features_of(tokens, names, k, (first, last), words))
        )
        chances.append(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))))
    return chances


def features_of(tokens: Tokens, names: Sequence[Name], k: int, event: tuple[int, int], words: Words) -> Iterator[str]:
    """Yield what tells whether name `k` is where the event of words `event` happened."""
    name, (first, last) = names[k], event
    after = name.first > last
    side = "after" if after else "before"
    low, high = (last + 1, name.first) if after else (name.last + 1, first)
    yield "(always)"
    yield f"{side} {next((step for step in _STEPS if high - low <= step), 99)}"
    yield f"{side} nearer {min(3, sum(low <= other.first < high for other in names))}"
    yield from _between(tokens, low, high, side, words)
    yield from _around(tokens, name, side, words)
    verb = tokens.folded[first]
    yield from (f"event {verb}", f"event {verb} {side}")
    if first:
        yield from (f"event left {tokens.folded[first - 1]}", f"event left {tokens.folded[first - 1]} {side}")
    if last + 1 < len(tokens):
        yield f"event right {tokens.folded[last + 1]} {side}"
    yield f"kind {name.kind}"
    yield f"literal names {min(4, sum(other.reading == 'literal' for other in names))}"
    yield f"rank {side} {min(6, sum(other.start < name.start for other in names))}"
    for other in names:
        if other is not name and 0 <= other.start - name.end <= _TOUCHING:
            yield from (f"followed by {other.kind}", f"pair {name.kind} {other.kind}")
        if other is not name and 0 <= name.start - other.end <= _TOUCHING:
            yield from (f"follows {other.kind}", f"behind {other.kind} {name.kind}")


def _between(tokens: Tokens, low: int, high: int, side: str, words: Words) -> Iterator[str]:
    between = tokens.folded[low:high]
    marks = "".join(tokens.gap[low : high + 1])
    yield f"{side} commas {min(3, marks.count(','))}"
    if not set(";:—–").isdisjoint(marks):
        yield "stop between"
    if not set('"“”').isdisjoint(marks):
        yield "quotation between"
    yield from (f"{side} between {word}" for word in between)
    yield f"{side} verbs {min(3, sum(word in words.verbs for word in between))}"
    if not words.speech.isdisjoint(between):
        yield f"{side} speech between"


def _around(tokens: Tokens, name: Name, side: str, words: Words) -> Iterator[str]:
    preposition = ""
    for i in range(name.first - 1, max(-1, name.first - 1 - _BEFORE_NAME), -1):
        if words.small.get(tokens.folded[i]) == "preposition":
            preposition = tokens.folded[i]
            yield f"preposition at {min(3, name.first - 1 - i)}"
            break
        if not set(",;:").isdisjoint(tokens.gap[i + 1]):
            break
    yield from (f"preposition {preposition}", f"{side} preposition {preposition}")
    yield from (f"reading {name.reading}", f"{side} reading {name.reading} {preposition}")
    yield f"left {tokens.folded[name.first - 1] if name.first else '(start)'}"
    if name.first and (mark := tokens.gap[name.first].strip()):
        yield f"left mark {mark[0]}"
    if name.last + 1 < len(tokens):
        mark = tokens.gap[name.last + 1].strip()
        yield f"right mark {mark[0]}" if mark else f"right {tokens.folded[name.last + 1]}"


@cache
def event_kinds() -> dict[str, str]:
    """Return the words of events with their kind, also as they begin a sentence or stand in capitals."""
    kinds = {word: kind for word, kind in _rows().items() if " " not in word}
    months = read_lines(WORDS / "calendar.txt")  # "March" is one
    named = {word: kind for word, kind in kinds.items() if word not in months}
    capitals = {word.upper(): kind for word, kind in named.items() if len(word) >= _LONG}
    return kinds | {word.capitalize(): kind for word, kind in named.items()} | capitals


@cache
def _phrases() -> dict[str, dict[str, str]]:
    """Return the second words of events of two, each with the first ones and their kind: "[went] off"."""
    found: dict[str, dict[str, str]] = {}
    for phrase, kind in _rows().items():
        first, _, second = phrase.partition(" ")
        for written in (second, second.upper()) if second else ():
            found.setdefault(written, {})[first] = kind
    return found


@cache
def _rows() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in read_rows(WORDS / "event_words.csv")}


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows(WEIGHTS)}
