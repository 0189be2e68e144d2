"""Rows of evidence as tables of Arrow and points of geopandas: numbers with gaps, days as days."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from corpus.exports.evidence import column_types
from corpus.exports.json_lines import values_of

_ARROW = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "day": pa.date32()}


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns have Arrow's types: a day is a date, even where none is known."""
    kinds = column_types()
    return pd.DataFrame({name: _column(found[name], kinds[name]) for name in found.columns})


def points(found: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a frame with Arrow's types and a point a row (EPSG:4326)."""
    geometry = gpd.points_from_xy(found.lon.to_numpy("float64"), found.lat.to_numpy("float64"))
    return gpd.GeoDataFrame(table(found), geometry=geometry, crs=4326)


def _column(column: pd.Series, kind: str) -> pd.Series:
    values = values_of(column)
    if kind == "day":
        values = [day and date.fromisoformat(day) for day in values]
    if kind == "text":  # halves of characters have no UTF-8
        values = [text and text.encode("utf-8", "replace").decode() for text in values]
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.array(values, _ARROW[kind])))
