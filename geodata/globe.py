"""Distances between two points in kilometres; the gazetteer's own great_circle_km measures from one to many."""

from __future__ import annotations

import math


def km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return a great-circle distance in km."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))
