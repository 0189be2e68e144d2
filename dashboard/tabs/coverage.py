"""The tab "Coverage": which source speaks of which place and when; the empty cells are what it does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from corpus.queries import coverage, reading
from corpus.queries.mentions import mentions
from dashboard.escaping import escape, visible
from dashboard.passages.quotations import PAGE, quotes
from dashboard.periods import Stop, label
from dashboard.selection import Page
from dashboard.tabs.coverage_table import LONGER, UNDATED, across_time, in_time, matrix, most_telling, times
from dashboard.view.state import state
from dashboard.widgets import ROWS, choice_list, chosen_row, room, show_more
from dashboard.words import count, period, source_name

Words = dict[object, str]
VIEWS: Mapping[str, tuple[str, str]] = {
    "places × sources": ("place", "source"),
    "places × time": ("place", "time"),
    "sources × time": ("source", "time"),
}
ARTICLE = ":material/article:"
HEADS = {"place": "Place", "source": "Source"}


def draw(page: Page) -> None:
    """Draw the counts with their empty cells, what one source alone names, and the sources of the selected place."""
    place, region = (page.place or "", "") if page.region is None else ("", page.region)
    found = coverage.coverage(page.index, page.filters, place=place, region=region)
    labels = _labels(coverage.sources(page.index))
    if page.place is not None and page.region is None:
        _independent(page)
    if found.empty:
        st.info("No source names a place under these filters. Widen the dates, or clear the filters.")
        return
    alone = coverage.told_by_one(found)
    _counts(page, found, labels)
    if page.place is None:
        _alone(page, alone, labels)


def _labels(sources: pd.DataFrame) -> dict[object, str]:
    """Return a name for each source, no two alike: they head columns."""
    found: dict[object, str] = {}
    taken: Counter[str] = Counter()
    for row in sources.itertuples():
        name = label = source_name(row.outlet, row.title, short=True)
        while taken[label]:
            taken[name] += 1
            label = f"{name} ({taken[name]})"
        taken[label] += 1
        found[row.source] = label
    return found


def _counts(page: Page, found: pd.DataFrame, labels: Words) -> None:
    """Draw the table that the reader chooses."""
    views = list(VIEWS) if found.place.nunique() > 1 else [*VIEWS][-1:]  # a table of one place says it by source
    view: str | None = views[0]
    if len(views) > 1:
        view = st.segmented_control("Table of", views, default=views[0], required=True, key="coverage view")
    rows, columns = VIEWS[view or views[0]]
    stops = times(found)
    found = found.assign(time=in_time(found, stops))
    most = most_telling(found, list(labels))
    across = most if columns == "source" else across_time(stops, found.time)
    if len(most) < len(labels):
        st.caption(f"Of {len(labels):,} sources the {len(most)} that say most.")
        found = found[found.source.isin(most)]
    table = matrix(found, rows, columns, across=across, down=most if rows == "source" else None)
    table.index.name, table.columns.name = rows, columns
    places = found.drop_duplicates("place")
    names = dict(zip(places.place, places.name, strict=True))
    units = {column: label(column) for column in across if isinstance(column, Stop)}
    _table(page, table, labels | names | units | {LONGER: "longer periods", UNDATED: "undated"})


def _table(page: Page, table: pd.DataFrame, words: Words) -> None:
    """Draw the table; the mentions behind the row and column that the reader chooses come below it."""
    rows, columns = str(table.index.name), str(table.columns.name)
    shown = table.where(table > 0).astype("Int64")
    shown.columns = pd.Index([words.get(name, str(name)) for name in table.columns])
    shown.insert(0, HEADS[rows], [words.get(name, str(name)) for name in table.index])
    empty = int((table == 0).to_numpy().sum())
    st.caption(
        f"{count(int(table.to_numpy().sum()), 'mention')} in {count(table.size - empty, 'cell')}, nothing in the "
        f"{empty:,} others: the source is silent there under these filters."
    )
    key = f"coverage-{rows}-{columns}"
    first = room(key, ROWS)
    about = "Mentions, empty where none"
    number = chosen_row(shown.head(first), list(table.index[:first]), key=key, alt=about, whole=shown)
    if len(shown) > first:
        show_more(key, f"Show more ({first:,} of {len(shown):,} shown)")
    if number is None:
        st.caption("Choose a row to read what it counts.")
        return
    row = table.iloc[number]
    filled = row[row > 0]
    if filled.empty:
        st.info(escape(f"{words.get(row.name, row.name)}: nothing is said under these filters."))
        return
    column = st.selectbox(
        "Which of its cells",
        [None, *filled.index],
        key=f"coverage-cell-{rows}-{columns}-{number}",
        width=420,
        format_func=lambda name: "all of them" if name is None else f"{visible(words[name])}: {filled[name]:,}",
    )
    _mentions(page, {rows: row.name, columns: column}, int(row.sum() if column is None else row[column]))


def _mentions(page: Page, cell: Mapping[str, Any], total: int) -> None:
    time = cell.get("time")
    if isinstance(time, str):
        st.info(f"{count(total, 'mention')} that no single unit of time holds: find them in the list of the place.")
        return
    asked = {name: str(value) for name, value in cell.items() if name != "time"}
    if page.place is not None:
        asked |= {"region": page.region} if page.region else {"place": page.place}
    key = "cell-" + "-".join(str(part) for part in cell.values())
    days = (time.since, time.until) if time else None
    found = mentions(page.index, page.filters, asked, days=days, limit=room(key, PAGE))
    quotes(page, found, key=key, total=total, note=lambda row: f"{row.name}, {period(row.since, row.until)}")


def _alone(page: Page, alone: pd.DataFrame, labels: Words) -> None:
    st.subheader("What one source alone names", anchor=False)
    if alone.empty:
        st.caption("Every place is named by two sources or more.")
        return
    shown, number = room("alone", ROWS), len(alone)
    alone = alone.head(shown)
    table = pd.DataFrame({"Place": alone.name, "Only in": alone.source.map(labels), "Mentions": alone.mentions})
    about = "Places that one source alone names"
    choice_list(table, list(alone.place), None, state.choose_place, name="alone", alt=about)
    if number > shown:
        show_more("alone", f"Show more ({shown:,} of {number:,} shown)")


def _independent(page: Page) -> None:
    """Draw how many independent sources name the place, and which articles are one of them."""
    found = coverage.independent(page.index, str(page.place), page.filters)
    if found.empty:
        return
    number = found.source.nunique()
    words = f"{count(len(found), 'article')}, {count(number, 'independent source')}"
    with st.expander(escape(words), expanded=number < len(found)):
        for source, group in found.groupby("source", sort=False):
            if len(group) > 1:
                why = "share one statement" if group.shared.any() else "copy one another"
                st.markdown(f"**{count(len(group), 'article')}** that {why}:")
            references = reading.references(page.index, [int(passage) for passage in group.passage])
            for row in group.itertuples():
                name = escape(f"{source_name(row.outlet, row.title)}: {count(row.mentions, 'mention')}")
                key, to = f"independent-{source}-{row.article}", (references[row.passage],)
                st.button(name, key=key, on_click=state.open_passage, args=to, type="tertiary", icon=ARTICLE)
