"""Days that count from what happens, nights of two days, and the years of stories, each in sentences of our own."""

from datetime import date

import pytest

from corpus.timex import find_timexes

WEDNESDAY = date(2023, 5, 10)

# What the text dates is counted from: the event by its noun or its verb, dated before, behind, or in one breath.
DATED = [
    ("The referendum of 7 May was calm; the day after the referendum, queues formed.", "the day after", "2023-05-08"),
    ("The summit was held on May 4. Two days before the summit, a drone fell.", "Two days", "2023-05-02"),
    ("The parliament voted on April 20; the night before the vote, lamps burned.", "the night before", "2023-04-19TNI"),
    ("A ferry collided with a barge on 28 April. Three days after the collision it sank.", "Three days", "2023-05-01"),
    ("The premier resigned on 12 April. A day before his resignation he met her.", "A day", "2023-04-11"),
    ("The verdict came on 5 May. The morning after the verdict, crowds came.", "The morning after", "2023-05-06TMO"),
    ("Four days ahead of the May 20 parade, streets were closed.", "Four days", "2023-05-16"),
    ("Two weeks before the vote, set for June 4, he quit.", "Two weeks", "2023-W20"),
    ("On the day after the earthquake of 6 February 2023, snow fell.", "the day after", "2023-02-07"),
    ("On the eve of the 14 May vote, both men spoke.", "the eve", "2023-05-13"),
    ("She was arrested on 27 March and vanished three days after her arrest.", "three days", "2023-03-30"),
    ("The truce was signed on 10 November 2020. A month after the ceasefire he came.", "A month", "2020-12"),
    # no event follows: the last date named
    ("Police shot two men on 1 May. The night before, they had eaten.", "The night before", "2023-04-30TNI"),
    ("He was held on 9 January; the month before he had been in Paris.", "the month before", "2022-12"),
]
# What it does not date is a length or an open day, with the reason.
UNDATED = [
    ("Three weeks after the wedding they left.", "Three weeks", "P3W", "'after' something that the text does not date"),
    ("Two days ahead of the vote he left.", "Two days", "P2D", "'ahead of' something that the text does not date"),
    ("The night before the vote, lamps burned.", "The night before", "XXXX-XX-XXTNI", "that the text does not date"),
    ("On the eve of the trial he fled.", "the eve", "XXXX-XX-XX", "that the text does not date"),
    # the day that stands beside it is not its own
    ("He left on 3 May, a week before the trial. Two days after the trial he was back.", "Two days", "P2D", "after"),
    # "the vote count" is no vote
    ("They voted on 7 May. The day after the vote count ended he left.", "The day after", "XXXX-XX-XX", "not date"),
]
NIGHTS = [
    ("Drones came overnight into Tuesday.", "overnight into Tuesday", "2023-05-08/2023-05-09"),
    ("Shells fell in the night from Saturday to Sunday.", "the night from Saturday to Sunday", "2023-05-06/2023-05-07"),
    ("Rain fell in the night between Friday and Saturday.", "the night between Friday and Saturday", None),
    ("They worked through the night of April 30 to May 1.", "the night of April 30 to May 1", "2023-04-30/2023-05-01"),
    ("The night of 30 April/1 May was cold.", "The night of 30 April/1 May", "2023-04-30/2023-05-01"),
    ("It burned late Monday into Tuesday.", "late Monday into Tuesday", "2023-05-08/2023-05-09"),
    ("It snowed from Sunday night to Monday morning.", "Sunday night to Monday morning", "2023-05-07/2023-05-08"),
    ("It snowed overnight Thursday.", "overnight Thursday", "2023-05-04TNI"),
    ("It lasted from Friday night to Sunday.", "Friday night", "2023-05-05TNI"),  # more than a night
]
YEARS = [
    # a story goes on, over the turn of the year
    ("By June 2018 the lake was dry. In August fish died. In January it rained.", "January", "2019-01"),
    ("On 5 October 2020 the road was cut, and by November the town starved.", "November", "2020-11"),
    ("By late 2021 the firm was broke. In March it was sold.", "March", "2022-03"),
    ("The tunnel was dug from October 2017 to March.", "March", "2018-03"),
    ("The 2015 quake struck in April.", "April", "2015-04"),
    ("The 2020 election winner resigned in March.", "March", "2023-03"),  # the resignation is no election
    # "that", "the following", "the previous"
    ("In May 1999 a school burned; that August the village was left.", "that August", "1999-08"),
    ("They met in November 2004 and married the following April.", "following April", "2005-04"),
    ("He was freed in March 2014, having been held the previous June.", "previous June", "2013-06"),
    # a tense that leaves no doubt, and verbs that foretell
    ("The line was closed in June.", "June", "2022-06"),
    ("The line will reopen in April.", "April", "2024-04"),
    ("The line is due to close in April.", "April", "2024-04"),
    ("The union agreed to meet in July.", "July", "2023-07"),
    ("The minister announced elections in June.", "June", "2023-06"),
    ("The case is heard in June.", "June", "2023-06"),
    ("The last Sunday in October is a holiday.", "The last Sunday in October", "2023-10-29"),
    ("It burned on the last Sunday in March.", "the last Sunday in March", "2023-03-26"),
    ("Voters go to the polls on June 25.", "June 25", "2023-06-25"),
]
WEEKS = [
    ("In the first week of April the pass was blocked.", "the first week of April", "2023-04-01/2023-04-07"),
    ("In the second week of March the ice broke.", "the second week of March", "2023-03-08/2023-03-14"),
    ("They will meet in the last week of August.", "the last week of August", "2023-08-25/2023-08-31"),
    ("They met in the last week of January 2020.", "the last week of January 2020", "2020-01-25/2020-01-31"),
]


