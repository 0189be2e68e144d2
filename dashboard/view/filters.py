"""The filters in a row: what the map shows, regions, outlets, and each filter that is set with a way to lift it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from corpus.queries.filters import Filters
from corpus.records import ROLES, Role
from dashboard import words
from dashboard.escaping import escape
from dashboard.selection import Lift
from dashboard.view.state import PageState, state

SIGNS: Mapping[Role, str] = {
    "happened": "●",
    "met": "●",
    "target": "●",
    "background": "○",
    "mentioned": "·",
    "actor": "◇",
}


def choose_roles(offered: Sequence[Role], counts: Mapping[Role, int]) -> None:
    """Draw the roles to show, each with its mentions under the other filters."""
    st.pills(
        "What the map shows",
        offered,
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


def choose_sure(doubtful: int) -> None:
    """Draw what hides the mentions in doubt."""
    if doubtful or state.sure:
        help = "Less than 80 % sure: a name that may be none of a place, another place of it, or those who act for it."
        st.checkbox(f"Hide {doubtful:,} in doubt", key=PageState.sure.key, help=help, on_change=state.renew_slider)


def active(filters: Filters, region_names: Mapping[str, str]) -> Iterator[Lift]:
    """Yield each filter that is set, with what lifts it."""

    def lift(words: str, act: Callable[[], None], **without: object) -> Lift:
        return Lift(words, replace(filters, **without), f"Lift the filter {words}", act)  # type: ignore[arg-type]

    if days := filters.days_in_words():
        yield lift(days, state.lift_days, since=None, until=None)
    for code in filters.regions:
        others = tuple(other for other in filters.regions if other != code)
        yield lift(region_names.get(code, code), partial(state.lift, "regions", code), regions=others)
    for outlet in filters.outlets:
        others = tuple(other for other in filters.outlets if other != outlet)
        yield lift(words.outlet_name(outlet), partial(state.lift, "outlets", outlet), outlets=others)
    if filters.sure:
        yield lift("without what is in doubt", state.lift_sure, sure=False)
    if filters.text.strip():
        yield lift(f"“{filters.text.strip()}”", state.lift_text, text="", called=())


def hidden(filters: Filters) -> Iterator[Lift]:
    """Yield what is not shown of what the map can show, with what shows it."""
    off = [role for role in ROLES if role not in filters.roles]
    if off:
        names = " and ".join(words.ROLES[role] for role in off)
        yield Lift(f"that {names} are off", replace(filters, roles=ROLES), f"Show {names}", state.show_all)


def draw_active(lifts: Sequence[Lift]) -> None:
    """Draw a button for each filter that is set, and one for all of them."""
    for number, lift in enumerate(lifts):
        key, icon = f"lift-{number}", ":material/close:"
        st.button(escape(lift.words), key=key, on_click=lift.lift, icon=icon, help="Lift this filter")
    if len(lifts) > 1:
        st.button("Clear all", on_click=state.lift_all, type="tertiary")
