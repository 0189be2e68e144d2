"""Where a text says that something is, when that is no place: stretches, sectors, rings, lines.

Imports shapely: what reads texts alone asks for it late.
"""

from geodata.extents.extents import Extent, find_extents

__all__ = ["Extent", "find_extents"]
