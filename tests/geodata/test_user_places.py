"""A user's own list of places: read, what is wrong named by its line, and merged into the gazetteer, where it wins."""

import pytest
from builders import write_corpus

from corpus.build import build_index
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.user_places import read_user_places
from geodata.recognition import find_toponyms
from geodata.resolution import resolve


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "places.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def test_read(tmp_path):
    path = written(
        tmp_path, "Name,Lat,Lon,Other_names,Kind\nBlue Camp,39.62,46.5,Camp Seven|Mavi,Building\n\nOld Mill,1,2,,\n"
    )
    (camp, mill), problems = read_user_places(path)
    assert (camp.id, camp.names, camp.lon, camp.lat, camp.kind) == (
        "own-blue-camp",
        ("Blue Camp", "Camp Seven", "Mavi"),
        46.5,
        39.62,
        "building",
    )
    assert (mill.names, mill.kind) == (("Old Mill",), "village")
    assert problems == []


def test_two_places_of_one_name_have_two_ids(tmp_path):
    path = written(tmp_path, "name,lat,lon\nMill,1,2\nMill,3,4\n")
    assert [place.id for place in read_user_places(path)[0]] == ["own-mill", "own-mill-2"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name;lat;lon;other_names\nÇay;39,62;46,5;Чай|Çay köy\n", "utf-8-sig"),  # Excel in Europe
        ("name;lat;lon;other_names\r\nÇay;39,62;46,5;Çay köy\r\n", "cp1254"),
        ("name\tlat\tlon\tother_names\nÇay\t39,62\t46,5\tЧай\n", "utf-16"),  # what Excel calls Unicode text
        ("sep=;\nname;lat;lon\nÇay;39.62;46.5\n", "utf-8"),
        ('"lon","lat","name"\n"46,5","39,62","Çay"\n', "utf-8"),
        ("name,lat,lon\rÇay,39.62,46.5\r", "utf-8"),  # old Macintosh
        ("name,lat,lon,,\n Çay , 39.62 , 46.5 ,,,,\n,,,,\n", "utf-8"),  # empty cells and rows
        ("name,lat,lon\nÇay\0,39.62,46.5\n", "utf-8"),
    ],
)
def test_read_as_spreadsheets_write_it(tmp_path, text, encoding):
    [place], problems = read_user_places(written(tmp_path, text, encoding))
    assert (place.names[0], place.lat, place.lon) == ("Çay", 39.62, 46.5)
    assert [message for message in problems if "was read as" not in message] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Goris,north,2", "lat 'north'"),  # no number
        ("Goris,=A1,2", "lat '=A1'"),  # a formula
        ("Goris,nan,2", "off the globe"),
        ("Goris,95,100", "off the globe at lat 95.0, lon 100.0; check"),
        ("Goris,120,39", "swapped?"),
        ("Goris,,", "needs lat and lon"),
        ("Goris", "needs lat and lon"),
        (",1,2", "needs a name"),
        ("?!,1,2", "needs a name"),
        ("Goris,39,62,village,46,50", "6 cells under 5 columns"),  # decimal commas between commas
        ('"Goris,1,2', "needs lat and lon"),  # a quotation mark that is never closed
        ("x" * 300 + ",1,2", "300 letters"),
        ("x" * 1_000_000 + ",1,2", "1,000,000 letters"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_used(tmp_path, row, said):
    path = written(tmp_path, f"name,lat,lon,kind,country\nOld Mill,1,2,,\n{row}\nNew Mill,3,4,city,am\n")
    places, [problem] = read_user_places(path)
    assert [(place.names, place.country) for place in places] == [(("Old Mill",), ""), (("New Mill",), "AM")]
    assert problem.startswith("line 3 left out: ")
    assert said in problem
    assert len(problem) < 400


def test_what_is_passed_over_of_a_row_is_named(tmp_path):
    [place], problems = read_user_places(written(tmp_path, "name,lat,lon,kind,country\nMill,1,2,planet,Armenia\n"))
    assert (place.kind, place.country) == ("village", "")
    assert ["planet" in problems[0], "ARMENIA" in problems[1]] == [True, True]


def test_many_wrong_rows_are_counted(tmp_path):
    places, problems = read_user_places(written(tmp_path, "name,lat,lon\n" + "Mill,x,y\n" * 1000 + "Mill,1,2\n"))
    assert len(places) == 1
    assert (len(problems), problems[-1]) == (21, "and 980 more lines like these")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("place,y,x\nGoris,1,2\n", "name, lat, lon"),  # other columns
        ("Goris,1,2\n", "name, lat, lon"),  # no header
        ("", "name, lat, lon"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        (b"name,lat,lon\n" + b"x" * 10_000_000, "10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, said):
    places, [problem] = read_user_places(written(tmp_path, content))
    assert places == []
    assert problem.startswith("left out: ")
    assert said in problem


def test_a_missing_file_is_named(tmp_path):
    assert "cannot be read" in read_user_places(tmp_path / "places.csv")[1][0]


@pytest.mark.parametrize("content", ["name,lat,lon\nBlue Camp,39.6,46.5\nWrong,x,y\n", b"\0\1\2\3", "a,b\n"])
def test_the_articles_are_built_whatever_the_list_holds(tmp_path, content):
    write_corpus(tmp_path / "articles", {"a.txt": "Shells fell on Goris.", "places.csv": content})
    report = build_index(tmp_path / "articles", tmp_path / "index.gpkg")
    assert report.articles == 1
    [(file, message)] = [problem for problem in report.problems if problem[0].name == "places.csv"]
    assert file == tmp_path / "articles" / "places.csv"
    assert "left out: " in message


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
