"""The one base of all queries: the rows they start from, what is shown of a row, and how an answer becomes a frame."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from corpus.queries.filters import Filters
from corpus.records import ROLES, Role

EVERY: tuple[Role, ...] = (*ROLES, "")  # with those that are no place: undecided, or in page furniture
FROM = """
    from mentions m join articles a on a.fid = m.article_fid left join places p on p.id = m.place
        left join statements t on t.id = m.statement
"""
# The mentions m of an article, by its id.
OF_ARTICLE = """m.passage in (select s.id from passages s join articles a on a.fid = s.article_fid where a.id = {})"""
# An article that names no outlet is a source of its own: two of them need not be one outlet.
SOURCE = "coalesce(nullif(a.outlet, ''), a.id)"
# Where a mention stands, and in which article: what is needed to show it and to open it.
CONTEXT = """
    m.start, m."end", m.passage, s.start passage_start, s.text passage_text, a.id article, a.title, a.outlet,
    a.author, a.url, a.file, a.published_since, a.published_until
"""
# A passage for its own sake, with all that is said of its article.
PASSAGE = """
    s.id passage, s.start, s.text, a.id article, a.title, a.outlet, a.author, a.url, a.file, a.published_since,
    a.published_until, a.published_basis, a.published_certainty, a.published_confidence
"""


def ask(index: sqlite3.Connection, query: str, values: Mapping[str, object] = MappingProxyType({})) -> pd.DataFrame:
    """Return the answer as a frame with None where SQL has null; counts without gaps stay whole numbers."""
    return with_none(pd.read_sql_query(query, index, params=dict(values)))


def with_none(found: pd.DataFrame) -> pd.DataFrame:
    """Put None where a frame has a gap: a missing date is not a number that is none."""
    for column in found.columns[found.isna().any()]:
        found[column] = found[column].astype(object).where(found[column].notna(), None)
    return found


def of_any_role(filters: Filters) -> Filters:
    """Return the same filters whatever a name is used for, as long as it means a place or who acts for it."""
    return replace(filters, roles=ROLES)


def of_every_mention(filters: Filters) -> Filters:
    """Return the same filters for all that was detected: undecided names and page furniture as well."""
    return replace(filters, roles=EVERY)
