"""Shards hold all that was read, are the same however they came to be, and read again only what changed."""

import shutil
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from builders import correction, front, opened, write_corpus
from varied import FILES, NUMBER, edit, move, remove

from corpus import SHIPPED
from corpus.corrections.file import append
from corpus.ingest.files import read_articles
from corpus.read_article import Given, read_alone, read_beside
from corpus.shards import parting
from corpus.shards.build import build_shards
from corpus.shards.plan import here
from corpus.shards.records import articles_of
from corpus.shards.rows import Rows
from corpus.shards.store import NOTHING, Store
from corpus.shards.tables import SCHEMAS, joined


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Shards of some files each."""
    monkeypatch.setattr(parting, "LARGEST", 6_000)


@pytest.fixture
def folder(tmp_path):
    return write_corpus(tmp_path / "in", FILES)


@pytest.fixture
def unchanged(sharded, tmp_path):
    """The files and their shards, in a folder of the test's own."""
    home = shutil.copytree(sharded, tmp_path / "home")
    return home / "in", home / "out"


def files_of(where):
    """Return what the Parquet files of a set hold, by their names."""
    return {path.relative_to(where).as_posix(): path.read_bytes() for path in Path(where).rglob("*.parquet")}


def read_again(folder, where):
    """Build; return the keys of the tasks that it took, and how many articles were read."""
    keys = []

    def noting(tasks, tell):
        for done in here(tasks, tell):
            keys.append(done.key)
            yield done

    return build_shards(folder, str(where), run=noting).read, keys


def all_read(folder):
    articles = [replace(article, read_at="2026-11-28") for article in read_articles(folder)]
    found = [(article, read_alone(article, given=Given())) for article in articles]
    context = sorted(read.published.anchor for _, read in found if read and read.published.anchor)
    return [read or read_beside(article, context=context, given=Given()) for article, read in found]


@pytest.mark.parametrize("which", ["varied", "shipped"])
def test_rows_become_again_what_was_read(folder, which):
    reads = all_read(folder if which == "varied" else SHIPPED)
    rows = Rows()
    for number, read in enumerate(reads):
        rows.add(read, read.article.file, number)
    tables = joined([NOTHING, *rows.tables()])
    again = {told.read.article.id: told.read for told in articles_of(tables, "2026-11-28")}
    assert len(reads) >= 5
    for read in reads:
        assert again[read.article.id] == read
    # All that can be told is told by some article.
    told = {name for name, table in tables.items() if len(table)}
    assert told >= {"mentions", "links", "timexes", "statements", "claims", "extents", "passages", "articles"}


def test_claims_keep_to_the_statement_of_their_article(folder):
    rows = Rows()
    for read in all_read(folder):
        rows.add(read, "a", 0)
    reads = [told.read for told in articles_of(joined([NOTHING, *rows.tables()]), "")]
    by = [(read, claim.statement) for read in reads for claim in read.claims if claim.statement]
    assert by
    assert all(any(said is statement for said in read.statements) for read, statement in by)


def test_shards_are_parted_and_open(folder, tmp_path):
    report = build_shards(folder, str(tmp_path / "out"))
    assert any("broken.txt: left out" in problem for problem in report.told())
    manifest = Store(str(tmp_path / "out")).manifest()
    assert len(manifest.parts) > 3
    assert manifest.articles == report.articles == NUMBER
    mentions = gpd.read_parquet(tmp_path / "out" / "mentions")
    assert mentions.crs == "OGC:CRS84"
    assert len(mentions) == manifest.mentions
    placed = mentions[mentions.place.notna()]
    assert (placed.geometry.x == placed.lon).all()
    assert (placed.geometry.y == placed.lat).all()
    assert not gpd.read_parquet(tmp_path / "out" / "extents").empty
    assert set(SCHEMAS) == {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()}


def add(folder):
    write_corpus(folder, {"new.md": front("Floods reached Lyon, and four people drowned.", date="2022-09-20")})


def tell_another_year(folder):
    for name, text in FILES.items():
        if name != "table.csv" and isinstance(text, str):
            write_corpus(folder, {name: text.replace("2022-", "2019-")})
    write_corpus(folder, {"table.csv": FILES["table.csv"].replace("2022", "2019")})


def correct(folder):
    text = next(article.text for article in opened(folder)[0] if article.file == "claims.md")
    append(folder, [correction("place", "174710", "Goris", text, scope="corpus", was="")])


def date_what_waits(folder):
    text = next(article.text for article in opened(folder)[0] if article.file == "d/snow.txt")
    append(folder, [correction("published", "2022-10-01", "Snow", text)])


def name_alike(folder):
    """Two files whose articles have one id: they differ only in how an accent is stored."""
    write_corpus(folder, {"re\u0301union.md": FILES["paris.md"], "r\u00e9union.md": FILES["camp.md"]})


# what changes, how many articles are read, and how many parts may be made at most
CHANGES = [(add, 1, 2), (edit, 1, 1), (remove, 0, 1), (move, 1, 2), (date_what_waits, 1, 99), (name_alike, 2, 3)]


@pytest.mark.parametrize(("change", "read", "parts"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_only_what_changed_is_read_and_the_shards_are_those_of_a_whole_build(unchanged, tmp_path, change, read, parts):
    folder, shards = unchanged
    change(folder)
    articles, keys = read_again(folder, shards)
    assert articles == read
    assert 0 < len(keys) <= parts
    build_shards(folder, str(tmp_path / "whole"))
    assert files_of(shards) == files_of(tmp_path / "whole")
    assert read_again(folder, shards) == (0, [])


@pytest.mark.parametrize("change", [correct, tell_another_year])
def test_what_concerns_articles_elsewhere_is_seen(unchanged, tmp_path, change):
    folder, shards = unchanged
    change(folder)
    articles, _ = read_again(folder, shards)
    assert articles
    build_shards(folder, str(tmp_path / "whole"))
    assert files_of(shards) == files_of(tmp_path / "whole")


def test_taking_away_one_of_two_that_are_named_alike(unchanged, tmp_path):
    folder, shards = unchanged
    name_alike(folder)
    build_shards(folder, str(shards))
    (folder / "re\u0301union.md").unlink()
    build_shards(folder, str(shards))
    build_shards(folder, str(tmp_path / "whole"))
    assert files_of(shards) == files_of(tmp_path / "whole")


def test_shards_that_split_and_join_read_nothing_again(unchanged, monkeypatch):
    folder, shards = unchanged
    before = files_of(shards)
    monkeypatch.setattr(parting, "LARGEST", 1_000_000)
    write_corpus(folder, {"new.md": "Rain fell in Oslo.\n"})
    articles, keys = read_again(folder, shards)
    assert articles == 1
    assert "1" in keys
    (folder / "new.md").unlink()
    monkeypatch.setattr(parting, "LARGEST", 6_000)
    assert read_again(folder, shards)[0] == 0
    assert files_of(shards) == before
