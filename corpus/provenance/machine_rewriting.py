"""Trust hints: signs that a text was translated or rewritten by a machine, with the words that show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, islice
from operator import eq
from typing import Any

from corpus import LANGUAGES
from corpus.records import Hint
from geodata.folding import fold
from geodata.recognition.lexicon import open_lexicon
from geodata.tables import read_toml
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.words import number_words

WORDS = LANGUAGES / "rewriting.toml"

BADGE = 2  # the weight of different signs from which a text is called probably translated or rewritten

_SMALL = re.compile(r"[a-z]+")
# The look behind a letter for what stands before it is three times as fast as \b.
_ABBREVIATION = re.compile(r"[A-Z](?<!\w.)[A-Z]{2,5}\b")
_IN_BRACKETS = re.compile(r"\w \(([A-Z]{3,6})\)")
_PEOPLE = re.compile(r"[a-z]{3,40}(?:ian|ani|ese|stani)s?")  # "azerbaijani": the endings of most names of a people
LONG = 6  # letters of a word in which a slip is looked for
SEEN = 3  # times that a text writes a word before another spelling of it is a slip


def find_hints(written: Text) -> list[Hint]:
    """Return the signs of translation and rewriting in a text, and its slips, in order."""
    tokens = written.tokens
    found = [*_by_pattern(tokens), *_foreign_abbreviations(written.text), *_slips(tokens)]
    return sorted(found, key=lambda hint: (hint.start, hint.end))


def looks_rewritten(hints: Sequence[Hint]) -> bool:
    """Say whether the signs suffice for the badge "probably translated or rewritten by a machine"."""
    weights: dict[str, int] = {}
    for hint in hints:
        weights[hint.reason] = max(weights.get(hint.reason, 0), hint.weight)
    return sum(weights.values()) >= BADGE


def _by_pattern(tokens: Tokens) -> Iterator[Hint]:
    lower, words = tokens.text.lower(), tokens.folded
    present = {"", *words}
    present.update(f"{word} {word}" for word in compress(words, map(eq, words, islice(words, 1, None))))
    signs, by_key = _signs()
    told = {n for key in by_key.keys() & present for n, phrase in by_key[key] if phrase in lower}
    for n in sorted(told):
        reason, weight, pattern = signs[n]
        for match in pattern.finditer(tokens.text):
            yield Hint(match.start(), match.end(), match[0], reason, weight)


def _foreign_abbreviations(text: str) -> Iterator[Hint]:
    """Yield abbreviations of another language for a body that the text names in English as well."""
    matches = list(_ABBREVIATION.finditer(text))
    if len(matches) < 2:
        return
    written = {match[0] for match in matches}
    foreign = _table()["abbreviations"]
    # The text's own expansion tells as well: "Collective Security Treaty Organization (CSTO)", later "OTSC".
    expanded = set(_IN_BRACKETS.findall(text))
    letters: dict[str, list[str]] = {}
    for other in expanded:
        letters.setdefault("".join(sorted(other)), []).append(other)
    in_english = {word for word in written if word in foreign and re.search(rf"\b(?:{foreign[word]})\b", text)}
    for match in matches:
        word = match[0]
        if word in in_english:
            yield Hint(
                match.start(), match.end(), word, "an abbreviation of another language for a body named in English", 2
            )
        elif word not in foreign and word not in expanded and len(word) >= 4:
            same = letters.get("".join(sorted(word)))
            if same and written.issuperset(same):
                yield Hint(match.start(), match.end(), word, f"another order of the letters of {same[0]}", 2)


def _slips(tokens: Tokens) -> Iterator[Hint]:
    """Yield words that are one letter off a name that the text writes again and again."""
    often = Counter(tokens.word)
    again = [word for word, count in often.items() if count >= SEEN]
    usual = {word: number for number, word in enumerate(again) if word[0].isupper() and _is_long(word)}
    if not usual:
        return
    where = dict(zip(tokens.word, tokens.start, strict=True))
    shortened: dict[str, list[str]] = {}
    for name in usual:
        for shorter in _one_letter_less(name):
            shortened.setdefault(shorter, []).append(name)
    lexicon = open_lexicon()
    for name in usual:
        small = name[0].lower() + name[1:]
        if often[small] == 1 and _PEOPLE.fullmatch(small) and fold(small) not in lexicon.common:
            yield _slip(where[small], small, f"'{name}' without its capital")
    known = (lexicon.common, lexicon.surnames, lexicon.given_names)
    for word in [word for word, count in often.items() if count == 1 and not word[0].islower() and _is_long(word)]:
        near = [name for name in _one_letter_less(word) if name in usual] + shortened.get(word, [])
        if near and not any(fold(word) in words for words in known):
            yield _slip(where[word], word, f"one letter off '{min(near, key=usual.__getitem__)}'")


def _is_long(word: str) -> bool:
    return len(word) >= LONG and word.isalpha()


def _slip(start: int, word: str, reason: str) -> Hint:
    return Hint(start, start + len(word), word, reason, 0)


def _one_letter_less(word: str) -> set[str]:
    """Return a word without one letter of its inside: endings and first letters make other words."""
    return {word[:i] + word[i + 1 :] for i in range(2, len(word) - 2)}


@cache
def _table() -> dict[str, Any]:
    return read_toml(WORDS)


def _key(phrase: str) -> str:
    """Return the longest whole word of a phrase, by which it is ruled out at once; a word twice is its own key."""
    words = _SMALL.findall(phrase)
    if len(words) == 2 and words[0] == words[1]:
        return " ".join(words)
    whole = words if phrase.endswith(" ") else words[:-1]  # the last may go on: "by spokes(man)"
    return max(whole, key=len, default="") if phrase[0].isalpha() or phrase[0] == " " else ""


@cache
def _signs() -> tuple[list[tuple[str, int, re.Pattern[str]]], dict[str, list[tuple[int, str]]]]:
    """Return the signs, and by the word that each needs its number with the whole phrase."""
    table = _table()
    signs: list[tuple[str, int, re.Pattern[str]]] = []
    by_key: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(table["sign"]):
        pattern = "|".join(row["patterns"])
        for name, shape in (*table["macros"].items(), ("count", "|".join(number_words("one")))):
            pattern = pattern.replace(f"{{{name}}}", shape)
        signs.append((row["reason"], row["weight"], re.compile(pattern)))
        for phrase in row["needs"]:
            by_key.setdefault(_key(phrase), []).append((number, phrase))
    return signs, by_key
