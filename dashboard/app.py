"""The page, top to bottom."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import open_index
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.records import ROLES
from dashboard import server, widgets
from dashboard.config import Config, read_config
from dashboard.escaping import visible
from dashboard.map import draw_map as on_map
from dashboard.map.features import EXTENTS, REGION
from dashboard.passages import place_passages, region_passages
from dashboard.serving import cached, open_files
from dashboard.serving.cached import Source
from dashboard.serving.corpus_summary import Corpus
from dashboard.serving.index_keeper import Keeper, Version
from dashboard.tabs import bar
from dashboard.time import controls
from dashboard.view import roles, url
from dashboard.view.lookup import look_up
from dashboard.view.naming import named
from geodata.errors import GeodataError
from geodata.records import AREAS

ICON = Path(__file__).parent / "static" / "icon.png"  # an emoji or a symbol's name would be fetched from elsewhere


def main() -> None:
    """Draw the page."""
    server.ask_nobody()
    open_files.keep_few_open()
    st.set_page_config("Dateline", page_icon=str(ICON), layout="wide")
    widgets.style()
    config = read_config()
    try:
        draw(config)
    except (CorpusError, GeodataError, OSError) as error:
        # An index that was deleted or damaged under the open page is built again, once.
        if isinstance(error, IndexNotUsableError) and not st.session_state.get("index doubted"):
            st.session_state["index doubted"] = True
            keep(config).doubt()
            st.rerun()
        widgets.failed(error)
        st.stop()
    st.session_state["index doubted"] = False


def draw(config: Config) -> None:
    """Draw what the index holds."""
    version, problems = prepare(config)
    source = Source(config.index, version)
    corpus = read_corpus(source)
    if "version" not in st.session_state:
        restore(corpus)
    elif st.session_state["version"] != version:
        keep_what_is_there(corpus)
    st.session_state["version"] = version

    filters = choose(source, corpus)
    found = in_chosen_names(source, cached.find_places(source, filters))
    counts = cached.count(source, filters)
    with st.session_state["headline"]:
        widgets.headline(counts, filters, corpus.region_names, problems)

    left, beside = st.columns([3, 2], gap="medium")
    with left:
        draw_map(source, corpus, found, filters, widgets.in_words(counts, filters, corpus.region_names))
    with beside, open_index(config.index) as index:
        on_map.bring_into_view(key=f"clicks-{st.session_state.get('clicks', 0)}")
        read_sources(index, filters, found, corpus, in_chosen_names(source, corpus.places))
    with open_index(config.index) as index:
        tab = bar.draw(index, filters, st.session_state["place"], corpus.places, choose_place)
    if tab == "places":
        draw_lists(source, filters, found)
    lines = cached.read_aloud(source, filters, found, corpus.region_names)
    widgets.aloud(lines, on_map.who_held_what(filters, corpus.first))
    look_up(corpus.choices.places, choose_place)
    widgets.take_along(found, config.index)
    remember(filters, corpus.first)


def draw_lists(source: Source, filters: Filters, found: pd.DataFrame) -> None:
    """Draw the twins of the map: the list of regions where they are counted, and the list of places."""
    with st.container(key="lists"):
        if level := on_map.level():
            region_passages.region_list(
                cached.find_regions(source, filters, level), st.session_state["place"], choose_place
            )
        widgets.place_list(found, st.session_state["place"], choose_place)


@st.cache_resource(show_spinner=False)
def keep(config: Config) -> Keeper:
    """Return what keeps the index, the same for all readers."""
    return Keeper(config)


def prepare(config: Config) -> tuple[Version, list[str]]:
    """Build the index where it is missing, damaged or out of date; return its version and what could not be read."""
    bars: list[DeltaGenerator] = []

    def progress(done: int, total: int) -> None:
        words = f"Reading the articles: {done:,} of {total:,}" if total else "Reading the articles ..."
        part = done / max(1, total)
        bars.append(bars[-1].progress(part, words) if bars else st.progress(part, words))

    ready = keep(config).ready(progress)
    for shown in bars[-1:]:
        shown.empty()
    return ready


@st.cache_resource(max_entries=4, show_spinner=False)
def read_corpus(source: Source) -> Corpus:
    """Read what does not change until the index does."""
    with open_index(source.path) as index:
        return Corpus(index)


def in_chosen_names(source: Source, places: pd.DataFrame) -> pd.DataFrame:
    """Return places by the names that the reader chose."""
    choice = on_map.names()
    return places if choice == "written" else named(places, choice, cached.find_spellings(source))


def restore(corpus: Corpus) -> None:
    """Take the view from the URL, once a session."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    view = url.read_url(query, corpus.choices)
    chosen = view.filters
    controls.restore(view)
    on_map.restore(view)
    bar.restore(view)
    st.session_state["outlets"] = list(chosen.outlets)
    st.session_state["regions"] = list(chosen.regions)
    st.session_state["text"], st.session_state["roles"] = chosen.text, list(chosen.roles)
    st.session_state["place"] = view.place
    st.session_state["passage"] = view.passage


def keep_what_is_there(corpus: Corpus) -> None:
    """Drop from the view what the index does not have that took the place of another."""
    there = corpus.choices
    for name, choices in (("outlets", there.outlets), ("regions", there.regions)):
        st.session_state[name] = [choice for choice in st.session_state[name] if choice in choices]
    if st.session_state["place"] not in {*there.places, *(REGION + code for code in there.regions)}:
        st.session_state["place"] = None
    st.session_state["passage"] = None  # its number is another's now


