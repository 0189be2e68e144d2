"""Files of places of each format, whole and broken: what becomes a place, and what is said of the rest."""

import json
import sqlite3
import zipfile
from io import BytesIO

import geopandas as gpd
import pytest

from geodata.errors import GeodataError
from geodata.gazetteer.packs import make, read_file, shelf
from geodata.gazetteer.packs.make import add_pack
from geodata.gazetteer.packs.places import Told, find_places
from geodata.tables import read_columns


def geonames(id="900001", name="Zorbakan", others="", lat="39.6", lon="46.4", code="P.PPL", country="AZ", people="0"):
    """Return a line of a country file."""
    letter, _, word = code.partition(".")
    cells = [
        id,
        name,
        name,
        others,
        lat,
        lon,
        letter,
        word,
        country,
        "",
        "32",
        "",
        "",
        "",
        people,
        "",
        "0",
        "UTC",
        "2024",
    ]
    return "\t".join(cells) + "\n"


def table(rows, sign="\t"):
    """Return a table of rows, each a dictionary."""
    return "\n".join(sign.join(map(str, row)) for row in [rows[0].keys(), *(row.values() for row in rows)]) + "\n"


def old_gns(ufi="-77", name="Zorbakan", nt="N", lat="39.6", lon="46.4", fc="P", dsg="PPL"):
    """Return a row of a GNS file as it was until 2022."""
    before = {"RC": 5, "UFI": ufi, "UNI": 1, "LAT": lat, "LONG": lon, "DMS_LAT": "", "MGRS": "", "FC": fc, "DSG": dsg}
    return before | {"PC": "", "CC1": "AJ", "ADM1": "00", "NT": nt, "SORT_NAME_RO": name.upper(), "FULL_NAME_RO": name}


def new_gns(ufi="77", name="Zorbakan", nt="N", fc="P", desig="PPL"):
    """Return a row of a GNS file as it is since 2022."""
    row = {"rk": 1, "ufi": ufi, "uni": 2, "full_name": name, "nt": nt, "lat_dd": 39.6, "long_dd": 46.4}
    return row | {"desig_cd": desig, "fc": fc, "cc_ft": "AZE", "adm1": "AZ-LAC", "full_nm_nd": name}


def ucdp(name="Zorbakan village", precision=1, lat="39.6", note="he said"):
    """Return a row of UCDP's events."""
    where = {"where_prec": precision, "where_coordinates": f'"{name}"', "adm_1": "Lachin", "country": "Azerbaijan"}
    return {"id": 1, "source_article": f'"{note}"'} | where | {"latitude": lat, "longitude": 46.4}


def feature(name="Zorbakan", shape="Point", at=(46.4, 39.6), **more):
    """Return a feature of GeoJSON."""
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": at}, "properties": {"name": name, **more}}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def zipped(**members):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path):
    """Return the places of a file, and what was told of its rows."""
    told = Told()
    return list(find_places(read_file.read_file(path), told).values()), told


@pytest.mark.parametrize(
    ("name", "content", "origin"),
    [
        ("AZ.txt", geonames(), "GeoNames"),
        ("AZ.txt", "\ufeff" + geonames().replace("\n", "\r\n"), "GeoNames"),  # with a mark, and ends as Windows writes
        ("AZ.zip", zipped(AZ__txt=geonames(), readme__txt="CC BY"), "GeoNames"),
        ("a.csv", "geonameid,name,latitude,longitude\n900001,Zorbakan,39.6,46.4\n", "GeoNames"),  # with a header
        ("aj.txt", table([old_gns()]), "GNS"),
        ("Azerbaijan.txt", table([new_gns()]), "GNS"),
        ("aj.zip", zipped(aj__txt=table([old_gns()]), Disclaimer__txt="none"), "GNS"),
        ("ged.csv", table([ucdp()], ","), "UCDP GED"),
        ("ged.csv", table([ucdp(note="two\nlines, and a comma")], ","), "UCDP GED"),
        ("ged.csv", table([ucdp("Zorbakan town")], ","), "UCDP GED"),
        ("ged.csv", table([ucdp("Zorbakan City")], ","), "UCDP GED"),
        ("a.csv", "name,lat,lon\nZorbakan,39.6,46.4\n", ""),
        ("a.csv", "Place;Latitude;Longitude\nZorbakan;39,6;46,4\n", ""),  # Excel in Europe
        ("a.tsv", "Y\tX\tLabel\n39.6\t46.4\tZorbakan\n", ""),
        ("a.csv", "name,lat,lon\nZorbakan,39.6,46.4\n".encode("utf-16"), ""),
        ("a.txt", "sep=;\nname;lat;lon\nZorbakan;39.6;46.4\n", ""),
        ("a.geojson", geojson(feature()), ""),
        ("a.json", "\ufeff" + geojson(feature(at=(46.4, 39.6, 1200))), ""),  # with its height
        ("a.zip", zipped(a__geojson=geojson(feature())), ""),
    ],
)
def test_each_format(tmp_path, name, content, origin):
    [place], told = read(written(tmp_path, name, content))
    assert next(iter(place.names)) == "Zorbakan"
    assert (place.lat, place.lon, place.kind) == (39.6, 46.4, "village")
    assert (told.problems, dict(told.origins)) == ([], {origin: 1})


