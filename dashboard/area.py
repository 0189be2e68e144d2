"""A country or province as a whole: the list to choose one from, and every passage that names a place in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pandas as pd
import streamlit as st

from corpus import rollup
from corpus.filters import Filters
from dashboard import panels, sources
from dashboard.layers import REGION, count
from dashboard.reader import Lit, escape, markdown, period
from dashboard.when import SIGNS

METHODS = sources.METHODS | {"shape": "the region itself, named", "": "no country"}
NAMED = 8  # places of a region that its heading lists


def label(region: pd.Series) -> str:
    """Return a region as the box of places lists it."""
    kind = "the whole country" if region.level == 0 else f"the whole province, {region.country}"
    return f"All of {region['name']} — {kind}"


def region_list(regions: pd.DataFrame, selected: str | None, choose: Callable[[str | None], None]) -> None:
    """Draw the regions with the counts of the map; a choice of a row selects all that lies inside."""
    st.subheader("Regions", anchor=False)
    if regions.empty:
        st.caption("No region holds a place under these filters.")
        return
    table = pd.DataFrame(
        {
            "Region": regions.name,
            "Country": regions.country_name,
            "Mentions": regions.mentions,
            "Places": regions.places,
            "Articles": regions.articles,
            "Sources": regions.sources,
        }
    )
    ids = [REGION + code for code in regions.code]
    panels.choice_list(table, ids, selected, choose, name="regions", alt="Regions with their mentions and places")


def passages(index: sqlite3.Connection, region: pd.Series, found: pd.DataFrame, filters: Filters) -> None:
    """Draw the passages that name any place of a region; `found` are the places under the filters."""
    inside = found[(found.region == region.code) | (found.country == region.code)]
    st.subheader(escape(f"All of {region['name']}"), anchor=False)
    mentions = int(inside.mentions.sum())
    named = ", ".join(f"{row['name']} ({row.mentions:,})" for _, row in inside.head(NAMED).iterrows())
    more = f" and {len(inside) - NAMED:,} more" if len(inside) > NAMED else ""
    st.caption(
        escape(f"{count(mentions, 'mention')} of {count(len(inside), 'place')} inside, however named: {named}{more}"),
        help=escape("How places were put into their province: " + _methods(inside)),
    )
    limit = sources.PAGE * st.session_state.get("pages", 1)
    rows = rollup.passages(index, region.code, filters, limit=limit + 1)
    if rows.empty:
        st.info("No passage names a place in here under these filters. Widen the dates, or clear the other filters.")
    for passage in rows.head(limit).itertuples():
        _passage(index, passage, region.code, filters)
    if len(rows) > limit:
        st.button("Show more passages", key="more of region", on_click=_more)


def _methods(inside: pd.DataFrame) -> str:
    by_method = inside.groupby("region_method").mentions.sum().sort_values(ascending=False)
    return "; ".join(f"{METHODS.get(method, method)}: {number:,}" for method, number in by_method.items())


def _more() -> None:
    st.session_state["pages"] = st.session_state.get("pages", 1) + 1


def _passage(index: sqlite3.Connection, passage: object, code: str, filters: Filters) -> None:
    number, start, text = passage.passage, passage.start, passage.text  # type: ignore[attr-defined]
    mentions = rollup.mentions_in(index, number, code, filters)
    lit = [Lit(row.start - start, row.end - start, "place") for row in mentions.itertuples()]
    with st.container(border=True):
        st.markdown(f"**{escape(passage.title)}**")  # type: ignore[attr-defined]
        about = (panels.outlet_name(passage.outlet), f"published {sources.published(passage)}")  # type: ignore[attr-defined]
        st.caption(escape(" · ".join(about)))
        st.markdown(markdown(text, 0, len(text), lit))
        dates = mentions[["since", "until", "certainty"]].drop_duplicates()
        st.caption(escape(" · ".join(f"{SIGNS[row.certainty][0]} {_date(row)}" for row in dates.itertuples())))
        st.button("Open in text", key=f"open-{number}", on_click=_open, args=(number,), type="tertiary",
                  icon=":material/article:")  # fmt: skip


def _date(row: object) -> str:
    return period(row.since, row.until)  # type: ignore[attr-defined]


def _open(passage: int) -> None:
    st.session_state["passage"] = passage


def whole_article(
    index: sqlite3.Connection, passage: int, region: pd.Series, known: pd.DataFrame, filters: Filters
) -> None:
    """Draw the article of a passage, with the name in view that led to it."""
    mentions = rollup.mentions_in(index, passage, region.code, filters)
    place = mentions.place.iloc[0] if len(mentions) else known.index[0]
    sources.whole_article(index, passage, place, known.loc[place])
