"""The commands of packs, and which packs a corpus is read with."""

import json

import geopandas as gpd
import pytest
from builders import front, write_corpus

from corpus.index.connection import open_index, read_meta, stored_choice
from dashboard.__main__ import main
from dashboard.config import Config, configure, packs_chosen, packs_folder, read_config
from dashboard.serving.index_keeper import Keeper
from geodata.gazetteer.packs import shelf

ZORBAKAN = front("Two died in Zorbakan and in Altbakan.", date="2022-09-14")


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run a command with packs of this test alone; return its exit status and what it said on both channels."""
    monkeypatch.setenv("DATELINE_PACKS_FOLDER", str(tmp_path / "packs"))

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def files(tmp_path):
    (tmp_path / "zor.csv").write_text("name,lat,lon,kind\nZorbakan,39.61,46.52,\nZorb School,39,46,school\nBad,x,y,\n")
    (tmp_path / "alt.csv").write_text("name,lat,lon\nAltbakan,39.7,46.6\n")
    write_corpus(tmp_path / "news", {"a.md": ZORBAKAN})
    return tmp_path


def found(index):
    """Return the ids of the places of packs that an index has."""
    return sorted(id for id in gpd.read_file(index, layer="places").id if id.startswith("pack-"))


def test_add_list_remove(run, files):
    status, out, err = run("places", "add", files / "zor.csv", "--licence", "ODbL")
    assert status == 0
    assert out.splitlines()[0].startswith("pack zor: zor.csv, ODbL: 1 place, 1 name")
    assert "Left out: 1 row (school 1)" in out
    assert (
        err
        == "dateline: zor.csv, line 4: left out: 'Bad' needs lat and lon as numbers, such as 39.59; it has lat "
        + ("'x', lon 'y'\n")
    )
    assert "takes the place of" in run("places", "add", files / "zor.csv")[1]
    assert "pack zor: zor.csv, not stated: 1 place, 1 name" in run("places", "list")[1]
    assert run("geocode", "Zorbakan")[1].endswith("pack-zor-zorbakan\n")
    assert run("geocode", "--no-packs", "Zorbakan")[0] == 1
    assert "the pack zor: zor.csv, not stated" in run("explain", "Two died in Zorbakan.")[1]
    assert "pack zor" not in run("explain", "--no-packs", "Two died in Zorbakan.")[1]
    assert "removed: pack zor" in run("places", "remove", "zor")[1]
    assert "no packs in" in run("places", "list")[1]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("places", "remove", "zur"), "no pack 'zur' is installed (there are: zor)"),
        (("places", "add", "none.csv"), "none.csv does not exist"),
        (("places", "add", "zor.csv", "--name", "A b"), "'A b' is no name of a pack"),
        (("explain", "--packs", "zor,zur", "Two died."), "no pack 'zur' is installed"),
        (("build", "news", "--packs", "zur", "--index", "x.gpkg"), "no pack 'zur' is installed"),
    ],
)
def test_what_is_wrong_is_told_with_the_way_out(run, files, monkeypatch, command, said):
    monkeypatch.chdir(files)
    run("places", "add", "zor.csv")
    status, out, err = run(*command)
    assert (status, out) == (1, "")
    assert err.startswith(f"dateline: {said}")


def test_geoparse_with_and_without(run, files):
    run("places", "add", files / "zor.csv")
    (files / "in.jsonl").write_text(json.dumps({"text": "Two died in Zorbakan."}) + "\n")
    for option, name in ((), "Zorbakan"), (("--packs", "zor"), "Zorbakan"), (("--no-packs",), None):
        run("geoparse", *option, files / "in.jsonl", files / "out.jsonl")
        [toponym] = json.loads((files / "out.jsonl").read_text())["toponyms"] or [{"name": None}]
        assert toponym["name"] == name


def test_a_corpus_is_read_with_all_packs_and_again_when_they_change(run, files):
    def build(*options):
        return run("build", files / "news", "--index", files / "x.gpkg", *options)[1]

    build()
    assert found(files / "x.gpkg") == []
    run("places", "add", files / "zor.csv")
    assert "up to date" not in build()
    assert found(files / "x.gpkg") == ["pack-zor-zorbakan"]
    assert "up to date" in build()
    run("places", "add", files / "zor.csv", "--licence", "ODbL")  # as the page must say
    assert "up to date" not in build()
    places = gpd.read_file(files / "x.gpkg", layer="places").set_index("id")
    assert places.source["pack-zor-zorbakan"] == "pack zor: zor.csv, ODbL"
    with open_index(files / "x.gpkg") as index:
        assert json.loads(read_meta(index)["packs_read"]) == ["pack zor: zor.csv, ODbL"]
    run("places", "remove", "zor")
    assert "up to date" not in build()
    assert found(files / "x.gpkg") == []


def test_a_corpus_remembers_its_packs(run, files):
    def build(*options):
        status, _, err = run("build", files / "news", "--index", files / "x.gpkg", *options)
        assert status == 0
        return found(files / "x.gpkg"), err

    for name in ("zor", "alt"):
        run("places", "add", files / f"{name}.csv")
    both = ["pack-alt-altbakan", "pack-zor-zorbakan"]
    assert build()[0] == both
    assert build("--packs", "alt")[0] == both[:1]
    assert stored_choice(files / "x.gpkg") == "alt"
    assert build()[0] == build("--force")[0] == both[:1]  # without being told again
    run("places", "remove", "alt")
    assert build() == (
        [],
        "dateline: no pack 'alt' is installed (there are: zor): dateline places add FILE; read without it\n",
    )
    assert build("--packs", "all")[0] == both[1:]
    assert build("--no-packs")[0] == build()[0] == []
    assert run("build", files / "news", "--index", files / "y.gpkg")[0] == 0
    assert found(files / "y.gpkg") == both[1:]  # another corpus chooses for itself


def test_settings_reach_the_pages_process(tmp_path, monkeypatch):
    config = configure(tmp_path, tmp_path / "x.gpkg", "a,b")
    assert read_config(config.environment()) == config == Config(tmp_path, tmp_path / "x.gpkg", "a,b")
    assert configure(tmp_path, tmp_path / "x.gpkg").packs == "all"
    assert packs_folder({"DATELINE_PACKS_FOLDER": "here"}).name == "here"
    assert packs_folder({}).parts[-2:] == ("dateline", "packs")
    assert (packs_chosen(None, {}), packs_chosen("a", {}), packs_chosen(None, {"DATELINE_PACKS": "b"})) == (
        "all",
        "a",
        "b",
    )


@pytest.mark.slow
def test_an_open_page_is_told_of_packs_and_reads_with_them(run, files):
    config = Config(files / "news", files / "x.gpkg")
    keeper = Keeper(config)
    keeper.ready(lambda *_: None)
    assert found(config.index) == []
    run("places", "add", files / "zor.csv")
    assert keeper.changed() == ["pack zor"]
    Keeper(config).ready(lambda *_: None)
    assert found(config.index) == ["pack-zor-zorbakan"]
    chosen = Config(config.articles, config.index, "zor,gone")  # one was removed since
    (files / "news" / "b.md").write_text(ZORBAKAN.replace("Two", "Three"))
    Keeper(chosen).ready(lambda *_: None)
    assert found(config.index) == ["pack-zor-zorbakan"]


@pytest.mark.slow
def test_many_processes_read_with_packs(run, files, monkeypatch):
    monkeypatch.setattr("corpus.workers.WORTH_A_POOL", 4)
    run("places", "add", files / "zor.csv")
    write_corpus(files / "many", {f"{number}.txt": f"{number} died in Zorbakan on Monday." for number in range(9)})
    assert run("build", files / "many", "--index", files / "many.gpkg")[0] == 0
    with open_index(files / "many.gpkg") as index:
        assert index.execute("select place from mentions").fetchall() == [("pack-zor-zorbakan",)] * 9


def test_a_damaged_pack_costs_no_build(run, files):
    run("places", "add", files / "zor.csv")
    (files / "packs" / "zor" / shelf.PLACES).write_bytes(b"none")
    status, _, err = run("build", files / "news", "--index", files / "x.gpkg")
    assert status == 0
    assert "zor: left out: the pack is damaged" in err
    (files / "packs" / "zor" / shelf.ABOUT).write_text("{")
    assert "no packs in" in run("places", "list")[1]
