"""The measures of tests/bench/places.py, worked out by hand on two invented documents."""

import math

import pytest
import readers
from places import areas_named, match, score, share_area, without_demonyms

YEREVAN, GORIS, TBILISI = (40.18, 44.51), (39.51, 46.34), (41.69, 44.83)  # latitude, longitude
ATLANTA, AUGUSTA, MACON, AUSTIN = (33.75, -84.39), (33.47, -81.97), (32.84, -83.63), (30.27, -97.74)


def toponym(start, text, where=(None, None), kind="name"):
    return {"start": start, "end": start + len(text), "text": text, "lat": where[0], "lon": where[1], "kind": kind}


# "Shells fell near Goris. Yerevan answered; Blue Camp did not. In Armenia ... Read more: Tbilisi"
ONE = {
    "doc": "1",
    "text": "",
    "toponyms": [toponym(17, "Goris", GORIS), toponym(24, "Yerevan", YEREVAN), toponym(42, "Blue Camp")],
    "ignore": [[80, 120]],
}
# "Georgia, the state, ... and Augusta"
TWO = {"doc": "2", "text": "", "toponyms": [toponym(0, "Georgia", ATLANTA), toponym(30, "Augusta", AUGUSTA)]}
ANSWERS = [
    [
        toponym(17, "Goris", GORIS),
        toponym(17, "Goris", TBILISI),  # a second answer to one span does not count
        toponym(24, "Yerevan answered", YEREVAN),  # overlaps, and lies there
        toponym(42, "Blue Camp", GORIS),  # the gold has no point: recognised, neither right nor wrong end to end
        toponym(90, "Tbilisi", TBILISI),  # in what the gold says nothing about
        toponym(65, "Armenian", YEREVAN),  # not in the gold
    ],
    [toponym(0, "Georgia", (32.0, -81.5)), toponym(30, "Augusta")],  # 330 km off, inside the state; undecided
]


def test_every_figure():
    scores = score([ONE, TWO], ANSWERS)
    assert scores.golds == 5
    # Answers that count: Goris, Yerevan answered, Blue Camp, Armenian; Georgia, Augusta. Exact: all but two of these.
    assert scores.exact == pytest.approx((4 / 6, 4 / 5, 2 * 4 / 11))
    # With a point: 4 golds, 5 answers; near: Goris, Yerevan; inside its area: Georgia, too.
    assert scores.e2e == pytest.approx(2 * 2 / 9)
    assert scores.e2e_area == pytest.approx(2 * 3 / 9)
    # Exact and with a point: Goris at 0 km, Georgia at 334, Augusta without an answer.
    assert scores.accuracy == pytest.approx(1 / 3)
    assert scores.accuracy_area == pytest.approx(2 / 3)
    assert scores.median_km == pytest.approx(334, abs=5)
    assert scores.mean_km == pytest.approx((0 + 334 + 20039) / 3, abs=2)
    middle = math.log(335) / math.log(20039)
    assert scores.auc == pytest.approx((0 + 2 * middle + 1) / 4, abs=0.002)


def test_demonyms_can_be_left_out():
    assert without_demonyms([toponym(0, "Armenian", YEREVAN, kind="demonym"), *ANSWERS[1]]) == ANSWERS[1]


def test_a_name_in_doubt_is_none_that_was_found():
    text = "Nice weather came to Split on Monday."
    assert [text[span["start"] : span["end"]] for span in readers.dateline()(text)] == ["Split"]


def test_nothing_predicted():
    scores = score([ONE], [[]])
    assert (scores.exact, scores.e2e, scores.pointed) == ((0, 0, 0), 0, False)
    assert math.isnan(scores.auc)


@pytest.mark.parametrize(
    ("golds", "answers", "expected"),
    [
        ([(0, 5)], [(0, 5), (0, 9)], [(0, 5)]),  # the very span, though another is longer
        ([(0, 9)], [(0, 2), (3, 9)], [(3, 9)]),  # the larger overlap
        ([(0, 4), (5, 9)], [(0, 9)], [(0, 9), None]),  # one answer answers once
        ([(0, 4), (5, 9)], [(5, 9)], [None, (5, 9)]),  # what is exact elsewhere is not free
        ([(0, 4)], [(4, 8)], [None]),  # touching is not overlapping
        ([(0, 4)], [], [None]),
    ],
)
def test_match(golds, answers, expected):
    pairs = match({span: {"span": span} for span in golds}, {span: {"span": span} for span in answers})
    assert [pair.answer and pair.answer["span"] for pair in pairs] == expected
    assert [pair.exact for pair in pairs] == [span in answers for span in golds]


@pytest.mark.parametrize(
    ("surface", "gold", "answer", "shared"),
    [
        ("Georgia", ATLANTA, MACON, True),  # both in the state
        ("Georgia", ATLANTA, TBILISI, False),  # one in the state, one in the country of that name
        ("Georgia", ATLANTA, AUSTIN, False),  # both in the United States, which the name does not name
        ("United States", ATLANTA, AUSTIN, True),
        ("U.S.", ATLANTA, AUSTIN, True),  # by its abbreviation
        ("Armenia", YEREVAN, GORIS, True),
        ("Armenian", YEREVAN, GORIS, False),  # a demonym names no area
        ("Augusta", ATLANTA, MACON, False),  # nor does a town
        ("", YEREVAN, GORIS, False),
    ],
)
def test_share_area(surface, gold, answer, shared):
    assert share_area(toponym(0, surface, gold), toponym(0, surface, answer)) is shared


def test_areas_named():
    assert len(areas_named("Georgia")) == 2
    assert areas_named("Goris") == ()
