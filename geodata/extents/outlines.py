"""Outlines on the globe: discs, rings, sectors and lenses around points, in degrees (longitude, latitude)."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import Polygon

from geodata.globe import EARTH_KM

LonLat = tuple[float, float]

STEP = 6.0  # degrees of the circle between two corners of an outline


def away(point: LonLat, bearing: np.ndarray | float, km: np.ndarray | float) -> np.ndarray:
    """Return where one arrives from a point after `km` at a bearing in degrees from north, clockwise; rows lon, lat."""
    lon, lat = np.radians(point)
    angle, turn = np.asarray(km) / EARTH_KM, np.radians(bearing)
    lats = np.arcsin(np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(turn))
    lons = lon + np.arctan2(np.sin(turn) * np.sin(angle) * np.cos(lat), np.cos(angle) - np.sin(lat) * np.sin(lats))
    return np.asarray(np.degrees(np.column_stack(np.broadcast_arrays(lons, lats))))


def bearing(start: LonLat, end: LonLat) -> float:
    """Return the bearing from one point to another, in degrees from north, clockwise, 0 to 360."""
    (lon, lat), (lons, lats) = np.radians(start), np.radians(end)
    east = np.sin(lons - lon) * np.cos(lats)
    north = np.cos(lat) * np.sin(lats) - np.sin(lat) * np.cos(lats) * np.cos(lons - lon)
    return float(np.degrees(np.arctan2(east, north)) % 360)


def disc(point: LonLat, km: float) -> Polygon:
    """Return all that lies within `km` of a point."""
    return Polygon(away(point, np.arange(0, 360, STEP), km))


def ring(point: LonLat, inner_km: float, outer_km: float) -> Polygon:
    """Return all that lies between two distances from a point; a disc where the inner one is nothing."""
    if inner_km <= 0:
        return disc(point, outer_km)
    return Polygon(disc(point, outer_km).exterior, [disc(point, inner_km).exterior])


def sector(point: LonLat, towards: float, half_angle: float, inner_km: float, outer_km: float) -> Polygon:
    """Return all that lies at such a bearing, give or take `half_angle`, between two distances from a point."""
    turns = np.linspace(towards - half_angle, towards + half_angle, max(3, round(2 * half_angle / STEP) + 1))
    far = away(point, turns, outer_km)
    near = away(point, turns[::-1], inner_km) if inner_km > 0 else np.array([point])
    return Polygon(np.vstack([far, near]))


def lens(start: LonLat, end: LonLat, start_km: float, end_km: float, middle_km: float) -> Polygon:
    """Return the stretch between two points, each with its uncertainty, `middle_km` to either side half-way."""
    middle = (np.asarray(start) + np.asarray(end)) / 2
    discs = [disc(start, start_km), disc(end, end_km), disc((float(middle[0]), float(middle[1])), middle_km)]
    return shapely.union_all(discs).convex_hull
