"""The panel "Coverage": which source speaks of which place and when; the empty cells are what it does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from corpus.queries import coverage
from corpus.queries import mentions as fates
from corpus.queries.filters import Filters
from dashboard.escaping import escape, period, visible
from dashboard.map.features import count
from dashboard.passages.quotations import CHOOSE, Page, Row, chosen_row, quotes, room, source_name
from dashboard.time.timeline import UNITS, Stop, Unit, label, stop_of

WIDEST = 40  # sources that a table has room for
MANY = 24  # columns of time: a coarser unit is taken before there are more
GAPS = 40  # columns of time up to which the empty ones between are shown as well
LONGER, UNDATED = "longer", "undated"
VIEWS: Mapping[str, tuple[str, str]] = {
    "places × sources": ("place", "source"),
    "places × time": ("place", "time"),
    "sources × time": ("source", "time"),
}
HEADS = {"place": "Place", "source": "Source"}


def draw(page: Page, filters: Filters, places: pd.DataFrame) -> None:
    """Draw the counts with their empty cells, what one source alone names, and the sources of the selected place."""
    found = coverage.coverage(page.index, filters)
    sources = coverage.sources(page.index)
    labels = _labels(sources)
    names = dict(zip(found.place, found.name, strict=True))
    if page.place is not None:
        if page.region is None:
            _independent(page, filters)
        found = found[found.place.isin(_inside(page, places))]
    if found.empty:
        st.info("No source names a place under these filters. Widen the dates, or clear the filters.")
        return
    views = list(VIEWS) if found.place.nunique() > 1 else [*VIEWS][-1:]  # a table of one place says it by source
    view: str | None = views[0]
    if len(views) > 1:
        view = st.segmented_control("Table of", views, default=views[0], required=True, key="coverage view")
    rows, columns = VIEWS[view or views[0]]
    stops = times(found)
    found = found.assign(time=[time_of(row, stops) for row in found.itertuples()])
    alone = coverage.told_by_one(found)
    most = most_telling(found, list(labels))
    across = most if columns == "source" else across_time(stops, found.time)
    down = most if rows == "source" else None
    if len(most) < len(labels):
        st.caption(f"Of {len(labels):,} sources the {len(most)} that say most.")
        found = found[found.source.isin(most)]
    table = matrix(found, rows, columns, across=across, down=down)
    named = {column: label(column) for column in across if isinstance(column, Stop)}
    words = labels | names | named | {LONGER: "longer periods", UNDATED: "undated"}
    _table(page, filters, table, words, rows, columns)
    if page.place is None:
        _alone(page, alone, labels)


def _labels(sources: pd.DataFrame) -> dict[object, str]:
    """Return a name for each source, no two alike: they head columns."""
    found: dict[object, str] = {}
    for row in sources.itertuples():
        name = source_name(row.outlet, row.title, short=True)
        alike = sum(label.startswith(name) for label in found.values())
        found[row.source] = f"{name} ({alike + 1})" if alike else name
    return found


def _inside(page: Page, places: pd.DataFrame) -> list[str]:
    if page.region is None:
        return [str(page.place)]
    return list(places.id[(places.region == page.region) | (places.country == page.region)])


def times(found: pd.DataFrame) -> list[Stop]:
    """Return the units of time in which a mention lies, by the finest unit that gives few of them."""
    periods = [(row.since, row.until) for row in found.itertuples() if row.since]
    stops: list[Stop] = []
    for unit in UNITS:
        inside = {stop for since, until in periods if (stop := _inside_one(since, until, unit))}
        stops = sorted(inside)
        if len(stops) <= MANY:
            break
    return stops


def _inside_one(since: str, until: str, unit: Unit) -> Stop | None:
    stop = stop_of(date.fromisoformat(since), unit)
    return stop if date.fromisoformat(until) <= stop.until else None


def time_of(row: Row, stops: Sequence[Stop]) -> Stop | str:
    """Return the unit of time that holds a period whole; a year is on none of its days."""
    if not row.since:
        return UNDATED
    since, until = date.fromisoformat(row.since), date.fromisoformat(row.until)
    return next((stop for stop in stops if stop.since <= since and until <= stop.until), LONGER)


def across_time(stops: Sequence[Stop], found: pd.Series) -> list[Stop | str]:
    """Return the columns of a table of time: with the empty ones between where there is room, and what has no unit."""
    whole: list[Stop | str] = [*stops]
    if stops:
        unit = next(unit for unit in UNITS if stop_of(stops[0].since, unit) == stops[0])
        filled, stop = [stops[0]], stops[0]
        while stop.until < stops[-1].since and len(filled) <= GAPS:
            stop = stop_of(stop.until + timedelta(days=1), unit)
            filled.append(stop)
        whole = [*filled] if len(filled) <= GAPS else whole
    present = set(found)
    return whole + [name for name in (LONGER, UNDATED) if name in present]


def most_telling(found: pd.DataFrame, sources: Sequence[object]) -> list[object]:
    """Return the sources, as many as a table has room for: those with most mentions, the silent ones last."""
    told = found.groupby("source").mentions.sum()
    return sorted(sources, key=lambda source: -told.get(source, 0))[:WIDEST]


def matrix(
    found: pd.DataFrame, rows: str, columns: str, *, across: Sequence[object], down: Sequence[object] | None
) -> pd.DataFrame:
    """Return the mentions by row and column with 0 where there is none; the rows with most mentions come first."""
    counted = found.groupby([rows, columns]).mentions.sum()
    order = found.groupby(rows).mentions.sum().sort_values(ascending=False, kind="stable").index
    cells = {(row, column): int(number) for (row, column), number in counted.items()}
    silent = [row for row in down or [] if row not in set(order)]
    every = [*order, *silent]
    return pd.DataFrame(
        [[cells.get((row, column), 0) for column in across] for row in every],
        index=pd.Index(every, dtype=object), columns=pd.Index([*across], dtype=object, tupleize_cols=False),
    )  # fmt: skip


def _table(
    page: Page, filters: Filters, table: pd.DataFrame, words: Mapping[object, str], rows: str, columns: str
) -> None:
    """Draw the table; the mentions behind the row and column that the reader chooses come below it."""
    shown = table.where(table > 0).astype("Int64")
    shown.columns = pd.Index([words.get(name, str(name)) for name in table.columns])
    shown.insert(0, HEADS[rows], [words.get(name, str(name)) for name in table.index])
    empty = int((table == 0).to_numpy().sum())
    st.caption(
        f"{count(int(table.to_numpy().sum()), 'mention')} in {count(table.size - empty, 'cell')}, nothing in the "
        f"{empty:,} others: the source is silent there under these filters."
    )
    number = chosen_row(shown, list(table.index), key=f"coverage-{rows}-{columns}", alt="Mentions, empty where none")
    if number is None:
        st.caption(f"{CHOOSE} to read what it counts.")
        return
    row = table.iloc[number]
    filled = [column for column in table.columns if row[column] > 0]
    if not filled:
        st.info(escape(f"{words.get(row.name, row.name)}: nothing is said under these filters."))
        return
    column = st.selectbox(
        "Which of its cells", [None, *filled], key=f"coverage-cell-{rows}-{columns}-{number}", width=420,
        format_func=lambda name: "all of them" if name is None else f"{visible(words[name])}: {row[name]:,}",
    )  # fmt: skip
    _mentions(page, filters, {rows: row.name, columns: column}, int(row.sum() if column is None else row[column]))


def _mentions(page: Page, filters: Filters, cell: Mapping[str, Any], total: int) -> None:
    time = cell.get("time")
    if isinstance(time, str):
        st.info(f"{count(total, 'mention')} that no single unit of time holds: find them in the list of the place.")
        return
    asked = {name: str(value) for name, value in cell.items() if name != "time"}
    if page.place is not None:
        asked |= {"region": page.region} if page.region else {"place": page.place}
    key = "cell-" + "-".join(str(part) for part in cell.values())
    days = (time.since, time.until) if time else None
    found = fates.mentions(page.index, filters, asked, days=days, limit=room(key))
    quotes(page, found, key=key, total=total, note=lambda row: f"{row.name}, {period(row.since, row.until)}")


def _alone(page: Page, alone: pd.DataFrame, labels: Mapping[object, str]) -> None:
    st.subheader("What one source alone names", anchor=False)
    if alone.empty:
        st.caption("Every place is named by two sources or more.")
        return
    table = pd.DataFrame({"Place": alone.name, "Only in": alone.source.map(labels), "Mentions": alone.mentions})
    number = chosen_row(table, list(alone.place), key="alone", alt="Places that one source alone names")
    if number is not None and alone.place.iloc[number] in page.known:
        page.choose(str(alone.place.iloc[number]))
        st.rerun()


def _independent(page: Page, filters: Filters) -> None:
    """Draw how many independent sources name the place, and which articles are one of them."""
    found = coverage.independent(page.index, str(page.place), filters)
    if found.empty:
        return
    number = found.source.nunique()
    words = f"{count(len(found), 'article')}, {count(number, 'independent source')}"
    with st.expander(escape(words), expanded=number < len(found)):
        for source, group in found.groupby("source", sort=False):
            if len(group) > 1:
                why = "share one statement" if group.shared.any() else "copy one another"
                st.markdown(f"**{count(len(group), 'article')}** that {why}:")
            for row in group.itertuples():
                st.button(
                    escape(f"{source_name(row.outlet, row.title)}: {count(row.mentions, 'mention')}"),
                    key=f"independent-{source}-{row.article}", type="tertiary", icon=":material/article:",
                    on_click=_open, args=(int(row.passage),),
                )  # fmt: skip


def _open(passage: int) -> None:
    st.session_state["passage"] = passage
