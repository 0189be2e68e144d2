"""Names that were official only in a period."""

import csv

import pytest
from builders import day, found

from corpus.queries.official_names import NAMES, periods_of


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        # three names of one capital, its first one twice
        ("Astana", "2018-06-01", True),
        ("Astana", "2022-08-01", False),
        ("Nur-Sultan", "2022-08-01", True),
        ("Nur-Sultan", "2022-10-12", False),
        ("Astana", "2022-10-12", True),
        # on the day of the change both
        ("Nur-Sultan", "2022-09-17", True),
        ("Astana", "2022-09-17", True),
        # one town, two authorities
        ("Stepanakert", "2020-10-01", True),
        ("Khankendi", "2020-10-01", True),
        ("Stepanakert", "2024-06-01", False),
        # case and accents aside
        ("KHANKENDI", "2024-06-01", True),
        ("turkiye", "2023-01-01", True),
        ("Leningrad", "1991-09-05", True),
        ("Leningrad", "1991-09-07", False),
        # a change known to the year: both names all that year
        ("Bombay", "1995-12-31", True),
        ("Mumbai", "1995-01-01", True),
        ("Bombay", "1996-01-01", False),
        # a name we know no periods of
        ("Paris", "2020-01-01", False),
    ],
)
def test_a_name_is_official_in_its_periods(name, on, expected):
    periods = periods_of(name)
    assert any(p.since <= day(on) and (p.until is None or day(on) <= p.until) for p in periods) is expected


def test_two_authorities_may_use_two_names_at_once():
    rows = [period for name in ("Khankendi", "Stepanakert") for period in periods_of(name)]
    assert {row.place for row in rows} == {"146970"}
    in_2020 = [row for row in rows if row.since <= day("2020-10-01") and (row.until is None or row.until.year > 2020)]
    assert [row.authority for row in in_2020] == ["Azerbaijan", "Republic of Nagorno-Karabakh (Artsakh)"]


def test_the_words_for_the_reader():
    [period] = periods_of("Nur-Sultan")
    assert period.words == "official name 23 March 2019 to 17 September 2022 (Kazakhstan)"
    assert periods_of("Khankendi")[0].words == "official name since 26 November 1991 (Azerbaijan)"


def test_every_row_is_whole():
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 20
    for row in rows:
        assert row["name"] and row["place"] and row["authority"] and row["source"], row
        [*_, period] = periods_of(row["name"])
        assert period.until is None or period.since <= period.until


@pytest.mark.parametrize("name", ["Astana", "Stepanakert", "Saint Petersburg", "Mumbai", "Bakhmut", "Myanmar"])
def test_the_gazetteer_knows_the_place(name):
    assert found(name).id == periods_of(name)[0].place
