"""The shipped data is rebuilt where one says; the steps themselves need the network and are stood in for."""

from collections import Counter

import geopandas as gpd
import marisa_trie
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import Point

from geodata.sources import __main__ as sources
from geodata.sources.changes import changes, counts_shipped
from geodata.sources.place import Place

MADE = {
    *("regions.parquet", "places.parquet", "names.parquet", "names.marisa", "families.marisa"),
    *("basemap.pmtiles", "basemap_detail.pmtiles"),
}


@pytest.fixture
def stood_in(tmp_path, monkeypatch):
    """Stand in for each step that fetches or takes long; return where the shipped files lie, and what was fetched."""
    shipped, fetched = tmp_path / "shipped", []
    shipped.mkdir()
    table = pa.table({"place": [1]})
    steps = {
        "fetch_upstream": lambda folder: fetched.append(folder) or folder,
        "build_shapes": lambda upstream: gpd.GeoDataFrame(geometry=[Point(46, 39)], crs="EPSG:4326"),
        "build_gazetteer": lambda upstream, shapes: ["Goris"],
        "counts_shipped": lambda path: Counter(),
        "changes": lambda before, places: ["AM city: 0 -> 1 (+1)"],
        "put_in_regions": lambda places, shapes: None,
        "names_index": lambda places: (marisa_trie.Trie(places), table),
        "families_index": lambda places: marisa_trie.Trie(places),
        "places_table": lambda places: table,
        "build_basemap": lambda upstream, out: out.write_bytes(b"world"),
        "build_detail": lambda upstream, shapes, out: out.write_bytes(b"detail"),
        "DATA": shipped,
        "STATIC": shipped,
    }
    for step, stand_in in steps.items():
        monkeypatch.setattr(sources, step, stand_in)
    return shipped, fetched


def files(folder):
    return {path.name for path in folder.iterdir()}


def test_a_folder_is_written_beside_the_shipped_files(stood_in, tmp_path):
    shipped, fetched = stood_in
    sources.main([str(tmp_path / "downloads"), "--into", str(tmp_path / "a" / "new")])
    assert files(tmp_path / "a" / "new") == MADE
    assert files(shipped) == set()
    assert fetched == [tmp_path / "downloads"]
    assert pq.read_table(tmp_path / "a" / "new" / "places.parquet").column_names == ["place"]


def test_without_one_the_shipped_files_are_written(stood_in):
    shipped, _ = stood_in
    sources.main([])
    assert files(shipped) == MADE


def test_what_is_rebuilt_is_what_ships():
    assert {*files(sources.DATA), *files(sources.STATIC)} >= MADE


def test_what_changed_is_said_by_country_and_kind(tmp_path):
    path = tmp_path / "places.parquet"
    assert counts_shipped(path) == {}  # the first time
    pq.write_table(pa.table({"country": ["AM", "AM", "", "AZ"], "kind": ["city", "city", "sea", "city"]}), path)
    places = [Place("1", "Goris", "city", 46, 39, country) for country in ("AM", "AM", "AM", "AZ")]
    assert list(changes(counts_shipped(path), places)) == [
        "no country sea: 1 -> 0 (-1)",
        "AM city: 2 -> 3 (+1)",
    ]
