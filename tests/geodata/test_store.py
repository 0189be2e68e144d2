"""The gazetteer as an object: look-up by name, id and position, and what it says when its files are damaged."""

import shutil

import pytest
from builders import km

from geodata import DATA
from geodata.errors import DataFileError, GeodataError
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.records import GazetteerEntry, NameType
from geodata.tables import read_rows

FILES = ("places.parquet", "names.parquet", "names.marisa", "families.marisa")


@pytest.fixture
def copied(tmp_path):
    for name in FILES:
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def test_it_is_opened_once():
    assert open_gazetteer() is open_gazetteer()


def test_it_holds_the_world(gazetteer):
    assert len(gazetteer) > 250_000


def test_an_entry_is_complete(gazetteer):
    entry = gazetteer.entry(gazetteer.row_of("174895"))
    assert isinstance(entry, GazetteerEntry)
    assert (entry.id, entry.geonameid, entry.name, entry.kind, entry.country) == (
        "174895",
        174895,
        "Goris",
        "city",
        "AM",
    )
    assert (entry.lon, entry.lat) == pytest.approx((46.34, 39.51), abs=0.02)
    assert entry.population > 10_000
    assert 0 < entry.uncertainty_km <= 5
    # plain numbers and words, which go into JSON and SQL as they are
    assert [type(getattr(entry, name)) for name in ("lon", "lat", "population", "kind")] == [float, float, int, str]


def test_an_entry_of_our_own_has_no_number(gazetteer):
    entry = gazetteer.entry(gazetteer.row_of("zabukh"))
    assert entry.geonameid is None
    assert gazetteer.source(gazetteer.row_of("zabukh"))


@pytest.mark.parametrize("id", ["", "no-such-place", "99999999999", "Goris"])
def test_an_unknown_id_is_none(gazetteer, id):
    assert gazetteer.row_of(id) is None


@pytest.mark.parametrize("name", ["", " ", "nowhereville", "🦊", "Goris Armenia"])
def test_an_unknown_name_is_an_empty_list(gazetteer, name):
    assert gazetteer.find(name) == []


def test_the_columns_agree_with_the_entries(gazetteer):
    for row in range(0, len(gazetteer), 20_011):
        entry = gazetteer.entry(row)
        assert gazetteer.row_of(entry.id) == row
        assert (gazetteer.kind[row], gazetteer.country[row], gazetteer.admin1[row]) == (
            entry.kind,
            entry.country,
            entry.admin1,
        )
        assert (gazetteer.lon[row], gazetteer.lat[row]) == (entry.lon, entry.lat)


def test_names_lead_back(gazetteer):
    row = gazetteer.row_of("147105")
    names = {gazetteer.name(row), *gazetteer.other_names(row)}
    assert {"Shusha", "Shushi"} <= names
    for name in names:
        assert not gazetteer.find(name) or row in gazetteer.find(name), name


def test_a_people_is_not_found_as_a_place(gazetteer):
    assert gazetteer.find("Armenian") == [] or all(
        gazetteer.kind[row] != "country" for row in gazetteer.find("Armenian")
    )
    assert NameType.DEMONYM in {candidate.name_type for candidate in gazetteer.bearers("armenian")}


def test_the_first_found_is_the_best_claim(gazetteer):
    found = [gazetteer.entry(row) for row in gazetteer.find("Paris")]
    assert (found[0].country, found[0].kind) == ("FR", "city")
    assert len({entry.id for entry in found}) == len(found) > 5


def test_nearest(gazetteer):
    found = gazetteer.nearest(46.34, 39.51, limit=5)
    assert gazetteer.id(found[0][0]) == "174895"
    distances = [distance for _, distance in found]
    assert distances == sorted(distances)
    for row, distance in found:
        assert km((gazetteer.lon[row], gazetteer.lat[row]), (46.34, 39.51)) == pytest.approx(distance, rel=1e-3)
    assert {gazetteer.kind[row] for row, _ in found} <= {"city", "village"}


def test_nearest_of_a_kind(gazetteer):
    ((row, _),) = gazetteer.nearest(46.34, 39.51, kinds=["country"])
    assert gazetteer.kind[row] == "country"
    assert gazetteer.nearest(0, 0, kinds=["no such kind"]) == []


# ---- damaged files


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_the_way_out(copied, name):
    (copied / name).unlink()
    with pytest.raises(DataFileError, match="make data") as caught:
        Gazetteer(copied)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_with_the_way_out(copied, name):
    # what a clone holds where large files were not fetched
    (copied / name).write_text("version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n")
    with pytest.raises(GeodataError, match="make data") as caught:
        Gazetteer(copied)
    assert name in str(caught.value)


def test_a_copy_opens(copied):
    assert Gazetteer(copied).find("Goris")


@pytest.mark.parametrize(
    ("id", "years"),
    [("soviet-union", "1922-1991"), ("artsakh", "1991-2023"), ("european-union", "since 1957"), ("174895", "")],
)
def test_the_years_of_what_is_no_more(id, years, gazetteer):
    assert gazetteer.entry(gazetteer.row_of(id)).years == years


@pytest.mark.parametrize(
    ("name", "kind", "where"),
    [
        # a first word in full or short
        ("Ft. Worth", "city", (-97.32, 32.73)),
        ("Mt. Pleasant", "city", (-79.86, 32.79)),
        ("St. Petersburg", "city", (30.31, 59.94)),
        # districts, airports, parks, counties of our own table
        ("Khayelitsha", "building", (18.68, -34.04)),
        ("Karrada", "building", (44.43, 33.30)),
        ("Jomo Kenyatta International Airport", "building", (36.93, -1.32)),
        ("Zion National Park", "natural", (-113.03, 37.30)),
        ("West Yorkshire", "region", (-1.7, 53.75)),
        ("Jutland", "region", (9.3, 56.2)),
        # a province by its English name
        ("Chechnya", "admin1", (45.7, 43.4)),
    ],
)
def test_well_known_places(name, kind, where, gazetteer):
    entries = [gazetteer.entry(row) for row in gazetteer.find(name)]
    near = [entry for entry in entries if entry.kind == kind and km((entry.lon, entry.lat), where) < 60]
    assert near, [(entry.name, entry.kind, entry.lon, entry.lat) for entry in entries]


NEWS = read_rows(DATA / "news_names.csv")


@pytest.mark.parametrize("row", NEWS, ids=[row["name"] for row in NEWS])
def test_what_english_news_calls_a_place_leads_to_it(row, gazetteer):
    place = gazetteer.row_of(row["id"])
    assert gazetteer.name(place) == row["name"]
    assert row["english"] or row["tens"]
    for name in filter(None, row["english"].split("|")):
        named = [c for c in gazetteer.bearers(name_key(name)) if c.row == place]
        assert [c.name_type for c in named] == [NameType.OFFICIAL], name
    assert not row["tens"] or gazetteer.fame[place] == float(row["tens"])
