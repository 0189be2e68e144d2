"""The parts of the page: words, passages, the whole article, the list. Draws what it is given and decides nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from corpus import queries
from corpus.queries import Filters, Totals
from dashboard.reader import Lit, dated, escape, markdown, period
from geodata.names import name_key

PAGE = 20  # passages at first, and more at each press
OTHER_NAMES = 6
KINDS = {
    "city": "town", "village": "village", "building": "building", "country": "country", "admin1": "province",
    "admin2": "district", "continent": "continent", "region": "region", "corridor": "corridor", "border": "border",
    "sea": "sea", "lake": "lake", "river": "river", "natural": "natural feature", "road": "road", "park": "park",
    "bloc": "bloc of states",
}  # fmt: skip
METHODS = {
    "code": "by the gazetteer's own code",
    "inside": "because its point lies in the shape",
    "nearest": "the nearest province of its country",
    "country": "only the country is known",
}
STATUS = {
    "actor": "name a people, language or citizenship (“Armenian officials”), not a place",
    "undecided": "could not be matched to a place of the gazetteer",
    "boilerplate": "stand in page furniture: links, captions shown twice, copyright lines",
}
# Only spacing and scroll behaviour: colours and type are the theme's.
_STYLE = """<style>
.stMainBlockContainer {padding-top: 1.4rem; padding-bottom: 2rem}
.stMainBlockContainer > .stVerticalBlock {gap: .6rem}
.st-key-headline h1 {padding: 0; font-size: 1.6rem}
.st-key-headline p {margin: 0}
.stSlider [data-testid="stWidgetLabel"] {min-height: 0}
.st-key-sources {overflow-wrap: anywhere}
iframe {color-scheme: normal}
</style>"""
# The passage that was asked for scrolls into view when the article opens.
_SCROLL = """export default function ({parentElement}) {
  const here = parentElement.getRootNode().host ?? parentElement;
  const box = here.closest(".st-key-sources");
  // The paragraphs above may still be on their way: look again until the passage holds still.
  let frames = 30;
  const settle = () => {
    box.scrollTop += here.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
    if (--frames) requestAnimationFrame(settle);
  };
  if (box) settle();
}"""


def style() -> None:
    """Set the spacing of the page."""
    st.html(_STYLE)


def failed(error: Exception) -> None:
    """Say what went wrong and what to do."""
    st.title("Dateline")
    st.error("The articles cannot be shown.", icon=":material/error:")
    st.text(str(error))


def headline(counts: Totals, filters: Filters, region_names: dict[str, str], problems: list[str]) -> None:
    """Draw the title, how much is shown, and what is not and why."""
    with st.container(key="headline"):
        words = filters.words(region_names)
        shown = f"**{counts.shown:,} of {counts.detected:,} mentions shown**"
        plain = (
            f", {words}" if words else f", from {counts.articles:,} {'article' if counts.articles == 1 else 'articles'}"
        )
        title, middle, right = st.columns([1.1, 4, 1.1], vertical_alignment="center")
        title.title("Dateline", anchor=False)
        middle.markdown(shown + escape(plain))
        with right.popover("Not shown", icon=":material/info:", width="stretch"):
            for status, meaning in STATUS.items():
                st.markdown(f"**{counts.by_status.get(status, 0):,}** {meaning}")
            if counts.undated:
                st.markdown(f"**{counts.undated:,}** have no date; they are shown only while all dates are")
            if problems:
                st.markdown("**Files that were left out, or read with a reservation**")
                for problem in problems:
                    st.text(problem)


def legend() -> None:
    """Say what the symbols mean."""
    st.caption(
        "● town or village · ■ building · ◆ sea, region or corridor without a shape · tinted area: country or "
        "province. Larger means more articles; a dashed rim means the position is approximate."
    )


def outlet_name(outlet: str) -> str:
    """Return an outlet's name, or words for its absence."""
    return outlet or queries.NO_OUTLET


def place_label(place: pd.Series) -> str:
    """Return a place as the list names it."""
    return f"{place['name']} — {', '.join([KINDS.get(place.kind, place.kind), *_where(place)])}"


def _where(place: pd.Series) -> list[str]:
    """Return the province and country a place lies in, but not itself."""
    parts = [] if place.kind == "country" else [place.country_name]
    if place.region_name and place.kind not in ("admin1", "country"):
        parts.insert(0, place.region_name)
    return [part for part in parts if part]


def nothing(filters: Filters) -> None:
    """Say that the filters leave nothing."""
    st.info("No place is named under these filters. Widen the dates, or clear the words, regions or outlets.")


def invitation(found: pd.DataFrame) -> None:
    """Say what to do first."""
    st.markdown(f"**{len(found):,} {'place' if len(found) == 1 else 'places'}** on the map.")
    st.markdown("Click one, or choose it above or in the list below, to read every passage that names it.")


def sources(index: sqlite3.Connection, place: pd.Series, filters: Filters) -> None:
    """Draw the passages that name a place."""
    _about(place)
    limit = PAGE * st.session_state.get("pages", 1)
    found = queries.passages(index, place.name, filters, limit=limit + 1)
    if found.empty:
        st.info("No passage names this place under these filters. Widen the dates, or clear the other filters.")
    for passage in found.head(limit).itertuples():
        _passage(index, passage, place.name, filters)
    if len(found) > limit:
        st.button("Show more passages", on_click=_more)


def _more() -> None:
    st.session_state["pages"] = st.session_state.get("pages", 1) + 1


