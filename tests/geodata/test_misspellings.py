"""Misspelled names: taken for the name meant, and marked as such."""

import pytest

from geodata.recognition import find_toponyms


def meant(text, gazetteer):
    return {toponym.text: toponym.misspells for toponym in find_toponyms(text, gazetteer)}


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        # a name of the text itself
        ("Goris lies in Armenia. On Armenrian soil, Armenian troops dug in.", {"Armenrian": "Armenian"}),
        # a place of the country that the text names: a letter too many, changed, swapped
        ("Talks were held in Yerrevan, the capital of Armenia.", {"Yerrevan": "Yerevan"}),
        ("Talks were held in Yeravan, the capital of Armenia.", {"Yeravan": "Yerevan"}),
        ("Talks were held in Yeervan, the capital of Armenia.", {"Yeervan": "Yerevan"}),
        # no country named
        ("Talks were held in Yeravan.", {}),
        # another country
        ("Talks were held in Yeravan in Portugal.", {}),
        # a vast country: the province must be named, for every word has a neighbour there
        ("The store in Southridge is the first in the United States.", {}),
        # a person
        ("Anna Yeravan lives in Armenia. Talks were held in Yeravan.", {}),
        # as only this newsroom writes it, in a country that the text names
        ("Shells fell in Muqdadiyah in Iraq.", {}),
        ("Shells fell in Deewaniya in Iraq.", {"Deewaniya": "Al Diwaniyah"}),
        ("Shells fell in Deewaniya in Portugal.", {}),
        ("Rebels took the town of Sheikh Miskeen in Syria.", {"Sheikh Miskeen": "Shaykh Miskīn"}),
        # spelled right
        ("Talks were held in Yerevan in Armenia.", {}),
    ],
)
def test_slips(text, slips, gazetteer):
    assert {name: slip for name, slip in meant(text, gazetteer).items() if slip} == slips


def test_a_slip_has_the_candidates_of_the_name_meant(gazetteer):
    (slip,) = [t for t in find_toponyms("Shells fell in Yeravan in Armenia.", gazetteer) if t.misspells]
    assert "Yerevan" in {gazetteer.name(candidate.row) for candidate in slip.candidates}
