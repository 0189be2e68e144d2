"""Shapes on the map -> GeoJSON features as static/places.js draws them, and the words that explain them."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from corpus.queries.filters import spell
from dashboard.escaping import visible
from dashboard.map.label_points import LabelPoint, below, label_points
from dashboard.selection import REGION
from dashboard.words import EXTENTS, count

Feature = dict[str, Any]  # of GeoJSON
LegendRow = dict[str, Any]  # a swatch as places.js draws it, and its text
Row = Mapping[Any, Any]  # of a frame

FINEST = 0.002  # degrees an outline may stray: 200 m, a pixel or two at the zooms of single towns
STEPS = 5  # of the scale of the roll-up
STATUS = {"existing": "in use", "blockaded": "blockaded", "proposed": "proposed, not built"}
NATURE = "the status of whole districts, not a front line"


def escaped(text: str) -> str:
    """Return `text` as HTML that is markup neither to Leaflet, which shows it, nor to folium's templates."""
    # branca compiles the script it has just written, data and all, as a Jinja template: {{ }} in a name would run
    return html.escape(visible(text)).replace("{", "&#123;").replace("}", "&#125;")


def simplify_areas(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return shapes fit for drawing: each click sends them to the browser, and the basemap has the exact borders."""
    return shapes.set_geometry([_simplified(shape) for shape in shapes.geometry], crs=shapes.crs)


def _simplified(shape: BaseGeometry) -> BaseGeometry:
    main = _without_islets(shape)
    # more for what only fits a smaller zoom
    return main.simplify(max(FINEST, math.sqrt(main.area) / 800))


def _without_islets(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape without the islets, which are most of a country's points and none of its click area."""
    parts = shapely.get_parts(shape)
    sizes = shapely.area(parts)
    return shapely.multipolygons(parts[sizes > sizes.max() / 2000])


def simplify_coverage(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return shapes fit for tinting side by side: neighbours keep one edge between them, without a gap."""
    extent = sum(shapely.area(shapes.geometry.values))
    # degrees: as above, by the size of all; less than a megabyte for the countries of the world
    simple = shapely.coverage_simplify(shapes.geometry.values, min(0.1, max(FINEST, math.sqrt(extent) / 1600)))
    return shapes.set_geometry([_without_islets(shape) for shape in simple], crs=shapes.crs)


def outlines(areas: gpd.GeoDataFrame) -> list[Feature]:
    """Return countries and provinces that are places themselves: id, name, kind, articles, mentions, geometry."""
    features = []
    for row in _widest_first(areas):
        told = f"{count(row['mentions'], 'mention')}, {count(row['articles'], 'article')}"
        features.append(_feature(row, "area", f"{row['name']}\n{told}", at=_named_inside(row), kind=row["kind"]))
    return features


def steps(mentions: Sequence[int]) -> list[int]:
    """Return where each step of the scale begins, from 1 up, at round numbers: at most STEPS of them."""
    most = max(mentions, default=0)
    if not most:
        return []
    series = [digit * 10**power for power in range(len(str(most))) for digit in (1, 2, 5)]
    reached = [number for number in series if number <= most]
    # Fewer steps, evenly taken, where the series is longer; 1 stays the first, so that no region is without a step.
    taken = {round(i * (len(reached) - 1) / max(1, min(STEPS, len(reached)) - 1)) for i in range(STEPS)}
    return [reached[i] for i in sorted(taken) if i < len(reached)]


def shades(regions: gpd.GeoDataFrame) -> tuple[list[Feature], list[LegendRow]]:
    """Return regions tinted by mentions and the legend: code, name, mentions, places, geometry."""
    starts = steps(list(regions.mentions))
    spread = _spread(len(starts))
    features = []
    for row in _widest_first(regions):
        told = f"{count(row['mentions'], 'mention')} of {count(row['places'], 'place')}"
        step = spread[sum(start <= row["mentions"] for start in starts) - 1]
        selectable = {**row, "id": REGION + row["code"]}
        features.append(_feature(selectable, "shade", f"{row['name']}\n{told}", step=step))
    ends = [*(start - 1 for start in starts[1:]), max(regions.mentions, default=0)]
    legend = [
        {"symbol": "shade", "step": step, "text": _range(first, last)}
        for step, first, last in zip(spread, starts, ends, strict=True)
    ]
    return features, legend


def _spread(number: int) -> list[int]:
    """Return which colours of the scale so many steps take: few steps lie far apart."""
    return [round(i * (STEPS - 1) / (number - 1)) if number > 1 else STEPS // 2 for i in range(number)]


def _range(first: int, last: int) -> str:
    return count(last, "mention") if first >= last else f"{first:,} to {count(last, 'mention')}"


def held(control: gpd.GeoDataFrame) -> tuple[list[Feature], list[LegendRow]]:
    """Return who held which district and the legend: columns of `geodata.regions.control.control_on`."""
    holders = {holder: i for i, holder in enumerate(sorted(set(control.holder[~control.divided.astype(bool)])))}
    features = []
    for row in _widest_first(control):
        swatch = {"divided": bool(row["divided"]), "holder": holders.get(row["holder"], 0)}
        named = {"id": f"held:{row['unit']}", "name": both_names(row), "geometry": row["geometry"]}
        label = f"{both_names(row)}\n{status(row)} · source: {row['source']}"
        features.append(_feature(named, "held", label, **swatch))
    legend: list[LegendRow] = [
        {"symbol": "held", "divided": False, "holder": i, "text": f"held by {holder}"} for holder, i in holders.items()
    ]
    if control.divided.any():
        legend.append({"symbol": "held", "divided": True, "holder": 0, "text": "divided between several holders"})
    return features, legend


def both_names(row: Row) -> str:
    """Return a district's two names."""
    return " / ".join(name for name in (row["name"], row["other_name"]) if name)


def status(row: Row) -> str:
    """Return who held a district, since when and until when, in words."""
    how = "divided: " if row["divided"] else "held by "
    until = f" to {spell(row['until'])}" if pd.notna(row["until"]) else ""
    return f"{how}{row['holder']}, from {spell(row['since'])}{until}"


def who_held_what(control: gpd.GeoDataFrame) -> list[str]:
    """Return each district's status with its source, in lines by name."""
    return [
        f"{both_names(row)}: {status(row)}{_in_brackets(row['note'])}. Source: {row['source']}"
        for row in control.sort_values("name").to_dict("records")
    ]


def _in_brackets(note: str) -> str:
    return f" ({note})" if note else ""


def extents(rows: gpd.GeoDataFrame) -> list[Feature]:
    """Return lines, stretches, sectors and rings: id, name, kind, status ("" where none), words, mentions, geometry."""
    features = []
    for row in _widest_first(rows):
        line = row["kind"] == "line"
        told = ", ".join(part for part in (EXTENTS[row["kind"]], STATUS.get(row["status"], row["status"])) if part)
        name = _short(row["words"])
        drawn = {**row, "name": name, "geometry": row["geometry"].simplify(FINEST) if line else row["geometry"]}
        at = label_points(drawn["geometry"]) if line else below(drawn["geometry"])
        label = f"{name}\n{told} · {count(row['mentions'], 'mention')}"
        features.append(_feature(drawn, "extent", label, at=at, kind=row["kind"], status=row["status"]))
    return features


def _short(words: str) -> str:
    """Return the beginning of "the border of A and B: ..." as a name."""
    name = words.split(":")[0].split(" (")[0].split(";")[0].removeprefix("the ")
    return name[:1].upper() + name[1:]


def _named_inside(row: Row) -> list[LabelPoint]:
    return [] if row["kind"] in ("country", "continent") else label_points(row["geometry"])  # the basemap names these


def _widest_first(frame: gpd.GeoDataFrame) -> list[Row]:
    rows = [row for row in frame.to_dict("records") if row["geometry"] is not None and not row["geometry"].is_empty]
    return sorted(rows, key=lambda row: -row["geometry"].area)


def _feature(row: Row, symbol: str, label: str, **drawing: Any) -> Feature:
    geometry: BaseGeometry = shapely.transform(row["geometry"], lambda degrees: degrees.round(4))  # 10 m
    text = {"name": escaped(row["name"]), "label": escaped(label)}
    properties = {"id": row["id"], **text, "symbol": symbol, **drawing}
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(geometry))}
