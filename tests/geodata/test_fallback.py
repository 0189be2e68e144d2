"""Places that the gazetteer lacks, placed by what the text says of them."""

import pytest
from builders import geoparse

from geodata.records import Resolution, Toponym
from geodata.resolution.fallback import approximate


def of(text, name):
    return next(r for r in geoparse(text) if r.toponym.text == name)


def placed(text, name, around):
    """Place an unlisted `name` among what the rest of the text means."""
    start = text.index(name)
    others = [r for r in geoparse(text) if r.toponym.start >= start + len(name) or r.toponym.end <= start]
    unlisted = Resolution(Toponym(start, start + len(name), name, "pattern", (), "park"), None, 0.0, "none")
    resolved = sorted([*others, unlisted], key=lambda r: r.toponym.start)
    return next(r for r in approximate(text, resolved, around) if r.toponym.text == name)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("He left Boston for Zyzzog Park in Oregon.", "OR"),  # what follows holds it
        ("He left Boston for Oregon's Zyzzog Park.", "OR"),  # what it belongs to
        ("He left Zyzzog Park and went home to Boston.", "MA"),  # else the nearest town
    ],
)
def test_beside_what_holds_it(text, beside, gazetteer):
    resolution = placed(text, "Zyzzog Park", gazetteer)
    assert (resolution.entry.admin1, resolution.entry.kind, resolution.share < 0.5) == (beside, "park", True)


def test_in_the_province_of_its_address(gazetteer):
    resolution = of("Martha was born in Grantville, Pennsylvania, in 1931.", "Grantville")
    assert (resolution.entry.country, resolution.entry.admin1) == ("US", "PA")
    assert resolution.entry.id.startswith("near-")
    assert "the gazetteer lacks it" in resolution.reason
    assert resolution.runners_up  # the Grantvilles elsewhere


def test_a_list_is_no_address():
    resolution = of("Fighting went on in Tripoli, Zawiya and Misrata in Libya.", "Tripoli")
    assert not resolution.entry.id.startswith("near-")
