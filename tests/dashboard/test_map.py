"""The map: what is drawn, in which order, and that no name can become markup or script."""

import html
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import MultiPolygon, box

from dashboard import map as map_
from dashboard.map import OfflineMap, base_map, clicked_place, features, places_layer, simplify_areas

STATIC = Path(map_.__file__).with_name("static")
HOSTILE = [
    '<img src=x onerror="top.document.title=1">',  # markup with a handler
    "</script><script>top.document.title=1</script>",  # leaves the script it is written into
    "Hawai`i",  # ends a template literal
    "${top.document.title=1}",  # runs inside a template literal
    "{{ 12345679 * 9 }}",  # a Jinja expression: branca compiles what it renders
    "{% if",  # and this would not even compile
    "{{'alert'}}",  # what streamlit-folium takes for a reference to an element
    "\\u003cb\\u003e",  # an escape that must stay as it is
    'O\'Hare "&" Söhne',  # quotes and an ampersand
    "🦊 שלום",  # outside the basic plane, right to left
]


def place(id_="goris", *, name="Goris", kind="city", lon=46.34, lat=39.51, articles=2, mentions=3, vague=None):
    return {
        "id": id_, "name": name, "kind": kind, "lon": lon, "lat": lat, "articles": articles, "mentions": mentions,
        "uncertainty_km": vague or 1.0, "approximate": vague is not None,
    }  # fmt: skip


def places(*rows):
    return pd.DataFrame(list(rows), columns=list(place()))


def areas(*rows):
    columns = ["id", "name", "kind", "articles", "mentions", "geometry"]
    return gpd.GeoDataFrame([(*row[:3], 1, 1, row[3]) for row in rows], columns=columns, geometry="geometry", crs=4326)


def drawn(*rows, shapes=(), selected=None):
    return features(places(*rows), areas(*shapes), selected=selected)["features"]


def rendered(layer):
    """Return the script that the browser gets for a layer."""
    chart = base_map(bounds=(40, 36, 54, 44), dark=False)
    layer.add_to(chart)
    return chart.get_root().render()


@pytest.mark.parametrize(
    ("kind", "symbol"),
    [
        ("city", "dot"),
        ("village", "dot"),
        ("building", "square"),
        ("region", "diamond"),  # areas without a shape
        ("corridor", "diamond"),
        ("sea", "diamond"),
        ("bloc", "diamond"),
        ("country", "diamond"),
    ],
)
def test_kind_decides_the_symbol(kind, symbol):
    [feature] = drawn(place(kind=kind))
    assert feature["properties"]["symbol"] == symbol
    assert feature["geometry"] == {"type": "Point", "coordinates": [46.34, 39.51]}


def test_a_place_with_a_shape_is_drawn_once_as_the_shape():
    [feature] = drawn(place("AM", kind="country"), shapes=[("AM", "Armenia", "country", box(43, 38, 47, 41))])
    assert feature["properties"]["symbol"] == "area"
    assert feature["geometry"]["type"] == "Polygon"


def test_wide_areas_lie_below_small_ones_and_these_below_dots_with_the_most_named_first():
    shapes = [("syunik", "Syunik", "admin1", box(45, 39, 47, 40)), ("AM", "Armenia", "country", box(43, 38, 47, 41))]
    rows = [place("few", articles=1), place("many", articles=9), place("lake", kind="lake", articles=20)]
    order = [f["properties"]["id"] for f in drawn(*rows, shapes=shapes)]
    assert order == ["AM", "syunik", "lake", "many", "few"]


def test_the_selected_dot_lies_on_top_and_alone_is_marked():
    found = drawn(place("a", articles=9), place("b", articles=1), selected="a")
    assert [(f["properties"]["id"], f["properties"]["selected"]) for f in found] == [("b", False), ("a", True)]


def test_a_selected_area_stays_below_the_smaller_ones_so_that_these_can_be_clicked():
    shapes = [("syunik", "Syunik", "admin1", box(45, 39, 47, 40)), ("AM", "Armenia", "country", box(43, 38, 47, 41))]
    assert [f["properties"]["id"] for f in drawn(shapes=shapes, selected="AM")] == ["AM", "syunik"]


def test_size_grows_with_articles_within_bounds():
    sizes = [f["properties"]["size"] for f in drawn(*(place(str(n), articles=n) for n in (1, 4, 400, 5000)))]
    assert sizes == sorted(sizes, reverse=True)  # the largest is drawn first
    assert map_.SMALLEST < sizes[-1] < 5
    assert sizes[0] == map_.LARGEST


