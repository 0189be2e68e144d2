"""The tab "Places": the twins of the map, a list of regions where they are counted, and the list of places."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.selection import REGION, Page
from dashboard.view.state import state
from dashboard.widgets import ROWS, choice_list, room, show_more
from geodata.kinds import label


def draw(page: Page) -> None:
    """Draw the same places, counts and selection as the map; a choice of a row selects the place or the region."""
    if page.regions is not None:
        _regions(page.regions, page.place)
    st.subheader("Places", anchor=False)
    found = page.found
    if found.empty:
        st.caption("No place under these filters.")
        return
    shown = room("places", ROWS)
    number, found = len(found), _with(found.head(shown), found, page.place)
    columns = {
        "Place": found.name,
        "Mentions": found.mentions,
        "Articles": found.articles,
        "Kind": found.kind.map(label),
        "Province": found.region_name,
        "Country": found.country_name,
    }
    about = "Places on the map with their mentions and articles"
    choice_list(pd.DataFrame(columns), list(found.id), page.place, state.choose_place, name="list", alt=about)
    if number > shown:
        show_more("places", f"Show more ({shown:,} of {number:,} shown)")


def _with(first: pd.DataFrame, found: pd.DataFrame, place: str | None) -> pd.DataFrame:
    """Return the first places, and the selected one if it is none of them."""
    return first if place in set(first.id) else pd.concat([first, found[found.id == place]])


def _regions(regions: pd.DataFrame, selected: str | None) -> None:
    st.subheader("Regions", anchor=False)
    if regions.empty:
        st.caption("No region holds a place under these filters.")
        return
    columns = {
        "Region": regions.name,
        "Mentions": regions.mentions,
        "Places": regions.places,
        "Country": regions.country_name,
        "Articles": regions.articles,
        "Sources": regions.sources,
    }
    ids = [REGION + code for code in regions.code]
    about = "Regions with their mentions and places"
    choice_list(pd.DataFrame(columns), ids, selected, state.choose_place, name="regions", alt=about)
