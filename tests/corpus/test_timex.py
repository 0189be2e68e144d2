"""Time expressions: what is found, what it is worth, and which days it covers."""

from datetime import date

import pytest

from corpus.records import Timex
from corpus.timex import find_timexes, interval_of

TUESDAY = date(2022, 9, 13)


def found(text: str, *, anchor: date | None = TUESDAY, **options) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in find_timexes(text, anchor=anchor, **options)]


def only(text: str, **options) -> Timex:
    timexes = find_timexes(text, anchor=options.pop("anchor", TUESDAY), **options)
    assert len(timexes) == 1, timexes
    return timexes[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # explicit
        ("Shelling began on September 13, 2022.", [("September 13, 2022", "2022-09-13")]),
        ("It opened on 5 April 2021 in Goris.", [("5 April 2021", "2021-04-05")]),
        ("It opened on Monday, 5th of April 2021.", [("Monday, 5th of April 2021", "2021-04-05")]),
        ("A truce came in May 1994.", [("May 1994", "1994-05")]),
        ("The movement of 1988 grew.", [("1988", "1988")]),
        ("Updated 2023-04-05 by the desk.", [("2023-04-05", "2023-04-05")]),
        ("Updated 2023-04-05T09:30 by the desk.", [("2023-04-05T09:30", "2023-04-05T09:30")]),
        ("By February 30, 2021 nothing happened.", [("February 30, 2021", "2021-02-30")]),  # no such day
        # no year: the one by tense and nearness to publication
        ("YEREVAN, Sep. 13 (Agency)", [("Sep. 13", "2022-09-13")]),
        ("On March 26 troops entered the village.", [("March 26", "2022-03-26")]),
        ("Voters will choose on November 3.", [("November 3", "2022-11-03")]),
        ("The talks were held in February.", [("February", "2022-02")]),
        ("The talks will be held in February.", [("February", "2023-02")]),
        ("Talks were held last November.", [("last November", "2021-11")]),
        ("On Thursday, Sept. 15, it ends.", [("Thursday, Sept. 15", "2022-09-15")]),
        # the weekday decides the year
        ("On Sunday, September 27, the war began.", [("Sunday, September 27", "2020-09-27")]),
        # the pluperfect counts from the date the sentence tells of
        (
            "On 23 November 2021 he recalled that they had helped in early January.",
            [("23 November 2021", "2021-11-23"), ("early January", "2021-01")],
        ),
        # a year shared by a list
        (
            "statements of October 9, 2020 and February 11 and November 27, 2020",
            [("October 9, 2020", "2020-10-09"), ("February 11", "2020-02-11"), ("November 27, 2020", "2020-11-27")],
        ),
        ("on 4 and 5 May 2021", [("4", "2021-05-04"), ("5 May 2021", "2021-05-05")]),
        ("on May 4 and 5", [("May 4", "2022-05-04"), ("5", "2022-05-05")]),
        # weekdays by tense
        ("Guns fell silent on Tuesday.", [("Tuesday", "2022-09-13")]),
        ("He spoke on Monday.", [("Monday", "2022-09-12")]),
        ("They will meet on Thursday.", [("Thursday", "2022-09-15")]),
        ("They met last Tuesday.", [("last Tuesday", "2022-09-06")]),
        ("They meet next Tuesday.", [("next Tuesday", "2022-09-20")]),
        ("Clashes erupted this Tuesday.", [("this Tuesday", "2022-09-13")]),
        # relative
        ("He arrived yesterday.", [("yesterday", "2022-09-12")]),
        ("Last month's clashes", [("Last month", "2022-08")]),
        ("last month’s clashes", [("last month", "2022-08")]),  # curly apostrophe
        ("The border was shut last week.", [("last week", "2022-W36")]),
        ("They signed earlier this year.", [("earlier this year", "2022")]),
        ("It fell two years ago.", [("two years ago", "2020")]),
        ("It fell on May 3. Two days later it rose.", [("May 3", "2022-05-03"), ("Two days later", "2022-05-05")]),
        (
            "In May 1994 it ended. The following spring they met.",
            [("May 1994", "1994-05"), ("The following spring", "1995-SP")],
        ),
        (
            "They left on 9 May 2021 and came back the next day.",
            [("9 May 2021", "2021-05-09"), ("the next day", "2021-05-10")],
        ),
        # parts of the day and the clock
        ("Fire was opened on Tuesday night.", [("Tuesday night", "2022-09-13TNI")]),
        ("The guns fired overnight.", [("overnight", "2022-09-13TNI")]),
        ("on September 13 at 00:05 local time", [("September 13 at 00:05 local time", "2022-09-13T00:05")]),
        ("at 6 p.m. on Monday he spoke", [("6 p.m. on Monday", "2022-09-12T18:00")]),
        ("in the early hours of Monday", [("the early hours of Monday", "2022-09-12")]),
        ("It ended 3:2 for the guests.", []),
        # seasons, decades, centuries, quarters
        ("in the winter of 1992", [("the winter of 1992", "1992-WI")]),
        ("before the fall of the city", []),  # not autumn
        ("in the late 1980s", [("the late 1980s", "198")]),
        ("since the 19th century", [("the 19th century", "18")]),
        ("in the XIX century", [("the XIX century", "18")]),
        ("sales in the third quarter of 2021", [("the third quarter of 2021", "2021-Q3")]),
        ("in fiscal 2021", [("fiscal 2021", "2021")]),
        # before Christ: named, but off the timeline
        ("In 480 BC the fleet sailed.", [("480 BC", "BC0480")]),
        ("In 2024 BCE the fleet sailed.", [("2024 BCE", "BC2024")]),  # a year of our time, but for what follows it
        ("On 5 May 1200 B.C. it sank.", [("5 May 1200 B.C.", "BC1200-05-05")]),
        ("From 2024 to 2001 BCE it stood.", [("2024", "BC2024"), ("2001 BCE", "BC2001")]),
        ("Between 2024 and 2001 BCE it stood.", [("2024", "BC2024"), ("2001 BCE", "BC2001")]),
        ("In 2020 and in 44 BC it burned.", [("2020", "2020"), ("44 BC", "BC0044")]),  # two years, not a period
        ("From 500 BC to 1000 AD it stood.", [("500 BC", "BC0500"), ("1000 AD", "1000")]),
        # lengths, sets, vague words
        ("a six-week war", [("six-week", "P6W")]),
        ("deployed for five years", [("five years", "P5Y")]),
        ("over the past day", [("the past day", "P1D")]),
        ("more than three years of talks", [("more than three years", "P3Y")]),
        ("twenty-five days", [("twenty-five days", "P25D")]),
        ("a 44-year-old man", []),  # a person
        ("three quarters of the town", []),
        ("They meet every Monday and write daily.", [("every Monday", "XXXX-WXX-1"), ("daily", "P1D")]),
        ("in recent months", [("recent months", "PAST_REF")]),
        ("The most recent count, as soon as possible", []),
        ("He is currently abroad.", [("currently", "PRESENT_REF")]),
        # numbers that are no dates
        ("He may march on; 2000 people sang 1500 songs for $1999.", []),
        ("May I ask? Jan Kovar did.", []),
        ("call 555-1999 or 12.1995.3", []),
    ],
)
def test_values(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("the September 13-14 clashes", "September 13-14", "2022-09-13/2022-09-14"),
        ("from 9 to 11 May", "9 to 11 May", "2022-05-09/2022-05-11"),
        ("between September and October 2020", "September and October 2020", "2020-09/2020-10"),
        ("from December to January 2021", "December to January 2021", "2020-12/2021-01"),
        ("May 30 - June 2, 2021", "May 30 - June 2, 2021", "2021-05-30/2021-06-02"),
        ("the war of 1988–1994", "1988–1994", "1988/1994"),
        ("the season of 2019-20", "2019-20", "2019/2020"),
    ],
)
def test_a_range_is_one_expression(text, surface, value):
    timex = only(text)
    assert (timex.text, timex.value) == (surface, value)
    assert timex.since < timex.until


