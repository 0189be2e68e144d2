"""The features by which names are weighed, in plain words: the rows of feature_words.csv."""

from __future__ import annotations

import re
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
        rest = re.sub(r"\A(?:\w+: |demonym )", "", feature)
        return (_row(rest, step) if rest != feature else "") or feature
    left, colon, right = feature.partition(": ")
    if not colon:
        return feature
    before, after = _row(left, step), _row(right, step) or right
    return f"{before}, and {after}" if before else f"{after}, being a {left}"


def _row(feature: str, step: Step) -> str:
    """Return the words of the row that fits best: the feature itself, else the pattern with most letters."""
    rows = _patterns(step)
    matches = ((words, pattern.fullmatch(feature)) for pattern, words in rows)
    return next((words.format(*match.groups()) for words, match in matches if match), "")


@cache
def _patterns(step: Step) -> list[tuple[re.Pattern[str], str]]:
    rows = [row for row in read_rows(Path(__file__).with_suffix(".csv")) if row["step"] == step]
    rows.sort(key=lambda row: ("*" in row["feature"], -len(row["feature"])))
    return [(_pattern(row["feature"]), row["words"].replace("*", "{0}")) for row in rows]


def _pattern(feature: str) -> re.Pattern[str]:
    """Return what matches a feature whose `*` stands for any words, but for two features in one."""
    return re.compile(r"((?:(?!: ).)+)".join(map(re.escape, feature.split("*"))), re.DOTALL)
