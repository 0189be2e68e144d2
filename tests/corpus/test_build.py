"""The whole pipeline: what is read out of one article, and out of a folder of them."""

import geopandas as gpd
import pytest
from builders import build, day, front, read, write_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import workers
from corpus.build import build_index, run
from corpus.dating.publication_date import date_articles
from corpus.index.connection import open_index
from corpus.index.fingerprint import fingerprint
from corpus.ingest.files import read_articles
from corpus.read_article import parse_text

BAKU = front("Rain fell in Baku on Tuesday.", date="2022-09-14")


def statuses(read_out):
    return [(mention.text, mention.status) for mention in read_out.mentions]


# ---- one article


def test_a_mention_is_placed_or_a_region_or_an_actor():
    found = dict(statuses(read("Armenian troops stood near Goris in Armenia, in Syunik, and in Azerbaijan.")))
    assert found["Armenian"] == "actor"
    assert found["Goris"] == "placed"
    assert {found[name] for name in ("Armenia", "Azerbaijan", "Syunik")} == {"region"}


def test_page_furniture_is_marked_and_not_cut():
    text = "Shells fell near Goris in Armenia.\n\nRead More: Floods in Madrid\n"
    found = read(text)
    assert found.article.text == text
    assert statuses(found)[-1] == ("Madrid", "boilerplate")
    assert found.mentions[-1].links == ()


def test_furniture_does_not_sway_what_the_article_means():
    plain = read("The talks in Paris failed.\n")
    furnished = read("The talks in Paris failed.\n\nRead More: Storm in Dallas, Texas\n")
    assert plain.mentions[0].resolution.entry == furnished.mentions[0].resolution.entry


@pytest.mark.parametrize(
    ("given", "since"),
    [("2022-09-14", "2022-09-14"), ("2022-09-14T10:00:00Z", "2022-09-14"), (None, None), ("", None)],
)
def test_the_publication_date_may_be_given(given, since):
    found = parse_text("Rain fell in Baku on Tuesday.", published=given)
    assert found.published.since == (day(since) if since else None)
    (mention,) = found.mentions
    assert (mention.links[0].since == day("2022-09-13")) == bool(since)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "no place at all", "🦊", "\0", "a" * 100_000])
def test_a_text_without_places(text):
    found = read(text)
    assert found.mentions == ()
    assert found.article.text == text


PIECES = [
    *("Goris", "Armenia", "Armenian", "the Neches River", "on Tuesday", "in 2020", "Read More: Madrid", "\n\n"),
    *("\n", ". ", ", ", "(", "Şuşa", "🦊", "“", "Copyright 2022", "See also", "By Ann Lee", "\t", "1."),
    "Shusha region",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), st.text(max_size=120)))
def test_offsets_and_counts_hold_for_any_text(text):
    found = read(text)
    assert found.article.text == text
    for piece in (*found.mentions, *found.timexes):
        assert text[piece.start : piece.end] == piece.text != ""
    for mention in found.mentions:
        home = found.passages[mention.passage]
        assert home.start <= mention.start < mention.end <= home.end
        assert mention.status in {"placed", "region", "actor", "undecided", "boilerplate"}
        assert mention.status in {"boilerplate", "undecided"} or mention.resolution.entry is not None
        assert mention.status != "undecided" or mention.resolution.entry is None


# ---- a folder


def test_the_report_counts(tmp_path):
    write_corpus(
        tmp_path / "articles", {"a.md": BAKU, "b.md": front("Rain fell in Goris, Armenia.", date="2022-09-14")}
    )
    seen = []
    report = build_index(tmp_path / "articles", tmp_path / "index.gpkg", progress=lambda *counts: seen.append(counts))
    assert (report.articles, report.mentions, report.problems, report.rebuilt) == (2, 3, [], True)
    assert seen == [(1, 2), (2, 2)]


def test_the_folder_of_the_index_is_made(tmp_path):
    write_corpus(tmp_path / "articles", {"a.md": BAKU})
    build_index(tmp_path / "articles", tmp_path / "new" / "folder" / "index.gpkg")
    assert (tmp_path / "new" / "folder" / "index.gpkg").is_file()


def test_the_index_may_lie_among_the_articles(tmp_path):
    write_corpus(tmp_path, {"a.md": BAKU})
    build_index(tmp_path, tmp_path / "index.gpkg")
    assert not build_index(tmp_path, tmp_path / "index.gpkg").rebuilt


@pytest.mark.parametrize(
    "text",
    ["It rained.\n", "Rain fell in Qwxyzgrad.\n", "Armenian officials spoke.\n", "Ships cross the Caspian Sea.\n"],
)
def test_a_corpus_without_a_place_in_any_region(tmp_path, text):
    with open_index(build(tmp_path, {"a.txt": text})) as index:
        assert index.execute("select count(*) from articles").fetchone() == (1,)
        assert index.execute("select count(*) from mentions where status = 'placed'").fetchone() == (0,)
    assert gpd.read_file(tmp_path / "index.gpkg", layer="places").crs.to_epsg() == 4326
    assert len(gpd.read_file(tmp_path / "index.gpkg", layer="regions")) <= 1


def test_a_date_that_only_the_other_articles_tell(tmp_path):
    """Articles are dated together, before each is read."""
    with open_index(build(tmp_path, {"a.md": BAKU, "b.txt": "Snow fell in Oslo.\n"})) as index:
        rows = dict(index.execute("select file, published_basis from articles"))
    assert rows["b.txt"]  # at least why there is none


def test_two_builds_are_alike(tmp_path):
    files = {"a.md": BAKU, "b.md": front("Shells hit Goris and Springfield in Armenia in 2020.", date="2022-09-14")}
    dumps = []
    for name in ("one", "two"):
        with open_index(build(tmp_path / name, files)) as index:
            tables = ("told", "passages", "mentions", "links", "timexes", "places")
            index.execute("create temp view told as select id, file, format, text, published_basis from articles")
            dumps.append({table: index.execute(f"select * from {table}").fetchall() for table in tables})
    assert dumps[0] == dumps[1]


def test_many_articles_are_read_in_order_by_several_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "WORTH_A_POOL", 3)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    folder = write_corpus(tmp_path, {f"{n:02}.txt": f"Rain fell in Baku, {n} mm on Tuesday.\n" for n in range(12)})
    articles = list(read_articles(folder, on_problem=lambda *_: None))
    dated = date_articles(articles)
    pooled = list(run(dated))
    monkeypatch.setattr(workers, "WORTH_A_POOL", 1000)
    assert pooled == list(run(dated))
    assert [one.article.file for one in pooled] == sorted(article.file for article in articles)


def test_the_print_of_a_folder(tmp_path):
    folder = write_corpus(tmp_path / "articles", {"a.md": BAKU})
    before = fingerprint(folder)
    assert fingerprint(folder) == before
    write_corpus(folder, {"sub/b.txt": "x"})
    assert fingerprint(folder) != before
