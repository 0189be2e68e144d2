"""`dateline export` writes what the page shows at an address, and says what it left out."""

import csv
import json

import pytest

from corpus.exports.formats import FORMATS
from corpus.index.connection import open_index
from corpus.queries.filters import Filters
from dashboard.__main__ import main
from dashboard.exporting import view_filters
from dashboard.view.url import View, write_url


@pytest.fixture
def export(index_path, tmp_path):
    def run(key, *options):
        return main(["export", "--index", str(index_path), "--format", key, "--out", str(tmp_path / "out"), *options])

    return run


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_written(export, tmp_path, key, capsys):
    assert export(key) == 0
    assert (tmp_path / "out").stat().st_size > 100
    assert (tmp_path / "out-metadata.json").exists() is not FORMATS[key].holds_about
    assert " of " in capsys.readouterr().out


def test_an_address_narrows_it(export, tmp_path, capsys):
    assert export("csv", "--view", "http://127.0.0.1:8501/?from=2022-09-12&to=2022-09-13&role=happened&place=1") == 0
    rows = list(csv.DictReader((tmp_path / "out").open(encoding="utf-8", newline="")))
    assert rows
    assert {row["role"] for row in rows} == {"happened"}
    assert all(row["since"] <= "2022-09-13" and row["until"] >= "2022-09-12" for row in rows)
    about = json.loads((tmp_path / "out-metadata.json").read_text("utf-8"))["dateline:about"]
    assert about["shown"] == "from 12 September 2022 to 13 September 2022, only events"
    assert capsys.readouterr().err == ""


def test_what_an_address_asks_in_vain_is_told(index, capsys):
    filters = view_filters(index, "?outlet=River+Post&outlet=Nobody&region=XX&from=nonsense&by=event")
    assert filters == Filters(outlets=("River Post",))
    told = capsys.readouterr().err
    assert [name for name in ("outlet=Nobody", "region=XX", "from=nonsense") if name not in told] == []
    assert "River" not in told


def test_a_place_is_found_by_any_of_its_names(index):
    goris = index.execute("select id from places where name = 'Goris'").fetchone()[0]
    assert goris in view_filters(index, "?text=Горис").called


def test_an_address_of_ours_is_read_whole(index, capsys):
    filters = Filters(regions=("AM",), outlets=("River Post",), text="buses", by="published", undated=True, sure=True)
    asked = write_url(View(filters))
    pairs = [(name, one) for name, each in asked.items() for one in (each if isinstance(each, list) else [each])]
    assert view_filters(index, "?" + "&".join(f"{name}={one.replace(' ', '+')}" for name, one in pairs)) == filters
    assert capsys.readouterr().err == ""


WRONG = [
    (("kml", "--of", "claims"), "KML holds no claims"),
    (("csv", "--out", "/no/such/folder/x.csv"), "name a file in a folder that is there"),
]


@pytest.mark.parametrize("options, told", WRONG, ids=[told for _, told in WRONG])
def test_what_cannot_be_is_said_with_the_way_out(export, capsys, options, told):
    assert export(*options) == 1
    assert told in capsys.readouterr().err


def test_the_index_is_never_written_over(index_path, capsys):
    before = index_path.read_bytes()
    assert main(["export", "--index", str(index_path), "--format", "gpkg", "--out", str(index_path)]) == 1
    assert "is the index itself" in capsys.readouterr().err
    assert index_path.read_bytes() == before
    with open_index(index_path):
        pass


def test_citations_are_verified(export, index_path, tmp_path, capsys):
    assert export("bibtex") == 0
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "out"), "--index", str(index_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == f"{len(told) - 1} of {len(told) - 1} stand as cited"
    assert all(line.startswith("stands  ") for line in told[:-1])
    (tmp_path / "out").write_text((tmp_path / "out").read_text("utf-8").replace("Goris", "Sisian"), "utf-8")
    assert main(["verify", str(tmp_path / "out"), "--index", str(index_path)]) == 1
    assert "differs " in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "Nothing is cited here.", "{", '{"a": 1}', "a,b\n1,2\n", "TY  - NEWS\n"])
def test_a_file_without_citations_is_named_with_the_way_out(index_path, tmp_path, capsys, text):
    (tmp_path / "x").write_text(text, "utf-8")
    assert main(["verify", str(tmp_path / "x"), "--index", str(index_path)]) == 1
    told = capsys.readouterr().err
    assert str(tmp_path / "x") in told
    assert "a fault of ours" not in told
