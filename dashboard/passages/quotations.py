"""Quotations as every tab shows them: the words as they stand, who printed them, and the way into the article."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from corpus.queries import reading
from dashboard.escaping import visible
from dashboard.passages.cards import Card, also, citations, source
from dashboard.passages.parts import Mark, parts, whole_sentences
from dashboard.passages.texts import draw_cards
from dashboard.selection import Page
from dashboard.widgets import show_more
from dashboard.words import Row, web_address

PAGE = 10  # quotations at first, and more at each press


class Quotation(NamedTuple):
    """The sentences of an article from `row.start` to `row.end`, a note on them, what is lit in them, who says so."""

    row: Row
    note: str
    lit: Sequence[Mark]
    also: Sequence[Row] = ()  # as `cards.also` takes them
    against: Sequence[Row] = ()  # who says something else


def draw(page: Page, quoted: Sequence[Quotation], *, key: str) -> None:
    """Draw quotations as cards."""
    references = reading.references(page.index, [int(one.row.passage) for one in quoted])
    draw_cards([_card(page.index, one, references[one.row.passage]) for one in quoted], page.selectable, key=key)


def _card(index: sqlite3.Connection, one: Quotation, reference: str) -> Card:
    row = one.row
    at, text = int(row.passage_start), str(row.passage_text)
    start, end = whole_sentences(text, int(row.start) - at, int(row.end) - at)
    return {
        "ref": reference,
        "before": [],
        "sentence": parts(text, at, at + start, at + end, one.lit),
        "after": [],
        "places": [mark.target for mark in one.lit if mark.kind == "selected" and mark.target],
        "note": visible(one.note),
        "dates": [],
        "source": source(row),
        "url": web_address(row),
        "cautions": [],
        "reasons": [],
        "also": also(index, one.also),
        "citations": citations(row, reference, text[start:end], at + start, at + end),
        "against": also(index, one.against),
    }


def quotes(page: Page, found: pd.DataFrame, *, key: str, total: int, note: Callable[[Row], str]) -> None:
    """Draw mentions as `corpus.queries.mentions` returns them, the name lit; `total` is how many there are."""
    rows = found.itertuples()
    draw(
        page,
        [Quotation(row, note(row), [Mark(row.start, row.end, "selected", row.place or "")]) for row in rows],
        key=key,
    )
    if len(found) < total:
        show_more(key, f"Show more ({len(found):,} of {total:,} shown)")
