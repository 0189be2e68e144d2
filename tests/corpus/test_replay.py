"""Corrections replayed at a build: the last word of all steps, on just those that are alike."""

import json
import shutil
from dataclasses import replace

import pytest
from builders import correction, day, found, front, write_corpus

from corpus.build import build_index, is_up_to_date
from corpus.corrections.file import append
from corpus.corrections.fit import unfit
from corpus.corrections.places import id_of_point
from corpus.corrections.replay import Corrections, in_force
from corpus.index.connection import open_index, read_meta
from corpus.ingest.files import read_articles
from corpus.read_article import read_out
from corpus.records import Article, Dated, Published
from geodata.gazetteer import open_gazetteer

FILES = {
    "a.md": front(
        """
        Ten people were killed in Paris on Tuesday. Baku said that Paris was calm.

        A road runs between Paris and Lyon. Rescuers came to Reading on 5 May 2021.
        """,
        outlet="River Post",
        date="2021-05-12",
    ),
    "b.md": front("Rain fell in Paris and in Lyon. PARIS was grey.", outlet="River Post", date="2021-05-13"),
    "c.md": front("A sect of Zorbakan met in Paris, Texas.", outlet="Hill Times", date="2021-05-13"),
}
TEXAS, ONTARIO = found("Paris, Texas").id, found("Paris, Ontario").id
FRANCE, LYON, BAKU = found("Paris, France").id, found("Lyon").id, found("Baku").id


@pytest.fixture
def corpus(tmp_path):
    return Corpus(write_corpus(tmp_path / "articles", FILES), tmp_path / "index.gpkg")


class Corpus:
    """A folder of articles whose index is built again whenever it is asked."""

    def __init__(self, folder, index):
        self.folder, self.index = folder, index

    def text(self, file):
        return next(a.text for a in read_articles(self.folder) if a.file == file)

    def say(self, what, value, words, file="a.md", nth=1, **fields):
        """Let a reader correct words at their nth place."""
        text, start = self.text(file), -1
        for _ in range(nth):
            start = text.index(words, start + 1)
        span = {"start": start, "end": start + len(words)} if words else {}
        row = correction(what, value, words, text, **{"file": file, **span, **fields})
        append(self.folder, [row])
        return row

    def ask(self, question, *values):
        build_index(self.folder, self.index)
        with open_index(self.index) as index:
            return index.execute(question, values).fetchall()

    def names(self, text, what="place"):
        """Return one thing of each mention of these words, in whatever case, by file and position."""
        rows = self.ask(f"select {what} from mentions where lower(text) = lower(?) order by article, start", text)
        return [row[0] for row in rows]

    def problems(self):
        self.ask("select 1")
        with open_index(self.index) as index:
            return json.loads(read_meta(index)["problems"])


def test_as_it_is_read_without_corrections(corpus):
    assert corpus.names("Paris") == [FRANCE, FRANCE, FRANCE, FRANCE, FRANCE, TEXAS]
    assert corpus.names("Paris", "status") == ["placed"] * 6


SCOPES = [
    # scope, of all Paris: that in Texas is not alike
    ("mention", [FRANCE, ONTARIO, FRANCE, FRANCE, FRANCE, TEXAS]),
    ("article", [ONTARIO, ONTARIO, ONTARIO, FRANCE, FRANCE, TEXAS]),
    ("corpus", [ONTARIO, ONTARIO, ONTARIO, ONTARIO, ONTARIO, TEXAS]),  # in capitals too
]


@pytest.mark.parametrize(("scope", "places"), SCOPES)
def test_another_place_for_all_alike(corpus, scope, places):
    corpus.say("place", ONTARIO, "Paris", nth=2, scope=scope, was=FRANCE)
    assert corpus.names("Paris") == places
    sure = [(1.0, "corrected by Ann on 28 November 2026", "") if place == ONTARIO else None for place in places]
    told = corpus.ask("select confidence, reason, doubt from mentions where text like 'paris' order by article, start")
    assert [row if wanted else None for row, wanted in zip(told, sure, strict=True)] == sure
    assert (ONTARIO,) in corpus.ask("select id from places")


def test_the_number_of_dead_follows_its_place(corpus):
    corpus.say("place", TEXAS, "Paris", scope="article", was=FRANCE)
    assert corpus.ask("select m.place from claims c join mentions m on m.id = c.mention") == [(TEXAS,)]


