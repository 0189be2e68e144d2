"""How a name is compared: split into words, each folded to plain lower-case letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What draws nothing and may stand within a word: the soft hyphen, a place to break a line, a joiner, a mark of order.
UNSEEN = "\u00ad\u200b\u2060\ufeff"
# Dotted abbreviations hold together ("U.S.", "W.Va."); an apostrophe inside a word is part of it ("Sana'a"), but not
# the possessive ending.
WORD = re.compile(
    r"[A-Z][a-z]?\.(?:(?:[A-Z][a-z]?\.)+|[A-Z](?![\w]))"
    rf"|[^\W_]++(?:(?:[{UNSEEN}]|['’ʼʻ`´](?![sS](?![^\W_])))[^\W_]++)*+"
)

# Letters that have no decomposition but are commonly written with a plain one.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ǝ": "e", "ħ": "h"}
    | dict.fromkeys("'’ʼʻ`´ʹʺ.ʽ" + UNSEEN)
)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word without case, accents, apostrophes and dots: 'Şuşa' and 'Susa' are one."""
    if word.isascii():
        return word.lower().replace("'", "").replace(".", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_PLAIN)
    return plain if plain.isascii() else "".join(char for char in plain if not unicodedata.combining(char))


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text as matches, in order."""
    return WORD.finditer(text)


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """Return what a name is looked up by: its folded words, joined by single spaces."""
    return " ".join(filter(None, (fold(match[0]) for match in WORD.finditer(name))))
