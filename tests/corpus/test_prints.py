"""A file that is as it was is not read again, and one that may be another is."""

import os

import pytest
from builders import build, write_corpus

from corpus.index import connection, prints, remembered
from corpus.index.connection import seal_of, stored_meta
from corpus.index.prints import print_of, prints_of


@pytest.fixture
def taken(monkeypatch, tmp_path):
    """Return the names of the files that were read, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read = []
    monkeypatch.setattr(prints, "print_of", lambda file: read.append(file.name) or print_of(file))
    return read


@pytest.fixture
def folder(tmp_path):
    return write_corpus(tmp_path / "articles", {"a.txt": "It rained.\n", "b.txt": "It snowed.\n", "d/c.txt": "Fog.\n"})


def files(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.txt"))


@pytest.fixture
def settled(monkeypatch):
    """Let every file have changed long ago."""
    monkeypatch.setattr(remembered, "TICK", -(10**18))


def test_what_did_not_change_is_read_once(folder, taken, settled):
    first = prints_of(folder, files(folder))
    assert first == {file: print_of(folder / file) for file in files(folder)}
    assert taken == ["a.txt", "b.txt", "c.txt"]
    taken.clear()
    assert prints_of(folder, files(folder)) == first
    assert taken == []
    assert prints_of(folder, files(folder), afresh=True) == first
    assert taken == ["a.txt", "b.txt", "c.txt"]


def rewrite(file):
    """Change what it holds, and nothing that a program may set."""
    before = file.stat()
    file.write_text("It froze.. \n"[: before.st_size], "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def exchange(file):
    other = file.with_name("other")
    other.write_text("It froze..\n", "utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)


def longer(file):
    file.write_text("It rained again.\n", "utf-8")


@pytest.mark.parametrize("change", [rewrite, exchange, longer])
def test_what_changed_is_read(folder, taken, settled, change):
    prints_of(folder, files(folder))
    change(folder / "a.txt")
    taken.clear()
    assert prints_of(folder, files(folder))["a.txt"] == print_of(folder / "a.txt")
    assert taken == ["a.txt"]


def test_what_changed_just_now_is_read_again(folder, taken):
    prints_of(folder, files(folder))
    taken.clear()
    prints_of(folder, files(folder))
    assert taken == ["a.txt", "b.txt", "c.txt"]


def test_folders_are_kept_apart_and_what_is_gone_is_forgotten(tmp_path, folder, taken, settled):
    other = write_corpus(tmp_path / "other", {"a.txt": "It rained in Oslo.\n"})
    prints_of(folder, files(folder))
    prints_of(other, files(other))
    (folder / "b.txt").rename(folder / "z.txt")
    taken.clear()
    assert list(prints_of(folder, files(folder))) == ["a.txt", "d/c.txt", "z.txt"]
    assert taken == ["z.txt"]
    assert prints_of(other, files(other)) == {"a.txt": print_of(other / "a.txt")}


# it is gone, cannot be written, is something else than a table, is broken
@pytest.mark.parametrize("spoil", ["unlink", "folder", "[1, 2]", "{broken"])
def test_without_a_cache_all_are_read(folder, taken, settled, spoil):
    first = prints_of(folder, files(folder))
    kept = remembered._kept_at("prints", folder)
    assert kept.is_file()
    kept.unlink()
    if spoil == "folder":
        kept.mkdir()
    elif spoil != "unlink":
        kept.write_text(spoil, "utf-8")
    taken.clear()
    assert prints_of(folder, files(folder)) == first
    assert taken == ["a.txt", "b.txt", "c.txt"]


def test_what_cannot_be_read_is_not_remembered(folder, taken, settled):
    (folder / "e.txt").symlink_to(folder / "nowhere")
    prints_of(folder, files(folder))
    taken.clear()
    prints_of(folder, files(folder))
    assert taken == ["e.txt"]


def test_an_index_that_is_as_it_was_is_not_read_whole_again(tmp_path, monkeypatch, taken, settled):
    path = build(tmp_path, {"a.txt": "It rained in Goris.\n"})
    sealed = []
    monkeypatch.setattr(connection, "seal_of", lambda *of: sealed.append(of) or seal_of(*of))
    first = stored_meta(path)
    assert len(sealed) == 1
    assert first["fingerprint"]
    assert stored_meta(path) == first
    assert len(sealed) == 1
    content = path.read_bytes()
    path.write_bytes(content.replace(b"It rained", b"It snowed"))
    assert stored_meta(path) == {}
    path.write_bytes(content)  # whole again, and looked at again
    assert stored_meta(path) == first
    assert len(sealed) == 3
