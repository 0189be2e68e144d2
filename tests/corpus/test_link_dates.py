"""What dates a mention: its own sentence, else the passage before it, else the day of publication, and always why."""

import re

import pytest
from builders import day, passage, periods, published, timex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dating.dated_sentence import DatedText
from corpus.dating.link_dates import link_mention
from corpus.document import Document
from corpus.ingest.passages import split_passages
from corpus.records import Furniture
from corpus.timex import find_timexes

NINTH, TENTH = "9 September 2022", "10 September 2022"


def link(text, place, *sentences, dates=(), when=None, furniture=()):
    """Link the first `place` of a text with these dates: (as written, since, until, granularity)."""
    start = text.index(place)
    timexes = sorted((timex(text, *date) for date in dates), key=lambda t: t.start)
    return link_mention(
        start,
        start + len(place),
        dated=DatedText(Document(text, furniture=furniture), timexes),
        passage=passage(text, *sentences),
        published=when or published("2022-09-14"),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shells fell in Goris on 9 September 2022.", "2022-09-09"),
        ("On 9 September 2022 shells fell in Goris.", "2022-09-09"),
        # the last date before the place governs it
        ("On 9 September 2022 in Baku, on 10 September 2022 in Goris.", "2022-09-10"),
        # where none stands before, the one after it
        ("Goris, not Sotk, was shelled on 9 September 2022.", "2022-09-09"),
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
        start,
        start + 5,
        dated=DatedText(Document(text), [timex(text, NINTH, "2022-09-09")]),
        passage=passage(text, "Goris burned."),
        published=published("2022-09-14"),
    )
    assert periods(links) == [("2022-09-14", "2022-09-14")]


@pytest.mark.parametrize(
    ("when", "wanted", "says"),
    [
        (published("2022-09-14"), ("2022-09-14", "2022-09-14"), "publication"),
        (published("2022-09-13", "2022-09-14"), ("2022-09-13", "2022-09-14"), "publication"),
        (published(None), ("", ""), "no date"),
        # a month or more is no day to date an event by
        (published("2022-09-01", "2022-09-30"), ("", ""), "dated to no day"),
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


def links_of(text, place="Goris", when="2022-09-14", which=0):
    """Read the dates of a text and link one mention of a place; needs no gazetteer."""
    timexes = find_timexes(text, anchor=day(when) if when else None)
    start = [m.start() for m in re.finditer(place, text)][which]
    [home] = [one for one in split_passages(text) if one.start <= start < one.end]
    return link_mention(
        start, start + len(place), dated=DatedText(Document(text), timexes), passage=home, published=published(when)
    )


def dates(text):
    """Return the dates of Goris as "since" or "since/until", and the days they were said on."""
    links = links_of(text)
    spans = [f"{found.since}" if found.since == found.until else f"{found.since}/{found.until}" for found in links]
    return " ".join(spans), " ".join({str(found.said_since) for found in links if found.said_since})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # several dates, each its own
        ("Shells fell in Goris on 9 and 10 September 2022.", "2022-09-09 2022-09-10"),
        ("They met in Goris on May 9, 2020 and June 11, 2021.", "2020-05-09 2021-06-11"),
        ("They met in Goris on May 9, 2020, January 3 and June 11, 2021.", "2020-05-09 2021-01-03 2021-06-11"),
        # a number compares nothing
        ("More than 20 people were killed in Goris on May 9, 2020.", "2020-05-09"),
        # each place its own date
        ("They met in Goris on May 9, 2020 and in Yerevan on June 11, 2021.", "2020-05-09"),
        ("They met in Yerevan on May 9, 2020 and in Goris on June 11, 2021.", "2021-06-11"),
        ("They met on May 9, 2020 in Yerevan and on June 11, 2021 in Goris.", "2021-06-11"),
        ("Protests were held in Yerevan on May 9, 2020 and in Goris and Jermuk on June 11, 2021.", "2021-06-11"),
        ("On May 9, 2020 they met in Yerevan and Goris, and on June 11, 2021 in Baku.", "2020-05-09"),
        ("He flew to Yerevan on May 9, 2020, visited Goris, and left for Baku on June 11, 2021.", "2020-05-09"),
        # from one day to another: one period
        ("The fair in Goris ran from May 9, 2020 to June 11, 2020.", "2020-05-09/2020-06-11"),
        ("The fair in Goris was held between May 9, 2020 and June 11, 2020.", "2020-05-09/2020-06-11"),
        ("The fair in Goris ran from 9 to 11 May 2020.", "2020-05-09/2020-05-11"),
        # open to one side: until the publication
        ("Goris has been cut off since 12 August 2022.", "2022-08-12/2022-09-14"),
        # but the date of another event where it is a record
        ("It was the worst flood in Goris since 1988.", "2022-09-14"),
        # a time of the clock names no day
        ("Friends meet on 20 September 2022 from 7 p.m. in Goris.", "2022-09-20"),
        ("The fair is on 20 September 2022. Doors open at 9:30 in Goris.", "2022-09-20"),
        # items of a list
        ("The council saw a report of May 9, 2020; closed a road; met in Goris.", "2022-09-14"),
        ("On May 9, 2020 the council: saw a report; closed a road; met in Goris.", "2020-05-09"),
        # a photo's caption
        ("Armenia - The mayor opens a road in Goris, May 9, 2020.", "2020-05-09"),
        # clauses
        ("On 9 September 2022 shells fell near the road which leads to Goris.", "2022-09-09"),
        ("Goris, which was founded in 1870, was shelled on 9 September 2022.", "2022-09-09"),
        ("Shells fell on 9 September 2022 near Sotk, which was founded in 1870, and near Goris.", "2022-09-09"),
        ("This was the worst year since Yerevan sent troops to Goris in 1988.", "1988-01-01/1988-12-31"),
        ("If it rains on 20 September 2022, Goris will be cut off.", "2022-09-14"),
        ("The talks in Goris failed, as happened on May 9, 2020.", "2022-09-14"),
        # a date that names a thing
        ("They met in Goris after last month’s clashes.", "2022-09-14"),
        ("He spoke of last month’s summit in Goris.", "2022-08-01/2022-08-31"),
        ("During the 2020 war Goris was shelled.", "2020-01-01/2020-12-31"),
        ("Two men died in Goris in Tuesday’s shelling.", "2022-09-13"),
        ("Tuesday’s attack killed two men and closed the road to Goris.", "2022-09-13"),
        ("The road to Goris is closed as agreed in the 2020 armistice agreement.", "2022-09-14"),
        # of the present, although the sentence before is not
        ("Shells fell in 2020 on the road. Goris is a town of the south.", "2022-09-14"),
        ("Shells fell in 2020 on the road. Troops are currently stationed near Goris.", "2022-09-14"),
        ("Shells fell in 2020 on the road. Fire broke out near Goris.", "2020-01-01/2020-12-31"),
        # a side remark of the sentence before does not set the time
        ("The blockade, which began in 2020, hit the road. Fire broke out near Goris.", "2022-09-14"),
    ],
)
def test_when_it_happened(text, wanted):
    assert dates(text)[0] == wanted