def test_a_stretch_is_drawn_between_the_right_places(corpus):
    write_corpus(corpus.folder, {"d.txt": "Fields burned between the villages of Goris and Sisian."})
    (before,) = corpus.ask("select words from extents")
    corpus.say("place", found("Kapan").id, "Sisian", "d.txt")
    (after,) = corpus.ask("select words from extents")
    assert before[0].startswith("between Goris and Sisian: a stretch of ")
    assert before != after  # in its length


def test_one_by_one_before_and_after_all(corpus):
    """What one alone was corrected to before is not alike; after, it is one of them."""
    corpus.say("place", TEXAS, "Paris", nth=1, was=FRANCE)
    corpus.say("place", ONTARIO, "Paris", nth=2, scope="corpus", was=FRANCE)
    corpus.say("place", FRANCE, "Paris", "b.md", was=ONTARIO)
    assert corpus.names("Paris") == [TEXAS, ONTARIO, ONTARIO, FRANCE, ONTARIO, TEXAS]


def test_undone_and_done_again(corpus):
    first = corpus.say("place", ONTARIO, "Paris", scope="corpus", was=FRANCE)
    undo = corpus.say("undo", first.id, "Paris")
    assert corpus.names("Paris") == [FRANCE, FRANCE, FRANCE, FRANCE, FRANCE, TEXAS]
    corpus.say("undo", undo.id, "Paris")
    assert corpus.names("Paris")[0] == ONTARIO


def test_rows_count_once_and_by_their_time():
    one, other = correction("title", "A", "", ""), correction("title", "B", "", "")
    undo = correction("undo", one.id, "", "")
    assert in_force([undo, other, one, other]) == [other]
    assert in_force([other, one]) == [one, other]


def test_several_places(corpus):
    corpus.say("place", f"{FRANCE}|{ONTARIO}", "Paris", "b.md", was=FRANCE)
    rows = corpus.ask("select place from mentions where article like 'b%' and text = 'Paris' order by id")
    assert rows == [(FRANCE,), (ONTARIO,)]
    assert corpus.ask("select count(*) from mentions where article like 'b%'") == [(4,)]


def test_no_place(corpus):
    corpus.say("no place", "", "Paris", scope="corpus", was=FRANCE)
    assert corpus.names("Paris", "status") == ["undecided"] * 5 + ["placed"]
    assert corpus.names("Paris", "role")[0] == ""
    assert corpus.ask("select m.place from claims c left join mentions m on m.id = c.mention") == [(None,)]


READINGS = [
    # name, what a reader says it is, and the status, role and reading that follow
    ("Paris", 1, "metonymic", ("actor", "actor", "metonymic")),
    ("Paris", 1, "demonym", ("actor", "actor", "demonym")),
    ("Lyon", 1, "part_of_name", ("actor", "actor", "part_of_name")),
    ("Baku", 1, "literal", ("placed", "mentioned", "literal")),
]


@pytest.mark.parametrize(("name", "nth", "reading", "follows"), READINGS)
def test_another_reading(corpus, name, nth, reading, follows):
    corpus.say("reading", reading, name, nth=nth)
    (row, *_) = corpus.ask(
        "select status, role, reading, reading_reason from mentions where text = ? order by article, start",
        name,
    )
    assert row == (*follows, "corrected by Ann on 28 November 2026")


def test_a_reading_for_all_alike_leaves_those_read_otherwise(corpus):
    corpus.say("reading", "metonymic", "Lyon", "b.md", scope="corpus", was="literal")
    assert corpus.names("Lyon", "reading") == ["metonymic", "metonymic"]
    corpus.say("reading", "demonym", "Lyon", "b.md", scope="corpus", was="literal")  # the other is literal no more
    assert corpus.names("Lyon", "reading") == ["metonymic", "demonym"]


def _dates(corpus, article="a"):
    return corpus.ask(
        """select m.text, l.since, l.until from mentions m join links l on l.mention = m.id and l.rank = 0
        where m.article like ? order by m.start""",
        f"{article}%",
    )


def test_another_date_and_the_number_told_with_it(corpus):
    corpus.say("date", "2021-05-04/2021-05-06", "Paris")
    assert _dates(corpus)[0] == ("Paris", "2021-05-04", "2021-05-06")
    assert corpus.ask("select since, until, basis from claims") == [
        ("2021-05-04", "2021-05-06", "corrected by Ann on 28 November 2026")
    ]
    assert _dates(corpus)[1][1] != "2021-05-04"


def test_no_date(corpus):
    corpus.say("date", "undated", "Reading")
    assert corpus.names("Reading", "certainty") == ["undated"]


