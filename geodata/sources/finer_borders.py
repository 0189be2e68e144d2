"""Finer borders for one part of the world, and the provinces fitted to them.

Natural Earth is drawn for maps of ten kilometres to the millimetre. Between Goris and Lachin its border runs up to
five kilometres off, and villages change sides by it. In these surroundings countries are cut at the borders of
OpenStreetMap as of 2017, simplified at 100 m; the lines of provinces stay Natural Earth's, led on to the finer border.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geodata.records import BBox
from geodata.sources.basemap_features import PATHS

# The South Caucasus, in whole tiles of zoom 6: the finer map shares no tile with the coarser one around it.
SURROUNDINGS: BBox = (39.375, 36.59788913307022, 50.625, 45.08903556483103)

# Degrees.
TOLERANCE = 0.001
GRID = 1e-5  # corners so near are one corner
FRAME = shapely.set_precision(box(*SURROUNDINGS), GRID)
ASTRAY = 0.1  # so far the two borders may lie apart
GAP = 0.01  # what no country claims is the nearest one's if it is so near, else it is sea


def countries(upstream: Path, frame: Polygon) -> dict[str, BaseGeometry]:
    """Return what lies in `frame` of each country, by its code of three letters."""
    parts = gpd.read_file(upstream / PATHS["countries"], bbox=frame.bounds).explode()
    parts = parts[parts.intersects(frame)]
    within = parts.set_geometry(parts.make_valid().intersection(frame)).dissolve("A3")
    return dict(within.geometry[~within.is_empty])


def fit_provinces(provinces: gpd.GeoDataFrame, outlines: Mapping[str, BaseGeometry], frame: Polygon) -> gpd.GeoSeries:
    """Return what lies in `frame` of provinces (code, country, geometry: a coverage), by code, a coverage again.

    Countries are cut at the finer outlines; a line between two provinces goes on to the new border.
    """
    near = provinces[provinces.intersects(frame)]
    inside = near.set_geometry(near.intersection(frame))
    border = shapely.union_all([outline.boundary for outline in outlines.values()])
    lines = shapely.union_all([border, frame.boundary, *_inner_lines(inside, border)], grid_size=GRID)
    faces = _owned(shapely.get_parts(shapely.polygonize([lines])), inside, outlines)
    owners = [code for _, code in faces]
    fitted = gpd.GeoDataFrame({"code": owners}, geometry=[face for face, _ in faces], crs=provinces.crs)
    fitted = fitted.dissolve("code")
    return gpd.GeoSeries(shapely.coverage_simplify(fitted.geometry.values, TOLERANCE), fitted.index, crs=fitted.crs)


def replace_within(frame: Polygon, provinces: gpd.GeoDataFrame, fitted: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Return provinces with what lies in `frame` replaced by the fitted parts."""
    old = provinces.set_index("code").geometry
    new = old.where(~old.intersects(frame), old.difference(frame)).combine(
        fitted.reindex(old.index), lambda rest, part: rest if part is None else rest.union(part)
    )
    return provinces.set_geometry(shapely.make_valid(new.values))


def _inner_lines(provinces: gpd.GeoDataFrame, border: BaseGeometry) -> list[LineString]:
    """Return the lines between provinces of one country, led on to the finer border where they end at the coarser."""
    lines = []
    for _, of_country in provinces.groupby("country"):
        edges = shapely.union_all(of_country.geometry.values).boundary.buffer(GRID)
        lines += [lead_on(line, border, within=ASTRAY, where=edges) for line in shared_edges(of_country.geometry)]
    return lines


def _owned(
    faces: np.ndarray, provinces: gpd.GeoDataFrame, outlines: Mapping[str, BaseGeometry]
) -> list[tuple[Polygon, str]]:
    """Return the faces that are land, each with the code of its province: that of its country with most of it."""
    country_of = {}  # the codes of the two sources differ: the same country is the one with most of the ground
    for name, outline in outlines.items():
        shared = _areas(provinces.intersection(outline)).groupby(provinces.country).sum()
        country_of[name] = shared.idxmax()
    tree = shapely.STRtree(list(outlines.values()))
    names = list(outlines)
    owned = []
    for face in faces:
        point = face.representative_point()
        nearest = tree.nearest(point)
        if point.distance(outlines[names[nearest]]) > GAP:
            continue
        own = provinces[provinces.country == country_of[names[nearest]]]
        shared = _areas(own.intersection(face))
        best = shared.argmax() if shared.max() else shapely.distance(own.geometry.values, face).argmin()
        owned.append((face, own.code.iloc[best]))
    return owned


def _areas(shapes: gpd.GeoSeries) -> pd.Series:
    """Return areas in square degrees, which geopandas warns of; here they are compared within one country."""
    return pd.Series(shapely.area(shapes.values), shapes.index)


def shared_edges(shapes: gpd.GeoSeries) -> list[LineString]:
    """Return the lines where two shapes of a coverage meet."""
    edges = shapes.boundary.values
    return [line for one, other in combinations(edges, 2) for line in lines_of(one.intersection(other))]


def lead_on(line: LineString, target: BaseGeometry, *, within: float, where: BaseGeometry | None = None) -> LineString:
    """Return a line led on to the target from each end that is near it, and, if given, that lies in `where`."""

    def leading(end: Point) -> list[tuple[float, ...]]:
        near = 0 < end.distance(target) <= within and (where is None or end.intersects(where))
        return [shapely.ops.nearest_points(target, end)[0].coords[0]] if near else []

    first, last = (leading(Point(line.coords[i])) for i in (0, -1))
    return LineString([*first, *line.coords, *last])


def lines_of(shape: BaseGeometry) -> list[LineString]:
    """Return the lines of a shape, those joined that touch end to end."""
    parts = [part for part in shapely.get_parts(shape) if part.length]
    return list(shapely.get_parts(shapely.line_merge(MultiLineString(parts))))
