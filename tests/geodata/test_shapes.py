"""Which province a place lies in: the gazetteer's code first, then the shape, and never a shape over the country."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geodata.errors import DataFileError
from geodata.regions import shapes as regions_module
from geodata.regions.shapes import join_regions, read_regions, region_names


def world(*provinces):
    """Provinces as squares of one degree: (code, country, GeoNames code, west)."""
    frame = pd.DataFrame(
        [
            {"code": code, "name": code, "level": 1, "country": country, "gn_a1_code": names}
            for code, country, names, _ in provinces
        ]
    )
    shapes = [box(west, 0, west + 1, 1) for *_, west in provinces]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)


# Aland has two provinces and Beland one, side by side; Aland's codes are right.
WORLD = world(("A-1", "AA", "AA.01", 0), ("A-2", "AA", "AA.02", 1), ("B-1", "BB", "", 2))
AGREEING = [
    ("AA", "01", 0.2, 0.5),
    ("AA", "01", 0.4, 0.5),
    ("AA", "02", 1.5, 0.5),
    ("AA", "02", 1.6, 0.5),
    ("AA", "02", 1.7, 0.5),
]


def join(*places, shapes=WORLD, others=AGREEING):
    """Return region and method of each place (country, admin1, lon, lat); the `others` show how far codes agree."""
    frame = pd.DataFrame([*places, *others], columns=["country", "admin1", "lon", "lat"])
    joined = join_regions(frame, shapes)
    return list(zip(joined.region, joined.region_method, strict=True))[: len(places)]


@pytest.mark.parametrize(
    ("place", "region", "method"),
    [
        (("AA", "01", 0.5, 0.5), "A-1", "code"),  # code and shape agree
        (("AA", "01", 1.01, 0.5), "A-1", "code"),  # the shape is drawn a little off: the code decides
        (("AA", "01", 2.01, 0.5), "A-1", "code"),  # even where it lies abroad by the shape
        (("AA", "", 1.5, 0.5), "A-2", "inside"),  # no code: the shape it lies in
        (("AA", "99", 1.5, 0.5), "A-2", "inside"),  # a code without a shape
        (("BB", "07", 2.5, 0.5), "B-1", "inside"),
        (("BB", "", 1.9, 0.5), "B-1", "nearest"),  # in the other country's shape: never that one
        (("BB", "", 2.5, 1.1), "B-1", "nearest"),  # off the coast
        (("BB", "", 2.5, 1.5), "", "country"),  # too far off for any
        (("CC", "", 0.5, 0.5), "", "country"),  # a country without a shape
        (("", "", 50.0, 50.0), "", ""),  # no country, nowhere
        (("", "", 0.5, 0.5), "", ""),  # no country: no shape says which
    ],
)
def test_the_rule(place, region, method):
    assert join(place) == [(region, method)]


def test_codes_are_not_trusted_where_they_disagree_with_the_shapes():
    # every other code is swapped
    others = [("AA", "01", 1.2, 0.5), ("AA", "01", 1.4, 0.5), ("AA", "02", 0.5, 0.5), ("AA", "02", 1.6, 0.5)]
    assert join(("AA", "01", 1.5, 0.5), others=others) == [("A-2", "inside")]


def test_a_code_of_two_shapes_decides_nothing():
    shapes = world(("A-1", "AA", "AA.01", 0), ("A-2", "AA", "AA.01", 1))
    assert join(("AA", "01", 1.5, 0.5), shapes=shapes, others=()) == [("A-2", "inside")]


def test_no_places():
    frame = pd.DataFrame({"country": [], "admin1": [], "lon": [], "lat": []}).astype({"country": str, "admin1": str})
    assert join_regions(frame, WORLD).empty


def test_the_rows_keep_their_order_and_index():
    frame = pd.DataFrame(AGREEING, columns=["country", "admin1", "lon", "lat"], index=[9, 7, 5, 3, 1])
    joined = join_regions(frame, WORLD)
    assert list(joined.index) == [9, 7, 5, 3, 1]
    assert list(joined.region) == ["A-1", "A-1", "A-2", "A-2", "A-2"]


# ---- the shipped shapes


def test_read_some_regions():
    some = read_regions({"AM", "ARM-1732"})
    assert set(some.code) == {"AM", "ARM-1732"}
    assert some.crs.to_epsg() == 4326
    assert read_regions(set()).empty
    assert read_regions({"no such code"}).empty


def test_names_of_regions():
    names = region_names()
    assert names.name["ARM-1732"] == "Syunik"
    assert names.name["AM"] == "Armenia"
    assert names.level["AM"] == 0
    assert names.index.is_unique


def test_a_country_is_the_sum_of_its_provinces():
    own = read_regions()[lambda frame: frame.country == "AM"]
    country = own[own.level == 0].geometry.iloc[0]
    assert own[own.level == 1].geometry.union_all().symmetric_difference(country).area < 1e-6


def test_missing_shapes_are_named_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(regions_module, "DATA", tmp_path)
    with pytest.raises(DataFileError, match=r"regions\.parquet.*make data"):
        read_regions()


def test_damaged_shapes_are_named_with_the_way_out(tmp_path, monkeypatch):
    (tmp_path / "regions.parquet").write_text("version https://git-lfs.example/spec/v1\n")
    monkeypatch.setattr(regions_module, "DATA", tmp_path)
    with pytest.raises(DataFileError, match=r"regions\.parquet.*make data"):
        read_regions()
