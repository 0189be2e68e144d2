"""Why each name came to be read as it is: what the steps leave behind adds up to what they decided."""

import math

import pytest
from builders import build, front

from corpus.explain import dated_article, explain, explain_article
from corpus.index.connection import open_index
from corpus.read_article import parse_text
from geodata.gazetteer import open_gazetteer
from geodata.working import Working

TEXT = (
    "Shells fell near Goris overnight, Baku said on Tuesday. Twelve people in Orange left for Paris, Texas; "
    "Easter Island and the Armenian town of Sotk were calm. Lee met Jordan in Amman."
)


@pytest.fixture(scope="module")
def read_with_working():
    working = Working()
    return parse_text(TEXT, published="2022-09-14", working=working), working


def test_asking_why_changes_nothing(read_with_working):
    assert read_with_working[0] == parse_text(TEXT, published="2022-09-14")


def test_every_name_that_was_weighed_is_there(read_with_working):
    read, working = read_with_working
    assert {mention.start for mention in read.mentions} == {span.start for span in working.spans if span.is_kept}
    assert any(not span.is_kept for span in working.spans)


def test_the_features_add_up_to_the_probability(read_with_working):
    _, working = read_with_working
    spans = [span for span in working.spans if 0.001 < span.probability < 0.999]  # else a rule decided
    assert len(spans) > 5
    for span in spans:
        odds = math.log(span.probability / (1 - span.probability))
        assert odds == pytest.approx(sum(span.features.values()), abs=1e-6), TEXT[span.start : span.end]


def test_the_best_candidate_is_what_was_chosen(read_with_working):
    read, working = read_with_working
    gazetteer = open_gazetteer()
    for mention in read.mentions:
        candidates = working.candidates[mention.start]
        points = [candidate.points for candidate in candidates]
        assert points == sorted(points, reverse=True)
        assert gazetteer.entry(candidates[0].row) == mention.resolution.entry


def test_the_weights_of_a_reading_add_up_to_its_probability(read_with_working):
    read, working = read_with_working
    goris = next(mention for mention in read.mentions if mention.text == "Goris")
    acting = 1 / (1 + math.exp(-sum(working.readings[goris.start].values())))
    assert goris.reading.probability == pytest.approx(1 - acting)


@pytest.mark.parametrize(
    "told",
    [
        "published: 2022-09-14",
        "Goris  [17:22]",
        "means Goris, Syunik, Armenia",
        "read as literal",
        "role happened",
        "'met Jordan': dealt with as a party",
        "status actor",
        "dated 2022-09-13: its sentence says 'Tuesday'",
        "Paris, Texas, United States: itself",
        "left out: it is taken for no place name",
        "it is the main name of a town",
    ],
)
def test_it_is_told_in_lines(told):
    assert any(told in line for line in explain(TEXT, published="2022-09-14"))


def test_a_text_without_names():
    assert list(explain("It rained.")) == [
        "published: unknown (no day is named)",
        "nothing in it may be the name of a place",
    ]


def test_of_an_article_in_the_index_it_explains_what_the_index_holds(tmp_path):
    """Its outlet and title stand beside it, the date of a corpus dates it, and the reader's own places count."""
    river = "Shells fell near Blue Ridge Camp and in Orange on Tuesday. Baku denied it.\n\nRead More: Rain in Madrid"
    path = build(
        tmp_path,
        {
            "river.md": front(river, outlet="The Texas Post", title="Orange, Texas", date="2022-09-14"),
            "valley.txt": "Two roads to Goris were closed on Monday.\n",
            "places.csv": "name,lat,lon\nBlue Ridge Camp,39.62,46.50\n",
        },
    )
    with open_index(path) as index:
        held = index.execute(
            """select m.article, m.start, m.status, m.reason, m.reading_reason, m.role, p.gazetteer_name, l.basis
            from mentions m left join places p on p.id = m.place left join links l on l.mention = m.id and l.rank = 0
            where m.status != 'boilerplate' order by 1, 2"""
        ).fetchall()
        passages = index.execute("select min(id) from passages group by article").fetchall()
        articles = [dated_article(index, passage) for (passage,) in passages]
        assert dated_article(index, 10**9) is None
    explained = []
    for dated in articles:
        for one in explain_article(dated, own=tmp_path / "articles" / "places.csv"):
            mention = one.mention
            if mention is None or mention.status == "boilerplate":
                continue
            entry, reading = mention.resolution.entry, mention.reading
            told = (mention.status, mention.resolution.reason, reading.reason, mention.role)
            explained.append((dated.article.id, one.start, *told, entry and entry.name, mention.links[0].basis))
    assert sorted(explained) == [tuple(row) for row in held]
    assert {"Blue Ridge Camp", "Orange", "Goris"} <= {row[6] for row in held}