@pytest.mark.parametrize(("text", "written", "value"), DATED + NIGHTS + YEARS + WEEKS)
def test_value(text, written, value):
    found = {t.text: t.value for t in find_timexes(text, anchor=WEDNESDAY)}
    assert found.get(written) == (value or "2023-05-05/2023-05-06"), found


@pytest.mark.parametrize(("text", "written", "value", "why"), UNDATED)
def test_what_the_text_does_not_date_is_open(text, written, value, why):
    [found] = [t for t in find_timexes(text, anchor=WEDNESDAY) if t.text == written]
    assert (found.value, found.since) == (value, None)
    assert why in found.basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell overnight into Tuesday.", [("overnight", "2023-05-08TNI"), ("Tuesday", "2023-05-09")]),
        ("in 1957-60", [("1957", "1957"), ("60", "1960")]),
        ("in 1960-57", [("1960", "1960")]),  # no period
    ],
)
def test_ends_apart(text, expected):
    assert [(t.text, t.value) for t in find_timexes(text, anchor=WEDNESDAY, ranges="none")] == expected


def test_an_account_of_history_goes_on():
    years = " ".join(f"In 19{n} it was so." for n in (10, 12, 14, 16, 18, 20, 22, 24))
    text = f"{years} On December 7, 1941, it began.\n\nIn January they signed. The siege ran from October to March."
    values = [t.value for t in find_timexes(text, anchor=WEDNESDAY, ranges="none")][-3:]
    assert values == ["1942-01", "1941-10", "1942-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the clock in one word, with a dot, in four figures
        ("The bus left at 9pm on Friday.", [("9pm on Friday", "2023-05-05T21:00")]),
        ("It left at 7.30pm on Sunday.", [("7.30pm on Sunday", "2023-05-07T19:30")]),
        ("It shook at 4:17am local time on Monday.", [("4:17am local time on Monday", "2023-05-08T04:17")]),
        ("It shook at 4.17 a.m.", [("4.17 a.m.", "2023-05-10T04:17")]),
        ("It shook at 0700 GMT on Monday.", [("0700 GMT on Monday", "2023-05-08T07:00")]),
        ("It shook at 1900 hours on May 3.", [("1900 hours on May 3", "2023-05-03T19:00")]),
        ("It shook on Monday at 5 p.m. (1500 GMT).", [("Monday at 5 p.m.", "2023-05-08T17:00")]),  # no year 1500
        ("It took 1900 hours at 7.5 a.m.", [("1900 hours", "PT1900H")]),  # no hours of the clock
        # the hour before the day of the month is no day
        ("It shook at 11 a.m. on 3 May.", [("11 a.m. on 3 May", "2023-05-03T11:00")]),
        # two hours of one day
        (
            "Open from 9 a.m. to 5 p.m. on Monday.",
            [("9 a.m.", "2023-05-08T09:00"), ("5 p.m. on Monday", "2023-05-08T17:00")],
        ),
        # an hour keeps the day that its sentence or the one before names
        (
            "On Friday guns opened up; at 10 p.m. they ended.",
            [("Friday", "2023-05-05"), ("10 p.m.", "2023-05-05T22:00")],
        ),
        ("He came on 3 May. By noon he was gone.", [("3 May", "2023-05-03"), ("noon", "2023-05-03T12:00")]),
        ("He came on 3 May. She said at noon he was gone.", [("3 May", "2023-05-03"), ("noon", "2023-05-10T12:00")]),
    ],
)
def test_the_clock(text, expected):
    assert [(t.text, t.value) for t in find_timexes(text, anchor=WEDNESDAY)] == expected
