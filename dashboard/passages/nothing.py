"""What to say where nothing is left: which filter leaves nothing, and a button that lifts it."""

from __future__ import annotations

import streamlit as st

from corpus.queries import places as queries
from dashboard.escaping import escape
from dashboard.selection import Lift, Page
from dashboard.view.state import state
from dashboard.words import count

TRIED = 100  # passages that are counted at most


def draw(page: Page, of: queries.Whole, id: str) -> None:
    """Draw what leaves no passage of what is selected, and what lifts it: one filter, or else all of them."""
    found = [(lift, _passages(page, of, id, lift)) for lift in page.lifts]
    helps = [(lift, number) for lift, number in found if number]
    if not helps:
        st.info("No passage is left under these filters.")
        if page.lifts:
            st.button("Clear all filters", on_click=state.lift_all, key="lift all")
        return
    named = " or ".join(escape(lift.words) for lift, _ in helps)
    st.info(f"No passage is left: {named} leaves none.")
    for place, (lift, number) in enumerate(helps):
        many = "more than " * (number == TRIED) + count(number, "passage")
        st.button(f"{escape(lift.does)}: {many}", on_click=lift.lift, key=f"lift-here-{place}")


def _passages(page: Page, of: queries.Whole, id: str, lift: Lift) -> int:
    return len(queries.passages(page.index, id, lift.without, of=of, limit=TRIED))
