"""Where a search hits, above the passages: places by any name, articles, and how many passages have the words."""

from __future__ import annotations

from functools import partial

import streamlit as st

from corpus.queries import reading, search
from corpus.queries.search import Hit
from dashboard.escaping import escape
from dashboard.selection import REGION, Page
from dashboard.view.state import state
from dashboard.words import ROLES, count, source_name
from geodata.folding import name_key


def draw(page: Page) -> None:
    """Draw where the words of the search stand, each a way there; say so where the articles do not have them."""
    text = page.filters.text
    places = search.places(page.index, page.names, text)
    articles = search.articles(page.index, text)
    passages = search.passages(page.index, text)
    with st.container(key="hits", gap="small"):
        for code in _regions(page, text):
            name, to = escape(f"All of {page.areas.loc[code]['name']}"), (REGION + code,)
            icon = ":material/select_all:"
            st.button(name, key=f"hit-{code}", on_click=state.choose_hit, args=(*to, ()), type="tertiary", icon=icon)
        for hit in places:
            st.button(
                escape(_words(hit)),
                key=f"hit-{hit.place}",
                on_click=partial(state.choose_hit, hit.place, hit.roles),
                type="tertiary",
                icon=":material/place:",
            )
        references = reading.references(page.index, [int(passage) for passage in articles.passage.dropna()])
        for row in articles.dropna(subset=["passage"]).itertuples():
            name, to = escape(f"Article: {source_name(row.outlet, row.title)}"), (references[row.passage],)
            icon = ":material/article:"
            st.button(name, key=f"hit-{row.id}", on_click=state.open_passage, args=to, type="tertiary", icon=icon)
        if passages:
            st.caption(escape(f"“{text.strip()}” is in {count(passages, 'passage')}."))
        elif not places and articles.empty:
            st.info(escape(f"The articles have no “{text.strip()}”: neither as a place, nor in a passage or a title."))


def _regions(page: Page, text: str) -> list[str]:
    key = name_key(text)
    return [str(code) for code, name in page.areas.name.items() if key and f"{name_key(name)} ".startswith(f"{key} ")]


def _words(hit: Hit) -> str:
    return f"{hit.name}: {count(hit.passages, 'passage')}, {', '.join(ROLES[role] for role in hit.roles)}"
