"""The dialog in which a reader corrects a name of a passage, or its article."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from corpus.corrections.made import correct
from corpus.corrections.places import BETWEEN, entry_of
from corpus.corrections.table import READINGS as READING_NAMES
from corpus.corrections.table import UNDATED, days_in
from corpus.explain import dated_article
from corpus.index.connection import open_index
from corpus.queries import reading
from corpus.queries.mending import Alike, Name, count_alike, names_in
from corpus.records import Dated, Scope, What
from dashboard.config import read_config
from dashboard.corrections import kept, of_article
from dashboard.corrections.which_place import choose
from dashboard.escaping import Lit, escape, markdown
from dashboard.passages.parts import whole_sentences
from dashboard.view.state import state
from dashboard.widgets import day_box
from dashboard.words import period
from geodata.gazetteer.geocoder import address

KINDS = {
    "place": "Another place",
    "places": "Several places",
    "no place": "Not a place",
    "reading": "Meant otherwise",
    "date": "Another date",
    "right": "Right as it is",
}
ALIKE: dict[str, Alike] = {
    "place": "place",
    "places": "place",
    "no place": "place",
    "reading": "reading",
    "date": "date",
}


class Said(NamedTuple):
    """What a reader says of a name: the kind of correction, its value, the value in words, and the value before."""

    what: What
    value: str
    means: str
    was: str = ""


def open_asked(index: sqlite3.Connection, place: str | None = None) -> None:
    """Open the dialog for the passage that the reader asked to correct, once; at the selected place, if it names it."""
    reference, state.mending = state.mending, None
    passage = reading.passage_of(index, reference) if reference else None
    dated = None if passage is None else dated_article(index, passage)
    if passage is not None and dated is not None:
        _open(dated, names_in(index, passage), place)


@st.dialog("Correct", width="medium")
def _open(dated: Dated, names: Sequence[Name], place: str | None) -> None:
    labels = [f"{number}. {escape(' '.join(name.text.split()))}" for number, name in enumerate(names, 1)]
    first = next((i for i, name in enumerate(names) if place and place in name.places.split(BETWEEN)), 0)
    number = st.pills(
        "What is to be corrected?",
        range(len(labels) + 1),
        default=first,
        required=True,
        format_func=[*labels, "The article itself"].__getitem__,
    )
    if number is None or number >= len(names):
        of_article.draw(dated)
    else:
        _name(dated, names[number])


def _name(dated: Dated, name: Name) -> None:
    article = dated.article
    start, end = whole_sentences(article.text, name.start, name.end)
    with st.container(border=True):
        st.markdown(markdown(article.text, start, end, [Lit(name.start, name.end, "place")]))
        st.caption(f"Read as {_as_read(name)}")
    key = f"mend-{article.print}-{name.start}"
    kind = st.pills("What is right?", list(KINDS), format_func=KINDS.__getitem__, key=f"{key}-kind")
    if kind is None:
        return
    said = _value(kind, dated, name, key=f"{key}-{kind}")
    scope = _scope(article.id, name, kind, key) if kind != "right" else "mention"
    kept.ask_who()
    if st.button("Confirm" if kind == "right" else "Apply", type="primary", disabled=said is None) and said:
        row = correct(
            said.what,
            said.value,
            means=said.means,
            was=said.was,
            scope=scope,
            words=name.text,
            text=article.print,
            file=article.file,
            start=name.start,
            end=name.end,
            who=kept.reader(),
        )
        kept.keep_and_close([row])


def _as_read(name: Name) -> str:
    """Return how a name is read now, as Markdown."""
    gazetteer = kept.gazetteer()
    entries = [entry_of(id, name.text, gazetteer) for id in name.places.split(BETWEEN) if id]
    place = " and ".join(address(entry) for entry in entries if entry) or "no place that could be told"
    told = [f"**{escape(place)}** ({escape(name.reason)})" if name.reason else f"**{escape(place)}**"]
    if name.reading:
        told.append(f"**{escape(kept.reading_in_words(name.reading))}** ({escape(name.reading_reason)})")
    if name.basis:
        told.append(f"**{escape(period(name.since, name.until))}** ({escape(name.basis)})")
    return " · ".join(told)


def _value(kind: str, dated: Dated, name: Name, *, key: str) -> Said | None:
    """Draw what the kind of correction takes; return what the reader says, None while that is open."""
    if kind in ("place", "places"):
        entries = choose(name, dated, several=kind == "places", key=key)
        if len(entries) < (2 if kind == "places" else 1):
            return None
        ids = BETWEEN.join(entry.id for entry in entries)
        return Said("place", ids, " and ".join(address(entry) for entry in entries), name.places)
    if kind == "no place":
        st.caption("It is taken off the map and counted among the undecided names.")
        return Said("no place", "", "", name.places)
    if kind == "reading":
        options = [each for each in READING_NAMES if each != (name.reading or "literal")]
        value = st.radio("Meant as", options, index=None, format_func=kept.reading_in_words, key=f"{key}-reading")
        return Said("reading", value, kept.reading_in_words(value), name.reading) if value else None
    if kind == "date":
        return _days(name, key)
    days = days_in(name.since, name.until)
    value = f"{name.places}; {name.reading or 'literal'}; {days}"
    st.caption("Place, meaning and date stand as they are, whatever a later version reads; they count in the score.")
    return Said("right", value, "", "")


def _days(name: Name, key: str) -> Said | None:
    """Draw the days on which it happened; return them."""
    if st.checkbox("The text gives no date", key=f"{key}-none"):
        return Said("date", UNDATED, UNDATED)
    since, until = (date.fromisoformat(day) if day else None for day in (name.since, name.until))
    with st.container(horizontal=True):
        begins = day_box("On, or from", since, key=f"{key}-since")
        ends = day_box("To, of several days", until if until != since else None, key=f"{key}-until") or begins
    if begins is None or ends is None:
        return None
    if ends < begins:
        st.caption(":material/warning: It ends before it begins.")
        return None
    value = days_in(begins, ends)
    if value == days_in(since, until):
        st.caption("That is how it is read now.")
        return None
    return Said("date", value, period(str(begins), str(ends)))


def _scope(article: str, name: Name, kind: str, key: str) -> Scope:
    """Draw for which names the correction is; return it."""
    with open_index(read_config().index) as index:
        here, everywhere = count_alike(index, article, name, ALIKE[kind])
    words = " ".join(name.text.split())
    options: dict[Scope, str] = {"mention": f"This “{words}” alone"}
    if kind == "date":
        if here > 1:
            options["article"] = f"All {here:,} names of this article that have this date"
    else:
        if here > 1:
            options["article"] = f"All {here:,} alike in this article"
        if everywhere > here:
            options["corpus"] = f"All {everywhere:,} alike in all articles"
        elif everywhere:
            options["corpus"] = f"All alike in all articles, also in later ones ({everywhere:,} now)"
    alike = "Alike are those of the same words that are read the same now." if kind != "date" else None
    chosen = st.radio(
        "For which",
        list(options),
        format_func=lambda each: escape(options[each]),
        key=f"{key}-{kind}-scope",
        help=alike,
    )
    return chosen or "mention"
