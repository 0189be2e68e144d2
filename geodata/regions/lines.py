"""Lines: corridors, digitised by hand, and the border that two countries or provinces share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from geodata import DATA
from geodata.tables import damaged, read_columns

BORDER_SOURCE = "the edge that the two shapes share: OpenStreetMap (2017) in the South Caucasus, else Natural Earth"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as we draw it; `nature` says how far to trust the drawing."""

    id: str
    name: str
    nature: str
    source: str
    source_url: str
    geometry: BaseGeometry


@cache
def corridors() -> dict[str, Line]:
    """Return the hand-digitised lines by the gazetteer id of what they draw."""
    path = DATA / "lines.geojson"
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        raise damaged(path, error) from error
    lines = {}
    for feature in features:
        told = feature["properties"]
        line = Line(
            told["id"], told["name"], told["nature"], told["source"], told["source_url"], shape(feature["geometry"])
        )
        lines[line.id] = line
    return lines


@cache
def border(one: str, other: str) -> MultiLineString | None:
    """Return the border that two regions share, by their codes ("AM" and "AZ"); None where they do not touch."""
    edges = [_edge(code) for code in (one, other)]
    if one == other or edges[0] is None or edges[1] is None:
        return None
    shared = shapely.intersection(*edges)
    # Corners where a third region meets both are points, no border.
    lines = [part for part in shapely.get_parts(shared) if part.length]
    if not lines:
        return None
    merged = shapely.line_merge(MultiLineString(lines))
    return merged if isinstance(merged, MultiLineString) else MultiLineString([merged])


@cache
def _edge(code: str) -> BaseGeometry | None:
    shape_of = shapes_by_code().get(code)
    return None if shape_of is None else shapely.boundary(shapely.from_wkb(shape_of))


@cache
def shapes_by_code() -> dict[str, bytes]:
    """Return the shape of every region, as WKB."""
    # Not geopandas: a text that names a border should not wait for it.
    table = read_columns(DATA / "regions.parquet", ["code", "geometry"])
    return dict(zip(table["code"].to_pylist(), table["geometry"].to_pylist(), strict=True))
