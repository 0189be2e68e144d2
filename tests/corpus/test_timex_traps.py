"""What makes dates in news go wrong: each trap met in real articles, in sentences of our own."""

from datetime import date

import pytest

from corpus.timex import find_timexes

TUESDAY = date(2022, 9, 13)


def values(text: str, *, published: date | None = TUESDAY) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in find_timexes(text, anchor=published)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # A month inside the account of a speech: the one before the speech, not the one before publication.
        (
            "In a speech on 23 November 2022 she said that allies had sent troops in early January.",
            date(2023, 4, 5),
            [("23 November 2022", "2022-11-23"), ("early January", "2022-01")],
        ),
        # A day without a year: the last one before publication.
        ("Soldiers crossed the line on March 26.", TUESDAY, [("March 26", "2022-03-26")]),
        # Published on the weekday it names: that very day, not a week before.
        ("The ministers met on Tuesday.", TUESDAY, [("Tuesday", "2022-09-13")]),
        # The night of Tuesday is the one whose hours the text tells: from 00:05 on the 13th.
        (
            "Guns opened up on Tuesday night. The ministry put the first shots on September 13 at 00:05.",
            TUESDAY,
            [("Tuesday night", "2022-09-13TNI"), ("September 13 at 00:05", "2022-09-13T00:05")],
        ),
        # A day by its number alone, of publication or of the month that is told of; and no floor.
        ("They met on Friday and on the 9th.", TUESDAY, [("Friday", "2022-09-09"), ("the 9th", "2022-09-09")]),
        ("The vote is on Friday the 21st.", TUESDAY, [("Friday the 21st", "2022-10-21")]),
        (
            "The war began in May 1940. On the 25th they crossed the river.",
            TUESDAY,
            [("May 1940", "1940-05"), ("the 25th", "1940-05-25")],
        ),
        ("On Monday he fell on the 9th floor.", TUESDAY, [("Monday", "2022-09-12")]),
        # A weekday in the name of a paper or a building.
        ("The Sunday Times told of the Friday Mosque.", TUESDAY, []),
        ("On the Sunday Russia attacked.", TUESDAY, [("the Sunday", "2022-09-11")]),
        # A verb of the present that looks ahead.
        ("Talks resume on Thursday.", TUESDAY, [("Thursday", "2022-09-15")]),
        # One year for a list of days.
        (
            "under the texts of October 9, 2020 and February 11 and November 27, 2020",
            TUESDAY,
            [("October 9, 2020", "2020-10-09"), ("February 11", "2020-02-11"), ("November 27, 2020", "2020-11-27")],
        ),
        (
            "on May 3, May 5 and June 1, 2021",
            TUESDAY,
            [("May 3", "2021-05-03"), ("May 5", "2021-05-05"), ("June 1, 2021", "2021-06-01")],
        ),
        # Curly and straight apostrophes.
        ("last week’s talks", TUESDAY, [("last week", "2022-W36")]),
        ("yesterday’s talks and today's", TUESDAY, [("yesterday", "2022-09-12"), ("today", "2022-09-13")]),
        ("at nine o’clock", TUESDAY, [("nine o’clock", "2022-09-13T09:00")]),
        # A figure of speech is a length, off the timeline.
        ("They would not rest for a single minute.", TUESDAY, [("a single minute", "PT1M")]),
        # A season that spans the turn of the year is named after the year it begins in.
        ("cut off in the middle of winter", date(2023, 4, 5), [("the middle of winter", "2022-WI")]),
        ("cut off last winter", date(2022, 7, 1), [("last winter", "2021-WI")]),
        ("in the summer", TUESDAY, [("the summer", "2022-SU")]),
        # Roman and ordinal numerals.
        ("a church of the XVII century", TUESDAY, [("the XVII century", "16")]),
        ("in the first half of the twentieth century", TUESDAY, [("the first half of the twentieth century", "19")]),
        (
            "on the 3rd of May 2021 and the Fourth of July",
            TUESDAY,
            [("the 3rd of May 2021", "2021-05-03"), ("the Fourth of July", "2022-07-04")],
        ),
        ("on the first of May", TUESDAY, [("the first of May", "2022-05-01")]),
        # Decades, in figures and in words.
        ("in the '90s and the early seventies", TUESDAY, [("the '90s", "199"), ("the early seventies", "197")]),
        ("He was in his seventies.", TUESDAY, []),  # an age
        ("He is 44 years old, she is a 39-year-old.", TUESDAY, []),
        # A two-digit year never lies far ahead of publication.
        ("signed 10/25/89", date(1989, 10, 30), [("10/25/89", "1989-10-25")]),
        ("signed 25.10.89", TUESDAY, [("25.10.89", "1989-10-25")]),
        # What is put off "until" a weekday lies ahead, whatever the verb; but not where the sentence begins with it.
        ("The vote was put off until Thursday.", TUESDAY, [("Thursday", "2022-09-15")]),
        ("Until Thursday, nobody had noticed.", TUESDAY, [("Thursday", "2022-09-08")]),
        ("On Friday the union plans to march.", TUESDAY, [("Friday", "2022-09-16")]),
        ("They may land as early as Friday.", TUESDAY, [("Friday", "2022-09-16")]),
        ("Shares fell in early trading Friday.", TUESDAY, [("Friday", "2022-09-09")]),
        # The edges of a month.
        ("on the last day of February 2020", TUESDAY, [("the last day of February 2020", "2020-02-29")]),
        ("on the last day of the talks", TUESDAY, []),
        # "This morning" is that of publication, whatever was named before; "the next morning" is not.
        (
            "He came on 3 May and left this morning.",
            TUESDAY,
            [("3 May", "2022-05-03"), ("this morning", "2022-09-13TMO")],
        ),
        (
            "He came on 3 May; the next morning he left.",
            TUESDAY,
            [("3 May", "2022-05-03"), ("the next morning", "2022-05-04TMO")],
        ),
    ],
)
def test_trap(text, published, expected):
    assert values(text, published=published) == expected


