"""The head of the page: its style, its title, how much is shown and what is not, and what to say when it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from corpus.queries.filters import Filters
from corpus.queries.places import Totals
from dashboard.escaping import escape, visible
from dashboard.words import count

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


@dataclass(frozen=True, slots=True)
class Shown:
    """How much the page shows, under which filters."""

    counts: Totals
    filters: Filters
    region_names: dict[str, str]

    def in_words(self) -> str:
        """Return how much is shown, and of what."""
        words, counts = self.filters.words(self.region_names), self.counts
        rest = f", {words}" if words else f", from {count(counts.articles, 'article')}"
        return f"{counts.shown:,} of {counts.detected:,} mentions shown{rest}"


def draw(shown: Shown, problems: Sequence[str]) -> None:
    """Draw the title, how much is shown, and what is not and why; `problems` are of files."""
    with st.container(key="headline", horizontal=True, vertical_alignment="center"):
        st.title("Dateline", anchor=False, width="content")
        number, _, rest = shown.in_words().partition(" shown")
        st.markdown(f"**{number} shown**{escape(rest)}", width="stretch")
        with st.popover("Not shown", icon=":material/info:"):
            _what_is_not(shown.counts, problems)


def _what_is_not(counts: Totals, problems: Sequence[str]) -> None:
    for status, meaning in STATUS.items():
        st.markdown(f"**{counts.by_status.get(status, 0):,}** {meaning}")
    if counts.undated:
        st.markdown(f"**{counts.undated:,}** have no date; they are shown only while all dates are")
    if problems:
        st.markdown("**Files that were left out, or read with a reservation**")
        for problem in problems:
            st.text(visible(problem))
