"""Tables: nothing in them is hidden, and no file of them runs in a spreadsheet."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.exports import csv_table
from corpus.formulas import inert, plain
from dashboard import tables
from dashboard.map.features import escaped

FORMULAS = [
    '=HYPERLINK("http://example.org","Goris")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",  # blanks before it are dropped by some
    "\r=1+1",
    "\n=1+1",
    "=1\r=2",
    "  =1+1",
    "\tGoris",  # one tab alone is enough for some
    "\ufeff=1+1",  # a mark of byte order inside the file
    "\x00=1+1",
    "＝1+1",  # as wide as a Chinese sign
    "-",
]
PLAIN = ["Goris", "one\r=1+1", "Vayots Dzor", "'s-Hertogenbosch", "3-4", "a=b", "“=”", "", "–", "(no outlet named)"]


def cells(table):
    """Return the rows of the file as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(csv_table.csv(table).decode("utf-8"), newline="")))


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_text_is_a_formula(text):
    heads, row = cells(pd.DataFrame({"name": [text], text: ["x"]}))
    assert row[0] == f"'{text}"
    assert heads[1] == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay(text):
    assert cells(pd.DataFrame({"name": [text], "n": [1]}))[1][0] == text


def test_numbers_stay_numbers():
    table = pd.DataFrame({"lon": [-12.5, 46.3], "n": pd.array([-1, None], dtype="Int64"), "name": ["-", None]})
    assert cells(table) == [["lon", "n", "name"], ["-12.5", "-1", "'-"], ["46.3", "", ""]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_whatever_the_texts_no_cell_begins_a_formula(texts):
    rows = cells(pd.DataFrame({"a": texts, "b": 1}))
    assert len(rows) == len(texts) + 1
    assert [row[0] for row in rows[1:] if row[0].strip()[:1] in [*"=+-@"]] == []


def test_what_draws_nothing_is_shown_in_texts_and_heads_and_on_the_map():
    table = tables.shown(
        pd.DataFrame({"Place": ["Go\u202eris", None], "Out\u200blet": ["x", "y"], "Mentions": [1, -2]})
    )
    assert list(table.columns) == ["Place", "Out⟨U+200B⟩let", "Mentions"]
    assert table.Place[0] == "Go⟨U+202E⟩ris"
    assert list(table.Mentions) == [1, -2]
    assert escaped("<b>Go\u202eris") == "&lt;b&gt;Go⟨U+202E⟩ris"


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN])
def test_a_text_is_read_back_as_it_was(text):
    assert plain(inert(text)) == text
