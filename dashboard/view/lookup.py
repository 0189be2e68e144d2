"""A box to look up any place: the gazetteer's, and OpenStreetMap's only where the reader ticks that."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st
from geopy.exc import GeopyError

from dashboard.config import read_config
from dashboard.escaping import escape
from dashboard.view.state import state
from geodata.errors import GeodataError
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.gazetteer.geocoder import address, geocode, suggest
from geodata.gazetteer.online import Answer, geocode_online
from geodata.kinds import label
from geodata.records import GazetteerEntry

LIMIT = 5


def look_up(known: Collection[str]) -> None:
    """Draw the box; a place that the articles name can be chosen from its answers."""
    with st.expander("Look up any place", icon=":material/search:"):
        query = st.text_input("Name of a place", key="look up", placeholder="Goris, or Paris, Texas, or Շուշի")
        online = st.checkbox(
            "Also ask OpenStreetMap what the gazetteer does not know: what you type then leaves this machine",
            key="online",
        )
        who = st.text_input("Who asks: OpenStreetMap wants an address", key="who") if online else ""
        if not query.strip():
            return
        gazetteer = open_gazetteer(packs=read_config().choose_packs()[0])
        found = geocode(query, gazetteer=gazetteer, limit=LIMIT)
        answers = [Answer(entry, address(entry), _pack(entry, gazetteer)) for entry in found]
        if not answers and who.strip():
            answers = _ask(query, who)
        for answer in answers:
            _draw(answer, known)
        if not answers:
            _nothing(query, gazetteer)


def _pack(entry: GazetteerEntry, gazetteer: Gazetteer) -> str:
    row = gazetteer.row_of(entry.id)
    pack = None if row is None else gazetteer.pack_of(row)
    return pack.in_words() if pack else ""


def _ask(query: str, who: str) -> list[Answer]:
    try:
        return geocode_online(query, user_agent=who, limit=LIMIT)
    except (GeopyError, GeodataError) as error:
        st.warning(escape(f"OpenStreetMap could not be asked: {error}"))
        return []


def _draw(answer: Answer, known: Collection[str]) -> None:
    entry = answer.entry
    text, button = st.columns([4, 1], vertical_alignment="center")
    about = f"{answer.address} · {label(entry.kind)} · {entry.lat:.4f}, {entry.lon:.4f}"
    text.markdown(escape(" · ".join(filter(None, (about, answer.source)))))
    if entry.id in known:
        key = f"show-{entry.id}"
        button.button("Show", key=key, on_click=state.choose_place, args=(entry.id,), width="stretch")
    else:
        button.caption("not in these articles")


def _nothing(query: str, gazetteer: Gazetteer) -> None:
    near = suggest(query, gazetteer=gazetteer)
    st.markdown(escape(f"The gazetteer has no “{query.strip()}”." + (" Perhaps:" if near else "")))
    for entry in near:
        st.caption(escape(address(entry)))
