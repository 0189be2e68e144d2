"""What README says of files and of Python is so: its formats are those there are, its examples run."""

import re

import duckdb
import pytest
from builders import ROOT, front, write_corpus

from corpus.exports.evidence import evidence_of
from corpus.exports.formats import FORMATS
from corpus.queries.filters import Filters

TAKEN = (ROOT / "corpus" / "exports" / "README.md").read_text("utf-8")


def blocks(language):
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", TAKEN, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


@pytest.fixture
def here(index, tmp_path, monkeypatch):
    """A folder in which the files lie that README names."""
    monkeypatch.chdir(tmp_path)
    for key in ("gpkg", "geoparquet"):
        one = FORMATS[key]
        (tmp_path / one.file_name()).write_bytes(one.write(evidence_of(index, Filters())))
    write_corpus(tmp_path / "my" / "folder", {"a.md": front("Shells fell near Goris on Tuesday.", date="2022-09-14")})
    return tmp_path


def test_every_format_is_in_the_table():
    rows = re.findall(r"^\| (`[^|]+) \|", TAKEN, re.MULTILINE)
    named = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert named == set(FORMATS)


def test_geopandas_answers(here):
    told = {}
    exec(blocks("python")[0].replace("mentions.sjoin", "told = mentions.sjoin"), told)
    assert told["told"]["Syunik"] >= 2


def test_duckdb_answers(here):
    (query,) = blocks("sql")
    (first, *_) = duckdb.sql(query.rstrip().removesuffix(";")).fetchall()
    assert first[:2] == ("Goris", 2)


@pytest.mark.slow
def test_python_reads_asks_and_exports(here, capsys):
    exec(blocks("python")[1], {})
    assert "1 mention of 1 place in 1 article: from 13 September 2022, in Armenia" in capsys.readouterr().out
    assert (here / "story.html").stat().st_size > 100_000
