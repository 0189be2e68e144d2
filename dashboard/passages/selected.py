"""The column beside the map: the box to choose a place or region, and below it what the articles say of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from dashboard.escaping import visible
from dashboard.passages import place_passages, region_passages
from dashboard.passages.whole_article import Spans, whole_article
from dashboard.selection import REGION, Page
from dashboard.serving.corpus_summary import Corpus
from dashboard.view.state import PageState, state
from dashboard.words import EXTENTS, place_labels


def choose_selected(page: Page, corpus: Corpus) -> None:
    """Draw the box of places, lines and regions, the selected one in it."""
    lines = _lines(corpus)
    regions = corpus.regions.set_index(REGION + corpus.regions.code)
    ids = [*page.found.id, *lines.index, *regions.index]
    if page.place is not None and page.place not in ids:
        ids.append(page.place)
    labels = place_labels(page.places)
    labels |= {id: f"{visible(line['name'])} — {EXTENTS[line.kind]}" for id, line in lines.iterrows()}
    labels |= {id: region_passages.label(region) for id, region in regions.iterrows()}
    state.chosen = page.place
    st.selectbox(
        "Place",
        ids,
        index=None,
        key=PageState.chosen.key,
        format_func=labels.__getitem__,
        placeholder="Click the map, or choose a place here",
        on_change=lambda: state.choose_place(state.chosen),
        label_visibility="collapsed",
    )


def read_selected(page: Page, corpus: Corpus, *, height: int) -> None:
    """Draw what names the selected place or region, or the article that a passage stands in; `height` in pixels."""
    with st.container(height=height, border=False, key="sources"):
        if page.place is None:
            _invite(page.found)
        elif state.passage is not None:
            whole_article(page.index, state.passage, _spans(page))
        elif page.region is not None:
            region = next(region for _, region in corpus.regions.iterrows() if region.code == page.region)
            region_passages.passages(page.index, region, page.found, page.filters)
        elif page.place in page.known:
            place_passages.passages(page.index, page.places.set_index("id").loc[page.place], page.filters)
        else:
            place_passages.extent(page.index, _lines(corpus).loc[page.place], page.filters)


def _lines(corpus: Corpus) -> pd.DataFrame:
    """Return the lines and stretches that are no place themselves."""
    return corpus.extents[corpus.extents.index.str.startswith(stretches.EXTENT)]


def _spans(page: Page) -> Spans:
    """Return what finds where an article names what is selected."""
    place, region = str(page.place), page.region
    if region is not None:
        return lambda article: queries.spans(page.index, article, region, of="region")
    if place not in page.known:
        return lambda article: stretches.spans(page.index, article, place)
    return lambda article: queries.spans(page.index, article, place)


def _invite(found: pd.DataFrame) -> None:
    """Say what to do first."""
    if found.empty:
        st.info("No place is named under these filters. Widen the dates, or clear the words, regions or outlets.")
        return
    st.markdown(f"**{len(found):,} {'place' if len(found) == 1 else 'places'}** on the map.")
    st.markdown("Click one, or choose it above or in the list below, to read every passage that names it.")
