"""What the page finds in the index, each answer kept until the index or the filters change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from corpus.index.connection import open_index
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries import rollup, search
from corpus.queries.filters import Filters
from corpus.queries.rollup import Level
from corpus.queries.search import Names
from dashboard.serving.index_keeper import Version


@dataclass(frozen=True, slots=True)
class Source:
    """The index that is drawn, and its version."""

    path: Path
    version: Version


@st.cache_data(max_entries=64, show_spinner=False)
def find_places(source: Source, filters: Filters) -> pd.DataFrame:
    """Find the places under the filters."""
    with open_index(source.path) as index:
        return queries.places(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def find_days(source: Source, filters: Filters) -> pd.DataFrame:
    """Count the mentions by day under the filters."""
    with open_index(source.path) as index:
        return queries.days(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def find_undated(source: Source, filters: Filters) -> pd.DataFrame:
    """Find the places with mentions that nothing dates."""
    with open_index(source.path) as index:
        return queries.undated(index, filters)


@st.cache_data(max_entries=16, show_spinner=False)
def find_extents(source: Source, filters: Filters) -> gpd.GeoDataFrame:
    """Find the stretches, sectors and lines under the filters."""
    with open_index(source.path) as index:
        return stretches.extents(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def count(source: Source, filters: Filters) -> queries.Totals:
    """Count what is shown and what there is."""
    with open_index(source.path) as index:
        return queries.totals(index, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def find_regions(source: Source, filters: Filters, level: Level) -> pd.DataFrame:
    """Count the mentions by region under the filters."""
    with open_index(source.path) as index:
        return rollup.regions(index, filters, level)


@st.cache_resource(max_entries=4, show_spinner=False)
def find_names(source: Source) -> Names:
    """Find all that the places are called by, which takes a second where they are many: who searches asks for it."""
    with open_index(source.path) as index:
        return search.names(index)


@st.cache_data(max_entries=4, show_spinner=False)
def find_spellings(source: Source) -> pd.DataFrame:
    """Find how the sources write each place."""
    with open_index(source.path) as index:
        return rollup.spellings(index)
