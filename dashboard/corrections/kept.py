"""Keep what a reader corrects, say so with the way back, and have the articles read again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from corpus.corrections.file import append, kept_in, read_corrections
from corpus.corrections.made import undoing, user
from corpus.corrections.table import OF_ARTICLE
from corpus.errors import CorrectionsError
from corpus.records import Correction, Scope
from dashboard.config import read_config
from dashboard.escaping import escape
from dashboard.sharding import NO_FOLDER
from dashboard.view.state import Mended, PageState, state
from dashboard.words import READINGS
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.gazetteer.user_places import NAME as OWN_PLACES

LITERAL = "the place itself"
SCOPES: dict[Scope, str] = {"mention": "here", "article": "in this article", "corpus": "in all articles"}
WHATS = {
    "place": "place",
    "no place": "not a place",
    "reading": "meant as",
    "date": "date",
    "right": "right as it was read",
    "published": "published on",
    "outlet": "outlet",
    "title": "title",
}


def reader() -> str:
    """Return who corrects: as the reader said, else who uses the system."""
    return state.reader.strip() or user()


def reading_in_words(reading: str) -> str:
    """Return how a name is meant."""
    return READINGS.get(reading, LITERAL)


def in_words(row: Correction) -> str:
    """Return a correction in words: "“Goris” in all articles: place Goris, Georgia"."""
    words = " ".join(row.words.split())
    about = f"“{words}”" if row.what not in OF_ARTICLE else f"The article {row.file}"
    return f"{about} {SCOPES[row.scope]}: {WHATS.get(row.what, row.what)} {row.means}".rstrip()


def gazetteer() -> Gazetteer:
    """Return the places that the corpus is read with."""
    config = read_config()
    own = config.articles / OWN_PLACES
    return open_gazetteer(own if own.is_file() else None, config.choose_packs()[0])


def rows() -> tuple[list[Correction], list[str]]:
    """Return all rows of the corpus, and in words what of its files cannot be used."""
    found, problems = read_corrections(read_config().articles)
    return found, [f"{file}: {words}" for file, words in problems]


def where() -> str:
    """Return the file that takes the next correction."""
    return str(kept_in(read_config().articles))


def keep(corrections: Sequence[Correction], words: str, *, back: str = "Undo") -> str:
    """Keep corrections and have the articles read again; return what went wrong, "" where all went well."""
    if read_config().shards:
        return f"{NO_FOLDER}: correct them there, where they were read, and build the shards again."
    try:
        append(read_config().articles, corrections)
    except CorrectionsError as error:
        return str(error)
    state.mended, state.reread = Mended(words, tuple(row.id for row in corrections), back), True
    return ""


def keep_and_close(corrections: Sequence[Correction]) -> None:
    """Keep corrections and close the dialog they were made in, or say there what went wrong."""
    if trouble := keep(corrections, "; ".join(map(in_words, corrections))):
        st.error(escape(trouble))
    else:
        st.rerun()


def ask_who() -> None:
    """Ask for the reader's name, which is kept for the session."""
    st.text_input("Your name, beside the correction", key=PageState.reader.key, placeholder=user(), width=260)


def take_back(ids: Sequence[str]) -> None:
    """Undo rows, or have them count again where they undo; what goes wrong is shown where the way back was."""
    found = [row for row in rows()[0] if row.id in ids]
    undone = [undoing(row, who=reader()) for row in found]
    again = any(row.what == "undo" for row in found)
    words = "; ".join(f"“{' '.join(row.words.split())}” {row.means}" if again else in_words(row) for row in found)
    trouble = keep(undone, f"{'Done again' if again else 'Undone'}: {words}", back="Undo" if again else "Do it again")
    if trouble:
        state.mended = Mended(trouble, (), "")


def message() -> None:
    """Draw what was just corrected, with the way back; there in every run, so that nothing is made anew by it."""
    with st.container(key="mended"):
        said = state.mended
        if said is None:
            return
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            icon = ":material/check:" if said.ids else ":material/error:"
            st.markdown(f"{icon} {escape(said.words)}", width="stretch")
            if said.ids:
                st.button(said.back, key="take back", on_click=take_back, args=(said.ids,), icon=":material/undo:")
            st.button("", key="close mended", on_click=_close, icon=":material/close:", type="tertiary", help="Close")


def _close() -> None:
    state.mended = None
