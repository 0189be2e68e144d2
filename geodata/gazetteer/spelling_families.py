"""Bring together the ways in which newsrooms write one name out of another script: Diwaniyah, al-Diwaniya, Dîwânîye."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from geodata.folding import name_key

# Countries whose names are written over from another script, or by ear, and in which news names small places.
_COUNTRIES = (
    "AF AM AZ BF BY DZ EG ER ET GE IQ IR JO KG KZ LB LY MA ML MR NE PK PS RU SA SD SO SY TD TJ TM TN TR UA UZ YE"
)
COUNTRIES = frozenset(_COUNTRIES.split())
SHORTEST = 5  # letters of a family's key: shorter names have too many relatives
ALIKE = 80  # per cent of the letters of two names that are one in two spellings
_ARTICLE = re.compile(r"\b(?:[ae]l|[ae](?:sh|[dhnrstz]))\b(?= )")  # "ad diwaniyah"
_GLUED = re.compile(r"\b[ae]([dnrstz])(?=\1)")  # "ezzor"
# In this order; the first are parts of names, which vowels alone would not bring together.
_ALIKE = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"\bt[ae]ll?\b", "tal"),
        (r"\bk[ae]?f[ae]?r\b", "kafr"),
        (r"\bdj?[ae]b[ae]l\b|\bj[ae]b[ae]l\b", "jabal"),
        (r"\bkh[ia]rb[aei][th]\b", "khirbat"),
        (r"tch", "ch"),
        (r"dzh|dj", "j"),
        (r"gh", "g"),
        (r"x", "kh"),
        (r"([td])h", r"\1"),
        (r"ph", "f"),
        (r"q", "k"),
        (r"i?(?:yy?|i)[ae]h?\b", "ia"),  # -iyah, -iya, -ieh
        (r"[ae]h?\b", "a"),
        (r"[iy]+\b", "i"),  # -yy, -iy, -y
        (r"a[wu](?![aeiou])|ou|oo|o", "u"),
        (r"[ae][iy]|ee|[ey]", "i"),
        (r"w", "v"),
        (r" ", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 12)
def family_key(key: str) -> str:
    """Return what the usual ways to write a name have in common, from its key (see folding.name_key); '' if little."""
    if not key.isascii():
        return ""
    key = _GLUED.sub("", _ARTICLE.sub("", key)).strip()
    for pattern, written in _ALIKE:
        key = pattern.sub(written, key)
    return key if len(key) >= SHORTEST else ""


@lru_cache(maxsize=1 << 14)
def is_another_spelling(own: str, key: str) -> bool:
    """Say whether a lesser name is but the place's own in another spelling: "Kut" of Al Kut."""
    return fuzz.ratio(_ARTICLE.sub("", name_key(own)).strip(), _ARTICLE.sub("", key).strip()) >= ALIKE
