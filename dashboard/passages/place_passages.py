"""What the articles say of what is selected: why it is this place, the passages, and the whole article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard.escaping import Lit, escape, markdown
from dashboard.passages.cards import byline, card, open_passage
from dashboard.widgets import where
from geodata.folding import name_key
from geodata.kinds import label
from geodata.regions.names import names_of_regions

PAGE = 20  # passages at first, and more at each press
OTHER_NAMES = 6
MOST_RIVALS = 8
DOUBTS = {
    "close race": "A close race: another place of this name fits almost as well.",
    "poor fit": "A poor fit: nothing else in the article speaks for this place.",
}
METHODS = {
    "code": "by the gazetteer's own code",
    "inside": "because its point lies in the shape",
    "nearest": "the nearest province of its country",
    "country": "only the country is known",
}
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


def passages(index: sqlite3.Connection, place: pd.Series, filters: Filters) -> None:
    """Draw the passages that name a place."""
    _about(place)
    why_here(index, place, filters)
    limit = PAGE * st.session_state.get("pages", 1)
    found = queries.passages(index, place.name, filters, limit=limit + 1)
    if found.empty:
        st.info(
            "No passage names this place under these filters. Widen the dates, clear other filters, or show who acts."
        )
    page_through(found, limit, lambda passage: queries.mentions_in(index, passage, str(place.name), filters), index)


def page_through(
    found: pd.DataFrame, limit: int, mentions: Callable[[int], pd.DataFrame], index: sqlite3.Connection
) -> None:
    """Draw so many of the passages found, and a button for more."""
    for passage in found.head(limit).itertuples():
        card(index, passage, mentions(passage.passage))
    if len(found) > limit:
        st.button("Show more passages", on_click=_more)


def _more() -> None:
    st.session_state["pages"] = st.session_state.get("pages", 1) + 1


def extent(index: sqlite3.Connection, about: pd.Series, filters: Filters) -> None:
    """Draw the passages that speak of a stretch, a direction or a line."""
    st.subheader(escape(about["name"]), anchor=False)
    st.caption(escape(about.words))
    id = str(about.name)
    found = stretches.passages(index, id, filters)
    if found.empty:
        st.info("No passage speaks of this under these filters. Widen the dates, or clear the other filters.")
    shape, wide = str(stretches.shape_of(id)), stretches.widened(filters)
    for passage in found.itertuples():
        within = passage.start, passage.start + len(passage.text)
        spans = [span for span in stretches.spans(index, passage.article, id) if within[0] <= span[0] < within[1]]
        card(index, passage, queries.mentions_in(index, passage.passage, shape, wide, of="extent"), spans)


def _about(place: pd.Series) -> None:
    st.subheader(escape(place["name"]), anchor=False)
    method = METHODS.get(place.region_method)
    line = ", ".join([label(place.kind), *where(place)])
    if place.years:
        line += f" ({place.years if place.years.startswith('since') else f'existed {place.years}'})"
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


def why_here(index: sqlite3.Connection, place: pd.Series, filters: Filters) -> None:
    """Draw why the names were taken for this place, what doubt is left, and which other places were weighed."""
    reasons = queries.reasons(index, place.name, filters)
    doubtful = bool(reasons.doubt.ne("").any())
    with st.expander("Why here?" + (" Some doubt is left" if doubtful else ""), icon=":material/help:"):
        for row in reasons.head(PAGE).itertuples():
            times = f" ({row.mentions} times)" if row.mentions > 1 else ""
            st.markdown(f"**{escape(row.text)}**{times}: {escape(row.reason)}")
            if row.doubt:
                st.caption(f":material/warning: {DOUBTS[row.doubt]}")
        if rivals(reasons):
            st.checkbox("Show the other places of this name on the map", key="rivals", on_change=_keep_rivals)
            for name, kind, country, lon, lat in rivals(reasons):
                where_to = names_of_regions().get(country, "no country")
                st.caption(escape(f"{name}, {label(kind)}, {where_to} · {lat:.2f}, {lon:.2f}"))


def rivals(reasons: pd.DataFrame) -> list[tuple[str, str, str, float, float]]:
    """Return the other places that were weighed: name, kind, country, longitude, latitude; the nearest race first."""
    weighed = dict.fromkeys(tuple(rival) for row in reasons.runners_up for rival in json.loads(row))
    return list(weighed)[:MOST_RIVALS]


def _keep_rivals() -> None:
    st.session_state["show rivals"] = st.session_state["rivals"]


def whole_article(index: sqlite3.Connection, passage: int, spans: Callable[[str], Sequence[tuple[int, int]]]) -> None:
    """Draw the whole article with the passage in view, the spans of what is selected lit and page furniture greyed."""
    st.button(
        "Back to the passages", on_click=open_passage, args=(None,), icon=":material/arrow_back:", type="tertiary"
    )
    article = queries.article_of(index, passage)
    if article is None:
        st.info("This passage is not in the index any more; go back and choose it again.")
        return
    st.subheader(escape(article.title), anchor=False)
    byline(article)
    lit = [Lit(start, end, "place") for start, end in spans(article.id)]
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
