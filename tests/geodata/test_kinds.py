"""The kinds of place: one table, which knows every kind that the gazetteer has."""

import pytest

from geodata import DATA
from geodata.kinds import kinds_that, label
from geodata.records import AREAS, EntryKind
from geodata.tables import read_rows

KINDS = set(EntryKind.__args__)
PROPERTIES = {
    *("area", "town", "settled", "point", "spot", "unit", "namesake unit", "large", "broad", "wide", "draws"),
    *("anchor", "made by a noun", "takes in a name", "small", "land only", "lesser", "user's"),
}


def test_every_kind_has_a_label_and_each_property_somebody():
    assert all(label(kind) for kind in KINDS)
    assert all(kinds_that(name) and kinds_that(name) <= KINDS for name in PROPERTIES)
    assert kinds_that(*PROPERTIES) == KINDS
    assert {word for row in read_rows(DATA / "kinds.csv") for word in row["properties"].split("|")} == PROPERTIES
    assert label("no kind of ours") == "no kind of ours"


@pytest.mark.parametrize(
    ("lesser", "greater"),
    [
        ("town", "settled"),
        ("town", "point"),
        ("land only", "area"),
        ("broad", "large"),
        ("takes in a name", "made by a noun"),
    ],
)
def test_what_holds_of_one_property_holds_of_the_other(lesser, greater):
    assert kinds_that(lesser) < kinds_that(greater)


def test_a_place_is_drawn_as_an_area_or_as_a_point():
    assert kinds_that("area") == AREAS
    assert not AREAS & kinds_that("town")
    assert kinds_that("town", "area") | {"building", "road", "park"} == KINDS
