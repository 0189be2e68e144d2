"""The tray of what has no date and so no bar: it is kept on the map on demand, and reached from here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.escaping import escape
from dashboard.view.state import PageState, state

LISTED = 12  # places in the tray


def draw(places: pd.DataFrame) -> None:
    """Draw the places with undated mentions, most first; nothing where there are none."""
    if places.empty:
        return
    number = int(places.mentions.sum())
    with st.popover(f"{number:,} undated", icon=":material/event_busy:"):
        st.markdown(f"**{number:,} {'mention has' if number == 1 else 'mentions have'} no date** and no bar above.")
        st.checkbox("Show them whatever dates are chosen", key=PageState.undated.key)
        for row in places.head(LISTED).itertuples():
            name, key = escape(f"{row.name} ({row.mentions:,})"), f"undated-{row.place}"
            st.button(name, key=key, type="tertiary", on_click=_choose, args=(row.place,))
        if len(places) > LISTED:
            st.caption(f"and {len(places) - LISTED:,} more places")


def _choose(place: str) -> None:
    state.undated = True
    state.choose_place(place)
