"""The words of events, and their kinds: "[shelled]", "[opened fire]"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from geodata.recognition.lexicon import WORDS
from geodata.tables import read_lines, read_rows
from geodata.tokens import Tokens

_PLAIN = frozenset({" ", "\n"})
_LONG = 4  # letters of a word that is no abbreviation in capitals: "MET"


def events_of(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Yield the first and the last word of each event, and its kind: "[shelled]", "[opened fire]"."""
    kinds, phrases = event_kinds(), _phrases()
    for i in tokens.find(frozenset(kinds) | frozenset(phrases)):
        before = tokens.folded[i - 1] if i and tokens.gap[i] in _PLAIN else ""
        if kind := phrases.get(tokens.word[i], {}).get(before):
            yield i - 1, i, kind
        elif kind := kinds.get(tokens.word[i]):
            yield i, i, kind


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
