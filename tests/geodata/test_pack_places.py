"""What packs change in the reading of a text: their places are found, ours and the user's own stay what they were."""

import pytest
from builders import ROOT, meant

from corpus.read_article import parse_text, read_out
from corpus.records import Article, Dated, Published
from geodata import DATA
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.gazetteer.geocoder import geocode, suggest
from geodata.gazetteer.packs import shelf
from geodata.gazetteer.packs.make import add_pack
from geodata.records import NameType
from geodata.tables import read_columns

PLACES = """name,lat,lon,other_names
Zorbakan,39.61,46.52,Zorbekan
Market,39.63,46.55,
Smith,39.65,46.51,
Zorb,39.66,46.53,
Paris,39.67,46.54,
"""


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """A pack of five places in Lachin, of which three have names that are words, surnames or short."""
    folder = tmp_path_factory.mktemp("added")
    (folder / "zor.csv").write_text(PLACES)
    add_pack(folder / "zor.csv", folder / "packs", licence="ODbL")
    return shelf.installed(folder / "packs")


@pytest.fixture(scope="module")
def with_pack(packs):
    return open_gazetteer(packs=packs)


def places(text, packs):
    """Return the ids of what a text's names mean, by name."""
    mentions = parse_text(text, packs=packs).mentions
    return {m.text: m.resolution.entry.id for m in mentions if m.resolution.entry}


def test_a_place_of_a_pack_is_found_with_its_source(packs, with_pack):
    [mention] = parse_text("Shells fell on Zorbekan on Tuesday.", packs=packs).mentions
    entry = mention.resolution.entry
    assert (entry.id, entry.name, entry.country) == ("pack-zor-zorbakan", "Zorbakan", "AZ")
    row = with_pack.row_of(entry.id)
    assert with_pack.source(row) == "pack zor: zor.csv, ODbL"
    assert mention.resolution.reason.endswith("; from the pack zor: zor.csv, ODbL")
    assert with_pack.other_names(row) == ["Zorbekan"]
    assert mention.resolution.toponym.candidates[0].name_type == NameType.PACK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two died in Zorbakan.", {"Zorbakan"}),
        ("Two died in Market.", set()),  # a common word, and nothing of its country
        ("Two died in Zorb.", set()),  # short
        (
            "Troops of Azerbaijan left. Two died in Zorb, in Smith and in Market.",
            {"Zorb", "Smith", "Market"},
        ),
        ("Baku was calm. Two died in Zorb.", {"Zorb"}),  # a great town tells of its country
        ("Azerbaijani troops left. Two died in Zorb.", {"Zorb"}),  # so does a people
        ("Germany was calm. Two died in Zorb.", set()),  # another country does not
        ("In Azerbaijan the Market closed. Smith said so.", set()),  # there, too, words and people are such
    ],
)
def test_words_surnames_and_short_names_want_their_country(packs, text, expected):
    assert {name for name, id in places(text, packs).items() if id.startswith("pack-")} == expected


def test_what_the_gazetteer_knows_better_stays(packs):
    text = "Talks went on in Paris. Two died in Market, Ohio."
    assert places(text, packs)["Paris"] == places(text, ())["Paris"] == "2988507"


def test_a_users_own_list_wins(packs, tmp_path):
    own = tmp_path / "places.csv"
    own.write_text("name,lat,lon\nZorbakan,10,20\nZorb,11,21\n")
    dated = Dated(Article("a", "a.md", "Two died in Zorbakan and Zorb. Azerbaijan said so."), Published(None, None, ""))
    ids = {m.text: m.resolution.entry.id for m in read_out(dated, own=own, packs=packs).mentions}
    assert (ids["Zorbakan"], ids["Zorb"]) == ("own-zorbakan", "own-zorb")
    gazetteer = Gazetteer(own=own, packs=packs)
    assert gazetteer.source(gazetteer.row_of("own-zorbakan")) == "your own list of places"
    assert gazetteer.other_names(gazetteer.row_of("pack-zor-zorbakan")) == ["Zorbekan"]


def test_without_packs_all_is_as_it_was(packs):
    plain, nothing = open_gazetteer(), Gazetteer(packs=())
    assert len(plain) == len(nothing) == len(read_columns(DATA / "places.parquet", ["id"]))
    text = (ROOT / "README.md").read_text("utf-8")[:4000]
    assert parse_text(text) == parse_text(text, packs=())
    assert parse_text("Rain fell in Goris, Smith said.") == parse_text("Rain fell in Goris, Smith said.", packs=packs)
    assert meant("Two died in Zorbakan.")["Zorbakan"] is None


