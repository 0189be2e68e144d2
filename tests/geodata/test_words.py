"""The words that several steps read by: one table each, whole and without contradiction."""

import pytest

from geodata.words import number_words, reporting_verbs, wind_words, winds, words_behind


@pytest.mark.parametrize(
    ("form", "uses", "others"),
    [
        ("said", {"say", "bare", "dates", "clause"}, {"act", "guarded", "happens"}),
        ("accused", {"act", "clause"}, {"say", "dates"}),  # its object is what is said
        ("reports", {"say", "guarded", "noun", "dates"}, {"bare"}),  # "the reports" are things
        ("concluded", {"say", "dates", "happens"}, {"guarded"}),  # "the talks concluded on Monday"
        ("told", {"telling", "told"}, {"act"}),
        ("warned", {"telling"}, {"told"}),  # "warned of floods on Monday" names nobody who is told
        ("thought", {"clause"}, {"say", "dates"}),  # nobody said it
    ],
)
def test_a_verb_has_its_uses(form, uses, others):
    assert {use for use in uses | others if form in reporting_verbs(use)} == uses


@pytest.mark.parametrize(
    ("special", "general"),
    [
        ("guarded", {"say", "act"}),
        ("bare", {"say"}),
        ("telling", {"say", "act"}),
        ("told", {"telling"}),
        ("counting", {"say"}),
        ("noun", {"say", "act"}),
        ("happens", {"dates"}),
        ("dates", {"say", "act"}),  # nothing is dated as said that attribution takes for no saying
    ],
)
def test_what_is_true_of_some_verbs_is_true_of_verbs_of_saying(special, general):
    assert reporting_verbs(special) <= reporting_verbs(*general)


def test_a_verb_that_needs_a_word_behind_it_names_it():
    assert words_behind()["called"] == {"on", "for", "upon"}


def test_numbers_grow_with_their_words():
    assert list(number_words("one").values()) == list(range(1, 20))
    assert list(number_words("ten").values()) == list(range(20, 100, 10))
    assert number_words("hundred", "million", "score") == {
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "score": 20,
    }


def test_the_winds_go_round():
    assert [wind.bearing for wind in winds()] == [22.5 * number for number in range(16)]
    for wind in winds():  # every spelling names the same quarters in the same order
        assert wind.hyphened.replace("-", "") == wind.word.replace("-", "")
        assert wind.adjective == wind.word + "ern"
    assert wind_words() == {"north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"}
