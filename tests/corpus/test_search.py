"""What somebody types is found: a place by any of its names, a word in any passage, an article by its head."""

import pytest
from builders import build, front

from corpus.index.connection import open_index
from corpus.queries import places as queries
from corpus.queries import search
from corpus.queries.filters import Filters
from corpus.records import LITERAL

ARTICLES = {
    "river.md": front(
        "Shells fell near Goris in Armenia on Tuesday. Baku denied it.\n\n"
        "In 1992 barns burned in Stepanakert, Azerbaijan.",
        title="Barns burn",
        outlet="River Post",
        date="2022-09-14",
    ),
    "plain.md": front("Nobody knows why the lanterns went out.", title="A dark evening", date="2022-09-15"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with open_index(build(tmp_path_factory.mktemp("search"), ARTICLES)) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        "Stepanakert",
        "stepanakert",  # however it is written
        "Khankendi",  # a name that no article uses
        "Xankəndi",
        "Ստեփանակերտ",  # another script
        "Степанакерт",
        "Stepan",  # as far as it was typed
    ],
)
def test_a_place_goes_by_each_of_its_names(index, typed):
    (hit, *_) = search.places(index, search.names(index), typed)
    assert "Stepanakert" in hit.name
    assert (hit.passages, hit.roles) == (1, ("background",))


@pytest.mark.parametrize(("typed", "number"), [("Stepanakert", 1), ("Khankendi", 1), ("Stepan", 0), ("", 0), ("?", 0)])
def test_only_a_whole_name_calls_a_place(index, typed, number):
    assert len(search.called(search.names(index), typed)) == number


def test_a_place_is_found_under_the_filters_by_a_name_that_the_article_does_not_use(index):
    called = search.called(search.names(index), "Khankendi")
    assert queries.places(index, Filters(text="Khankendi")).empty
    found = queries.places(index, Filters(text="Khankendi", called=called))
    assert set(found.id) == set(called)


@pytest.mark.parametrize("typed", ["Atlantis", "zz", "' or 1=1 --", "\x00", "!"])
def test_what_is_nowhere_is_found_nowhere(index, typed):
    assert search.places(index, search.names(index), typed) == []
    assert search.articles(index, typed).empty
    assert search.passages(index, typed) == 0


@pytest.mark.parametrize(
    ("typed", "title"), [("burn barns", "Barns burn"), ("river", "Barns burn"), ("dark", "A dark evening")]
)
def test_an_article_is_found_by_the_words_of_its_head(index, typed, title):
    assert list(search.articles(index, typed).title) == [title]


def test_a_word_is_found_where_no_place_is_named(index):
    found = search.elsewhere(index, Filters(text="lanterns"), limit=10)
    assert [text.startswith("Nobody knows") for text in found.text] == [True]
    assert search.passages(index, "lantern") == 1  # as far as it was typed


def test_what_is_shown_and_what_is_elsewhere_are_all_that_have_the_word(index):
    for text in ("burned", "denied", "lanterns", "the"):
        filters = Filters(text=text, roles=LITERAL)
        shown = queries.totals(index, filters).passages
        assert shown + len(search.elsewhere(index, filters, limit=100)) == search.passages(index, text)