def test_a_geopackage_in_metres(tmp_path):
    frame = gpd.GeoDataFrame(
        {"name": ["Zorbakan", None]}, geometry=gpd.points_from_xy([46.4, 46], [39.6, 39]), crs=4326
    )
    frame.to_crs(3857).to_file(tmp_path / "a.gpkg", layer="camps", driver="GPKG")
    frame.to_crs(3857).buffer(9).to_frame("geometry").to_file(tmp_path / "a.gpkg", layer="areas", driver="GPKG")
    packed = zipped(a__gpkg=(tmp_path / "a.gpkg").read_bytes())
    for path in (tmp_path / "a.gpkg", written(tmp_path, "a.zip", packed)):
        [place], told = read(path)
        assert next(iter(place.names)) == "Zorbakan"
        assert (place.lat, place.lon) == pytest.approx((39.6, 46.4))
        assert ["needs a name" in told.problems[0], "no points" in told.problems[1]] == [True, True]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("P.PPL", "village"),
        ("P.PPLX", "village"),  # a quarter
        ("P.NEW", "village"),  # any of its class
        ("A.ADM3", "admin2"),
        ("L.RGN", "natural"),
        ("S.AIRB", "building"),
        ("S.DAM", "building"),
        ("S.CMPRF", "village"),  # a camp
        ("T.PASS", "natural"),
        ("H.STM", "river"),
        ("H.RSV", "lake"),
        ("S.SCH", None),
        ("S.CH", None),
        ("S.HTL", None),
        ("A.PRSH", None),
        ("R.RD", None),
    ],
)
def test_useful_kinds_are_kept(tmp_path, code, kind):
    letter, _, word = code.partition(".")
    for content in (
        geonames(code=code),
        table([old_gns(fc=letter, dsg=word)]),
        table([new_gns(fc=letter, desig=word)]),
    ):
        places, told = read(written(tmp_path, "a.txt", content))
        assert [place.kind for place in places] == [kind] * (kind is not None)
        assert dict(told.left_out) == ({} if kind else {code: 1})


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("town", "city"),
        ("hamlet", "village"),
        ("lake", "lake"),
        ("Dam", "building"),
        ("odd", "village"),
        ("School", None),
    ],
)
def test_words_for_kinds(tmp_path, kind, meant):
    for content in (f"name,lat,lon,type\nZorbakan,39.6,46.4,{kind}\n", geojson(feature(place=kind))):
        places, _ = read(written(tmp_path, "a.csv", content))
        assert [place.kind for place in places] == [meant] * (meant is not None)


def test_what_is_no_more_says_so(tmp_path):
    [place], _ = read(written(tmp_path, "a.txt", geonames(code="P.PPLQ")))
    assert place.years == "in former times"


@pytest.mark.parametrize(("precision", "km"), [(1, 1.0), (2, 25.0), (3, None), (6, None)])
def test_events_known_to_a_district_only_are_no_places(tmp_path, precision, km):
    places, told = read(written(tmp_path, "ged.csv", table([ucdp(precision=precision)], ",")))
    assert [place.km for place in places] == [km] * (km is not None)
    assert told.left_out.total() == (km is None)


def test_rows_of_one_place_are_one(tmp_path):
    rows = [old_gns(nt="V", name="Zorbekan"), old_gns(), old_gns(nt="NS", name="Զորբական"), old_gns(ufi="78", lat="41")]
    (first, second), _ = read(written(tmp_path, "a.txt", table(rows)))
    assert (first.id, list(first.names)) == ("gns--77", ["Zorbakan", "Zorbekan", "Զորբական"])  # the approved name first
    assert second.id == "gns-78"
    events = table([ucdp(), ucdp("Zorbakan town"), ucdp(lat="41")], ",")  # two events at one place, one at another
    assert len(read(written(tmp_path, "ged.csv", events))[0]) == 2


