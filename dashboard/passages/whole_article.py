"""The whole article that a passage stands in, with the passage in view."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import streamlit as st

from corpus.queries import places as queries
from dashboard.escaping import Lit, escape, markdown
from dashboard.passages.cards import byline
from dashboard.view.state import state

Spans = Callable[[str], Sequence[tuple[int, int]]]  # of what is selected, in an article
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


def whole_article(index: sqlite3.Connection, passage: int, spans: Spans) -> None:
    """Draw the whole article with the passage in view, the spans of what is selected lit and page furniture greyed."""
    icon = ":material/arrow_back:"
    st.button("Back to the passages", on_click=state.open_passage, args=(None,), icon=icon, type="tertiary")
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
