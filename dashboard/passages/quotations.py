"""One quotation as every tab shows it: the words as they stand, who printed them, and the way into the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from corpus.queries.mentions import place_near
from dashboard.escaping import Lit, escape, markdown
from dashboard.selection import Page
from dashboard.view.state import state
from dashboard.widgets import show_more
from dashboard.words import Row, printed, source_name
from geodata.sentences import split_sentences

PAGE = 10  # quotations at first, and more at each press


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
        about = (note, source_name(row.outlet, row.title), printed(row))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(escape(" · ".join(filter(None, about))), width="stretch")
            if target is not None:
                open_button("Open in text", int(row.passage), key=f"{key}-open", place=target)


def open_button(words: str, passage: int, *, key: str, place: str | None = None) -> None:
    """Draw the button that opens the article of a passage."""
    icon = ":material/article:"
    st.button(words, key=key, on_click=state.open_passage, args=(passage, place), type="tertiary", icon=icon)


def _nearest(page: Page, row: Row) -> str | None:
    """Return the place named nearest, which the page selects where nothing else is: an article opens at a place."""
    near = place_near(page.index, row.article, int(row.start))
    return near if near in page.known else None


def quotes(page: Page, found: pd.DataFrame, *, key: str, total: int, note: Callable[[Row], str]) -> None:
    """Draw mentions as `corpus.queries.mentions` returns them, the name lit; `total` is how many there are."""
    for row in found.itertuples():
        lit = [Lit(row.start, row.end, "place")]
        quote(page, row, lit, key=f"{key}-{row.id}", place=row.place, note=note(row))
    if len(found) < total:
        show_more(key, f"Show more ({len(found):,} of {total:,} shown)")


def whole_sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentences of a text that a stretch touches."""
    touched = [span for span in split_sentences(text) if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