def test_other_names(tmp_path):
    others = "ZBK,Zorbekan,http://example.org/z,Զորբական,39,-"  # an airport's code, a link, a number
    [place], _ = read(written(tmp_path, "a.txt", geonames(others=others)))
    assert list(place.names) == ["Zorbakan", "Zorbekan", "Զորբական"]
    [place], _ = read(written(tmp_path, "a.csv", "name,lat,lon,other_names\nZorbakan,1,2,Zorb a|Zorb b\n"))
    assert list(place.names) == ["Zorbakan", "Zorb a", "Zorb b"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", geonames(lat="north"), "a.txt, line 2: left out: 'Zorbakan' needs lat and lon"),
        ("a.txt", geonames(lat="99"), "off the globe"),
        ("a.txt", geonames(name=" "), "needs a name"),
        ("a.txt", geonames(name="x" * 300), "300 letters"),
        ("a.txt", "900002\tZor\n", "it has 2 cells under 19 columns"),
        ("a.csv", 'Zor,"39,1\n', "a.csv, line 2: "),  # a mark that is never closed costs its own line
        ("a.csv", "Zor,39,1,2,3\n", "5 cells under 3 columns"),
        ("a.csv", "Zor,nan,1\n", "off the globe"),
        ("a.csv", "Zor,1e400,1\n", "off the globe"),
        ("a.geojson", feature(shape="Polygon", at=[[[0, 0]]]), "feature 2: it is no point"),
        ("a.geojson", feature(at=["a", "b"]), "needs lat and lon"),
        ("a.geojson", feature(name=None), "needs a name"),
        ("a.geojson", {"type": "Feature"}, "it is no point"),
        ("a.geojson", None, "it is no point"),
    ],
)
def test_a_broken_row_is_named_and_the_others_are_read(tmp_path, name, content, said):
    good = {"a.txt": geonames(), "a.csv": "name,lat,lon\n"}
    text = good[name] + content + geonames("900003") if name == "a.txt" else ""
    text = good[name] + content + "Zorbakan,39.6,46.4\n" if name == "a.csv" else text
    text = geojson(feature(), content, feature(at=(1, 2))) if name == "a.geojson" else text
    places, told = read(written(tmp_path, name, text))
    assert len(places) == (1 if name == "a.csv" else 2)
    [problem] = told.problems
    assert said in problem
    assert len(problem) < 500


def test_many_broken_rows_are_counted(tmp_path):
    added = add_pack(written(tmp_path, "a.csv", "name,lat,lon\n" + "Mill,x,y\n" * 1000 + "Mill,1,2\n"), tmp_path / "p")
    assert (len(added.problems), added.problems[-1], added.broken) == (21, "and 980 more like these", 1000)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "no columns are known"),
        ("a.csv", "title of something\nother\n", "no columns are known"),
        ("a.csv", "name,lat,lon\n", "no place that can be used"),
        ("a.csv", bytes(range(256)) * 9, "cannot be read"),
        ("a.json", "{", "it is no GeoJSON"),
        ("a.json", '{"features": 3}', "it is no GeoJSON"),
        ("a.json", '{"features": ' + "[" * 100_000, "it is no GeoJSON"),
        ("a.zip", b"PK\x03\x04 and no more", "damaged zip"),
        ("a.zip", zipped(readme__txt="none"), "no place that can be used"),
        ("a.zip", zipped(a__exe="none"), "no place that can be used"),
        ("a.gpkg", b"SQLite format 3\0 and no more", "no usable GeoPackage"),
        ("a.txt", geonames(code="S.SCH"), "no place that can be used"),
        ("a.txt", geonames(code="A.ADM1"), "no place that can be used"),  # a province that nobody knows
        ("a.csv", "<html><body>Not found</body></html>", "no columns are known"),  # a download that failed
    ],
)
def test_a_file_without_places_is_told_with_the_way_out(tmp_path, name, content, said):
    with pytest.raises(GeodataError, match=r"give a file of GeoNames|fetch it again") as error:
        add_pack(written(tmp_path, name, content), tmp_path / "packs")
    assert said in str(error.value)
    assert shelf.installed(tmp_path / "packs") == ()
    assert [*(tmp_path / "packs").glob("*")] == []  # and nothing half made


def test_no_file(tmp_path):
    for path, said in ((tmp_path / "none.txt", "does not exist"), (tmp_path, "is no file")):
        with pytest.raises(GeodataError, match=said):
            list(read_file.read_file(path))


def test_a_database_without_layers(tmp_path):
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        database.execute("create table places(name text, lat real, lon real)")
    with pytest.raises(GeodataError):
        add_pack(tmp_path / "a.gpkg", tmp_path / "packs")


