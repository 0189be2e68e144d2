"""The button that copies the page's address, and the script that keeps in it where the map looks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_address = st.components.v2.component(
    "dateline_address",
    html='<button type="button" class="dl-share" title="Copy the link to this very view">Share</button>',
    css=(_HERE / "address.css").read_text("utf-8"),
    js=(_HERE / "address.js").read_text("utf-8"),
    isolate_styles=False,
)


def draw(query: object) -> None:
    """Draw the button; `query` is what the address says but for the map, and calls the script when it changes."""
    _address(key="address", data={"query": query}, width="content")
