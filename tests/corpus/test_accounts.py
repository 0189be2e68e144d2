"""Who calls a place what and who says what of it, against a plain reading of the rows."""

import pytest
from builders import build, day, front

from corpus.index.connection import open_index
from corpus.queries import accounts
from corpus.queries.accounts import Scope
from corpus.queries.filters import Filters
from corpus.records import ROLES

GORIS, SHUSHA, ASTANA = "174895", "147105", "1526273"
ARTICLES = {
    # two sides of one day, one of them naming the place only in the sentence before; the outlet's own sentence
    "river.md": front(
        "The Armenian Defence Ministry said that shells fell near Goris on Tuesday. Azerbaijan said that Armenian "
        "troops had fired first. The road to Goris is closed.",
        title="Shells near Goris",
        outlet="River Post",
        date="2022-09-14",
    ),
    # another day, direct speech, another name of one place
    "valley.md": front(
        '"We saw smoke over Şuşa on 5 October 2022," the mayor said. Traders came from Shushi to Goris by night.',
        title="Smoke",
        outlet="Valley Times",
        date="2022-10-06",
    ),
    # the province alone; a name out of use, and the name for those who act
    "summit.md": front(
        "Russia said that drones flew over Syunik Province on 13 September 2022. In August 2022 guests met in "
        "Nur-Sultan. Astana claims that a road leads from Astana to Karaganda.",
        title="A summit",
        date="2022-10-14",
    ),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with open_index(build(tmp_path_factory.mktemp("accounts"), ARTICLES)) as index:
        yield index


def said(index, scope, **filters):
    """Return side, speaker and what is said of a place, as the article has it."""
    found = accounts.accounts(index, Filters(**filters), scope)
    texts = dict(index.execute("select id, text from articles"))
    return [
        (row.side, row.speaker, " | ".join(texts[row.article][start:end] for start, end in row.said))
        for row in found.itertuples()
    ]


def test_two_sides_and_the_outlet_are_kept_apart(index):
    assert said(index, Scope(GORIS, False), outlets=("River Post",)) == [
        ("AM", "The Armenian Defence Ministry", "shells fell near Goris on Tuesday"),
        ("AZ", "Azerbaijan", "Armenian troops had fired first"),
        ("", "", "The road to Goris is closed."),
    ]


def test_sentences_stand_as_printed(index):
    for scope in (Scope(GORIS, False), Scope("AM", True), Scope("AZ", True)):
        for row in accounts.accounts(index, Filters(), scope).itertuples():
            text = index.execute("select text from articles where id = ?", (row.article,)).fetchone()[0]
            assert text.startswith(row.passage_text, row.passage_start)
            assert row.passage_start <= row.start < row.end <= row.passage_start + len(row.passage_text)
            assert text[row.end - 1] in '.?!"'
            assert row.start == 0 or text[row.start - 1] in " \n"
            for start, end in (*row.lit, *row.said):
                assert row.start <= start < end <= row.end


def test_what_names_the_place_only_in_its_passage_is_told_apart(index):
    found = accounts.accounts(index, Filters(outlets=("River Post",)), Scope(GORIS, False))
    assert dict(zip(found.speaker, found.naming, strict=True)) == {
        "The Armenian Defence Ministry": True,
        "Azerbaijan": False,
        "": True,
    }


@pytest.mark.parametrize(
    ("scope", "filters", "sides"),
    [
        (Scope("ARM-1732", True), {}, {"AM", "AZ", "RU", ""}),  # the province with its town
        (Scope(GORIS, False), {"since": "2022-09-13", "until": "2022-09-13"}, {"AM", "AZ"}),  # that passage, that day
        (Scope(GORIS, False), {"since": "2022-11-01"}, set()),  # nothing since
        (Scope(SHUSHA, False), {"outlets": ("Valley Times",)}, {""}),  # a mayor without a side
        (Scope(SHUSHA, False), {"outlets": ("River Post",)}, set()),
        (Scope(GORIS, False), {"text": "shells"}, {"AM", "AZ"}),
        (Scope("nowhere", False), {}, set()),
    ],
)
def test_filters_narrow_the_accounts(index, scope, filters, sides):
    filters = {name: day(value) if name in ("since", "until") else value for name, value in filters.items()}
    found = accounts.accounts(index, Filters(**filters), scope)
    assert sides - {""} == set(found.side) - {""}
    assert bool(sides) == bool(len(found))


def test_the_narrowest_role_does_not_hide_what_is_said(index):
    assert said(index, Scope(GORIS, False), roles=("actor",)) == said(index, Scope(GORIS, False))


def test_names_add_up_to_the_mentions_by_name(index):
    for filters in (Filters(), Filters(roles=("met",)), Filters(roles=("actor", "happened")), Filters(text="road")):
        for (place,) in index.execute("select distinct place from mentions where place is not null").fetchall():
            found = accounts.names(index, filters, place)
            rows = index.execute(
                """select m.role from mentions m join passages s on s.id = m.passage
                where m.place = ? and m.kind = 'name' and m.role != '' and instr(lower(s.text), ?)""",
                (place, filters.text),
            ).fetchall()
            assert found.mentions.sum() == len(rows)
            assert found.shown.sum() == sum(role in filters.roles for (role,) in rows)


def test_each_name_has_its_outlet_and_speaker(index):
    found = accounts.names(index, Filters(roles=ROLES), SHUSHA)
    rows = [(row.text, row.outlet, row.speaker, row.mode) for row in found.itertuples()]
    assert rows == [("Shushi", "Valley Times", "", ""), ("Şuşa", "Valley Times", "the mayor", "direct")]


def test_places_of_many_names_come_first(index):
    found = accounts.many_named(index, Filters())
    spellings = dict(zip(found.place, found.spellings, strict=True))
    assert spellings[ASTANA] == ("Astana", "Nur-Sultan")
    assert spellings[SHUSHA] == ("Shushi", "Şuşa")
    assert list(found.number) == sorted(found.number, reverse=True)
    assert "Armenian" not in {name for names in spellings.values() for name in names}  # a people is no name of a place


def test_official_names_come_with_their_time():
    periods = accounts.official(ASTANA, ["Nur-Sultan", "Astana"])
    assert [(period.name, period.since.year) for period in periods] == [
        ("Astana", 1998),
        ("Nur-Sultan", 2019),
        ("Astana", 2022),
    ]
    assert accounts.official(GORIS, ["Goris", "Astana"]) == []  # of this place, not of the name


def test_hints_are_those_of_the_article(tmp_path):
    files = {
        "spun.md": front(
            "The OTSC met. The CSTO (Collective Security Treaty Organization) sent near of a hundred men.", title="S"
        ),
        "plain.md": front("The council met in Goris.", title="P"),
    }
    with open_index(build(tmp_path, files)) as index:
        articles = dict(index.execute("select title, id from articles"))
        found = accounts.hints(index, articles["S"])
        text = index.execute("select text from articles where title = 'S'").fetchone()[0]
        assert len(found) >= 2
        assert all(text[row.start : row.end] == row.text for row in found.itertuples())
        assert accounts.looks_rewritten(index, articles["S"])
        assert accounts.hints(index, articles["P"]).empty
        assert not accounts.looks_rewritten(index, articles["P"])
    assert not found.reason.eq("").any()