def test_a_list_is_not_a_range():
    assert found("in May and November 2020") == [("May", "2020-05"), ("November 2020", "2020-11")]


def test_ranges_can_be_read_by_their_ends():
    assert found("May to July 2021", ranges="none") == [("May", "2021-05"), ("July 2021", "2021-07")]
    assert found("in 1988–1994", ranges="none") == [("1988", "1988"), ("1994", "1994")]
    assert found("on September 13-14", ranges="none") == [("September 13", "2022-09-13"), ("14", "2022-09-14")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on September 13", "XXXX-09-13"),
        ("last Tuesday", "XXXX-WXX-2"),
        ("in the spring", "XXXX-SP"),
        ("last month", "XXXX-XX"),
        ("yesterday", "XXXX-XX-XX"),
    ],
)
def test_without_publication_date_the_value_stays_open(text, value):
    timex = only(text, anchor=None)
    assert (timex.value, timex.since, timex.until, timex.granularity) == (value, None, None, "")


HISTORY = (
    "In 1918 the state was founded. In 1920 it fell. On 28 May 1941 the front moved. {} "
    "In 1945 it ended. In 1950 and 1956 there were revolts. In 1988 the movement began and in 1991 it won."
)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("In June the army crossed the river.", "1941-06"),  # the year named last
        ("By February the town was empty.", "1941-02"),  # nearer to May 1941 than February 1942
        ("The next day it rained.", "1941-05-29"),
        ("The following year was quiet.", "1942"),
    ],
)
def test_history_counts_from_the_dates_it_names(sentence, value):
    assert value in [value for _, value in found(HISTORY.format(sentence), anchor=date(2009, 12, 19))]


