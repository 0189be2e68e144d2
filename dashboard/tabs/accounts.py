"""The tab "Two accounts": what each side says of a place and a time, in columns, in the sources' own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd
import streamlit as st

from corpus.queries.accounts import MOST, Scope, accounts
from dashboard.escaping import escape
from dashboard.passages.parts import Mark
from dashboard.passages.quotations import Quotation
from dashboard.passages.quotations import draw as draw_quotations
from dashboard.selection import Page
from dashboard.widgets import room, show_more
from dashboard.words import NO_SIDE, Row, count, period, side_name
from geodata.regions.names import names_of_regions

ABREAST = 2  # columns: more are too narrow to read
FEW = 5  # statements of a side at first
ANY_TIME = ""


class Step(NamedTuple):
    """How wide the accounts reach: of the place itself, or of all that lies in its province or country."""

    name: str
    scope: Scope


def draw(page: Page) -> None:
    """Draw the accounts of the selected place or region, a column a side."""
    if page.place is None:
        st.info("Choose a place on the map or in the list of places to read what each side says of it.")
        return
    told = {step.name: accounts(page.index, page.filters, step.scope) for step in steps(page)}
    found = _at_time(page, told[_how_wide(page, told)])
    if found.empty:
        st.info("No article says anything of this place under these filters. Widen the dates, or clear the filters.")
        return
    st.caption("Sentences as printed; grey words are the outlet's, telling who speaks. No side is summed up or judged.")
    spoken = found[found.speaker != ""]
    if spoken.empty:
        st.info("The outlets attribute nothing of this to anybody: they speak of it themselves.")
    _columns(page, spoken)
    _outlets(page, found[found.speaker == ""])
    if found.passage.nunique() == MOST:
        st.caption(f"These are the newest {MOST:,} passages; narrow the dates to read others.")


def _how_wide(page: Page, told: Mapping[str, pd.DataFrame]) -> str:
    """Let the reader choose how wide the accounts reach, at first as `narrowest` says; return the step's name."""
    names, narrow = list(told), narrowest(told)
    if len(names) == 1:
        return names[0]
    name: str | None = st.segmented_control(
        "Statements about",
        names,
        default=narrow,
        required=True,
        key=f"accounts-of-{page.place}",
        format_func=lambda name: f"{escape(name)} ({_statements(told[name])})",
    )
    if name == narrow != names[0]:
        st.caption(escape(f"Of {names[0]} alone no two sides speak under these filters: this is {name}."))
    return name or narrow


def steps(page: Page) -> list[Step]:
    """Return the selected place, its province and its country, from the narrowest."""
    if page.region is not None:
        return [Step(f"all of {names_of_regions().get(page.region, page.region)}", Scope(page.region, True))]
    if page.place not in page.known:
        return [Step("this place", Scope(str(page.place), False))]
    place = page.places.set_index("id").loc[page.place]
    found = [Step(str(place["name"]), Scope(str(page.place), False))]
    for code, name in ((place.region, place.region_name), (place.country, place.country_name)):
        if code and name and not any(step.scope.id == code for step in found):
            found.append(Step(f"all of {name}", Scope(str(code), True)))
    return found


def narrowest(told: Mapping[str, pd.DataFrame]) -> str:
    """Return the narrowest step at which two sides speak; else that at which anybody does."""
    for least in (2, 1):
        for name, frame in told.items():
            if frame.side[frame.side != ""].nunique() >= least:
                return name
    return next((name for name, frame in told.items() if len(frame)), next(iter(told)))


def _statements(frame: pd.DataFrame) -> int:
    return int((frame.speaker != "").sum())


def _at_time(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """Let the reader narrow the accounts to one of their times, those with most sides first."""
    spoken = found[found.side != ""].dropna(subset=["since"])
    times = spoken.groupby(["since", "until"], as_index=False).agg(sides=("side", "nunique"), said=("side", "size"))
    if len(times) < 2:
        return found
    times = times.sort_values(["sides", "said"], ascending=False)
    words = {
        f"{row.since}/{row.until}": f"{period(row.since, row.until)}: {count(row.sides, 'side')}, {row.said} said"
        for row in times.itertuples()
    }
    key, all_times = f"accounts-time-{page.place}", "all times under the filters"
    chosen = st.selectbox(
        "Of what time", [ANY_TIME, *words], key=key, width=420, format_func=lambda time: words.get(time, all_times)
    )
    since, _, until = chosen.partition("/")
    return found if chosen == ANY_TIME else found[(found.since == since) & (found.until == until)]


def _columns(page: Page, found: pd.DataFrame) -> None:
    # In the alphabet's order, so that none comes first; who states no side comes last.
    sides = sorted(set(found.side), key=lambda side: (not side, side_name(side)))
    for first in range(0, len(sides), ABREAST):
        row = sides[first : first + ABREAST]
        for column, side in zip(st.columns(len(row)), row, strict=True):
            with column:
                heading = f"Side of {side_name(side)}" if side else NO_SIDE
                _side(page, found[found.side == side], heading, key=f"side-{side}")


def _side(page: Page, found: pd.DataFrame, heading: str, *, key: str) -> None:
    st.subheader(escape(heading), anchor=False)
    st.caption(count(len(found), "statement"))
    shown = room(key, FEW)
    rows = found.head(shown).itertuples()
    draw_quotations(page, [Quotation(row, _note(row), list(lit(row))) for row in rows], key=key)
    if len(found) > shown:
        show_more(key, f"Show more ({shown} of {len(found)} shown)")


def _note(row: Row) -> str:
    beside = "" if row.naming else " · in the same passage as the name"
    return f"{row.speaker} · {period(row.since, row.until)}{beside}"


def lit(row: Row) -> Iterator[Mark]:
    """Yield the names of the place lit up, and in grey what lies outside of what is said."""
    names = sorted(row.lit)
    yield from (Mark(start, end, "selected") for start, end in names)
    edges = [row.start, *(edge for span in sorted([*names, *row.said]) for edge in span), row.end]
    covered = int(row.start)
    for start, end in sorted([*names, *row.said]):
        if start > covered:
            yield Mark(covered, start, "furniture")
        covered = max(covered, end)
    if covered < edges[-1]:
        yield Mark(covered, int(row.end), "furniture")


def _outlets(page: Page, found: pd.DataFrame) -> None:
    with st.expander(f"The outlets themselves ({count(len(found), 'sentence')})"):
        if found.empty:
            st.caption("They attribute all they say of it to somebody.")
        shown = room("outlets-themselves", FEW)
        quoted = [
            Quotation(row, period(row.since, row.until), [Mark(start, end, "selected") for start, end in row.lit])
            for row in found.head(shown).itertuples()
        ]
        draw_quotations(page, quoted, key="outlets-sentences")
        if len(found) > shown:
            show_more("outlets-themselves")
