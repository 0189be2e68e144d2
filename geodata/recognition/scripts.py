"""Names in Cyrillic or Armenian letters: in any case that their language writes, and told from those of people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.recognition.lexicon import WORDS, Lexicon
from geodata.records import Candidate, NameType
from geodata.tables import read_rows
from geodata.tokens import Tokens

SHORTEST = 4  # letters of a name, and of what is left of one without its ending
KNOWN = 1_000  # people: a lesser place is not looked for under an ending


def is_other_script(word: str) -> bool:
    """Say whether a word is written in letters that this room can turn into Latin ones."""
    return word[0] > "\u036f" and word[0].casefold() in _letters()


def in_another_case(
    tokens: Tokens, i: int, gazetteer: Gazetteer, lexicon: Lexicon
) -> tuple[str, tuple[Candidate, ...]]:
    """Return the name that word `i` is a case of and its bearers ("Ереване": Ереван), or "" and none.

    A name that the gazetteer has in Latin letters alone is found by these: "Харьків" is Kharkiv.
    """
    word = tokens.folded[i]
    if len(word) < SHORTEST or tokens.opens[i] or not names_place(tokens, i, i, lexicon):
        return "", ()
    for key in _nominatives(word):
        bearers = gazetteer.bearers(key)
        if any(gazetteer.population[c.row] >= KNOWN and c.name_type <= NameType.OTHER for c in bearers):
            return key, bearers
    key = latin(tokens.word[i])
    bearers = tuple(c for c in gazetteer.bearers(key) if c.name_type <= NameType.OFFICIAL)
    known = key not in lexicon.surnames and any(gazetteer.population[c.row] >= KNOWN for c in bearers)
    return (key, bearers) if known else ("", ())


def names_place(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether words that the gazetteer knows are nobody's name: neither "Владимир" nor "Роман Петров"."""
    if first < last:
        return True
    before, after = first - 1, first + 1
    of_person = tokens.adjacent(first) and tokens.capital[before]
    if of_person and (not tokens.opens[before] or latin(tokens.word[before]) in lexicon.given_names):
        return False
    if tokens.adjacent(after) and tokens.capital[after]:
        return False
    return len(tokens.word[first]) >= SHORTEST and latin(tokens.word[first]) not in lexicon.given_names


@lru_cache(maxsize=1 << 12)
def latin(word: str) -> str:
    """Return a word in plain Latin letters: "Харьків" as "kharkiv"."""
    return fold("".join(_letters().get(letter, letter) for letter in word.casefold()))


def _nominatives(word: str) -> Iterator[str]:
    """Yield what a folded word may be a case of, the longest ending first."""
    for ending, nominative in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            yield word[: len(word) - len(ending)] + nominative


@cache
def _letters() -> dict[str, str]:
    return {row["letter"]: row["latin"] for row in read_rows(WORDS / "latin_letters.csv")}


@cache
def _endings() -> list[tuple[str, str]]:
    rows = [(row["ending"], row["nominative"]) for row in read_rows(WORDS / "case_endings.csv")]
    return sorted(rows, key=lambda row: -len(row[0]))
