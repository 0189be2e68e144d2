"""The commands of corrections, and the score of the machine by them."""

import pytest
from builders import correction, found, front, write_corpus

from corpus.corrections.file import append, read_corrections
from corpus.corrections.made import correct, undoing, user
from corpus.index.connection import open_index
from corpus.ingest.files import read_articles
from corpus.records import Article

BODY = "Rain fell in Paris on Tuesday. Baku said that Lyon was calm. Buses came from Reading.\n"
FRANCE, ONTARIO = found("Paris, France").id, found("Paris, Ontario").id


@pytest.fixture
def folder(tmp_path):
    return write_corpus(tmp_path / "news", {"a.md": front(BODY, outlet="Post", date="2021-05-12")})


def say(folder, *said, **fields):
    (article,) = read_articles(folder)
    row = correction(*said, article.text, **{"file": "a.md", **fields})
    append(folder, [row])
    return row


def test_list_and_undo(run, folder):
    assert run("corrections", "list", folder) == (0, "", "dateline: 0 corrections, 0 undone, 0 no longer fit\n")
    stands = say(folder, "place", ONTARIO, "Paris", means="Paris, Ontario, Canada")
    undone = say(folder, "no place", "", "Reading", who="Bo\x1b[2J")
    gone = say(folder, "title", "Rain", "", start=0, text=Article("", "", "another text").print, file="gone.md")
    append(folder, [undoing(undone)])
    _, out, err = run("corrections", "list", folder)
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == [
        stands.id,
        "2026-11-28",
        *("Ann", "place", "Paris", "Paris, Ontario, Canada", "mention", "a.md", ""),
    ]
    assert rows[1][-1] == "undone"
    assert "\x1b" not in out  # it would control the terminal
    assert rows[2][-1] == "no longer fits: no article here has the text of gone.md"
    assert err.startswith("dateline: 3 corrections, 1 undone, 1 no longer fit; in ")
    assert run("corrections", "undo", gone.id, folder)[1].endswith(": undone\n")
    assert run("corrections", "undo", gone.id, folder)[::2] == (
        1,
        f"dateline: {gone.id!r} is no correction in force; see them with `corrections list`\n",
    )


def test_a_build_tells_what_no_longer_fits(run, folder):
    say(folder, "title", "Rain", "", text="0" * 16, file="gone.md")
    status, _, err = run("build", folder, "--index", folder.parent / "i.gpkg")
    assert status == 0
    assert "no article here has the text of gone.md" in err
    with open_index(folder.parent / "i.gpkg") as index:
        assert index.execute("select count(*) from articles").fetchone() == (1,)


def test_score_by_kind_of_error(run, folder):
    assert run("score", folder)[0] == 1
    say(folder, "place", FRANCE, "Paris")  # overruled by the next word on it
    say(folder, "place", ONTARIO, "Paris", scope="corpus", was=FRANCE)
    say(folder, "no place", "", "Reading")
    say(folder, "reading", "metonymic", "Baku")  # as it is read
    say(folder, "date", "2021-05-11", "Paris")  # as it is read
    say(folder, "right", f"{found('Lyon').id}; literal; 2021-05-01", "Lyon")
    say(folder, "published", "2021-05-12", "")
    say(folder, "outlet", "The Post", "")
    status, out, _ = run("score", folder)
    assert status == 0
    assert [line.split() for line in out.splitlines()] == [
        ["place", "1", "of", "2", "right", "50%"],
        ["not", "a", "place", "0", "of", "1", "right", "0%"],
        ["reading", "2", "of", "2", "right", "100%"],
        ["date", "1", "of", "2", "right", "50%"],
        ["publication", "1", "of", "1", "right", "100%"],
        ["outlet", "0", "of", "1", "right", "0%"],
    ]
    wrong = run("score", folder, "--wrong")[1].splitlines()[6:]
    assert [line.split("\t")[0] for line in wrong] == ["place", "not a place", "date", "outlet"]
    assert wrong[0].endswith(f"read as {FRANCE}")


def test_a_row_that_is_made_can_be_read_and_undone(tmp_path):
    made = correct("date", "2022-09-13", words="=Goris", text="0" * 16, file="a.md", start=1, end=7)
    append(tmp_path, [made, undoing(made, who="Ann")])
    (row, back), problems = read_corrections(tmp_path)
    assert (row, problems) == (made, [])
    assert (back.what, back.value, back.who, row.who) == ("undo", made.id, "Ann", user())
    with pytest.raises(ValueError, match="is no day"):
        correct("date", "Tuesday", words="x", text="", file="")
