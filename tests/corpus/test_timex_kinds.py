"""Kinds of dates that news gets readers wrong on, each in sentences of our own."""

from datetime import date

import pytest

from corpus.timex import find_timexes
from corpus.timex.calendar import interval_of

WEDNESDAY = date(2022, 9, 14)

# The year of a month is that of its clause, its sentence or the story.
YEARS = [
    ("In 1993 the road was cut in June.", "June", "1993-06"),
    ("In 2008 shells fell in August, and in 2009 a line was drawn in May.", "August", "2008-08"),
    ("In 2008 shells fell in August, and in 2009 a line was drawn in May.", "May", "2009-05"),
    ("In March 2014 the port was seized; in August it was empty.", "August", "2014-08"),
    ("In November 2018 the dam broke; in February it was mended.", "February", "2019-02"),
    ("In 2020 the war began in September. In November it ended.", "November", "2020-11"),
    ("During 1941 the city starved from October.", "October", "1941-10"),
    ("In 2016, on 2 April, guns opened fire.", "2 April", "2016-04-02"),
    ("He said in May that in 2011 the mine had closed.", "May", "2022-05"),  # the saying is of now
    ("After the mine closed in 2011, a fair was held in June.", "June", "2022-06"),  # beside the main clause
    ("Born in 1970, she won the race in July.", "July", "2022-07"),
    ("In 2019 the bridge fell, the mayor said in August.", "August", "2022-08"),
    # an account of long ago goes on after a date in full ...
    ("The siege began on 3 March 2004. The town held out. It fell on 9 May.", "9 May", "2004-05-09"),
    ("The siege began on 3 March 2004, and on 9 May the town fell.", "9 May", "2004-05-09"),
    # ... until something says that it is over: now, what has been since, a month before it, another paragraph
    ("The siege began on 3 March 2004. It has been quiet since, but shots fell on 9 May.", "9 May", "2022-05-09"),
    ("The pact was signed on 3 March 2004. On 9 February the court met.", "9 February", "2022-02-09"),
    ("The siege began on 3 March 2004.\n\nOn 9 May the court met.", "9 May", "2022-05-09"),
]
# Nights and deadlines.
SIDES = [
    ("Since Monday nine have left; by Friday night all will be gone.", "Friday night", "2022-09-16TNI"),
    ("By Friday the fire had spread.", "Friday", "2022-09-09"),
    ("By Thursday the army will be there.", "Thursday", "2022-09-15"),
    ("On the night of Sept. 13-14 nobody slept.", "Sept. 13-14", "2022-09-13/2022-09-14"),
    ("In the night of 2-3 May the camp burned.", "2-3 May", "2022-05-02/2022-05-03"),
    ("The night of Sept. 13 was calm.", "The night of Sept. 13", "2022-09-13TNI"),
    ("It ran from 4 June to 9 August 2019.", "4 June to 9 August 2019", "2019-06-04/2019-08-09"),
]
# A weekday of a month.
WEEKDAYS = [
    ("The clocks change on the last Sunday in March 2023.", "the last Sunday in March 2023", "2023-03-26"),
    ("It met on the second Tuesday of November 2022.", "the second Tuesday of November 2022", "2022-11-08"),
    ("They vote on the first Sunday of October.", "the first Sunday of October", "2022-10-02"),
    ("It fell on the third Friday in May 2019.", "the third Friday in May 2019", "2019-05-17"),
    ("It was the fourth Thursday of November 2021.", "the fourth Thursday of November 2021", "2021-11-25"),
    ("It closed on the last Friday of February 2020.", "the last Friday of February 2020", "2020-02-28"),
    ("It meets on the first Monday of next month.", "the first Monday of next month", "2022-10-03"),
    ("It met on the last Friday of last month.", "the last Friday of last month", "2022-08-26"),
    ("The 2nd Monday of June 2020 was free.", "The 2nd Monday of June 2020", "2020-06-08"),
]
# As agencies, tables and business news write.
WRITTEN = [
    ("The log says 2021/03/09.", "2021/03/09", "2021-03-09"),
    ("It was filed on 2021.03.09.", "2021.03.09", "2021-03-09"),
    ("It was signed on 04-Feb-19.", "04-Feb-19", "2019-02-04"),
    ("It was signed on 04-Feb-2019.", "04-Feb-2019", "2019-02-04"),
    ("The note of 04 Feb 19 is lost.", "04 Feb 19", "2019-02-04"),
    ("Quito, 11 Jul 89 (AP) - Rain fell.", "11 Jul 89", "1989-07-11"),
    ("LA PAZ, 2 MAR 90 -- Rain fell.", "2 MAR 90", "1990-03-02"),
    ("In June '44 they landed.", "June '44", "1944-06"),
    ("Sales fell in Q2 2019.", "Q2 2019", "2019-Q2"),
    ("Sales fell in the last quarter of 2021.", "the last quarter of 2021", "2021-Q4"),
    ("Sales rose in the final half of 2020.", "the final half of 2020", "2020-H2"),
    ("It ends in five years' time.", "five years' time", "2027"),
    ("It began two years ago this week.", "two years ago this week", "2020-W38"),
    ("It began three years ago today.", "three years ago today", "2019-09-14"),
    ("It began a year ago this month.", "a year ago this month", "2021-09"),
    ("Sales rose in H1 2021.", "H1 2021", "2021-H1"),
    ("The table has 2021Q4 twice.", "2021Q4", "2021-Q4"),
    ("Profit of Q3 FY2023 fell.", "Q3 FY2023", "2023-Q3"),
    ("FY2023 was lean.", "FY2023", "2023"),
    ("They plan for FY24.", "FY24", "2024"),
    ("In Q1 profits fell.", "Q1", "2022-Q1"),
    ("The mutiny of 14 June (27 June) 1905 failed.", "14 June", "1905-06-14"),
    ("The mutiny of 14 June (27 June) 1905 failed.", "27 June", "1905-06-27"),
    ("It passed on 3 (16) March 1906.", "16", "1906-03-16"),
]
# No year, no month.
NONE = [
    "The camp has 1915 tents.",
    "They came in 1960 cars and left.",
    "Bus 2010 was late.",
    "Flight 1999 landed.",
    "It left at 2015.",
    "Resolution 1973 was adopted.",
    "He lives in room 1984.",
    "June Carter sang.",
    "Plays by August Wilson sold out.",
    "April Jones agreed.",
    "Mrs May resigned.",
    "They met with June Allen.",
    "Theresa May resigned.",
]
# ... though they look alike.
SOME = [
    ("In June Carter left.", "June", "2022-06"),
    ("The June Geneva talks failed.", "June", "2022-06"),
    ("In 2015 schools closed.", "2015", "2015"),
    ("Prices fell to 2019 levels.", "2019", "2019"),
    ("The 2019 protests went on.", "2019", "2019"),
    ("On 7 Oct 20 people died.", "7 Oct", "2021-10-07"),
    ("On 7 Oct 12 were killed.", "7 Oct", "2021-10-07"),
]
# Days that no month has: as written, off the timeline, and not widened to their month.
IMPOSSIBLE = [
    ("It is dated 31 April 2021.", "2021-04-31"),
    ("It is dated Feb 30, 2020.", "2020-02-30"),
    ("It is dated 29 February 2021.", "2021-02-29"),
    ("It is dated 2021-06-31.", "2021-06-31"),
    ("It came on 31 November.", "XXXX-11-31"),
]


def values(text):
    return {t.text: t.value for t in find_timexes(text, anchor=WEDNESDAY)}


@pytest.mark.parametrize(("text", "written", "value"), [*YEARS, *SIDES, *WEEKDAYS, *WRITTEN, *SOME])
def test_value(text, written, value):
    assert values(text).get(written) == value


@pytest.mark.parametrize("text", NONE)
def test_no_date(text):
    assert values(text) == {}


@pytest.mark.parametrize(("text", "value"), IMPOSSIBLE)
def test_a_day_that_does_not_exist(text, value):
    [timex] = find_timexes(text, anchor=WEDNESDAY)
    assert (timex.value, timex.since, timex.until) == (value, None, None)
    assert timex.basis.endswith("there is no such day")
    assert interval_of(timex.value)[0] is None
