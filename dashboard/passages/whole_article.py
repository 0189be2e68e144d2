"""The whole article that a passage stands in, with the passage in view."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from corpus.queries import places as queries
from corpus.queries import reading
from dashboard.escaping import escape, visible
from dashboard.passages import heading
from dashboard.passages.cards import citations, source
from dashboard.passages.parts import Mark, lit_up, named, parts, words_in
from dashboard.passages.texts import draw_article
from dashboard.selection import Page
from dashboard.view.state import state
from dashboard.words import record, web_address


def whole_article(page: Page, reference: str) -> None:
    """Draw the whole article with the passage in view, names and dates lit and page furniture greyed."""
    icon = ":material/arrow_back:"
    st.button("Back to the passages", on_click=state.open_passage, args=(None,), icon=icon, type="tertiary")
    passage = reading.passage_of(page.index, reference)
    article = None if passage is None else queries.article_of(page.index, passage)
    if article is None:
        st.info("The articles do not hold this passage any more: its text was changed, or its file taken away.")
        return
    icon = ":material/edit:"
    st.button("Correct", on_click=state.mend, args=(reference,), icon=icon, type="tertiary")
    st.subheader(escape(article.title), anchor=False)
    st.caption(escape(source(article)))
    st.caption(escape(record(article)))
    if address := web_address(article):
        st.link_button("The original", address, type="tertiary", icon=":material/open_in_new:")
    rows = queries.passages_in(page.index, article.id)
    marks = reading.marks(page.index, list(rows.id))
    all_marks = [
        *lit_up(named(marks.itertuples()), set(heading.spans(page, article.id))),
        *words_in(article.text, 0, page.filters.text),
        *(Mark(start, end, "furniture") for start, end, _ in reading.boilerplate(page.index, article.id)),
    ]
    paragraphs = [
        {
            "parts": parts(article.text, 0, row.start, row.end, _within(all_marks, row.start, row.end)),
            "furniture": visible(row.boilerplate),
            "here": row.id == passage,
        }
        for row in rows.itertuples()
    ]
    draw_article(paragraphs, citations(article, reference), page.selectable, key=f"article-{reference}")


def _within(marks: Collection[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if mark.start < end and start < mark.end]
