"""Where a text contradicts itself: the flag stands beside the words as they are, and ordinary texts get none."""

import pytest
from builders import day
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dating.contradictions import find_contradictions
from corpus.dating.dated_sentence import DatedText
from corpus.document import Document
from corpus.records import Published
from corpus.timex import find_timexes

STATED = Published(day("2022-09-14"), day("2022-09-14"), "byline", "stated")


def flags(text, *, published=STATED):
    """Return the kind and the words of each flag."""
    dated = DatedText(Document(text), find_timexes(text, anchor=published.anchor))
    found = find_contradictions(dated, published=published)
    assert all(flag.note for flag in found)
    return [(flag.kind, text[flag.start : flag.end]) for flag in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a weekday that the day was not
        ("They met on Tuesday, September 14, 2022.", ("weekday", "Tuesday, September 14, 2022")),
        ("They met on Monday, 12 September 2021, in the hall.", ("weekday", "Monday, 12 September 2021")),
        # an end before its beginning
        ("It rained from 14 to 9 September 2022.", ("order", "14 to 9 September 2022")),
        ("It rained from 14 September 2022 to 9 September 2022.", ("order", "14 September 2022 to 9 September 2022")),
        ("The siege lasted between May 2021 and March 2020.", ("order", "May 2021 and March 2020")),
        # a list that goes forward but for a day without a year of its own
        ("They met on May 3, 2020, January 4 and June 6, 2020.", ("order", "January 4")),
        # before what it is said to follow
        ("It was signed on January 11, 2020 after the September 2020 war.", ("before event", "January 11, 2020")),
        ("After the war of September 2020, on 11 January 2020, they signed.", ("before event", "11 January 2020")),
        # told as past, and yet to come
        ("Shells fell near the town on 20 October 2022.", ("after publication", "20 October 2022")),
    ],
)
def test_flags(text, wanted):
    assert flags(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday, September 13, 2022.",
        "They met on Tuesday, September 14.",  # the year is open, and some year fits
        "They met on Tuesday. September 14, 2022 was a holiday.",
        "It rained from 9 to 14 September 2022.",
        "It rained from August to May 2022.",  # one year is written for two
        "It rained on 14 and 9 September 2022.",  # a list may go back
        "They met on June 6, 2020, May 3, 2019 and January 4, 2018.",
        "They met on May 3, 2020, May 1, 2019 and June 6, 2020.",  # each with its own year: the order proves nothing
        "They met on May 3, June 4 and July 6, 2020.",
        "The play is at 8 p.m. May 1 and 2, and at 3 p.m. May 3.",
        "It was signed on January 11, 2021 after the September 2020 war.",
        "The village rebuilt after the 2020 war was founded in 1800.",
        "After the 2020 war he recalled the one of 1994.",
        # what lies ahead, told with verbs of the past
        "The vote was set for 20 October 2022.",
        "He said the road would open on 20 October 2022.",
        "The closure lasts until 20 October 2022.",
        "A vote is due on 20 October 2022.",
        "If it rained on 20 October 2022, the fair moved.",
        "",
    ],
)
def test_does_not_flag(text):
    assert flags(text) == []


def test_only_a_stated_day_of_publication_proves_that_a_day_lay_ahead():
    worked_out = Published(day("2022-09-14"), day("2022-09-14"), "the last day named", "likely")
    assert flags("Shells fell near the town on 20 October 2022.", published=worked_out) == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("from", "to", "between", "and", "after", "the", "war", "on", "Tuesday,", "September 14, 2022"),
                *("May 3", "January 4, 2020", "2020", "shells fell", ",", ".", "until", "\n\n"),
            ]
        )
    ).map(" ".join)
)
def test_any_text_is_read(text):
    assert all(words in text for _, words in flags(text))
