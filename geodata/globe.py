"""Distances on the globe in kilometres, between points given as longitude and latitude in degrees."""

from __future__ import annotations

import math

import numpy as np

EARTH_KM = 6371.0088  # the mean radius (IUGG)


def km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return a great-circle distance in km; quicker for one pair than great_circle_km."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def great_circle_km(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """Return the great-circle distances in km from one point to many."""
    phi, phis = np.radians(lat), np.radians(lats)
    half = np.sin((phis - phi) / 2) ** 2 + np.cos(phi) * np.cos(phis) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))
