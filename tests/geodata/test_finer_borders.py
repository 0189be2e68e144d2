"""Provinces cut at finer borders, and rivers drawn on the borders they are."""

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box

from geodata.sources.basemap_detail import on_border
from geodata.sources.finer_borders import fit_provinces, lead_on, replace_within, shared_edges

FRAME = box(0, 0, 4, 4)
# Two countries that meet at x = 2, and a third beyond the frame; the west has two provinces that meet at y = 2.
COARSE = gpd.GeoDataFrame(
    {"code": ["W1", "W2", "E1", "N1"], "country": ["W", "W", "E", "N"]},
    geometry=[box(-1, 0, 2, 2), box(-1, 2, 2, 4), box(2, 0, 4, 4), box(0, 4, 4, 6)],
    crs=4326,
)
OUTLINES = {"WST": box(-1, 0, 2.05, 4), "EST": box(2.05, 0, 4, 4)}  # the border lies further east
OUTLINES = {name: outline.intersection(FRAME) for name, outline in OUTLINES.items()}


def fitted(outlines=OUTLINES, coarse=COARSE):
    return fit_provinces(coarse, outlines, FRAME)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((1, 1), "W1"),
        ((1, 3), "W2"),
        ((2.02, 1), "W1"),  # the east's, on the coarse map
        ((2.02, 3), "W2"),  # on the right side of the line between provinces, which now ends at the new border
        ((2.08, 1), "E1"),
        ((3, 3), "E1"),
    ],
)
def test_the_finer_border_decides_on_whose_side_a_point_lies(point, code):
    found = fitted()
    assert list(found.index[found.contains(Point(point))]) == [code]


def test_fitted_provinces_meet_without_gap_or_overlap():
    found = fitted()
    assert shapely.coverage_is_valid(found.values)
    assert shapely.area(found.values).sum() == pytest.approx(FRAME.area)
    assert sum(line.length for line in shared_edges(found)) == pytest.approx(4 + 2.05)


def test_a_sliver_between_two_outlines_is_the_nearest_ones_and_open_sea_is_nobodys():
    outlines = {"WST": box(0, 0, 2.05, 4), "EST": box(2.051, 0, 3.5, 4)}
    found = fitted(outlines)
    assert shapely.union_all(found.values).area == pytest.approx(3.5 * 4)
    assert not found.contains(Point(3.8, 2)).any()


def test_outside_the_frame_all_stays_as_it_was():
    whole = replace_within(FRAME, COARSE, fitted()).set_index("code").geometry
    before = COARSE.set_index("code").geometry
    for code in before.index:
        assert whole[code].difference(FRAME).equals(before[code].difference(FRAME))
    assert whole["W1"].geom_type == "Polygon"  # no seam along the frame
    assert whole["W1"].area == pytest.approx(3.05 * 2)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (None, [(0, 0), (0, 1), (2, 1), (2, 0)]),  # both ends are near
        (box(-0.5, 0.5, 0.5, 1.5), [(0, 0), (0, 1), (2, 1)]),
        (box(5, 5, 6, 6), [(0, 1), (2, 1)]),
    ],
)
def test_a_line_is_led_on_to_what_it_should_reach(where, expected):
    led = lead_on(LineString([(0, 1), (2, 1)]), LineString([(-1, 0), (3, 0)]), within=1.0, where=where)
    assert list(led.coords) == expected


def test_a_line_too_far_away_or_already_there_stays_as_it_is():
    line = LineString([(0, 0), (2, 3)])
    assert lead_on(line, LineString([(-1, 0), (3, 0)]), within=1.0).equals(line)


def test_a_river_beside_the_border_is_drawn_on_it_with_what_flows_into_it():
    border = LineString([(0, 0), (2, 0)])
    river = LineString([(0, 0.02), (1.8, 0.02)])
    tributary = LineString([(1, 0.02), (1, 1)])
    drawn = on_border(shapely.union_all([river, tributary]), border)
    assert not drawn.intersects(LineString([(0.2, 0.02), (0.9, 0.02)]))
    assert drawn.contains(LineString([(0.2, 0), (1.7, 0)]))
    assert drawn.intersects(Point(1, 0.5)) and shapely.line_merge(drawn).geom_type == "MultiLineString"
    assert drawn.distance(Point(1, 0)) == 0


def test_a_river_that_only_crosses_the_border_keeps_its_course():
    rivers = MultiLineString([[(1, -1), (1, 1)], [(0, 0.5), (2, 0.5)]])
    assert on_border(rivers, LineString([(0, 0), (2, 0)])).equals(rivers)