def test_what_is_packed_to_burst_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(read_file, "LARGEST", 1_000_000)
    bomb = zipped(a__txt=geonames(), b__txt=b"\n" * 50_000_000, c__txt=geonames("900002"))
    places, told = read(written(tmp_path, "a.zip", bomb))
    assert [place.id for place in places] == ["900001"]
    assert "a.zip, b.txt: has more than 1 MB" in told.problems[0]
    with pytest.raises(GeodataError, match="has more than 1 MB"):
        read(written(tmp_path, "a.txt", b"\n" * 1_000_001))


def test_names_are_made_harmless(tmp_path):
    places, _ = read(written(tmp_path, "a\x1b[2J.csv", "name,lat,lon\nZor\x1b[31m\x07bakan,39.6,46.4\n"))
    assert next(iter(places[0].names)) == "Zor [31m bakan"
    added = add_pack(tmp_path / "a\x1b[2J.csv", tmp_path / "packs", licence="mine\x1b[2J\n")
    assert "\x1b" not in added.pack.in_words() + added.pack.licence
    packed = zipped(**{"../../etc/x__txt": geonames()})
    assert len(read(written(tmp_path, "a.zip", packed))[0]) == 1
    assert not (tmp_path.parent.parent / "etc").exists()


@pytest.mark.parametrize(
    ("name", "content", "licence"),
    [
        ("a.txt", geonames(), "CC BY 4.0"),
        ("a.txt", table([new_gns()]), "public domain"),
        ("a.csv", table([ucdp()], ","), "CC BY 4.0"),
        ("a.csv", "name,lat,lon\nZorbakan,39.6,46.4\n", "not stated"),
    ],
)
def test_a_pack_names_its_licence(tmp_path, name, content, licence):
    pack = add_pack(written(tmp_path, name, content), tmp_path / "packs", name="zor").pack
    assert (pack.licence, pack.file) == (licence, name)
    assert [pack] == [*shelf.installed(tmp_path / "packs")]
    assert add_pack(tmp_path / name, tmp_path / "packs", name="zor", licence="ODbL").pack.licence == "ODbL"


def test_a_place_lies_where_its_file_or_its_position_says(tmp_path):
    rows = "Zorbakan,39.6,46.45,\nZorbakan,39.6,46.45,Azerbaijan\nOutsea,0,-30,\nSaid,39.62,46.46,ge\n"
    pack = add_pack(written(tmp_path, "a.csv", "name,lat,lon,country\n" + rows), tmp_path / "packs").pack
    columns = read_columns(pack.folder / shelf.PLACES, ["country", "region_method", "id"]).to_pydict()
    assert columns["country"] == ["AZ", "", "GE"]
    assert columns["region_method"] == ["inside", "", "country"]
    assert columns["id"] == ["pack-a-zorbakan", "pack-a-outsea", "pack-a-said"]


@pytest.mark.parametrize("name", ["Zor", "a b", "../a", "", "all", "none", "x" * 50, "a,b", "-a"])
def test_a_name_of_a_pack(tmp_path, name):
    with pytest.raises(GeodataError, match="is no name of a pack"):
        shelf.checked(name)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("SY.zip", "sy"),
        ("Мали.csv", "places"),
        ("all.zip", "all-places"),
        ("a b__c.txt", "a-b-c"),
        ("x" * 99 + ".txt", "x" * 40),
    ],
)
def test_a_pack_is_called_after_its_file(tmp_path, file, name):
    assert shelf.checked(shelf.name_after(tmp_path / file)) == name


def test_a_pack_takes_the_place_of_another_of_its_name(tmp_path):
    path = written(tmp_path, "a.csv", "name,lat,lon\nZorbakan,39.6,46.4\n")
    first = add_pack(path, tmp_path / "packs")
    path.write_text("name,lat,lon\nZorbakan,39.6,46.4\nAltbakan,40,46\n")
    second = add_pack(path, tmp_path / "packs")
    assert (first.before, second.before, second.pack.places) == (None, first.pack, 2)
    assert first.pack.print != second.pack.print
    assert [*shelf.installed(tmp_path / "packs")] == [second.pack]
    assert shelf.remove("a", tmp_path / "packs") == second.pack
    assert [*(tmp_path / "packs").iterdir()] == []


def test_which_names_are_guarded(tmp_path):
    rows = "".join(
        f"{name},39.6,46.4\n" for name in ("Zorbakan", "Market", "Smith", "Zorb", "New Market", "New Zorbakan")
    )
    pack = add_pack(written(tmp_path, "a.csv", "name,lat,lon\n" + rows), tmp_path / "packs").pack
    trie = make.marisa_trie.Trie().mmap(str(pack.folder / shelf.TRIE))
    guarded = read_columns(pack.folder / shelf.NAMES, ["guarded"])["guarded"].to_pylist()
    assert {key for key in trie if guarded[trie[key]]} == {"market", "smith", "zorb", "new market"}
