"""Why a name was taken for a place, in words, and the doubt that is left."""

import pytest

from geodata.resolve import resolve
from geodata.toponyms import find_toponyms


def meant(text, gazetteer):
    return {r.toponym.text: r for r in resolve(text, find_toponyms(text, gazetteer), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Rain fell in Paris, Texas.", "Paris", "the text itself places it in Texas"),
        ("Envoys met in Tbilisi.", "Tbilisi", "the only place of this name"),
        ("Troops left Armenia.", "Armenia", "the country, not"),
        ("Armenian envoys met in Tbilisi.", "Armenian", "the people, language or things of Armenia"),
        ("Floods hit Goris, Sisian and Kapan in Armenia.", "Goris", "km from"),  # Gori in Georgia lies farther off
        ("The fair in Springfield, Calif., drew thousands.", "Calif.", "short for California"),
    ],
)
def test_reason(text, name, reason, gazetteer):
    assert reason in meant(text, gazetteer)[name].reason


@pytest.mark.parametrize(
    ("text", "name", "doubt"),
    [
        ("The parade in Springfield drew thousands.", "Springfield", "close race"),
        ("Envoys met in Tbilisi.", "Tbilisi", ""),
        ("Rain fell in Paris, Texas.", "Paris", ""),
    ],
)
def test_doubt(text, name, doubt, gazetteer):
    assert meant(text, gazetteer)[name].doubt == doubt


def test_a_reason_and_the_runners_up_stand_with_every_choice(gazetteer):
    found = meant("Goris, Springfield, Paris and London are towns; the Neches River is in Texas.", gazetteer)
    for resolution in found.values():
        assert resolution.reason
        assert resolution.entry not in resolution.runners_up
        assert len(resolution.runners_up) <= 5
