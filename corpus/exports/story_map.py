"""The map of a story as paths of SVG: land, borders and extents from our own shapes, thinned to what is seen."""

from __future__ import annotations

import math
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.globe import great_circle_km
from geodata.records import AREAS, BBox
from geodata.regions.shapes import read_regions

Path = tuple[str, str]  # its class, and the path
NARROW = 0.5  # degrees that are in view at least, on each side
MOST, NEAR_KM = 2 / 3, 80  # of the places so many are in view, and all that lie within an hour of their middle
AROUND = 1.2  # of the view, that is drawn in detail beyond each of its edges
FAR = 0.25  # degrees that the rest of the world may stray
MOST_NORTH = 84.0  # degrees of latitude that Mercator can show


class View(NamedTuple):
    """What a map shows at first, in its own units: degrees of longitude, and of Mercator's latitude downwards."""

    x: float
    y: float
    width: float
    height: float


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return where a point lies on the map."""
    north = math.radians(max(-MOST_NORTH, min(MOST_NORTH, lat)))
    return round(lon, 4), round(-math.degrees(math.asinh(math.tan(north))), 4)


def view_of(places: pd.DataFrame) -> tuple[BBox, View]:
    """Return the box in view (west, south, east, north) and the same on the map: of most of the definite places."""
    definite = places[~places.kind.isin(AREAS)]
    points = (definite if len(definite) else places)[["lon", "lat"]]
    if points.empty:
        points = pd.DataFrame({"lon": [-25.0, 60.0], "lat": [-35.0, 65.0]})
    middle = points.median()
    away = great_circle_km(middle.lon, middle.lat, points.lon, points.lat)
    points = points[away <= max(NEAR_KM, np.quantile(away, MOST))]
    (west, south), (east, north) = points.min(), points.max()
    margin = max(NARROW, 0.15 * (east - west), 0.15 * (north - south))
    box = west - margin, south - margin, east + margin, north + margin
    (left, bottom), (right, top) = project(box[0], box[1]), project(box[2], box[3])
    return box, View(left, top, right - left, bottom - top)


def backdrop(box: BBox, extents: gpd.GeoDataFrame) -> list[Path]:
    """Return land, provinces and countries around a box, and extents above them."""
    west, south, east, north = box
    width, height = east - west, north - south
    near = shapely.box(west - AROUND * width, south - AROUND * height, east + AROUND * width, north + AROUND * height)
    regions = read_regions()
    countries, provinces = (regions[regions.level == level].geometry for level in (0, 1))
    land = [_path("land", _thinned(shape, FAR)) for shape in countries]
    fine = max(width, height) / 1500  # half a pixel
    for name, shapes in (("land", countries), ("province", provinces), ("country", countries)):
        inside = shapes[shapes.intersects(near)]
        land += [_path(name, _thinned(shapely.clip_by_rect(shape, *near.bounds), fine)) for shape in inside]
    drawn = [
        _path("line" if kind == "line" else "stretch", _thinned(shape, fine))
        for kind, shape in zip(extents.kind, extents.geometry, strict=True)
    ]
    return [path for path in (*land, *drawn) if path[1]]


def _thinned(shape: BaseGeometry, degrees: float) -> BaseGeometry:
    # Where a drawing's edges cross below a pixel, nobody sees it.
    return shape.simplify(degrees, preserve_topology=False)


def _path(name: str, shape: BaseGeometry) -> Path:
    """Return a shape as a path: numbers and letters of SVG, nothing of a text."""
    lines = [ring for part in shapely.get_parts(shape) for ring in _rings(part)]
    return name, "".join(
        _written(np.asarray(line.coords), closed=line.is_ring) for line in lines if len(line.coords) > 1
    )


def _rings(part: BaseGeometry) -> list[BaseGeometry]:
    if part.geom_type == "Polygon":
        return [part.exterior, *part.interiors]
    return [part] if part.geom_type in ("LineString", "LinearRing") else []


def _written(points: np.ndarray, *, closed: bool) -> str:
    north = np.radians(np.clip(points[:, 1], -MOST_NORTH, MOST_NORTH))
    x, y = points[:, 0].round(3), -np.degrees(np.arcsinh(np.tan(north))).round(3)
    return f"M{'L'.join(f'{one:g},{other:g}' for one, other in zip(x, y, strict=True))}{'Z' * closed}"
