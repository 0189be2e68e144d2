"""The filters that are neither the map's nor time's: words, regions, outlets, and the roles that the map shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.queries.filters import Filters
from corpus.records import ROLES, Role
from dashboard import words
from dashboard.view.state import PageState, state


def filter_row(filters: Filters) -> DeltaGenerator:
    """Return the place for words, regions and outlets: on a narrow screen it opens when asked to."""
    active = sum(map(bool, (filters.text, filters.regions, filters.outlets)))
    with st.container(key="narrow"):
        opened = st.toggle(
            "Words, regions, outlets" + (f" ({active} set)" if active else ""), key=PageState.narrow_open.key
        )
    return st.container(key="filters-open" if opened else "filters-closed")


def choose_words(place: DeltaGenerator) -> None:
    """Draw the box for words of a passage."""
    name = "Words in the passage"
    place.text_input(name, key=PageState.text.key, placeholder=name, label_visibility="collapsed")


def choose_regions(place: DeltaGenerator, names: Mapping[str, str]) -> None:
    """Draw the box of countries and provinces, by code."""
    place.multiselect(
        "Country or province",
        list(names),
        key=PageState.regions.key,
        format_func=lambda code: names[code],
        placeholder="Any country or province",
        label_visibility="collapsed",
    )


def choose_outlets(place: DeltaGenerator, outlets: Sequence[str]) -> None:
    """Draw the box of outlets."""
    place.multiselect(
        "Outlet",
        outlets,
        key=PageState.outlets.key,
        format_func=words.outlet_name,
        placeholder="Any outlet",
        label_visibility="collapsed",
    )


def choose_roles(counts: Mapping[Role, int]) -> None:
    """Draw the roles to show, each with its mentions under the other filters: at first, where something happened."""
    st.pills(
        "What the map shows",
        ROLES,
        selection_mode="multi",
        key=PageState.roles.key,
        format_func=lambda role: f"{words.ROLES[role]} {counts[role]:,}",
        label_visibility="collapsed",
        on_change=state.renew_slider,  # other roles have other dates
        help="A capital that “claims” or “turns to” somebody is its government: who acts, and no place of an event. "
        "History is what happened more than a year before it was published.",
    )
