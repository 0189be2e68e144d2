"""The tab "Who calls it what": every name of a place beside who uses it, none before the others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from corpus.queries import accounts
from corpus.queries.mentions import mentions
from corpus.queries.sql import of_any_role
from dashboard.escaping import escape
from dashboard.passages.quotations import PAGE, quotes
from dashboard.selection import Page
from dashboard.view.state import state
from dashboard.widgets import ROWS, choice_list, chosen_row, room, show_more
from dashboard.words import MODES, Row, period, source_name, speaker_name

ORDERS: Mapping[str, tuple[list[str], list[bool]]] = {
    "by name, A to Z": (["Name", "Printed by"], [True, True]),
    "by who prints it": (["Printed by", "Name"], [True, True]),
    "by whose word it is": (["Whose word", "Name"], [True, True]),
    "most used first": (["Mentions", "Name"], [False, True]),
}


def draw(page: Page) -> None:
    """Draw the names of the selected place, or the places that go by several names."""
    if page.place is None or page.region is not None:
        _places(page)
        return
    found = accounts.names(page.index, page.filters, page.place)
    if found.empty:
        st.info("No source names this place under these filters, other than by its people.")
        return
    name = page.name_of_place(str(found.text.iloc[0]))
    spellings = sorted(set(found.text), key=str.casefold)
    st.markdown(f"**{escape(name)}** goes by {len(spellings)} {'name' if len(spellings) == 1 else 'names'} here.")
    _official(page.place, spellings)
    table = pd.DataFrame(
        {
            "Name": found.text,
            "Whose word": [speaker_name(row) for row in found.itertuples()],
            "How": found["mode"].map(MODES),
            "Printed by": [source_name(row.outlet, row.title, short=True) for row in found.itertuples()],
            "Mentions": found.mentions,
            "Of these on the map": found.shown,
        }
    )
    order = st.selectbox("Order of the names", list(ORDERS), key="order of names", width=260)
    columns, ascending = ORDERS[order]
    table = table.sort_values(columns, ascending=ascending, key=_folded, kind="stable")
    about = "Names of the place, who uses them and how often"
    row = chosen_row(table, list(table.index), key=f"names-{page.place}-{order}", alt=about)
    st.caption("Mentions count a name whatever it is used for. Choose a row to read them.")
    if row is not None:
        _behind(page, next(found.loc[[table.index[row]]].itertuples()))


def _behind(page: Page, row: Row) -> None:
    place = {"place": str(page.place), "kind": "name", "text": row.text}
    asked = {**place, "source": row.source, "speaker": row.name, "mode": row.mode}
    key = "-".join(asked.values())
    found = mentions(page.index, of_any_role(page.filters), asked, limit=room(key, PAGE))
    quotes(page, found, key=key, total=int(row.mentions), note=lambda mention: period(mention.since, mention.until))


def _folded(column: pd.Series) -> pd.Series:
    return column if column.name == "Mentions" else column.str.casefold()


def _official(place: str, spellings: list[str]) -> None:
    for name in accounts.official(place, spellings):
        st.caption(escape(f"{name.name}: {name.words}"), help=escape(name.source))


def _places(page: Page) -> None:
    shown = room("many-named", ROWS)
    among = None if page.region is None else set(page.selected_places())
    found = accounts.many_named(page.index, page.filters, among=among, limit=shown + 1)
    if found.empty:
        st.info("Every place goes by one name under these filters. Choose a place to see who names it.")
        return
    more, found = len(found) > shown, found.head(shown)
    st.caption("Places that the sources call by several names, or whose official name changed.")
    table = pd.DataFrame(
        {"Place": found.name, "Names as written": found.spellings.map(", ".join), "Mentions": found.mentions}
    )
    st.caption("Choose a row to select the place.")
    about = "Places with several names"
    choice_list(table, list(found.place), None, state.choose_place, name="many-named", alt=about)
    if more:
        show_more("many-named")
