"""What is said of the corpus as a whole."""

import pandas as pd
import pytest

from dashboard.serving.corpus_summary import WORLD, extent, years_of


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], ""),
        ([(None, None, 7)], ""),  # nothing is dated
        ([("2022-09-13", "2022-09-13", 1), (None, None, 7)], "2022"),
        ([("2022-12-31", "2023-01-01", 1)], "2022–2023"),
        ([("1988-01-01", "1988-12-31", 1), ("2022-09-13", "2022-09-13", 60)], "1988–2022"),  # one of few counts
        ([("1000-01-01", "1000-12-31", 2), ("2010-01-01", "2014-12-31", 500)], "2010–2014"),  # one of many does not
        ([("0622-01-01", "0622-12-31", 9), ("9999-01-01", "9999-12-31", 9)], "622–9999"),
        ([("1000-01-01", "2014-12-31", 1), ("2014-01-01", "2014-12-31", 200)], "2014"),  # a period that reaches far
    ],
)
def test_the_years_told_are_those_that_most_is_dated_in(days, expected):
    assert years_of(pd.DataFrame(days, columns=["since", "until", "mentions"])) == expected


def places(*rows):
    return pd.DataFrame(rows, columns=["kind", "lon", "lat", "articles"])


ASTANA, GORIS, SOTK = ("city", 71.4, 51.2, 1), ("city", 46.3, 39.5, 1), ("village", 45.9, 40.2, 1)


@pytest.mark.parametrize(
    ("events", "shown", "inside", "outside"),
    [
        ([GORIS, SOTK], [GORIS, SOTK, ASTANA], [GORIS, SOTK], [ASTANA]),  # where people met is beside the story
        ([], [ASTANA], [ASTANA], []),  # unless there is nothing else
        ([("country", 45.0, 40.2, 9)], [("country", 45.0, 40.2, 9), ASTANA], [ASTANA], []),
        ([("admin1", 46.2, 39.3, 1)], [("admin1", 46.2, 39.3, 1)], [("admin1", 46.2, 39.3, 1)], []),
    ],
)
def test_the_map_begins_where_something_happened(events, shown, inside, outside):
    west, south, east, north = extent(places(*events), places(*shown))
    held = [row for row in [*inside, *outside] if west < row[1] < east and south < row[2] < north]
    assert held == inside


def test_a_corpus_of_countries_begins_with_the_world():
    countries = places(("country", 45.0, 40.2, 9))
    assert extent(countries, countries) == WORLD
