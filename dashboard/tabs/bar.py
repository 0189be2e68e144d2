"""The tabs beside the map: a row each, and only the open one is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dashboard.passages import passage_list
from dashboard.selection import Page
from dashboard.tabs import accounts, articles, claims, corrections, coverage, mentions, place_lists, place_names
from dashboard.view.state import PageState
from dashboard.view.url import FIRST_TAB


class Tab(NamedTuple):
    """A tab: its name in the URL, its title, and what draws it."""

    key: str
    title: str
    draw: Callable[[Page], None]


TABS = {
    tab.key: tab
    for tab in (
        Tab(FIRST_TAB, "Passages", passage_list.draw),
        Tab("places", "Places", place_lists.draw),
        Tab("articles", "Articles", articles.draw),
        Tab("claims", "Claims", claims.draw),
        Tab("accounts", "Accounts", accounts.draw),
        Tab("names", "Names", place_names.draw),
        Tab("coverage", "Coverage", coverage.draw),
        Tab("mentions", "All names", mentions.draw),
        Tab("corrections", "Corrections", corrections.draw),
    )
}


def draw(page: Page) -> None:
    """Draw the tabs, and the open one below them."""

    def title(key: str) -> str:
        number = page.counts.get(key)
        return TABS[key].title if number is None else f"{TABS[key].title} {number:,}"

    key = st.segmented_control(
        "Beside the map",
        list(TABS),
        required=True,
        key=PageState.tab.key,
        format_func=title,
        label_visibility="collapsed",
    )
    with st.container(key="sources" if key == FIRST_TAB else "pane"):
        TABS[key or FIRST_TAB].draw(page)
