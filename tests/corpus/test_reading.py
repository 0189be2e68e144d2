"""A passage keeps its name when files come and go; names and dates are found where they stand."""

import pytest
from builders import build, front

from corpus.index.connection import open_index
from corpus.queries import reading
from corpus.queries.filters import Filters

TEXT = "Shells fell near Goris in Armenia on Tuesday.\n\nBaku denied it on 15 September 2022."
ONE = front(TEXT, title="Shells", outlet="River Post", date="2022-09-14")
OTHER = front("Crowds met in Jermuk, Armenia.", title="Crowds", date="2022-09-16")


@pytest.fixture
def index(tmp_path):
    with open_index(build(tmp_path, {"m.md": ONE})) as opened:
        yield opened


def all_references(index):
    texts = dict(index.execute("select id, text from passages"))
    return {reference: texts[id] for id, reference in reading.references(index, list(texts)).items()}


def test_another_file_changes_no_reference(index, tmp_path):
    before = all_references(index)
    with open_index(build(tmp_path / "more", {"a.md": OTHER, "m.md": ONE, "z.md": OTHER})) as more:
        after = all_references(more)
        assert before.items() <= after.items()
        for reference, text in before.items():
            (found,) = more.execute("select text from passages where id = ?", (reading.passage_of(more, reference),))
            assert found[0] == text


def test_another_text_has_other_references(index, tmp_path):
    with open_index(build(tmp_path / "edited", {"m.md": ONE.replace("fell", "rained")})) as edited:
        assert not all_references(index).keys() & all_references(edited).keys()


@pytest.mark.parametrize("reference", ["", "17", "0000000000000000.1", ".", "x.y", "0000000000.", "' or 1=1 --.1"])
def test_what_names_no_passage_finds_none(index, reference):
    assert reading.passage_of(index, reference) is None


def test_a_passage_beyond_the_last_is_none(index):
    print_ = next(iter(all_references(index))).split(".")[0]
    assert reading.passage_of(index, f"{print_}.99") is None


def test_marks_are_the_names_and_dates_where_they_stand(index):
    passages = [id for (id,) in index.execute("select id from passages order by start")]
    marks = reading.marks(index, passages)
    said = [text_of(index)[row.start : row.end] for row in marks.itertuples()]
    assert said == ["Goris", "Armenia", "Tuesday", "Baku", "15 September 2022"]
    assert list(marks.role != "") == [True, True, False, True, False]
    assert list(marks.since.dropna()) == ["2022-09-13", "2022-09-15"]
    assert reading.marks(index, []).empty


def text_of(index):
    return index.execute("select text from articles").fetchone()[0]


def test_articles_are_all_that_were_read_those_shown_first(tmp_path):
    with open_index(build(tmp_path, {"m.md": ONE, "a.md": OTHER})) as index:
        found = reading.articles(index, Filters(text="shells"))
        assert list(found.title) == ["Shells", "Crowds"]
        assert list(found.shown > 0) == [True, False]
        assert [reading.passage_of(index, reference) for reference in found.reference] == list(found.passage)


SHARED = "The Hill Council decided to form an expert panel that always watches the water levels of rivers near Goris."
REWORDED = (
    "An expert panel of the Hill Council shall be formed, which always watches water levels of rivers near Goris."
)


def test_a_statement_leads_to_where_others_pass_it_on(tmp_path):
    texts = (SHARED, f"Crowds met in Jermuk. {REWORDED}", "Rain fell in Lyon.")
    files = {f"{i}.md": front(text, title=f"T{i}", outlet=f"O{i}") for i, text in enumerate(texts)}
    with open_index(build(tmp_path, files)) as index:
        passages = dict(index.execute("select s.id, a.outlet from passages s join articles a on a.id = s.article"))
        found = reading.repeated(index, list(passages))
    rows = {(passages[row.passage], row.outlet): (row.said, bool(row.whole)) for row in found.itertuples()}
    assert rows == {("O0", "O1"): (REWORDED, False), ("O1", "O0"): (SHARED, True)}  # Jermuk is told of by one alone
