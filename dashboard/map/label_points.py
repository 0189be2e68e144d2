"""Where the name of a shape may be written on the map, and from which zoom on it is large enough to bear one."""

from __future__ import annotations

import math

import shapely
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

LEAST = 45  # pixels across: less bears no name
ROUNDS = 4  # of halving a line

LabelPoint = list[float]  # lon, lat, zoom from which on; the first with room is taken


def label_points(shape: BaseGeometry) -> list[LabelPoint]:
    """Return where a shape may be named: in the middle, then here and there."""
    across = _across(shape)
    if not shape.area:
        return [_point(point, LEAST, across) for point in _along(shape)]
    return [_point(point, LEAST, across) for point in _inside(shape.simplify(across / 50))]


def below(shape: BaseGeometry) -> list[LabelPoint]:
    """Return where a circle is named: under its rim, as its middle has a name already."""
    west, south, east, _ = shape.bounds
    return [_point(Point((west + east) / 2, south), 2 * LEAST, east - west)]


def _along(line: BaseGeometry) -> list[Point]:
    parts = shapely.get_parts(shapely.line_merge(line))
    longest: LineString = max(parts, key=lambda part: part.length)
    halves = [odd / 2**depth for depth in range(1, ROUNDS + 1) for odd in range(1, 2**depth, 2)]
    return [longest.interpolate(half, normalized=True) for half in halves]


def _inside(area: BaseGeometry) -> list[Point]:
    """Return the point farthest from the rim, then those of the quarters."""
    west, south, east, north = area.bounds
    x, y = (west + east) / 2, (south + north) / 2
    quarters = [box(west, y, x, north), box(x, y, east, north), box(west, south, x, y), box(x, south, east, y)]
    parts = [_largest(area), *(_largest(area.intersection(quarter)) for quarter in quarters)]
    return [polylabel(part, tolerance=_across(area) / 40) for part in parts if part is not None]


def _largest(shape: BaseGeometry) -> Polygon | None:
    parts = [part for part in shapely.get_parts(shape) if part.area]
    return max(parts, key=lambda part: part.area, default=None)


def _across(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))


def _point(at: Point, pixels: float, degrees: float) -> LabelPoint:
    """Return a point with the zoom from which on so many degrees take so many pixels."""
    zoom = math.ceil(math.log2(pixels / max(degrees * 256 / 360, 1e-9)))
    return [round(at.x, 4), round(at.y, 4), max(0, zoom)]
