"""Choose the place that a name means: among those that were weighed for it, or any other of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st
from streamlit_folium import st_folium

from corpus.corrections.places import BETWEEN, entry_of, id_of_point
from corpus.queries.mending import Name
from corpus.records import Dated
from dashboard.config import read_config
from dashboard.corrections.kept import gazetteer
from dashboard.escaping import escape
from dashboard.map.folium_map import base_map
from dashboard.passages.what_was_weighed import explained
from dashboard.view.state import state
from geodata.gazetteer.geocoder import address, geocode, suggest
from geodata.gazetteer.user_places import NAME as OWN_PLACES
from geodata.kinds import label
from geodata.records import GazetteerEntry

MOST, NEAREST = 6, 3  # candidates and finds; towns near a point
AROUND = 2  # degrees that the map to click on shows on either side of the likeliest place
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?)(?:\s{0,9}[,;]\s{0,9}|\s{1,9})(-?\d{1,3}(?:\.\d+)?)")  # latitude first
Options = dict[str, tuple[GazetteerEntry, str]]  # by id: a place, and what speaks for it


def choose(name: Name, dated: Dated, *, several: bool, key: str) -> list[GazetteerEntry]:
    """Draw the places that a name may mean, and a box to search for others; return those chosen."""
    now = name.places.split(BETWEEN) if name.places else []
    with st.spinner("Reading the article again ..."):
        options = weighed(name, dated)
    box = "Search for any other place, or give its latitude and longitude"
    query = st.text_input(box, key=f"{key}-query", placeholder="Goris · Paris, Texas · Շուշի · 39.51, 46.34")
    query = query or _clicked(options, key)
    if query.strip():
        hits = searched(query, " ".join(name.text.split()))
        if not hits:
            st.caption(escape(f"The gazetteer has no “{query.strip()}”."))
        options = hits | options
    if several:
        return [
            entry
            for id, (entry, why) in options.items()
            if st.checkbox(in_words(entry), value=id in now, key=f"{key}-{id}", help=escape(why) or None)
        ]
    ids = [id for id in options if id not in now]
    if not ids:
        st.caption("No other place of this name is known. Search for one.")
        return []
    chosen = st.radio(
        "Which place",
        ids,
        index=0 if query.strip() else None,
        format_func=lambda id: in_words(options[id][0]),
        captions=[escape(options[id][1]) for id in ids],
        key=f"{key}-place-{hash((query, *ids))}",
        label_visibility="collapsed",
    )
    return [options[chosen][0]] if chosen else []


def _clicked(options: Options, key: str) -> str:
    """Draw a map to click on where the reader asks for it; return the point that was clicked, as it is typed."""
    if not st.toggle("Show a map to click on", key=f"{key}-map-asked"):
        return ""
    lon, lat = next(((entry.lon, entry.lat) for entry, _ in options.values()), (0.0, 30.0))
    around = (lon - AROUND, lat - AROUND / 2, lon + AROUND, lat + AROUND / 2)
    chart = base_map(bounds=around, dark=state.is_dark)
    told = st_folium(chart, key=f"{key}-map", height=260, use_container_width=True, returned_objects=["last_clicked"])
    at = told.get("last_clicked") if isinstance(told, Mapping) else None
    return f"{at['lat']:.4f}, {at['lng']:.4f}" if at else ""


def in_words(entry: GazetteerEntry) -> str:
    """Return a place as Markdown: its name, province and country, what it is, and where."""
    return escape(f"{address(entry)} · {label(entry.kind)} · {entry.lat:.2f}, {entry.lon:.2f}")


def weighed(name: Name, dated: Dated) -> Options:
    """Return the places that were weighed for a name, best first, with their points; then others called so."""
    config, known = read_config(), gazetteer()
    own = config.articles / OWN_PLACES
    found: Options = {}
    for one in explained(dated, own if own.is_file() else None, config.choose_packs()[0]):
        if (one.start, one.end) == (name.start, name.end):
            for candidate in one.candidates[:MOST]:
                points = candidate.weighed
                why = (
                    f"{points.points:.1f} points: its size and claim {points.alone:+.1f}, the rest of the text "
                    f"{points.from_text:+.1f}, how near the others lie {points.from_proximity:+.1f}"
                )
                entry = known.entry(points.row)
                found[entry.id] = entry, why
    for id in filter(None, name.places.split(BETWEEN)):
        if id not in found and (now := entry_of(id, name.text, known)):
            found[id] = now, ""
    for entry in geocode(name.text, gazetteer=known, limit=MOST):
        found.setdefault(entry.id, (entry, ""))
    return found


def searched(query: str, words: str) -> Options:
    """Return the places that a query finds, by name or spelt like it; of two numbers the point and what is near it."""
    known = gazetteer()
    if point := _POINT.fullmatch(query.strip()):
        lat, lon = float(point[1]), float(point[2])
        at = entry_of(id_of_point(lat, lon), words, known)
        near = [(known.entry(row), km) for row, km in known.nearest(lon, lat, limit=NEAREST)] if at else []
        here = {at.id: (at, "this very point, under the name that the text has")} if at else {}
        return here | {entry.id: (entry, f"{km:.0f} km from the point") for entry, km in near}
    found = geocode(query, gazetteer=known, limit=MOST)
    if found:
        return {entry.id: (entry, "") for entry in found}
    return {entry.id: (entry, "spelt much like it") for entry in suggest(query, gazetteer=known)}