@pytest.mark.parametrize(
    ("text", "happened", "said"),
    [
        ("Pashinyan said on Wednesday that shells hit Goris on Tuesday.", "2022-09-13", "2022-09-14"),
        ("On Wednesday, Pashinyan said that shells hit Goris on Tuesday.", "2022-09-13", "2022-09-14"),
        ("Shells hit Goris on Tuesday, Pashinyan told reporters on Wednesday.", "2022-09-13", "2022-09-14"),
        ("“Shells hit Goris on Tuesday,” Pashinyan said on Wednesday.", "2022-09-13", "2022-09-14"),
        (
            "According to a statement of 12 September 2022, shells hit Goris on 9 September 2022.",
            "2022-09-09",
            "2022-09-12",
        ),
        # when it happened is not said
        ("Pashinyan said on Tuesday that Goris was shelled.", "2022-09-13", "2022-09-13"),
        ("Goris was shelled, Pashinyan said on Tuesday.", "2022-09-13", "2022-09-13"),
        ("The ministry announced on Tuesday the closure of the road to Goris.", "2022-09-13", "2022-09-13"),
        # of two dates the one beside the verb, and not that of a side remark
        ("Despite a loss in 2020 the firm announced on Tuesday that it would leave Goris.", "2022-09-13", "2022-09-13"),
        ("On Tuesday Pashinyan, who took office in 2018, said that shells hit Goris.", "2022-09-13", "2022-09-13"),
        ("Shells hit Goris on 9 September 2022, before police said on Tuesday that it was calm.", "2022-09-09", ""),
        ("Fans came from the United States to Goris on Tuesday.", "2022-09-13", ""),
        ("A judge denied on Tuesday a request of Goris.", "2022-09-13", ""),
        # when it was said is not said
        ("Pashinyan said that shells hit Goris on Tuesday.", "2022-09-13", ""),
        ("Pashinyan, the prime minister, said Goris was shelled on Tuesday.", "2022-09-13", ""),
        ("Fighting was reported near Goris on Tuesday.", "2022-09-13", ""),
        ("Shells hit Goris on Tuesday, and Pashinyan said on Wednesday that three men died.", "2022-09-13", ""),
        # the place where it was said
        ("Speaking in Goris on Tuesday, Pashinyan said that Sotk was shelled on 9 September 2022.", "2022-09-13", ""),
        ("Shells hit Sotk on 9 September 2022, Pashinyan said in Goris on Tuesday.", "2022-09-13", ""),
    ],
)
def test_when_it_was_said_is_kept_apart(text, happened, said):
    assert dates(text) == (happened, said)


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Shells fell in Goris on 9 September 2022.", "exact"),
        ("Shells fell in Goris on 9 and 10 September 2022.", "exact"),
        # a day worked out: a relative word, a weekday, a year from elsewhere, another sentence, the publication
        ("Shells fell in Goris yesterday.", "inferred"),
        ("Shells fell in Goris on Tuesday.", "inferred"),
        ("Shells fell in Goris on 9 September.", "inferred"),
        ("It began on 9 September 2022. Shells fell in Goris.", "inferred"),
        ("Shells fell in Goris.", "inferred"),
        # the day it was said on, and a day that only bounds it
        ("On 9 September 2022 Pashinyan said that Goris was shelled.", "inferred"),
        ("Goris was shelled before 9 September 2022.", "inferred"),
        # more than a day
        ("Shells fell in Goris in September 2022.", "period"),
        ("Shells fell in Goris last week.", "period"),
        ("Shells fell in Goris from 7 to 9 September 2022.", "period"),
        ("Goris has been cut off since 9 September 2022.", "period"),
    ],
)
def test_how_well_it_is_dated(text, certainty):
    assert links_of(text)[0].certainty == certainty


