"""The widgets that several parts of the page share: tables of which a row can be chosen, and "Show more"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st

from corpus.exports.csv_table import csv
from dashboard import tables

Choose = Callable[[str | None], None]  # selects what a row stands for, or nothing
STAY: Literal["ignore"] = "ignore"  # of a download: a run of the page would take files away that are asked for
EARLIEST, LATEST = date(1, 1, 1), date(2999, 12, 31)
ROWS = 200  # of a long table at first, and more at each press
ROW, HIGHEST = 36, 420  # pixels of a row, and of a table


def choice_list(
    table: pd.DataFrame, ids: Sequence[str], selected: str | None, choose: Choose, *, name: str, alt: str
) -> None:
    """Draw a table whose rows can be chosen, the selected one marked; `ids` are those of its rows."""
    key = f"{name}-{selected}-{hash(tuple(ids))}"
    marked = [ids.index(selected)] if selected in ids else []

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose(ids[rows[0]] if rows else None)

    st.dataframe(
        tables.shown(table),
        hide_index=True,
        height=_height(table),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": marked, "columns": [], "cells": []}},
        alt=alt,
    )


def chosen_row(
    table: pd.DataFrame, ids: Sequence[object], *, key: str, alt: str, whole: pd.DataFrame | None = None
) -> int | None:
    """Draw a table of which one row can be chosen, and return its number; another set of `ids` forgets the choice.

    The file of it holds the whole one, where it has more rows than are shown.
    """
    state = st.dataframe(
        tables.shown(table),
        hide_index=True,
        height=_height(table),
        key=f"{key}-{hash(tuple(ids))}",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="–",
        alt=alt,
    )
    offer_csv(lambda: table if whole is None else whole, key)
    rows = state["selection"]["rows"]
    return int(rows[0]) if rows else None


def offer_csv(table: Callable[[], pd.DataFrame], name: str) -> None:
    """Draw the button that gives a table as a file for spreadsheets, made when it is asked for."""
    st.download_button(
        "Table as CSV",
        lambda: csv(table()),
        f"{name}.csv",
        "text/csv",
        key=f"{name}-csv",
        type="tertiary",
        icon=":material/download:",
        on_click=STAY,
    )


def day_box(label: str, day: date | None, *, key: str) -> date | None:
    """Draw a box for a day of any year, which may be left empty."""
    words = "YYYY-MM-DD"
    told = st.date_input(label, day, min_value=EARLIEST, max_value=LATEST, format=words, key=key, width=200)
    return told if isinstance(told, date) else None


def _height(table: pd.DataFrame) -> int:
    return min(ROW * (len(table) + 1), HIGHEST)


def room(list_: str, size: int) -> int:
    """Return how many rows a list, by its name, may show by now; `size` are those at first, and more at each press."""
    return size * int(st.session_state.get(_pages(list_), 1))


def show_more(list_: str, words: str = "Show more") -> None:
    """Draw the button that gives a list more room."""
    st.button(words, key=f"{list_}-more", on_click=_more, args=(list_,))


def _more(list_: str) -> None:
    st.session_state[_pages(list_)] = st.session_state.get(_pages(list_), 1) + 1


def _pages(list_: str) -> str:
    return f"{list_} pages"
