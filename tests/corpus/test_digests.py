"""The shipped corpus: every place name of a digest leads to a place on the map (digests_gold.csv, made by hand)."""

import csv
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from corpus.build import build_index

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
READINGS = {"literal", "metonymic-government"}  # "Baku said" names a government and leads to its capital


def read_gold():
    with (Path(__file__).parent / "digests_gold.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in READINGS]
    return [row | {"start": int(row["start"]), "end": int(row["end"])} for row in rows]


GOLD = read_gold()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "index.gpkg"
    build_index(ARTICLES, path)
    with closing(sqlite3.connect(path)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(index):
    return dict(index.execute("select file, text from articles"))


@pytest.fixture(scope="module")
def shown(index):
    """Return what leads to a place, on the map or among those who act, as (start, end, place) of each file."""
    found = defaultdict(list)
    for file, *mention in index.execute(
        """select a.file, m.start, m."end", m.place from mentions m join articles a on a.id = m.article
        where m.role != ''"""
    ):
        found[file].append(mention)
    return found


def place_of(name, shown):
    """Return the place that a name of the gold, or a part of it ("Shusha" in "Shusha region"), leads to."""
    within = [place for start, end, place in shown[name["file"]] if name["start"] <= start and end <= name["end"]]
    return within[0] if within else None


def in_words(name, texts):
    context = texts[name["file"]][max(0, name["start"] - 40) : name["end"] + 40].replace("\n", " ")
    return f"{name['surface']} ({name['file']}, {name['start']}): ... {context} ..."


def test_gold_fits_the_texts(texts):
    assert [name for name in GOLD if texts[name["file"]][name["start"] : name["end"]] != name["surface"]] == []
    assert {name["file"] for name in GOLD} == {path.name for path in ARTICLES.iterdir()} == set(texts)


@pytest.mark.parametrize("file", sorted({name["file"] for name in GOLD}))
def test_every_passage_that_names_a_place_is_reached_by_it(file, shown, texts):
    missing = [in_words(name, texts) for name in GOLD if name["file"] == file and not place_of(name, shown)]
    assert missing == []


def test_each_place_is_one_on_the_map_however_it_is_written(shown):
    led_to = defaultdict(set)
    for name in GOLD:
        if place := place_of(name, shown):
            led_to[name["place"]].add(place)
    assert {name: places for name, places in led_to.items() if len(places) > 1} == {}
