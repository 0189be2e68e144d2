"""What did not change is not read again, and the index is the one that a whole build would have made."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from builders import ROOT, build, correction, front, opened, told, write_corpus

from corpus import read_changed
from corpus.build import build_index
from corpus.corrections.file import append
from corpus.index.connection import open_index

BAKU = front("Shells fell near Goris on Tuesday, and two soldiers were killed, Armenia said.", date="2022-09-14")
COPIED = (
    "Rain fell in Lisbon on Friday and the river Tagus rose above its banks, the mayor of the city said late at night."
)
FILES = {
    "a.md": BAKU,
    "b.md": front(
        "Baku denied it on Monday. Fire spread along the border between Armenia and Azerbaijan.", date="2022-09-15"
    ),
    # places that no gazetteer has: one beside another, which the text names
    "camp.md": front("Two died in Zorbakan near Goris in Armenia, and in Qwelburg near Goris.", date="2022-09-16"),
    "c.txt": f"{COPIED} Two people were hurt there, and forty houses stood under water before the morning came.\n",
    "d/e.txt": f"{COPIED} Two people were hurt there, and forty houses stood under water before the morning came!\n",
    # what only the others tell the year of
    "f.txt": "It snowed in Oslo overnight. On September 13 the mayor spoke. On September 13 they met in Bergen.\n",
}


def add(folder):
    write_corpus(folder, {"g.md": front("Floods reached Lyon, and four people drowned.", date="2022-09-20")})


def edit(folder):
    write_corpus(folder, {"a.md": BAKU.replace("Goris", "Jermuk")})


def remove(folder):
    (folder / "b.md").unlink()


def move(folder):
    (folder / "a.md").rename(folder / "d" / "a.md")


def take_an_original(folder):
    (folder / "c.txt").unlink()  # what was its copy is none any more


def tell_another_year(folder):
    for name in ("a.md", "b.md"):
        write_corpus(folder, {name: FILES[name].replace("2022", "2019")})


def swap(folder):
    write_corpus(folder, {"a.md": FILES["b.md"], "b.md": FILES["a.md"]})


def break_one(folder):
    write_corpus(folder, {"c.txt": b"\0\0"})


CHANGES = [
    (add, 1),
    (edit, 1),
    (remove, 0),
    (move, 1),
    (take_an_original, 0),
    (tell_another_year, 3),
    (swap, 2),
    (break_one, 0),
]


@pytest.mark.parametrize(("change", "read"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_only_what_changed_is_read(tmp_path, change, read):
    path = build(tmp_path, FILES)
    change(tmp_path / "articles")
    report = build_index(tmp_path / "articles", path)
    assert report.read == read
    whole = tmp_path / "whole.gpkg"
    afresh = build_index(tmp_path / "articles", whole, force=True)
    assert told(path) == told(whole)
    assert (report.articles, report.mentions, report.told()) == (afresh.articles, afresh.mentions, afresh.told())
    assert afresh.read == afresh.articles


def test_places_that_no_gazetteer_has_are_kept_while_something_means_them(tmp_path):
    path = build(tmp_path, FILES)
    held = "select d.id from derived d join places p on p.id = d.id"
    with open_index(path) as index:
        assert len(index.execute(held).fetchall()) == 2
    add(tmp_path / "articles")
    build_index(tmp_path / "articles", path)
    with open_index(path) as index:
        assert len(index.execute(held).fetchall()) == 2
    (tmp_path / "articles" / "camp.md").unlink()
    build_index(tmp_path / "articles", path)
    with open_index(path) as index:
        assert index.execute("select * from derived").fetchall() == []


def test_an_article_dated_by_a_reader_needs_no_others_any_more(tmp_path):
    """Another span of days lets nobody read again a file of which one article is dated by a reader, one by others."""
    tail = "overnight. On September 13 the mayor spoke. On September 13 they met."
    bodies = [f"It snowed in {town} {tail}" for town in ("Oslo", "Bergen")]
    rows = "".join(f'Snow,"{body}"\n' for body in bodies)
    folder = write_corpus(tmp_path / "articles", {"a.md": BAKU, "two.csv": f"title,text\n{rows}"})
    text = next(article.text for article in opened(folder)[0] if "Oslo" in article.text)
    append(folder, [correction("published", "2022-10-01", "Snow", text)])
    build_index(folder, tmp_path / "index.gpkg")
    with open_index(tmp_path / "index.gpkg") as index:
        days = index.execute(
            "select published_since, published_beside from articles where read_from = 'two.csv' order by 1"
        )
        assert days.fetchall() == [("2022-09-13", 1), ("2022-10-01", 0)]
    write_corpus(folder, {"b.md": BAKU.replace("2022-09-14", "2022-10-09")})
    assert build_index(folder, tmp_path / "index.gpkg").read == 1


def test_many_changes_one_after_another(tmp_path):
    path = build(tmp_path, FILES)
    for change in (add, edit, move, take_an_original):
        if change is not move or (tmp_path / "articles" / "a.md").exists():
            change(tmp_path / "articles")
            build_index(tmp_path / "articles", path)
    build_index(tmp_path / "articles", tmp_path / "whole.gpkg")
    assert told(path) == told(tmp_path / "whole.gpkg")
    with closing(sqlite3.connect(path)) as index:
        index.execute("insert into passages_fts(passages_fts, rank) values ('integrity-check', 1)")  # or it raises
        assert index.execute("pragma integrity_check").fetchone() == ("ok",)


@contextmanager
def closing_descriptor(descriptor):
    yield descriptor
    os.close(descriptor)


ENDED = """if True:
    import os, signal, sys
    from pathlib import Path
    from corpus.build import build_index
    from corpus.index import writer
    writer.KEEP = 0.0  # all that was read is kept
    def end(done, total):
        if done == 3:
            os.kill(os.getpid(), signal.SIGKILL)
    build_index(Path(sys.argv[1]), Path(sys.argv[2]), progress=end)
