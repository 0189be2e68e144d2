"""Why each name came to be read as it is: what the steps leave behind adds up to what they decided."""

import math

import pytest

from corpus.explain import explain
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
    ],
)
def test_it_is_told_in_lines(told):
    assert any(told in line for line in explain(TEXT, published="2022-09-14"))


def test_a_text_without_names():
    assert list(explain("It rained.")) == ["published: unknown (no day is named)"]
