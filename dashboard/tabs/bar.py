"""The tabs below the map: a row each, and only the open one is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dashboard.selection import Page
from dashboard.tabs import accounts, claims, coverage, mentions, place_lists, place_names
from dashboard.view.state import PageState, state
from dashboard.view.url import FIRST_TAB


class Tab(NamedTuple):
    """A tab: its name in the URL, its title, and what draws it."""

    key: str
    title: str
    draw: Callable[[Page], None]


TABS = {
    tab.key: tab
    for tab in (
        Tab(FIRST_TAB, "Places", place_lists.draw),
        Tab("names", "Who calls it what", place_names.draw),
        Tab("claims", "Claims", claims.draw),
        Tab("accounts", "Two accounts", accounts.draw),
        Tab("coverage", "Coverage", coverage.draw),
        Tab("mentions", "What became of every mention", mentions.draw),
    )
}


def draw(page: Page) -> None:
    """Draw the tabs, and the open one below them."""
    state.tab = state.tab or FIRST_TAB
    key = st.segmented_control(
        "Below the map",
        list(TABS),
        required=True,
        key=PageState.tab.key,
        format_func=lambda key: TABS[key].title,
        label_visibility="collapsed",
        width="stretch",
    )
    with st.container(key="lists" if key == FIRST_TAB else "pane"):  # the lists stay off the paper
        TABS[key or FIRST_TAB].draw(page)
