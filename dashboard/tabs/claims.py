"""The tab "Claims": every number of people beside who gives it; none is added to another."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from corpus.queries.claims import ledger
from dashboard.escaping import Lit
from dashboard.passages.quotations import quote
from dashboard.selection import Page
from dashboard.widgets import CHOOSE, chosen_row
from dashboard.words import CERTAINTIES, Row, period, side_name, source_name, speaker_name


def draw(page: Page) -> None:
    """Draw the ledger under the filters, and the sentence of the claim that is chosen."""
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
    table = pd.DataFrame(
        {
            "Who says so": [speaker_name(row) for row in found.itertuples()],
            "Number": [number(row) for row in found.itertuples()],
            "What": found.what,
            "As written": found.text,
            "Another number": [differing(row, found) for row in found.itertuples()],
            "Caution": found.caution,
            "When": [f"{CERTAINTIES[row.certainty][0]} {period(row.since, row.until)}" for row in found.itertuples()],
            "Where": found.place_name.fillna(""),
            "Printed by": [source_name(row.outlet, row.title, short=True) for row in found.itertuples()],
        }
    )
    optional = ["Caution", "Where", "Another number"]
    table = table.drop(columns=[name for name in optional if not table[name].astype(bool).any()])
    row = chosen_row(table, list(found.id), key="claims-table", alt="Claims of numbers, with who makes them")
    if row is None:
        st.caption(f"{CHOOSE} to read the sentence.")
        return
    claim = next(found.iloc[[row]].itertuples())
    _sentence(page, claim)
    others = found[found.id.isin(claim.differs)]
    if len(others):
        st.markdown(f"**{len(others)} other {'number' if len(others) == 1 else 'numbers'}** for what may be the same:")
    for other in others.itertuples():
        _sentence(page, other)


def _sentence(page: Page, claim: Row) -> None:
    whose = f", of {side_name(claim.whose)}" if claim.whose else ""
    note = f"{speaker_name(claim)}: {number(claim)} {claim.what}{whose} · {claim.basis}"
    quote(page, claim, [Lit(claim.start, claim.end, "place")], key=f"claim-{claim.id}", place=claim.place, note=note)


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


def differing(claim: Row, found: pd.DataFrame) -> str:
    """Return the other numbers given for what may be the same people, with who gives them."""
    others = found[found.id.isin(claim.differs)]
    return "; ".join(f"{number(other)} by {speaker_name(other)}" for other in others.itertuples())
