"""A passage as a card: its text with names and dates lit, and chips that open on why this date and this meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from corpus.queries import places as queries
from dashboard.escaping import Lit, escape, markdown
from dashboard.passages import what_was_weighed
from dashboard.passages.machine_rewriting import badge
from dashboard.passages.quotations import open_button
from dashboard.words import CERTAINTIES, MODES, READINGS, ROLES, Row, outlet_name, period, printed, published, side_name

Spans = Sequence[tuple[int, int]]
DATES = ["since", "until", "certainty", "basis", "said_since", "said_until"]
MEANING = ["role", "reading", "reading_reason", "speaker", "side", "mode"]


def card(index: sqlite3.Connection, passage: Row, mentions: pd.DataFrame, spans: Spans = ()) -> None:
    """Draw a passage with its dates, its meanings and the way into its article.

    `passage` is a row of `queries.passages`, `mentions` what `queries.mentions_in` finds in it; `spans` are lit, if
    there are any, instead of these.
    """
    start, text = passage.start, passage.text
    named = spans or dict.fromkeys(mentions[["start", "end"]].itertuples(index=False, name=None))
    lit = [Lit(begin - start, end - start, "place") for begin, end in named]
    lit += [Lit(begin - start, end - start, "time") for begin, end in _dates(mentions)]
    with st.container(border=True):
        st.markdown(f"**{escape(passage.title)}**")
        byline(passage)
        st.markdown(markdown(text, 0, len(text), lit))
        for begin, end, _, note in queries.flags(index, passage.article):
            if start <= begin < start + len(text):
                quoted = f"“{text[begin - start : end - start]}”: {note}"
                st.caption(escape(quoted), help="The source is left as it is.")
        with st.container(horizontal=True, gap="small", key=f"chips-{passage.passage}"):
            _chips(index, passage, mentions)


def _dates(mentions: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield where the dates stand that date these mentions, in the article."""
    for ends in (["timex_start", "timex_end"], ["said_timex_start", "said_timex_end"]):
        yield from mentions[ends].dropna().astype(int).itertuples(index=False, name=None)


def _chips(index: sqlite3.Connection, passage: Row, mentions: pd.DataFrame) -> None:
    for link in mentions[DATES].drop_duplicates().itertuples():
        _why_this_date(link, passage)
    badge(index, passage.article)
    for mention in mentions[MEANING].drop_duplicates().itertuples():
        _how_it_is_meant(mention)
    what_was_weighed.button(index, passage, mentions)
    open_button("Open in text", passage.passage, key=f"open-{passage.passage}")


def _why_this_date(link: Row, article: Row) -> None:
    """Draw a date as a chip that opens on why it is this one, and on the two other dates: when said, when published."""
    when = escape(period(link.since, link.until))
    sign, words = CERTAINTIES[link.certainty]
    with st.popover(f"{sign} {when}", help="Why this date?"):
        st.markdown(f"**When it happened:** {when}, {escape(words)}")
        st.caption(escape(link.basis))
        if link.said_since:
            st.markdown(f"**When it was said:** {escape(period(link.said_since, link.said_until))}")
        st.markdown(f"**When it was published:** {escape(published(article))}")
        st.caption(escape(_known_from(article)))


def _how_it_is_meant(mention: Row) -> None:
    """Draw as a chip what the place is to the story, that opens on how the name was read and who says so."""
    with st.popover(ROLES[mention.role], help="How is the name meant?"):
        st.markdown(f"**How the name is meant:** {escape(READINGS.get(mention.reading, 'the place itself'))}")
        st.caption(escape(mention.reading_reason))
        if not mention.speaker:
            st.markdown("**Who says it:** the outlet itself")
            return
        whose = f" ({side_name(mention.side)})" if mention.side else ""
        how = MODES[mention.mode]
        st.markdown(f"**Who says it:** {escape(mention.speaker + whose)}, {how}")


def byline(article: Row) -> None:
    """Draw who printed an article, who wrote it and when it was published."""
    parts = (outlet_name(article.outlet), article.author, printed(article))
    st.caption(escape(" · ".join(filter(None, parts))), help=escape(f"Publication date: {_known_from(article)}"))


def _known_from(article: Row) -> str:
    confidence = f" ({article.published_confidence})" if article.published_confidence else ""
    return f"{article.published_basis}{confidence}"
