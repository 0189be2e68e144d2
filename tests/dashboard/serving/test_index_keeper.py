"""The index behind an open page: there is one, and it is whole, whatever happens to its file."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from builders import build, front, write_corpus

from corpus.errors import CorpusError
from corpus.index.connection import open_index
from dashboard.config import Config
from dashboard.serving import index_keeper
from dashboard.serving.index_keeper import Keeper

pytestmark = pytest.mark.slow

BAKU = front("Rain fell in Baku.", date="2022-09-14")
FILES = {"a.md": BAKU, "empty.txt": b""}


@pytest.fixture
def config(tmp_path):
    return Config(write_corpus(tmp_path / "articles", FILES), tmp_path / "index.gpkg")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A folder with articles and their index, to be copied."""
    return build(tmp_path_factory.mktemp("once"), FILES).parent


@pytest.fixture
def built(once, tmp_path):
    """A folder whose index is up to date."""
    folder = shutil.copytree(once, tmp_path / "built")
    return Config(folder / "articles", folder / "index.gpkg")


def articles(config):
    with open_index(config.index) as index:
        return index.execute("select count(*) from articles").fetchone()[0]


def test_it_is_built_once_and_says_what_could_not_be_read(config):
    seen = []
    keeper = Keeper(config)
    version, problems = keeper.ready(lambda *counts: seen.append(counts))
    assert seen == [(0, 0), (1, 1)]
    assert [problem.split(":")[0] for problem in problems] == ["empty.txt"]
    assert keeper.ready(lambda *_: pytest.fail("built again")) == (version, problems)
    assert Keeper(config).ready(lambda *_: pytest.fail("built again")) == (version, problems)  # another server


def harm():
    def delete(path):
        path.unlink()

    def replace(path):
        path.with_name("other").write_bytes(b"SQLite format 3\0 or not; once an index of Dateline")
        path.with_name("other").replace(path)

    def overwrite(path):
        path.write_bytes(path.read_bytes()[:70_000] + b"\xff" * 3_000 + path.read_bytes()[73_000:])

    def empty(path):
        path.write_bytes(b"")

    return [delete, replace, overwrite, empty]


@pytest.mark.parametrize("harmful", harm(), ids=lambda harmful: harmful.__name__)
def test_a_lost_or_damaged_index_is_built_again(built, harmful):
    keeper = Keeper(built)
    before, _ = keeper.ready(lambda *_: None)
    harmful(built.index)
    after, _ = keeper.ready(lambda *_: None)
    assert after != before
    assert articles(built) == 1


def test_one_that_was_built_again_by_another_is_taken_as_it_is(built):
    keeper = Keeper(built)
    before, _ = keeper.ready(lambda *_: None)
    write_corpus(built.articles, {"b.md": BAKU, "empty.txt": BAKU})
    Keeper(built).ready(lambda *_: None)
    after, problems = keeper.ready(lambda *_: pytest.fail("built again"))
    assert after != before
    assert problems == []


def test_one_in_doubt_is_looked_at_as_a_whole(built):
    keeper = Keeper(built)
    before, _ = keeper.ready(lambda *_: None)
    keeper.doubt()
    assert keeper.ready(lambda *_: pytest.fail("built again"))[0] == before


def test_what_is_no_index_of_ours_is_left_alone_and_named(config):
    with closing(sqlite3.connect(config.index)) as database:
        database.execute("create table mine(a)")
    with pytest.raises(CorpusError, match=r"index\.gpkg is no index of Dateline"):
        Keeper(config).ready(lambda *_: None)


def test_a_folder_without_articles_is_named(config):
    for file in config.articles.iterdir():
        file.unlink()
    with pytest.raises(CorpusError, match="no article that can be read"):
        Keeper(config).ready(lambda *_: None)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda folder: write_corpus(folder, {"b.md": BAKU}), ["b.md"]),  # new
        (lambda folder: write_corpus(folder, {"a.md": BAKU + "It was cold."}), ["a.md"]),  # written to
        (lambda folder: (folder / "a.md").rename(folder / "c.md"), ["a.md", "c.md"]),
        (lambda folder: write_corpus(folder, {"broken.md": b"---\ntitle: [broken\n---\nx"}), ["broken.md"]),
        (lambda folder: write_corpus(folder, {"places.csv": "name,lat,lon\nHere,1,2\n"}), ["places.csv"]),
        (lambda folder: None, []),
    ],
)
def test_files_that_change_are_noticed_and_read_again(built, monkeypatch, change, named):
    monkeypatch.setattr(index_keeper, "LOOK_AGAIN", -1)
    monkeypatch.setattr(index_keeper, "SELDOM", 0)
    keeper = Keeper(built)
    before, _ = keeper.ready(lambda *_: None)
    assert keeper.changed() == []
    change(built.articles)
    assert keeper.changed() == named
    keeper.doubt()
    after, _ = keeper.ready(lambda *_: None)
    assert (after != before) == bool(named)
    assert keeper.changed() == []
