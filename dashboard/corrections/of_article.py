"""The part of the dialog that corrects an article: its day of publication, its outlet, its title."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from corpus.corrections.made import correct
from corpus.index.connection import open_index
from corpus.queries.mending import count_of_outlet
from corpus.records import Correction, Dated, Scope, What
from dashboard.config import read_config
from dashboard.corrections import kept
from dashboard.escaping import escape
from dashboard.widgets import day_box
from dashboard.words import count, period


def draw(dated: Dated) -> None:
    """Draw what is known of an article, to be corrected."""
    article, published = dated.article, dated.published
    key = f"mend-{article.print}"
    day = published.since if published.since == published.until else None
    known = period(*(str(end) if end else None for end in (published.since, published.until)))
    st.caption(escape(f"Published {known}: {published.basis}"))
    told = day_box("Published on", day, key=f"{key}-published")
    outlet = st.text_input("Outlet", article.outlet, key=f"{key}-outlet").strip()
    title = st.text_input("Title", article.title, key=f"{key}-title").strip()
    scope = _scope(article.outlet, key) if outlet and outlet != article.outlet else "article"
    kept.ask_who()
    rows: list[Correction] = []

    def say(what: What, value: str, means: str, was: str, scope: Scope = "article") -> None:
        row = correct(what, value, words=article.title, text=article.print, file=article.file, who=kept.reader())
        rows.append(replace(row, means=means, was=was, scope=scope))

    if told is not None and told != day:
        say("published", str(told), period(str(told), str(told)), str(day or ""))
    if outlet and outlet != article.outlet:
        say("outlet", outlet, outlet, article.outlet, scope)
    if title and title != article.title:
        say("title", title, title, article.title)
    with st.container(horizontal=True):
        apply = st.button("Apply", type="primary", disabled=not rows)
        confirm = st.button("The day is right", disabled=day is None or bool(rows))
    if confirm and day is not None:
        say("published", str(day), period(str(day), str(day)), str(day))
    if (apply or confirm) and rows:
        kept.keep_and_close(rows)


def _scope(outlet: str, key: str) -> Scope:
    with open_index(read_config().index) as index:
        number = count_of_outlet(index, outlet)
    words = f"For {count(number, 'article')} that name the outlet so, and later ones"
    return "corpus" if outlet and st.checkbox(escape(words), key=f"{key}-everywhere") else "article"
