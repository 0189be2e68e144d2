"""The map as text in order, to be read aloud: by country and province, every place with its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from corpus.index.connection import open_index
from corpus.queries import rollup
from corpus.queries.filters import Filters
from dashboard.escaping import visible
from dashboard.serving.cached import Source
from dashboard.words import count

MOST = 500  # places that are named one by one


class Place(NamedTuple):
    """What is said of a place."""

    name: str
    mentions: int
    country: str
    country_name: str
    region: str
    region_name: str


@st.cache_data(max_entries=64, show_spinner=False)
def read_aloud(
    source: Source, filters: Filters, names: str, _found: pd.DataFrame, _region_names: dict[str, str]
) -> list[str]:
    """Return the places found as lines of text, with the counts of the regions that they lie in.

    The places are those under the filters by the names chosen: to compare them one by one would take longer.
    """
    with open_index(source.path) as index:
        regions = pd.concat([rollup.regions(index, filters, level) for level in rollup.COLUMN])
        told = rollup.sources(index, filters)
    return in_words(_found, regions, sources=told, words=filters.words(_region_names))


def on_paper(lines: list[str], more: list[str]) -> None:
    """Draw the view as text on paper alone, with what else the paper should hold."""
    with st.container(key="print"):
        st.text(visible("\n".join([*lines, *more])))


def draw(lines: list[str]) -> None:
    """Draw the view as text in a box that opens."""
    with st.expander("The map in words, to be read aloud", icon=":material/text_to_speech:"):
        for line in lines:
            st.text(visible(line))
        st.caption("Places are counted in the country and province where the gazetteer and its shapes put them.")


def in_words(places: pd.DataFrame, provinces: pd.DataFrame, *, sources: int, words: str) -> list[str]:
    """Return the view as lines: "3 places in Syunik, from 2 sources: Goris (3 mentions), ...".

    `places` as `queries.places`, `provinces` as `rollup.regions` at both levels. Their mentions add up to those shown.
    """
    if places.empty:
        return [f"No place is named{_pause(words)}."]
    mentions = int(places.mentions.sum())
    lines = [
        f"{count(mentions, 'mention')} of {count(len(places), 'place')}, "
        f"from {count(sources, 'source')}{_pause(words)}."
    ]
    from_sources = dict(zip(provinces.code, provinces.sources, strict=True))
    columns = ["name", "mentions", "country", "country_name", "region", "region_name"]
    # Plain rows: a frame takes a millisecond a question, and there are hundreds of regions to ask of.
    named = [Place(*row) for row in zip(*(places[column].head(MOST) for column in columns), strict=True)]
    by_country = _grouped(named, "country_name")
    nowhere = by_country.pop("", [])
    for country, inside in by_country.items():
        lines.append(_line(f"in {country}", inside, from_sources.get(inside[0].country)))
        by_province = _grouped(inside, "region")
        if whole := by_province.pop("", []):
            lines.append(f"— As a whole, or across provinces: {_listed(whole)}.")
        for code, group in by_province.items():
            where = f"in {group[0].region_name}"
            lines.append("— " + _line(where, group, from_sources.get(code), listed=True))
    if nowhere:
        lines.append(f"{count(len(nowhere), 'place')} in no single country: {_listed(nowhere)}.")
    if len(places) > MOST:
        left = places.tail(len(places) - MOST)
        lines.append(f"And {count(len(left), 'place')} more, with {count(int(left.mentions.sum()), 'mention')}.")
    return lines


def _grouped(places: Sequence[Place], column: str) -> dict[str, list[Place]]:
    """Return places by a column, those with the most mentions together first."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(getattr(place, column), []).append(place)
    return dict(sorted(groups.items(), key=lambda item: -sum(place.mentions for place in item[1])))


def _pause(words: str) -> str:
    return f", {words}" if words else ""


def _line(where: str, group: Sequence[Place], sources: int | None, *, listed: bool = False) -> str:
    told = f"{count(len(group), 'place')} {where}"
    if not listed:
        told += f", {count(sum(place.mentions for place in group), 'mention')}"
    if sources:
        told += f", from {count(sources, 'source')}"
    return told + (f": {_listed(group)}." if listed else ".")


def _listed(group: Sequence[Place]) -> str:
    return ", ".join(f"{place.name} ({count(place.mentions, 'mention')})" for place in group)
