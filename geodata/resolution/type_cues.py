"""What the words beside a name say of it: 'Lebanon High School' is of a town, 'Washington state' a state."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from geodata import DATA
from geodata.tables import read_rows

TypeCue = Literal["", "town", "state"]

_AFTER = re.compile(r"(?:['’]s)?\s{1,40}(\w+(?: \w+){0,2})")
_BEFORE = re.compile(r"\b(\w+(?: \w+)?)\s+$")
_FAR = 40  # characters that are looked at on either side


def type_cue(text: str, start: int, end: int) -> TypeCue:
    """Return what the words right before and after `text[start:end]` make of it; '' where they say nothing."""
    cues, firsts, lasts = _cues()
    if found := _AFTER.match(text, end, end + _FAR):
        words = found[1].lower().split()
        for number in range(len(words) if words[0] in firsts else 0, 0, -1):
            if said := cues.get(("after", " ".join(words[:number]))):
                return said
    before = text[max(0, start - _FAR) : start]
    if before.rstrip().lower().endswith(lasts) and (found := _BEFORE.search(before)):
        words = found[1].lower().split()
        for first in range(len(words)):
            if said := cues.get(("before", " ".join(words[first:]))):
                return said
    return ""


@cache
def _cues() -> tuple[dict[tuple[str, str], TypeCue], frozenset[str], tuple[str, ...]]:
    """Return what words say by where they stand; the first words of those after a name; the last of those before."""
    rows = read_rows(DATA / "type_cues.csv")
    cues = {(row["position"], row["words"]): row["speaks_for"] for row in rows}
    firsts = frozenset(words.split()[0] for position, words in cues if position == "after")
    lasts = {words.split()[-1] for position, words in cues if position == "before"}
    return cues, firsts, tuple(lasts)  # type: ignore[return-value]
