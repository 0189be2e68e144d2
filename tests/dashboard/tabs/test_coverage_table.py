"""The table of coverage: what is silent keeps its place, and a long period is on none of its days."""

from datetime import date

import pandas as pd

from dashboard.periods import Stop
from dashboard.tabs.coverage_table import LONGER, UNDATED, across_time, matrix, most_telling, time_of, times


def covered(*periods):
    rows = [("p", "P", "s", since, until, 1) for since, until in periods]
    return pd.DataFrame(rows, columns=["place", "name", "source", "since", "until", "mentions"], dtype=object)


def test_a_year_is_on_none_of_its_days():
    found = covered(("2022-09-13", "2022-09-13"), ("2022-01-01", "2022-12-31"), (None, None))
    stops = times(found)
    assert [time_of(row, stops) for row in found.itertuples()] == [stops[0], LONGER, UNDATED]
    assert stops == [Stop(date(2022, 9, 13), date(2022, 9, 13))]


def test_days_between_are_empty_columns_where_there_is_room():
    near = covered(("2022-09-13", "2022-09-13"), ("2022-09-16", "2022-09-16"))
    far = covered(("2020-09-13", "2020-09-13"), ("2022-09-16", "2022-09-16"))
    assert [len(across_time(times(found), pd.Series(dtype=object))) for found in (near, far)] == [4, 2]


def test_many_days_become_weeks():
    found = covered(*((f"2022-{month:02}-{day:02}",) * 2 for month in (3, 4) for day in range(1, 29)))
    stops = times(found)
    assert (stops[0].until - stops[0].since).days == 6
    assert all(isinstance(time_of(row, stops), Stop) for row in found.itertuples())


def test_matrix_keeps_silent_rows_and_columns():
    found = covered(("2022-09-13", "2022-09-13"), ("2022-09-13", "2022-09-13"))
    table = matrix(found, "place", "source", across=["s", "silent"], down=None)
    assert table.to_dict("index") == {"p": {"s": 2, "silent": 0}}
    table = matrix(found, "source", "place", across=["p"], down=["silent", "s"])
    assert table.to_dict("index") == {"s": {"p": 2}, "silent": {"p": 0}}


def test_a_table_has_room_for_so_many_sources():
    rows = [("p", "P", f"s{number}", None, None, number) for number in range(1, 60)]
    found = pd.DataFrame(rows, columns=["place", "name", "source", "since", "until", "mentions"], dtype=object)
    most = most_telling(found, ["silent", *(f"s{number}" for number in range(1, 60))])
    assert most == [f"s{number}" for number in range(59, 19, -1)]
    assert most_telling(found.head(2), ["silent", "s1", "s2"]) == ["s2", "s1", "silent"]
