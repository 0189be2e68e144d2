"""What is selected, above its passages: its name, what and where it is, the way back, and why it is here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from dashboard.escaping import escape
from dashboard.passages.why_here import METHODS, why_here
from dashboard.selection import REGION, Page, inside
from dashboard.view.state import state
from dashboard.words import EXTENTS, count, where
from geodata.kinds import label

IN_REGION = METHODS | {"shape": "the region itself, named", "": "no country"}
NAMED = 8  # places of a region that its heading lists


def draw(page: Page) -> None:
    """Draw what is selected."""
    if page.region is not None:
        _region(page)
    elif page.place in page.known:
        place = page.places.set_index("id").loc[page.place]
        about = [label(place.kind), *where(place.kind, place.region_name, place.country_name)]
        _title(str(place["name"]), ", ".join(about))
        if page.outlined is not None:
            words, to = f"All that happens in {page.areas.loc[page.outlined]['name']}", (REGION + page.outlined,)
            st.button(
                escape(words), on_click=state.choose_place, args=to, type="tertiary", icon=":material/select_all:"
            )
        why_here(page.index, place, page.filters)
    elif page.place in page.lines.index:
        line = page.lines.loc[page.place]
        _title(str(line["name"]), f"{EXTENTS[line.kind]}: {line.words}")


def spans(page: Page, article: str) -> list[tuple[int, int]]:
    """Return where an article names what is selected."""
    if page.place is None:
        return []
    if page.region is not None:
        return queries.spans(page.index, article, page.region, of="region")
    if page.place in page.lines.index:
        return stretches.spans(page.index, article, page.place)
    return queries.spans(page.index, article, page.place)


def _title(name: str, about: str, *, help: str | None = None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="selected"):
        st.subheader(escape(name), anchor=False, width="stretch")
        icon = ":material/close:"
        st.button("All passages", on_click=state.choose_place, args=(None,), type="tertiary", icon=icon)
    st.caption(escape(about), help=help)


def _region(page: Page) -> None:
    region = page.areas.loc[page.region]
    named = inside(page.found, page.region)
    counts = f"{count(int(named.mentions.sum()), 'mention')} of {count(len(named), 'place')}"
    most = ", ".join(f"{row['name']} ({row.mentions:,})" for _, row in named.head(NAMED).iterrows())
    more = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
    methods = escape("How places were put into their province: " + _methods(named))
    _title(f"All of {region['name']}", f"{counts} inside, however named: {most}{more}", help=methods)


def _methods(places: pd.DataFrame) -> str:
    by_method = places.groupby("region_method").mentions.sum().sort_values(ascending=False)
    return "; ".join(f"{IN_REGION.get(method, method)}: {number:,}" for method, number in by_method.items())
