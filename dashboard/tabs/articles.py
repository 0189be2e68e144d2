"""The tab "Articles": what was read, when it was published and how that is known, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from corpus.queries import reading
from dashboard.escaping import visible
from dashboard.selection import Page
from dashboard.tabs import add_articles
from dashboard.view.state import state
from dashboard.widgets import ROWS, choice_list, room, show_more
from dashboard.words import count, published, source_name


def draw(page: Page) -> None:
    """Draw the articles, the ones under the filters first, and what was left out and why."""
    add_articles.draw(page.read_again)
    shown, (number, undated) = room("articles", ROWS), reading.how_many(page.index)
    found = reading.articles(page.index, page.filters, limit=shown)
    if undated * 2 > number:
        st.info(
            f"{undated:,} of {count(number, 'article')} have no known date: “Tuesday” in them cannot be worked "
            "out. Add a line `date: 2022-09-13` to the front matter of each file, or let its text begin with the day."
        )
    said = {file: words for file, _, words in (problem.partition(": ") for problem in page.problems)}
    table = pd.DataFrame(
        {
            "Article": [source_name(row.outlet, row.title, short=True) for row in found.itertuples()],
            "Published": [published(row) for row in found.itertuples()],
            "Known from": found.published_basis,
            "Names shown": found.shown,
            "Caution": [said.get(file, "") for file in found.file],
            "Title": found.title,
            "Language": found.language,
            "File": found.file,
            "Read": found.read_at.str[:10],
            "Print": found.print,
        }
    )
    table = table.drop(columns=[] if table.Caution.astype(bool).any() else ["Caution"])
    choice_list(
        table, list(found.reference), None, state.open_passage, name="articles", alt="The articles that were read"
    )
    st.caption("Choose a row to read the article.")
    if number > shown:
        show_more("articles", f"Show more ({shown:,} of {number:,} shown)")
    _problems(page.problems)


def _problems(problems: Sequence[str]) -> None:
    if not problems:
        return
    st.subheader("Left out, or read with a reservation", anchor=False)
    for problem in problems:
        st.text(visible(problem))
