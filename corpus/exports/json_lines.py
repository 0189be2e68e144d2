"""JSON lines: a row a line, its numbers numbers and its days ISO texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from corpus.exports.evidence import Evidence, Subject


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the rows of a subject as JSON lines."""
    return "".join(f"{as_json(row)}\n" for row in records(evidence.frame(of))).encode()


def records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as plain values, None where one is missing."""
    columns = [values_of(table[name]) for name in table.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(table.columns, values, strict=True))


def as_json(value: object) -> str:
    """Return a value as one line of JSON that any encoding of texts can hold, whatever articles have in them."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # Halves of characters have no UTF-8, and some readers of lines take these two for ends of a line.
    return text.encode("utf-8", "replace").decode().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def values_of(column: pd.Series[Any]) -> list[Any]:
    """Return the values of a column: whole numbers as int, others as float, None where one is missing."""
    return list(column.to_numpy(dtype=object, na_value=None).tolist())
