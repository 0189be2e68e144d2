"""Frames of places and areas -> the folium map and the layer that lies on it."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Collection, Mapping
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import shapely
from branca.element import MacroElement
from folium.template import Template
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.records import AREAS, BBox

# The map lives in an iframe at <base>/component/<name>/index.html: this reaches <base>/app/static under any base path.
STATIC = "../../app/static"
ATTRIBUTION = "Made with Natural Earth; places © GeoNames (CC BY 4.0)"
MIN_ZOOM, MAX_ZOOM = 2, 12
CLOSEST = 10  # zoom of the first view, where a corpus names a single town
SMALLEST, LARGEST = 3.5, 11.5  # pixels: the radius of a symbol grows with the root of its articles, to the most named
MANY = 12  # articles: in a smaller corpus the most named place stays below the largest symbol

Row = Mapping[str, Any]  # of a frame
Feature = dict[str, Any]  # of GeoJSON


class OfflineMap(folium.Map):
    """A folium map whose scripts and styles all come from dashboard/static."""

    default_js = [  # noqa: RUF012 (folium wants plain lists on the class)
        ("leaflet", f"{STATIC}/vendor/leaflet/leaflet.js"),
        ("protomaps", f"{STATIC}/vendor/protomaps-leaflet/protomaps-leaflet.js"),
        ("basemap", f"{STATIC}/basemap.js"),
        ("places", f"{STATIC}/places.js"),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{STATIC}/vendor/leaflet/leaflet.css"),
        ("map_css", f"{STATIC}/map.css"),
    ]


class _Basemap(MacroElement):
    """The vector basemap, drawn by static/basemap.js."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        dateline.basemap({{ this._parent.get_name() }}, {{ this.options | tojson }});
        {% endmacro %}""")

    def __init__(self, *, dark: bool) -> None:
        super().__init__()
        self._name = "Basemap"
        self.options = {"url": f"{STATIC}/basemap.pmtiles", "dark": dark, "attribution": ATTRIBUTION}


def base_map(*, bounds: BBox, dark: bool) -> folium.Map:
    """Return the map without places, showing `bounds`; the same arguments give the same map, so it keeps its view."""
    west, south, east, north = bounds
    chart = OfflineMap(
        tiles=None,
        control_scale=True,
        prefer_canvas=True,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        maxBounds=[[-85, -540], [85, 540]],
        maxBoundsViscosity=1.0,
    )
    _Basemap(dark=dark).add_to(chart)
    chart.fit_bounds([[south, west], [north, east]], max_zoom=CLOSEST)
    return chart


def places_layer(places: pd.DataFrame, areas: gpd.GeoDataFrame, *, selected: str | None) -> folium.FeatureGroup:
    """Return the layer of dots, squares, diamonds and outlines; see `features` for the columns."""
    group = folium.FeatureGroup(name="Places")
    collection = features(places, areas, selected=selected)
    if collection["features"]:  # a tooltip over an empty collection is an error in folium
        folium.GeoJson(
            collection,
            point_to_layer=folium.JsCode("dateline.symbol"),
            style=folium.JsCode("dateline.style"),
            on_each_feature=folium.JsCode("dateline.hover"),
            tooltip=folium.GeoJsonTooltip(["label"], labels=False, class_name="place", direction="top"),
        ).add_to(group)
    return group


def simplify_areas(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return shapes fit for drawing: each click sends them to the browser, and the basemap has the exact borders."""
    return shapes.set_geometry([_simplified(shape) for shape in shapes.geometry], crs=shapes.crs)


def _simplified(shape: Any) -> Any:
    parts = shapely.get_parts(shape)
    sizes = shapely.area(parts)
    # the islets of a country are most of its points and none of its click area
    main = shapely.multipolygons(parts[sizes > sizes.max() / 2000])
    # degrees an outline may stray: a pixel at zoom 7 for a province, more for what only fits a smaller zoom
    return main.simplify(max(0.01, math.sqrt(main.area) / 400))


def features(places: pd.DataFrame, areas: gpd.GeoDataFrame, *, selected: str | None) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection in drawing order: wide areas first, small dots and the selected place last.

    `places` has the columns id, name, kind, lon, lat, articles, mentions, uncertainty_km, approximate; `areas` has id,
    name, kind, articles, mentions and geometry in EPSG:4326. A place that is also in `areas` is drawn as the area.
    """
    shaped = [row for row in areas.to_dict("records") if row["geometry"] is not None and not row["geometry"].is_empty]
    shaped.sort(key=lambda row: -row["geometry"].area)
    outlined = {row["id"] for row in shaped}
    located = [row for row in places.to_dict("records") if row["id"] not in outlined and pd.notna(row["lon"])]
    located.sort(key=lambda row: (row["id"] == selected, row["kind"] not in AREAS, -row["articles"]))
    most = max([MANY, *(row["articles"] for row in located)])
    drawn = [_area(row) for row in shaped] + [_symbol(row, most=most) for row in located]
    for feature in drawn:
        feature["properties"]["selected"] = feature["properties"]["id"] == selected
    return {"type": "FeatureCollection", "features": drawn}


def clicked_place(event: Mapping[str, Any] | None, known: Collection[str]) -> str | None:
    """Return the id of the feature that st_folium says was clicked, or None unless it is one of `known`."""
    drawing = event.get("last_active_drawing") if isinstance(event, Mapping) else None
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    place = properties.get("id") if isinstance(properties, Mapping) else None
    return place if isinstance(place, str) and place in known else None


def _area(row: Row) -> Feature:
    return _feature(row, row["geometry"], {"symbol": "area"})


def _symbol(row: Row, *, most: int) -> Feature:
    symbol = "diamond" if row["kind"] in AREAS else "square" if row["kind"] == "building" else "dot"
    size = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(row["articles"] / most)
    vague = bool(row["approximate"]) and symbol != "diamond"
    note = f"position known to {row['uncertainty_km']:.0f} km" if vague else ""
    drawing = {"symbol": symbol, "size": round(size, 1), "approximate": vague}
    return _feature(row, Point(row["lon"], row["lat"]), drawing, note=note)


def _feature(row: Row, shape: BaseGeometry, drawing: Mapping[str, Any], *, note: str = "") -> Feature:
    counts = f"{_count(row['mentions'], 'mention')}, {_count(row['articles'], 'article')}"
    label = " · ".join(part for part in (row["name"], counts, note) if part)
    text = {"name": _escaped(row["name"]), "label": _escaped(label)}
    coordinates = shapely.transform(shape, lambda degrees: degrees.round(4))  # 10 m
    return {
        "type": "Feature",
        "properties": {"id": row["id"], "kind": row["kind"], **text, **drawing},
        "geometry": json.loads(shapely.to_geojson(coordinates)),
    }


def _escaped(text: str) -> str:
    """Return `text` as HTML that is markup neither to Leaflet, which shows it, nor to folium's templates."""
    # branca compiles the script it has just written, data and all, as a Jinja template: {{ }} in a name would run
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
