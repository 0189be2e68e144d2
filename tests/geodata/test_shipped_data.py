"""The shipped data: sources, uncertainties, ids, and the places that are easily wrong."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from builders import found, km, point

from geodata import DATA
from geodata.folding import name_key
from geodata.records import EntryKind
from geodata.regions.shapes import read_regions, region_names
from geodata.sources.upstream import PACKAGES

TABLES = Path(__file__).parents[2] / "geodata" / "sources" / "tables"
KINDS = set(EntryKind.__args__)


def rows(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places():
    return pd.read_parquet(DATA / "places.parquet")


@pytest.fixture(scope="module")
def regions():
    return read_regions()


# ---- our own table


def test_every_supplement_row_says_where_it_is_from():
    lacking = [row["id"] for row in rows("supplement.csv") if not row["source"].strip()]
    assert lacking == []


def test_no_supplement_source_is_the_rest_of_a_cut_sentence():
    cut = {row["id"]: row["source"] for row in rows("supplement.csv") if row["source"] != row["source"].strip()}
    assert cut == {}


def test_every_supplement_row_has_an_uncertainty_and_a_position():
    for row in rows("supplement.csv"):
        assert float(row["uncertainty_km"]) > 0, row["id"]
        assert -180 <= float(row["lon"]) <= 180, row["id"]
        assert -90 <= float(row["lat"]) <= 90, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert re.fullmatch(r"(?:[A-Z]{2})?", row["country"]), row["id"]
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]), row["id"]


def test_supplement_ids_are_unique():
    ids = pd.Series([row["id"] for row in rows("supplement.csv")])
    assert list(ids[ids.duplicated()]) == []


@pytest.mark.parametrize("table", sorted(path.name for path in TABLES.glob("*.csv")))
def test_tables_have_as_many_cells_as_columns(table):
    for number, row in enumerate(rows(table), 2):
        assert None not in row, f"{table}, line {number} has too many cells"
        assert None not in row.values(), f"{table}, line {number} has too few cells"


# ---- the gazetteer


def test_ids_are_unique(places):
    assert places.id.is_unique
    assert (places.id != "").all()


def test_every_place_has_what_the_page_shows(places):
    assert (places.name.str.strip() != "").all()
    assert set(places.kind) <= KINDS
    assert (places.source.astype(str) != "").all()
    assert (places.uncertainty_km > 0).all()
    assert places.lon.between(-180, 180).all()
    assert places.lat.between(-90, 90).all()
    assert (places.population >= 0).all()


def test_every_region_of_a_place_has_a_shape(places):
    named = region_names()
    assert set(places.region.astype(str)) - {""} <= set(named.index)
    assert set(places.region_method.astype(str)) <= {"code", "inside", "nearest", "country", "shape", ""}
    method = places.region_method.astype(str)
    assert (places.region.astype(str)[method.isin(["code", "inside", "nearest", "shape"])] != "").all()


def test_no_place_lies_in_another_countrys_region(places):
    country = region_names().country
    held = places[places.region.astype(str) != ""]
    # An overseas province is its own shape, whichever code its country goes by there.
    held = held[(held.country.astype(str) != "") & (held.region_method.astype(str) != "shape")]
    other = held[held.region.astype(str).map(country) != held.country.astype(str)]
    assert other[["id", "name", "country", "region"]].head(10).values.tolist() == []


# The places the first corpus needs: position, how far off, ISO code of the region, and no other way to it.
@pytest.mark.parametrize(
    ("name", "lon", "lat", "limit", "iso"),
    [
        ("Goris", 46.3417, 39.5111, 5, "AM-SU"),
        ("Jermuk", 45.6711, 39.8395, 5, "AM-VD"),
        ("Sotk", 45.8695, 40.2001, 5, "AM-GR"),
        ("Shusha", 46.7499, 39.7601, 5, "AZ-SUS"),
        ("Stepanakert", 46.7528, 39.8177, 5, "AZ-XA"),
        ("Yerevan", 44.5126, 40.1777, 5, "AM-ER"),
        ("Baku", 49.8920, 40.3777, 5, "AZ-BA"),
        ("Ganja", 46.3613, 40.6816, 5, "AZ-GA"),
        ("Hadrut", 47.0333, 39.5167, 5, "AZ-XVD"),
        ("Zabukh", 46.5433, 39.5897, 5, "AZ-LAC"),
        ("Jaghazur", 46.50, 39.61, 15, "AZ-LAC"),
        ("Ghazanchetsots Cathedral", 46.7479, 39.7588, 1, "AZ-SUS"),
        # towns on the wrong side of a line that is drawn kilometres off
        ("Julfa, Azerbaijan", 45.63, 38.954, 5, "AZ-CUL"),
        ("Agarak, Syunik", 46.195, 38.865, 5, "AM-SU"),
        ("Kornidzor", 46.53, 39.548, 5, "AM-SU"),
        ("Khnatsakh", 46.392, 39.606, 5, "AM-SU"),
        ("Jabrayil", 47.028, 39.399, 5, "AZ-CAB"),
        # the cities whose unit is the city
        ("Moscow", 37.6178, 55.752, 5, "RU-MOW"),
        ("Prague", 14.4208, 50.088, 5, "CZ-10"),
        ("Astana", 71.446, 51.1801, 5, "KZ-71"),
    ],
)
def test_the_place_lies_there_and_in_its_region(name, lon, lat, limit, iso, regions, gazetteer):
    entry = found(name)
    assert entry.kind in ("city", "village", "building")
    assert km(point(entry), (lon, lat)) <= limit
    iso_of = regions.set_index("code").iso
    assert iso_of.get(entry.region) == iso, f"{entry.region} by {gazetteer.region_method(gazetteer.row_of(entry.id))}"
    assert gazetteer.region_method(gazetteer.row_of(entry.id)) in {"code", "inside", "nearest"}


def test_lachin_is_a_district_and_a_town_in_it(regions, gazetteer):
    named = regions.set_index("code")
    town, district = gazetteer.entry(gazetteer.row_of("147625")), gazetteer.entry(gazetteer.row_of("147626"))
    assert (town.kind, district.kind) == ("city", "admin1")
    assert km(point(town), (46.5498, 39.6374)) <= 5
    assert named.iso[town.region] == named.iso[district.region] == "AZ-LAC"
    assert "Lankaran" not in named.name[district.region]
    assert "Lachin" in named.name[district.region]


# Spellings of one place, as articles write them.
@pytest.mark.parametrize(
    ("spellings", "id"),
    [
        (("Shusha", "Shushi", "Şuşa", "Susa", "Շուշի"), "147105"),
        (("Stepanakert", "Khankendi", "Xankəndi", "Xankendi"), "146970"),
        (("Lachin corridor", "Latchin corridor", "Lachin Corridor"), "lachin-corridor"),
        (("Lachin district", "Latchin district"), "147626"),
        (("Nagorno-Karabakh", "Nagorno Karabakh", "Mountainous Karabakh", "Karabakh"), "nagorno-karabakh"),
        (("Artsakh", "Republic of Artsakh"), "artsakh"),
        (("Syunik", "Syunik Province", "Syunik province"), "409314"),
        (("Zabukh", "Zabux", "Aghavno"), "zabukh"),
        (("EU", "European Union"), "european-union"),
        (("USA", "U.S.", "United States", "United States of America"), "6252001"),
        (("Kiev", "Kyiv"), "703448"),
        (("Turkey", "Türkiye"), "298795"),
    ],
)
def test_spellings_lead_to_one_place(spellings, id, gazetteer):
    row = gazetteer.row_of(id)
    assert row is not None
    bearers = {spelling: {c.row for c in gazetteer.bearers(name_key(spelling))} for spelling in spellings}
    assert [spelling for spelling, found_rows in bearers.items() if row not in found_rows] == []


# What the article calls a place besides its towns.
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("South Caucasus", "region"), ("Zangezur corridor", "corridor"), ("Lachin corridor", "corridor")),
        *(("Nagorno-Karabakh", "region"), ("Artsakh", "region"), ("Kremlin", "building")),
        *(("European Union", "bloc"), ("Soviet Union", "region"), ("Caspian Sea", "sea"), ("Europe", "continent")),
        ("Lake Sevan", "lake"),
    ],
)
def test_the_kind_of_place(name, kind):
    assert found(name).kind == kind


# ---- the shapes


def test_codes_of_shapes_are_unique(regions):
    assert regions.code.is_unique
    assert regions.geometry.is_valid.all()
    assert not regions.geometry.is_empty.any()
    assert set(regions.level) == {0, 1}
    assert set(regions.country[regions.level == 1]) == set(regions.code[regions.level == 0])


def test_iso_codes_name_one_province_each(regions):
    provinces = regions[(regions.level == 1) & regions.country.isin(["AM", "AZ", "GE"])]
    iso = provinces.iso[provinces.iso.astype(bool)]
    assert list(iso[iso.duplicated()]) == []


def test_no_shape_is_named_as_it_was_before(regions):
    assert "Nur-Sultan" not in set(regions.name)
    lachin = regions[regions.geonames_id == 147626].iloc[0]
    assert "Lankaran" not in lachin["name"]


# ---- what is said of the data


def test_sources_names_every_file_of_the_data():
    said = (DATA / "SOURCES.md").read_text("utf-8")
    files = [path.relative_to(DATA) for path in DATA.rglob("*") if path.is_file() and path.name != "SOURCES.md"]
    missing = [
        str(file)
        for file in files
        if file.name not in said and f"{file.parent.as_posix()}/" not in said.replace(f"{DATA.name}/", "")
    ]
    assert missing == []


def test_sources_names_every_package_with_its_licence():
    said = (DATA / "SOURCES.md").read_text("utf-8")
    assert [name for name, *_ in PACKAGES if name not in said] == []
    for licence in ("CC BY 4.0", "public domain", "MIT"):
        assert licence.lower() in said.lower()
