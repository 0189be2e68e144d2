"""A folder of everything that can be wrong with articles: the rest is built, and each problem file is named."""

import json
import os
import re
import signal
from pathlib import Path

import pytest
from builders import front, write_corpus

import corpus.build
from corpus import workers
from corpus.build import build_index
from corpus.errors import EmptyCorpusError
from corpus.index.connection import open_index, read_meta
from corpus.queries import places as queries
from corpus.queries.filters import Filters

GOOD = front("Shells fell near Goris in Armenia on Tuesday.", title="Good", outlet="Valley Times", date="2022-09-14")
SOUP = """<!doctype html><html><head><title>Soup</title><script>var a = "<p>Madrid</p>";</script></head>
<body><div><p>Rain fell in <b>Yerevan<p>and &amp; in <i>Baku</b></i> on &quot;12 September 2022&quot;.<table><tr><td>
<a href="javascript:alert(1)">more</body>"""

# What is left out, and a word of the reason.
LEFT_OUT = {
    "empty.txt": (b"", "no text"),
    "blank.txt": (b" \n\t\n", "no text"),
    "binary.txt": (bytes(range(256)) * 40, "not a text"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(5000), ""),
    "only-front-matter.md": (b"---\ntitle: Nothing\n---\n", "no text"),
    "utf16-cut.txt": ("\ufeffGoris".encode("utf-16-le")[:-1], ""),
    "huge.txt": (None, "MB"),  # 50 MB, written below
}
# What is read all the same, with the places that must be found.
READ = {
    "good.md": (GOOD, {"Goris", "Armenia"}),
    "latin1.txt": ("Rain fell in Malmö, Sweden, and in Zürich.\n".encode("cp1252"), {"Malmö", "Sweden", "Zürich"}),
    "russian.txt": ("Вчера обстреляли Горис; жители ушли. Rain fell in Baku.\n".encode("cp1251"), {"Baku"}),
    "turkish.html": (
        '<meta charset="windows-1254"><p>Rain fell in İzmir and in Şırnak.</p>'.encode("cp1254"),
        {"İzmir", "Şırnak"},
    ),
    "no-mark.txt": ("Shells fell near Goris in Armenia.\n".encode("utf-16-be"), {"Goris", "Armenia"}),
    "toml.md": ("+++\ntitle = 'T'\ndate = 2022-09-14\n+++\nRain fell in Baku.\n", {"Baku"}),
    "end-of-time.md": (front("Tomorrow, 30,000 years ago, rain fell in Baku.", date="9999-12-31"), {"Baku"}),
    "odd.html": ("<p>Rain fell in Baku.<![foo[ x ]]>&#" + "9" * 5000 + ";</p>" + "<div>" * 5000, {"Baku"}),
    "utf16.txt": ("\ufeffShells fell near Goris in Armenia.\n".encode("utf-16-le"), {"Goris", "Armenia"}),
    "bom.txt": (b"\xef\xbb\xbfShells fell near Goris in Armenia.\n", {"Goris", "Armenia"}),
    "mac.txt": (b"Rain fell in Baku.\rSnow fell in Oslo.\r", {"Baku", "Oslo"}),
    "soup.txt": (SOUP, {"Yerevan", "Baku"}),
    "soup.html": (SOUP, {"Yerevan", "Baku"}),
    "no-date.txt": (b"Rain fell in Baku.\n", {"Baku"}),
    "unknown-places.txt": (b"Rain fell in Qwxyzgrad and in Vvvborough.\n", set()),
    "no-places.txt": (b"It rained.\n", set()),
    "open-front-matter.md": (b"---\ntitle: Never closed\n\nRain fell in Baku.\n", {"Baku"}),
    "broken-front-matter.md": (b"---\ntitle: [unclosed\n:::\ndate: long ago\n---\nRain fell in Baku.\n", {"Baku"}),
    "wrong-date.md": (b"---\ntitle: T\ndate: 2022-02-31\n---\nRain fell in Baku.\n", {"Baku"}),
    "one-line.txt": (b"Rain fell in Baku, " * 3000, {"Baku"}),
    "name with spaces & signs' \"%.txt": (b"Rain fell in Baku.\n", {"Baku"}),
    "bidi-\u202etxt.md": ("Rain fell in Baku \u202e and in Oslo.\n".encode(), {"Baku"}),
    "deep/er/file.TXT": (b"Rain fell in Baku.\n", {"Baku"}),
    "hostile.md": (
        front(
            'Near Goris, Armenia: a`b ${window.top.x=1} <img src=x onerror="window.top.x=1"></script>',
            title="a`b ${window.top.x=1} <img src=x onerror=1></script>",
            outlet="<script>alert(1)</script>",
            date="2022-09-14",
        ),
        {"Goris", "Armenia"},
    ),
}
# Read, but the reader should know.
RESERVATIONS = (
    *("latin1.txt", "russian.txt", "no-mark.txt", "soup.txt", "open-front-matter.md", "broken-front-matter.md"),
    *("wrong-date.md", "end-of-time.md"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    files = {name: content for name, (content, _) in (LEFT_OUT | READ).items() if content is not None}
    write_corpus(folder / "articles", files)
    (folder / "articles" / "huge.txt").write_bytes(b"Rain fell in Baku. " * 2_700_000)
    report = build_index(folder / "articles", folder / "index.gpkg")
    return folder / "index.gpkg", report


@pytest.fixture(scope="module")
def index(built):
    with open_index(built[0]) as index:
        yield index


def messages(report, name):
    return [message for file, message in report.problems if file.name == name]


def test_the_rest_is_built(built, index):
    assert built[1].articles == len(READ)
    assert {file for (file,) in index.execute("select file from articles")} == set(READ)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_named_with_the_reason_and_the_way_out(built, name):
    (message,) = messages(built[1], name)
    assert "left out" in message
    assert LEFT_OUT[name][1] in message
    assert ";" in message or ":" in message  # what to do


@pytest.mark.parametrize("name", RESERVATIONS)
def test_what_is_read_with_a_reservation_is_named(built, name):
    assert messages(built[1], name)


def test_nothing_good_is_complained_of(built):
    complained = {file.name for file, _ in built[1].problems}
    assert not complained & {
        "turkish.html",
        "toml.md",
        "good.md",
        "utf16.txt",
        "bom.txt",
        "no-date.txt",
        "no-places.txt",
        "one-line.txt",
    }


def test_the_page_can_tell_of_the_problems(built, index):
    told = read_meta(index)["problems"]
    assert all(name in told for name in LEFT_OUT)


@pytest.mark.parametrize("name", READ)
def test_its_places_are_found(index, name):
    rows = index.execute(
        "select m.text, m.status from mentions m join articles a on a.id = m.article where a.file = ?", (name,)
    ).fetchall()
    placed = {text for text, status in rows if status in ("placed", "region")}
    wanted = READ[name][1]
    assert wanted <= placed
    if not wanted:
        assert placed == set()


def test_an_article_without_a_date_is_counted_as_undated(index):
    assert index.execute("select published_since from articles where file = 'no-date.txt'").fetchone() == (None,)
    assert queries.totals(index, Filters()).undated > 0


def test_an_impossible_date_is_none(index):
    assert index.execute("select published_since from articles where file = 'wrong-date.md'").fetchone() == (None,)


def test_script_in_a_page_is_no_text(index):
    assert index.execute("select count(*) from articles where text like '%var a%'").fetchone() == (0,)


def test_hostile_words_are_kept_as_they_are(index):
    title, outlet = index.execute("select title, outlet from articles where file = 'hostile.md'").fetchone()
    assert title == "a`b ${window.top.x=1} <img src=x onerror=1></script>"
    assert outlet == "<script>alert(1)</script>"


def test_a_file_that_may_not_be_read(tmp_path):
    write_corpus(tmp_path / "articles", {"good.md": GOOD})
    (tmp_path / "articles" / "gone.txt").symlink_to(tmp_path / "articles" / "nowhere.txt")
    report = build_index(tmp_path / "articles", tmp_path / "index.gpkg")
    assert report.articles == 1
    assert messages(report, "gone.txt")


def test_a_loop_of_links_ends(tmp_path):
    write_corpus(tmp_path / "articles", {"good.md": GOOD})
    (tmp_path / "articles" / "again").symlink_to(tmp_path / "articles")
    assert build_index(tmp_path / "articles", tmp_path / "index.gpkg").articles == 1


def test_odd_names_cost_nobody_else(tmp_path):
    """Each file alone: what one is called, or where it leads, ends no build."""
    folder = write_corpus(tmp_path / "articles", {"good.md": GOOD, "caf\u00e9.txt": "Rain fell in Baku.\n"})
    (folder / "cafe\u0301.txt").write_text("Rain fell in Oslo.\n")  # the same name as another system stores it
    (folder / "line\nbreak.txt").write_text("Rain fell in Lima.\n")
    latin = os.fsencode(folder) + b"/caf\xe9"
    for name, text in ((latin + b".txt", b"Rain fell in Quito.\n"), (latin + b"-empty.txt", b"")):
        Path(os.fsdecode(name)).write_bytes(text)
    (folder / "one.txt").symlink_to(folder / "other.txt")  # two that lead to each other
    (folder / "other.txt").symlink_to(folder / "one.txt")
    report = build_index(folder, tmp_path / "index.gpkg")
    with open_index(tmp_path / "index.gpkg") as index:
        files = {file for (file,) in index.execute("select file from articles")}
        assert files == {"good.md", "caf\u00e9.txt", "cafe\u0301.txt", "line\\nbreak.txt", "caf\\xe9.txt"}
        assert index.execute("select count(distinct id) from articles").fetchone() == (5,)
        told = json.loads(read_meta(index)["problems"])
    assert told == report.told()
    assert sorted(problem.split(":")[0] for problem in told) == ["caf\\xe9-empty.txt", "one.txt", "other.txt"]
    assert not build_index(folder, tmp_path / "index.gpkg").rebuilt


def test_a_folder_that_may_be_listed_and_not_entered(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "articles", {"good.md": GOOD, "shut/a.txt": "Rain fell in Baku.\n"})
    really = os.stat

    def guarded(path, *arguments, **options):
        if "shut/" in os.fsdecode(path):
            raise PermissionError(13, "Permission denied", path)
        return really(path, *arguments, **options)

    # Root may enter everything, so the system is asked through a guard.
    monkeypatch.setattr(os, "stat", guarded)
    monkeypatch.setattr(os, "lstat", guarded)
    report = build_index(folder, tmp_path / "index.gpkg")
    assert report.articles == 1
    (message,) = messages(report, "a.txt")
    assert "Permission denied" in message


@pytest.fixture
def failing(monkeypatch):
    """Let the reading of every text that names Baku fail in one of several ways."""

    def fail(way):
        really = corpus.read_changed.read_alone

        def read_alone(article, **options):
            if "Baku" in article.text:
                way()
            return really(article, **options)

        monkeypatch.setattr(workers, "SECONDS", 1)
        monkeypatch.setattr(corpus.read_changed, "read_alone", read_alone)

    return fail


def ways_to_fail():
    def raises():
        raise IndexError("list index out of range")

    def never_ends():
        re.fullmatch(r"(a+)+", "a" * 60 + "b")

    def is_killed():
        os.kill(os.getpid(), signal.SIGKILL)

    return [raises, never_ends, is_killed]


@pytest.mark.parametrize("way", ways_to_fail(), ids=lambda way: way.__name__)
def test_an_article_that_cannot_be_read_out_costs_itself_only(tmp_path, failing, way):
    failing(way)
    folder = write_corpus(tmp_path / "articles", {"bad.txt": "Rain fell in Baku.\n", "good.md": GOOD})
    report = build_index(folder, tmp_path / "index.gpkg")
    assert report.articles == 1
    (message,) = messages(report, "bad.txt")
    assert message.startswith("left out: ")


def test_an_index_without_articles_is_not_published(tmp_path, failing):
    failing(ways_to_fail()[0])
    folder = write_corpus(tmp_path / "articles", {"bad.txt": "Rain fell in Baku.\n"})
    with pytest.raises(EmptyCorpusError, match=r"no article that can be read.*\nbad\.txt: left out: reading it failed"):
        build_index(folder, tmp_path / "index.gpkg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles"]
