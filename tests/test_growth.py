"""Reading takes time in proportion to the text: no step looks through all of it for each of its names or sentences."""

import sys
from collections import Counter

import pytest
from bench.growth import SHAPES
from builders import ROOT

from corpus.dating.publication_date import date_alone
from corpus.read_article import read_out
from corpus.records import Article

pytestmark = pytest.mark.slow

PACKAGES = tuple(str(ROOT / package) for package in ("geodata", "corpus"))
LENGTH = 12_000  # characters
GROWTH = 3.0  # times as many lines that twice the text may run: the square of it would be 4
NOTICED = 1_500  # lines run in one function, below which chance decides


def read(text):
    return read_out(date_alone(Article("a", "a", text))[0])


def lines_run(text):
    """Count the lines that each function runs over a text, loops round by round: it is the same on every machine."""
    counts = Counter()

    def count(frame, event, _):
        counts[frame.f_code] += event == "line"
        return count

    def enter(frame, event, argument):
        return count(frame, event, argument) if frame.f_code.co_filename.startswith(PACKAGES) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return counts


@pytest.mark.parametrize(
    "shape", ["news on one line", "no full stop", "said", "the toll", "events", "quoted", "rivers"]
)
def test_no_function_runs_more_than_its_share(shape):
    read(SHAPES[shape](2 * LENGTH))  # what is kept between texts is there for both
    less, more = (lines_run(SHAPES[shape](length)) for length in (LENGTH, 2 * LENGTH))
    grown = {
        f"{code.co_filename}:{code.co_firstlineno} {code.co_name}": count / max(1, less[code])
        for code, count in more.items()
        if count > NOTICED and count > GROWTH * less[code]
    }
    assert grown == {}


@pytest.mark.parametrize(
    "text",
    [
        # what took time without end: many ways to part a row of capitals between a place and a date
        "ARMENIAN ENGINEERS REACHED GORIS AND AZERBAIJANI SURVEYORS CROSSED 3 BRIDGES, ON 26 AUGUST 2022.",
        "In Jermuk, UNHCR, UNICEF, USAID, WHO, OSCE, NATO and ICRC workers slept, on Tuesday, 6 May 2022.",
    ],
)
def test_a_row_of_capitals_is_read(text):
    assert read(text).mentions
