"""The page, top to bottom."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from corpus import queries
from corpus.build import build_index
from corpus.errors import CorpusError
from corpus.index import open_index, read_meta
from corpus.queries import Filters
from dashboard import panels, sources, state, timeline
from dashboard.config import Config, read_config
from dashboard.lookup import look_up
from dashboard.map import base_map, clicked_place, places_layer, simplify_areas
from geodata.errors import GeodataError
from geodata.records import AREAS

MAP_HEIGHT = 480
ICON = Path(__file__).parent / "static" / "icon.png"  # an emoji or a symbol's name would be fetched from elsewhere
WORLD = (-25.0, -35.0, 60.0, 65.0)


def main() -> None:
    """Draw the page."""
    st.set_page_config("Dateline", page_icon=str(ICON), layout="wide")
    panels.style()
    config = read_config()
    try:
        problems = prepare(config)
        version = config.index.stat().st_mtime_ns
        corpus = read_corpus(config.index, version)
    except (CorpusError, GeodataError, OSError) as error:
        panels.failed(error)
        st.stop()
    if "restored" not in st.session_state:
        restore(corpus)
        st.session_state["restored"] = True

    filters = choose(config, version, corpus)
    found = find_places(config.index, version, filters)
    counts = count(config.index, version, filters)
    with st.session_state["headline"]:
        panels.headline(counts, filters, corpus.region_names, problems)

    on_map, beside = st.columns([3, 2], gap="medium")
    with on_map:
        draw_map(config, version, corpus, found)
    with beside, open_index(config.index) as index:
        read_sources(index, filters, found, corpus)
    panels.place_list(found, st.session_state["place"], choose_place)
    look_up(corpus.choices.places, choose_place)
    panels.take_along(found, config.index)
    remember(filters)


class Corpus:
    """What stays the same while the reader filters: what there is to choose, and where the map begins."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self.days = queries.days(index, Filters())
        self.stops = timeline.stops(self.days)
        self.outlets = queries.outlets(index)
        self.regions = queries.region_options(index)
        self.region_names = dict(zip(self.regions.code, self.regions.name, strict=True))
        self.places = queries.places(index, Filters())
        self.bounds = extent(self.places)
        self.meta = read_meta(index)
        self.choices = state.Choices(self.stops, set(self.outlets), set(self.regions.code), set(self.places.id))


@st.cache_resource(show_spinner=False)
def prepare(config: Config) -> list[str]:
    """Build the index where it is missing or out of date; return what could not be read."""
    bar = st.progress(0.0, "Reading the articles ...")

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, f"Reading the articles: {done:,} of {total:,}")

    report = build_index(config.articles, config.index, progress=progress)
    bar.empty()
    if report.rebuilt:
        return [f"{file.name}: {message}" for file, message in report.problems]
    with open_index(config.index) as index:
        return read_meta(index).get("problems", "").splitlines()


@st.cache_resource(max_entries=4, show_spinner=False)
def read_corpus(path: Path, version: int) -> Corpus:
    """Read what does not change until the index does."""
    with open_index(path) as index:
        return Corpus(index)


