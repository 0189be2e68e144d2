"""Where article text is shown: as data, of which a script makes text and, of names and dates, ways into the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.passages.cards import Card
from dashboard.view.state import state

_HERE = Path(__file__).parent
_texts = st.components.v2.component(
    "dateline_texts",
    html='<div class="dl-texts"></div>',
    css=(_HERE / "cards.css").read_text("utf-8"),
    js=(_HERE / "cards.js").read_text("utf-8"),
    isolate_styles=False,
)


def draw_cards(cards: Sequence[Card], known: Collection[str], *, key: str) -> None:
    """Draw passages as cards; a place that is chosen in them is selected where it is among those `known`."""
    _draw({"cards": list(cards)}, known, key)


def draw_article(
    paragraphs: Sequence[Mapping[str, Any]], citations: Mapping[str, str], known: Collection[str], *, key: str
) -> None:
    """Draw an article by its paragraphs: parts, furniture (why it is some, or nothing), here (brought into view)."""
    _draw({"article": {"paragraphs": list(paragraphs), "citations": dict(citations)}}, known, key)


def _draw(data: dict[str, Any], known: Collection[str], key: str) -> None:
    def chosen() -> None:
        event = st.session_state[key]["chosen"]
        if isinstance(event, Mapping):
            _choose(str(event.get("what")), str(event.get("id")), known)

    _texts(data=data, key=key, on_chosen_change=chosen)


def _choose(what: str, id: str, known: Collection[str]) -> None:
    if what == "place" and id in known:
        state.choose_place(id)
    elif what == "open":
        state.open_passage(id)
    elif what == "weigh":
        state.weighed = id
    elif what == "mend":
        state.mend(id)
    elif what == "days":
        since, until = (_day(end) for end in (*id.split("/"), "")[:2])
        if since and until:
            state.choose_days(since, until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
