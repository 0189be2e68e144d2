"""Which of a sentence's places an event happened at: "after talks in Lyon, shells [hit] two villages near Tours"."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from geodata import DATA
from geodata.records import Resolution
from geodata.tables import read_rows
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.usage.event_shapes import (
    Name,
    is_at,
    is_attribute,
    is_elsewhere,
    is_measured_from,
    is_of_origin,
    is_of_source,
    is_unreal,
    opens_with,
    says,
    suffers,
    takes_place,
    with_their_list,
)
from geodata.usage.event_words import events_of
from geodata.usage.metonymy import Reading
from geodata.usage.plain_events import KIND, plain_events
from geodata.usage.word_lists import Words, open_words

WEIGHTS = DATA / "event_place_weights.csv"
THERE = 0.35  # the least chance at which a place is the event's: there its F1 is highest
_STEPS = (0, 1, 2, 3, 5, 8, 12, 18, 30)  # words between an event and a name
_BEFORE_NAME = 6  # words before a name in which its preposition is looked for
_TOUCHING = 3  # characters between "Paris, Texas"
_BEFALL = frozenset({"attack", "shelling", "destruction", "disaster"})  # kinds that befall a place: a man is captured


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """A word of an event, and the positions, in the list of names, of the places where it happened."""

    start: int
    end: int
    kind: str
    places: tuple[int, ...]


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
    told = -1  # the verb that says of an event's name where it took place: what it names besides did not, there
    for i, last, kind in events_of(tokens):
        sentence = text.sentence_at(tokens.start[i])
        low, high = (bisect_left(starts, edge) for edge in sentence)
        near = names[low:high]
        if any(name.first <= last and i <= name.last for name in near):
            continue  # a part of a name: "Fighting Creek"
        first = bisect_right(tokens.end, sentence[0])
        there = {k for k, chance in enumerate(chances_of(tokens, near, i, last)) if chance >= THERE}
        there = _with_shapes(tokens, near, there, (i, last), kind, first)
        if i < told:
            there = {k for k in there if near[k].first < told}
        elif held := takes_place(tokens, near, i, last):
            told, where = held
            there = {k for k in there if not last < near[k].first < told or is_at(tokens, near[k], last)} | {where}
        there = _without_others(tokens, near, with_their_list(tokens, near, there), (i, last), first)
        places = tuple(low + k for k in sorted(there) if near[k].reading == "literal")
        found.append(EventPlaces(tokens.start[i], tokens.end[last], kind, places))
    told_of = {event.start: event for event in found} | {event.start: event for event in _plain(text, names, found)}
    return sorted(told_of.values(), key=lambda event: event.start)


def _with_shapes(
    tokens: Tokens, names: Sequence[Name], there: set[int], event: tuple[int, int], kind: str, first: int
) -> set[int]:
    """Return the places of an event with those that a shape of its sentence, which begins at `first`, tells."""
    if names and opens_with(tokens, names[0], first, event[0]):
        there = there | {0}
    if kind in _BEFALL and (struck := [k for k, name in enumerate(names) if suffers(tokens, name, event[0])]):
        there = {k for k in there if not says(tokens, names[k], names[struck[0]])} | {*struck}
    return there | {k for k, name in enumerate(names) if is_measured_from(tokens, name, event[1])}


def _without_others(
    tokens: Tokens, names: Sequence[Name], there: set[int], event: tuple[int, int], first: int
) -> set[int]:
    """Return the places of an event without those that a shape of its sentence tells to be none."""
    if is_unreal(tokens, event[0]):
        return set()
    there = {k for k in there if names[k].first > event[0] or not is_elsewhere(tokens, names[k], event[0], first)}
    alone = len(there) == 1
    there = {k for k in there if not is_of_source(tokens, names[k], event[1], others=not alone)}
    return {k for k in there if not (is_of_origin(tokens, names[k]) or is_attribute(tokens, names[k], event[0]))}


def _plain(text: Text, names: Sequence[Name], found: Sequence[EventPlaces]) -> Iterator[EventPlaces]:
    """Yield the verbs beside words of events that tell of something done at a place that has no event yet."""
    tokens, taken = text.tokens, {k for event in found for k in event.places}
    kinds = {bisect_left(tokens.start, event.start): event for event in found}
    settled = {i for i, event in kinds.items() if event.places}
    sentences: dict[tuple[int, int], list[int]] = {}
    for k, name in enumerate(names):
        sentences.setdefault(text.sentence_at(name.start), []).append(k)
    for (start, end), near in sentences.items():
        if taken.issuperset(near):
            continue
        edges = bisect_right(tokens.end, start), bisect_left(tokens.start, end)
        told: dict[int, set[int]] = {}
        for verb, k in plain_events(tokens, [names[k] for k in near], *edges, settled):
            told.setdefault(verb, set()).add(k)
        for verb, there in told.items():
            joined = with_their_list(tokens, [names[k] for k in near], there)
            places = tuple(
                near[k] for k in sorted(joined) if near[k] not in taken and names[near[k]].reading == "literal"
            )
            if places:
                kind = kinds[verb].kind if verb in kinds else KIND
                yield EventPlaces(tokens.start[verb], tokens.end[verb], kind, places)


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
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows(WEIGHTS)}
