"""Stretches, sectors and lines in the index: one shape however often told, under every filter, and its passages."""

from datetime import date

import pytest
from builders import build, front

from corpus.index.connection import open_index
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.records import ROLES

TEXTS = {
    "one.md": front(
        "The road between Goris and Kornidzor was shelled on 13 September 2022. Soldiers stood along the border of "
        "Armenia and Azerbaijan.",
        date="2022-09-14",
        outlet="Valley Times",
    ),
    "two.md": front(
        "The Lachin corridor was blocked on 12 December 2022. Villagers saw the border of Armenia and Azerbaijan "
        "closed.",
        date="2022-12-13",
        outlet="River Post",
    ),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with open_index(build(tmp_path_factory.mktemp("stretches"), TEXTS)) as opened:
        yield opened


def test_a_border_told_twice_is_one_line(index):
    found = stretches.extents(index, Filters()).set_index("name")
    assert found.loc["border of Armenia and Azerbaijan"].mentions == 2
    assert found.loc["border of Armenia and Azerbaijan"].articles == 2
    assert set(found.geometry.geom_type) <= {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def test_a_corridor_is_the_place_itself(index):
    found = stretches.extents(index, Filters())
    corridor = found[found.name.str.contains("Lachin")].iloc[0]
    assert corridor.id == "lachin-corridor"
    assert corridor.kind == "line"


def test_what_is_no_place_has_an_id_of_its_own(index):
    found = stretches.extents(index, Filters())
    between = found[found.kind == "stretch"].iloc[0]
    assert between.id.startswith(stretches.EXTENT)
    assert between.id in set(stretches.extents(index, Filters(roles=ROLES)).id)
    (passage,) = stretches.passages(index, between.id, Filters()).itertuples()
    assert "between Goris and Kornidzor" in passage.text
    assert passage.outlet == "Valley Times"
    ((start, end),) = stretches.spans(index, passage.article, between.id)
    assert TEXTS["one.md"][TEXTS["one.md"].index("The road") :][start:end] == "between Goris and Kornidzor"
    named = queries.mentions_in(index, [passage.passage], stretches.shape_of(between.id), Filters(), of="extent")
    assert list(named.text) == ["Goris", "Kornidzor"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(outlets=("Valley Times",)), {"between Goris and Kornidzor", "border of Armenia and Azerbaijan"}),
        (Filters(since=date(2022, 12, 1)), {"Lachin corridor", "border of Armenia and Azerbaijan"}),
        (Filters(text="shelled", outlets=("River Post",)), set()),
        (Filters(roles=ROLES), {"between Goris and Kornidzor", "border of Armenia and Azerbaijan", "Lachin corridor"}),
    ],
)
def test_filters_hold_for_extents(index, filters, names):
    found = stretches.extents(index, filters)
    assert {name.removeprefix("The ") for name in found.name} == names
    for extent in found[found.id.str.startswith(stretches.EXTENT)].itertuples():
        assert stretches.passages(index, extent.id, filters).mentions.sum() == extent.mentions
