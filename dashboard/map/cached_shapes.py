"""Shapes as the map draws them, simplified once: those of the whole corpus, whatever the filters leave of it."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import streamlit as st

from corpus.index.connection import open_index
from corpus.queries import places as queries
from corpus.queries import rollup
from corpus.queries.rollup import Level
from dashboard.map.features import simplify_areas, simplify_coverage
from dashboard.serving.cached import Source
from geodata.regions.control import control_on


@st.cache_data(max_entries=4, show_spinner=False)
def find_outlines(source: Source) -> gpd.GeoDataFrame:
    """Read the shapes of the countries and provinces that are places themselves."""
    with open_index(source.path) as index:
        return simplify_areas(queries.areas(source.path, rollup.outlines(index)))


@st.cache_data(max_entries=8, show_spinner=False)
def find_shapes(source: Source, level: Level) -> gpd.GeoDataFrame:
    """Read the shapes of all regions of a level that hold a place."""
    with open_index(source.path) as index:
        return simplify_coverage(queries.areas(source.path, rollup.codes(index, level)))


@st.cache_data(max_entries=16, show_spinner=False)
def find_region(source: Source, code: str) -> gpd.GeoDataFrame:
    """Read the shape of one region."""
    return simplify_areas(queries.areas(source.path, (code,)))


@st.cache_data(max_entries=8, show_spinner=False)
def find_held(day: date) -> gpd.GeoDataFrame:
    """Find who held which district on a day, in shapes fit for drawing."""
    found = control_on(day)
    return simplify_areas(found) if len(found) else found
