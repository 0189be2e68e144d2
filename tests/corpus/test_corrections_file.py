"""Corrections in their file: the very words come back, nobody's row is lost, what is broken is named."""

import csv
import os
import re
from multiprocessing import get_context

import pytest
from builders import correction, write_corpus
from hypothesis import given
from hypothesis import strategies as st

from corpus import SHIPPED
from corpus.corrections import file
from corpus.corrections.file import append, home_of, kept_in, print_of_corrections, read_corrections
from corpus.corrections.table import COLUMNS, cell_of, header, line_of, read_table, text_of
from corpus.errors import CorrectionsError
from corpus.ingest.files import find_files

TEXT = "Shells fell near Goris."

WORDS = [
    "Goris",
    "",
    "=1+1",  # a formula
    " =1+1",  # ... to some spreadsheets, whatever blanks are before
    "'=1+1",  # ... that somebody made inert
    "''+1",
    "+374 10",
    "-5",
    "@SUM(A1)",
    "＝1",  # in full width
    "'s-Hertogenbosch",  # a town that begins with an apostrophe
    "Vayots\nDzor",  # over the end of a line
    "a\r\nb\u2028c\x00",
    "C:\\new\\u0041",  # the sign that the escapes are written with
    'say "Goris", then; tab\t',
    "\ud800",  # no letter at all, which no UTF-8 holds
    "‮siroG",  # written from the right
    "<img src=x onerror=alert(1)>",
    "Գորիս",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_very_words_come_back_from_one_line_that_is_no_formula(words):
    row = correction("title", words or "x", words, "", who=words)
    line = line_of(row)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert [found for _, found in read_table(header() + line)] == [row]
    cells = next(csv.reader([line]))
    assert not [cell for cell in cells if re.match(r"[\s\x00-\x1f\u200b\ufeff]*[-=+@＝＋－＠]", cell)]
    line.encode()


@given(st.text())
def test_any_text_comes_back(text):
    assert text_of(cell_of(text)) == text


GOOD = line_of(correction("place", "174895", "Goris", TEXT))
BROKEN = [
    # line, what is said of it
    (GOOD.replace("place", "plaice"), "what is 'plaice'; write one of place"),
    (GOOD.replace(",mention,", ",village,"), "scope is 'village'; write one of mention"),
    (GOOD.replace(",17,", ",seventeen,"), "'seventeen' is no position"),
    (GOOD.replace(",22,", ",17,"), "ends at 17 where it starts at 17"),
    (GOOD.replace("2026-11-28T", "yesterday "), "is no moment; write it as 2026-"),
    (GOOD.replace("2026-11-28T", "20261128T"), "is no moment; write it as 2026-"),
    (GOOD.replace("174895", ""), "the value of a row that says 'place' is missing"),
    (GOOD.rsplit(",", 1)[0] + "\n", f"it has {len(COLUMNS) - 1} cells under {len(COLUMNS)} columns"),
    (GOOD.replace("Goris", '"Goris'), ""),  # a quotation mark that is never closed: in the words of the csv module
    ("<<<<<<< HEAD\n", "a merge by git was left half done"),
    (GOOD.replace("Goris", "x" * 6000), "a cell of 6,000 letters is none"),
    (line_of(correction("reading", "army", "Goris", TEXT)), "the reading 'army' is none of literal"),
    (line_of(correction("date", "13 September", "Goris", TEXT)), "'13 September' is no day; write 2022-09-13"),
    (line_of(correction("date", "2022-09-14/2022-09-13", "Goris", TEXT)), "ends before it begins"),
    (line_of(correction("published", "2022-09-01/2022-09-30", "Goris", TEXT)), "published on one day"),
    (line_of(correction("right", "174895", "Goris", TEXT)), "confirms nothing"),
    (line_of(correction("place", "174895", "Goris", TEXT, id="")), "it has no id"),
]


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_broken_row_is_named_and_the_rest_counts(tmp_path, line, said):
    (tmp_path / "corrections.csv").write_text(header() + GOOD + line + GOOD)
    rows, problems = read_corrections(tmp_path)
    assert len(rows) == 2
    ((path, words),) = problems
    assert path == tmp_path / "corrections.csv"
    assert words.startswith("line 3 left out: ")
    assert said in words


FILES = [
    # what a spreadsheet or an editor may make of the file: it is read, and the next row fits it
    ("no newline at its end", lambda text: text.rstrip("\n").encode()),
    ("a mark of its encoding", lambda text: b"\xef\xbb\xbf" + text.encode()),
    ("ends of lines of Windows", lambda text: text.replace("\n", "\r\n").encode()),
    ("semicolons", lambda text: text.replace(",", ";").encode()),
    ("blank rows", lambda text: (text + "\n,,,,,,,,,,,,\n").encode()),
    ("a column of their own", lambda text: re.sub("(?m)$", ",note", text).replace("\n,note", "\n").encode()),
    ("another order", lambda text: "\n".join(",".join(line.split(",")[::-1]) for line in text.split("\n")).encode()),
]


@pytest.mark.parametrize(("saved_as"), [made for _, made in FILES], ids=[name for name, _ in FILES])
def test_a_file_saved_by_another_program_takes_the_next_row(tmp_path, saved_as):
    one, other = correction("place", "174895", "Goris", TEXT), correction("no place", "", "Goris", TEXT)
    (tmp_path / "corrections.csv").write_bytes(saved_as(header() + line_of(one)))
    append(tmp_path, [other])
    assert read_corrections(tmp_path) == ([one, other], [])


NO_TABLES = [
    # what lies there, why no row can be added: it stays as it is
    (b"name,lat,lon\nGoris,39,46\n", "its first line names no column"),
    (header().encode() + "Гори".encode("cp1251") + b"\n", "not written in UTF-8"),
]


@pytest.mark.parametrize(("held", "said"), NO_TABLES)
def test_what_is_no_table_of_corrections_is_left_alone(tmp_path, held, said):
    (tmp_path / "corrections.csv").write_bytes(held)
    with pytest.raises(CorrectionsError, match=said):
        append(tmp_path, [correction("no place", "", "Goris", TEXT)])
    assert (tmp_path / "corrections.csv").read_bytes() == held
    assert read_corrections(tmp_path)[1]


def test_a_folder_of_its_name_is_told(tmp_path):
    (tmp_path / "corrections.csv").mkdir()
    assert "it is no file" in read_corrections(tmp_path)[1][0][1]
    with pytest.raises(CorrectionsError, match=r"corrections\.csv"):
        append(tmp_path, [correction("no place", "", "Goris", TEXT)])


def _add(folder, number):
    for _ in range(25):
        append(folder, [correction("title", f"reader {number}", "x" * 3000, "", id=f"{number}-{_}")])


def test_readers_at_once_lose_no_row(tmp_path):
    readers = [get_context("fork").Process(target=_add, args=(tmp_path, number)) for number in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    rows, problems = read_corrections(tmp_path)
    assert problems == []
    assert len({row.id for row in rows}) == 100


def test_they_lie_beside_the_articles_and_are_no_article(tmp_path):
    write_corpus(tmp_path, {"a.txt": TEXT})
    assert append(tmp_path, [correction("no place", "", "Goris", TEXT)]) == tmp_path / "corrections.csv"
    told = []
    assert [path.name for path in find_files(tmp_path, on_problem=lambda *told_: told.append(told_))] == ["a.txt"]
    assert told == []


def test_a_folder_that_may_not_be_written_keeps_them_with_the_user(tmp_path, monkeypatch):
    monkeypatch.setattr(file.os, "access", lambda path, mode: False)
    beside = correction("no place", "", "Goris", TEXT)
    (tmp_path / "corrections.csv").write_text(header() + line_of(beside))
    other = correction("title", "Another", "", TEXT)
    assert append(tmp_path, [other]) == home_of(tmp_path)
    assert read_corrections(tmp_path)[0] == [beside, other]  # both count


def test_the_shipped_articles_keep_theirs_with_the_user():
    assert kept_in(SHIPPED) == home_of(SHIPPED)
    assert SHIPPED not in home_of(SHIPPED).parents


def test_two_folders_of_one_name_keep_their_own(tmp_path):
    assert home_of(tmp_path / "a" / "news") != home_of(tmp_path / "b" / "news")


def test_every_row_changes_what_an_index_is_built_from(tmp_path):
    before = print_of_corrections(tmp_path)
    append(tmp_path, [correction("no place", "", "Goris", TEXT)])
    after = print_of_corrections(tmp_path)
    os.utime(tmp_path / "corrections.csv", (0, 0))
    assert before != after == print_of_corrections(tmp_path)
