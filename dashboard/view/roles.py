"""Which roles the map shows: where something happened, at first; who acts is counted here, beside the map."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from corpus.records import ROLES, Role
from dashboard.time.controls import renew

NAMES: Mapping[Role, str] = {
    "happened": "happened here",
    "met": "met or spoke here",
    "target": "aimed at",
    "background": "history",
    "actor": "who acts",
}
READINGS = {
    "metonymic": "those who act for the place: its government, army, team or people",
    "demonym": "a people, or something of theirs",
    "part_of_name": "a part of another name",
    "office": "the holder of an office",
}


def choose_roles(counts: Mapping[Role, int]) -> None:
    """Draw the roles to show, each with its mentions under the other filters."""
    st.pills(
        "What the map shows",
        ROLES,
        selection_mode="multi",
        key="roles",
        format_func=lambda role: f"{NAMES[role]} {counts[role]:,}",
        label_visibility="collapsed",
        on_change=renew,  # other roles have other dates
        help="A capital that “claims” or “turns to” somebody is its government: who acts, and no place of an event. "
        "History is what happened more than a year before it was published.",
    )


def chosen() -> tuple[Role, ...]:
    """Return the roles chosen."""
    picked = st.session_state["roles"]
    return tuple(role for role in ROLES if role in picked)
