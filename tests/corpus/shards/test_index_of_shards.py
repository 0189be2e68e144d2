"""An index from shards is the one that a build from the folder makes; a slice of them has what was asked for."""

import shutil
from datetime import date

import pytest
from builders import correction, front, opened, told, write_corpus
from varied import FILES, NUMBER, edit, move, remove

from corpus.build import build_index, is_up_to_date
from corpus.corrections.file import append
from corpus.errors import EmptyCorpusError, ShardsError
from corpus.index.connection import open_index, stored_meta
from corpus.shards import parting, slices, tables
from corpus.shards.build import build_shards
from corpus.shards.slices import EVERYTHING, Slice, in_regions, read_slice
from corpus.shards.store import Store
from corpus.shards.to_index import index_shards


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A folder with corrections and places of its own, its shards, and its index; not to be written to."""
    home = tmp_path_factory.mktemp("varied")
    folder = write_corpus(home / "in", {**FILES, "places.csv": "name,lat,lon\nZorbakan,39.62,46.5\nwrong,x,y\n"})
    text = {article.file: article.text for article in opened(folder)[0]}
    append(folder, [correction("no place", "", "Lyon", text["paris.md"], was="2996944")])
    append(folder, [correction("date", "2022-09-01", "Kapan", text["claims.md"])])
    append(folder, [correction("title", "Gone", "Gone", "no such text")])  # which fits nothing
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parting, "LARGEST", 6_000)
        patch.setattr(tables, "GROUP", 2)
        build_shards(folder, str(home / "shards"))
    direct = build_index(folder, home / "direct.gpkg")
    return folder, str(home / "shards"), home / "direct.gpkg", direct


def files_in(path):
    with open_index(path) as index:
        return {file for (file,) in index.execute("select file from articles")}


def test_an_index_of_shards_is_that_of_the_folder(given, tmp_path):
    folder, shards, path, direct = given
    report = index_shards(shards, tmp_path / "index.gpkg")
    assert told(tmp_path / "index.gpkg") == told(path)
    assert (report.articles, report.mentions, report.told()) == (direct.articles, direct.mentions, direct.told())
    assert any("places.csv" in problem for problem in report.told())
    assert any("no longer fits" in problem for problem in report.told())
    assert any("broken.txt" in problem for problem in report.told())
    assert is_up_to_date(folder, tmp_path / "index.gpkg")
    again = index_shards(shards, tmp_path / "index.gpkg")
    assert (again.rebuilt, again.told()) == (False, report.told())
    assert not build_index(folder, tmp_path / "index.gpkg").rebuilt


def test_it_needs_no_folder_and_reads_nothing(given, tmp_path, monkeypatch):
    _, shards, path, _ = given
    shutil.copytree(shards, tmp_path / "elsewhere")
    monkeypatch.setattr("corpus.read_article.read_out", None)
    index_shards(str(tmp_path / "elsewhere"), tmp_path / "index.gpkg")
    assert told(tmp_path / "index.gpkg") == told(path)


def date_otherwise(folder):
    write_corpus(folder, {"new.md": front("Floods reached Lyon.", date="1999-09-20")})
    for name in FILES:
        if name not in ("d/snow.txt", "c1.txt"):
            (folder / name).unlink()


def correct(folder):
    text = next(article.text for article in opened(folder)[0] if article.file == "claims.md")
    append(folder, [correction("place", "2988507", "Goris", text)])


CHANGES = [(edit, 1), (remove, 0), (move, 1), (date_otherwise, 2), (correct, 1)]


@pytest.fixture(scope="module")
def indexed(sharded, tmp_path_factory):
    """The files, their shards and the index of these."""
    home = shutil.copytree(sharded, tmp_path_factory.mktemp("indexed") / "home")
    assert index_shards(str(home / "out"), home / "index.gpkg").read == NUMBER
    return home


@pytest.mark.parametrize(("change", "taken"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_of_changed_shards_only_the_articles_that_changed_are_taken(indexed, tmp_path, monkeypatch, change, taken):
    monkeypatch.setattr(parting, "LARGEST", 6_000)
    home = shutil.copytree(indexed, tmp_path / "home")
    folder, shards, path = home / "in", str(home / "out"), home / "index.gpkg"
    change(folder)
    build_shards(folder, shards)
    assert index_shards(shards, path).read == taken
    build_index(folder, tmp_path / "direct.gpkg")
    assert told(path) == told(tmp_path / "direct.gpkg")


# what is asked for, and the files of the articles that have it
SLICES = [
    (Slice(since=date(2022, 9, 15), until=date(2022, 9, 16)), {"claims.md", "camp.md"}),
    (Slice(until=date(2021, 12, 31)), {"paris.md"}),
    (Slice(since=date(2022, 9, 17)), {"table.csv#1", "table.csv#2"}),
    # an outlet whatever its case; one of several
    (Slice(outlets=("river post",)), {"paris.md"}),
    (Slice(outlets=("River Post", "Hill Gazette")), {"paris.md", "claims.md"}),
    # a country by its name, a province by its name, a country by its code
    (in_regions(EVERYTHING, ["Portugal"]), {"c1.txt", "c2.txt"}),
    (in_regions(EVERYTHING, ["vayots dzor"]), {"goris.md", "claims.md"}),
    (in_regions(EVERYTHING, ["no"]), {"d/snow.txt"}),
    # all the words in one passage, without accents, the last one begun
    (Slice(words="mayor of the bri"), {"paris.md"}),
    (Slice(words="TAGUS"), {"c1.txt", "c2.txt"}),
    # all at once
    (Slice(date(2021, 1, 1), date(2022, 12, 31), ("Valley Times",), ("AM",), "barns"), {"goris.md"}),
]


@pytest.mark.parametrize(("slice", "files"), SLICES)
def test_what_a_slice_has(given, tmp_path, slice, files):
    path = tmp_path / "index.gpkg"
    report = index_shards(given[1], path, slice=slice)
    assert {file for file in files_in(path)} == files
    assert report.articles == len(files)
    assert read_slice(stored_meta(path)["slice"]) == slice
    assert not index_shards(given[1], path, slice=slice).rebuilt


def test_a_slice_has_of_its_articles_what_the_whole_has(given, tmp_path):
    index_shards(given[1], tmp_path / "index.gpkg", slice=Slice(outlets=("Hill Gazette",)))
    for table in ("mentions", "claims", "statements", "passages", "extents", "timexes"):
        query = f"""select start, "end" from {table} where article in
            (select id from articles where file = 'claims.md') order by 1, 2"""
        with open_index(given[2]) as whole, open_index(tmp_path / "index.gpkg") as part:
            rows = part.execute(query).fetchall()
            assert rows == whole.execute(query).fetchall() != []
            assert len(rows) == part.execute(f"select count(*) from {table}").fetchone()[0]


def test_an_index_of_one_slice_becomes_that_of_another(given, tmp_path):
    path = tmp_path / "index.gpkg"
    index_shards(given[1], path, slice=Slice(words="Tagus"))
    index_shards(given[1], path, slice=Slice(words="bridge"))
    assert files_in(path) == {"paris.md"}
    index_shards(given[1], path)
    assert told(path) == told(given[2])


def test_of_time_only_what_reaches_into_it_is_read(given, tmp_path, monkeypatch):
    groups = []

    def noting(slice, articles, group):
        groups.append(group)
        return appeared(slice, articles, group)

    appeared = slices._appeared

    monkeypatch.setattr(slices, "_appeared", noting)
    index_shards(given[1], tmp_path / "one.gpkg", slice=Slice(until=date(2021, 12, 31)))
    assert len(groups) == 1


def test_words_are_searched_as_the_page_does(given):
    with open_index(given[2]) as index:
        (made,) = index.execute("select sql from sqlite_master where name = 'passages_fts'").fetchone()
    assert slices.TOKENS in made


def test_regions_that_nobody_knows():
    with pytest.raises(ShardsError, match="called 'Atlantis'; give its name or its code"):
        in_regions(EVERYTHING, ["Atlantis"])


def test_a_slice_of_nothing_is_told_and_leaves_what_is_there(given, tmp_path):
    path = tmp_path / "index.gpkg"
    index_shards(given[1], path, slice=Slice(words="Tagus"))
    with pytest.raises(EmptyCorpusError, match=r"no article of .* is published to 1 January 1900"):
        index_shards(given[1], path, slice=Slice(until=date(1900, 1, 1)))
    assert len(files_in(path)) == 2


@pytest.mark.parametrize("where", ["missing", "in"])
def test_no_shards_at_all(given, tmp_path, where):
    with pytest.raises(ShardsError, match="holds no shards"):
        index_shards(str(given[0].parent / where), tmp_path / "index.gpkg")
    assert not (tmp_path / "index.gpkg").exists()


def test_a_damaged_shard_leaves_the_index_that_is_there(given, tmp_path):
    shutil.copytree(given[1], tmp_path / "shards")
    where, path = str(tmp_path / "shards"), tmp_path / "index.gpkg"
    index_shards(where, path, slice=Slice(words="Tagus"))
    before = path.read_bytes()
    part = next(iter(Store(where).manifest().parts.values()))
    file = tmp_path / "shards" / "mentions" / f"{part.name}.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ShardsError, match=f"{part.name}.parquet is damaged .*make them again"):
        index_shards(where, path)
    assert path.read_bytes() == before


def test_a_pack_that_is_not_here_is_told(given, tmp_path, monkeypatch):
    shutil.copytree(given[1], tmp_path / "shards")
    manifest = tmp_path / "shards" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"packs_read": []', '"packs_read": ["camps, 3 places"]'))
    report = index_shards(str(tmp_path / "shards"), tmp_path / "index.gpkg")
    assert "camps, 3 places: read with it, and it is not here" in report.told()[-1]
