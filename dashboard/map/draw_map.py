"""The map on the page: what it is told to show, the controls for that below it, and its twin in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Literal

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from corpus.queries.filters import Filters, spell
from corpus.queries.rollup import COLUMN, Level
from dashboard.escaping import escape
from dashboard.map import features
from dashboard.map.features import REGION, count
from dashboard.map.folium_map import base_map, clicked_place, grouped, layer, points
from dashboard.serving.cached import (
    Source,
    find_groups,
    find_held,
    find_outlines,
    find_region,
    find_regions,
    find_shapes,
)
from dashboard.view.naming import CHOICES, Names
from dashboard.view.url import EARLIEST, LATEST, View, held_day
from geodata.records import BBox

HEIGHT = 480
MANY = 5000  # places; beyond, the map shows groups until it is near
LEVELS: dict[Level | Literal[""], str] = {"": "Places", "province": "Provinces", "country": "Countries"}
SYMBOLS = (
    "● town or village · ■ building · ◆ sea, region or corridor without a shape · tinted area: country or province. "
    "Larger means more independent sources; a dashed rim means the position or the choice of the place is in doubt."
)
LINES = " Lines: solid in use, dotted blockaded, dashed proposed; shaded stretches are where a text leaves it open."
# Only where the map fills the screen: beside it, the passages are in view already.
_BRING = """export default function ({parentElement}) {
  const here = parentElement.getRootNode().host ?? parentElement;
  if (matchMedia("(max-width: 640px)").matches) here.scrollIntoView({block: "start", behavior: "instant"});
}"""


def restore(view: View) -> None:
    """Take the map's settings of a view, once a session."""
    st.session_state["level"], st.session_state["names"] = view.level or "", view.names
    st.session_state["show held"], st.session_state["as of"] = view.held is not None, view.held


def names() -> Names:
    """Return which names the reader chose."""
    chosen: Names = st.session_state["names"]
    return chosen


def level() -> Level | None:
    """Return what the reader chose to count by."""
    chosen: Level | Literal[""] = st.session_state["level"]
    return chosen or None


def held_on(filters: Filters, first: date | None) -> date | None:
    """Return the day of the layer of control, None while it is off: as chosen, else where the filter starts.

    `first` is the day of the first article, for a filter without a start.
    """
    if not st.session_state["show held"]:
        return None
    chosen: date | None = st.session_state["as of"]
    return held_day(chosen or filters.since or first or date.today())


def draw(
    source: Source, filters: Filters, found: pd.DataFrame, drawn: pd.DataFrame, *, bounds: BBox, dark: bool,
    first: date | None, words: str, extents: gpd.GeoDataFrame | None, known: Collection[str],
    choose: Callable[[str], None],
) -> None:  # fmt: skip
    """Draw the map of the places found; its base stays the same under every filter, so that it keeps its view.

    `drawn` is `found` and what else is drawn as a symbol, `first` the day of the first article, `words` what is shown.
    """
    selected = st.session_state["place"]
    day, by = held_on(filters, first), level()
    held = find_held(day) if day else None
    shapes: list[features.Feature] = []
    legend: list[features.LegendRow] = []
    notes = [] if by else [SYMBOLS + (LINES if extents is not None and len(extents) else "")]
    cells = pd.DataFrame()
    if by is None:
        shapes = features.outlines(_outlined(source, found))
        drawn = drawn[~drawn.id.isin({f["properties"]["id"] for f in shapes})]
        if len(drawn) > MANY:
            cells = find_groups(source, filters)
            notes.append("A number in a circle counts the places around it: click it, or zoom in, to see them.")
    else:
        tinted = find_shapes(source, by)[["code", "geometry"]].merge(find_regions(source, filters, by), on="code")
        shapes, legend = features.shades(tinted)
        drawn = found[~found[COLUMN[by]].isin(tinted.code)]
        notes.append(_left_over(drawn, tinted, by))
        drawn = drawn[drawn.kind != "country"].assign(approximate=False)
    if held is not None and len(held):
        statuses, rows = features.held(held)
        shapes, legend = [*shapes, *statuses], [*legend, *rows]
    if selected and selected.startswith(REGION) and not any(f["properties"]["id"] == selected for f in shapes):
        shapes += features.outlines(_region(source, selected.removeprefix(REGION), found))
    if extents is not None and by is None:
        shapes += features.extents(extents)

    def clicked() -> None:
        place = clicked_place(st.session_state.get("map"), known)
        if place is not None:
            choose(place)
            st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1

    st_folium(
        base_map(bounds=bounds, dark=dark),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=layer(
            points(drawn, selected=selected),
            shapes,
            groups=grouped(cells),
            selected=selected,
            legend=legend,
            words=words,
        ),
        returned_objects=["last_active_drawing", "last_object_clicked_count"],
        on_change=clicked,
    )
    controls(day)
    st.caption(" ".join(notes))
    if day is not None:
        _say_who_held_what(day, held)


