"""The files that the page gives: the places shown as CSV and GeoJSON, the whole index as GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st

from corpus.index.connection import open_index, read_meta
from dashboard import tables
from dashboard.escaping import escape
from dashboard.widgets import STAY

COLUMNS = ["id", "name", "kind", "region_name", "country_name", "lon", "lat", "uncertainty_km", "mentions", "articles"]
COLUMNS += ["source"]  # with the licence, where a pack has the place


def offer(found: pd.DataFrame, index: Path) -> None:
    """Offer the places shown, and the whole index; each file is made when it is asked for."""
    if found.empty:
        return
    shown = found[COLUMNS]
    files: list[tuple[str, Callable[[], bytes], str, str]] = [
        ("Places as CSV", lambda: tables.csv(shown), "places.csv", "text/csv"),
        ("Places as GeoJSON", lambda: geojson(shown), "places.geojson", "application/geo+json"),
        ("Everything as GeoPackage", index.read_bytes, "dateline.gpkg", "application/geopackage+sqlite3"),
    ]
    for label, made, name, kind in files:
        st.download_button(label, made, name, kind, width="stretch", on_click=STAY)
    with open_index(index) as opened:
        packs: list[str] = json.loads(read_meta(opened).get("packs_read", "[]"))
    if packs:
        st.caption(escape("Places also from: " + "; ".join(packs)))


def geojson(found: pd.DataFrame) -> bytes:
    """Return places as GeoJSON."""
    points = gpd.points_from_xy(found.lon, found.lat)
    return str(gpd.GeoDataFrame(found, geometry=points, crs=4326).to_json(drop_id=True)).encode()
