"""What dates a mention: its own sentence, else the passage before it, else the day of publication, and always why."""

import pytest
from builders import passage, periods, published, read, timex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.link import link_mention
from corpus.records import Furniture

NINTH, TENTH = "9 September 2022", "10 September 2022"


def link(text, place, *sentences, dates=(), when=None, furniture=()):
    """Link the first `place` of a text with these dates: (as written, since, until, granularity)."""
    start = text.index(place)
    return link_mention(
        start,
        start + len(place),
        text=text,
        passage=passage(text, *sentences),
        timexes=sorted((timex(text, *date) for date in dates), key=lambda t: t.start),
        furniture=furniture,
        published=when or published("2022-09-14"),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shells fell in Goris on 9 September 2022.", "2022-09-09"),
        ("On 9 September 2022 shells fell in Goris.", "2022-09-09"),
        # the last date before the place governs it
        ("On 9 September 2022 in Baku, on 10 September 2022 in Goris.", "2022-09-10"),
        # where none stands before, the first after it
        ("Goris was shelled on 9 September 2022 and on 10 September 2022.", "2022-09-09"),
    ],
)
def test_its_own_sentence(text, wanted):
    dates = [(d, iso) for d, iso in ((NINTH, "2022-09-09"), (TENTH, "2022-09-10")) if d in text]
    links = link(text, "Goris", dates=dates)
    assert periods(links) == [(wanted, wanted)]
    assert "sentence" in links[0].basis
    assert links[0].timex is not None


def test_the_passage_before_it():
    one, two = "Shells fell on 9 September 2022.", "Goris burned."
    links = link(f"{one} {two}", "Goris", one, two, dates=[(NINTH, "2022-09-09")])
    assert periods(links) == [("2022-09-09", "2022-09-09")]
    assert "before" in links[0].basis
    assert NINTH in links[0].basis


def test_a_later_sentence_says_nothing_of_it():
    one, two = "Goris burned.", "Rain fell on 9 September 2022."
    links = link(f"{one} {two}", "Goris", one, two, dates=[(NINTH, "2022-09-09")])
    assert periods(links) == [("2022-09-14", "2022-09-14")]
    assert "publication" in links[0].basis


def test_another_passage_says_nothing_of_it():
    text = "Shells fell on 9 September 2022.\n\nGoris burned."
    start = text.index("Goris")
    links = link_mention(
        start, start + 5, text=text, passage=passage(text, "Goris burned."),
        timexes=[timex(text, NINTH, "2022-09-09")], furniture=(), published=published("2022-09-14"),
    )  # fmt: skip
    assert periods(links) == [("2022-09-14", "2022-09-14")]


@pytest.mark.parametrize(
    ("when", "wanted", "says"),
    [
        (published("2022-09-14"), ("2022-09-14", "2022-09-14"), "publication"),
        (published("2022-09-13", "2022-09-14"), ("2022-09-13", "2022-09-14"), "publication"),
        (published(None), ("", ""), "no date"),
        # a month or more is no day to date an event by
        (published("2022-09-01", "2022-09-30"), ("", ""), "no date"),
    ],
)
def test_the_day_of_publication_or_none(when, wanted, says):
    links = link("Goris burned.", "Goris", when=when)
    assert periods(links) == [wanted]
    assert says in links[0].basis


def test_a_time_without_a_day_dates_nothing():
    links = link("Goris burned for years.", "Goris", dates=[("for years", None)])
    assert periods(links) == [("2022-09-14", "2022-09-14")]


def test_a_date_in_page_furniture_dates_nothing():
    text = "Goris burned. Updated 9 September 2022"
    furniture = [Furniture(text.index("Updated"), len(text), "line of the page")]
    assert periods(link(text, "Goris", dates=[(NINTH, "2022-09-09")], furniture=furniture)) == [("2022-09-14",) * 2]


@pytest.mark.parametrize(
    ("text", "date", "wanted"),
    [
        # the date is part of a thing's name and says nothing of when this happens ...
        ("Goris was named in the 9 September 2022 agreement.", NINTH, "2022-09-14"),
        ("Since the 2020 war Goris has grown.", "2020", "2022-09-14"),
        # ... unless the place belongs to the same thing
        ("the 2020 war in Goris", "2020", "2020-01-01"),
    ],
)
def test_a_date_that_names_a_thing(text, date, wanted):
    granularity = "year" if date == "2020" else "day"
    period = ("2020-01-01", "2020-12-31") if date == "2020" else ("2022-09-09", "2022-09-09")
    assert periods(link(text, "Goris", dates=[(date, *period, granularity)]))[0][0] == wanted


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["On Monday", "in Goris", "Goris", "on 9 September 2022", "in 2020", "the 2020 war in", ".", ",", "\n\n"]
        )
    )
)
def test_each_mention_has_a_link_that_says_why(parts):
    read_out = read(" ".join(parts))
    for mention in read_out.mentions:
        assert len(mention.links) == (0 if mention.status == "boilerplate" else 1)
        for found in mention.links:
            assert found.basis
            assert (found.since is None) == (found.until is None)
            assert found.since is None or found.since <= found.until
            if found.timex is not None:
                dated = read_out.timexes[found.timex]
                assert (found.since, found.until) == (dated.since, dated.until)
                here = read_out.passages[mention.passage]
                assert here.start <= dated.start < here.end


def test_the_first_date_of_the_sentence_before_sets_the_time():
    text = "In 2020 the war that had paused in May 1994 broke out again. Goris was shelled."
    [mention] = [mention for mention in read(text).mentions if mention.text == "Goris"]
    assert [(str(link.since), str(link.until)) for link in mention.links] == [("2020-01-01", "2020-12-31")]
