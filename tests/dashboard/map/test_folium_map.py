"""The map: what is drawn, in which order, and that no name can become markup or script."""

import html
import json
import re
import struct

import pandas as pd
import pytest
from builders import ROOT

from dashboard.map import folium_map as map_
from dashboard.map.features import escaped
from dashboard.map.folium_map import TONES, OfflineMap, base_map, clicked_place, layer, points

STATIC = ROOT / "dashboard" / "static"
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


def place(
    id_="goris",
    *,
    name="Goris",
    kind="city",
    lon=46.34,
    lat=39.51,
    articles=2,
    mentions=3,
    earlier=0,
    named=0,
    vague=None,
):
    return {
        "id": id_,
        "name": name,
        "kind": kind,
        "lon": lon,
        "lat": lat,
        "articles": articles,
        "mentions": mentions,
        "sources": articles,
        "earlier": earlier,
        "named": named,
        "uncertainty_km": vague or 1.0,
        "approximate": vague is not None,
    }


def places(*rows):
    return pd.DataFrame(list(rows), columns=list(place()))


def symbols(*rows, selected=None):
    """Return the points as records."""
    names = ["id", "name", "lon", "lat", "mentions", "articles", "symbol", "size", "km", "tone"]
    return [dict(zip(names, row, strict=True)) for row in points(places(*rows), selected=selected)]


def shape(id_="AM", name="Armenia"):
    properties = {"id": id_, "name": escaped(name), "label": escaped(name), "symbol": "area"}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [45, 40]}}


def rendered(group):
    """Return the script that the browser gets for a layer."""
    chart = base_map(bounds=(40, 36, 54, 44), dark=False)
    group.add_to(chart)
    return chart.get_root().render()


def data_of(group):
    """Return what a layer hands to the script in the browser."""
    (given,) = re.findall(r"dateline\.draw\(\w+, (.*)\);", rendered(group))
    return json.loads(given)


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
    [found] = symbols(place(kind=kind))
    assert (found["symbol"], found["lon"], found["lat"]) == (symbol, 46.34, 39.51)


def test_areas_lie_below_towns_with_the_most_named_first():
    rows = [place("few", articles=1), place("many", articles=9), place("lake", kind="lake", articles=20)]
    assert [row["id"] for row in symbols(*rows)] == ["lake", "many", "few"]


def test_the_selected_symbol_lies_on_top():
    assert [row["id"] for row in symbols(place("a", articles=9), place("b", articles=1), selected="a")] == ["b", "a"]


def test_the_selected_shape_alone_is_marked_and_stays_below_smaller_ones():
    shapes = data_of(layer([], [shape("AM"), shape("syunik")], selected="AM"))["shapes"]
    assert [(f["properties"]["id"], f["properties"]["selected"]) for f in shapes] == [("AM", True), ("syunik", False)]


def test_size_grows_with_articles_within_bounds():
    sizes = [row["size"] for row in symbols(*(place(str(n), articles=n) for n in (1, 4, 400, 5000)))]
    assert sizes == sorted(sizes, reverse=True)  # the largest is drawn first
    assert map_.SMALLEST < sizes[-1] < 5
    assert sizes[0] == map_.LARGEST


def test_in_a_small_corpus_the_most_named_place_is_not_the_largest_symbol():
    assert symbols(place(articles=1))[0]["size"] < 7


@pytest.mark.parametrize(
    ("row", "km"),
    [
        (place(), 0),
        (place(vague=12.4), 12),
        (place(vague=0.2), 1),  # in doubt, and 0 would mean that it is not
        (place(kind="region", vague=90.0), 0),  # an area has no exact position
    ],
)
def test_only_a_doubtful_position_carries_its_distance(row, km):
    assert symbols(row)[0]["km"] == km


@pytest.mark.parametrize(
    ("earlier", "named", "tone"),
    [
        (0, 0, "full"),
        (2, 0, "full"),  # something else happened there as well
        (2, 1, "hollow"),  # ... or it was named besides
        (3, 0, "hollow"),
        (0, 2, "full"),
        (0, 3, "grey"),
    ],
)
def test_a_place_without_an_event_of_now_is_quieter(earlier, named, tone):
    assert TONES[symbols(place(mentions=3, earlier=earlier, named=named))[0]["tone"]] == tone


def test_a_place_that_was_not_chosen_is_not_quieter():
    assert TONES[symbols(place(mentions=0))[0]["tone"]] == "full"


def test_rows_without_a_position_are_not_drawn():
    assert symbols(place(lon=None, lat=None)) == []


def test_empty_frames_give_an_empty_layer():
    given = data_of(layer(points(places(), selected=None)))
    assert (given["points"], given["shapes"], given["focus"], given["legend"]) == ([], [], [], [])


def test_three_thousand_places_are_half_a_megabyte_at_most():
    many = [place(str(10**6 + i), name=f"A place of this name {i}", lon=i / 100 + 0.1234) for i in range(3000)]
    assert len(rendered(layer(points(places(*many), selected=None)))) < 500_000


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_words_reach_the_page_only_as_escaped_data(name):
    legend = [{"symbol": "shade", "step": 1, "text": name}]
    group = layer(points(places(place(name=name)), selected="goris"), [shape(name=name)], legend=legend, words=name)
    script, given = rendered(group), data_of(group)
    texts = [
        given["points"][0][1],
        given["shapes"][0]["properties"]["name"],
        given["words"],
        given["legend"][0]["text"],
    ]
    for text in texts:
        assert html.unescape(text) == name
        assert not set("<>\"'{}") & set(text)
    assert "<img" not in script
    assert "111111111" not in script
    assert script.count("</script>") == rendered(layer()).count("</script>")


def test_no_name_is_a_layer_name_a_popup_or_an_icon():
    script = rendered(layer(points(places(place(name="QQQ")), selected=None)))
    assert script.count("QQQ") == 1
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


@pytest.mark.parametrize(
    ("name", "zooms", "west_south_east_north"),
    [("basemap", (0, 6), None), ("basemap_detail", (6, 9), (39.375, 36.597889, 50.625, 45.089036))],
)
def test_tiles_are_pmtiles_of_their_zooms(name, zooms, west_south_east_north):
    # https://github.com/protomaps/PMTiles, version 3: zooms at bytes 100 and 101, then the bounds in 1e-7 degrees
    header = (STATIC / f"{name}.pmtiles").read_bytes()[:127]
    assert header[:8] == b"PMTiles\x03"
    assert (header[100], header[101]) == zooms
    if west_south_east_north:
        assert struct.unpack("<4i", header[102:118]) == tuple(round(d * 1e7) for d in west_south_east_north)


def test_the_tiles_are_small():
    assert sum(path.stat().st_size for path in STATIC.glob("*.pmtiles")) < 15_000_000


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
