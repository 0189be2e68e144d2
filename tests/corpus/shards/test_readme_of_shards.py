"""What README says of shards is so: its questions are answered, its tables name what there is."""

import re

import duckdb
import geopandas as gpd
import pytest
from builders import ROOT, write_corpus
from varied import FILES

from corpus.shards.build import build_shards
from corpus.shards.tables import SCHEMAS

TOLD = (ROOT / "corpus" / "shards" / "README.md").read_text("utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder in which the shards lie that README names."""
    monkeypatch.chdir(tmp_path)
    build_shards(write_corpus(tmp_path / "my" / "folder", FILES), "out")
    return tmp_path


def block(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TOLD, re.MULTILINE | re.DOTALL)[0]


def test_duckdb_and_geopandas_answer(here):
    (first, *_) = duckdb.sql(block("sql").rstrip().removesuffix(";")).fetchall()
    assert first[:2] == ("Goris", 2)
    told = {}
    exec(block("python").replace("mentions[", "told = mentions[", 1), told)
    assert told["told"]["AM"] >= 1
    assert gpd.read_parquet("out/extents").geom_type.notna().all()


def test_every_dataset_and_every_file_is_named():
    rows = re.findall(r"^\| (`[^|]+) \|", TOLD, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(SCHEMAS)
    files = {path.name for path in (ROOT / "corpus" / "shards").glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"`(\w+\.py)`", TOLD)) == files
