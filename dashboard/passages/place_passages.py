"""What the articles say of a place, or of a stretch, a direction or a line: passage by passage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pandas as pd
import streamlit as st

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard.escaping import escape
from dashboard.passages.cards import card
from dashboard.passages.why_here import why_here
from dashboard.widgets import room, show_more
from dashboard.words import where
from geodata.folding import name_key
from geodata.kinds import label

PAGE = 20  # passages at first, and more at each press
OTHER_NAMES = 6
METHODS = {
    "code": "by the gazetteer's own code",
    "inside": "because its point lies in the shape",
    "nearest": "the nearest province of its country",
    "country": "only the country is known",
}


def passages(index: sqlite3.Connection, place: pd.Series, filters: Filters) -> None:
    """Draw the passages that name a place."""
    _about(place)
    why_here(index, place, filters)
    list_ = f"passages of {place.name}"
    limit = room(list_, PAGE)
    found = queries.passages(index, place.name, filters, limit=limit + 1)
    if found.empty:
        st.info(
            "No passage names this place under these filters. Widen the dates, clear other filters, or show who acts."
        )
    page_through(index, list_, found, lambda passage: queries.mentions_in(index, passage, str(place.name), filters))


def page_through(
    index: sqlite3.Connection, list_: str, found: pd.DataFrame, mentions: Callable[[int], pd.DataFrame]
) -> None:
    """Draw as many of the passages found as their list has room for, and a button for more."""
    limit = room(list_, PAGE)
    for passage in found.head(limit).itertuples():
        card(index, passage, mentions(passage.passage))
    if len(found) > limit:
        show_more(list_, "Show more passages")


def extent(index: sqlite3.Connection, about: pd.Series, filters: Filters) -> None:
    """Draw the passages that speak of a stretch, a direction or a line."""
    st.subheader(escape(about["name"]), anchor=False)
    st.caption(escape(about.words))
    id = str(about.name)
    found = stretches.passages(index, id, filters)
    if found.empty:
        st.info("No passage speaks of this under these filters. Widen the dates, or clear the other filters.")
    shape, wide = str(stretches.shape_of(id)), stretches.widened(filters)
    for passage in found.itertuples():
        within = passage.start, passage.start + len(passage.text)
        spans = [span for span in stretches.spans(index, passage.article, id) if within[0] <= span[0] < within[1]]
        card(index, passage, queries.mentions_in(index, passage.passage, shape, wide, of="extent"), spans)


def _about(place: pd.Series) -> None:
    st.subheader(escape(place["name"]), anchor=False)
    method = METHODS.get(place.region_method)
    line = ", ".join([label(place.kind), *where(place.kind, place.region_name, place.country_name)])
    if place.years:
        line += f" ({place.years if place.years.startswith('since') else f'existed {place.years}'})"
    st.caption(
        escape(f"{line} · {place.lat:.4f}, {place.lon:.4f}, known to about {place.uncertainty_km:g} km")
        + (escape(f" · in its province {method}") if method and place.region_name else ""),
        help=escape(f"Position: {place.source}"),
    )
    others = {
        name_key(name): name for name in reversed(place.names.split("|")) if name[:1].isupper() and name.isascii()
    }
    others.pop(name_key(place["name"]), None)
    if others:
        st.caption(escape("Also written " + ", ".join(sorted(others.values())[:OTHER_NAMES])))
