"""The shipped data is rebuilt where one says; the steps themselves need the network and are stood in for."""

import geopandas as gpd
import marisa_trie
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import Point

from geodata.sources import __main__ as sources

MADE = {
    *("regions.parquet", "places.parquet", "names.parquet", "names.marisa"),
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
        "put_in_regions": lambda places, shapes: None,
        "names_index": lambda places: (marisa_trie.Trie(places), table),
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
