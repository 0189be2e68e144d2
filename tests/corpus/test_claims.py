"""The ledger: claims under the filters with who makes them, and which numbers do not go together."""

import csv
from datetime import date
from pathlib import Path

import pytest
from builders import ROOT, build, front

from corpus.build import build_index
from corpus.index.connection import open_index
from corpus.queries.claims import ledger
from corpus.queries.filters import Filters

GOLD = Path(__file__).parent / "gold" / "claims.csv"


def write(folder, *sentences):
    """Return an index of one article a sentence, all of one day."""
    files = {
        f"a{number}.md": front(sentence, title=f"Title {number}", outlet=f"Outlet {number}", date="2022-09-14")
        for number, sentence in enumerate(sentences)
    }
    return build(folder, files)


NINE = "Armenia said that 9 of its soldiers were killed."


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        # the same soldiers, other numbers
        (NINE, "Armenia said that 12 of its soldiers were killed.", True),
        # "at least" leaves room above, none below
        ("Armenia said that at least 9 of its soldiers were killed.", "Twelve Armenian soldiers were killed.", False),
        ("Armenia said that at least 12 of its soldiers were killed.", "Nine Armenian soldiers were killed.", True),
        # about a number is near it
        ("About 100 Armenian soldiers were killed.", "Armenia said that 95 of its soldiers were killed.", False),
        ("About 100 Armenian soldiers were killed.", "Armenia said that 60 of its soldiers were killed.", True),
        # another side's soldiers
        (NINE, "Azerbaijan said that 12 of its soldiers were killed.", False),
        # something else befell them
        (NINE, "Armenia said that 12 of its soldiers were wounded.", False),
        # another day
        (NINE, "On 3 May 2021 12 Armenian soldiers were killed.", False),
        # other people
        (NINE, "Armenia said that 3 Armenian children were killed.", False),
        # soldiers by two words
        ("Nine Armenian soldiers were killed.", "Twelve Armenian servicemen were killed.", True),
        # no side: the place tells whether it is one event
        ("Three people were killed in Lyon.", "Five people were killed in Lyon.", True),
        ("Three people were killed in Lyon.", "Five people were killed in Marseille.", False),
        ("Three people were killed.", "Five people were killed.", False),
        # who counts, and who does not say how many
        (NINE, "Armenia spoke of losses among its soldiers, but did not name their number.", True),
        (NINE, "Azerbaijan spoke of losses among its soldiers, but did not name their number.", False),
        # the other side's losses are not the speaker's own
        ("Armenia said that 9 enemy soldiers were killed.", "Armenia said that 3 of its soldiers were killed.", False),
    ],
)
def test_contradictions(tmp_path, one, other, differ):
    with open_index(write(tmp_path, one, other)) as index:
        found = ledger(index, Filters())
    assert len(found) == 2
    ids = list(found.id)
    expected = [(ids[1],), (ids[0],)] if differ else [(), ()]
    assert list(found.differs) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_series"),
    [
        # a toll that rose, by whom it is
        ("On 3 May 2022 9 people were killed in Lyon.", "On 5 May 2022 12 people were killed in Lyon.", True),
        (
            "Armenia said that 9 of its soldiers were killed on 3 May 2022.",
            "Armenia said that 12 of its soldiers were killed on 5 May 2022.",
            True,
        ),
        # another place, another year, other people, and one day
        ("On 3 May 2022 9 people were killed in Lyon.", "On 5 May 2022 12 people were killed in Tours.", False),
        ("On 3 May 2021 9 people were killed in Lyon.", "On 5 May 2022 12 people were killed in Lyon.", False),
        ("On 3 May 2022 9 people were killed in Lyon.", "On 5 May 2022 12 people were wounded in Lyon.", False),
        ("On 3 May 2022 9 people were killed in Lyon.", "On 3 May 2022 12 people were killed in Lyon.", False),
    ],
)
def test_one_count_over_days_is_a_series(tmp_path, one, other, is_series):
    with open_index(write(tmp_path, one, other)) as index:
        found = ledger(index, Filters())
    ids = list(found.id)
    assert list(found.series) == ([(ids[1],), (ids[0],)] if is_series else [(), ()])


