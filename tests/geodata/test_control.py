"""Who held what on a day: units with a source for each status, and none for what no source tells."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from builders import day

from geodata import DATA
from geodata.errors import DataFileError
from geodata.regions import control as control_module
from geodata.regions.control import COLUMNS, control_on, control_table
from geodata.regions.shapes import region_names

AZERBAIJAN = "Azerbaijan"


def holders(on):
    frame = control_on(day(on))
    return dict(zip(frame.name, zip(frame.holder, frame.divided, strict=True), strict=True))


@pytest.mark.parametrize(
    ("unit", "on", "holder", "divided"),
    [
        ("Lachin", "2020-09-26", "Artsakh", False),  # the day before the war
        ("Kalbajar", "2020-11-24", "Artsakh", False),  # the eve of the hand-over
        ("Kalbajar", "2020-11-25", AZERBAIJAN, True),  # the hand-over; part of the unit was never in it
        ("Aghdam", "2020-11-19", "Artsakh", True),  # the line of contact ran through
        ("Aghdam", "2020-11-20", AZERBAIJAN, False),
        ("Lachin", "2020-12-01", AZERBAIJAN, True),  # but for the corridor
        ("Lachin", "2022-08-26", AZERBAIJAN, True),  # but for the new road
        ("Jabrayil", "2020-10-15", "Artsakh", True),  # in the war: no day of capture is claimed
        ("Jabrayil", "2020-11-10", AZERBAIJAN, False),
        ("Zangilan", "2020-10-19", "Artsakh", False),  # no village of it is known to have changed hands yet
        ("Zangilan", "2020-10-20", AZERBAIJAN, True),
        ("Lachin", "2020-11-10", AZERBAIJAN, True),  # its south, until the hand-over
        ("Fuzuli", "2019-01-01", "Artsakh", True),
        ("Khankendi", "2020-10-15", "Artsakh", False),
        ("Khankendi", "2022-09-13", "Russian peacekeepers", False),
        ("Khankendi", "2023-09-20", AZERBAIJAN, False),  # the ceasefire
        ("Shusha", "2022-09-13", AZERBAIJAN, True),  # the town; villages in the west were not
        ("Tartar", "2022-09-13", "Russian peacekeepers", True),
        ("Tartar", "2023-10-01", AZERBAIJAN, False),
    ],
)
def test_the_holder(unit, on, holder, divided):
    held, cut = holders(on)[unit]
    assert holder in held
    assert cut == divided


def test_a_divided_unit_names_several_holders_and_a_whole_one_none_of_both_sides():
    for row in control_table().itertuples():
        sides = {"Azerbaijan" in row.holder, "Artsakh" in row.holder or "peacekeepers" in row.holder}
        assert (sides == {True}) == row.divided, row
        assert bool(row.note) or not row.divided, "a divided unit says how it was divided"


def test_the_layer_has_shapes_and_sources():
    frame = control_on(date(2022, 9, 13))
    assert list(frame.columns) == [*COLUMNS, "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all() and not frame.geometry.is_empty.any()
    assert frame.unit.is_unique
    assert len(frame) == 12
    assert (frame.other_name != "").all()
    assert frame.since.le(date(2022, 9, 13)).all()


@pytest.mark.parametrize("on", ["1990-01-01", "1994-05-11"])
def test_nothing_is_told_of_days_before_the_first_source(on):
    assert control_on(day(on)).empty


def test_the_last_status_has_no_end():
    assert set(control_on(date(2024, 5, 1)).until) == {None}


def test_statuses_of_a_unit_follow_without_gap_or_overlap():
    of_unit = defaultdict(list)
    for row in control_table().itertuples():
        of_unit[row.unit].append(row)
    for rows in of_unit.values():
        for row, after in pairwise(rows):
            assert row.until + timedelta(days=1) == after.since
            assert (row.holder, row.note) != (after.holder, after.note), "no change, no row"


def test_each_row_names_a_unit_and_a_source():
    with (DATA / "control.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(control_table())
    names = region_names()
    for row in rows:
        assert row["name"] == names.name[row["unit"]]
        assert date.fromisoformat(row["since"]) >= date(1994, 5, 12)
        assert row["source"] and row["source_url"].startswith("http")
        assert row["divided"] in "01"


@pytest.mark.parametrize("word", ["liberat", "occupied by", "occupier", "terror", "separatist", "regime", "so-called"])
def test_the_words_take_no_side(word):
    with (DATA / "control.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert word not in f"{row['holder']} {row['note']}".lower()


def test_a_missing_table_is_named_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(control_module, "DATA", tmp_path)
    control_table.cache_clear()
    try:
        with pytest.raises(DataFileError, match=r"control\.csv"):
            control_on(date(2022, 9, 13))
    finally:
        control_table.cache_clear()
