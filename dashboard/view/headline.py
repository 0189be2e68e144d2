"""The head of the page: its title, what was read, what is left out and why; what to say when nothing can be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from corpus.queries.filters import Filters
from corpus.queries.places import Totals
from dashboard.escaping import escape, visible
from dashboard.view.state import PageState, state
from dashboard.words import ROLES, count

STYLE = Path(__file__).parent / "page.css"
NAMED = 8  # files that changed
LEFT_OUT = {
    "undecided": "names of which no place could be told to be meant",
    "boilerplate": "names in links, captions shown twice, copyright lines and the like",
}


def failed(error: Exception) -> None:
    """Say what went wrong and what to do."""
    st.title("Dateline")
    st.error("The articles cannot be shown.", icon=":material/error:")
    st.text(visible(str(error)))


def title(counts: Totals, places: int, years: str) -> None:
    """Draw the title and what was read, in a line."""
    st.title("Dateline", anchor=False, width="content")
    parts = (count(counts.articles, "article"), count(places, "place"), years)
    st.markdown(escape(" · ".join(filter(None, parts))), width="content")


def in_words(counts: Totals, places: int, filters: Filters, region_names: Mapping[str, str]) -> str:
    """Return how much is shown, and under which filters: "12 mentions of 3 places shown, on 13 September 2022"."""
    words = filters.words(region_names)
    return f"{count(counts.shown, 'mention')} of {count(places, 'place')} shown{', ' if words else ''}{words}"


def status(words: str) -> None:
    """Draw how much is shown for those who have the page read to them; others see it."""
    with st.container(key="status"):
        st.markdown(escape(words))


def search_box() -> None:
    """Draw the one box to search in: places by any name, words and articles."""
    st.text_input(
        "Search",
        key=PageState.text.key,
        placeholder="Search: place, word, article",
        label_visibility="collapsed",
        on_change=state.search,
    )


def left_out(counts: Totals, problems: Sequence[str]) -> None:
    """Draw what became of all names found, in parts that add up, and the files that were left out."""
    number = left(counts)
    files = f" · {count(len(problems), 'file')}" if problems else ""
    with st.popover(f"Left out {number:,}{files}", icon=":material/info:"):
        st.markdown(f"**{counts.detected:,} names of places** were found in {count(counts.articles, 'article')}:")
        rows = [(counts.of_corpus[role], ROLES[role]) for role in ROLES if counts.of_corpus[role]]
        rows += [(counts.by_status.get(status, 0), words) for status, words in LEFT_OUT.items()]
        st.markdown("  \n".join(f"**{parts:,}** {words}" for parts, words in rows))
        st.caption(f"Together {counts.detected:,}. The last two, {number:,}, cannot stand on the map and are left out.")
        if counts.undated:
            st.markdown(f"**{counts.undated:,}** of those shown have no date: they go when days are chosen.")
        if problems:
            st.markdown("**Files that were left out, or read with a reservation**")
            for problem in problems:
                st.text(visible(problem))


def read_again(changed: Sequence[str], again: Callable[[], None]) -> None:
    """Offer to read the articles again where their files are others than those that were read."""
    if changed:
        names = ", ".join(visible(name) for name in changed[:NAMED]) + (" ..." if len(changed) > NAMED else "")
        words = f"{count(len(changed), 'file')} changed: read again"
        st.button(words, on_click=again, icon=":material/refresh:", type="primary", help=escape(names))


def left(counts: Totals) -> int:
    """Return how many names cannot stand on the map, whatever the filters."""
    return sum(counts.by_status.get(status, 0) for status in LEFT_OUT)


def sheet(passages: int) -> None:
    """Draw what opens and closes, on a phone, what is read over the map."""
    with st.container(key="sheet-open" if state.sheet else "sheet-closed"):
        words = "Back to the map" if state.sheet else f"Read {count(passages, 'passage')}"
        icon = f":material/{'expand_more' if state.sheet else 'expand_less'}:"
        st.button(words, key="sheet button", on_click=state.turn_sheet, icon=icon, width="stretch")
