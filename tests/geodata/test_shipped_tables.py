"""The one reader of the tables that ship."""

import re

import pytest
from builders import ROOT

from geodata.errors import DataFileError
from geodata.tables import read_lines, read_rows, read_toml

# What reads a user's files, or builds the tables, has readers of its own.
OTHERS = {
    *("geodata/tables.py", "geodata/gazetteer/user_places.py", "corpus/ingest/front_matter.py"),
    *("corpus/ingest/articles.py", "corpus/ingest/formats/table.py", "corpus/corrections/table.py"),
    "corpus/exports/quoted.py",
}


def test_reads_rows_toml_and_lines(tmp_path):
    (tmp_path / "a.csv").write_text('name,kind\n"Lyon, the city",city\nŞuşa,\n', "utf-8")
    (tmp_path / "a.toml").write_text('[words]\nsaid = "said told"\n', "utf-8")
    (tmp_path / "a.txt").write_text("one\n\n  two words \nthree", "utf-8")
    assert read_rows(tmp_path / "a.csv") == [{"name": "Lyon, the city", "kind": "city"}, {"name": "Şuşa", "kind": ""}]
    assert read_toml(tmp_path / "a.toml") == {"words": {"said": "said told"}}
    assert read_lines(tmp_path / "a.txt") == ["one", "two words", "three"]


@pytest.mark.parametrize("read", [read_rows, read_toml, read_lines])
@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])  # not there, no text
def test_what_cannot_be_read_is_named_with_the_way_out(tmp_path, read, content):
    if content is not None:
        (tmp_path / "table").write_bytes(content)
    with pytest.raises(
        DataFileError, match=r"table cannot be read .*: check the repository out again, or run `make data`"
    ):
        read(tmp_path / "table")


def test_nothing_else_reads_tables():
    files = [path for package in ("geodata", "corpus", "dashboard") for path in (ROOT / package).rglob("*.py")]
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if not {"sources", "training"} & set(path.parts)
        and re.search(r"csv\.(?:DictReader|reader)\(|tomllib\.loads?\(|out again", path.read_text("utf-8"))
    }
    assert readers - {"geodata/errors.py"} == OTHERS
