"""The filters in a row: what the map shows, regions, outlets, and each filter that is set with a way to lift it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from corpus.queries.filters import Filters
from corpus.records import ROLES, Role
from dashboard import words
from dashboard.escaping import escape
from dashboard.view.state import PageState, state

SIGNS: Mapping[Role, str] = {"happened": "●", "met": "●", "target": "●", "background": "○", "actor": "◇"}
Lift = tuple[str, Callable[[], None]]  # a filter in words, and what lifts it


def choose_roles(counts: Mapping[Role, int]) -> None:
    """Draw the roles to show, each with its mentions under the other filters; one that nothing has is left out."""
    st.pills(
        "What the map shows",
        [role for role in ROLES if counts[role] or role != "target"],
        selection_mode="multi",
        key=PageState.roles.key,
        format_func=lambda role: f"{SIGNS[role]} {words.ROLES[role]} {counts[role]:,}",
        label_visibility="collapsed",
        on_change=state.renew_slider,  # other roles have other dates
        width="content",
    )


def narrow(active: int) -> None:
    """Draw what opens the filters on a narrow screen, where they stay closed at first."""
    with st.container(key="narrow-open" if state.narrow_open else "narrow-closed"):
        st.toggle("Filters" + (f" ({active} set)" if active else ""), key=PageState.narrow_open.key)


def choose_regions(names: Mapping[str, str]) -> None:
    """Draw the box of countries and provinces, by code."""
    with st.popover("Region", type="tertiary"):
        label, key = "Country or province", PageState.regions.key
        st.multiselect(label, list(names), key=key, format_func=lambda code: names[code], placeholder="Any")


def choose_outlets(outlets: Sequence[str]) -> None:
    """Draw the box of outlets."""
    with st.popover("Outlet", type="tertiary"):
        st.multiselect("Outlet", outlets, key=PageState.outlets.key, format_func=words.outlet_name, placeholder="Any")


def active(filters: Filters, region_names: Mapping[str, str]) -> Iterator[Lift]:
    """Yield each filter that is set, in words, with what lifts it."""
    if days := filters.days_in_words():
        yield days, state.lift_days
    for code in filters.regions:
        yield region_names.get(code, code), partial(state.lift, "regions", code)
    for outlet in filters.outlets:
        yield words.outlet_name(outlet), partial(state.lift, "outlets", outlet)
    if filters.text.strip():
        yield f"“{filters.text.strip()}”", state.lift_text


def draw_active(lifts: Sequence[Lift]) -> None:
    """Draw a button for each filter that is set, and one for all of them."""
    for number, (name, lift) in enumerate(lifts):
        st.button(escape(name), key=f"lift-{number}", on_click=lift, icon=":material/close:", help="Lift this filter")
    if len(lifts) > 1:
        st.button("Clear all", on_click=state.lift_all, type="tertiary")
