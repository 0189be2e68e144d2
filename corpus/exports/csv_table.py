"""CSV: a table for spreadsheets, in which no text is a formula."""

from __future__ import annotations

from collections.abc import Callable
from csv import QUOTE_NONNUMERIC

import pandas as pd

from corpus.exports.evidence import Evidence, Subject
from corpus.formulas import inert


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the rows of a subject as CSV."""
    return csv(evidence.frame(of))


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in which no text is a formula, by an apostrophe before it; numbers stay numbers."""
    # Quoted, as a carriage return within a text would begin a row of its own.
    written = each_text(table, inert).to_csv(index=False, quoting=QUOTE_NONNUMERIC, lineterminator="\n")
    return str(written).encode("utf-8", "replace")


def each_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Return a table whose texts and heads are changed; numbers stay."""

    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    return table.assign(**{name: table[name].map(changed) for name in texts}).rename(columns=changed)
