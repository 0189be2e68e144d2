"""Why the names were taken for this place: in a sentence each, what doubt is left, and which others were weighed."""

from __future__ import annotations

import json
import sqlite3

import pandas as pd
import streamlit as st

from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard.escaping import escape
from dashboard.view.state import PageState, state
from geodata.folding import name_key
from geodata.kinds import label
from geodata.regions.names import names_of_regions

MOST_REASONS = 20
MOST_RIVALS = 8
OTHER_NAMES = 6
METHODS = {
    "code": "by the gazetteer's own code",
    "inside": "because its point lies in the shape",
    "nearest": "the nearest province of its country",
    "country": "only the country is known",
}
DOUBTS = {
    "name": "It may be no place's name here.",
    "place": "Another place of this name may be meant.",
    "reading": "It may mean those who act for the place, or they may be taken for it.",
}


def why_here(index: sqlite3.Connection, place: pd.Series, filters: Filters) -> None:
    """Draw why the names were taken for this place, what doubt is left, which others were weighed, and where it is."""
    reasons = queries.reasons(index, place.name, filters)
    doubtful = bool(reasons.doubt.ne("").any())
    with st.expander("Why here?" + (" Some doubt is left" if doubtful else ""), icon=":material/help:"):
        for row in reasons.head(MOST_REASONS).itertuples():
            times = f" ({row.mentions} times)" if row.mentions > 1 else ""
            st.markdown(f"**{escape(row.text)}**{times}: {escape(row.reason)}")
            if row.doubt:
                st.caption(f":material/warning: {DOUBTS[row.doubt]}")
        _position(place)
        if rivals(reasons):
            key = PageState.rivals.key
            st.checkbox("Show the other places of this name on the map", key=key, on_change=_keep_rivals)
            for name, kind, country, lon, lat in rivals(reasons):
                where_to = names_of_regions().get(country, "no country")
                st.caption(escape(f"{name}, {label(kind)}, {where_to} · {lat:.2f}, {lon:.2f}"))


def _position(place: pd.Series) -> None:
    """Draw where the gazetteer puts a place, how surely, and under which names it knows it."""
    method = METHODS.get(place.region_method)
    years = f" · {place.years if place.years.startswith('since') else f'existed {place.years}'}" if place.years else ""
    inside = f" · in its province {method}" if method and place.region_name else ""
    position = f"{place.lat:.4f}, {place.lon:.4f}, known to about {place.uncertainty_km:g} km{inside}{years}"
    st.caption(escape(f"Position: {position} · {place.source}"))
    others = {
        name_key(name): name for name in reversed(place.names.split("|")) if name[:1].isupper() and name.isascii()
    }
    others.pop(name_key(place["name"]), None)
    if others:
        st.caption(escape("Also written " + ", ".join(sorted(others.values())[:OTHER_NAMES])))


def rivals(reasons: pd.DataFrame) -> list[tuple[str, str, str, float, float]]:
    """Return the other places that were weighed: name, kind, country, longitude, latitude; the nearest race first."""
    weighed = dict.fromkeys(tuple(rival) for row in reasons.runners_up for rival in json.loads(row))
    return list(weighed)[:MOST_RIVALS]


def _keep_rivals() -> None:
    state.show_rivals = state.rivals
