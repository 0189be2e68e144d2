"""Frame -> what a table shows of it, and the file of it that a spreadsheet reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from csv import QUOTE_NONNUMERIC

import pandas as pd

from dashboard.escaping import visible

# A spreadsheet takes a cell that begins so for a formula and runs it, some of them whatever blanks are before.
_FORMULA = re.compile(r"\A(?:[\s\x00-\x1f\u200b\ufeff]*+[-=+@＝＋－＠]|[\t\r\n])")


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with a sign for each character that draws nothing in its texts and heads."""
    return _each_text(table, visible)


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in which no text is a formula, by an apostrophe before it; numbers stay numbers."""
    # Quoted, as a carriage return within a text would begin a row of its own.
    return str(_each_text(table, _inert).to_csv(index=False, quoting=QUOTE_NONNUMERIC)).encode()


def _inert(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _each_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    return table.assign(**{name: table[name].map(changed) for name in texts}).rename(columns=changed)
