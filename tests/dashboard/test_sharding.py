"""Shards on the command line and under the page: written, sliced, told of, served."""

import re

import pytest
from builders import front, told, write_corpus
from streamlit.testing.v1 import AppTest

from corpus.build import build_index
from corpus.index.connection import open_index
from dashboard.config import Config, configure, place, read_config
from dashboard.corrections import kept
from dashboard.serving.index_keeper import Keeper
from dashboard.sharding import arguments

FILES = {
    "a.md": front("Rain fell in Baku.", date="2022-09-14", outlet="Valley Times"),
    "b.md": front("Snow fell in Oslo.", date="2023-01-02", outlet="River Post"),
    "c.md": front("Hail fell in Lyon.", date="2023-02-03", outlet="River Post"),
}


@pytest.fixture
def made(tmp_path, run):
    """A folder, its shards and the index of them."""
    folder, shards, index = write_corpus(tmp_path / "news", FILES), tmp_path / "shards", tmp_path / "x.gpkg"
    assert run("build", folder, "--shards", shards, "--index", index)[0] == 0
    return folder, shards, index


def files_in(path):
    with open_index(path) as index:
        return {file for (file,) in index.execute("select file from articles")}


def test_a_folder_becomes_shards_and_an_index(made, tmp_path, run):
    folder, shards, index = made
    build_index(folder, tmp_path / "direct.gpkg")
    assert told(index) == told(tmp_path / "direct.gpkg")
    assert list(shards.glob("mentions/*.parquet"))
    assert "up to date" in run("build", folder, "--shards", shards, "--index", index)[1]
    assert "up to date" in run("build", folder, "--index", index)[1]
    write_corpus(folder, {"d.md": front("Wind blew in Kyiv.", date="2023-03-04")})
    assert "of which 1 was read now" in run("build", folder, "--shards", shards, "--index", index)[1]
    elsewhere = run("build", folder, "--shards", tmp_path / "elsewhere", "--index", index)[1]
    assert "4 mentions in 4 articles, of which 4 were read now" in elsewhere


# what is asked for, the files that have it, and how it is told
SLICES = [
    (["--since", "2023-01-01", "--until", "2023-01-31"], {"b.md"}, "published from 1 January 2023 to 31 January 2023"),
    (["--outlet", "river post", "--region", "France"], {"c.md"}, "in France, from river post"),
    (["--region", "AZ", "--region", "norway"], {"a.md", "b.md"}, "in Azerbaijan, Norway"),
    (["--words", "rain fell"], {"a.md"}, "in passages with “rain fell”"),
]


@pytest.mark.parametrize(("asked", "files", "words"), SLICES)
def test_a_slice_is_built_and_told(made, tmp_path, run, asked, files, words):
    _, shards, _ = made
    index = tmp_path / "slice.gpkg"
    status, out, _ = run("build", shards, *asked, "--index", index)
    assert status == 0
    assert "taken from shards now" in out
    assert files_in(index) == files
    status, out, _ = run("status", shards, *asked, "--index", index)
    assert status == 0
    assert f"shards: {shards}: 1 shard, 3 mentions in 3 articles of news" in out
    assert f"made from the shards {shards}: a slice of them, {words}" in out
    assert "not up to date" not in out
    assert "not up to date" in run("status", shards, "--index", index)[1]


def test_slices_have_indexes_of_their_own(made):
    _, shards, _ = made
    assert configure(shards).index != configure(shards, slice="{}").index


# what is typed that cannot be done, and what is said
WRONG = [
    (["build", "NEWS", "--since", "2023-01-01"], "holds no shards, of which a slice could be"),
    (["build", "SHARDS", "--shards", "OTHER"], "holds shards, of which nothing is read"),
    (["build", "SHARDS", "--dask", "local"], "holds shards, of which nothing is read"),
    (["build", "SHARDS", "--region", "Atlantis"], "no country or province is called 'Atlantis'"),
    (["build", "SHARDS", "--until", "1900-01-01"], "no article of .* is published to 1 January 1900; ask for more"),
    (["build", "NEWS", "--shards", "NEWS/out"], "lie within each other; name a folder beside it"),
    (["build", "nosuch://shards"], "nosuch://shards cannot be opened"),
    (["status", "memory://nothing"], "memory://nothing holds no shards"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_done_is_told(made, tmp_path, run, typed, said):
    folder, shards, _ = made
    names = {"NEWS": str(folder), "SHARDS": str(shards), "OTHER": str(tmp_path / "other")}
    for name, path in names.items():
        typed = [word.replace(name, path) for word in typed]
    status, _, err = run(*typed, "--index", tmp_path / "y.gpkg")
    assert status == 1
    assert "Traceback" not in err
    assert re.search(said, err)


def test_a_day_that_is_none(run, capsys):
    with pytest.raises(SystemExit):
        run("build", "x", "--since", "May")
    assert "'May' is no day: write 2022-09-13" in capsys.readouterr().err


def test_urls_stay_as_they_are():
    assert place("s3://bucket//x") == "s3://bucket//x"
    config = configure("s3://bucket/x")
    assert config.source == config.shards == "s3://bucket/x"
    assert read_config(config.environment()) == config


def test_a_folder_with_a_manifest_of_something_else_is_one_of_articles(tmp_path):
    folder = write_corpus(tmp_path / "news", {"manifest.json": '{"version": 1, "name": "an app"}', "a.txt": "Rain.\n"})
    assert configure(folder).shards == ""


@pytest.mark.slow
def test_the_page_keeps_an_index_of_shards(made, tmp_path, run):
    folder, shards, _ = made
    slice = '{"outlets": ["River Post"], "since": "2023-01-01"}'
    config = configure(shards, tmp_path / "page.gpkg", slice=slice)
    keeper = Keeper(config)
    version, problems = keeper.ready(lambda *_: None)
    assert (files_in(config.index), problems, keeper.changed()) == ({"b.md", "c.md"}, [], [])
    assert Keeper(config).ready(lambda *_: pytest.fail("built again"))[0] == version
    write_corpus(folder, {"d.md": front("Wind blew in Kyiv.", date="2023-03-04", outlet="River Post")})
    run("build", folder, "--shards", shards, "--index", tmp_path / "x.gpkg")
    again = Keeper(config)
    again.ready(lambda *_: None)
    assert files_in(config.index) == {"b.md", "c.md", "d.md"}


def test_a_slice_can_be_typed_again():
    slice = '{"since": "2023-01-01", "outlets": ["A, B", "--x"], "regions": ["AM"], "words": "-a b"}'
    typed = arguments(Config(None, None, slice=slice))
    assert typed == ["--since=2023-01-01", "--outlet=A, B", "--outlet=--x", "--region=AM", "--words=-a b"]


def test_the_page_says_where_articles_of_shards_are_added_and_corrected(made, monkeypatch):
    _, shards, _ = made

    def page():
        from dashboard.tabs import add_articles

        add_articles.draw(lambda: None)

    for name, value in configure(shards).environment().items():
        monkeypatch.setenv(name, value)
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.button
    [said] = [caption.value for caption in app.caption]
    assert "come from shards" in said
    assert "correct them" in kept.keep([], "")
    assert not (shards / "corrections.csv").exists()
