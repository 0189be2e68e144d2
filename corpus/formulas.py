"""Cells of tables that no spreadsheet takes for a formula, and the texts they were made of."""

from __future__ import annotations

import re

# A spreadsheet takes a cell that begins so for a formula and runs it, some of them whatever blanks are before.
_FORMULA = r"(?:[\s\x00-\x1f\u200b\ufeff]*+[-=+@＝＋－＠]|[\t\r\n])"
# A text that begins as what was made inert gets one apostrophe more, so that the way back leads to it.
_AS_FORMULA, _MADE_INERT = re.compile(rf"\A'*+{_FORMULA}"), re.compile(rf"\A'++{_FORMULA}")


def inert(text: str) -> str:
    """Return a text as a cell that is no formula, by an apostrophe before it."""
    return f"'{text}" if _AS_FORMULA.match(text) else text


def plain(cell: str) -> str:
    """Return the text that a cell was made of."""
    return cell[1:] if _MADE_INERT.match(cell) else cell