def remember(filters: Filters, first: date | None) -> None:
    """Put the view into the URL."""
    view = url.View(
        filters, st.session_state["place"], st.session_state["passage"], st.session_state.get("unit") or None,
        st.session_state["window"], on_map.level(), on_map.names(), on_map.held_on(filters, first),
        st.session_state.get("tab") or "places",
    )  # fmt: skip
    wanted = url.write_url(view)
    if {name: st.query_params.get_all(name) for name in st.query_params} != {
        name: value if isinstance(value, list) else [value] for name, value in wanted.items()
    }:
        st.query_params.from_dict(wanted)


def choose(source: Source, corpus: Corpus) -> Filters:
    """Draw the filters and return what is chosen."""
    st.session_state["headline"] = st.container()
    filters = Filters(
        outlets=tuple(st.session_state["outlets"]),
        regions=tuple(st.session_state["regions"]),
        text=st.session_state["text"],
        roles=roles.chosen(),
    )
    find = partial(cached.find_days, source)
    everything = {by: find(Filters(by=by, roles=filters.roles)) for by in controls.DATES}
    filters = controls.choose_dates(everything, filters, find, theme="dark" if is_dark() else "light")
    text, regions, outlets, undated = widgets.filter_row(filters).columns([3, 3, 3, 2], gap="small")
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
        format_func=widgets.outlet_name,
        placeholder="Any outlet",
        label_visibility="collapsed",
    )
    roles.choose_roles(cached.count(source, filters).by_role)
    with undated:
        controls.undated_tray(cached.find_undated(source, filters.any_day()), choose_place)
    return filters


def is_dark() -> bool:
    """Say whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def draw_map(source: Source, corpus: Corpus, found: pd.DataFrame, filters: Filters, words: str) -> None:
    """Draw the map of the places found, with the other places that the selected one might have been on demand."""
    vague = (found.uncertainty_km >= 5) & ~found.kind.isin(AREAS | {"city"})
    drawn = found.assign(approximate=vague | (found.doubtful == found.mentions))
    if st.session_state.get("show rivals"):
        drawn = pd.concat([drawn, other_places(source, found)], ignore_index=True)
    extents = cached.find_extents(source, filters)
    drawn = drawn[~drawn.id.isin(extents.id)]  # a corridor is a line, no point
    on_map.draw(
        source, filters, found, drawn, bounds=corpus.bounds, dark=is_dark(), first=corpus.first, words=words,
        extents=extents, known=corpus.known, choose=choose_place,
    )  # fmt: skip


def other_places(source: Source, found: pd.DataFrame) -> pd.DataFrame:
    """Return the places that the selected name might also have meant, as the map draws them."""
    place = st.session_state["place"]
    if place not in set(found.id):
        return found.head(0)
    with open_index(source.path) as index:
        weighed = place_passages.rivals(queries.reasons(index, place, Filters(roles=ROLES)))
    columns = ["name", "kind", "country", "lon", "lat"]
    others = pd.DataFrame([(f"Not chosen: {name}", *rest) for name, *rest in weighed], columns=columns)
    return others.assign(
        id=[f"other-{number}" for number in others.index],
        articles=0, sources=0, mentions=0, doubtful=0, uncertainty_km=0.0, outline="", approximate=True,
    )  # fmt: skip


def choose_place(place: str | None) -> None:
    """Select a place, wherever it was chosen."""
    st.session_state["show rivals"] = False
    st.session_state["rivals"] = False
    st.session_state["place"] = place
    st.session_state["passage"] = None
    st.session_state["pages"] = 1


def read_sources(
    index: sqlite3.Connection, filters: Filters, found: pd.DataFrame, corpus: Corpus, places: pd.DataFrame
) -> None:
    """Draw the sources: what names the selected place or region, or the article that a passage stands in."""
    place = st.session_state["place"]
    known = places.set_index("id")
    lines = corpus.extents[corpus.extents.index.str.startswith(stretches.EXTENT)]
    ids = [*found.id, *lines.index, *(REGION + code for code in corpus.regions.code)]
    if place is not None and place not in ids:
        ids.append(place)
    regions = corpus.regions.set_index(REGION + corpus.regions.code)
    labels = widgets.place_labels(places)

    def label(id: str) -> str:
        if id in lines.index:
            return f"{visible(lines.loc[id, 'name'])} — {EXTENTS[lines.loc[id, 'kind']]}"
        return region_passages.label(regions.loc[id]) if id in regions.index else labels[id]

    st.session_state["chosen"] = place
    st.selectbox(
        "Place",
        ids,
        index=None,
        key="chosen",
        format_func=label,
        placeholder="Click the map, or choose a place here",
        on_change=lambda: choose_place(st.session_state["chosen"]),
        label_visibility="collapsed",
    )
    passage = st.session_state["passage"]
    with st.container(height=on_map.HEIGHT, border=False, key="sources"):
        if found.empty and place is None:
            widgets.nothing(filters)
        elif place is None:
            widgets.invitation(found)
        elif place in lines.index and passage is not None:
            place_passages.whole_article(index, passage, lambda article: stretches.spans(index, article, place))
        elif place in lines.index:
            place_passages.extent(index, lines.loc[place], filters)
        elif place in regions.index and passage is not None:
            code = regions.loc[place].code
            place_passages.whole_article(
                index, passage, lambda article: queries.spans(index, article, code, of="region")
            )
        elif place in regions.index:
            region_passages.passages(index, regions.loc[place], found, filters)
        elif passage is not None:
            place_passages.whole_article(index, passage, lambda article: queries.spans(index, article, place))
        else:
            place_passages.passages(index, known.loc[place], filters)


main()
