"""Shards that are damaged, foreign, half written or out of reach: nothing is lost, and each is told with a way out."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from builders import ROOT, front, write_corpus

from corpus.errors import EmptyCorpusError, ShardsError
from corpus.shards import parting
from corpus.shards.build import build_shards
from corpus.shards.plan import here
from corpus.shards.store import Store

DAYS = {
    f"{n}.md": front(f"Shells fell near Goris on {n} September 2022.", date=f"2022-09-{n + 10}") for n in range(1, 9)
}


@pytest.fixture
def folder(tmp_path):
    return write_corpus(tmp_path / "in", DAYS)


@pytest.fixture
def shards(folder, tmp_path):
    build_shards(folder, str(tmp_path / "out"))
    return tmp_path / "out"


ENDED = """if True:
    import os, signal, sys
    from pathlib import Path
    from corpus.shards import parting
    from corpus.shards.build import build_shards
    parting.LARGEST = 6_000
    def end(done, total):
        if done == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
    build_shards(Path(sys.argv[1]), sys.argv[2], progress=end)
"""


def test_what_was_done_before_a_build_was_killed_stays_done(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(parting, "LARGEST", 6_000)
    out = tmp_path / "out"
    ended = subprocess.run([sys.executable, "-c", ENDED, folder, out, str(len(DAYS) - 1)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not list(out.glob("*/*.parquet")), "others see half of it"
    with pytest.raises(ShardsError, match="holds no shards"):
        Store(str(out)).manifest()
    assert 0 < build_shards(folder, str(out)).read < len(DAYS)
    build_shards(folder, str(tmp_path / "whole"))
    assert sorted(path.name for path in out.rglob("*.parquet")) == sorted(
        path.name for path in (tmp_path / "whole").rglob("*.parquet")
    )
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in (tmp_path / "whole").iterdir())


def test_who_reads_keeps_what_the_manifest_named(folder, shards):
    """Those who opened the shards before a build see what they opened."""
    store = Store(str(shards))
    [part] = store.manifest().parts.values()
    with store.open("articles", part) as file:
        write_corpus(folder, {"1.md": "Rain fell in Oslo.\n"})
        build_shards(folder, str(shards))
        assert file.read().num_rows == len(DAYS)
    assert len(list(shards.glob("articles/*.parquet"))) == 1


def test_two_builds_at_once_never_publish_what_is_not_there(folder, shards, tmp_path):
    write_corpus(folder, {"1.md": "Rain fell in Oslo.\n"})

    def meanwhile(tasks, tell):
        yield from here(tasks, tell)
        shutil.rmtree(shards / ".begun" / "mentions", ignore_errors=True)  # as one does that is done sooner

    before = (shards / "manifest.json").read_bytes()
    with pytest.raises(ShardsError, match=r"another build took away .*start it again"):
        build_shards(folder, str(shards), run=meanwhile)
    assert (shards / "manifest.json").read_bytes() == before
    [part] = Store(str(shards)).manifest().parts.values()
    assert Store(str(shards)).rows("articles", part).num_rows == len(DAYS)


def test_files_of_others_stay(folder, shards):
    (shards / "mentions" / "mine.parquet").write_bytes(b"mine")
    write_corpus(folder, {"1.md": "Rain fell in Oslo.\n"})
    build_shards(folder, str(shards))
    assert (shards / "mentions" / "mine.parquet").read_bytes() == b"mine"


def test_in_memory(folder):
    build_shards(folder, "memory://some/shards")
    write_corpus(folder, {"1.md": "Rain fell in Oslo.\n"})
    assert build_shards(folder, "memory://some/shards").read == 1
    store = Store("memory://some/shards")
    [part] = store.manifest().parts.values()
    assert store.rows("articles", part).num_rows == len(DAYS)


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 255
    path.write_bytes(content)


# what happens to a file, and what is said of it
DAMAGES = [
    (flip, "is damaged"),
    (lambda path: path.write_bytes(path.read_bytes()[:-20]), "is damaged"),
    (lambda path: path.write_bytes(b""), "is damaged"),
    (lambda path: path.unlink(), "is missing"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES)
def test_a_damaged_file_is_named(shards, damage, said):
    store = Store(str(shards))
    [part] = store.manifest().parts.values()
    path = shards / "mentions" / f"{part.name}.parquet"
    damage(path)
    with pytest.raises(ShardsError, match=f"{path} {said}.*make them again") as told:
        store.tables(part)
    assert str(shards) in str(told.value)


@pytest.mark.parametrize("damage", [damage for damage, _ in DAMAGES[1:]])
def test_a_build_makes_again_what_is_gone(folder, shards, damage):
    [path] = (shards / "mentions").glob("*.parquet")
    before = path.read_bytes()
    damage(path)
    assert build_shards(folder, str(shards)).read == len(DAYS)
    assert path.read_bytes() == before


def test_what_is_damaged_is_not_carried_over(folder, shards):
    [path] = (shards / "mentions").glob("*.parquet")
    flip(path)
    (folder / "1.md").unlink()
    assert build_shards(folder, str(shards)).read == len(DAYS) - 1


def test_shards_of_another_version_are_told_and_made_again(folder, shards):
    told = json.loads((shards / "manifest.json").read_text())
    (shards / "manifest.json").write_text(json.dumps({**told, "version": 0}))
    with pytest.raises(ShardsError, match="version 0, this is 1; make them again"):
        Store(str(shards)).manifest()
    assert build_shards(folder, str(shards)).read == len(DAYS)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 1}', '{"version": 1, "parts": {"1": {}}}', "\0"])
def test_a_manifest_that_says_nothing(folder, shards, content):
    (shards / "manifest.json").write_text(content)
    with pytest.raises(ShardsError, match=r"manifest.json is damaged .*make them again"):
        Store(str(shards)).manifest()
    assert build_shards(folder, str(shards)).articles == len(DAYS)


def test_places_that_are_no_place_for_shards(folder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for where, said in (
        (tmp_path / "full", "is not empty and holds no shards"),
        (tmp_path / "file", "cannot be written|is not empty"),
        (folder / "out", "lie within each other"),
        (folder, "lie within each other"),
        (tmp_path, "lie within each other"),
        ("nosuch://out", "cannot be opened"),
    ):
        with pytest.raises(ShardsError, match=said):
            build_shards(folder, str(where))
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights(folder, tmp_path):
    (tmp_path / "out").mkdir(0o500)
    with pytest.raises(ShardsError, match=r"cannot be written .*see that you may"):
        build_shards(folder, str(tmp_path / "out"))


def test_rights_that_a_file_system_refuses(folder, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("fsspec.implementations.local.LocalFileSystem.pipe_file", refuse)
    with pytest.raises(ShardsError, match=r"out cannot be written \(Permission denied\); see that you may"):
        build_shards(folder, str(tmp_path / "out"))


def test_nothing_to_read(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(EmptyCorpusError, match="holds no article"):
        build_shards(tmp_path / "in", str(tmp_path / "out"))
    (tmp_path / "in" / "a.txt").write_bytes(b"\0")
    with pytest.raises(EmptyCorpusError, match=r"a\.txt: left out"):
        build_shards(tmp_path / "in", str(tmp_path / "out"))
    with pytest.raises(ShardsError, match="holds no shards"):
        Store(str(tmp_path / "out")).manifest()
