"""Discs, rings, sectors and lenses measured on the globe."""

import numpy as np
import pytest
from builders import km
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geodata.extents.outlines import away, bearing, disc, lens, ring, sector

POINTS = st.tuples(st.floats(-170, 170), st.floats(-80, 80))


@given(POINTS, st.floats(0, 359), st.floats(1, 300))
def test_one_arrives_as_far_away_as_one_went(point, turn, length):
    ((lon, lat),) = away(point, turn, length)
    assert km(point, (lon, lat)) == pytest.approx(length, rel=1e-6, abs=1e-3)
    assert abs((bearing(point, (lon, lat)) - turn + 180) % 360 - 180) < 0.1


@given(POINTS, st.floats(1, 200))
def test_a_disc_is_round(point, radius):
    corners = np.array(disc(point, radius).exterior.coords)
    assert [km(point, tuple(corner)) for corner in corners] == pytest.approx([radius] * len(corners), rel=1e-3)


def test_a_ring_leaves_its_middle_out():
    hollow = ring((45, 40), 10, 20)
    assert not hollow.contains(Point(45, 40))
    assert hollow.contains(Point(45, 40.135))
    assert ring((45, 40), 0, 20).contains(Point(45, 40))


@pytest.mark.parametrize(
    ("turn", "inside"), [(0, (45, 40.1)), (90, (45.13, 40)), (180, (45, 39.9)), (315, (44.9, 40.08))]
)
def test_a_sector_points_where_it_should(turn, inside):
    wedge = sector((45, 40), turn, 22.5, 5, 20)
    assert wedge.is_valid
    assert wedge.contains(Point(inside))
    assert not wedge.contains(Point(90 - inside[0], 80 - inside[1]))  # the opposite side


def test_a_sector_from_the_point_itself():
    assert sector((45, 40), 90, 20, 0, 20).touches(Point(45, 40))


def test_a_lens_holds_both_ends_and_is_no_wider_than_said():
    shape = lens((45, 40), (45.3, 40), 1, 1, 5)
    assert shape.contains(Point(45, 40)) and shape.contains(Point(45.3, 40))
    assert shape.contains(Point(45.15, 40.04)) and not shape.contains(Point(45.15, 40.06))
    assert not shape.contains(Point(45, 40.02))
