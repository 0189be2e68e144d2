"""The kinds of place, and what is true of each: data/kinds.csv, one row a kind.

Its properties: `area`, drawn as one and never as a town's dot; `town` and, with districts, `settled`; `point`, so small
that a point says where it is; `spot`, which something can lie north of; `unit`, whose border can be named; `namesake
unit`, which "Shusha region" may mean; `large` and `broad`, known whatever the text is of; `wide`, which hold others;
`draws`, others near it; `anchor`, beside which an unlisted name is placed; `made by a noun`, "Neches River", which for
those with `takes in a name` holds a listed one too; `small`, after a town as in "Benghazi hospital"; `land only`, which
can never act; `lesser`, which says less of a text than its towns; `user's`, which may stand in a user's own list.
`points` and `fame` are those of resolution/resolver.py.
"""

from __future__ import annotations

from functools import cache

from geodata import DATA
from geodata.tables import read_rows


@cache
def kinds_that(*properties: str) -> frozenset[str]:
    """Return the kinds of which any of these properties is true."""
    return frozenset(kind for kind, own in _properties().items() if own & set(properties))


@cache
def label(kind: str) -> str:
    """Return what a reader calls a kind: "town" for a city; the word itself where it is none of ours."""
    return {row["kind"]: row["label"] for row in _rows()}.get(kind, kind)


@cache
def numbers(column: str) -> dict[str, float]:
    """Return what a column of numbers, `points` or `fame`, has of each kind that it has something of."""
    return {row["kind"]: float(row[column]) for row in _rows() if row[column]}


@cache
def _rows() -> list[dict[str, str]]:
    return read_rows(DATA / "kinds.csv")


@cache
def _properties() -> dict[str, set[str]]:
    return {row["kind"]: set(row["properties"].split("|")) for row in _rows()}
