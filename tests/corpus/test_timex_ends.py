"""The ends of the calendar: what lies outside it is undated and says so, and no expression costs the article."""

from datetime import date, timedelta

import pytest
from builders import build, front, read
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.index.connection import open_index
from corpus.read_article import read_out
from corpus.records import Article, Dated, Published
from corpus.timex import find_timexes
from corpus.timex.calendar import EARLIEST, LATEST
from corpus.timex.figures import NO_SUCH_DAY
from corpus.timex.language import grammar

ENDS = [
    date.min,
    date.min + timedelta(1),
    date(1, 3, 1),
    date(2, 1, 1),
    date(999, 12, 31),
    date(EARLIEST, 1, 1),
    date(1582, 10, 15),
    date(LATEST, 12, 31),
    date(LATEST + 1, 1, 1),
    date(9899, 12, 31),
    date(9990, 1, 1),
    date(9998, 12, 31),
    date(9999, 1, 1),
    date(9999, 12, 1),
    date.max - timedelta(1),
    date.max,
]
OUTSIDE = f"outside the years {EARLIEST} to {LATEST}"


def word(name: str) -> st.SearchStrategy[str]:
    """Draw a word of a class of the language table."""
    return st.sampled_from(sorted(grammar().values[name])).flatmap(lambda w: st.sampled_from([w, w.capitalize()]))


UNITS = word("unit") | word("units")
NUMBERS = st.sampled_from(["1", "two", "90", "five hundred", "2,000", "9999", "ten thousand", "999,999", "1.5"])
YEARS = st.sampled_from(["0001", "0000", "9998", "9999", "1000", "2100", "2101", "1 BC", "9999 BC", "476 AD"])
DAYS = st.sampled_from(["1 January", "29 February", "December 31,", "31 December", "1"])
EXPRESSIONS = st.one_of(
    *map(word, ("day_word", "weekday", "season", "holiday", "often", "reference", "month")),
    st.tuples(
        st.sampled_from(["last", "next", "this", "the past", "the coming", "the previous", "the following"]),
        UNITS | word("weekday") | word("season") | word("month"),
    ).map(" ".join),
    st.tuples(NUMBERS, UNITS, st.sampled_from(["ago", "from now", "earlier", "later", "after", ""])).map(" ".join),
    st.tuples(NUMBERS, UNITS, st.sampled_from(["after", "before"]), DAYS, YEARS).map(" ".join),
    st.tuples(
        st.sampled_from(["the day", "the week", "the year", "the first quarter", "the second half", "the end"]),
        st.sampled_from(
            [
                *("before", "after", "before last", "before yesterday", "after tomorrow", "of last year"),
                *("of next year", "of that year"),
            ]
        ),
    ).map(" ".join),
    st.tuples(st.just("from"), DAYS, YEARS, st.just("to"), DAYS, YEARS).map(" ".join),
    st.tuples(DAYS, YEARS).map(" ".join),
    st.tuples(word("season") | word("holiday"), YEARS).map(" ".join),
    st.sampled_from(
        [
            *("in the year 0", "in 9998", "0001-01-01", "9999-12-31T24:00", "31/12/9999", "1/1/00", "the 9990s"),
            *("at 11:59 p.m.", "this morning", "at midnight tomorrow", "Christmas Eve", "a year earlier"),
            *("the quarter ended Dec. 31", "year-end", "the year-ago quarter", "the 99th century"),
            *("the first century BC", "the last day of December", "9999-W53", "'60s"),
        ]
    ),
)
TEXTS = st.lists(EXPRESSIONS, min_size=1, max_size=4).map(lambda parts: "Goris fell " + ", and ".join(parts) + ".")
ANCHORS = st.none() | st.sampled_from(ENDS) | st.dates()


