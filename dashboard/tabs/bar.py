"""The tabs below the map: who calls a place what, who claims what, two accounts, coverage, every mention."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from corpus.queries.filters import Filters
from dashboard.passages.quotations import Page
from dashboard.tabs import accounts, claims, coverage, mentions, place_names
from dashboard.view.url import Tab, View

TABS: Mapping[Tab, str] = {
    "places": "Places",
    "names": "Who calls it what",
    "claims": "Claims",
    "accounts": "Two accounts",
    "coverage": "Coverage",
    "mentions": "What became of every mention",
}
_PANELS: Mapping[Tab, Callable[[Page, Filters, pd.DataFrame], None]] = {
    "names": place_names.draw,
    "claims": claims.draw,
    "accounts": accounts.draw,
    "coverage": coverage.draw,
    "mentions": mentions.draw,
}


def restore(view: View) -> None:
    """Open the tab that a URL asks for."""
    st.session_state["tab"] = view.tab


def draw(
    index: sqlite3.Connection,
    filters: Filters,
    place: str | None,
    corpus_places: pd.DataFrame,
    choose: Callable[[str | None], None],
) -> Tab:
    """Draw the tabs and the open panel, the only one that is computed, and return which it is.

    Of "places" nothing is drawn: the list is the caller's. `corpus_places` are those the page can select.
    """
    tab = st.segmented_control(
        "Below the map", list(TABS), default=None if "tab" in st.session_state else "places", required=True, key="tab",
        format_func=TABS.__getitem__, label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    if tab is not None and tab in _PANELS:
        page = Page(index, place, set(corpus_places.id), choose)
        with st.container(key="pane"):
            _PANELS[tab](page, filters, corpus_places)
    return tab or "places"
