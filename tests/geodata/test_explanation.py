"""Why a name was taken for a place, in words."""

import pytest

from geodata.recognition import find_toponyms
from geodata.records import Toponym
from geodata.resolution import resolve


def meant(text, gazetteer):
    return {r.toponym.text: r for r in resolve(text, find_toponyms(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Rain fell in Paris, Texas.", "Paris", "the text itself places it in Texas"),
        ("Envoys met in Tbilisi.", "Tbilisi", "the only place of this name"),
        ("Troops left Armenia.", "Armenia", "the country, not"),
        ("Armenian envoys met in Tbilisi.", "Armenian", "the people, language or things of Armenia"),
        (
            "Floods hit Springfield, Holyoke and Chicopee.",
            "Springfield",
            "which the article names",
        ),  # the others lie off
        ("The fair in Springfield, Calif., drew thousands.", "Calif.", "short for California"),
        # the country alone is stated, the only one there, what a dateline says
        ("Rain fell in Paris, France.", "Paris", "the text itself places it in France"),
        (
            "Shells fell in Syunik; Goris was hit, and Jermuk.",
            "Goris",
            "the only Goris in Syunik, which the article names",
        ),
        ("COLUMBUS, Ohio -- A man from Dublin was held.", "Dublin", "the only Dublin in Ohio, which the article names"),
        # the words beside a name
        ("The Lebanon High School band played in Nashville, Tennessee.", "Lebanon", "the words beside it"),
        # what is no more
        ("He was born in the Soviet Union.", "Soviet Union", "existed 1922-1991"),
        # as a sentence has it
        ("The American envoy spoke.", "American", "of the United States"),
    ],
)
def test_reason(text, name, reason, gazetteer):
    assert reason in meant(text, gazetteer)[name].reason


def test_a_slip_of_spelling_is_told(gazetteer):
    toponym = Toponym(0, 7, "Yerevna", "name", gazetteer.bearers("yerevan"), misspells="Yerevan")
    (resolution,) = resolve("Yerevna", [toponym], gazetteer)
    assert resolution.reason.startswith("spelled 'Yerevna', taken for Yerevan; ")


def test_a_lone_place_in_a_country_of_no_concern_is_told(gazetteer):
    found = meant("Rain fell in Spokane and Seattle; a man from Parkers Prairie saw it.", gazetteer)
    assert "names nothing else" not in found["Parkers Prairie"].reason  # the same country
    found = meant("Rain fell in Goris, Kapan and Sisian; a man from Parkers Prairie saw it.", gazetteer)
    assert "names nothing else in the United States" in found["Parkers Prairie"].reason


def test_a_reason_and_the_runners_up_stand_with_every_choice(gazetteer):
    found = meant("Goris, Springfield, Paris and London are towns; the Neches River is in Texas.", gazetteer)
    for resolution in found.values():
        assert resolution.reason
        assert resolution.entry not in resolution.runners_up
        assert len(resolution.runners_up) <= 5
