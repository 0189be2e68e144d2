"""What the words beside a name say of it: 'Lebanon High School' is of a town, 'Washington state' a state."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Literal

from geodata import DATA
from geodata.errors import DataFileError

Clue = Literal["", "town", "state"]

_AFTER = re.compile(r"(?:['’]s)?\s+(\w+(?: \w+){0,2})")
_BEFORE = re.compile(r"(\w+(?: \w+)?)\s+$")
_FAR = 40  # characters that are looked at on either side


def clue(text: str, start: int, end: int) -> Clue:
    """Return what the words right before and after `text[start:end]` make of it; '' where they say nothing."""
    clues = _clues()
    if found := _AFTER.match(text, end, end + _FAR):
        words = found[1].lower().split()
        for number in range(len(words), 0, -1):
            if said := clues.get(("after", " ".join(words[:number]))):
                return said
    if found := _BEFORE.search(text, max(0, start - _FAR), start):
        words = found[1].lower().split()
        for first in range(len(words)):
            if said := clues.get(("before", " ".join(words[first:]))):
                return said
    return ""


@cache
def _clues() -> dict[tuple[str, str], Clue]:
    path = DATA / "name_clues.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {(row["position"], row["words"]): row["speaks_for"] for row in csv.DictReader(file)}  # type: ignore[misc]
    except OSError as error:
        raise DataFileError(f"{path} is missing: check the repository out again") from error
