"""The five original articles, which are not in the repository: every place and date of the hand-made gold."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from builders import km

from corpus.build import build_index
from corpus.index.connection import open_index
from dashboard.__main__ import main

# name in seed_places.csv -> how far off in km, and the code of its region by ISO 3166-2
PLACES = {
    "goris": (5, "AM-SU"),
    "jermuk": (5, "AM-VD"),
    "sotk": (5, "AM-GR"),
    "shusha": (5, "AZ-SUS"),
    "stepanakert": (5, "AZ-XA"),
    "lachin-district": (5, "AZ-LAC"),
    "yerevan": (5, "AM-ER"),
    "baku": (5, "AZ-BA"),
    "ganja": (5, "AZ-GA"),
    "hadrut": (5, "AZ-XVD"),
    "zabukh": (5, "AZ-LAC"),
    "jaghazur": (15, "AZ-LAC"),  # no better position of the village is known
}
PROVINCES = ("gegharkunik", "vayots-dzor", "syunik")


@pytest.fixture(scope="module")
def path(shared, tmp_path_factory):
    path = tmp_path_factory.mktemp("originals") / "index.gpkg"
    report = build_index(shared / "articles", path)
    assert report.articles == 5
    return path


@pytest.fixture(scope="module")
def places(path):
    return gpd.read_file(path, layer="places").set_index("id", drop=False)


@pytest.fixture(scope="module")
def db(path):
    with open_index(path) as db:
        yield db


@pytest.fixture(scope="module")
def gold(shared):
    with (shared / "gold/seeds/seed_places.csv").open(encoding="utf-8", newline="") as file:
        return {row["place"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def parsed(shared, tmp_path_factory):
    """What the command `geoparse` writes for the seeds, one file for each scorer."""
    folder = tmp_path_factory.mktemp("scored")
    for source, target in (("seeds", "seeds.mine"), ("time_seeds", "time_seeds.mine")):
        rows = [json.loads(line) for line in (shared / f"gold/seeds/{source}.jsonl").open(encoding="utf-8")]
        texts = [json.dumps({name: row[name] for name in ("doc", "text", "dct") if name in row}) for row in rows]
        (folder / "in.jsonl").write_text("\n".join(texts) + "\n", "utf-8")
        assert main(["geoparse", str(folder / "in.jsonl"), str(folder / f"{target}.jsonl")]) == 0
    return folder


def score(shared, script, predictions):
    command = [sys.executable, str(shared / "score" / script), str(predictions)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def kinds_of(name):
    return {"admin1", "admin2"} if name == "lachin-district" else {"city", "village"}


def nearest(places, row, *, kinds):
    """Return the place of these kinds on the map that is nearest to a row of the gold, and the distance in km."""
    there = (float(row["lon"]), float(row["lat"]))
    shown = places[(places.mentions > 0) & places.kind.isin(kinds)]
    distance = shown.geometry.map(lambda point: km((point.x, point.y), there))
    assert not distance.empty, "no place is shown"
    return shown.loc[distance.idxmin()], distance.min()


@pytest.mark.parametrize("name", PLACES)
def test_the_place_is_on_the_map(name, places, gold):
    limit, _ = PLACES[name]
    place, distance = nearest(places, gold[name], kinds=kinds_of(name))
    assert distance <= limit, f"{name}: the nearest place shown is {place['name']!r}, {distance:.1f} km away"


@pytest.mark.parametrize("name", PLACES)
def test_the_place_is_in_its_region(name, path, places, gold):
    _, iso = PLACES[name]
    place, distance = nearest(places, gold[name], kinds=kinds_of(name))
    assert distance <= PLACES[name][0]
    regions = gpd.read_file(path, layer="regions").set_index("code")
    assert regions.iso[place.region] == iso, f"{name} lies in {place.region_name!r} ({place.region_method})"
    assert place.region_method in {"code", "inside", "nearest", "shape"}


@pytest.mark.parametrize("name", PROVINCES)
def test_the_province_is_a_region(name, path, places, gold):
    row = gold[name]
    place, distance = nearest(places, row, kinds={"admin1"})
    assert str(place.geonameid) == row["geonames_id"]
    assert distance <= 25  # inside the province, wherever its label stands
    assert place.outline, "it has a shape on the map"
    # the village of the same name is nowhere
    villages = places[
        places.kind.isin({"city", "village"}) & (places.gazetteer_name == row["name"].split(" Province")[0])
    ]
    assert villages.empty


@pytest.mark.parametrize(
    ("spellings", "ids"),
    [
        (("Shushi", "Shusha"), {"147105"}),  # the town
        (("Shusha region",), {"147163"}),  # and the district around it
        (("Latchin corridor", "Lachin corridor"), {"lachin-corridor"}),
        (("Latchin district",), {"147626"}),
    ],
)
def test_two_spellings_are_one_place(spellings, ids, db):
    written = {}
    for text, start, place in db.execute(
        """select a.text, m.start, m.place from mentions m join articles a on a.id = m.article
        where m.status != 'boilerplate'"""
    ):
        for spelling in spellings:
            # the whole word, and not the beginning of "Shusha region"
            if re.match(rf"{spelling}(?!\w| region| district| corridor)", text[start:]):
                written.setdefault(spelling, set()).add(place)
    assert written, f"none of {spellings} was found"
    assert set.union(*written.values()) == ids, written


# A first name, a month, words of organisations: never places.
@pytest.mark.parametrize(
    "word", ["Ararat", "Vladimir", "March", "May", "Union", "Council", "Stanislav", "Gori", "Mora"]
)
def test_the_word_is_no_place(word, db):
    query = "select text, status from mentions where text = ? and status in ('placed', 'region', 'actor')"
    assert db.execute(query, (word,)).fetchall() == []


def test_previous_article_names_no_place(db):
    rows = db.execute(
        """select m.text, m.status from mentions m join passages s on s.id = m.passage
        where s.text like '%Previous article%' and m.status != 'boilerplate'"""
    ).fetchall()
    assert rows == []


def test_publication_dates(shared, db):
    with (shared / "gold/seeds/seed_dates.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["file"]: row["value"] for row in csv.DictReader(file) if row["type"] == "publication-date"}
    got = dict(db.execute("select file, published_since from articles"))
    assert got == wanted
    for file, basis in db.execute("select file, published_basis from articles"):
        assert re.search(r"[a-z]{3}", basis), f"{file} does not say how its date is known"


def test_place_scores(shared, parsed):
    said = score(shared, "score_places.py", parsed / "seeds.mine.jsonl")
    exact = float(re.search(r"exact P/R/F [\d.]+/[\d.]+/([\d.]+)", said)[1])
    joint = float(re.search(r"e2e F1@161 ([\d.]+)", said)[1])
    assert exact >= 0.95, said
    assert joint >= 0.93, said


def test_date_score(shared, parsed):
    said = score(shared, "score_dates.py", parsed / "time_seeds.mine.jsonl")
    assert float(re.search(r"valF1 ([\d.]+)", said)[1]) >= 0.80, said


def test_link_dates(shared, db):
    """Each place's dates, made by hand from the texts: "published" stands for the article's own date."""
    wanted = {}
    with (Path(__file__).parent / "gold" / "link_dates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["file"], int(row["start"]), int(row["end"])
            wanted.setdefault(key, []).append((row["since"], row["until"]))
    got, days = {}, {}
    for file, start, end, since, until, first, last in db.execute(
        """select a.file, m.start, m."end", l.since, l.until, a.published_since, a.published_until from links l
        join mentions m on m.id = l.mention join articles a on a.id = m.article order by m.id, l.rank"""
    ):
        got.setdefault((file, start, end), []).append((since, until))
        days[file] = (first, last)
    found = {place: linked for place in wanted if (linked := _covering(place, got))}
    assert len(found) >= 0.9 * len(wanted), f"{len(found)} of {len(wanted)} mentions are found"
    missed = {}
    for place, linked in found.items():
        right = [days[place[0]] if pair == ("published", "published") else pair for pair in wanted[place]]
        if sorted(linked) != sorted(right):
            missed[place] = (linked, right)
    assert len(missed) <= 0.07 * len(found), f"{len(missed)} of {len(found)} are wrong: {missed}"


def _covering(place, got):
    """Return the dates of the mention of the same span, or of one that shares its beginning or its end."""
    file, start, end = place
    return got.get(place) or next((v for (f, s, e), v in got.items() if f == file and (s == start or e == end)), None)


def test_the_source_that_contradicts_itself(db):
    flags = db.execute(
        """select a.file, substr(a.text, f.start + 1, f."end" - f.start), f.kind from flags f
        join articles a on a.id = f.article"""
    ).fetchall()
    assert [(file[:3], kind, len(text)) for file, text, kind in flags] == [("003", "order", 10)]


def test_every_mention_is_accounted_for(db):
    statuses = {status for (status,) in db.execute("select distinct status from mentions")}
    assert statuses <= {"placed", "region", "actor", "undecided", "boilerplate"}
    # every offset leads back to the name as written
    for text, written, start, end in db.execute(
        'select a.text, m.text, m.start, m."end" from mentions m join articles a on a.id = m.article'
    ):
        assert text[start:end] == written
