"""The map on the page: what it is told to show, and what a click on it chooses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from corpus.index.connection import open_index
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.queries.rollup import COLUMN, Level
from corpus.records import ROLES
from dashboard.map import cached_shapes, controls, features, who_held_what
from dashboard.map.folium_map import base_map, clicked_place, layer, points
from dashboard.passages.why_here import rivals
from dashboard.selection import REGION, inside, region_of
from dashboard.serving import cached
from dashboard.serving.cached import Source
from dashboard.serving.corpus_summary import Corpus
from dashboard.view.state import PageState, state
from dashboard.words import count
from geodata.records import AREAS

VAGUE = 5  # km: a place that is known no better is drawn so


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the map shows: symbols, shapes, and the words for these."""

    symbols: pd.DataFrame
    shapes: list[features.Feature] = field(default_factory=list)
    legend: list[features.LegendRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def draw_map(
    source: Source,
    corpus: Corpus,
    filters: Filters,
    found: pd.DataFrame,
    words: str,
    *,
    focus: Collection[str] = (),
) -> None:
    """Draw the map of the places found; its base stays the same under every filter, so that it keeps its view.

    `words` say what is shown. The map moves to what is selected, or to the ids in `focus`, such as the places of the
    passage that is read, unless they are in view.
    """
    day = state.held_on(filters, corpus.first)
    held = cached_shapes.find_held(day) if day else None
    by = state.level
    drawing = _by_region(source, filters, found, by) if by else _by_place(source, filters, found)
    if held is not None and len(held):
        statuses, rows = features.held(held)
        drawing = replace(drawing, shapes=drawing.shapes + statuses, legend=drawing.legend + rows)
    drawing = _with_selected_region(drawing, source, found)
    if not by:
        extents = features.extents(cached.find_extents(source, filters))
        drawing = replace(drawing, shapes=drawing.shapes + extents)
    with st.container(key="map-frame"):  # a style of the page may give it another height
        _show(drawing, corpus, words, focus)
    controls.draw(day)
    if drawing.notes:
        st.caption(" ".join(drawing.notes))
    if day is not None:
        who_held_what.draw(day, held)


def _by_place(source: Source, filters: Filters, found: pd.DataFrame) -> Drawing:
    """Return each place as a symbol or a shape, with the others that the selected name might have meant on demand."""
    vague = (found.uncertainty_km >= VAGUE) & ~found.kind.isin(AREAS | {"city"})
    symbols = found.assign(approximate=vague | (found.doubtful == found.mentions))
    if state.show_rivals:
        symbols = pd.concat([symbols, _rivals(source, found)], ignore_index=True)
    extents = cached.find_extents(source, filters)
    shapes = features.outlines(_outlined(source, found))
    as_shapes = {*extents.id, *(shape["properties"]["id"] for shape in shapes)}  # a corridor is a line, no point
    symbols = symbols[~symbols.id.isin(as_shapes)]
    return Drawing(symbols, shapes)


def _by_region(source: Source, filters: Filters, found: pd.DataFrame, by: Level) -> Drawing:
    """Return regions tinted by their mentions, and the places that lie in none of them as symbols."""
    counts = cached.find_regions(source, filters, by)
    tinted = cached_shapes.find_shapes(source, by)[["code", "geometry"]].merge(counts, on="code")
    shapes, legend = features.shades(tinted)
    left = found[~found[COLUMN[by]].isin(tinted.code)]
    symbols = left[left.kind != "country"].assign(approximate=False)
    return Drawing(symbols, shapes=shapes, legend=legend, notes=[_left_over(left, tinted, by)])


def _with_selected_region(drawing: Drawing, source: Source, found: pd.DataFrame) -> Drawing:
    code = region_of(state.place)
    if code is None or any(shape["properties"]["id"] == state.place for shape in drawing.shapes):
        return drawing
    named = inside(found, code)
    articles = int(named.articles.max() if len(named) else 0)
    about = {"id": REGION + code, "kind": "admin1", "mentions": int(named.mentions.sum()), "articles": articles}
    selected = features.outlines(cached_shapes.find_region(source, code).assign(**about))
    return replace(drawing, shapes=drawing.shapes + selected)


def _rivals(source: Source, found: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the selected name might also have meant, as the map draws them."""
    place = state.place
    if place is None or place not in set(found.id):
        return found.head(0)
    with open_index(source.path) as index:
        weighed = rivals(queries.reasons(index, place, Filters(roles=ROLES)))
    columns = ["name", "kind", "country", "lon", "lat"]
    others = pd.DataFrame([(f"Not chosen: {name}", *rest) for name, *rest in weighed], columns=columns)
    none = dict.fromkeys(("articles", "sources", "mentions", "doubtful", "earlier", "named"), 0)
    ids = [f"other-{number}" for number in others.index]
    return others.assign(id=ids, uncertainty_km=0.0, outline="", approximate=True, **none)


def _outlined(source: Source, found: pd.DataFrame) -> gpd.GeoDataFrame:
    outlines = cached_shapes.find_outlines(source)[["code", "geometry"]]
    return outlines.merge(found, left_on="code", right_on="outline")


def _show(drawing: Drawing, corpus: Corpus, words: str, focus: Collection[str]) -> None:
    def clicked() -> None:
        place = clicked_place(state.map, corpus.choices.selectable)
        if place is not None:
            state.choose_place(place)

    drawn = layer(
        points(drawing.symbols, selected=state.place),
        drawing.shapes,
        selected=state.place,
        focus=focus,
        legend=drawing.legend,
        words=words,
    )
    st_folium(
        base_map(bounds=corpus.bounds, dark=state.is_dark),
        key=PageState.map.key,
        use_container_width=True,
        feature_group_to_add=drawn,
        returned_objects=["last_active_drawing", "last_object_clicked_count"],
        on_change=clicked,
    )


def _left_over(left: pd.DataFrame, tinted: pd.DataFrame, by: Level) -> str:
    """Return how the counts of the regions add up to what is shown."""
    noun = {"province": "province", "country": "country"}[by]
    inside_some, outside = int(tinted.mentions.sum()), int(left.mentions.sum())
    plural = {"province": "provinces", "country": "countries"}[by]
    words = f"Tinted by mentions: {inside_some:,} in {len(tinted):,} {noun if len(tinted) == 1 else plural}"
    if not outside:
        return words + "; every mention shown is in one of them."
    whole = left[left.kind == "country"]
    of_countries = f", {int(whole.mentions.sum()):,} of them of whole countries" if len(whole) else ""
    return (
        f"{words}; {count(outside, 'mention')} of {count(len(left), 'place')} in no single {noun}{of_countries}: "
        f"together {inside_some + outside:,}. ◆ and ● mark what lies in none; choose whole countries in the list."
    )
