"""A user's own list of places: read, refused with the line, and merged into the gazetteer, where it wins."""

import pytest

from geodata.errors import UserGazetteerError
from geodata.gazetteer import Gazetteer
from geodata.own import read_own_places
from geodata.resolve import resolve
from geodata.toponyms import find_toponyms


def written(tmp_path, text):
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_read(tmp_path):
    path = written(
        tmp_path, "Name,Lat,Lon,Other_names,Kind\nBlue Camp,39.62,46.5,Camp Seven|Mavi,building\n\nOld Mill,1,2,,\n"
    )
    camp, mill = read_own_places(path)
    assert (camp.id, camp.names, camp.lon, camp.lat, camp.kind) == (
        "own-blue-camp", ("Blue Camp", "Camp Seven", "Mavi"), 46.5, 39.62, "building",
    )  # fmt: skip
    assert (mill.names, mill.kind) == (("Old Mill",), "village")


def test_two_places_of_one_name_have_two_ids(tmp_path):
    path = written(tmp_path, "name,lat,lon\nMill,1,2\nMill,3,4\n")
    assert [place.id for place in read_own_places(path)] == ["own-mill", "own-mill-2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place,y,x\nGoris,1,2\n", "name, lat, lon"),  # other columns
        ("name,lat,lon\nGoris,north,2\n", "line 2"),  # no number
        ("name,lat,lon\nGoris,95,2\n", "off the globe"),
        ("name,lat,lon\n,1,2\n", "needs a name"),
        ("name,lat,lon,kind\nGoris,1,2,planet\n", "planet"),
        ("", "name, lat, lon"),  # empty file
    ],
)
def test_refused_with_the_way_out(tmp_path, text, said):
    path = written(tmp_path, text)
    with pytest.raises(UserGazetteerError, match=said) as caught:
        read_own_places(path)
    assert str(path) in str(caught.value)


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(b"\xff\xfe\x00\x01name")
    with pytest.raises(UserGazetteerError):
        read_own_places(path)


def test_an_own_place_wins_over_what_only_sounds_like_one(tmp_path):
    path = written(tmp_path, "name,lat,lon\nScotland Yard,51.5,-0.12\nSerena,34.5,69.2\n")
    found = find_toponyms("Scotland Yard said so. It hit the Serena Hotel.", Gazetteer(own=path))
    assert [toponym.text for toponym in found] == ["Scotland Yard", "Serena"]


def test_an_own_place_is_found_before_an_arabic_article_and_after_it(tmp_path):
    path = written(tmp_path, "name,lat,lon\nKhirbat,36.1,37.2\nHilweh,33.5,35.4\n")
    found = find_toponyms("Shells fell on Khirbat al-Mudir and on al-Hilweh.", Gazetteer(own=path))
    assert [toponym.text for toponym in found] == ["Khirbat", "Hilweh"]


def test_own_places_win(tmp_path):
    path = written(tmp_path, "name,lat,lon,other_names\nGoris,10,20,\nBlue Camp,39.62,46.5,Camp Seven\n")
    gazetteer = Gazetteer(own=path)
    text = "Shells fell on Goris and Camp Seven. The camp was hit."
    found = {r.toponym.text: r for r in resolve(text, find_toponyms(text, gazetteer), gazetteer)}
    assert (found["Goris"].entry.lat, found["Goris"].entry.lon) == (10, 20)
    assert found["Goris"].reason == "your own list of places has it"
    assert found["Camp Seven"].entry.id == "own-blue-camp"
    assert found["Camp Seven"].entry.country == "AZ"  # from the shape it lies in
    row = gazetteer.row_of("own-blue-camp")
    assert gazetteer.other_names(row) == ["Camp Seven"]
    assert gazetteer.source(row) == "your own list of places"