def test_a_date_for_all_that_one_expression_dates(corpus):
    before = {row for row in _dates(corpus) if row[1] == "2021-05-05"}
    assert {name for name, *_ in before} >= {"Reading"}
    corpus.say("date", "2020-01-01", "Paris", "b.md", scope="article")  # nothing but the publication dates it
    assert {row[1] for row in _dates(corpus, "b")} == {"2020-01-01"}
    assert {row for row in _dates(corpus) if row[1] == "2021-05-05"} == before


def test_a_long_ago_makes_background(corpus):
    corpus.say("date", "1999-01-01", "Paris")
    assert corpus.names("Paris", "role")[0] == "background"


def test_a_published_day_moves_what_counts_from_it(corpus):
    assert _dates(corpus)[0][1] == "2021-05-11"  # Tuesday
    corpus.say("published", "2021-05-19", "")
    assert _dates(corpus)[0][1] == "2021-05-18"
    told = corpus.ask("select published_since, published_basis, published_certainty from articles where id like 'a%'")
    assert told == [("2021-05-19", "corrected by Ann on 28 November 2026, '2021-05-19'", "exact")]


def test_title_and_outlet(corpus):
    corpus.say("title", "=A title", "")
    corpus.say("outlet", "The River Post", "", scope="corpus", was="River Post")
    rows = corpus.ask("select outlet, title from articles order by id")
    assert [outlet for outlet, _ in rows] == ["The River Post", "The River Post", "Hill Times"]
    assert rows[0][1] == "=A title"


def test_right_makes_sure_and_holds_it(corpus):
    corpus.say("right", f"{FRANCE}; literal; 2021-05-11", "Paris")
    (row,) = corpus.ask(
        """select m.place, m.confidence, m.reason, l.since, l.basis from mentions m join links l on l.mention = m.id
        where m.article like 'a%' and m.text = 'Paris' and l.rank = 0 order by m.start limit 1"""
    )
    assert row[:2] == (FRANCE, 1.0)
    assert row[2].endswith("; confirmed by Ann on 28 November 2026")
    assert len(row[2]) > 45  # why it was taken so stays
    assert (row[3], row[4].endswith("; confirmed by Ann on 28 November 2026")) == ("2021-05-11", True)
    corpus.say("right", f"{ONTARIO}; metonymic; undated", "Lyon")  # what another version had read stands
    assert corpus.ask(
        "select place, reading, certainty, reason from mentions where text = 'Lyon' and article like 'a%'"
    ) == [(ONTARIO, "metonymic", "undated", "confirmed by Ann on 28 November 2026")]


def test_a_name_that_is_not_found_is_added(corpus):
    corpus.say("place", id_of_point(39.51, 46.34), "Zorbakan", "c.md")
    (row,) = corpus.ask(
        """select m.status, m.place, m.role, l.since from mentions m join links l on l.mention = m.id
        where m.text = 'Zorbakan'"""
    )
    assert row == ("placed", "point:39.5100,46.3400", "met", "2021-05-13")
    (place,) = corpus.ask("select name, lat, lon, country, source from places where id like 'point:%'")
    assert place == ("Zorbakan", 39.51, 46.34, "AM", "a reader's point on the map")


def test_a_name_that_was_found_shorter_is_replaced(corpus):
    corpus.say("place", ONTARIO, "Paris and Lyon", "a.md")
    assert corpus.names("Paris and Lyon") == [ONTARIO]
    assert len(corpus.names("Paris")) == 5


def test_page_furniture_stays_aside(tmp_path):
    corpus = Corpus(
        write_corpus(tmp_path / "x", {"a.txt": "Rain fell in Lyon.\n\nRead More: Floods in Paris\n"}), tmp_path / "i"
    )
    corpus.say("place", ONTARIO, "Paris", "a.txt", scope="corpus", was=FRANCE)
    assert corpus.names("Paris", "status") == ["boilerplate"]


def test_it_stands_in_a_file_that_was_moved_and_beside_a_copy(corpus):
    corpus.say("place", ONTARIO, "Paris", nth=2)
    (corpus.folder / "deep").mkdir()
    shutil.move(corpus.folder / "a.md", corpus.folder / "deep" / "other name.md")
    assert sorted(corpus.names("Paris")).count(ONTARIO) == 1
    assert corpus.problems() == []


