"""The tab "Passages": what the articles say under the filters, what is selected on top; or one article whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries import search
from corpus.queries.places import Order
from dashboard.escaping import escape
from dashboard.passages import heading, hits, nothing, what_was_weighed
from dashboard.passages.cards import Card, cards
from dashboard.passages.texts import draw_cards
from dashboard.passages.whole_article import whole_article
from dashboard.selection import Page
from dashboard.view.state import PageState, state
from dashboard.widgets import room, show_more

PAGE = 20  # passages at first, and more at each press
ORDERS: Mapping[Order, str] = {"newest": "Newest article", "earliest": "Earliest event", "latest": "Latest event"}


def draw(page: Page) -> None:
    """Draw the passages, or the article that one was opened in."""
    if state.passage is not None:
        whole_article(page, state.passage)
        return
    if page.place is not None:
        heading.draw(page)
    elif page.filters.text.strip():
        hits.draw(page)
    list_ = f"passages of {page.place or 'all'}"
    limit = room(list_, PAGE)
    of, id = _asked(page)
    shown = _of_extent(page, id, limit + 1) if id in page.lines.index else _cards(page, of, id, limit + 1)
    if not shown:
        nothing.draw(page, of, id)
    if page.place is None and len(shown) > 1:
        words = ORDERS.__getitem__
        st.selectbox(
            "Order", list(ORDERS), key=PageState.order.key, format_func=words, label_visibility="collapsed", width=190
        )
    draw_cards(shown[:limit], page.selectable, key=list_)
    if len(shown) > limit:
        show_more(list_, "Show more passages")
    elif page.outlined is not None:
        _inside(page, page.outlined, above=shown)
    if page.place is None and page.filters.text.strip():
        _elsewhere(page)
    what_was_weighed.open_asked(page.index, page.place)


def _cards(page: Page, of: queries.Whole, id: str, limit: int) -> list[Card]:
    """Return the passages that name what is asked for, under the filters."""
    index, filters = page.index, page.filters
    found = queries.passages(index, id, filters, of=of, order=state.order, limit=limit)
    mentions = queries.mentions_in(index, list(found.passage), id, filters, of=of)
    return cards(index, found, mentions, selected=page.place is not None, query=filters.text, called=filters.called)


def _inside(page: Page, code: str, above: Collection[Card]) -> None:
    """Draw the passages that name a place inside the selected country or province, below those that name itself."""
    list_ = f"passages in {code}"
    limit = room(list_, PAGE)
    known = {card["ref"] for card in above}
    shown = [card for card in _cards(page, "region", code, limit + 1 + len(known)) if card["ref"] not in known]
    if not shown:
        return
    st.subheader(escape(f"Inside {page.areas.loc[code]['name']}"), anchor=False)
    draw_cards(shown[:limit], page.selectable, key=list_)
    if len(shown) > limit:
        show_more(list_, "Show more passages")


def _asked(page: Page) -> tuple[queries.Whole, str]:
    """Return what the passages are asked of, and its id."""
    if page.place is None:
        return "any", ""
    return ("region", page.region) if page.region else ("place", page.place)


def _elsewhere(page: Page) -> None:
    """Draw the passages that have the words of the search and name nothing that is shown."""
    found = search.elsewhere(page.index, page.filters, limit=PAGE)
    if found.empty:
        return
    st.caption("With these words, but naming no place that is shown under the filters:")
    none = queries.mentions_in(page.index, [], "", page.filters)
    draw_cards(
        cards(page.index, found, none, selected=False, query=page.filters.text), page.selectable, key="elsewhere"
    )


def _of_extent(page: Page, place: str, limit: int) -> list[Card]:
    """Return the passages that speak of a stretch, a direction or a line."""
    found = stretches.passages(page.index, place, page.filters, limit=limit)
    spans = {article: stretches.spans(page.index, article, place) for article in found.article.unique()}
    shape, wide = str(stretches.shape_of(place)), stretches.widened(page.filters)
    mentions = queries.mentions_in(page.index, list(found.passage), shape, wide, of="extent")
    return cards(page.index, found, mentions, selected=False, query=page.filters.text, spans=spans)
