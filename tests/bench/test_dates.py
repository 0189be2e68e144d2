"""The measures of tests/bench/dates.py, worked out by hand on two invented documents."""

from datetime import date, datetime

import pytest
from dates import as_fine_as, dateline, match, read_all, score, tagged


def expression(start, end, value, kind="DATE"):
    return {"start": start, "end": end, "value": value, "type": kind}


ONE = {
    "text": "On Monday, 5 May 2021 ... for six weeks",
    "dct": "2021-05-10",
    "timexes": [expression(3, 21, "2021-05-05"), expression(30, 39, "P6W", "DURATION")],
}
TWO = {
    "text": "at noon on 3 June ... now",
    "dct": "",
    "timexes": [expression(3, 17, "2021-06-03T12:00", "TIME"), expression(22, 25, "PRESENT_REF")],
}
ANSWERS = [
    [
        expression(11, 21, "2021-05-05"),  # overlaps, and is right
        expression(11, 21, "2020"),  # a second answer to one span does not count
        expression(30, 39, "2021-06"),  # a wrong value; its gold is no calendar date
    ],
    [expression(3, 7, "2021-06-03"), expression(20, 21, "1999")],  # right but for the hour; nothing there
]


def test_every_figure():
    scores = score([ONE, TWO], ANSWERS)
    assert scores.golds == 4
    assert scores.relaxed == (3 / 4, 3 / 4, 3 / 4)
    assert scores.value == pytest.approx(2 * 1 / (4 + 4))
    assert scores.calendar_golds == 2
    assert scores.calendar == pytest.approx(2 * 2 / (3 + 2))  # both right; 1999 is one too many


def test_the_very_span_comes_before_an_overlap():
    golds = [expression(0, 10, "2020"), expression(12, 20, "2021")]
    assert match(golds, [expression(5, 14, ""), expression(12, 20, "")]) == {0: 0, 1: 1}
    assert match(golds, [expression(0, 30, "")]) == {0: 0}  # one answer serves one gold


def test_nothing_found_scores_nothing():
    assert score([ONE], [[]]).value == 0.0


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2021", "2021"),
        ("in 2021", "2021"),
        ("May 2021", "2021-05"),
        ("May", "2021-05"),
        ("5 May", "2021-05-07"),
        ("yesterday", "2021-05-07"),
        ("Monday", "2021-05-07"),
    ],
)
def test_a_moment_is_as_fine_as_its_words(words, value):
    assert as_fine_as(words, datetime(2021, 5, 7)) == value


def test_tags_are_found_in_the_text_they_came_from():
    text = "On Monday & on Monday again"
    marked = 'On <TIMEX3 tid="t1" type="DATE" value="2021-05-03">Monday</TIMEX3> &amp; on Monday again'
    assert list(tagged(marked, text)) == [expression(3, 9, "2021-05-03")]


def test_dateline_is_read_and_timed():
    found, speed = read_all(dateline("none"), [ONE, ONE | {"dct": None}])
    assert [one["value"] for one in found[0]] == ["2021-05-05", "P6W"]
    assert speed > 0 or speed != speed  # too short to measure on a coarse clock
    assert date.fromisoformat(ONE["dct"])
