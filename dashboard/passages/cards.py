"""A passage as a card: its text with names and dates lit, and chips that open on why this date and this meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from corpus.queries import places as queries
from dashboard.escaping import Lit, escape, markdown, period
from dashboard.passages.machine_rewriting import badge
from dashboard.time.controls import SIGNS
from dashboard.view.roles import NAMES, READINGS
from dashboard.widgets import outlet_name
from geodata.regions.names import names_of_regions


def card(
    index: sqlite3.Connection, passage: Any, mentions: pd.DataFrame, spans: Sequence[tuple[int, int]] = ()
) -> None:
    """Draw a passage with its dates, its meanings and the way into its article.

    `passage` is a row of `queries.passages`, `mentions` what `queries.mentions_in` finds in it; `spans` are lit, if
    there are any, instead of these.
    """
    start, text = passage.start, passage.text
    named = spans or dict.fromkeys(mentions[["start", "end"]].itertuples(index=False, name=None))
    lit = [Lit(begin - start, end - start, "place") for begin, end in named]
    for first, last in (("timex_start", "timex_end"), ("said_timex_start", "said_timex_end")):
        dates = mentions[[first, last]].dropna().astype(int)
        lit += [Lit(begin - start, end - start, "time") for begin, end in dates.itertuples(index=False)]
    with st.container(border=True):
        st.markdown(f"**{escape(passage.title)}**")
        byline(passage)
        st.markdown(markdown(text, 0, len(text), lit))
        for begin, end, _, note in queries.flags(index, passage.article):
            if start <= begin < start + len(text):
                quoted = f"“{text[begin - start : end - start]}”: {note}"
                st.caption(escape(quoted), help="The source is left as it is.")
        with st.container(horizontal=True, gap="small", key=f"chips-{passage.passage}"):
            why = mentions[["since", "until", "certainty", "basis", "said_since", "said_until"]].drop_duplicates()
            for link in why.itertuples():
                _why_this_date(link, passage)
            badge(index, passage.article)
            meant = mentions[["role", "reading", "reading_reason", "speaker", "side", "mode"]].drop_duplicates()
            for mention in meant.itertuples():
                _how_it_is_meant(mention)
            st.button(
                "Open in text",
                key=f"open-{passage.passage}",
                on_click=open_passage,
                args=(passage.passage,),
                type="tertiary",
                icon=":material/article:",
            )


def _why_this_date(link: Any, article: Any) -> None:
    """Draw a date as a chip that opens on why it is this one, and on the two other dates: when said, when published."""
    when = escape(period(link.since, link.until))
    sign, words = SIGNS[link.certainty]
    with st.popover(f"{sign} {when}", help="Why this date?"):
        st.markdown(f"**When it happened:** {when}, {escape(words)}")
        st.caption(escape(link.basis))
        if link.said_since:
            st.markdown(f"**When it was said:** {escape(period(link.said_since, link.said_until))}")
        st.markdown(f"**When it was published:** {escape(published(article))}")
        st.caption(escape(_known_from(article)))


def _how_it_is_meant(mention: Any) -> None:
    """Draw as a chip what the place is to the story, that opens on how the name was read and who says so."""
    with st.popover(NAMES[mention.role], help="How is the name meant?"):
        st.markdown(f"**How the name is meant:** {escape(READINGS.get(mention.reading, 'the place itself'))}")
        st.caption(escape(mention.reading_reason))
        if not mention.speaker:
            st.markdown("**Who says it:** the outlet itself")
            return
        whose = f" ({names_of_regions().get(mention.side, mention.side)})" if mention.side else ""
        how = "in quotation marks" if mention.mode == "direct" else "as the outlet reports it"
        st.markdown(f"**Who says it:** {escape(mention.speaker + whose)}, {how}")


def byline(article: Any) -> None:
    """Draw who printed an article, who wrote it and when it was published."""
    known = f"published {published(article)}" if article.published_since else "publication date unknown"
    st.caption(
        escape(" · ".join(part for part in (outlet_name(article.outlet), article.author, known) if part)),
        help=escape(f"Publication date: {_known_from(article)}"),
    )


def _known_from(article: Any) -> str:
    confidence = f" ({article.published_confidence})" if article.published_confidence else ""
    return f"{article.published_basis}{confidence}"


def published(article: Any) -> str:
    """Return when an article was published, in words."""
    since, until = article.published_since, article.published_until
    if since and until and since != until:
        return f"between {period(since, since)} and {period(until, until)}"
    return period(since, until) if since else "unknown"


def open_passage(passage: int | None) -> None:
    """Open the article of a passage, or none."""
    st.session_state["passage"] = passage
