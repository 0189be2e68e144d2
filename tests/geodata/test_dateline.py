"""Where a text was written: the place at its head."""

import pytest

from geodata.recognition import find_toponyms
from geodata.resolution.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("CHARLESTON, W.Va. -- Police made an arrest.", "CHARLESTON"),
        ("GORIS, Armenia (AP) \u2014 Shells fell.", "GORIS"),
        ("Goris, Armenia \u2014 Shells fell.", "Goris"),
        ("Shells fall again. By A. Reporter. YEREVAN, Sept 13 (Reuters) - Shells fell.", "YEREVAN"),
        ("Baku (Agency) - Talks went on.", "Baku"),
        # no dateline: a sentence with a dash, a name later on
        ("Goris - a town in Armenia - was shelled.", None),
        ("Shells fell on Goris, Armenia.", None),
        ("", None),
    ],
)
def test_the_place_at_the_head(text, place, gazetteer):
    toponyms = find_toponyms(text, gazetteer)
    number = find_dateline(text, toponyms)
    assert (None if number is None else toponyms[number].text) == place
