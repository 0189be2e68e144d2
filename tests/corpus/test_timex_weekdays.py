"""Weekdays and days as news lists them, counts them and puts them into weeks, in sentences of our own."""

from datetime import date

import pytest

from corpus.read_article import parse_text
from corpus.timex import find_timexes

THURSDAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a list runs forward
        ("It burned on Thursday and Friday.", "10-29 10-30"),
        ("It burned Thursday night and again early on Friday.", "10-29TNI 10-30"),
        ("It burned on Wednesday and Thursday.", "11-04 11-05"),
        ("It will close on Friday and Thursday.", "11-06 11-12"),
        ("It burned last Thursday and Friday.", "10-29 10-30"),
        ("They spoke on Thursday, and on Friday they will leave.", "11-05 11-06"),
        ("It burned last Wednesday.", "10-28"),  # nobody calls yesterday so
        # weeks
        ("Monday last week it burned.", "10-26"),
        ("It burned on Tuesday and Friday of last week.", "10-27 10-30"),
        ("Last week, on Tuesday and Friday, it burned.", "W44 10-27 10-30"),
        ("It opens on Friday next week.", "11-13"),
        ("A week ago Tuesday it burned.", "10-27"),
        ("It burned two weeks ago on Monday.", "10-19"),
        ("It opens a week from Friday.", "11-13"),
        ("It burned two Sundays ago.", "10-25"),
        ("It opens two Sundays from now.", "11-15"),
        ("It burned the Friday before last.", "10-23"),
        ("It opens the Friday after next.", "11-13"),
        ("It burned last Friday week.", "10-23"),
        ("It burned two nights ago.", "11-03TNI"),
        ("It burned the past weekend.", "W44-WE"),
        ("It burned in the small hours of Sunday.", "11-01"),
        ("The fair went on until Tuesday.", "11-03"),
        ("It raged from dawn on Monday until Tuesday afternoon.", "11-02TMO 11-03TAF"),
        ("It hit in the early hours of Tuesday, July 28.", "07-28"),
        # days of one month
        ("It burned on 3, 5 and 7 October.", "10-03 10-05 10-07"),
        ("On the 3rd and 4th of October it burned.", "10-03 10-04"),
        ("It burned on Oct. 3, 5 and 7.", "10-03 10-05 10-07"),
        ("It opens on Nov. 7 and 8.", "11-07 11-08"),
        ("It burned on the night between 3 and 4 November.", "11-03/2026-11-04"),
        # a day ahead
        ("He was killed on Nov. 7.", "11-07"),
        ("Police banned a march on Nov. 14.", "11-14"),
        ("Police arrested six men ahead of an election on Nov. 22.", "11-22"),
        ("Elections originally due on Oct. 20 were put off.", "10-20"),
        ("An attack on Dec. 24 killed 12.", "2025-12-24"),
        ("Votes are planned for September.", "2027-09"),
        ("On Dec. 24 nine died.", "2025-12-24"),
        ("Between Dec. 28 and Jan. 3 it rained.", "2025-12-28/2026-01-03"),
        ("The polls open on Sunday.", "11-08"),
        ("Ahead of Sunday's vote, two were arrested.", "11-08"),
        ("Ahead of Tuesday's vote, two were arrested.", "11-03"),
        ("Schools remain closed through Friday.", "11-06"),
        ("The summit starting Tuesday was moved.", "11-10"),
        ("It came two days after Sunday's raid.", "11-03 11-01"),
        # counted from what is told
        ("It came two days after a bomb went off in Gao on Sunday.", "11-03 11-01"),
        ("The next day it burned.", "XXXX-XX-XX"),
    ],
)
def test_value(text, expected):
    found = find_timexes(text, anchor=THURSDAY)
    assert " ".join(t.value.removeprefix("2026-") for t in found) == expected


def test_a_march_that_was_held_is_over():
    for text in ("They held a march on Nov. 14.", "He was killed in a march on Nov. 14."):
        [timex] = find_timexes(text, anchor=THURSDAY)
        assert timex.value == "2025-11-14", text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes in Gao in the past 24 hours killed six.", "2026-11-04 2026-11-05"),
        ("Clashes have raged in Gao for the past two weeks.", "2026-10-22 2026-11-05"),
        ("Clashes in Gao were the third in the past week.", "2026-11-05 2026-11-05"),
        ("At least nine died in clashes in Gao since Monday.", "2026-11-02 2026-11-05"),
        ("Clashes broke out in Gao on Sunday and again on Tuesday.", "2026-11-01 2026-11-03"),
        ("Clashes raged in Gao all day Tuesday and into Wednesday.", "2026-11-03 2026-11-04"),
        ("Clashes began in Gao last Sunday and went on until Tuesday.", "2026-11-01 2026-11-03"),
        ("Clashes broke out in Gao twice last week, on Tuesday and Friday.", "2026-10-27 2026-10-30"),
        ("Clashes were reported in Gao on May 3 and October 9.", "2026-05-03 2026-05-03"),
    ],
)
def test_the_days_of_an_event(text, expected):
    event = next(
        e for e in parse_text(text, published=str(THURSDAY)).events if text[e.start :].startswith(("Cl", "cl"))
    )
    assert f"{event.link.since} {event.link.until}" == expected
