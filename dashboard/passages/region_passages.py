"""What the articles say of places in a country or province as a whole."""

from __future__ import annotations

import sqlite3
from functools import partial

import pandas as pd
import streamlit as st

from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard.escaping import escape
from dashboard.passages import place_passages
from dashboard.selection import inside
from dashboard.widgets import room
from dashboard.words import count

METHODS = place_passages.METHODS | {"shape": "the region itself, named", "": "no country"}
NAMED = 8  # places of a region that its heading lists


def label(region: pd.Series) -> str:
    """Return a region as the box of places lists it."""
    kind = "the whole country" if region.level == 0 else f"the whole province, {region.country}"
    return f"All of {region['name']} — {kind}"


def passages(index: sqlite3.Connection, region: pd.Series, found: pd.DataFrame, filters: Filters) -> None:
    """Draw the passages that name any place of a region; `found` are the places under the filters."""
    named = inside(found, region.code)
    st.subheader(escape(f"All of {region['name']}"), anchor=False)
    counts = f"{count(int(named.mentions.sum()), 'mention')} of {count(len(named), 'place')}"
    most = ", ".join(f"{row['name']} ({row.mentions:,})" for _, row in named.head(NAMED).iterrows())
    more = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
    methods = escape("How places were put into their province: " + _methods(named))
    st.caption(escape(f"{counts} inside, however named: {most}{more}"), help=methods)
    list_ = f"passages in {region.code}"
    limit = room(list_, place_passages.PAGE)
    rows = queries.passages(index, region.code, filters, of="region", limit=limit + 1)
    if rows.empty:
        st.info("No passage names a place in here under these filters. Widen the dates, or clear the other filters.")
    mentions = partial(queries.mentions_in, index, id=region.code, filters=filters, of="region")
    place_passages.page_through(index, list_, rows, mentions)


def _methods(places: pd.DataFrame) -> str:
    by_method = places.groupby("region_method").mentions.sum().sort_values(ascending=False)
    return "; ".join(f"{METHODS.get(method, method)}: {number:,}" for method, number in by_method.items())
