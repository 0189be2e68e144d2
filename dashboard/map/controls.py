"""What the map can be told to show: places or counts, by which names, and who held which district."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st

from corpus.queries.rollup import Level
from dashboard.map.features import NATURE
from dashboard.view.naming import CHOICES
from dashboard.view.state import PageState, state
from dashboard.view.url import EARLIEST, LATEST

LEVELS: dict[Level | Literal[""], str] = {"": "Places", "province": "Provinces", "country": "Countries"}


def draw(day: date | None) -> None:
    """Draw the controls; `day` is that of the layer of control, None while it is off."""
    with st.container(horizontal=True, vertical_alignment="center", key="map-controls"):
        st.radio(
            "What is counted on the map",
            list(LEVELS),
            key=PageState.level.key,
            format_func=LEVELS.__getitem__,
            horizontal=True,
            label_visibility="collapsed",
        )
        with st.popover("Names and layers", icon=":material/layers:"):
            names, words = PageState.names.key, CHOICES.__getitem__
            st.radio("Names of places", list(CHOICES), key=names, format_func=words)
            about = f"It shows {NATURE}, with the source of each, and changes no count."
            st.checkbox("Who held which district", key=PageState.show_held.key, help=about)
            if day is not None:
                _choose_day(day)


def _choose_day(day: date) -> None:
    def chosen() -> None:
        state.held_as_of = st.session_state[key]

    key = f"as of {day}"  # a new box for each day: it also follows the filters
    st.date_input("As of", day, min_value=EARLIEST, max_value=LATEST, key=key, format="YYYY-MM-DD", on_change=chosen)
