"""One quotation as every panel shows it: the words as they stand, who printed them, and the way into the article."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from corpus.ingest.passages import split_sentences
from corpus.queries.mentions import place_near
from dashboard import tables
from dashboard.escaping import Lit, escape, markdown, period, visible
from dashboard.map.features import REGION
from dashboard.widgets import outlet_name
from geodata.regions.names import names_of_regions

Row = Any  # of a frame, by `itertuples`
PAGE = 10  # quotations at first, and more at each press
NO_SIDE = "No side stated"
NARRATOR = "the outlet itself"
CHOOSE = "Choose a row, by keyboard with Shift and Space,"


@dataclass(frozen=True, slots=True)
class Page:
    """What a panel works on: the index, the place that is selected, and how to select another."""

    index: sqlite3.Connection
    place: str | None  # or a region, with the sign for it
    known: Collection[str]  # the places that the page can select
    choose: Callable[[str | None], None]

    @property
    def region(self) -> str | None:
        """The code of the region that is selected."""
        return self.place.removeprefix(REGION) if self.place and self.place.startswith(REGION) else None


def quote(page: Page, row: Row, lit: Sequence[Lit], *, key: str, place: str | None = None, note: str = "") -> None:
    """Draw the sentence or sentences from `row.start` to `row.end` with stretches of the article lit.

    The button opens the article at the passage, at `place` where the page knows it, else where the reader is, else at
    the place named nearest.
    """
    at, text = int(row.passage_start), str(row.passage_text)
    start, end = whole_sentences(text, int(row.start) - at, int(row.end) - at)
    with st.container(border=True, gap="small"):
        inside = [Lit(stretch.start - at, stretch.end - at, stretch.style) for stretch in lit]
        st.markdown(markdown(text, start, end, inside))
        target = place if place in page.known else page.place or _nearest(page, row)
        about = (note, source_name(row.outlet, row.title), f"published {published(row)}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(escape(" · ".join(filter(None, about))), width="stretch")
            if target is not None:
                st.button(
                    "Open in text", key=f"{key}-open", on_click=_open, args=(page, target, int(row.passage)),
                    type="tertiary", icon=":material/article:",
                )  # fmt: skip


def _nearest(page: Page, row: Row) -> str | None:
    """Return the place named nearest, which the page selects where nothing else is: an article opens at a place."""
    near = place_near(page.index, row.article, int(row.start))
    return near if near in page.known else None


def _open(page: Page, place: str, passage: int) -> None:
    if place != page.place:
        page.choose(place)
    st.session_state["passage"] = passage


def quotes(page: Page, found: pd.DataFrame, *, key: str, total: int, note: Callable[[Row], str]) -> None:
    """Draw the mentions of a frame as `fates.mentions` returns it, the name lit; `total` is how many there are."""
    for row in found.itertuples():
        lit = [Lit(row.start, row.end, "place")]
        quote(page, row, lit, key=f"{key}-{row.id}", place=row.place, note=note(row))
    if len(found) < total:
        st.button(f"Show more ({len(found):,} of {total:,} shown)", key=f"{key}-more", on_click=_more, args=(key,))


def room(key: str) -> int:
    """Return how many quotations a list may show by now."""
    return PAGE * int(st.session_state.get(f"{key} pages", 1))


def _more(key: str) -> None:
    st.session_state[f"{key} pages"] = st.session_state.get(f"{key} pages", 1) + 1


def whole_sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentences of a text that a stretch touches."""
    touched = [span for span in split_sentences(text) if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def source_name(outlet: str, title: str, *, short: bool = False) -> str:
    """Return an outlet's name; an article that names none goes by its title, cut for the heads of tables if `short`."""
    if outlet:
        return visible(outlet)
    length = 32 if short else 60
    title = visible(title)
    cut = f"“{title if len(title) <= length else title[: length - 1].rstrip(' .…') + '…'}”"
    return cut if short else f"{cut} {outlet_name(outlet)}"


def published(row: Row) -> str:
    """Return when an article was published, in words."""
    return period(row.published_since, row.published_until) if row.published_since else "on an unknown day"


def side_name(code: str) -> str:
    """Return a side by its country's name; a party or bloc by its own."""
    return names_of_regions().get(code, code) if code else NO_SIDE


def speaker_name(row: Row) -> str:
    """Return who speaks, with the side that the text states; the outlet where it reports nobody."""
    if not row.speaker:
        return NARRATOR
    return f"{row.speaker} ({side_name(row.side)})" if row.side else str(row.speaker)


def chosen_row(table: pd.DataFrame, ids: Sequence[object], *, key: str, alt: str) -> int | None:
    """Draw a table of which one row can be chosen, and return its number; another set of `ids` forgets the choice."""
    state = st.dataframe(
        tables.shown(table), hide_index=True, height=min(36 * (len(table) + 1), 420), key=f"{key}-{hash(tuple(ids))}",
        on_select="rerun", selection_mode="single-row", placeholder="–", alt=alt,
    )  # fmt: skip
    st.download_button(
        "Table as CSV", lambda: tables.csv(table), f"{key}.csv", "text/csv", key=f"{key}-csv", type="tertiary",
        icon=":material/download:",
    )  # fmt: skip
    rows = state["selection"]["rows"]
    return int(rows[0]) if rows else None
