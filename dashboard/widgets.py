"""The parts of the page: words, passages, the whole article, the list. Draws what it is given and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from corpus.queries.filters import NO_OUTLET, Filters
from corpus.queries.places import Totals
from dashboard import tables
from dashboard.escaping import escape, visible
from dashboard.map.features import count
from geodata.kinds import label

STATUS = {
    "actor": "name a people, language or citizenship (“Armenian officials”), not a place",
    "undecided": "could not be matched to a place of the gazetteer",
    "boilerplate": "stand in page furniture: links, captions shown twice, copyright lines",
}
# Only spacing, order and scroll behaviour: colours and type are the theme's.
_STYLE = """<style>
.stMainBlockContainer {padding-top: 1.4rem; padding-bottom: 2rem}
.stMainBlockContainer > .stVerticalBlock {gap: .6rem}
.st-key-headline h1 {padding: 0; font-size: 1.6rem}
.st-key-headline p {margin: 0}
.stSlider [data-testid="stWidgetLabel"] {min-height: 0}
.st-key-sources {overflow-wrap: anywhere}
.st-key-print {display: none}
iframe {color-scheme: normal}
/* A phone: the words of the buttons make way, the filters stay closed until asked for, and the map comes early. */
@media (max-width: 640px) {
  .stMainBlockContainer {padding: .8rem 1rem 2rem}
  .st-key-headline {flex-wrap: wrap; gap: .2rem .8rem}
  .st-key-headline > :nth-child(2) {order: 3; flex-basis: 100%}
  .st-key-headline > :nth-child(3) {margin-left: auto}
  .st-key-time {gap: 0 .1rem !important}
  .st-key-time button p {font-size: 0}
  .stCaptionContainer {line-height: 1.25}
  .stCaptionContainer p {font-size: .8rem}
  .st-key-filters-closed {display: none}
  iframe[title*="folium"] {height: 58vh !important}
}
@media (min-width: 641px) {.st-key-narrow {display: none}}
/* On paper: the words, the map, the list and its sources; nothing that asks to be pressed. */
@media print {
  .stApp, .stMain, .stAppViewContainer, .stMainBlockContainer, .st-key-sources, .st-key-sources > * {
    position: static !important; height: auto !important; overflow: visible !important; max-width: none !important}
  .stButton, .stDownloadButton, .stPopover, .stSlider, .stSelectbox, .stMultiSelect, .stTextInput, .stRadio,
  .stCheckbox, .stExpander, .stToolbar, header, .st-key-time, .st-key-map-controls, .st-key-lists, .st-key-narrow {
    display: none !important}
  *:has(> .st-key-sources) {height: auto !important; max-height: none !important}
  .stHorizontalBlock {display: block !important}
  .st-key-print {display: block !important}
  iframe[title*="folium"] {break-inside: avoid}
}
</style>"""


def style() -> None:
    """Set the spacing of the page."""
    st.html(_STYLE)


def failed(error: Exception) -> None:
    """Say what went wrong and what to do."""
    st.title("Dateline")
    st.error("The articles cannot be shown.", icon=":material/error:")
    st.text(visible(str(error)))


def in_words(counts: Totals, filters: Filters, region_names: dict[str, str]) -> str:
    """Return how much is shown, and of what."""
    words = filters.words(region_names)
    rest = f", {words}" if words else f", from {count(counts.articles, 'article')}"
    return f"{counts.shown:,} of {counts.detected:,} mentions shown{rest}"


def headline(counts: Totals, filters: Filters, region_names: dict[str, str], problems: list[str]) -> None:
    """Draw the title, how much is shown, and what is not and why."""
    with st.container(key="headline", horizontal=True, vertical_alignment="center"):
        st.title("Dateline", anchor=False, width="content")
        number, _, rest = in_words(counts, filters, region_names).partition(" shown")
        st.markdown(f"**{number} shown**{escape(rest)}", width="stretch")
        with st.popover("Not shown", icon=":material/info:"):
            for status, meaning in STATUS.items():
                st.markdown(f"**{counts.by_status.get(status, 0):,}** {meaning}")
            if counts.undated:
                st.markdown(f"**{counts.undated:,}** have no date; they are shown only while all dates are")
            if problems:
                st.markdown("**Files that were left out, or read with a reservation**")
                for problem in problems:
                    st.text(visible(problem))


def filter_row(filters: Filters) -> st.delta_generator.DeltaGenerator:
    """Return the place for words, regions and outlets: on a narrow screen it opens when asked to."""
    active = sum(map(bool, (filters.text, filters.regions, filters.outlets)))
    with st.container(key="narrow"):
        opened = st.toggle("Words, regions, outlets" + (f" ({active} set)" if active else ""), key="filters")
    return st.container(key="filters-open" if opened else "filters-closed")


def aloud(lines: list[str], more: list[str]) -> None:
    """Draw the view as text: in a box that opens, and on paper, with what else the paper should hold."""
    with st.container(key="print"):
        st.text(visible("\n".join([*lines, *more])))
    with st.expander("The map in words, to be read aloud", icon=":material/text_to_speech:"):
        for line in lines:
            st.text(visible(line))
        st.caption("Places are counted in the country and province where the gazetteer and its shapes put them.")


def outlet_name(outlet: str) -> str:
    """Return an outlet's name, or words for its absence."""
    return visible(outlet) or NO_OUTLET


def place_labels(places: pd.DataFrame) -> dict[str, str]:
    """Return places as the list names them, by id."""
    # a row of a frame takes a hundred times as long to make, and there may be thousands
    columns = ["id", "name", "kind", "region_name", "country_name"]
    labels = {}
    for id, name, kind, region, country in zip(*(places[column] for column in columns), strict=True):
        parts = [
            label(kind),
            "" if kind in ("admin1", "country") else region,
            "" if kind == "country" else country,
        ]
        labels[id] = f"{visible(name)} — {', '.join(part for part in parts if part)}"
    return labels


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
    table = pd.DataFrame(
        {
            "Place": found.name,
            "Kind": found.kind.map(label),
            "Province": found.region_name,
            "Country": found.country_name,
            "Mentions": found.mentions,
            "Articles": found.articles,
        }
    )
    choice_list(
        table, list(found.id), selected, choose, name="list", alt="Places on the map with their mentions and articles"
    )


def choice_list(
    table: pd.DataFrame,
    ids: list[str],
    selected: str | None,
    choose: Callable[[str | None], None],
    *,
    name: str,
    alt: str,
) -> None:
    """Draw a table whose rows can be chosen, the selected one marked; `ids` are those of its rows."""
    row = ids.index(selected) if selected in ids else None
    key = f"{name}-{selected}-{hash(tuple(ids))}"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose(ids[rows[0]] if rows else None)

    st.dataframe(
        tables.shown(table),
        hide_index=True,
        height=min(36 * (len(table) + 1), 420),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}},
        alt=alt,
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
    csv.download_button("Places as CSV", lambda: tables.csv(found[columns]), "places.csv", "text/csv", width="stretch")
    geojson.download_button(
        "Places as GeoJSON", lambda: _geojson(found[columns]), "places.geojson", "application/geo+json", width="stretch"
    )
    package.download_button(
        "Everything as GeoPackage", index.read_bytes, "dateline.gpkg", "application/geopackage+sqlite3", width="stretch"
    )


def _geojson(found: pd.DataFrame) -> bytes:
    points = gpd.points_from_xy(found.lon, found.lat)
    return str(gpd.GeoDataFrame(found, geometry=points, crs=4326).to_json(drop_id=True)).encode()
