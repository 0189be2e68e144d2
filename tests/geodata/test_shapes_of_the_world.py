"""Every city of the world is in its own country, and nearly all lie in the shape of their own province."""

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from geodata import DATA
from geodata.regions.shapes import read_regions, region_names

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cities():
    columns = ["name", "kind", "country", "lon", "lat", "region", "region_method"]
    places = pq.ParquetFile(DATA / "places.parquet").read(columns).to_pandas()
    cities = places[places.kind == "city"].reset_index(drop=True)
    return cities.assign(**{column: cities[column].astype(str) for column in ("country", "region", "region_method")})


@pytest.fixture(scope="module")
def shapes():
    return read_regions().set_index("code").geometry


def share_within(cities, column, shapes, degrees):
    """Return the share of the cities that lie within so many degrees of the shape whose code is in the column."""
    points = shapely.STRtree(shapely.points(cities.lon, cities.lat))
    codes = np.array([code for code in cities[column].unique() if code in shapes.index])
    shape, point = points.query(shapes.loc[codes].values, predicate="dwithin", distance=degrees)
    return len(np.unique(point[codes[shape] == cities[column].values[point]])) / len(cities)


def test_there_are_as_many_as_in_cities500(cities):
    assert len(cities) > 230_000


def test_the_province_given_is_of_the_own_country(cities):
    given = cities.region.map(region_names().country)
    assert (given == cities.country).mean() >= 0.999
    # never of another country; the rest know their country only
    assert (given.dropna() == cities.country[given.notna()]).all()
    assert set(cities.region_method[given.isna()]) <= {"country", ""}


def test_the_shape_of_the_own_country_is_where_they_lie(cities, shapes):
    # by the shapes alone, which are simplified at 0.01 degrees and lie kilometres off in places
    assert share_within(cities, "country", shapes, 0.0) >= 0.98
    assert share_within(cities, "country", shapes, 0.02) >= 0.995


def test_finer_borders_leave_no_town_on_the_wrong_side(cities, shapes):
    countries = shapes[shapes.index.str.len() == 2]
    here = cities[cities.country.isin(["AM", "AZ", "GE"])].reset_index(drop=True)
    point, shape = shapely.STRtree(countries.values).query(shapely.points(here.lon, here.lat), predicate="within")
    own = countries.index[shape] == here.country.iloc[point]
    assert list(here.name.iloc[point][~own]) == []
    assert set(here.name[~here.index.isin(point)]) <= {"Neft Daşları"}  # on piles in the Caspian


def test_the_shape_of_the_province_given_is_where_they_lie(cities, shapes):
    assert share_within(cities, "region", shapes, 0.05) >= 0.99


@pytest.mark.parametrize(
    ("name", "country", "near", "iso"),
    [
        # the ten check towns
        ("Goris", "AM", (46.34, 39.51), "AM-SU"),
        ("Jermuk", "AM", (45.67, 39.84), "AM-VD"),
        ("Sotk", "AM", (45.87, 40.20), "AM-GR"),
        ("Yerevan", "AM", (44.51, 40.18), "AM-ER"),
        ("Baku", "AZ", (49.89, 40.38), "AZ-BA"),
        ("Ganja", "AZ", (46.36, 40.68), "AZ-GA"),
        ("Moscow", "RU", (37.62, 55.75), "RU-MOW"),
        ("Prague", "CZ", (14.42, 50.09), "CZ-10"),
        ("Astana", "KZ", (71.45, 51.18), "KZ-71"),
        ("Hadrut", "AZ", (47.03, 39.52), "AZ-XVD"),
        # where the shapes of Natural Earth are wrong: another district, or even another country
        ("Laçın", "AZ", (46.55, 39.64), "AZ-LAC"),
        ("Jabrayil", "AZ", (47.03, 39.40), "AZ-CAB"),
        ("Julfa", "AZ", (45.63, 38.95), "AZ-CUL"),
        ("Agarak", "AM", (46.19, 38.87), "AM-SU"),
        ("Kornidzor", "AM", (46.53, 39.55), "AM-SU"),
        ("Khnatsakh", "AM", (46.39, 39.61), "AM-SU"),
    ],
)
def test_the_town_is_in_its_province(cities, name, country, near, iso):
    there = cities[(cities.name == name) & (cities.country == country)]
    there = there[(there.lon - near[0]).abs().lt(0.05) & (there.lat - near[1]).abs().lt(0.05)]
    assert len(there) == 1
    assert list(there.region.map(region_names().iso)) == [iso]
