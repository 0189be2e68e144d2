"""What was weighed for one mention: its article is read again, and each step tells what spoke for what it decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from corpus.explain import Candidate, Explanation, Weight, dated_article, explain_article
from corpus.queries import reading
from corpus.records import Dated
from dashboard.config import read_config
from dashboard.escaping import Lit, escape, markdown
from dashboard.passages.parts import whole_sentences
from dashboard.view.state import state
from dashboard.words import CERTAINTIES, READINGS, ROLES, count, period
from geodata.gazetteer.packs.shelf import Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES

MOST = 6  # features and candidates of a table
SCALE = "Weights are log-odds: +0.7 doubles the odds, −0.7 halves them; they add up."


def open_asked(index: sqlite3.Connection, place: str | None = None) -> None:
    """Open what was weighed for the names in the passage for which the reader asked that, once; of a place alone."""
    reference, state.weighed = state.weighed, None
    passage = reading.passage_of(index, reference) if reference else None
    dated = None if passage is None else dated_article(index, passage)
    if passage is not None and dated is not None:
        marks = reading.marks(index, [passage])
        names = marks[marks.role != ""]
        asked = names[names.place == place]
        _open(dated, [int(start) for start in (asked if len(asked) else names).start])


@st.dialog("What was weighed", width="medium")
def _open(dated: Dated, starts: Sequence[int]) -> None:
    config = read_config()
    own, packs = config.articles / OWN_PLACES, config.choose_packs()[0]
    with st.spinner("Reading the article again ..."):
        found = explained(dated, own if own.is_file() else None, packs)
    asked = sorted((one for one in found if one.start in starts), key=lambda one: one.start)
    if not asked:
        st.info("The article is read in another way now: build the index again to see it as it is read.")
        return
    number = 0
    if len(asked) > 1:
        names = [f"{place}. {escape(_one_line(one.text))}" for place, one in enumerate(asked, 1)]
        number = st.pills("Which name", range(len(asked)), default=0, required=True, format_func=names.__getitem__)
    draw(asked[number], dated.article.text)


@st.cache_data(max_entries=16, show_spinner=False)
def explained(dated: Dated, own: Path | None, packs: tuple[Pack, ...]) -> list[Explanation]:
    """Return how each name of an article came to be read, by the steps alone."""
    return explain_article(dated, own=own, packs=packs)


def draw(one: Explanation, text: str) -> None:
    """Draw how a name of a text came to be read: its name, its place, its meaning, its date, step by step."""
    start, end = whole_sentences(text, one.start, one.end)
    st.markdown(markdown(text, start, end, [Lit(one.start, one.end, "place")]))
    rule = "by a rule" if one.by_rule else f"{one.probability:.0%} sure"
    _step("Is it a place name?", f"yes, {rule}" if one.mention else f"no: {one.left_out}")
    _weights(one.for_a_name, "For a place name")
    if one.mention is None:
        return
    _which_place(one)
    _how_meant(one)
    _when(one)
    if one.mention.confidence:
        _step("How sure is it all?", one.mention.confidence.in_words())
    _step("Who says it?", one.speaker or "the outlet itself")
    st.caption(SCALE)


def _which_place(one: Explanation) -> None:
    assert one.mention is not None
    resolution = one.mention.resolution
    _step("Which place?", f"{one.meant or 'undecided'}: {resolution.reason}")
    if one.candidates:
        _table([_candidate(each) for each in one.candidates[:MOST]])


def _candidate(one: Candidate) -> dict[str, str]:
    return {
        "Candidate": one.address,
        "Its size and claim": f"{one.weighed.alone:+.1f}",
        "The rest of the text": f"{one.weighed.from_text:+.1f}",
        "How near the others lie": f"{one.weighed.from_proximity:+.1f}",
        "Points": f"{one.weighed.points:.1f}",
    }


def _how_meant(one: Explanation) -> None:
    assert one.mention is not None
    reading, role = one.mention.reading, one.mention.role
    if reading is None:
        return
    what = READINGS.get(reading.reading, "the place itself")
    to_the_story = f"; to the story: {ROLES[role]}" if role else ""
    _step("How is it meant?", f"{what}, {reading.probability:.0%} sure: {reading.reason}{to_the_story}")
    for_literal = tuple(Weight(weight.words, -weight.log_odds) for weight in one.against_literal)
    _weights(for_literal, "For the place itself")


def _when(one: Explanation) -> None:
    assert one.mention is not None
    for link in one.mention.links:
        since, until = (str(day) if day else None for day in (link.since, link.until))
        _step("When?", f"{period(since, until)}, {CERTAINTIES[link.certainty][1]}: {link.basis}")


def _step(question: str, answer: str) -> None:
    st.markdown(f"**{question}** {escape(_one_line(answer))}")


def _weights(weights: Sequence[Weight], head: str) -> None:
    if not weights:
        return
    shown, rest = list(weights[:MOST]), weights[MOST:]
    if rest:
        shown.append(Weight(f"{count(len(rest), 'smaller one')} together", sum(weight.log_odds for weight in rest)))
    _table([{head: weight.words, "Weight": f"{weight.log_odds:+.2f}"} for weight in shown])


def _table(rows: Sequence[dict[str, str]]) -> None:
    """Draw rows as a small table; its cells are Markdown, and texts of articles stand in them."""
    shown = pd.DataFrame([{head: escape(_one_line(cell)) for head, cell in row.items()} for row in rows])
    st.table(shown, border="horizontal", hide_index=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())
