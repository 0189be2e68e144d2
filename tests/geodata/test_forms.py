"""What each place of the original articles is drawn as, against the hand-made gold; no text of theirs is here."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from builders import geoparse

from geodata.extents import find_extents

with (Path(__file__).parent / "gold" / "geometry_kinds.csv").open(encoding="utf-8", newline="") as file:
    GOLD = list(csv.DictReader(file))
PLACES = {row["place"]: row["kind"] for row in GOLD if not row["article"]}
EXTENTS = [row for row in GOLD if row["article"]]


@pytest.fixture(scope="module")
def articles(shared):
    """Each article by its number: its text, its resolutions and its extents."""
    read = {}
    for path in sorted((shared / "articles").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        resolutions = geoparse(text)
        toponyms = [resolution.toponym for resolution in resolutions]
        read[path.name[:3]] = (text, resolutions, find_extents(text, toponyms, resolutions))
    return read


@pytest.fixture(scope="module")
def mentions(shared):
    """The hand-made mentions of each article: start and end -> place."""
    found = defaultdict(dict)
    with (shared / "gold/seeds/seed_mentions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            span = int(row["char_start"]), int(row["char_end"])
            found[row["file"][:3]][span] = (row["place"], row["kind"], row["composite"] == "1")
    return found


def spans(extent, resolutions):
    return [(resolutions[i].toponym.start, resolutions[i].toponym.end) for i in extent.mentions]


def named(extent, number, articles, mentions):
    """Return the places of the gold that an extent is made from."""
    places = [mentions[number].get(span, ("?",))[0] for span in spans(extent, articles[number][1])]
    return "am-az-border" if sorted(places) == ["armenia", "azerbaijan"] else " and ".join(places)


def test_the_gold_has_every_place(shared):
    with (shared / "gold/seeds/seed_places.csv").open(encoding="utf-8", newline="") as file:
        assert {row["place"] for row in csv.DictReader(file)} == set(PLACES)


@pytest.mark.parametrize("row", EXTENTS, ids=lambda row: f"{row['article']} {row['place']}")
def test_the_expression_is_drawn(row, articles, mentions):
    number = row["article"]
    preposition, place = row["place"].split(" ", 1)
    extents = articles[number][2]
    mine = [
        extent
        for extent in extents
        if extent.mentions and named(extent, number, articles, mentions) == place and extent.kind == row["kind"]
    ]
    assert mine, f"nothing is drawn {preposition} {place}"
    assert {extent.status for extent in mine} == {row["status"]}


def test_every_border_of_the_gold_is_drawn(articles, mentions):
    missing = []
    for number, gold in mentions.items():
        drawn = [extent for extent in articles[number][2] if extent.kind == "line"]
        for (start, end), (place, kind, _) in gold.items():
            if place == "am-az-border" and kind != "boilerplate":
                hit = [extent for extent in drawn if extent.start < end and start < extent.end and extent.mentions]
                missing += [] if hit else [(number, start)]
    assert missing == []


def test_nothing_else_is_drawn(articles, mentions):
    known = {(row["article"], row["kind"], row["place"].split(" ", 1)[1]) for row in EXTENTS}
    for number, (text, _, extents) in articles.items():
        for extent in extents:
            if extent.mentions:  # "the border" alone names no place of the gold
                found = (number, extent.kind, named(extent, number, articles, mentions))
                assert found in known, text[extent.start : extent.end]
