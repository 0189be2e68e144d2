"""Who held which district on a day, in words beside the map that shows it."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import streamlit as st

from corpus.queries.filters import spell
from dashboard.escaping import escape
from dashboard.map import features
from dashboard.map.cached_shapes import find_held


def in_words(day: date | None) -> list[str]:
    """Return what the layer of control shows on a day in lines, nothing while it is off."""
    if day is None:
        return []
    return [f"Who held which district on {spell(day)}:", *features.who_held_what(find_held(day))]


def draw(day: date, held: gpd.GeoDataFrame | None) -> None:
    """Draw what the patterns on the map mean, and each district's status with its source."""
    if held is None or held.empty:
        st.caption(f"Our table of who held which district says nothing of {spell(day)}.")
        return
    what = f"who held which district on {spell(day)}"
    st.caption(f"Patterns: {what}; {features.NATURE}. Slanted lines: divided between several.")
    with st.expander(f"W{what[1:]}, and who says so"):
        for line, url in zip(features.who_held_what(held), held.sort_values("name").source_url, strict=True):
            link = f" [open]({url})" if url.startswith("https://") and not set("()[] ") & set(url) else ""
            st.markdown(escape(line) + link)