def test_the_end_of_a_range_lies_behind_its_beginning():
    text = "Rain is likely between 11 June and 20 September."
    found = find_timexes(text, anchor=date(2023, 6, 1), ranges="none")
    assert [t.value for t in found] == ["2023-06-11", "2023-09-20"]


def test_an_open_period_begins_with_its_date():
    (timex,) = find_timexes("The road has been shut since December 2022.", anchor=date(2023, 4, 5))
    assert (timex.since, timex.until) == (date(2022, 12, 1), date(2022, 12, 31))
    assert timex.basis.endswith("the start of an open period ('since')")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The day of the event stands in the text: counted from it.
        ("two days after September 5", [("two days", "2022-09-07"), ("September 5", "2022-09-05")]),
        ("three weeks before the 13 September attack", [("three weeks", "2022-W34"), ("13 September", "2022-09-13")]),
        ("the day before 9 May 2021", [("the day before", "2021-05-08"), ("9 May 2021", "2021-05-09")]),
        # It does not: a length keeps its length, and a day stays open; no date is made up.
        ("two days before their planned meeting", [("two days", "P2D")]),
        ("a week after the ceasefire", [("a week", "P1W")]),
        ("On 3 May, the day before police came", [("3 May", "2022-05-03"), ("the day before", "XXXX-XX-XX")]),
        # No event follows: the last date named counts.
        ("He left on 3 May; she had left the day before.", [("3 May", "2022-05-03"), ("the day before", "2022-05-02")]),
        # Counted from publication by the words themselves.
        ("the day before yesterday", [("the day before yesterday", "2022-09-11")]),
        ("the day after tomorrow", [("the day after tomorrow", "2022-09-15")]),
        ("the week before last", [("the week before last", "2022-W35")]),
    ],
)
def test_beside_an_event(text, expected):
    assert values(text) == expected


REPORT = date(1989, 10, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Quarters and halves, before and after their year.
        ("the 1988 third quarter", [("the 1988 third quarter", "1988-Q3")]),
        ("next year's first quarter", [("next year's first quarter", "1990-Q1")]),
        ("the second half of 1990", [("the second half of 1990", "1990-H2")]),
        ("1990's first half", [("1990's first half", "1990-H1")]),
        # What a quarter is set beside is the quarter of the year before.
        (
            "Third-quarter profit fell from a year earlier.",
            [("Third-quarter", "1989-Q3"), ("a year earlier", "1988-Q3")],
        ),
        ("in the year-earlier quarter", [("the year-earlier quarter", "1988-Q3")]),
        ("from $3 million in the year-ago period", [("the year-ago period", "1988")]),
        ("a year ago", [("a year ago", "1988")]),
        ("the latest quarter", [("the latest quarter", "1989-Q3")]),
        (
            "In the second quarter of 1989 it lost; the quarter was poor.",
            [("the second quarter of 1989", "1989-Q2"), ("the quarter", "1989-Q2")],
        ),
        ("the quarter around the old mosque", []),  # of a city
        # A period is the one that holds the day it ended on.
        ("For the quarter ended Sept. 30, sales fell.", [("the quarter", "1989-Q3"), ("Sept. 30", "1989-09-30")]),
        ("the fiscal year that ended March 31", [("the fiscal year", "1989"), ("March 31", "1989-03-31")]),
        # "The end of the year" is that of publication, unless its own sentence names another.
        ("It lost in 1987. It will gain by the end of the year.", [("1987", "1987"), ("the end of the year", "1989")]),
        ("In 1987 it lost by the end of the year.", [("1987", "1987"), ("the end of the year", "1987")]),
        ("fiscal 1990", [("fiscal 1990", "1990")]),
        ("by year-end", [("year-end", "1989")]),
        ("at the end of the year", [("the end of the year", "1989")]),
        # How often.
        (
            "three times a year, twice a week, annual",
            [("three times a year", "P1Y"), ("twice a week", "P1W"), ("annual", "P1Y")],
        ),
        # Lengths.
        ("half an hour, a couple of weeks", [("half an hour", "PT30M"), ("a couple of weeks", "PXW")]),
        ("2 1/2 years, two-and-a-half years", [("2 1/2 years", "P2.5Y"), ("two-and-a-half years", "P2.5Y")]),
        ("some thirty days, some days", [("some thirty days", "P30D"), ("some days", "PXD")]),
        ("in the last decade", [("the last decade", "P1DE")]),
    ],
)
def test_business_news(text, expected):
    assert values(text, published=REPORT) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Christmas Day", "2021-12-25"),  # far ahead of September: the last one
        ("on Christmas Eve 2019", "2019-12-24"),
        ("They will meet at Christmas.", "2022-12-25"),
        ("since New Year’s Day", "2022-01-01"),
        ("on New Year's Eve", "2021-12-31"),
        ("on Labor Day", "2022-09-05"),  # the first Monday
        ("before Memorial Day", "2022-05-30"),  # the last Monday
        ("at Thanksgiving 2021", "2021-11-25"),  # the fourth Thursday
        ("Easter came", "2022-04-17"),
        ("on Good Friday 2024", "2024-03-29"),
        ("on Easter Monday 2000", "2000-04-24"),
        ("Easter 1961", "1961-04-02"),
        ("Easter 2038", "2038-04-25"),  # as late as it can be
    ],
)
def test_holidays(text, value):
    assert [v for _, v in values(text)] == [value]