"""


@pytest.mark.parametrize("before", [{}, {"a.md": BAKU, "gone.txt": "Rain fell in Oslo.\n"}], ids=["first", "later"])
def test_a_build_that_was_killed_is_gone_on_with(tmp_path, before):
    path = tmp_path / "index.gpkg"
    if before:
        build(tmp_path, before)
        (tmp_path / "articles" / "gone.txt").unlink()
    folder = write_corpus(tmp_path / "articles", {name: text for name, text in FILES.items() if name not in before})
    subprocess.run([sys.executable, "-c", ENDED, folder, path], cwd=ROOT, check=False)
    [left] = tmp_path.glob(".index.gpkg.*")
    with closing_descriptor(os.open(left, os.O_RDONLY)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until its last worker is gone as well
    assert path.exists() == bool(before)
    report = build_index(folder, path)
    assert report.read == len(FILES) - 3 - len(before.keys() & FILES)
    assert not list(tmp_path.glob(".index.gpkg.*"))
    build_index(folder, tmp_path / "whole.gpkg")
    assert told(path) == told(tmp_path / "whole.gpkg")


def test_what_reads_otherwise_reads_everything(tmp_path):
    path = build(tmp_path, FILES)
    write_corpus(tmp_path / "articles", {"places.csv": "name,lat,lon\nBlue Camp,39.62,46.5\n"})
    assert build_index(tmp_path / "articles", path).read == len(FILES)


def test_an_article_that_was_lost_is_not_tried_until_it_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(read_changed, "read_alone", lambda article, **_: 1 / 0 if "Baku" in article.text else None)
    path = build(tmp_path, FILES)
    monkeypatch.undo()
    with open_index(path) as index:
        assert "b.md" not in {file for (file,) in index.execute("select file from articles")}
    add(tmp_path / "articles")
    report = build_index(tmp_path / "articles", path)
    assert any("b.md: left out: reading it failed (ZeroDivisionError" in problem for problem in report.told())
