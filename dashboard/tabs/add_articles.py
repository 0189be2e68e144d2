"""The box in which articles are added: files are dropped or a text is pasted, looked at, corrected, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b

import streamlit as st

from corpus.add_articles import FIELDS, MOST_FILES, PASTED, Preview, keep, problem_of
from corpus.errors import ArticleError
from corpus.ingest.files import SUFFIXES
from dashboard.adding import look
from dashboard.config import folder_to_add_to, read_config, show_instead
from dashboard.escaping import escape, visible
from dashboard.sharding import NO_FOLDER
from dashboard.words import count

SHOWN = 20  # articles whose fields can be corrected here; those of more are kept as they were found
LABELS = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "date": "Date",
    "language": "Language",
    "url": "Link",
}
_LOOKED = "looked at"  # what was seen of which files, in the session


def draw(read_again: Callable[[], None]) -> None:
    """Draw the button that opens the box; of articles from shards, where others are to be added."""
    if read_config().shards:
        st.caption(f"{NO_FOLDER}: add yours to the folder that they were read from, and build the shards again.")
    elif st.button("Add articles", icon=":material/add:"):
        _box(read_again)


@st.dialog("Add articles", width="large")
def _box(read_again: Callable[[], None]) -> None:
    config = read_config()
    folder = folder_to_add_to(config)
    kinds = ", ".join(suffix[1:] for suffix in SUFFIXES)
    dropped = st.file_uploader("Files", accept_multiple_files=True, help=f"At most {MOST_FILES} at a time: {kinds}")
    pasted = st.text_area("Or paste a text", height=100)
    handed = [(file.name, file.getvalue()) for file in dropped]
    handed += [(f"{PASTED}.txt", pasted.encode())] if pasted.strip() else []
    previews, said = _looked(handed)
    for message in said:
        st.text(visible(message))
    corrected = [_draw_one(number, preview) for number, preview in enumerate(previews[:SHOWN])]
    if len(previews) > SHOWN:
        st.caption(f"And {len(previews) - SHOWN:,} more, which are kept as they were found.")
    st.caption(escape(f"They are kept in {folder}, each as a file with what you see here above its text."))
    if folder != config.articles:
        st.caption("The articles shown now are examples that belong to the program: yours are shown instead of them.")
    wrong = any(problem_of(fields) for fields, _ in corrected)
    words = f"Keep {count(len(previews), 'article')}" if previews else "Keep"
    if st.button(words, type="primary", disabled=wrong or not previews):
        choices = [*corrected, *((preview.fields, False) for preview in previews[SHOWN:])]
        try:
            for preview, (fields, whole) in zip(previews, choices, strict=True):
                keep(preview, fields, folder, whole=whole)
        except ArticleError as error:
            st.text(visible(str(error)))
            return
        st.session_state.pop(_LOOKED, None)
        if folder != config.articles:
            show_instead(folder)
        read_again()
        st.rerun()


def _looked(handed: Sequence[tuple[str, bytes]]) -> tuple[list[Preview], list[str]]:
    """Return what was handed to the page as it was seen, once for all runs of the box."""
    mark = [(name, blake2b(content, digest_size=16).hexdigest()) for name, content in handed]
    if not handed:
        return [], []
    if mark != st.session_state.get(_LOOKED, (None,))[0]:
        with st.spinner("Looking at them ..."):
            st.session_state[_LOOKED] = (mark, look(handed))
    previews, said = st.session_state[_LOOKED][1]
    return previews, said


def _draw_one(number: int, preview: Preview) -> tuple[dict[str, str], bool]:
    """Draw the fields of an article and how each is known; return them as corrected, and if all of its page counts."""
    mark = blake2b(preview.text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    with st.container(border=True):
        st.caption(escape(f"{preview.file} · {count(preview.words, 'word')} · {preview.text[:120].strip()} …"))
        fields = {}
        for row in (FIELDS[:3], FIELDS[3:]):
            for column, field in zip(st.columns(3), row, strict=True):
                known = preview.known[field]
                with column:
                    shown = visible(preview.fields[field])
                    typed = st.text_input(LABELS[field], shown, key=f"add-{mark}-{number}-{field}", max_chars=500)
                    fields[field] = preview.fields[field] if typed == shown else typed
                    st.caption(escape(f"from {known}" if preview.fields[field] and field != "date" else known))
        if problem := problem_of(fields):
            st.warning(escape(problem))
        whole = bool(preview.page) and st.checkbox(
            "All of its page is the article", key=f"add-{mark}-{number}-whole", help="Menus and other parts count too."
        )
    return fields, whole