def test_geocode_and_suggest_know_packs(with_pack):
    assert [entry.id for entry in geocode("Zorb", gazetteer=with_pack)] == ["pack-zor-zorb"]  # typed, it is meant
    assert geocode("Zorbakan", gazetteer=open_gazetteer()) == []
    assert [entry.name for entry in suggest("Zorbaken", gazetteer=with_pack)][:1] == ["Zorbakan"]
    assert geocode("Paris", gazetteer=with_pack)[0].id == "2988507"


def geonames(*rows):
    line = "{}\t{}\t\t{}\t{}\t{}\t{}\t{}\tAM\t\t08\t\t\t\t0\t\t0\tUTC\t2024\n"
    return "".join(line.format(*row) for row in rows)


def test_a_place_that_we_have_gets_the_names_and_stays_one(tmp_path):
    """By its GeoNames number, or by its name where it nearly lies; neither is a rival of itself."""
    goris = open_gazetteer().entry(open_gazetteer().find("Goris")[0])
    rows = [
        (goris.id, "Goris", "Gorisobad", goris.lat, goris.lon, "P", "PPL"),
        ("900001", "Jermuk", "Jermukobad", 39.84, 45.67, "P", "PPL"),
        ("900002", "Goris", "", 41.1, 44.1, "P", "PPL"),  # another far away
        ("409314", "Syunik", "Syunikobad", 39.3, 46.2, "A", "ADM1"),
    ]
    (tmp_path / "am.txt").write_text(geonames(*rows))
    added = add_pack(tmp_path / "am.txt", tmp_path / "packs")
    gazetteer = open_gazetteer(packs=(added.pack,))
    assert gazetteer.find("Gorisobad") == [gazetteer.row_of(goris.id)]
    assert "Gorisobad" in gazetteer.other_names(gazetteer.row_of(goris.id))
    assert gazetteer.source(gazetteer.row_of(goris.id)).endswith("more names: pack am: GeoNames (am.txt), CC BY 4.0")
    assert gazetteer.pack_of(gazetteer.row_of(goris.id)) is None
    assert gazetteer.find("Jermukobad") == open_gazetteer().find("Jermuk")[:1]
    assert gazetteer.row_of("900001") is None
    called = [gazetteer.id(row) for row in gazetteer.find("Goris") if gazetteer.name(row) == "Goris"]
    assert called == [goris.id, "900002"]
    assert len(gazetteer.ids) == len(gazetteer)  # no two places of one id
    assert [m.resolution.entry.id for m in parse_text("Shells hit Gorisobad.", packs=(added.pack,)).mentions] == [
        goris.id
    ]


def test_two_packs_of_one_country(tmp_path):
    """What the second has of the first is one place."""
    (tmp_path / "one.csv").write_text("name,lat,lon\nZorbakan,39.61,46.52\n")
    (tmp_path / "two.csv").write_text("name,lat,lon,other_names\nZorbakan,39.62,46.53,Zurbakan\nAltbakan,39.7,46.6,\n")
    for name in ("one", "two"):
        add_pack(tmp_path / f"{name}.csv", tmp_path / "packs")
    packs = shelf.installed(tmp_path / "packs")
    assert [pack.name for pack in packs] == ["one", "two"]
    both = open_gazetteer(packs=packs)
    assert [both.id(row) for row in both.find("Zurbakan") + both.find("Altbakan")] == [
        "pack-one-zorbakan",
        "pack-two-altbakan",
    ]
    alone = open_gazetteer(packs=packs[1:])
    assert [alone.id(row) for row in alone.find("Zurbakan")] == ["pack-two-zorbakan"]


@pytest.mark.parametrize("file", [shelf.PLACES, shelf.NAMES, shelf.TRIE])
@pytest.mark.parametrize("content", [None, b"", b"no such thing"])
def test_a_damaged_pack_is_told_and_left_out(tmp_path, file, content):
    (tmp_path / "zor.csv").write_text(PLACES)
    pack = add_pack(tmp_path / "zor.csv", tmp_path / "packs").pack
    (pack.folder / file).unlink()
    if content is not None:
        (pack.folder / file).write_bytes(content)
    gazetteer = Gazetteer(packs=(pack,))
    [(told, problem)] = gazetteer.pack_problems
    assert told == pack
    assert "add it again" in problem
    assert gazetteer.find("Goris") == open_gazetteer().find("Goris")


def test_a_pack_of_another_version_is_read(tmp_path, monkeypatch):
    """A column that a pack lacks is empty."""
    (tmp_path / "zor.csv").write_text(PLACES)
    pack = add_pack(tmp_path / "zor.csv", tmp_path / "packs").pack
    table = read_columns(pack.folder / shelf.PLACES, None)
    from pyarrow import parquet

    parquet.write_table(table.drop_columns(["years", "population"]), pack.folder / shelf.PLACES)
    gazetteer = Gazetteer(packs=(pack,))
    entry = gazetteer.entry(gazetteer.find("Zorbakan")[0])
    assert (entry.years, entry.population, entry.name) == ("", 0, "Zorbakan")
