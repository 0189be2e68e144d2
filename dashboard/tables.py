"""Frame -> what a table shows of it; the file of it that a spreadsheet reads is `corpus.exports.csv_table.csv`."""

from __future__ import annotations

import pandas as pd

from corpus.exports.csv_table import each_text
from dashboard.escaping import visible


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with a sign for each character that draws nothing in its texts and heads."""
    return each_text(table, visible)