@pytest.mark.parametrize(
    ("one", "other", "folds"),
    [
        # one side's number of its own, in other words
        (NINE, "Nine of its soldiers died, Yerevan reported.", True),
        (NINE, "The fighting killed 9 Armenian soldiers, according to the authorities of each country.", True),
        # nobody says it: the words tell that one has it from the other
        ("Floods left 17 dead in the lower town of Lyon.", "Floods left 17 dead in the lower town of Lyon late.", True),
        ("Floods left 17 dead in Lyon.", "A mill burned in Tours and 17 workers were killed.", False),
        # another number, another claimant, another side's people
        (NINE, "Armenia said that 12 of its soldiers were killed.", False),
        (NINE, "Baku said that 9 Armenian soldiers were killed near the lake.", False),
        (NINE, "Armenia said that 9 Azerbaijani soldiers were killed.", False),
    ],
)
def test_what_several_articles_pass_on_is_one_claim(tmp_path, one, other, folds):
    with open_index(write(tmp_path, one, other)) as index:
        found = ledger(index, Filters())
    _, second = found.id
    assert list(found.folded) == [False, folds]
    assert list(found.same) == ([(second,), ()] if folds else [(), ()])


def test_what_one_article_says_against_itself_stands_beside(tmp_path):
    later = "On the same day Armenia said that 12 of its soldiers were killed."
    with open_index(write(tmp_path, f"{NINE} {later}")) as index:
        found = ledger(index, Filters())
    assert list(found.differs) == [(found.id[1],), (found.id[0],)]


def test_two_numbers_of_one_sentence_do_not_contradict_each_other(tmp_path):
    with open_index(
        write(tmp_path, "Three people were killed in Lyon and five people were killed in Lyon too.")
    ) as index:
        assert list(ledger(index, Filters()).differs) == [(), ()]


def test_a_claim_comes_with_all_that_traces_it(tmp_path):
    sentence = (
        "Armenia said that at least 9 of its soldiers were killed near Goris on Tuesday, and the toll is not final."
    )
    with open_index(write(tmp_path, sentence)) as index:
        [row] = ledger(index, Filters()).itertuples()
        text = index.execute("select text from articles").fetchone()[0]
    assert (row.low, row.high, row.what, row.whom, row.wording) == (9, None, "killed", "its soldiers", "at least")
    assert (row.speaker, row.side, row.whose, row.mode) == ("Armenia", "AM", "AM", "indirect")
    assert (row.since, row.until, row.certainty) == ("2022-09-13", "2022-09-13", "inferred")
    assert (row.place_name, row.outlet, row.published_since) == ("Goris", "Outlet 0", "2022-09-14")
    assert "not final" in row.caution
    assert text[row.start : row.end] == row.text == "at least 9 of its soldiers"
    assert text[row.sentence_start : row.sentence_end] == sentence


def test_the_narrator_has_no_name(tmp_path):
    with open_index(write(tmp_path, "Three people were killed in Lyon.")) as index:
        [row] = ledger(index, Filters()).itertuples()
    assert (row.speaker, row.name, row.side, row.mode) == ("", "", "", "")


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [3, 9, 20]),
        ({"since": date(2022, 9, 13)}, [9, 20]),
        ({"until": date(2021, 12, 31)}, [3]),
        ({"since": date(2022, 9, 14), "by": "published"}, [3, 9, 20]),  # all three appeared on that day
        ({"since": date(2022, 9, 15), "by": "published"}, []),
        ({"outlets": ("Outlet 1",)}, [9]),
        ({"outlets": ("Outlet 0", "O'Hara")}, [3]),
        ({"regions": ("FR",)}, [3]),
        ({"regions": ("AM",)}, [9]),
        ({"text": "goris"}, [9]),
        ({"text": "' or 1=1 --"}, []),
        ({"roles": ()}, [3, 9, 20]),  # what a place is to the story says nothing of a number
    ],
)
def test_filters(tmp_path_factory, claimed, filters, numbers):
    found = ledger(claimed, Filters(**filters))
    assert sorted(found.low) == numbers


