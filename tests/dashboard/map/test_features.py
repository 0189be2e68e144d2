"""Shapes on the map: what is drawn in which order, tinted how, and the words for it."""

import html
import json
from datetime import date

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from dashboard.map.features import (
    STEPS,
    extents,
    held,
    outlines,
    shades,
    simplify_areas,
    simplify_coverage,
    steps,
    who_held_what,
)

EVIL = """<img src=x onerror="x">'`${1}{{ 1 }}"""


def frame(*rows):
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=4326)


def area(id_, shape, *, name="Armenia", kind="country", mentions=1, articles=1):
    return {"id": id_, "name": name, "kind": kind, "mentions": mentions, "articles": articles, "geometry": shape}


def region(code, shape, *, name="Syunik", mentions=3, places=2):
    return {"code": code, "name": name, "mentions": mentions, "places": places, "geometry": shape}


def unit(code, shape, *, name="Shusha", other="Shushi", holder="Valley", divided=False, until=None, note=""):
    return {
        "unit": code,
        "name": name,
        "other_name": other,
        "holder": holder,
        "divided": divided,
        "since": date(2020, 11, 10),
        "until": until,
        "note": note,
        "source": "The Gazette, 10 November 2020",
        "source_url": "https://example.org/a",
        "geometry": shape,
    }


def extent(id_, shape, *, kind="line", status="", words="as the text says"):
    return {
        "id": id_,
        "name": "A to B",
        "kind": kind,
        "status": status,
        "words": words,
        "mentions": 2,
        "geometry": shape,
    }


def test_wide_areas_lie_below_small_ones():
    rows = [area("syunik", box(45, 39, 47, 40), kind="admin1"), area("AM", box(43, 38, 47, 41))]
    assert [f["properties"]["id"] for f in outlines(frame(*rows))] == ["AM", "syunik"]


def test_a_row_without_a_shape_is_not_drawn():
    assert outlines(frame(area("AM", None))) == []


def test_islets_are_left_out_and_points_rounded():
    shape = MultiPolygon([box(43.123456, 38, 47, 41), box(50, 40, 50.01, 40.01)])
    [simple] = simplify_areas(gpd.GeoDataFrame(geometry=[shape], crs=4326)).geometry
    [feature] = outlines(frame(area("AM", simple)))
    assert feature["geometry"]["type"] == "Polygon"
    assert "43.1235" in json.dumps(feature["geometry"])


def test_tinted_neighbours_leave_no_gap():
    border = [(45 + 0.0001 * (i % 2), 39 + i / 100) for i in range(101)]
    west = Polygon([(44, 40), (44, 39), *border])
    east = Polygon([(47, 40), (47, 39), *border])
    simple = simplify_coverage(gpd.GeoDataFrame(geometry=[west, east], crs=4326)).geometry.values
    assert shapely.get_num_coordinates(simple).sum() < 50
    assert shapely.area(shapely.union_all(simple)) == pytest.approx(3) == pytest.approx(shapely.area(simple).sum())


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([], []),
        ([1], [1]),
        ([1, 2], [1, 2]),
        ([3], [1, 2]),
        ([44], [1, 2, 5, 10, 20]),
        ([5000, 1], [1, 10, 100, 500, 5000]),
    ],
)
def test_steps_begin_at_round_numbers(mentions, expected):
    assert steps(mentions) == expected


@given(st.lists(st.integers(1, 10**6), min_size=1))
def test_every_region_has_one_step_and_more_mentions_never_a_lighter_one(mentions):
    rows = frame(*(region(f"R{i}", box(i, 0, i + 1, 1), mentions=n) for i, n in enumerate(mentions)))
    features, legend = shades(rows)
    by_code = {f["properties"]["id"]: f["properties"]["step"] for f in features}
    found = sorted((n, by_code[f"in:R{i}"]) for i, n in enumerate(mentions))
    assert [step for _, step in found] == sorted(step for _, step in found)
    assert {step for _, step in found} <= {row["step"] for row in legend}
    assert len(legend) == len({row["step"] for row in legend}) <= STEPS


