"""The exported GeoPackage keeps the rules of the format, and opens as QGIS, geopandas and Datasette open one."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest
from builders import geopackage_faults

from corpus.exports.evidence import evidence_of
from corpus.exports.formats import FORMATS
from corpus.queries.filters import Filters
from corpus.records import ROLES


@pytest.fixture(scope="module")
def exported(index, tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "dateline.gpkg"
    path.write_bytes(FORMATS["gpkg"].write(evidence_of(index, Filters(roles=ROLES))))
    return path


def ask(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_it_keeps_the_rules_of_the_format(exported):
    assert geopackage_faults(exported) == []


def test_an_empty_view_keeps_them_too(index, tmp_path):
    path = tmp_path / "none.gpkg"
    path.write_bytes(FORMATS["gpkg"].write(evidence_of(index, Filters(text="nosuchword"))))
    assert geopackage_faults(path) == []
    assert gpd.read_file(path, layer="mentions").empty


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="needs GDAL's programs: apt-get install gdal-bin")
def test_gdal_lists_the_layers_and_no_table_of_ours_inside(exported):
    listed = subprocess.run(["ogrinfo", "-ro", "-q", exported], capture_output=True, text=True, check=True).stdout
    names = [line.split(": ")[1].split(" (")[0] for line in listed.splitlines() if line[:1].isdigit()]
    assert names[:4] == ["mentions", "places", "extents", "regions"]
    assert names[-1] == "layer_styles"
    assert not [name for name in names if name.startswith(("passages_fts", "rtree", "sqlite", "gpkg"))]


def test_days_are_days(exported):
    fields = pyogrio.read_info(exported, layer="mentions")
    kinds = dict(zip(fields["fields"], fields["ogr_types"], strict=True))
    assert {kinds[name] for name in ("since", "until", "said_since", "published_since")} == {"OFTDate"}
    assert fields["geometry_type"] == "Point"


def test_ids_survive_geopandas(exported):
    mentions, places = gpd.read_file(exported, layer="mentions"), gpd.read_file(exported, layer="places")
    joined = mentions.merge(places, on="place", suffixes=("", "_of_place"))
    assert len(joined) == len(mentions) > 9
    assert list(joined.place_name) == list(joined.name)
    assert joined.geometry.geom_equals(joined.geometry_of_place).all()


def test_qgis_finds_a_style_of_each_layer_and_plays_it(exported):
    rows = ask(exported, "select f_table_name, styleQML from layer_styles where useAsDefault = 1")
    styles = {layer: ElementTree.fromstring(qml.partition("\n")[2]) for layer, qml in rows}
    assert set(styles) == {"mentions", "places", "regions"}
    temporal = styles["mentions"].find("temporal")
    # By expressions: QGIS compares a field of days with a moment as texts, by which a single day is never reached.
    assert (temporal.get("enabled"), temporal.get("mode")) == ("1", "4")
    assert temporal.get("startExpression") == 'to_datetime("since")'
    assert temporal.get("endExpression") == "to_datetime(\"until\") + to_interval('1 day')"
    shown = {one.get("value") for one in styles["mentions"].iter("category")}
    assert {certainty for (certainty,) in ask(exported, "select certainty from mentions")} <= shown


def test_each_layer_says_its_licence(exported):
    query = """select r.table_name, m.metadata from gpkg_metadata m
        join gpkg_metadata_reference r on r.md_file_id = m.id where r.table_name is not null"""
    told = {layer: {one["licence"] for one in json.loads(text)["licences"]} for layer, text in ask(exported, query)}
    assert told["places"] >= {"CC BY 4.0"}
    assert told["regions"] == {"ODbL 1.0"}
    assert "of their publishers" in told["passages"]


@pytest.mark.parametrize("view", ["day_by_day", "who_calls_it_what", "numbers_side_by_side", "places_by_outlet"])
def test_views_join_for_people(exported, view):
    assert len(ask(exported, f"select * from {view}")) >= (view != "numbers_side_by_side")


def test_datasette_searches_the_full_text(exported):
    from datasette.app import Datasette

    async def found(words):
        address = f"/dateline/passages.json?_search={words}&_shape=array"
        return (await Datasette([str(exported)]).client.get(address)).json()

    assert [row["text"] for row in asyncio.run(found("barns"))] == [
        "Shells fell near Goris on Tuesday and burned two barns."
    ]
    assert asyncio.run(found("nosuchword")) == []