@pytest.fixture(scope="module")
def claimed(tmp_path_factory):
    sentences = (
        "Three people were killed in Lyon on 3 May 2021.",
        "Armenia said that 9 of its soldiers were killed near Goris on Tuesday.",
        "Twenty soldiers were wounded on Tuesday.",
    )
    with open_index(write(tmp_path_factory.mktemp("claims"), *sentences)) as index:
        yield index


def test_nothing_is_added_up(claimed):
    found = ledger(claimed, Filters())
    assert len(found) == claimed.execute("select count(*) from claims").fetchone()[0]
    assert found.id.is_unique


def test_an_empty_ledger_has_its_columns(claimed):
    found = ledger(claimed, Filters(text="zzz"))
    assert found.empty
    assert {"speaker", "differs", "sentence_start"} <= set(found.columns)


def test_all_casualty_statements_of_the_originals(shared, tmp_path):
    build_index(shared / "articles", tmp_path / "index.gpkg")
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    with open_index(tmp_path / "index.gpkg") as index:
        found = ledger(index, Filters())
        texts = dict(index.execute("select file, text from articles"))
        files = dict(index.execute("select id, file from articles"))
    rows = {(files[row.article], row.low): row for row in found.itertuples()}
    assert len(rows) == len(gold)
    for want in gold:
        row = rows[want["file"], int(want["low"])]
        # "*": to the day of publication, which is an estimate
        until = (row.until or "") if want["until"] != "*" else "*"
        told = (row.number, row.since or "", until, row.place_name or "")
        assert told == (want["number"], want["since"], want["until"], want["place"]), row.text
        assert row.what == want["what"]
        if want["name_start"]:
            said = texts[want["file"]][int(want["name_start"]) : int(want["name_end"])]
            assert said.lower() in row.speaker.lower(), (said, row.speaker)
        else:
            assert row.speaker == ""
        if want["wording"] == "not final":
            assert "final" in row.caution
        else:
            assert row.wording == want["wording"]


# Of each claim of the shipped digests: its file begins with, number, what, who says it, since, until, place.
DIGESTS = [
    ("2022-09-13-agency", "a hundred", "killed", "", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-agency", "49", "killed", "the authorities in each country", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-agency", "50", "killed", "the authorities in each country", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-agency", "thousands", "killed", "", "2020-01-01", "2020-12-31", "Nagorno-Karabakh"),
    ("2022-09-13-eurasia", "49", "killed", "Nikol Pashinyan", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-eurasia", "an unnamed number", "casualties", "Azerbaijan", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-overnight", "49", "killed", "Yerevan", "2022-09-13", "2022-09-13", ""),
    ("2022-09-13-overnight", "50", "killed", "The Azerbaijani Defense Ministry", "2022-09-13", "2022-09-13", ""),
    ("2022-10-12-astana", "280", "killed", "", "2022-09-01", "2022-09-30", ""),
]


def test_every_claim_of_the_shipped_digests(tmp_path):
    build_index(ROOT / "corpus" / "articles", tmp_path / "index.gpkg")
    with open_index(tmp_path / "index.gpkg") as index:
        found = ledger(index, Filters())
    told = {
        (row.file, row.number, row.what, row.speaker, row.since or "", row.until or "", row.place_name or "")
        for row in found.itertuples()
    }
    for file, number, what, speaker, *rest in DIGESTS:
        (same,) = [row for row in told if row[0].startswith(file) and row[1:3] == (number, what)]
        assert same[3].startswith(speaker) and bool(same[3]) == bool(speaker)
        assert list(same[4:]) == rest
    assert len(told) == len(DIGESTS)