def check(text, timexes):
    end = 0
    for t in timexes:
        assert end <= t.start < t.end
        assert text[t.start : t.end] == t.text
        assert (t.since is None) == (t.until is None)
        assert t.since is None or date(EARLIEST, 1, 1) <= t.since <= t.until <= date(LATEST, 12, 31)
        # whatever names a year and yet has no day says why
        assert (
            t.since
            or t.type in ("DURATION", "SET")
            or not t.value[:2].isdigit()
            or any(why in t.basis for why in (OUTSIDE, NO_SUCH_DAY))
        )
        end = t.end


@settings(max_examples=400)
@given(TEXTS, ANCHORS, st.sampled_from([None, True, False]), st.sampled_from(["all", "shared", "none"]))
def test_any_expression_at_any_end_is_found(text, anchor, narrative, ranges):
    check(text, find_timexes(text, anchor=anchor, narrative=narrative, ranges=ranges))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(ENDS), st.sampled_from([None, "day", "month"]))
def test_any_article_at_any_end_is_read(text, day, published):
    check(text, read(text, str(day)).timexes)
    until = None if published is None else day if published == "day" else max(day, date.max - timedelta(9))
    published_on = Published(day if until else None, until, "front matter", "stated" if until else "")
    whole = read_out(Dated(Article("a", "a.txt", text), published_on, None))
    check(text, whole.timexes)
    for link in (link for mention in whole.mentions for link in mention.links):
        assert link.basis
        assert (link.since is None) == (link.until is None) == (link.certainty == "undated")
        assert link.since is None or link.since <= link.until


@pytest.mark.parametrize(
    ("anchor", "written", "why"),
    [
        ("9999-12-31", "tomorrow", "outside the calendar"),
        ("9999-12-31", "next week", "outside the calendar"),
        ("9999-12-31", "the next decade", "outside the calendar"),
        ("9999-12-31", "next winter", "outside the calendar"),  # reads no units: it counts years by itself
        ("9999-12-31", "last year", OUTSIDE),
        ("0001-01-01", "yesterday", "outside the calendar"),
        ("0001-01-01", "last year", "outside the calendar"),
        ("0001-01-01", "Monday night", OUTSIDE),
        ("2022-09-14", "ten thousand years ago", "outside the calendar"),
        ("2022-09-14", "30,000 years ago", "outside the calendar"),
        ("2022-09-14", "five hundred years from now", OUTSIDE),
        ("2100-12-31", "tomorrow", OUTSIDE),  # the last day that is kept
        ("1000-01-01", "yesterday", OUTSIDE),  # the first
        ("2022-09-14", "480 BC", OUTSIDE),
        ("2022-09-14", "9999-12-31", OUTSIDE),
        ("2022-09-14", "1 January 0001", OUTSIDE),  # not 1 January of this year
        ("2022-09-14", "May 3, 9998", OUTSIDE),
    ],
)
def test_what_lies_outside_is_undated_and_says_why(anchor, written, why):
    [found] = find_timexes(f"Goris fell {written}.", anchor=date.fromisoformat(anchor))
    assert written.startswith(found.text)
    assert (found.since, found.until, found.type in ("DATE", "TIME")) == (None, None, True)
    assert why in found.basis


@pytest.mark.parametrize(
    "text", ["On 5 May 3000 troops left Goris.", "On 5 May, 3000 troops left.", "On 5 May 2,500 left.", "5 May 9.30 am"]
)
def test_a_number_after_a_day_is_no_year_of_another_age(text):
    found = find_timexes(text, anchor=date(2022, 9, 14))[0]
    assert found.since == date(2022, 5, 5)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-12-31", "1000-01-01"])
def test_no_article_is_lost(tmp_path, day):
    text = "Tomorrow and yesterday, next week and last year, in 9998 and 30,000 years ago, Goris in Armenia fell."
    with open_index(build(tmp_path, {"end.md": front(text, date=day)})) as index:
        assert index.execute("select count(*) from articles").fetchone() == (1,)
        assert index.execute("select count(*) from mentions where text = 'Goris'").fetchone() == (1,)
