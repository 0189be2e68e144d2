"""A country or province as a whole: the list to choose one from, and what the articles say of places in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard import widgets
from dashboard.escaping import escape
from dashboard.map.features import REGION, count
from dashboard.passages import place_passages

METHODS = place_passages.METHODS | {"shape": "the region itself, named", "": "no country"}
NAMED = 8  # places of a region that its heading lists


def label(region: pd.Series) -> str:
    """Return a region as the box of places lists it."""
    kind = "the whole country" if region.level == 0 else f"the whole province, {region.country}"
    return f"All of {region['name']} — {kind}"


def region_list(regions: pd.DataFrame, selected: str | None, choose: Callable[[str | None], None]) -> None:
    """Draw the regions with the counts of the map; a choice of a row selects all that lies inside."""
    st.subheader("Regions", anchor=False)
    if regions.empty:
        st.caption("No region holds a place under these filters.")
        return
    table = pd.DataFrame(
        {
            "Region": regions.name,
            "Country": regions.country_name,
            "Mentions": regions.mentions,
            "Places": regions.places,
            "Articles": regions.articles,
            "Sources": regions.sources,
        }
    )
    ids = [REGION + code for code in regions.code]
    widgets.choice_list(table, ids, selected, choose, name="regions", alt="Regions with their mentions and places")


def passages(index: sqlite3.Connection, region: pd.Series, found: pd.DataFrame, filters: Filters) -> None:
    """Draw the passages that name any place of a region; `found` are the places under the filters."""
    inside = found[(found.region == region.code) | (found.country == region.code)]
    st.subheader(escape(f"All of {region['name']}"), anchor=False)
    mentions = int(inside.mentions.sum())
    named = ", ".join(f"{row['name']} ({row.mentions:,})" for _, row in inside.head(NAMED).iterrows())
    more = f" and {len(inside) - NAMED:,} more" if len(inside) > NAMED else ""
    st.caption(
        escape(f"{count(mentions, 'mention')} of {count(len(inside), 'place')} inside, however named: {named}{more}"),
        help=escape("How places were put into their province: " + _methods(inside)),
    )
    limit = place_passages.PAGE * st.session_state.get("pages", 1)
    rows = queries.passages(index, region.code, filters, of="region", limit=limit + 1)
    if rows.empty:
        st.info("No passage names a place in here under these filters. Widen the dates, or clear the other filters.")
    inside_of = partial(queries.mentions_in, index, id=region.code, filters=filters, of="region")
    place_passages.page_through(rows, limit, inside_of, index)


def _methods(inside: pd.DataFrame) -> str:
    by_method = inside.groupby("region_method").mentions.sum().sort_values(ascending=False)
    return "; ".join(f"{METHODS.get(method, method)}: {number:,}" for method, number in by_method.items())
