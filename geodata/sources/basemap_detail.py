"""Build dashboard/static/basemap_detail.pmtiles: the layers of basemap.py, from finer sources, for a part of the world.

Coasts, lakes and rivers are those of GSHHG, at some 200 m; the lines of countries and provinces those of our own
shapes (finer.py). A river that runs beside a border for long is the border, and is drawn on it; its name is that of
Natural Earth's river there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geodata.records import BBox
from geodata.sources import basemap
from geodata.sources.basemap_features import PATHS, Feature, feature, patches, write_tiles
from geodata.sources.basemap_labels import labels
from geodata.sources.finer_borders import SURROUNDINGS, lead_on, lines_of, shared_edges

SOURCE = "Borders © OpenStreetMap contributors (ODbL); coasts and rivers GSHHG; lines of provinces Natural Earth"

# Degrees.
NEAR = 0.06  # so far Natural Earth's rivers and disputed lines may lie from the finer ones
BESIDE = 0.045  # a river so near to a border, and so for SHARED or longer, is the border
SHARED = 0.25
SEA = 5.0  # square degrees: a larger lake is drawn as the sea is
TRUNK = 0.5  # a river without a name is drawn earlier if its line is this long


def build_detail(upstream: Path, shapes: gpd.GeoDataFrame, out: Path, *, surroundings: BBox = SURROUNDINGS) -> None:
    """Write the vector tiles of zoom 6 to 9 of the `surroundings` to `out`; takes about a minute.

    `shapes` are those of shapes.py, fitted to the finer borders in these surroundings.
    """
    around = box(*surroundings).buffer(0.2, join_style="mitre")  # lines go on past the edge of the last tile
    near = shapes.clip(around)
    provinces = near[near.level == 1]
    border = shared_edges(near[near.level == 0].geometry)
    inner = [line for _, own in provinces.groupby("country") for line in shared_edges(own.geometry)]
    land, lakes = shores(upstream, around)
    layers = {
        "land": (feature(part) for part in shapely.get_parts(land)),
        "water": _water(lakes),
        "rivers": rivers(upstream, around, shapely.union_all(border)),
        "borders": borders(upstream, around, border),
        "regions": (feature(line, z=5) for line in inner),
        "labels": labels(upstream, patches(), detail=surroundings),
    }
    write_tiles(layers, out, zooms=(6, 9), source=SOURCE, clip=surroundings)


def shores(upstream: Path, around: Polygon) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the land without its lakes, and the lakes without their islands; the Caspian is sea."""
    levels: dict[int, list[BaseGeometry]] = {1: [], 2: [], 3: []}  # land, lake, island in a lake
    for level, ring in _outlines(upstream, "gshhs", around):
        if level in levels:
            levels[level].append(shapely.make_valid(Polygon(ring)).intersection(around))
    land, lakes, islands = (shapely.union_all(levels[level]) for level in (1, 2, 3))
    water = lakes.difference(islands)
    return land.difference(water), shapely.union_all([lake for lake in shapely.get_parts(water) if lake.area < SEA])


def rivers(upstream: Path, around: Polygon, border: BaseGeometry) -> Iterator[Feature]:
    """Yield the rivers, along the border where they are the border."""
    known = _near(basemap.rivers(upstream, patches()), around)
    zones = [(line.buffer(NEAR), f["properties"]) for f, line in known]
    lines = shapely.union_all([LineString(xy).intersection(around) for _, xy in _outlines(upstream, "rivers", around)])
    for line in lines_of(on_border(lines, border)):
        about = [river for zone, river in zones if line.intersection(zone).length > line.length / 2]
        zoom = min((river["z"] for river in about), default=8 if line.length > TRUNK else 9)
        yield feature(line, lowest=zoom, z=zoom, n=max((river.get("n", "") for river in about), default=""))


def on_border(rivers: BaseGeometry, border: BaseGeometry) -> BaseGeometry:
    """Return rivers drawn along the border wherever they run beside it for long, with all that flows into them."""
    beside = lines_of(border.intersection(rivers.buffer(BESIDE)))
    shared = shapely.union_all([line for line in beside if line.length > SHARED])
    if shared.is_empty:
        return rivers
    apart = lines_of(rivers.difference(shared.buffer(BESIDE)))
    return shapely.union_all([shared, *(lead_on(line, shared, within=BESIDE * 1.01) for line in apart)])


def borders(upstream: Path, around: Polygon, fine: list[LineString]) -> Iterator[Feature]:
    """Yield the borders between countries, with d=1 where Natural Earth calls them disputed.

    What Natural Earth calls disputed and the finer source does not draw is kept as Natural Earth has it.
    """
    coarse = _near(basemap.borders(upstream), around)
    disputed = shapely.union_all([line for f, line in coarse if f["properties"]["d"]])
    contested = disputed.buffer(NEAR)
    for line in fine:
        yield feature(line, d=int(line.intersection(contested).length > line.length / 2))
    for line in lines_of(disputed.difference(shapely.union_all(fine).buffer(NEAR))):
        yield feature(line, d=1)


def _water(lakes: BaseGeometry) -> Iterator[Feature]:
    for lake in shapely.get_parts(lakes):
        zoom = basemap.zoom_of_area(lake, 12.0)
        yield feature(lake, lowest=zoom, z=zoom)


def _near(features: Iterator[Feature], around: Polygon) -> Iterator[tuple[Feature, BaseGeometry]]:
    """Yield the features that meet `around`, each with the part of its shape that does."""
    for found in features:
        shape = shapely.geometry.shape(found["geometry"])
        if shape.intersects(around):
            inside = shapely.make_valid(shape).intersection(around)
            if not inside.is_empty:
                yield found, inside


def _outlines(upstream: Path, kind: str, around: Polygon) -> Iterator[tuple[int, np.ndarray]]:
    """Yield level and degrees of each outline that may meet `around`; the format is that of matplotlib's basemap.

    A line of the index has level, area, points, south, north, first byte and length; a point is two little-endian
    floats.
    """
    west, south, east, north = around.bounds
    with (
        (upstream / PATHS["outlines"].format(kind)).open("rb") as data,
        (upstream / PATHS["outlines_index"].format(kind)).open(encoding="ascii") as index,
    ):
        for row in map(str.split, index):
            if float(row[4]) > south and float(row[3]) < north:
                data.seek(int(row[5]))
                xy = np.frombuffer(data.read(int(row[6])), "<f4").reshape(-1, 2).astype(float)
                if len(xy) > 1 and xy[:, 0].max() > west and xy[:, 0].min() < east:
                    yield int(row[0]), xy
