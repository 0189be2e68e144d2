"""Corridors as digitised, and borders as the edge that two shapes share."""

import pytest
from builders import km
from shapely.geometry import Point

from geodata.errors import DataFileError
from geodata.gazetteer import open_gazetteer
from geodata.regions import lines as lines_module
from geodata.regions.lines import border, corridors


def length_km(line):
    return sum(
        km(one, other)
        for part in getattr(line, "geoms", [line])
        for one, other in zip(part.coords, part.coords[1:], strict=False)
    )


def test_every_corridor_is_of_the_gazetteer_and_says_how_it_is_drawn():
    gazetteer = open_gazetteer()
    for id, line in corridors().items():
        row = gazetteer.row_of(id)
        assert row is not None and gazetteer.kind[row] == "corridor"
        assert "hand-digitised, schematic" in line.nature
        assert line.source and line.source_url.startswith("https://")
        assert line.geometry.is_valid


@pytest.mark.parametrize(
    ("id", "length", "through"),
    [
        ("lachin-corridor", 43, [(46.543, 39.590), (46.550, 39.637), (46.750, 39.760)]),  # Zabukh, Lachin, Shusha
        ("zangezur-corridor", 65, [(46.243, 38.901), (46.195, 38.865)]),  # Meghri, Agarak
    ],
)
def test_the_corridor_runs_through_its_towns(id, length, through):
    line = corridors()[id].geometry
    assert abs(length_km(line) - length) < 5
    assert all(line.distance(Point(point)) < 0.002 for point in through)


@pytest.mark.parametrize(
    ("one", "other", "length", "near"),
    [
        # lengths of countries' borders: CIA World Factbook; on Natural Earth's 10m shapes the first has 754 km
        ("AM", "AZ", 996, (46.5, 39.47)),
        ("AZ", "AM", 996, (45.0, 41.2)),  # either way round
        ("AM", "GE", 219, (44.8, 41.25)),
        ("AM", "IR", 44, (46.3, 38.89)),
        ("AM", "TR", 311, (43.6, 40.1)),
        ("AZ", "GE", 428, (46.5, 41.3)),
        ("AZ", "IR", 689, (47.5, 39.5)),
        ("AZ", "TR", 17, (44.79, 39.67)),
        ("GE", "RU", 894, (44.5, 42.7)),
        ("ARM-1732", "AZE-1735", 124, (46.3, 39.62)),  # Syunik and Lachin
        ("US", "MX", 2500, (-106.5, 31.75)),
    ],
)
def test_a_border(one, other, length, near):
    line = border(one, other)
    assert line.geom_type == "MultiLineString"
    assert abs(length_km(line) - length) < (0.2 if one == "US" else 0.08) * length
    assert line.distance(Point(near)) < 0.2


@pytest.mark.parametrize(
    ("one", "other"),
    [("AM", "RU"), ("AM", "AM"), ("AM", "XX"), ("", "AM"), ("US-AZ", "US-CO")],  # strangers, itself, no such unit
)
def test_no_border(one, other):
    assert border(one, other) is None


def test_missing_lines_are_named_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(lines_module, "DATA", tmp_path)
    for read in (corridors, lines_module.shapes_by_code):
        read.cache_clear()
        try:
            with pytest.raises(DataFileError, match="cannot be read"):
                read()
        finally:
            read.cache_clear()