def test_caller_may_say_what_is_history():
    text = "It began in 1941. In June it spread."
    assert found(text, narrative=True)[-1] == ("June", "1941-06")
    assert found(text, narrative=False)[-1] == ("June", "2022-06")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 25/12/2021", "2021-12-25"),  # only a day can be 25
        ("on 12/25/2021", "2021-12-25"),
        ("on 3/4/2021, not 25/12/2021", "2021-04-03"),  # the other date gives the order
        ("on 3/4/2021, not 12/25/2021", "2021-03-04"),
        ("on 9/11/2022", "2022-09-11"),  # 9 November would be after publication
        ("on 3/4/2021", "2021"),  # undecided: the year alone
        ("on 3.4.2021", "2021-04-03"),  # dots: the day first
    ],
)
def test_numeric_order_by_evidence(text, value):
    assert found(text)[0][1] == value


@pytest.mark.parametrize(
    ("value", "since", "until", "granularity"),
    [
        ("2022-09-13", date(2022, 9, 13), date(2022, 9, 13), "day"),
        ("2022-09-13TNI", date(2022, 9, 13), date(2022, 9, 13), "day"),
        ("2022-W40", date(2022, 10, 3), date(2022, 10, 9), "week"),
        ("2022-W40-WE", date(2022, 10, 8), date(2022, 10, 9), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31), "quarter"),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30), "period"),
        ("2022-WI", date(2022, 12, 1), date(2023, 2, 28), "season"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "year"),
        ("198", date(1980, 1, 1), date(1989, 12, 31), "decade"),
        ("19", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("2020-09/2020-10", date(2020, 9, 1), date(2020, 10, 31), "period"),
        # nothing to put on a timeline
        ("2022-02-30", None, None, ""),
        ("XXXX-09-13", None, None, ""),
        ("BC0480", None, None, ""),
        ("0476", None, None, ""),
        ("P6W", None, None, ""),
        ("PAST_REF", None, None, ""),
        ("2022/2020", None, None, ""),
    ],
)
def test_interval_of(value, since, until, granularity):
    assert interval_of(value) == (since, until, granularity)


@pytest.mark.parametrize(
    ("text", "kind", "basis"),
    [
        ("on 5 April 2021", "DATE", "explicit"),
        ("on Monday", "DATE", "'Monday' counted from publication on 13 September 2022"),
        ("March 26 was quiet", "DATE", "'March 26': the last one before publication on 13 September 2022"),
        ("on Monday evening", "TIME", "'Monday evening' counted from publication on 13 September 2022"),
        ("for six weeks", "DURATION", "a length of time, without a date"),
        ("every day", "SET", "how often, without a date"),
        ("since December 2021", "DATE", "explicit; the start of an open period ('since')"),
    ],
)
def test_type_and_basis(text, kind, basis):
    timex = only(text)
    assert (timex.type, timex.basis) == (kind, basis)


def test_order_and_offsets():
    text = "On Monday, 5 April 2021, and again in May 2021;\n\nthen nothing for two years."
    timexes = find_timexes(text, anchor=TUESDAY)
    assert [text[t.start : t.end] for t in timexes] == [t.text for t in timexes]
    assert [t.start for t in timexes] == sorted(t.start for t in timexes)
