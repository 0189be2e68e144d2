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


@pytest.mark.parametrize(
    ("text", "site", "lon", "lat"),
    [
        ("Ten people died in Kutum Refugee Camp in Sudan.", "Kutum Refugee Camp", 24.67, 14.2),  # the only one there
        # The one near by, though Lincoln in Nebraska is the larger.
        ("Twelve died at Lincoln Airport near Springfield, Illinois.", "Lincoln Airport", -89.36, 40.15),
    ],
)
def test_by_the_town_that_a_site_is_named_after(text, site, lon, lat):
    resolution = of(text, site)
    assert (resolution.entry.lon, resolution.entry.lat) == pytest.approx((lon, lat), abs=0.05)
    assert resolution.entry.id.startswith("near-")
    assert (resolution.entry.kind, resolution.entry.uncertainty_km >= 25) == ("building", True)
    assert "after which it is named" in resolution.reason


def test_a_hospital_is_by_no_town_of_its_name():
    resolution = of("Twelve died at Lincoln Hospital near Springfield, Illinois.", "Lincoln Hospital")
    assert "after which it is named" not in resolution.reason


def test_in_the_province_of_its_address(gazetteer):
    resolution = of("Martha was born in Grantville, Pennsylvania, in 1931.", "Grantville")
    assert (resolution.entry.country, resolution.entry.admin1) == ("US", "PA")
    assert resolution.entry.id.startswith("near-")
    assert "the gazetteer lacks it" in resolution.reason
    assert resolution.runners_up  # the Grantvilles elsewhere


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A mine collapsed in Khost, a town in Harnai district.", "Khost"),  # the known one is abroad
        ("Five died in Mansoura, just outside Raqqa.", "Mansoura"),
    ],
)
def test_a_town_stands_by_what_the_text_says_holds_it(text, name):
    resolution = of(text, name)
    assert resolution.entry.id.startswith("near-")
    assert resolution.entry.country in ("PK", "SY")


def test_a_list_is_no_address():
    resolution = of("Fighting went on in Tripoli, Zawiya and Misrata in Libya.", "Tripoli")
    assert not resolution.entry.id.startswith("near-")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Jets hit caves in Gara, northern Iraq.", "Gara", ""),  # a village of Hungary alone in the gazetteer
        ("Gunmen held the village of Petrovka in Mali.", "Petrovka", ""),
        ("Troops entered Santa Rosa, a town in Mozambique.", "Santa Rosa", ""),
        ("A bus crashed in Flores, Guatemala.", "Flores", "GT"),
        ("They came from Gara, Iraq and Iran.", "Gara", "HU"),  # a list
    ],
)
def test_no_town_of_another_country_stands_in(text, name, country):
    [found] = [r for r in geoparse(text) if r.toponym.text == name]
    assert (found.entry.country if found.entry else "") == country
