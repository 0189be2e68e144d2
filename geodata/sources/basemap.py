"""Build dashboard/static/basemap.pmtiles: land, water, borders and names of the world from Natural Earth and GeoNames.

Layers of the tiles and their properties, as static/basemap.js reads them (zoom = that of the page):

    land     polygons
    water    lakes                     z lowest zoom
    rivers   lines                     z lowest zoom, n name
    borders  between countries         d 1 where Natural Earth calls the line disputed, indefinite or of control
    regions  borders of admin-1 units  z lowest zoom
    labels   points                    k country|region|sea|lake|capital|town, n name, z lowest and x highest zoom,
                                       r rank among labels of one zoom

Natural Earth is drawn for maps of ten kilometres to the millimetre: basemap_detail.py has the same layers from finer
sources, for the surroundings of the corpus.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.sources.basemap_features import Feature, Names, feature, patches, pixels, read, write_tiles
from geodata.sources.basemap_labels import labels


def build_basemap(upstream: Path, out: Path) -> None:
    """Write the vector tiles of the world to `out`; takes about a minute."""
    names = patches()
    layers = {
        "land": land(upstream),
        "water": lakes(upstream),
        "rivers": rivers(upstream, names),
        "borders": borders(upstream),
        "regions": region_lines(upstream),
        "labels": labels(upstream, names),
    }
    write_tiles(layers, out, zooms=(0, 6), source="Made with Natural Earth; places © GeoNames (CC BY 4.0)")


def land(upstream: Path) -> Iterator[Feature]:
    """Yield the land, one polygon a feature; islands under a pixel are left out of the smaller zooms."""
    for polygon in read(upstream, "gpuwm", "land").explode().geometry:
        yield feature(polygon, lowest=zoom_of_area(polygon, 1.0))


def lakes(upstream: Path) -> Iterator[Feature]:
    """Yield the lakes, each from the zoom where it covers a few pixels."""
    for polygon in read(upstream, "gpuwm", "lakes").geometry:
        zoom = zoom_of_area(polygon, 12.0)
        yield feature(polygon, lowest=zoom, z=zoom)


def rivers(upstream: Path, patched: Names) -> Iterator[Feature]:
    """Yield the rivers outside lakes, by Natural Earth's rank, named where the name survives in plain letters."""
    lines = read(upstream, "magics", "rivers_lake_centerlines")
    for row in lines[lines.featurecla == "River"].itertuples():
        name = patched.get(("river", row.name), row.name) if isinstance(row.name, str) else ""
        zoom = min(8, max(3, 3 + int(row.scalerank * 0.6)))
        yield feature(row.geometry, lowest=zoom, z=zoom, n=name if name.isascii() else "")


def borders(upstream: Path) -> Iterator[Feature]:
    """Yield the borders between countries, with d=1 where they are disputed.

    The newer lines come without attributes, so their standing is that of the older line they follow; a line that the
    older edition lacks is disputed too (all of these are: in Crimea, the Kerch Strait, the Kurils). Limits of leases
    and of United Nations zones are no borders.
    """
    older = read(upstream, "magics", "admin_0_boundary_lines_land").dropna(subset="geometry")
    along = {
        kind: shapely.union_all(shapely.buffer(older.geometry[older.featurecla.str.startswith(prefix)].values, 0.05))
        for kind, prefix in {"settled": "International", "limit": ("Lease", "Overlay")}.items()
    }
    for line in read(upstream, "gpuwm", "admin_0_boundary_lines_land").geometry:
        share = {kind: line.intersection(zone).length / line.length for kind, zone in along.items()}
        if share["limit"] < 0.9 or share["settled"] > 0.9:
            yield feature(line, d=int(share["settled"] < 0.5))


def region_lines(upstream: Path) -> Iterator[Feature]:
    """Yield the borders of admin-1 units."""
    lines = read(upstream, "magics", "admin_1_states_provinces_lines").dropna(subset="geometry")
    for row in lines.itertuples():
        zoom = min(7, max(5, math.floor(row.min_zoom)))
        yield feature(row.geometry, lowest=zoom, z=zoom)


def zoom_of_area(polygon: BaseGeometry, least: float) -> int:
    """Return the first zoom where a shape covers so many pixels."""
    area = pixels([polygon])[0].area
    return max(0, math.ceil(math.log2(least / max(area, 1e-9)) / 2))
