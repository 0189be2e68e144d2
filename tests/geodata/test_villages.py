"""Villages read out of postal codes: written in Latin letters, and only where their point is theirs."""

import geopandas as gpd
import pytest
from shapely import box

from geodata.records import NameType
from geodata.sources.place import Place
from geodata.sources.villages import FILE, romanise, villages

PROVINCES = gpd.GeoDataFrame(
    {"level": [1, 1], "country": ["UA", "UA"], "gn_a1_code": ["UA.07", "UA.18"]},
    geometry=[box(35, 49, 38, 50.5), box(32, 49, 35, 50.5)],
    crs=4326,
)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Роботине", "Robotyne"),
        ("Щасливцеве", "Shchaslyvtseve"),
        ("Їжаківка", "Yizhakivka"),  # at the beginning of a word
        ("Новомихайлівка", "Novomykhailivka"),  # amid one
        ("Мала Йосипівка", "Mala Yosypivka"),
        ("Стара-Яблунька", "Stara-Yablunka"),
        ("Знам’янка", "Znamianka"),  # an apostrophe is nothing
        ("Згорани", "Zghorany"),  # "zh" is another letter
        ("Єнакієве", "Yenakiieve"),
    ],
)
def test_names_are_written_by_the_official_table(name, latin):
    assert romanise(name) == latin


def row(name, lon, lat, *, admin1="07", district="Kupianskyi", precision="4", code="62000", country="UA"):
    return "\t".join([country, code, name, "Kharkivska", admin1, district, "", "", "", str(lat), str(lon), precision])


def read(tmp_path, *rows, towns=()):
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return [place.name for place in villages(tmp_path, PROVINCES, towns)]


def test_a_village_has_its_name_in_both_letters(tmp_path):
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(row("Глушківка (Курилівська сільська рада)", 37.5, 49.6), "utf-8")
    [place] = villages(tmp_path, PROVINCES, [])
    assert place.names == {"Hlushkivka": NameType.MAIN, "Глушківка": NameType.OFFICIAL}
    assert (place.id, place.kind, place.country, place.admin1) == ("ua-62000-hlushkivka", "city", "UA", "07")


@pytest.mark.parametrize(
    "left_out",
    [
        row("Тополине", 34.0, 49.6),  # its point lies in another province: that of a namesake
        row("Тополине", 35.2, 50.4),  # or far from its district
        row("Тополине", 37.5, 49.6, precision="1"),  # its point is guessed
        row("Базар", 37.5, 49.6),  # short, and a word elsewhere
        row("відд. 3", 37.5, 49.6),  # no name
        row("Тополине", 37.5, 49.6, country="BY"),
    ],
)
def test_what_is_left_out(tmp_path, left_out):
    near = [row(name, 37.4, 49.5) for name in ("Глушківка", "Крохмальне", "Піщане")]
    assert read(tmp_path, *near, left_out) == ["Hlushkivka", "Krokhmalne", "Pishchane"]


def test_a_short_name_may_be_an_adjective(tmp_path):
    assert read(tmp_path, row("Спірне", 37.5, 49.6), row("Торське", 37.4, 49.6)) == ["Spirne", "Torske"]


def test_a_town_that_is_listed_is_no_village_again(tmp_path):
    town = Place("1", "Kupjansk", "city", 37.6, 49.7, "UA")
    town.call("Kupiansk", NameType.MAIN)
    far = row("Куп'янськ", 36.9, 49.3, code="62001")
    assert read(tmp_path, row("Куп’янськ", 37.61, 49.71), far, towns=[town]) == ["Kupiansk"]
