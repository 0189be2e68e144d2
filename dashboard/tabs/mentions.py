"""The tab "All names": placed, an area, governments and people, undecided, page furniture; nothing vanishes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from corpus.queries import mentions as fates
from corpus.queries.mentions import STATUSES
from corpus.queries.sql import of_every_mention
from dashboard.escaping import escape
from dashboard.passages.quotations import PAGE, quotes
from dashboard.selection import Page
from dashboard.widgets import ROWS, chosen_row, room, show_more
from dashboard.words import Row, count, source_name

MEANING = {
    "placed": "A place with a point on the map.",
    "region": "A country, province, sea or another area.",
    "actor": "The name stands for a government, an army, a team or a people, or is a part of another name.",
    "undecided": "No place of the gazetteer could be told to be meant.",
    "boilerplate": "The name stands in links, captions shown twice, copyright lines and the like.",
}
EVERY_ARTICLE = "every article"


def draw(page: Page) -> None:
    """Draw the counts by article and in all, the mentions behind each, and who acts."""
    shown = room("fates", ROWS)
    found = fates.fates(page.index, page.filters, limit=shown + 1)
    if found.empty:
        st.info("No name was detected under these filters. Widen the dates, or clear the filters.")
        return
    sums, more = fates.statuses(page.index, page.filters), len(found) > shown
    found = found.head(shown)
    parts = " + ".join(f"{words} {sums[status]:,}" for status, words in STATUSES.items())
    st.markdown(f"{parts} = **{sum(sums.values()):,} detected**")
    st.caption("Under the filters of the page, but for its choice of what is shown: all that was found is counted.")
    table = pd.DataFrame(
        {
            "Article": [source_name(row.outlet, row.title, short=True) for row in found.itertuples()],
            **{words.capitalize(): found[status] for status, words in STATUSES.items()},
            "Detected": found.detected,
        }
    )
    number = chosen_row(table, list(found.article), key="fates", alt="What became of the mentions of each article")
    if more:
        show_more("fates", "Show more articles")
    article = None if number is None else str(found.article.iloc[number])
    counts = found.iloc[number] if number is not None else pd.Series(sums)
    _behind(page, article, counts, EVERY_ARTICLE if number is None else str(table.Article.iloc[number]))
    _actors(page)


def _behind(page: Page, article: str | None, counts: pd.Series, name: str) -> None:
    """Let the reader open one of the numbers: of all articles, or of the one chosen in the table."""
    status = st.segmented_control(
        f"Mentions in {escape(name)}",
        list(STATUSES),
        key="fate",
        help="Choose a row above for one article alone.",
        format_func=lambda status: f"{STATUSES[status]} {counts[status]:,}",
    )
    if status is None:
        st.caption("Choose a number to read its mentions.")
        return
    st.caption(MEANING[status])
    if not counts[status]:
        st.info("There is none.")
        return
    key = f"fate-{status}-{article}"
    asked = {"status": status} | ({"article": article} if article else {})
    found = fates.mentions(page.index, of_every_mention(page.filters), asked, limit=room(key, PAGE))
    quotes(page, found, key=key, total=int(counts[status]), note=why)


def why(row: Row) -> str:
    """Return why a mention became what it is."""
    if row.status == "actor":
        return f"{row.name}, its government or people: {row.reading_reason}"
    if row.status in ("placed", "region"):
        return f"{row.name}: {row.reading_reason}; {row.reason}"
    if row.status == "boilerplate":
        return f"page furniture: {row.furniture}" if row.furniture else "page furniture"
    return str(row.reason or STATUSES[row.status])


def _actors(page: Page) -> None:
    st.subheader("Governments and people", anchor=False)
    found = fates.actors(page.index, page.filters)
    if found.empty:
        st.caption("No name stands for those who act, under these filters.")
        return
    shown, most = room("actors", ROWS), len(found)
    whole, found = int(found.mentions.sum()), found.head(shown)
    table = pd.DataFrame(
        {"Actor": found.name, "Written": found.names, "Mentions": found.mentions, "Articles": found.articles}
    )
    number = chosen_row(table, list(found.place), key="actors", alt="Governments and people, with their mentions")
    if most > shown:
        show_more("actors", f"Show more ({shown:,} of {most:,} shown)")
    if number is None:
        st.caption(f"{count(whole, 'mention')} beside the map. Choose a row to read them.")
        return
    place = str(found.place.iloc[number])
    key = f"actor-{place}"
    asked = {"status": "actor", "place": place}
    rows = fates.mentions(page.index, of_every_mention(page.filters), asked, limit=room(key, PAGE))
    quotes(page, rows, key=key, total=int(found.mentions.iloc[number]), note=why)