@st.cache_data(max_entries=64, show_spinner=False)
def find_places(path: Path, version: int, filters: Filters) -> pd.DataFrame:
    """Find the places under the filters."""
    with open_index(path) as index:
        return queries.places(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def find_days(path: Path, version: int, filters: Filters) -> pd.DataFrame:
    """Count the mentions by day under the filters."""
    with open_index(path) as index:
        return queries.days(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def count(path: Path, version: int, filters: Filters) -> queries.Totals:
    """Count what is shown and what there is."""
    with open_index(path) as index:
        return queries.totals(index, filters)


@st.cache_data(max_entries=8, show_spinner=False)
def find_areas(path: Path, version: int, codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Read the shapes of countries and provinces, fit for drawing."""
    return simplify_areas(queries.areas(path, codes))


def extent(places: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return the box (west, south, east, north) that holds most of what happened at definite places."""
    points = places[~places.kind.isin(AREAS)]
    if points.empty:
        points = places[places.kind.isin({"admin1", "admin2", "corridor", "lake"})]
    if points.empty:
        return WORLD
    middle = points.loc[points.index.repeat(points.articles), ["lon", "lat"]].median()
    distance = ((points.lon - middle.lon) ** 2 + (points.lat - middle.lat) ** 2) ** 0.5
    near = points[distance <= max(1.0, distance.quantile(0.75))]
    west, east = near.lon.min(), near.lon.max()
    south, north = near.lat.min(), near.lat.max()
    margin = max(0.2, 0.08 * max(east - west, north - south))
    return (round(west - margin, 2), round(south - margin, 2), round(east + margin, 2), round(north + margin, 2))


def restore(corpus: Corpus) -> None:
    """Take the view from the URL, once a session."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    view = state.read_url(query, corpus.choices)
    chosen = view.filters
    if corpus.stops:
        first, last = corpus.stops[0], corpus.stops[-1]
        since = next((stop for stop in corpus.stops if stop >= (chosen.since or first)), last)
        until = next((stop for stop in reversed(corpus.stops) if stop <= (chosen.until or last)), first)
        # The slider's first value, not its state: only a value of two days makes it a range.
        st.session_state["first period"] = (min(since, until), max(since, until))
    st.session_state["outlets"] = list(chosen.outlets)
    st.session_state["regions"] = list(chosen.regions)
    st.session_state["text"] = chosen.text
    st.session_state["place"] = view.place
    st.session_state["passage"] = view.passage


def remember(filters: Filters) -> None:
    """Put the view into the URL."""
    view = state.View(filters, st.session_state["place"], st.session_state["passage"])
    wanted = state.write_url(view)
    if {name: st.query_params.get_all(name) for name in st.query_params} != {
        name: value if isinstance(value, list) else [value] for name, value in wanted.items()
    }:
        st.query_params.from_dict(wanted)


def choose(config: Config, version: int, corpus: Corpus) -> Filters:
    """Draw the filters and return what is chosen."""
    st.session_state["headline"] = st.container()
    whole = (corpus.stops[0], corpus.stops[-1]) if corpus.stops else (date.min, date.max)
    filters = Filters(
        outlets=tuple(st.session_state["outlets"]),
        regions=tuple(st.session_state["regions"]),
        text=st.session_state["text"],
    )
    period = st.session_state.get("period") or st.session_state.get("first period", whole)
    if len(corpus.stops) > 1:
        days = find_days(config.index, version, filters)
        bars = timeline.bars(days, corpus.stops, *period)
        theme = "dark" if is_dark() else "light"
        st.altair_chart(
            timeline.chart(bars, corpus.stops, theme=theme), alt="Mentions by the date the articles give them"
        )
        period = st.select_slider(
            "Dates the articles give",
            options=corpus.stops,
            value=st.session_state["first period"],
            key="period",
            format_func=queries.spell,
            help="Both days are included. A period such as “September 2022” is shown while any of its days is.",
        )
    else:
        st.caption("The articles give no dates to filter by." if not corpus.stops else f"All of {corpus.stops[0]}.")
    text, regions, outlets = st.columns(3, gap="small")
    text.text_input(
        "Words in the passage", key="text", placeholder="Words in the passage", label_visibility="collapsed"
    )
    regions.multiselect(
        "Country or province",
        list(corpus.region_names),
        key="regions",
        format_func=lambda code: corpus.region_names[code],
        placeholder="Any country or province",
        label_visibility="collapsed",
    )
    outlets.multiselect(
        "Outlet",
        corpus.outlets,
        key="outlets",
        format_func=panels.outlet_name,
        placeholder="Any outlet",
        label_visibility="collapsed",
    )
    if tuple(period) == whole:
        return filters
    return Filters(period[0], period[1], filters.outlets, filters.regions, filters.text)


def is_dark() -> bool:
    """Say whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def draw_map(config: Config, version: int, corpus: Corpus, found: pd.DataFrame) -> None:
    """Draw the map; its base stays the same under every filter, so that it keeps its view."""
    shaped = found[found.outline != ""]
    shapes = find_areas(
        config.index, version, tuple(sorted(corpus.places.outline[corpus.places.outline != ""].unique()))
    )
    areas = shapes[["code", "geometry"]].merge(shaped, left_on="code", right_on="outline")
    vague = (found.uncertainty_km >= 5) & ~found.kind.isin(AREAS | {"city"})
    drawn = found.assign(approximate=vague | (found.doubtful == found.mentions))
    if st.session_state.get("show rivals"):
        drawn = pd.concat([drawn, other_places(config, version, found)], ignore_index=True)
    layer = places_layer(drawn, areas, selected=st.session_state["place"])

    def clicked() -> None:
        place = clicked_place(st.session_state.get("map"), corpus.choices.places)
        if place is not None:
            choose_place(place)

    st_folium(
        base_map(bounds=corpus.bounds, dark=is_dark()),
        key="map",
        height=MAP_HEIGHT,
        use_container_width=True,
        feature_group_to_add=layer,
        returned_objects=["last_active_drawing", "last_object_clicked_count"],
        on_change=clicked,
    )
    panels.legend()


def other_places(config: Config, version: int, found: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the selected name might also have meant, as the map draws them."""
    place = st.session_state["place"]
    if place not in set(found.id):
        return found.head(0)
    with open_index(config.index) as index:
        weighed = sources.rivals(queries.reasons(index, place, Filters()))
    columns = ["name", "kind", "country", "lon", "lat"]
    others = pd.DataFrame([(f"Not chosen: {name}", *rest) for name, *rest in weighed], columns=columns)
    return others.assign(
        id=[f"other-{number}" for number in others.index],
        articles=0, mentions=0, doubtful=0, uncertainty_km=0.0, outline="", approximate=True,
    )  # fmt: skip


def choose_place(place: str | None) -> None:
    """Select a place, wherever it was chosen."""
    st.session_state["show rivals"] = False
    st.session_state["rivals"] = False
    st.session_state["place"] = place
    st.session_state["passage"] = None
    st.session_state["pages"] = 1


def read_sources(index: sqlite3.Connection, filters: Filters, found: pd.DataFrame, corpus: Corpus) -> None:
    """Draw the sources: what names the selected place, or the article that a passage stands in."""
    ids = list(found.id)
    place = st.session_state["place"]
    known = corpus.places.set_index("id")
    if place is not None and place not in ids:
        ids.append(place)
    st.session_state["chosen"] = place
    st.selectbox(
        "Place",
        ids,
        index=None,
        key="chosen",
        format_func=lambda id: panels.place_label(known.loc[id]),
        placeholder="Click the map, or choose a place here",
        on_change=lambda: choose_place(st.session_state["chosen"]),
        label_visibility="collapsed",
    )
    with st.container(height=MAP_HEIGHT, border=False, key="sources"):
        if found.empty and place is None:
            panels.nothing(filters)
        elif place is None:
            panels.invitation(found)
        elif st.session_state["passage"] is not None:
            sources.whole_article(index, st.session_state["passage"], place, known.loc[place])
        else:
            sources.passages(index, known.loc[place], filters)


main()
