"""Places by the words they are made of, and sites: kept where something is said to be at them."""

import pytest

from geodata.recognition import find_toponyms


def written(text, gazetteer):
    return [toponym.text for toponym in find_toponyms(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # streets, squares, roads by number
        ("A man was shot on Bexley Road in Dublin.", ["Bexley Road", "Dublin"]),
        ("They met at the corner of Elm Street and Oak Avenue in Reno.", ["Elm Street", "Oak Avenue", "Reno"]),
        ("He was hit on West 42nd Street in New York.", ["West 42nd Street", "New York"]),
        ("He was hit on 5th Street in Reno.", ["5th Street", "Reno"]),
        ("The shop at 75 N. Harlan St. in Reno burned.", ["N. Harlan St.", "Reno"]),
        ("The lorry overturned on Highway 19 near Tampa.", ["Highway 19", "Tampa"]),
        ("A crash on I-95 in Miami killed two.", ["I-95", "Miami"]),
        ("The crash on U.S. 59 near Livingston killed one.", ["U.S. 59", "Livingston"]),
        ("It lies on County Road 225 in Texas.", ["County Road 225", "Texas"]),
        ("A crash closed the A417 near Gloucester.", ["A417", "Gloucester"]),
        ("The M25 was closed near Watford.", ["M25", "Watford"]),
        ("Police searched a flat in Rue Nicolas-Appert in Paris.", ["Rue Nicolas-Appert", "Paris"]),
        # a possessor is no part of the street
        ("The parade on Dayton's Harlan Street ended.", ["Dayton", "Harlan Street"]),
        # buildings where something happens
        ("Three people died at Mercy Hospital in Pittsburgh.", ["Mercy Hospital", "Pittsburgh"]),
        ("The victims were taken to St. Mary's Hospital.", ["St. Mary's Hospital"]),
        ("The bomb went off outside the Serena Hotel in Kabul.", ["Serena Hotel", "Kabul"]),
        ("Worshippers at the Al-Noor Mosque in Christchurch fled.", ["Al-Noor Mosque", "Christchurch"]),
        ("It hit Ataturk International Airport in Istanbul.", ["Ataturk International Airport", "Istanbul"]),
        ("He was moved to San Quentin State Prison in California.", ["San Quentin State Prison", "California"]),
        # the town that a building is named after stands for it
        ("He was taken to Leeds General Hospital.", ["Leeds"]),
        # waters and heights
        ("A boat sank on Lake Mainit in the Philippines.", ["Lake Mainit", "Philippines"]),
        ("Climbers died on Mount Kerkes in Iran.", ["Mount Kerkes", "Iran"]),
    ],
)
def test_finds(text, wanted, gazetteer):
    assert written(text, gazetteer) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Serena Hotel said that profits rose.",  # it acts
        "He spoke at City Hall and at the High School.",  # one in every town
        "She teaches at the Mabel Geffen School of Medicine.",  # half a name
        "They flew on the A380 and the A320.",  # airliners
        "The rifle is an AK-47.",
        "He paid $ 40 for Exit 6.",
    ],
)
def test_finds_nothing(text, gazetteer):
    assert written(text, gazetteer) == []


def test_a_site_is_kept_wherever_the_text_names_it(gazetteer):
    text = "Serena Hotel said so. Two men died at Serena Hotel."
    assert written(text, gazetteer) == ["Serena Hotel", "Serena Hotel"]


def test_a_pattern_says_what_it_is(gazetteer):
    kinds = {t.text: t.feature for t in find_toponyms("He died at Mercy Hospital on Bexley Road.", gazetteer)}
    assert kinds == {"Mercy Hospital": "building", "Bexley Road": "road"}
