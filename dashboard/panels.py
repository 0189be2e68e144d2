"""The parts of the page: words, passages, the whole article, the list. Draws what it is given and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from corpus import queries
from corpus.queries import Filters, Totals
from dashboard.reader import escape

KINDS = {
    "city": "town", "village": "village", "building": "building", "country": "country", "admin1": "province",
    "admin2": "district", "continent": "continent", "region": "region", "corridor": "corridor", "border": "border",
    "sea": "sea", "lake": "lake", "river": "river", "natural": "natural feature", "road": "road", "park": "park",
    "bloc": "bloc of states",
}  # fmt: skip
STATUS = {
    "actor": "name a people, language or citizenship (“Armenian officials”), not a place",
    "undecided": "could not be matched to a place of the gazetteer",
    "boilerplate": "stand in page furniture: links, captions shown twice, copyright lines",
}
# Only spacing and scroll behaviour: colours and type are the theme's.
_STYLE = """<style>
.stMainBlockContainer {padding-top: 1.4rem; padding-bottom: 2rem}
.stMainBlockContainer > .stVerticalBlock {gap: .6rem}
.st-key-headline h1 {padding: 0; font-size: 1.6rem}
.st-key-headline p {margin: 0}
.stSlider [data-testid="stWidgetLabel"] {min-height: 0}
.st-key-sources {overflow-wrap: anywhere}
iframe {color-scheme: normal}
</style>"""


def style() -> None:
    """Set the spacing of the page."""
    st.html(_STYLE)


def failed(error: Exception) -> None:
    """Say what went wrong and what to do."""
    st.title("Dateline")
    st.error("The articles cannot be shown.", icon=":material/error:")
    st.text(str(error))


def headline(counts: Totals, filters: Filters, region_names: dict[str, str], problems: list[str]) -> None:
    """Draw the title, how much is shown, and what is not and why."""
    with st.container(key="headline"):
        words = filters.words(region_names)
        shown = f"**{counts.shown:,} of {counts.detected:,} mentions shown**"
        plain = (
            f", {words}" if words else f", from {counts.articles:,} {'article' if counts.articles == 1 else 'articles'}"
        )
        title, middle, right = st.columns([1.1, 4, 1.1], vertical_alignment="center")
        title.title("Dateline", anchor=False)
        middle.markdown(shown + escape(plain))
        with right.popover("Not shown", icon=":material/info:", width="stretch"):
            for status, meaning in STATUS.items():
                st.markdown(f"**{counts.by_status.get(status, 0):,}** {meaning}")
            if counts.undated:
                st.markdown(f"**{counts.undated:,}** have no date; they are shown only while all dates are")
            if problems:
                st.markdown("**Files that were left out, or read with a reservation**")
                for problem in problems:
                    st.text(problem)


def legend() -> None:
    """Say what the symbols mean."""
    st.caption(
        "● town or village · ■ building · ◆ sea, region or corridor without a shape · tinted area: country or "
        "province. Larger means more articles; a dashed rim means the position or the choice of the place is in doubt."
    )


def outlet_name(outlet: str) -> str:
    """Return an outlet's name, or words for its absence."""
    return outlet or queries.NO_OUTLET


def place_label(place: pd.Series) -> str:
    """Return a place as the list names it."""
    return f"{place['name']} — {', '.join([KINDS.get(place.kind, place.kind), *where(place)])}"


def where(place: pd.Series) -> list[str]:
    """Return the province and country that a place lies in."""
    parts = [] if place.kind == "country" else [place.country_name]
    if place.region_name and place.kind not in ("admin1", "country"):
        parts.insert(0, place.region_name)
    return [part for part in parts if part]


def nothing(filters: Filters) -> None:
    """Say that the filters leave nothing."""
    st.info("No place is named under these filters. Widen the dates, or clear the words, regions or outlets.")


def invitation(found: pd.DataFrame) -> None:
    """Say what to do first."""
    st.markdown(f"**{len(found):,} {'place' if len(found) == 1 else 'places'}** on the map.")
    st.markdown("Click one, or choose it above or in the list below, to read every passage that names it.")


def place_list(found: pd.DataFrame, selected: str | None, choose: Callable[[str | None], None]) -> None:
    """Draw the list of places: the same places, counts and selection as the map."""
    st.subheader("Places", anchor=False)
    if found.empty:
        st.caption("No place under these filters.")
        return
    ids = list(found.id)
    row = ids.index(selected) if selected in ids else None
    table = pd.DataFrame(
        {
            "Place": found.name,
            "Kind": found.kind.map(KINDS),
            "Province": found.region_name,
            "Country": found.country_name,
            "Mentions": found.mentions,
            "Articles": found.articles,
        }
    )
    key = f"list-{selected}-{hash(tuple(ids))}"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose(ids[rows[0]] if rows else None)

    st.dataframe(
        table,
        hide_index=True,
        height=min(36 * (len(table) + 1), 420),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}},
        alt="Places on the map with their mentions and articles",
    )


def take_along(found: pd.DataFrame, index: Path) -> None:
    """Offer the places shown as CSV and GeoJSON, and the whole index as GeoPackage."""
    if found.empty:
        return
    columns = [
        "id",
        "name",
        "kind",
        "region_name",
        "country_name",
        "lon",
        "lat",
        "uncertainty_km",
        "mentions",
        "articles",
    ]
    csv, geojson, package = st.columns(3)
    csv.download_button(
        "Places as CSV", lambda: found[columns].to_csv(index=False).encode(), "places.csv", "text/csv", width="stretch"
    )
    geojson.download_button(
        "Places as GeoJSON", lambda: _geojson(found[columns]), "places.geojson", "application/geo+json", width="stretch"
    )
    package.download_button(
        "Everything as GeoPackage", index.read_bytes, "dateline.gpkg", "application/geopackage+sqlite3", width="stretch"
    )


def _geojson(found: pd.DataFrame) -> bytes:
    points = gpd.points_from_xy(found.lon, found.lat)
    return gpd.GeoDataFrame(found, geometry=points, crs=4326).to_json(drop_id=True).encode()
