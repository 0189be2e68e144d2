"""The tab "Claims": every number of people beside who gives it; none is added to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from corpus.attribution.uncounted import NUMBER as UNCOUNTED
from corpus.queries.claims import ledger
from dashboard.escaping import escape
from dashboard.passages.parts import Mark
from dashboard.passages.quotations import PAGE, Quotation
from dashboard.passages.quotations import draw as draw_quotations
from dashboard.selection import Page
from dashboard.widgets import offer_csv, room, show_more
from dashboard.words import CERTAINTIES, Row, period, side_name, source_name, speaker_name

Claims = Mapping[int, Row]  # by their ids, in the order of the ledger


def draw(page: Page) -> None:
    """Draw the ledger under the filters, and below it the sentence of each claim."""
    found = ledger(page.index, page.filters)
    if page.place is not None:
        here = found[found.place.isin(page.selected_places())]
        name = "here" if page.region else page.name_of_place("this place")
        if st.toggle(f"Only those told of {name} ({len(here)})", key="claims of place"):
            found = here
    if found.empty:
        st.info("No article counts dead, wounded, captured, missing, displaced or deployed people under these filters.")
        return
    st.caption("Each number as one source gives it, side by side. They are not added up: some count the same people.")
    kept = found[~found.folded]
    shown = kept.head(room("claims", PAGE))
    _table(shown)
    offer_csv(lambda: _in_full(found), "claims")
    every, own = by_id(found), by_id(kept)
    quoted = [
        Quotation(row, _note(row, own), [Mark(row.start, row.end, "selected", row.place or "")], *_beside(row, every))
        for row in rows(shown)
    ]
    draw_quotations(page, quoted, key="claims-sentences")
    if len(kept) > len(shown):
        show_more("claims", f"Show more ({len(shown):,} of {len(kept):,} shown)")


def by_id(found: pd.DataFrame) -> Claims:
    """Return the claims of a frame by their ids, in its order."""
    return {int(row.id): row for row in rows(found)}


def _among(found: Claims, ids: Collection[int]) -> list[Row]:
    """Return those of the claims that have these ids, in the order of all."""
    return [found[id] for id in sorted(set(ids) & found.keys(), key=list(found).index)] if ids else []


def _beside(claim: Row, found: Claims) -> tuple[list[Row], list[Row]]:
    """Return the claims that pass on this one and those that give another number, each as the sentence it stands in."""

    def told(ids: Collection[int]) -> list[Row]:
        others = pd.DataFrame(_among(found, ids), columns=claim._fields)
        said = [
            row.passage_text[row.sentence_start - row.passage_start : row.sentence_end - row.passage_start]
            for row in rows(others)
        ]
        return rows(others.assign(said=said, other=others.passage))

    return told(claim.same), told(claim.differs)


def _table(found: pd.DataFrame) -> None:
    """Draw the claims in three columns, whose cells are Markdown and break their lines."""
    cells = {
        "Number": [f"**{number(row)}** {_what(row)}" for row in rows(found)],
        "Who says so": [speaker_name(row) for row in rows(found)],
        "When and where": [", ".join(filter(None, (_when(row), row.place_name))) for row in rows(found)],
    }
    table = pd.DataFrame(cells)
    table[["Who says so", "When and where"]] = table[["Who says so", "When and where"]].map(escape)
    st.table(table, border="horizontal", hide_index=True)


def _in_full(found: pd.DataFrame) -> pd.DataFrame:
    """Return all that is known of the claims, for a spreadsheet."""
    every = by_id(found)
    return pd.DataFrame(
        {
            "Who says so": [speaker_name(row) for row in rows(found)],
            "Number": [number(row) for row in rows(found)],
            "What": found.what,
            "As written": found.text,
            "Another number": [differing(row, every) for row in rows(found)],
            "Also printed by": [_also_by(row, every) for row in rows(found)],
            "On other days": [on_other_days(row, every) for row in rows(found)],
            "Caution": found.caution,
            "When": [_when(row) for row in rows(found)],
            "Where": found.place_name.fillna(""),
            "Printed by": [source_name(row.outlet, row.title, short=True) for row in rows(found)],
        }
    )


def _also_by(claim: Row, found: Claims) -> str:
    others = _among(found, claim.same)
    return "; ".join(source_name(other.outlet, other.title, short=True) for other in others)


def _when(claim: Row) -> str:
    return f"{CERTAINTIES[claim.certainty][0]} {period(claim.since, claim.until)}"


def _note(claim: Row, found: Claims) -> str:
    whose = f", of {side_name(claim.whose)}" if claim.whose else ""
    others, series = differing(claim, found), on_other_days(claim, found)
    parts = (
        f"{speaker_name(claim)}: {number(claim)} {_what(claim)}{whose}",
        claim.basis,
        claim.caution,
        others and f"for what may be the same: {others}",
        series and f"what may be the same count on other days: {series}",
    )
    return " · ".join(filter(None, parts))


def rows(found: pd.DataFrame) -> list[Row]:
    """Return the claims of a frame one by one."""
    return list(found.itertuples())


def number(claim: Row) -> str:
    """Return the number of a claim with its bounds: 'at least 280', 'about 100', 'between 10 and 20'."""
    if claim.wording == "in words":  # "thousands" stays "thousands"
        return f"{claim.hedge} {claim.number}".strip().lower()
    low, high = int(claim.low), None if claim.high is None or pd.isna(claim.high) else int(claim.high)
    if high is not None and low != high and claim.wording != "at most":
        return f"between {low:,} and {high:,}"
    if claim.wording == "at most":
        return f"at most {high:,}"
    return f"at least {low:,}" if high is None else f"{'about ' * (claim.wording == 'about')}{low:,}"


def _what(claim: Row) -> str:
    return f"of {claim.what}" if claim.number == UNCOUNTED else str(claim.what)


def differing(claim: Row, found: Claims) -> str:
    """Return the other numbers given for what may be the same people, with who gives them."""
    return "; ".join(f"{number(other)} by {speaker_name(other)}" for other in _among(found, claim.differs))


def on_other_days(claim: Row, found: Claims) -> str:
    """Return the numbers that may be the same count on other days, in their order, with the day and who gives each."""
    return "; ".join(
        f"{number(other)} on {period(other.since, other.until)} by {speaker_name(other)}"
        for other in _among(found, claim.series)
    )
