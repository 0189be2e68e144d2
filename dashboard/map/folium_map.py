"""The folium map and the layer of what is drawn on it, from frames of places and the shapes of features.py."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import folium
import numpy as np
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from dashboard.map.features import Feature, LegendRow, escaped
from geodata.records import AREAS, BBox

# The map lives in an iframe at <base>/component/<name>/index.html: this reaches <base>/app/static under any base path.
STATIC = "../../app/static"
ATTRIBUTION = "Made with Natural Earth, GSHHG, © OpenStreetMap contributors; places © GeoNames (CC BY 4.0)"
MIN_ZOOM, MAX_ZOOM = 2, 12
SMALLEST, LARGEST = 3.5, 11.5  # pixels: the radius of a symbol grows with the root of its independent sources
MANY = 12  # sources: in a smaller corpus the most named place stays below the largest symbol
TONES = ("full", "hollow", "grey")  # of a symbol: something happened there, did earlier, or the place is named only

Point = list[
    Any
]  # id, name, lon, lat, mentions, articles, symbol, size in pixels, km if approximate, its number in TONES


class OfflineMap(folium.Map):
    """A folium map whose scripts and styles all come from dashboard/static."""

    default_js = [  # noqa: RUF012 (folium wants plain lists on the class)
        ("basemap", f"{STATIC}/basemap.js"),  # first, as it asks for the others all at once
        ("leaflet", f"{STATIC}/vendor/leaflet/leaflet.js"),
        ("protomaps", f"{STATIC}/vendor/protomaps-leaflet/protomaps-leaflet.js"),
        ("supercluster", f"{STATIC}/vendor/supercluster/supercluster.min.js"),
        ("names", f"{STATIC}/names.js"),
        ("symbols", f"{STATIC}/symbols.js"),
        ("choosing", f"{STATIC}/choosing.js"),
        ("places", f"{STATIC}/places.js"),
        ("controls", f"{STATIC}/controls.js"),
        ("legend", f"{STATIC}/legend.js"),
        ("pointing", f"{STATIC}/pointing.js"),
        ("picture", f"{STATIC}/picture.js"),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{STATIC}/vendor/leaflet/leaflet.css"),
        ("map_css", f"{STATIC}/map.css"),
    ]


class _Basemap(MacroElement):
    """The vector basemap and the buttons, drawn by static/basemap.js and controls.js."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        dateline.basemap({{ this._parent.get_name() }}, {{ this.options | tojson }});
        {% endmacro %}""")

    def __init__(self, *, bounds: list[list[float]], dark: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Basemap"
        self.options = {
            "url": f"{STATIC}/basemap.pmtiles",
            "detail": f"{STATIC}/basemap_detail.pmtiles",
            "dark": dark,
            "attribution": ATTRIBUTION,
            "bounds": bounds,
        }


class _Drawing(MacroElement):
    """What static/places.js draws on the layer this is put on."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        dateline.draw({{ this._parent.get_name() }}, {{ this.data }});
        {% endmacro %}""")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        self.data = _script(data)


def base_map(*, bounds: BBox, dark: bool) -> folium.Map:
    """Return the map without places, showing `bounds`; the same arguments give the same map, so it keeps its view."""
    west, south, east, north = bounds
    corners = [[south, west], [north, east]]
    chart = OfflineMap(
        tiles=None,
        control_scale=True,
        prefer_canvas=True,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        maxBounds=[[-85, -540], [85, 540]],
        maxBoundsViscosity=1.0,
    )
    _Basemap(bounds=corners, dark=dark).add_to(chart)
    return chart


def layer(
    points: Sequence[Point] = (),
    shapes: Sequence[Feature] = (),
    *,
    selected: str | None = None,
    focus: Collection[str] = (),
    legend: Sequence[LegendRow] = (),
    words: str = "",
) -> folium.FeatureGroup:
    """Return what is drawn on the map: `shapes` in this order, above them `points`, many of them in groups from afar.

    The map moves to what is `selected`, or rather to the ids in `focus` where there are any, unless they are in view.
    `legend` says what tints mean, `words` what is shown, under the picture that the reader may save.
    """
    marked = [{**f, "properties": {**f["properties"], "selected": f["properties"]["id"] == selected}} for f in shapes]
    group = folium.FeatureGroup(name="Places")
    data = {
        "points": points,
        "shapes": marked,
        "selected": selected,
        "focus": list(focus),
        "legend": [{**row, "text": escaped(str(row["text"]))} for row in legend],
        "words": escaped(words),
    }
    _Drawing(data).add_to(group)
    return group


def points(places: pd.DataFrame, *, selected: str | None) -> list[Point]:
    """Return places as symbols in drawing order: the most named first, areas below towns, the selected place last.

    `places` has id, name, kind, lon, lat, articles, sources, mentions, earlier, named, uncertainty_km and approximate;
    a place all of whose mentions are of earlier events is hollow, one that is named only is grey.
    """
    found = places[places.lon.notna()]
    area = found.kind.isin(AREAS)
    symbol = np.where(area, "diamond", np.where(found.kind == "building", "square", "dot"))
    most = max([MANY, *found.sources])
    size = (SMALLEST + (LARGEST - SMALLEST) * np.sqrt(found.sources / most)).round(1)
    km = found.uncertainty_km.round().clip(lower=1).astype(int).where(found.approximate.astype(bool) & ~area, 0)
    names, lon, lat = map(escaped, found.name), found.lon.round(4), found.lat.round(4)  # 10 m
    quiet = (found.earlier + found.named == found.mentions) & (found.mentions > 0)
    hollow, grey = TONES.index("hollow"), TONES.index("grey")
    tone = np.select([quiet & (found.earlier > 0), quiet], [hollow, grey], TONES.index("full")).tolist()
    columns = (found.id, names, lon, lat, found.mentions, found.articles, symbol, size, km, tone)
    rows = zip(*columns, strict=True)
    by_id = found.id == selected
    order = sorted(range(len(found)), key=list(zip(by_id, ~area, -found.sources, strict=True)).__getitem__)
    drawn = [list(row) for row in rows]
    return [drawn[i] for i in order]


def clicked_place(event: Mapping[str, Any] | None, known: Collection[str]) -> str | None:
    """Return the id of the feature that st_folium says was clicked, or None unless it is one of `known`."""
    drawing = event.get("last_active_drawing") if isinstance(event, Mapping) else None
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    place = properties.get("id") if isinstance(properties, Mapping) else None
    return place if isinstance(place, str) and place in known else None


def _script(data: Mapping[str, Any]) -> str:
    """Return data as JavaScript; what could end a script or a template stands only in text, and is escaped there."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&'`$\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
