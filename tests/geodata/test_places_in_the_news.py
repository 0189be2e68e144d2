"""A place of the news means the one that the news speaks of, with no word of its country beside it."""

from pathlib import Path

import pytest
from builders import geoparse, meant

from geodata.gazetteer.spelling_families import family_key
from geodata.tables import read_rows

NEWS = read_rows(Path(__file__).with_name("places_in_the_news.csv"))


@pytest.mark.parametrize(("country", "name"), [tuple(row.values()) for row in NEWS], ids=[row["name"] for row in NEWS])
def test_it_lies_in_its_country(country, name):
    entry = meant(f"At least 12 people were killed in {name} on Monday, officials said.").get(name)
    assert entry is not None
    assert entry.country == country


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        # where something falls or burns is the town
        ("Explosions were heard in Donetsk on Monday.", "Donetsk", {"city"}),
        ("Shells fell near Idlib overnight.", "Idlib", {"city"}),
        ("A trolleybus was hit in the streets of Sumy.", "Sumy", {"city"}),
        ("A bomb went off in Valencia on Monday.", "Valencia", {"city"}),
        ("The mayor of Cordoba said that two people died.", "Cordoba", {"city"}),
        ("Snow fell in New York on Monday.", "New York", {"city"}),
        ("Explosions were heard in central Kano on Monday.", "Kano", {"city"}),
        # what is spoken of as wide, or has a governor, is the province
        ("Power was cut across Donetsk region on Monday.", "Donetsk", {"admin1"}),
        ("Fighting went on in Idlib province.", "Idlib", {"admin1"}),
        ("The governor of Sumy said that two people died.", "Sumy", {"admin1"}),
        ("Snow fell across Quebec on Monday.", "Quebec", {"admin1"}),
        # a province that bears its town's name only with a noun
        ("Power was cut across Kharkiv on Monday.", "Kharkiv", {"admin1"}),
        ("The governor of Aleppo said that two people died.", "Aleppo", {"admin1"}),
        ("Floods spread throughout Sokoto on Monday.", "Sokoto", {"admin1"}),
        ("Fighting went on in Belgorod province.", "Belgorod", {"admin1"}),
    ],
)
def test_the_words_beside_a_name_tell_town_from_province(text, name, kinds):
    entry = meant(text).get(name)
    assert entry is not None
    assert entry.kind in kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ships of five states patrol the Gulf.", set()),
        ("The Gulf region buys most of it.", set()),
        ("North West flights were late on Monday.", set()),
        ("Rain fell in the West on Monday.", set()),
        # with its noun
        ("Floods hit Gulf Province on Monday.", {"Gulf Province"}),
    ],
)
def test_ordinary_words_are_units_only_where_their_country_is_spoken_of(text, names):
    assert set(meant(text)) == names


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        # the noun belongs to no name that the gazetteer has
        ("At least 12 people were killed in Gwoza Town on Monday.", "Gwoza", "Gwoza"),
        ("At least 12 people were killed in Kunduz City on Monday.", "Kunduz", "Kunduz"),
        ("Shells hit Konduga Military Base on Monday.", "Konduga", "Konduga"),
        # a base that is listed under several names, by its village's alone, too
        ("Israel struck Tiyas Airbase on Monday.", "Tiyas Airbase", "Tiyas Airbase"),
        ("At least 12 people were killed in Tiyas on Monday.", "Tiyas", "Tiyas Airbase"),
        # the place of the province that is named, not the great one of its name
        ("Militants attacked Palma in Cabo Delgado on Wednesday.", "Palma", "Palma"),
        # a capital that is listed without its marks
        ("At least 12 people were killed in Malé on Monday, officials said.", "Malé", "Male"),
        # an article less
        ("At least 12 people were killed in Kut on Monday, officials said.", "Kut", "Al-Kut"),
    ],
)
def test_what_a_name_of_the_news_leads_to(text, name, place):
    entry = meant(text).get(name)
    assert entry is not None
    assert (entry.name, entry.country) in {(place, country) for country in ("NG", "AF", "MZ", "MV", "IQ", "SY")}


@pytest.mark.parametrize(
    "text",
    [
        "Officials at Hamas denied it in Cairo.",  # no town of Germany
        "Officials of Fatah denied it in Cairo.",
        "Noma is a disease of the poor.",
        "Fano militiamen left the town of Gondar.",  # no town of Italy
        "Fighters of Boko Haram and of Renamo took part.",
    ],
)
def test_groups_that_sound_like_places_are_none(text):
    assert {r.toponym.text for r in geoparse(text)} <= {"Cairo", "Gondar"}


@pytest.mark.parametrize(
    "family",
    [
        ("ad diwaniyah", "diwaniya", "al diwaniyah", "deewanieh"),  # articles, endings, long vowels
        ("dayr az zawr", "deir ezzor", "deir al zor"),
        ("ash shaykh miskin", "sheikh miskeen"),
        ("tall abyad", "tel abyad"),
        ("al qusayr", "kusair"),
        ("severnyy", "severny", "severniy"),  # Russian
        ("xankendi", "khankendi"),  # Azerbaijani
    ],
)
def test_spellings_of_a_name_are_a_family(family):
    assert len({family_key(key) for key in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("karachi", "al qarassi"), ("homs", "hims"), ("sotk", "sotk")])
def test_what_is_no_family_or_too_short_for_one(one, other):
    assert not family_key(one) or family_key(one) != family_key(other)