def controls(day: date | None) -> None:
    """Draw what the map can be told to show."""
    with st.container(horizontal=True, vertical_alignment="center", key="map-controls"):
        st.radio(
            "What is counted on the map", list(LEVELS), key="level", format_func=LEVELS.__getitem__, horizontal=True,
            label_visibility="collapsed",
        )  # fmt: skip
        with st.popover("Names and layers", icon=":material/layers:"):
            st.radio("Names of places", list(CHOICES), key="names", format_func=CHOICES.__getitem__)
            st.checkbox(
                "Who held which district", key="show held",
                help=f"It shows {features.NATURE}, with the source of each, and changes no count.",
            )  # fmt: skip
            if day is not None:
                key = f"as of {day}"
                st.date_input(
                    "As of", day, min_value=EARLIEST, max_value=LATEST, key=key, format="YYYY-MM-DD",
                    on_change=lambda: st.session_state.update({"as of": st.session_state[key]}),
                )  # fmt: skip


def bring_into_view(key: str) -> None:
    """Scroll a narrow screen to this point once after each click on the map: there the passages stand below it."""
    if st.session_state.get("clicks"):
        _bring(key=key, height=1)


_bring = st.components.v2.component("dateline_bring", html="<span></span>", js=_BRING)


def who_held_what(filters: Filters, first: date | None) -> list[str]:
    """Return what the layer of control shows in words, nothing while it is off."""
    day = held_on(filters, first)
    return [f"Who held which district on {spell(day)}:", *features.who_held_what(find_held(day))] if day else []


def _say_who_held_what(day: date, held: gpd.GeoDataFrame | None) -> None:
    if held is None or held.empty:
        st.caption(f"Our table of who held which district says nothing of {spell(day)}.")
        return
    st.caption(
        f"Patterns: who held which district on {spell(day)}; {features.NATURE}. Slanted lines: divided between several."
    )
    with st.expander(f"Who held which district on {spell(day)}, and who says so"):
        for line, url in zip(features.who_held_what(held), held.sort_values("name").source_url, strict=True):
            link = f" [open]({url})" if url.startswith("https://") and not set("()[] ") & set(url) else ""
            st.markdown(escape(line) + link)


def _outlined(source: Source, found: pd.DataFrame) -> gpd.GeoDataFrame:
    return find_outlines(source)[["code", "geometry"]].merge(found, left_on="code", right_on="outline")


def _region(source: Source, code: str, found: pd.DataFrame) -> gpd.GeoDataFrame:
    inside = found[(found.region == code) | (found.country == code)]
    mentions, articles = int(inside.mentions.sum()), int(inside.articles.max() if len(inside) else 0)
    return find_region(source, code).assign(id=REGION + code, kind="admin1", mentions=mentions, articles=articles)


def _left_over(left: pd.DataFrame, tinted: pd.DataFrame, by: Level) -> str:
    """Return how the counts of the regions add up to what is shown."""
    noun = {"province": "province", "country": "country"}[by]
    inside, outside = int(tinted.mentions.sum()), int(left.mentions.sum())
    plural = {"province": "provinces", "country": "countries"}[by]
    words = f"Tinted by mentions: {inside:,} in {len(tinted):,} {noun if len(tinted) == 1 else plural}"
    if not outside:
        return words + "; every mention shown is in one of them."
    whole = left[left.kind == "country"]
    of_countries = f", {int(whole.mentions.sum()):,} of them of whole countries" if len(whole) else ""
    return (
        f"{words}; {count(outside, 'mention')} of {count(len(left), 'place')} in no single {noun}{of_countries}: "
        f"together {inside + outside:,}. ◆ and ● mark what lies in none; choose whole countries in the list."
    )
