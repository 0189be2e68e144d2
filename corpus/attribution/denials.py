"""Tell a count that somebody denies or does not confirm from a claim: "denied that 30 soldiers had been killed"."""

from __future__ import annotations

import re
from functools import cache

from corpus import LANGUAGES
from geodata.sentences import Span
from geodata.tables import read_toml

FAR = 140  # characters before a count in which its denial may stand


def is_denied(text: str, sentence: Span, claim: Span) -> bool:
    """Say whether a sentence takes back the count at `claim`: it is a claim of nobody."""
    before = (max(sentence[0], claim[0] - FAR), claim[0])
    if _leads().search(text, *before):
        return True
    return _told().search(text, *before) is not None and _unsaid().match(text, claim[1], sentence[1]) is not None


# A clause of its own ends what is denied: "denied the raid, which killed 30".
_WITHIN = r"(?:(?!\b(?:but|which|after|while|when|where|as|since)\b)[^,;:]){0,120}"


@cache
def _leads() -> re.Pattern[str]:
    words = read_toml(LANGUAGES / "claims.toml")["denied"]
    cues = "|".join(words["cues"])
    whose = r"(?:\sby(?:\s[\w'’-]{1,30}){1,4})?"  # "a claim by the rebels that"
    clause = rf"(?:{cues}|{'|'.join(words['with_clause'])}){whose}\s(?:that|whether|if|of)\b{_WITHIN}"
    return re.compile(rf"\b(?:{clause}|(?:{cues})(?:\s(?:{words['past']}))*\s)$", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    nouns = read_toml(LANGUAGES / "claims.toml")["denied"]["nouns"]
    return re.compile(rf"\b(?:{nouns})\s(?:that|of)\b{_WITHIN}$", re.IGNORECASE)


@cache
def _unsaid() -> re.Pattern[str]:
    words = read_toml(LANGUAGES / "claims.toml")["denied"]["unsaid"]
    return re.compile(rf"[^.;:,]{{0,80}}\s(?:was|were|is|are|has been|have been|as)\s(?:{words})\b", re.IGNORECASE)
