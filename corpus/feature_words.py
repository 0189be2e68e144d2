"""The features by which names are weighed, in plain words: the rows of feature_words.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from geodata.tables import read_rows

Step = Literal["name", "reading"]


def in_words(feature: str, step: Step) -> str:
    """Return a feature of a step in plain words: `step` takes a name for a place name, or reads how it is meant.

    Of "town: prep near" both sides are put into words. A feature that the table does not know stands as it is.
    """
    if told := _row(feature, step):
        return told
    if step == "name":
        size, _, rest = feature.partition(": ")
        rest = rest if rest and " " not in size else feature.removeprefix("demonym ")
        return _row(rest, step) or feature
    left, colon, right = feature.partition(": ")
    if not colon:
        return feature
    before, after = _row(left, step), _row(right, step) or right
    return f"{before}, and {after}" if before else f"{after}, being a {left}"


def _row(feature: str, step: Step) -> str:
    """Return the words of the row that fits best: the feature itself, else the one with most letters."""
    matches = ((words, _match(parts, feature)) for parts, words in _rows(step))
    return next((words.format(*found) for words, found in matches if found is not None), "")


@cache
def _rows(step: Step) -> list[tuple[list[str], str]]:
    """Return what stands between the stars of each feature, a star being any words, and its words."""
    rows = [row for row in read_rows(Path(__file__).with_suffix(".csv")) if row["step"] == step]
    rows.sort(key=lambda row: ("*" in row["feature"], -len(row["feature"])))
    return [(row["feature"].split("*"), row["words"].replace("*", "{0}")) for row in rows]


def _match(parts: list[str], feature: str) -> list[str] | None:
    """Return what the stars stand for, None where the feature is another, or two in one."""
    if len(parts) == 1:
        return [] if feature == parts[0] else None
    first, *between, last = parts
    rest = feature.removeprefix(first).removesuffix(last)
    if len(rest) != len(feature) - len(first) - len(last):
        return None
    found = []
    for part in between:
        word, _, rest = rest.partition(part)
        found.append(word)
    found.append(rest)
    return found if all(found) and ": " not in "".join(found) else None