def test_they_are_no_part_of_reading_and_of_its_speed_where_none_are():
    corrections = Corrections()
    article = Article("b", "b.md", "Rain fell in Paris.")
    assert corrections.of_names(article) == ()
    assert corrections.mend_article(article) is article


def test_only_those_that_may_concern_an_article_go_with_it(corpus):
    """An article that none concerns is read as before: what was kept of it still counts."""
    text = corpus.text("a.md")
    rows = [
        correction("place", ONTARIO, "Paris", text, scope="corpus"),
        correction("place", ONTARIO, "Rescuers", text, scope="corpus"),
        correction("place", ONTARIO, "Lyon", text),
        correction("title", "A", "", text),
    ]
    corrections = Corrections(rows)
    by_file = {a.file: a for a in read_articles(corpus.folder)}
    assert [len(corrections.of_names(by_file[file])) for file in ("a.md", "b.md", "c.md")] == [
        3,
        1,
        1,
    ]  # in c.md for its words; whether it is alike, reading tells


def test_an_index_is_built_again_for_a_row_and_only_then(corpus):
    corpus.ask("select 1")
    assert is_up_to_date(corpus.folder, corpus.index)
    corpus.say("title", "A", "")
    assert not is_up_to_date(corpus.folder, corpus.index)
    corpus.ask("select 1")
    assert is_up_to_date(corpus.folder, corpus.index)


CHANGES = [
    # what became of the text, what is said, and whether the words are told to be found again
    (lambda text: text.replace("Rain", "Hail"), "the words are in it once", True),
    (lambda text: text.replace("Lyon", "Lille"), "has these words 0 times", False),
    (lambda text: text.replace("Lyon", "Lyon, Lyon"), "has these words 2 times", False),
    (lambda text: text + ("Grey. " * 60) + "Lyon.", "near where they were", True),
    (lambda text: None, "no article here has the text of b.md", False),
]


@pytest.mark.parametrize(("change", "said", "again"), CHANGES)
def test_where_the_text_changed_it_is_told_and_changes_nothing(corpus, change, said, again):
    row = corpus.say("place", ONTARIO, "Lyon", "b.md")
    assert corpus.problems() == []
    file = corpus.folder / "b.md"
    changed = change(file.read_text())
    file.write_text(changed) if changed else file.unlink()
    assert ONTARIO not in corpus.names("Lyon")
    (problem,) = corpus.problems()
    assert problem.startswith(
        f"corrections.csv: row {row.id} of Ann on 28 November 2026 no longer fits (“Lyon”, place "
    )
    assert said in problem
    articles = list(read_articles(corpus.folder))
    (misfit,) = unfit([row], articles, open_gazetteer())
    assert (misfit.now is not None) == again
    if misfit.now:
        text = next(article.text for article in articles if article.print == misfit.now[0])
        assert text[misfit.now[1] :].startswith("Lyon")


MISFITS = [
    # a row that was changed by hand or whose place is gone
    ({"words": "Nancy"}, "other words stand there in b.md"),
    ({"value": "own-camp"}, "no place is known by own-camp"),
    ({"value": "point:99.0,0.0"}, "no place is known by point:99.0,0.0"),
]


@pytest.mark.parametrize(("fields", "said"), MISFITS)
def test_a_row_that_fits_nothing_changes_nothing_and_is_told(corpus, fields, said):
    row = corpus.say("place", ONTARIO, "Lyon", "b.md")
    (corpus.folder / "corrections.csv").unlink()
    append(corpus.folder, [replace(row, **fields)])
    assert corpus.names("Lyon") == [LYON, LYON]
    (problem,) = corpus.problems()
    assert said in problem


def test_alike_in_the_corpus_outlives_the_article_it_was_said_in(corpus):
    corpus.say("place", ONTARIO, "Paris", "b.md", scope="corpus", was=FRANCE)
    (corpus.folder / "b.md").unlink()
    assert corpus.names("Paris") == [ONTARIO, ONTARIO, ONTARIO, TEXAS]
    assert corpus.problems() == []


def test_the_unit_of_work_needs_nothing_but_its_arguments(corpus):
    article = next(a for a in read_articles(corpus.folder) if a.file == "b.md")
    row = correction("place", ONTARIO, "Paris", article.text)
    read = read_out(Dated(article, Published(day("2021-05-13"), day("2021-05-13"), ""), corrections=(row,)))
    assert [m.resolution.entry.id for m in read.mentions if m.text == "Paris"] == [ONTARIO]
    assert BAKU not in {m.resolution.entry.id for m in read.mentions if m.resolution.entry}