def test_without_any_date_it_is_undated():
    [found] = links_of("Shells fell in Goris.", when=None)
    assert (found.certainty, found.since) == ("undated", None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Shells fell in Goris on Tuesday.", "its sentence says 'Tuesday', counted from publication"),
        ("Goris was shelled before 9 September 2022.", "'before 9 September 2022'"),
        ("Goris has been cut off since 9 August 2022.", "'since 9 August 2022': from then to the publication"),
        ("On Tuesday Pashinyan said that Goris was shelled.", "only when it was said: 'Tuesday'"),
    ],
)
def test_the_basis_says_why(text, says):
    assert says in links_of(text)[0].basis


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("On Monday", "in Goris", "Goris", "on 9 September 2022", "in 2020", "the 2020 war in", ".", ","),
                *("\n\n", "and", "from", "to", "since", "which", "that", "he said", "said on Tuesday that"),
                *("according to", "“", "”", "if", "After", "May 3", "the worst since", "’s", "—"),
            ]
        )
    )
)
def test_each_mention_has_links_that_say_why(parts):
    text = " ".join(parts)
    timexes = find_timexes(text, anchor=day("2022-09-14"))
    for which in range(text.count("Goris")):
        links = links_of(text, which=which)
        assert links
        for one in links:
            assert one.basis
            assert (one.since is None) == (one.until is None) == (one.certainty == "undated")
            assert one.since is None or one.since <= one.until
            assert (one.certainty == "period") == (one.since != one.until)
            assert (one.said_since is None) == (one.said_timex is None)
            if one.timex is not None:
                assert one.since == timexes[one.timex].since


def test_the_first_date_of_the_sentence_before_sets_the_time():
    text = "In 2020 the war that had paused in May 1994 broke out again. Goris was shelled."
    assert periods(links_of(text)) == [("2020-01-01", "2020-12-31")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a treaty's name is no date of what happens beside it
        ("Under the Armistice of 2020, guards hold Goris.", "2022-09-14"),
        ("The agreement of 9 November 2020 lets convoys pass through Goris.", "2022-09-14"),
        ("The treaty of March 1994 says that Goris is open.", "2022-09-14"),
        ("By the law of 2003 Goris has a council.", "2022-09-14"),
        ("Goris has had a garrison under the accords signed in 1999.", "2022-09-14"),
        # but a war's is
        ("In the war of 2020 shells fell in Goris.", "2020-01-01"),
        ("The flood of May 2019 cut off Goris.", "2019-05-01"),
        # and so is what came about during and after it
        ("He spoke of a plan made in Goris during and after the 2020 war.", "2020-01-01"),
        ("A camp stood in Goris before and during the 2020 war.", "2020-01-01"),
        # the day of a paper that says it is when it was said
        ("According to a statement of 12 September 2022, Goris was shelled.", "2022-09-12"),
    ],
)
def test_the_year_of_a_treaty_dates_nothing_beside_it(text, wanted):
    assert str(links_of(text)[0].since) == wanted