def test_in_a_small_corpus_the_most_named_place_is_not_the_largest_symbol():
    assert drawn(place(articles=1))[0]["properties"]["size"] < 7


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (place(), "Goris · 3 mentions, 2 articles"),
        (place(articles=1, mentions=1), "Goris · 1 mention, 1 article"),
        (place(articles=1200, mentions=4800), "Goris · 4,800 mentions, 1,200 articles"),
        (place(vague=12.0), "Goris · 3 mentions, 2 articles · position known to 12 km"),
        (place(kind="region", vague=90.0), "Goris · 3 mentions, 2 articles"),  # an area has no exact position
    ],
)
def test_hover_label(row, label):
    assert drawn(row)[0]["properties"]["label"] == label


def test_islets_are_left_out_and_points_rounded():
    shape = MultiPolygon([box(43.123456, 38, 47, 41), box(50, 40, 50.01, 40.01)])
    [simple] = simplify_areas(gpd.GeoDataFrame(geometry=[shape], crs=4326)).geometry
    [feature] = drawn(shapes=[("AM", "Armenia", "country", simple)])
    assert feature["geometry"]["type"] == "Polygon"
    assert "43.1235" in json.dumps(feature["geometry"])


def test_rows_without_a_position_are_not_drawn():
    assert drawn(place(lon=None, lat=None)) == []
    assert drawn(shapes=[("AM", "Armenia", "country", None)]) == []


def test_empty_frames_give_an_empty_layer():
    layer = places_layer(places(), areas(), selected=None)
    assert not layer._children
    assert "geo_json" not in rendered(layer)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_reach_the_page_only_as_escaped_properties(name):
    shape = ("AM", name, "country", box(43, 38, 47, 41))
    layer = places_layer(places(place(name=name)), areas(shape), selected="goris")
    script = rendered(layer)
    for feature in drawn(place(name=name), shapes=[shape]):
        assert html.unescape(feature["properties"]["name"]) == name
        assert not set("<>\"'{}") & set(feature["properties"]["name"] + feature["properties"]["label"])
    assert "<img" not in script
    assert "111111111" not in script
    assert script.count("</script>") == rendered(places_layer(places(place()), areas(), selected=None)).count(
        "</script>"
    )


def test_no_name_is_a_layer_name_a_popup_or_an_icon():
    script = rendered(places_layer(places(place(name="QQQ")), areas(), selected=None))
    assert script.count("QQQ") == 2  # the properties name and label
    assert "bindPopup" not in script
    assert "divIcon" not in script.lower()


def test_base_map_is_the_same_for_the_same_bounds_and_theme():
    def text(**given):
        chart = base_map(**given)
        return chart.get_root().render().replace(chart._id, "").replace(chart.get_root()._id, "")

    def stable(script):
        return sorted(line for line in script.splitlines() if "dateline.basemap" in line or "fitBounds" in line)

    bounds = (43.0, 38.0, 51.0, 42.0)
    assert stable(text(bounds=bounds, dark=True))[0].strip() == stable(text(bounds=bounds, dark=True))[0].strip()
    assert '"dark": true' in text(bounds=bounds, dark=True)
    assert '"dark": false' in text(bounds=bounds, dark=False)
    assert "[[38.0, 43.0], [42.0, 51.0]]" in text(bounds=bounds, dark=False)  # folium counts latitude first


def test_every_script_and_style_is_a_file_of_ours():
    for _, address in OfflineMap.default_js + OfflineMap.default_css:
        assert address.startswith("../../app/static/")
        assert (STATIC / address.removeprefix("../../app/static/")).is_file()
    page = base_map(bounds=(0, 0, 1, 1), dark=False).get_root().render()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_vendored_packages_carry_their_licences():
    for folder in (f for f in (STATIC / "vendor").iterdir() if f.is_dir()):
        assert list(folder.glob("LICENSE*")), folder


def test_tiles_are_pmtiles_of_the_world_to_zoom_6_and_small():
    tiles = STATIC / "basemap.pmtiles"
    header = tiles.read_bytes()[:127]
    assert header[:8] == b"PMTiles\x03"  # https://github.com/protomaps/PMTiles, version 3: zooms at bytes 100 and 101
    assert (header[100], header[101]) == (0, 6)
    assert tiles.stat().st_size < 15_000_000


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (None, None),  # nothing clicked yet
        ({}, None),
        ({"last_active_drawing": None}, None),
        ({"last_active_drawing": {"properties": {"id": "goris"}}}, "goris"),
        ({"last_active_drawing": {"properties": {"id": "unknown"}}}, None),  # not on this map
        ({"last_active_drawing": {"properties": {"id": ["goris"]}}}, None),  # the browser may send anything
        ({"last_active_drawing": {"properties": {"id": {"a": 1}}}}, None),
        ({"last_active_drawing": {"properties": None}}, None),
        ({"last_active_drawing": "goris"}, None),
        ("goris", None),
    ],
)
def test_clicked_place_takes_only_known_ids(event, expected):
    assert clicked_place(event, {"goris", "lachin"}) == expected