def _about(place: pd.Series) -> None:
    st.subheader(escape(place["name"]), anchor=False)
    method = METHODS.get(place.region_method)
    line = ", ".join([KINDS.get(place.kind, place.kind), *_where(place)])
    st.caption(
        escape(f"{line} · {place.lat:.4f}, {place.lon:.4f}, known to about {place.uncertainty_km:g} km")
        + (escape(f" · in its province {method}") if method and place.region_name else ""),
        help=escape(f"Position: {place.source}"),
    )
    others = {
        name_key(name): name for name in reversed(place.names.split("|")) if name[:1].isupper() and name.isascii()
    }
    others.pop(name_key(place["name"]), None)
    if others:
        st.caption(escape("Also written " + ", ".join(sorted(others.values())[:OTHER_NAMES])))


def _passage(index: sqlite3.Connection, passage: object, place: str, filters: Filters) -> None:
    mentions = queries.mentions_in(index, passage.passage, place, filters)  # type: ignore[attr-defined]
    start = passage.start  # type: ignore[attr-defined]
    text = passage.text  # type: ignore[attr-defined]
    lit = [Lit(row.start - start, row.end - start, "place") for row in mentions.itertuples()]
    lit += [
        Lit(int(row.timex_start) - start, int(row.timex_end) - start, "time")
        for row in mentions.itertuples()
        if pd.notna(row.timex_start)
    ]
    with st.container(border=True):
        st.markdown(f"**{escape(passage.title)}**")  # type: ignore[attr-defined]
        _byline(passage)
        st.markdown(markdown(text, 0, len(text), lit))
        for line in dated([(row.since, row.until, row.basis) for row in mentions.itertuples() if pd.notna(row.basis)]):
            st.caption(f":material/event: {line}")
        st.button(
            "Open in text",
            key=f"open-{passage.passage}",  # type: ignore[attr-defined]
            on_click=_open,
            args=(passage.passage,),  # type: ignore[attr-defined]
            type="tertiary",
            icon=":material/article:",
        )


def _byline(article: object) -> None:
    outlet, author = article.outlet, article.author  # type: ignore[attr-defined]
    since, until = article.published_since, article.published_until  # type: ignore[attr-defined]
    if since and until and since != until:
        known = f"published between {period(since, since)} and {period(until, until)}"
    else:
        known = f"published {period(since, until)}" if since else "publication date unknown"
    st.caption(
        escape(" · ".join(part for part in (outlet_name(outlet), author, known) if part)),
        help=escape(f"Publication date: {article.published_basis}"),  # type: ignore[attr-defined]
    )


def _open(passage: int | None) -> None:
    st.session_state["passage"] = passage


def whole_article(index: sqlite3.Connection, passage: int, place: str, about: pd.Series) -> None:
    """Draw the whole article with the passage in view, the place's names lit and the page furniture greyed."""
    st.button("Back to the passages", on_click=_open, args=(None,), icon=":material/arrow_back:", type="tertiary")
    article = queries.article_of(index, passage)
    if article is None:
        st.info("This passage is not in the index any more; go back and choose it again.")
        return
    st.subheader(escape(article.title), anchor=False)
    _byline(article)
    lit = [Lit(start, end, "place") for start, end in queries.place_spans(index, article.id, place)]
    lit += [Lit(start, end, "furniture") for start, end, _ in queries.boilerplate(index, article.id)]
    for part in queries.passages_in(index, article.id).itertuples():
        body = markdown(article.text, part.start, part.end, lit)
        if part.id != passage:
            st.markdown(body, help=escape(part.boilerplate) or None)
            continue
        with st.container(border=True, key="passage-in-view"):
            scroll_here(key=f"scroll-{passage}")
            st.markdown(body)


def scroll_here(key: str) -> None:
    """Bring this point of the page into view once."""
    _scroll(key=key, height=1)


_scroll = st.components.v2.component("dateline_scroll", html="<span></span>", js=_SCROLL)


def place_list(found: pd.DataFrame, selected: str | None, choose: Callable[[str | None], None]) -> None:
    """Draw the list of places: the same places, counts and selection as the map."""
    st.subheader("Places", anchor=False)
    if found.empty:
        st.caption("No place under these filters.")
        return
    ids = list(found.id)
    row = ids.index(selected) if selected in ids else None
    table = pd.DataFrame(
        {
            "Place": found.name,
            "Kind": found.kind.map(KINDS),
            "Province": found.region_name,
            "Country": found.country_name,
            "Mentions": found.mentions,
            "Articles": found.articles,
        }
    )
    key = f"list-{selected}-{hash(tuple(ids))}"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose(ids[rows[0]] if rows else None)

    st.dataframe(
        table,
        hide_index=True,
        height=min(36 * (len(table) + 1), 420),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}},
        alt="Places on the map with their mentions and articles",
    )


def take_along(found: pd.DataFrame, index: Path) -> None:
    """Offer the places shown as CSV and GeoJSON, and the whole index as GeoPackage."""
    if found.empty:
        return
    columns = [
        "id",
        "name",
        "kind",
        "region_name",
        "country_name",
        "lon",
        "lat",
        "uncertainty_km",
        "mentions",
        "articles",
    ]
    csv, geojson, package = st.columns(3)
    csv.download_button(
        "Places as CSV", lambda: found[columns].to_csv(index=False).encode(), "places.csv", "text/csv", width="stretch"
    )
    geojson.download_button(
        "Places as GeoJSON", lambda: _geojson(found[columns]), "places.geojson", "application/geo+json", width="stretch"
    )
    package.download_button(
        "Everything as GeoPackage", index.read_bytes, "dateline.gpkg", "application/geopackage+sqlite3", width="stretch"
    )


def _geojson(found: pd.DataFrame) -> bytes:
    points = gpd.points_from_xy(found.lon, found.lat)
    return gpd.GeoDataFrame(found, geometry=points, crs=4326).to_json(drop_id=True).encode()
