"""The tab "Corrections": what readers corrected, when, for which names, whether it still fits, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from corpus.corrections.fit import Misfit, unfit
from corpus.corrections.made import correct, undoing
from corpus.corrections.replay import in_force
from corpus.corrections.table import OF_ARTICLE
from corpus.queries import mending
from corpus.records import Correction
from dashboard.corrections import kept
from dashboard.escaping import escape, visible
from dashboard.selection import Page
from dashboard.widgets import chosen_row
from dashboard.words import count

STATES = {"counts": "counts", "undone": "undone", "unfit": "no longer fits"}


def draw(page: Page) -> None:
    """Draw the corrections, the latest first; those that no longer fit above them, with why."""
    rows, problems = kept.rows()
    for problem in problems:
        st.text(visible(problem))
    told = sorted((row for row in rows if row.what != "undo"), key=lambda row: row.when, reverse=True)
    if not told:
        st.info("Nothing was corrected yet. “Correct” stands below each passage, and above an article that is open.")
        return
    misfits = list(unfit(rows, mending.texts(page.index), kept.gazetteer()))
    for misfit in misfits:
        _misfit(misfit)
    counting, unfitting = {row.id for row in in_force(rows)}, {misfit.correction.id for misfit in misfits}
    states = ["unfit" if row.id in unfitting else "counts" if row.id in counting else "undone" for row in told]
    number = chosen_row(_table(told, states), [row.id for row in told], key="corrections", alt="What was corrected")
    if number is None:
        counts = f"{count(len(told), 'correction')}, {states.count('undone'):,} undone"
        st.caption(escape(f"{counts}; kept in {kept.where()}. Choose a row to undo it, or to do it again."))
        return
    row = told[number]
    undo = next((each.id for each in reversed(in_undoing(rows)) if each.value == row.id), row.id)
    is_undone = states[number] == "undone"
    st.markdown(escape(kept.in_words(row)))
    words, ids = ("Do it again", (undo,)) if is_undone else ("Undo", (row.id,))
    st.button(words, key="of row", on_click=kept.take_back, args=(ids,), icon=":material/undo:")


def in_undoing(rows: Sequence[Correction]) -> list[Correction]:
    """Return the rows that undo others, in their order, without those that were undone themselves."""
    undone = {row.value for row in rows if row.what == "undo"}
    return sorted((row for row in rows if row.what == "undo" and row.id not in undone), key=lambda row: row.when)


def _table(rows: Sequence[Correction], states: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Words": [" ".join(row.words.split()) for row in rows],
            "What": [kept.WHATS.get(row.what, row.what) for row in rows],
            "Is": [row.means for row in rows],
            "For": ["the article" if row.what in OF_ARTICLE else kept.SCOPES[row.scope] for row in rows],
            "Who": [row.who for row in rows],
            "When": [f"{row.when[:10]} {row.when[11:16]}" for row in rows],
            "State": [STATES[state] for state in states],
            "File": [row.file for row in rows],
        }
    )


def _misfit(misfit: Misfit) -> None:
    row = misfit.correction
    with st.container(border=True, key=f"misfit-{row.id}"):
        st.markdown(f":material/warning: {escape(kept.in_words(row))}  \n:small[No longer fits: {escape(misfit.why)}]")
        with st.container(horizontal=True):
            if misfit.now:
                words = "Keep it for the changed text"
                st.button(words, key=f"again-{row.id}", on_click=_move, args=(misfit,), icon=":material/redo:")
            st.button("Drop it", key=f"drop-{row.id}", on_click=kept.take_back, args=((row.id,),), type="tertiary")


def _move(misfit: Misfit) -> None:
    """Say the same of the changed text, in place of what was said of the old one."""
    assert misfit.now is not None
    row, (text, start) = misfit.correction, misfit.now
    end = start + len(row.words) if row.what not in OF_ARTICLE else 0
    made = correct(row.what, row.value, words=row.words, text=text, file=row.file, who=kept.reader())
    moved = replace(made, start=start, end=end, means=row.means, was=row.was, scope=row.scope)
    kept.keep([undoing(row, who=kept.reader()), moved], f"Kept: {kept.in_words(row)}")
