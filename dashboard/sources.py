"""What the articles say of a place: why it is this one, the passages that name it, and the whole article."""

from __future__ import annotations

import json
import sqlite3

import pandas as pd
import streamlit as st

from corpus import queries, stretches
from corpus.filters import Filters
from dashboard.panels import KINDS, outlet_name, where
from dashboard.reader import Lit, escape, markdown, period
from dashboard.roles import NAMES, READINGS
from dashboard.trust import badge
from dashboard.when import SIGNS
from geodata.names import name_key
from geodata.region_names import names_of_regions

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
    for passage in found.head(limit).itertuples():
        _passage(index, passage, place.name, filters)
    if len(found) > limit:
        st.button("Show more passages", on_click=_more)


def extent(index: sqlite3.Connection, about: pd.Series, filters: Filters) -> None:
    """Draw the passages that speak of a stretch, a direction or a line."""
    st.subheader(escape(about["name"]), anchor=False)
    st.caption(escape(about.words))
    for passage in stretches.passages(index, str(about.name), filters).itertuples():
        with st.container(border=True):
            st.markdown(f"**{escape(passage.title)}**")
            _byline(passage)
            lit = [Lit(passage.extent_start - passage.start, passage.extent_end - passage.start, "place")]
            st.markdown(markdown(passage.text, 0, len(passage.text), lit))


def _more() -> None:
    st.session_state["pages"] = st.session_state.get("pages", 1) + 1


def _about(place: pd.Series) -> None:
    st.subheader(escape(place["name"]), anchor=False)
    method = METHODS.get(place.region_method)
    line = ", ".join([KINDS.get(place.kind, place.kind), *where(place)])
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
                st.caption(escape(f"{name}, {KINDS.get(kind, kind)}, {where_to} · {lat:.2f}, {lon:.2f}"))


def rivals(reasons: pd.DataFrame) -> list[tuple[str, str, str, float, float]]:
    """Return the other places that were weighed: name, kind, country, longitude, latitude; the nearest race first."""
    weighed = dict.fromkeys(tuple(rival) for row in reasons.runners_up for rival in json.loads(row))
    return list(weighed)[:MOST_RIVALS]


def _keep_rivals() -> None:
    st.session_state["show rivals"] = st.session_state["rivals"]


def _passage(index: sqlite3.Connection, passage: object, place: str, filters: Filters) -> None:
    mentions = queries.mentions_in(index, passage.passage, place, filters)  # type: ignore[attr-defined]
    start = passage.start  # type: ignore[attr-defined]
    text = passage.text  # type: ignore[attr-defined]
    lit = [Lit(row.start - start, row.end - start, "place") for row in mentions.itertuples()]
    for first, last in (("timex_start", "timex_end"), ("said_timex_start", "said_timex_end")):
        dates = mentions[[first, last]].dropna().astype(int)
        lit += [Lit(begin - start, end - start, "time") for begin, end in dates.itertuples(index=False)]
    with st.container(border=True):
        st.markdown(f"**{escape(passage.title)}**")  # type: ignore[attr-defined]
        _byline(passage)
        st.markdown(markdown(text, 0, len(text), lit))
        for begin, end, _, note in queries.flags(index, passage.article):  # type: ignore[attr-defined]
            if start <= begin < start + len(text):
                st.caption(
                    escape(f"“{text[begin - start : end - start]}”: {note}"), help="The source is left as it is."
                )
        with st.container(horizontal=True, gap="small", key=f"chips-{passage.passage}"):  # type: ignore[attr-defined]
            why = mentions[["since", "until", "certainty", "basis", "said_since", "said_until"]].drop_duplicates()
            for row in why.itertuples():
                _why_this_date(row, passage)
            badge(index, passage.article)  # type: ignore[attr-defined]
            meant = mentions[["role", "reading", "reading_reason", "speaker", "side", "mode"]].drop_duplicates()
            for row in meant.itertuples():
                _how_it_is_meant(row)
            st.button(
                "Open in text",
                key=f"open-{passage.passage}",  # type: ignore[attr-defined]
                on_click=_open,
                args=(passage.passage,),  # type: ignore[attr-defined]
                type="tertiary",
                icon=":material/article:",
            )


def _why_this_date(link: object, article: object) -> None:
    """Draw a date as a chip that opens on why it is this one, and on the two other dates: when said, when published."""
    since, until = link.since, link.until  # type: ignore[attr-defined]
    sign, words = SIGNS[link.certainty]  # type: ignore[attr-defined]
    with st.popover(f"{sign} {escape(period(since, until))}", help="Why this date?"):
        st.markdown(f"**When it happened:** {escape(period(since, until))}, {escape(words)}")
        st.caption(escape(link.basis))  # type: ignore[attr-defined]
        if link.said_since:  # type: ignore[attr-defined]
            st.markdown(f"**When it was said:** {escape(period(link.said_since, link.said_until))}")  # type: ignore[attr-defined]
        st.markdown(f"**When it was published:** {escape(published(article))}")
        st.caption(escape(article.published_basis))  # type: ignore[attr-defined]


def _byline(article: object) -> None:
    outlet, author = article.outlet, article.author  # type: ignore[attr-defined]
    since = article.published_since  # type: ignore[attr-defined]
    known = f"published {published(article)}" if since else "publication date unknown"
    st.caption(
        escape(" · ".join(part for part in (outlet_name(outlet), author, known) if part)),
        help=escape(f"Publication date: {article.published_basis}"),  # type: ignore[attr-defined]
    )


def _how_it_is_meant(mention: object) -> None:
    """Draw as a chip what the place is to the story, that opens on how the name was read and who says so."""
    role, reading = mention.role, mention.reading  # type: ignore[attr-defined]
    with st.popover(NAMES[role], help="How is the name meant?"):
        st.markdown(f"**How the name is meant:** {escape(READINGS.get(reading, 'the place itself'))}")
        st.caption(escape(mention.reading_reason))  # type: ignore[attr-defined]
        speaker, side = mention.speaker, mention.side  # type: ignore[attr-defined]
        if not speaker:
            st.markdown("**Who says it:** the outlet itself")
            return
        whose = f" ({side})" if side else ""
        how = "in quotation marks" if mention.mode == "direct" else "as the outlet reports it"  # type: ignore[attr-defined]
        st.markdown(f"**Who says it:** {escape(speaker + whose)}, {how}")


def published(article: object) -> str:
    """Return when an article was published, in words."""
    since, until = article.published_since, article.published_until  # type: ignore[attr-defined]
    if since and until and since != until:
        return f"between {period(since, since)} and {period(until, until)}"
    return period(since, until) if since else "unknown"


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
