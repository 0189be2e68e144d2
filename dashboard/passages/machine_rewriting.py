"""The badge of an article that reads as if a machine had translated or rewritten it, with the words that say so."""

from __future__ import annotations

import sqlite3

import pandas as pd
import streamlit as st

from corpus.queries import accounts
from dashboard.escaping import escape
from dashboard.words import count

REWRITTEN = "Probably translated or rewritten by a machine"


def badge(index: sqlite3.Connection, article: str) -> None:
    """Draw the badge of an article and the words that caused it; only its slips, more mildly, where they do not."""
    found = accounts.hints(index, article)
    if accounts.looks_rewritten(index, article):
        with st.popover(REWRITTEN, icon=":material/translate:"):
            st.markdown("Its wording may not be that of the outlet it is taken from. These words caused the doubt:")
            _listed(found[found.weight > 0])
            if (found.weight == 0).any():
                st.caption("And these slips:")
                _listed(found[found.weight == 0])
    elif len(found):
        with st.popover(count(len(found), "slip") + " in the wording", icon=":material/spellcheck:"):
            _listed(found)


def _listed(found: pd.DataFrame) -> None:
    for row in found.itertuples():
        st.markdown(f"“{escape(' '.join(row.text.split()))}”: {escape(row.reason)}")
