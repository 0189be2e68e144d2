"""Tell which language a text is in, by its own word or by its commonest words, and whether there is a table for it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from corpus import LANGUAGES
from corpus.timex.language import DEFAULT, open_table, table_names
from geodata.tables import read_rows

SAMPLE = 1000  # characters that tell the language
# A language without a table is told only by so many of its words, and by so many times those of any other: "La Paz, El
# Salvador" is no Spanish.
FEWEST, CLEARLY = 8, 1.5

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, declared: str = "") -> str:
    """Return the code of the language that a text is in: as declared, else by its words; English where nothing tells.

    `declared` is a code or an English name, as front matter and web pages give it: "en-GB", "Russian". It counts for
    nothing where no word of the text bears it out and those of another language do, as on pages made from a template.
    """
    words = _WORD.findall(text[:SAMPLE].lower())
    telling = _telling_words()
    votes = Counter(language for word in words for language in telling.get(word, ()))
    most = max(votes, key=votes.__getitem__, default=DEFAULT)
    code = _code(declared)
    if code and (votes[code] or code not in _names() or votes[most] < FEWEST):
        return code
    best = max(table_names(), key=lambda language: (votes[language], language == DEFAULT))
    return most if votes[most] >= max(FEWEST, CLEARLY * votes[best]) else best


def language_problem(language: str) -> str:
    """Say what is wrong with a language for which there is no table of dates, and the way out; "" for one that has."""
    if language in table_names():
        return ""
    name = _names().get(language, language)
    way_out = f"if it is another, say so in front matter (language: {DEFAULT}); to add one, see “To add” in README"
    return f"its language is {name}, of which no dates but those in figures can be read: {way_out}"


def _code(declared: str) -> str:
    """Return the two letters of a language as declared, "" where it is none: "English", "en_GB.UTF-8", "ru"."""
    word = _WORD.match(declared.strip())
    if word is None or word[0].lower() in ("und", "mul", "zxx"):  # undetermined, several, none
        return ""
    written = word[0].lower()
    return next((code for code, name in _names().items() if written in (code, name.lower())), written)


@cache
def _names() -> dict[str, str]:
    tables = {language: str(open_table(language)["name"]) for language in table_names()}
    return tables | {row["language"]: row["name"] for row in _others()}


@cache
def _telling_words() -> dict[str, list[str]]:
    """Return which languages each telling word is of: of those with a table, the words of time tell as well."""
    own = {row["language"]: frozenset(row["common"].split()) for row in _others()}
    for language in table_names():
        table = open_table(language)
        own[language] = frozenset(table["common"]).union(*table["values"].values())
    languages: dict[str, list[str]] = {}
    for language, words in own.items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return languages


@cache
def _others() -> list[dict[str, str]]:
    return read_rows(LANGUAGES / "others.csv")