def test_the_legend_of_tints_says_the_ranges_in_words():
    rows = frame(region("A", box(0, 0, 1, 1), mentions=1), region("B", box(1, 0, 2, 1), mentions=12))
    assert [row["text"] for row in shades(rows)[1]] == [
        "1 mention",
        "2 to 4 mentions",
        "5 to 9 mentions",
        "10 to 12 mentions",
    ]


def test_a_tinted_region_is_selected_as_a_whole():
    [feature], _ = shades(frame(region("ARM-1732", box(0, 0, 1, 1))))
    assert feature["properties"]["id"] == "in:ARM-1732"
    assert feature["properties"]["label"] == "Syunik\n3 mentions of 2 places"


def test_each_holder_has_a_pattern_and_a_divided_district_that_of_none():
    shapes = [box(i, 0, i + 1, 1) for i in range(4)]
    rows = frame(
        unit("A", shapes[0]),
        unit("B", shapes[1], holder="Hill"),
        unit("C", shapes[2]),
        unit("D", shapes[3], holder="Hill; Valley", divided=True),
    )
    features, legend = held(rows)
    drawn = {f["properties"]["id"]: (f["properties"]["divided"], f["properties"]["holder"]) for f in features}
    assert drawn == {"held:A": (False, 1), "held:B": (False, 0), "held:C": (False, 1), "held:D": (True, 0)}
    assert [row["text"] for row in legend] == ["held by Hill", "held by Valley", "divided between several holders"]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            unit("A", None),
            "Shusha / Shushi: held by Valley, from 10 November 2020. Source: The Gazette, 10 November 2020",
        ),
        (
            unit("A", None, until=date(2023, 9, 19), note="the line is not in our data", divided=True),
            "Shusha / Shushi: divided: Valley, from 10 November 2020 to 19 September 2023 (the line is not in our "
            "data). Source: The Gazette, 10 November 2020",
        ),
        (
            unit("A", None, other=""),  # one name only
            "Shusha: held by Valley, from 10 November 2020. Source: The Gazette, 10 November 2020",
        ),
    ],
)
def test_every_status_is_told_with_its_source(row, line):
    assert who_held_what(frame(row)) == [line]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (extent("e1", LineString([(0, 0), (1, 1)]), status="existing"), "line, in use"),
        (extent("e1", LineString([(0, 0), (1, 1)]), status="blockaded"), "line, blockaded"),
        (extent("e1", LineString([(0, 0), (1, 1)]), status="proposed"), "line, proposed, not built"),
        (extent("e1", box(0, 0, 1, 1), kind="stretch"), "stretch between places"),
        (extent("e1", box(0, 0, 1, 1), kind="sector"), "direction"),
        (extent("e1", box(0, 0, 1, 1), kind="ring"), "distance around"),
    ],
)
def test_lines_and_stretches_say_what_they_are_in_words(row, told):
    [feature] = extents(frame(row))
    assert feature["properties"]["label"] == f"As the text says\n{told} · 2 mentions"
    assert (feature["properties"]["kind"], feature["properties"]["status"]) == (row["kind"], row["status"])


@pytest.mark.parametrize(
    "features",
    [
        outlines(frame(area("A", box(0, 0, 1, 1), name=EVIL))),
        shades(frame(region("A", box(0, 0, 1, 1), name=EVIL)))[0],
        held(frame(unit("A", box(0, 0, 1, 1), name=EVIL)))[0],
        extents(frame(extent("A", box(0, 0, 1, 1), words=EVIL))),
    ],
    ids=["outlines", "shades", "held", "extents"],
)
def test_names_and_words_are_escaped(features):
    for text in (features[0]["properties"]["name"], features[0]["properties"]["label"]):
        assert not set("<>\"'{}") & set(text)
    assert EVIL in html.unescape(features[0]["properties"]["label"])
