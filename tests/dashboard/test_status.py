"""The command `status`."""

import sqlite3
from contextlib import closing

from builders import front, write_corpus

from corpus.index.held import Held
from dashboard.__main__ import main

BAKU = front("Rain fell in Baku.", date="2022-09-14")


def told(capsys, *arguments):
    assert main(["status", *map(str, arguments)]) == 0
    return capsys.readouterr().out.splitlines()


def test_what_is_told(tmp_path, capsys):
    folder, index = write_corpus(tmp_path / "news", {"a.md": BAKU, "b.md": BAKU}), tmp_path / "x.gpkg"
    first, none, wanted, gone = told(capsys, folder, "--index", index)
    assert first == f"articles: {folder}"
    assert none == f"index: {index}: none that is whole"
    assert (wanted, gone) == ("to be read: 2 files: a.md, b.md", "gone: 0 files")

    main(["build", str(folder), "--index", str(index)])
    capsys.readouterr()
    _, held, *rest = told(capsys, folder, "--index", index)
    assert held.endswith("MB: 2 mentions in 2 articles")
    assert rest == ["to be read: 0 files", "gone: 0 files"]

    (folder / "b.md").unlink()
    write_corpus(folder, {f"c{n:02}.txt": f"Rain fell in Oslo, {n} mm.\n" for n in range(12)})
    *_, wanted, gone = told(capsys, folder, "--index", index)
    assert wanted.startswith("to be read: 12 files: c00.txt, c01.txt, ")
    assert wanted.endswith(", c09.txt and 2 more")
    assert gone == "gone: 1 file: b.md"

    write_corpus(folder, {"places.csv": "name,lat,lon\nBlue Camp,39.62,46.5\n"})
    assert any(line.startswith("all are to be read again") for line in told(capsys, folder, "--index", index))


def test_how_far_a_build_had_come(tmp_path, capsys):
    folder, index = write_corpus(tmp_path / "news", {"a.md": BAKU}), tmp_path / "x.gpkg"
    main(["build", str(folder), "--index", str(index)])
    capsys.readouterr()
    draft = tmp_path / ".x.gpkg.7-0.draft" / "x.gpkg"
    draft.parent.mkdir()
    draft.write_bytes(index.read_bytes())
    write_corpus(tmp_path / ".x.gpkg.8-0.draft", {"x.gpkg": b"half"})
    with closing(sqlite3.connect(draft)) as db:
        assert Held(db).files().keys() == {"a.md"}
    assert told(capsys, folder, "--index", index)[-1] == "a build that runs or was ended has read 1 file"
