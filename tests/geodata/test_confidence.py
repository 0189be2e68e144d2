"""How sure a mention is: a place's name, this place, meant so; and what is too much in doubt is not lost."""

from itertools import pairwise

import pytest

from geodata import DATA
from geodata.recognition import weigh_toponyms
from geodata.tables import read_rows
from geodata.usage import Confidence
from geodata.usage.confidence import AT_MOST, SURE
from tests.builders import read


def mentions(text):
    return {mention.text: mention for mention in read(text).mentions}


@pytest.mark.parametrize(
    ("text", "name", "doubt"),
    [
        # what stands in its sentence with others of its country, or is held by them
        ("Shells fell near Jermuk, Sotk and Goris at dawn.", "Sotk", ""),
        ("A bomb went off in Paris, Texas.", "Paris", ""),
        ("Floods hit Columbus, Ohio, and Dayton.", "Dayton", ""),
        ("Rebels took Goma and marched on Bukavu.", "Bukavu", ""),
        ("Snow closed schools in France.", "France", ""),
        # any of a dozen towns
        ("The parade in Springfield drew thousands.", "Springfield", "place"),
        ("A fire burned in Valencia.", "Valencia", "place"),
        ("Police in Cambridge arrested three men.", "Cambridge", "place"),
        # what the gazetteer lacks stands beside what the text names
        ("The Kettle Brook flooded a road near Goris.", "Kettle Brook", "name"),
    ],
)
def test_the_doubt_of_a_mention_is_its_weakest_part(text, name, doubt):
    assert mentions(text)[name].confidence.doubt == doubt


@pytest.mark.parametrize(
    ("confidence", "doubt"),
    [
        (Confidence(0.99, 0.98, 0.97), ""),
        (Confidence(0.9, 0.9, 0.9), "name"),  # no part is low, all together are
        (Confidence(0.95, 0.99, 0.5), "reading"),
        (Confidence(1.0, SURE, 1.0), ""),
        (Confidence(1.0, SURE - 0.01, 1.0), "place"),
    ],
)
def test_all_three_together_decide_whether_there_is_doubt(confidence, doubt):
    assert confidence.doubt == doubt
    assert 0 <= confidence.total <= min(confidence)


def test_other_places_of_its_country_make_a_place_surer():
    alone = mentions("A fire burned in Valencia.")["Valencia"].confidence
    among = mentions("Fires burned in Valencia, Alicante and Murcia, in the south of Spain.")["Valencia"].confidence
    assert among.place > alone.place + 0.2


def test_a_place_in_a_country_of_which_nothing_is_said_is_less_sure():
    near = mentions("Rain fell in Spokane and Seattle; a man from Parkers Prairie saw it.")["Parkers Prairie"]
    far = mentions("Rain fell in Goris, Kapan and Sisian; a man from Parkers Prairie saw it.")["Parkers Prairie"]
    assert far.confidence.total < near.confidence.total


def test_what_looks_less_like_a_name_is_less_sure():
    sure = mentions("Floods reached Reading, near London.")["Reading"].confidence
    less = mentions("The match was won by Reading in London.")["Reading"].confidence
    assert sure.name > less.name


def test_a_known_name_that_is_probably_none_of_a_place_is_undecided_and_not_lost():
    mention = mentions("Mobile and Nice were mentioned.")["Nice"]
    assert (mention.status, mention.is_doubted, mention.resolution.entry) == ("undecided", True, None)
    assert "the gazetteer has the name" in mention.resolution.reason
    assert mention.confidence.total == 0 < mention.confidence.name


def test_one_in_page_furniture_is_furniture():
    text = "Shells fell near Goris on Tuesday.\n\nCopyright 2022 Nice and Mobile. All rights reserved."
    found = mentions(text)
    assert {found[name].status for name in ("Nice", "Mobile") if name in found} <= {"boilerplate"}
    assert found["Goris"].status == "placed"


def test_names_found_and_names_in_doubt_share_no_letter(gazetteer):
    text = "Mobile and Nice were mentioned. Ararat Mirzoyan met Bush in Goris."
    found, doubted = weigh_toponyms(text, gazetteer)
    spans = sorted((name.start, name.end) for name in [*found, *doubted])
    assert doubted
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert not any(name.is_doubted for name in found)
    assert all(name.is_doubted and name.candidates for name in doubted)


def test_weights_are_of_the_two_parts_that_are_learned():
    rows = read_rows(DATA / "confidence_weights.csv")
    assert {row["part"] for row in rows} == {"name", "place"}
    assert all(abs(float(row["weight"])) < 10 for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        # a letter off a place of the country that the text names
        "Shells fell near Vardennis in Armenia.",
        # as only this newsroom writes it
        "Shells fell in Deewaniya in Iraq.",
        # what another language calls a town of a country not spoken of
        "At least 12 people were killed in Sirakuza on Monday.",
        "At least 12 people were killed in Koloszvar on Monday.",
        "Officials in Wamanqa said so.",
    ],
)
def test_a_weak_match_is_never_sure(text):
    mention = next(iter(mentions(text).values()))
    assert mention.confidence.doubt == "place"
    assert mention.confidence.total <= AT_MOST


def test_a_lesser_name_is_no_weak_match_where_its_country_is_spoken_of():
    assert mentions("Shells fell on Milan and Sirakuza in Italy.")["Sirakuza"].confidence.place > AT_MOST
