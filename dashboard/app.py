"""The page, top to bottom."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import open_index
from corpus.queries import reading, search
from corpus.queries.filters import Filters
from corpus.queries.places import Totals
from dashboard import downloads, server
from dashboard.config import Config, read_config
from dashboard.corrections import dialog, kept
from dashboard.map import map_in_words, who_held_what
from dashboard.map.draw_map import draw_map
from dashboard.progress import Pace
from dashboard.selection import Page
from dashboard.serving import cached, open_files
from dashboard.serving.cached import Source
from dashboard.serving.corpus_summary import Corpus
from dashboard.serving.index_keeper import Keeper, Version
from dashboard.tabs import bar
from dashboard.time import controls, undated
from dashboard.view import address, headline
from dashboard.view import filters as filter_boxes
from dashboard.view.lookup import look_up
from dashboard.view.naming import named
from dashboard.view.state import state
from geodata.errors import GeodataError

ICON = Path(__file__).parent / "static" / "icon.png"  # an emoji or a symbol's name would be fetched from elsewhere


def main() -> None:
    """Draw the page."""
    server.ask_nobody()
    open_files.keep_few_open()
    st.set_page_config("Dateline", page_icon=str(ICON), layout="wide")
    st.html(headline.STYLE)  # first, so that nothing has to move when it arrives
    config = read_config()
    try:
        draw(config)
    except (CorpusError, GeodataError, OSError) as error:
        # An index that was deleted or damaged under the open page is built again, once.
        if isinstance(error, IndexNotUsableError) and not state.doubted:
            state.doubted = True
            keep(config).doubt()
            st.rerun()
        headline.failed(error)
        st.stop()
    state.doubted = False


def draw(config: Config) -> None:
    """Draw what the index holds."""
    version, problems = prepare(config)
    source = Source(config.index, version)
    corpus = read_corpus(source)
    take_address(corpus, version)
    head = st.container(horizontal=True, vertical_alignment="center", key="head")
    narrow = st.container(key="narrow")
    chips = st.container(horizontal=True, vertical_alignment="center", key="chips")
    strip = st.container(key="time-strip")  # below the map, but by keyboard not behind all the passages
    screen = st.container(horizontal=True, key="screen")
    filters, dates = choose(source, corpus)
    found = in_chosen_names(source, cached.find_places(source, filters))
    counts = cached.count(source, filters)
    shown = headline.in_words(counts, len(found), filters, corpus.region_names)
    with open_index(config.index) as index:
        with screen, st.container(key="map-side"):  # before what comes with it: the browser has most to do for it
            draw_map(source, corpus, filters, found, shown, focus=focus(index, filters))
        with head:
            headline.title(counts, corpus.number, corpus.years)
            headline.search_box()
            share = st.container(width="content", key="share")
        draw_filters(source, corpus, filters, counts, narrow, chips)
        with strip:
            controls.draw(dates, cached.find_days(source, replace(filters, since=None, until=None)))
        with head:
            data(source, corpus, filters, found, config)
            headline.left_out(counts, problems)
            headline.read_again(keep(config).changed(), keep(config).doubt)
            headline.status(shown)
        # Before what comes next can be pressed: a press that comes with the former address is taken for the way back.
        state.remember(filters, corpus.first)
        with share:
            address.draw(state.written)
        with screen, st.container(key="answer"):
            headline.sheet(counts.passages)
            kept.message()
            bar.draw(page_of(index, source, corpus, filters, found, counts, problems, keep(config).doubt))
        dialog.open_asked(index, state.place)


def page_of(
    index: sqlite3.Connection,
    source: Source,
    corpus: Corpus,
    filters: Filters,
    found: pd.DataFrame,
    counts: Totals,
    problems: list[str],
    again: Callable[[], None],
) -> Page:
    """Return what the tabs work on."""
    return Page(
        index,
        filters,
        state.place,
        in_chosen_names(source, corpus.places),
        found,
        cached.find_regions(source, filters, state.level) if state.level else None,
        lines=corpus.lines,
        areas=corpus.areas,
        selectable=corpus.choices.selectable,
        counts={"passages": counts.passages, "places": len(found), "articles": counts.articles},
        lifts=[*filter_boxes.active(filters, corpus.region_names), *filter_boxes.hidden(filters)],
        names=cached.find_names(source) if filters.text.strip() else {},
        problems=problems,
        read_again=again,
    )


def take_address(corpus: Corpus, version: Version) -> None:
    """Take the view from the address where it is the newer one, and drop from it what another index does not have."""
    if state.version is None or state.went_back:
        state.restore(corpus.choices)
    elif state.version != version:
        state.drop_what_is_gone(corpus.choices)
    state.version = version


def focus(index: sqlite3.Connection, filters: Filters) -> Collection[str]:
    """Return the places that the map should have in view: of the passage that is read, else those searched for."""
    passage = reading.passage_of(index, state.passage) if state.passage else None
    if passage is None:
        return filters.called
    marks = reading.marks(index, [passage])
    return list(marks.place[marks.role.isin(filters.roles)])


def data(source: Source, corpus: Corpus, filters: Filters, found: pd.DataFrame, config: Config) -> None:
    """Draw what can be taken along, the map in words, and the gazetteer."""
    with st.popover("Data", icon=":material/download:"):
        downloads.offer(config.index, filters)
        lines = map_in_words.read_aloud(source, filters, state.names, found, corpus.region_names)
        map_in_words.draw(lines)
        look_up(corpus.choices.places)
    map_in_words.on_paper(lines, who_held_what.in_words(state.held_on(filters, corpus.first)))


@st.cache_resource(show_spinner=False)
def keep(config: Config) -> Keeper:
    """Return what keeps the index, the same for all readers."""
    return Keeper(config)


def prepare(config: Config) -> tuple[Version, list[str]]:
    """Build the index where it is missing, damaged or out of date; return its version and what could not be read."""
    pace = Pace()
    slot = st.empty()  # there in every run: else all that stands below it is made anew, and what is being typed is lost

    def progress(done: int, total: int) -> None:
        slot.progress(done / max(1, total), pace.in_words(done, total))

    if state.reread:
        state.reread = False
        keep(config).doubt()
    ready = keep(config).ready(progress)
    slot.empty()
    return ready


@st.cache_resource(max_entries=4, show_spinner=False)
def read_corpus(source: Source) -> Corpus:
    """Read what does not change until the index does."""
    with open_index(source.path) as index:
        return Corpus(index, tabs=bar.TABS)


def in_chosen_names(source: Source, places: pd.DataFrame) -> pd.DataFrame:
    """Return places by the names that the reader chose."""
    choice = state.names
    return places if choice == "written" else named(places, choice, cached.find_spellings(source))


def choose(source: Source, corpus: Corpus) -> tuple[Filters, controls.Dates]:
    """Return what is chosen, and the dates that can be."""
    filters = state.filters(corpus.roles)
    if filters.text.strip():
        filters = replace(filters, called=search.called(cached.find_names(source), filters.text))
    everything = {by: cached.find_days(source, Filters(by=by, roles=filters.roles)) for by in controls.DATES}
    dates = controls.dates_of(everything)
    return controls.choose_dates(dates, filters), dates


def draw_filters(
    source: Source, corpus: Corpus, filters: Filters, counts: Totals, narrow: DeltaGenerator, chips: DeltaGenerator
) -> None:
    """Draw the filters above the map, but that of time."""
    lifts = list(filter_boxes.active(filters, corpus.region_names))
    with narrow:
        filter_boxes.narrow(len(lifts))
    with chips:
        filter_boxes.choose_roles(corpus.roles, counts.by_role)
        filter_boxes.choose_regions(corpus.region_names)
        filter_boxes.choose_outlets(corpus.outlets)
        filter_boxes.choose_sure(counts.doubtful)
        undated.draw(cached.find_undated(source, filters.any_day()))
        filter_boxes.draw_active(lifts)


main()
