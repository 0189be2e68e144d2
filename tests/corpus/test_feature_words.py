"""Features in plain words: all that the models weigh has some, and what they say is what the feature says."""

import pytest

from corpus.feature_words import in_words
from geodata import DATA
from geodata.tables import read_rows


@pytest.mark.parametrize(
    ("step", "feature", "words"),
    [
        ("name", "after title", "after a title such as “Mr.”"),
        ("name", "province: after title", "after a title such as “Mr.”"),  # weighed apart, and the same to a reader
        ("name", "population 6", "its largest place has millions of people"),
        ("name", "demonym after hyphen", "after a hyphen"),
        ("reading", "prep near", "it stands after “near”"),
        ("reading", "prep opens", "a preposition opens its sentence"),  # and not the word "opens"
        ("reading", "in after fell", "before it “fell in”"),
        ("reading", "in: fell", "it depends on “fell” through a word for within"),
        ("reading", "town: prep near", "it stands after “near”, being a town"),
        ("reading", "prep near: then preposition", "it stands after “near”, and a preposition follows"),
        ("reading", "prep {0}", "it stands after “{0}”"),  # a word of an article
        ("reading", "what nobody weighs", "what nobody weighs"),
    ],
)
def test_in_words(step, feature, words):
    assert in_words(feature, step) == words


@pytest.mark.parametrize(("step", "file"), [("name", "toponym_weights.csv"), ("reading", "reading_weights.csv")])
def test_every_feature_that_is_weighed_has_words(step, file):
    features = [row["feature"] for row in read_rows(DATA / file)]
    assert [feature for feature in features if in_words(feature, step) == feature] == []
