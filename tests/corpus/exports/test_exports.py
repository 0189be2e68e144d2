"""Each export is read by the tool it is for, and holds what the page shows, row by row."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from builders import build, day, front
from lxml import etree

from corpus.exports import beside
from corpus.exports.evidence import HASH, column_types, column_words, evidence_of
from corpus.exports.formats import FORMATS
from corpus.formulas import plain
from corpus.index.connection import open_index
from corpus.queries import claims as ledger
from corpus.queries import mentions as fates
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.records import ROLES

HOSTILE = '<script>alert(1)</script> & "quoted" ]]> $[name] \u202e \x0b {{7*7}} =1+1'
KML = {"k": "http://www.opengis.net/kml/2.2"}
VIEWS = [
    Filters(roles=ROLES),
    Filters(since=day("2022-09-01"), until=day("2022-09-30")),
    Filters(regions=("FR",)),
    Filters(text="road"),
    Filters(text="nosuchword"),  # nothing is shown: every format has an empty file of its kind
]
# A story, citations and TimeML hold no rows: they have tests of their own.
MADE = [
    (key, of)
    for key, one in FORMATS.items()
    for of in one.subjects
    if one.group not in ("Story", "Citations") and key != "timeml"
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """An index of one article that says how it is cited, and one that is written against its readers."""
    files = {
        "a.md": front(
            """
            Two people were killed near Goris on Tuesday, the mayor said. “We heard it in Sisian,” a teacher told us.
            """,
            title=f"'{HOSTILE}'",
            outlet=f"'{HOSTILE}'",
            date="2022-09-14",
        ),
        "b.txt": f"{HOSTILE}\n\nShells fell near Yerevan on 2 May 2021. {HOSTILE}\n",
    }
    path = build(tmp_path_factory.mktemp("hostile"), files)
    with open_index(path) as index:
        yield index


def made(index, key, of, filters=VIEWS[0]):
    return FORMATS[key].write(evidence_of(index, filters), of)


def read_back(key, of, content, tmp_path):
    """Return the rows of a file, by what the rows are known by, as the tool reads them that it is for."""
    id = of[:-1]
    if key == "csv":
        return {plain(row[id]): row for row in csv.DictReader(io.StringIO(content.decode(), newline=""))}
    if key == "jsonl":
        return {row[id]: row for row in map(json.loads, content.decode().splitlines())}
    if key == "geojson":
        return {feature["properties"][id]: feature["properties"] for feature in json.loads(content)["features"]}
    if key == "kml":
        marks = etree.fromstring(content).iterfind(".//k:Placemark", KML)
        rows = [
            {data.get("name"): data.findtext("k:value", namespaces=KML) for data in mark.iterfind(".//k:Data", KML)}
            for mark in marks
        ]
        return {row[id]: row for row in rows}
    if key == "lpf":
        return {feature["properties"][id]: feature["properties"] for feature in json.loads(content)["features"]}
    if key == "annotations":
        return {item["id"].removeprefix("urn:dateline:"): _of_annotation(item) for item in json.loads(content)["items"]}
    path = tmp_path / FORMATS[key].file_name(of)
    path.write_bytes(content)
    frame = gpd.read_parquet(path) if key == "geoparquet" else gpd.read_file(path, layer=of)
    return {row[id]: row for row in frame.astype(object).where(frame.notna(), None).to_dict("records")}


def _of_annotation(item):
    quote, position = item["target"]["selector"]
    said = {name.removeprefix("dateline:"): value for name, value in item["body"][1].items()}
    return {**said, "text": quote["exact"], **position, "sentence": item["body"][1]["value"]}


def as_text(value):
    """Return a value as every format can write it."""
    if value is None or value != value or value is pd.NaT:
        return ""
    if isinstance(value, float | int):
        return f"{float(value):.5f}"
    return str(value)[:10] if hasattr(value, "year") else str(value)


def alike(one, other, name):
    one, other = as_text(one), as_text(other)
    if column_types()[name] in ("number", "whole") and one and other:
        return abs(float(one) - float(other)) < 1e-5
    return one.replace("\x0b", "\ufffd") == plain(other).replace("\x0b", "\ufffd")  # no XML holds that character


@pytest.mark.parametrize("filters", VIEWS, ids=lambda filters: filters.words({}) or "all")
@pytest.mark.parametrize("key, of", MADE, ids=str)
def test_a_file_holds_the_rows_that_are_shown(index, tmp_path, key, of, filters):
    evidence = evidence_of(index, filters)
    expected = evidence.frame(of)
    found = read_back(key, of, FORMATS[key].write(evidence, of), tmp_path)
    assert set(found) == set(expected[of[:-1]])
    for row in expected.to_dict("records"):
        there = found[row[of[:-1]]]
        assert [name for name, value in row.items() if not alike(value, there.get(name), name)] == []


@pytest.mark.parametrize("key, of", MADE, ids=str)
def test_hostile_text_is_text_in_every_format(hostile, tmp_path, key, of):
    evidence = evidence_of(hostile, VIEWS[0])
    found = read_back(key, of, FORMATS[key].write(evidence, of), tmp_path)
    for row in evidence.frame(of).to_dict("records"):
        there = found[row[of[:-1]]]
        assert [name for name, value in row.items() if not alike(value, there.get(name), name)] == []


@pytest.mark.parametrize("filters", VIEWS, ids=lambda filters: filters.words({}) or "all")
def test_the_rows_are_those_of_the_page(index, filters):
    evidence = evidence_of(index, filters)
    places = queries.places(index, filters)
    assert list(evidence.places.place) == list(places.id)
    for name in ("mentions", "articles", "sources", "lon", "lat", "region_name"):
        assert list(evidence.places[name]) == list(places[name])
    shown = fates.mentions(index, filters, {}, limit=1000)
    assert list(zip(evidence.mentions.article, evidence.mentions.start, evidence.mentions.since, strict=True)) == list(
        zip(shown.article, shown.start, shown.since, strict=True)
    )
    told = ledger.ledger(index, filters)
    assert list(zip(evidence.claims.article, evidence.claims.number, evidence.claims.since, strict=True)) == list(
        zip(told.article, told.number, told.since, strict=True)
    )
    assert evidence.about.mentions == queries.totals(index, filters).shown


def test_where_a_row_says_it_stands_its_words_stand(index):
    evidence = evidence_of(index, VIEWS[0])
    texts = dict(index.execute("select id, text from articles"))
    prints = dict(index.execute("select id, print from articles"))
    assert len(evidence.mentions) > 9
    for row in evidence.mentions.itertuples():
        text = texts[row.article]
        assert text[row.start : row.end] == row.text
        assert " ".join(text[row.sentence_start : row.sentence_end].split()) == row.sentence
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
        assert row.article_hash == HASH + prints[row.article]
    for row in evidence.statements.itertuples():
        assert texts[row.article][row.start : row.end] == row.said


def test_a_mention_of_several_days_has_them_all(tmp_path):
    path = build(tmp_path, {"a.txt": "Goris was hit on 12 September 2022, 13 September 2022 and 15 September 2022.\n"})
    with open_index(path) as index:
        (row,) = evidence_of(index, Filters()).mentions.itertuples()
    assert (row.since, row.other_days) == ("2022-09-12", "2022-09-13|2022-09-15")


def test_every_claim_is_a_row(hostile):
    (number,) = hostile.execute("select count(*) from claims").fetchone()
    assert len(evidence_of(hostile, VIEWS[0]).claims) == number > 0


@pytest.mark.parametrize("of", ["mentions", "places", "claims", "statements"])
def test_each_column_is_described(hostile, of):
    frame = evidence_of(hostile, VIEWS[0]).frame(of)
    assert len(frame), f"the hostile articles have no {of}"
    assert set(frame.columns) <= set(column_words())
    assert all(column_words().values())


def test_a_table_has_what_it_is_about_beside_it(index):
    evidence = evidence_of(index, replace(VIEWS[1], regions=("AM",)))
    told = json.loads(beside.write(evidence, "places", "places.csv"))
    assert [column["name"] for column in told["tableSchema"]["columns"]] == list(evidence.places.columns)
    assert told["url"] == "places.csv"
    assert told["dateline:about"]["shown"] == "from 1 September 2022 to 30 September 2022, in Armenia"
    assert {"CC BY 4.0", "ODbL 1.0"} <= {one["licence"] for one in told["dateline:about"]["licences"]}


def test_files_of_maps_and_texts_say_what_they_are_about(index, tmp_path):
    words = "from 1 September 2022 to 30 September 2022"
    about = {
        "geojson": lambda content: json.loads(content)["about"],
        "lpf": lambda content: json.loads(content)["about"],
        "annotations": lambda content: json.loads(content)["dateline:about"],
        "kml": lambda content: json.loads(etree.fromstring(content).findtext(".//k:Data/k:value", namespaces=KML)),
        "timeml": lambda content: json.loads(zipfile.ZipFile(io.BytesIO(content)).read("about.json")),
        "geoparquet": lambda content: json.loads(pq.read_schema(io.BytesIO(content)).metadata[b"dateline"]),
        "gpkg": lambda content: json.loads(_metadata(content, tmp_path)),
    }
    held = {key for key, one in FORMATS.items() if one.holds_about} - {"story", "cite", "bibtex"}
    assert held == set(about)
    for key, read in about.items():
        told = read(made(index, key, None, VIEWS[1]))
        assert (told["shown"], told["program"]) == (words, "Dateline")
        assert told["sources"] == ["Valley Times", "River Post"]
        assert {"CC BY 4.0", "ODbL 1.0"} <= {one["licence"] for one in told["licences"]}


@pytest.mark.parametrize("key", ["story", "cite", "bibtex"])
def test_files_for_readers_say_it_in_words(index, key):
    content = made(index, key, None, VIEWS[1]).decode()
    for words in ("from 1 September 2022 to 30 September 2022", "Valley Times", "CC BY 4.0", "ODbL 1.0"):
        assert words in content


def _metadata(content, tmp_path):
    (tmp_path / "x.gpkg").write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "x.gpkg")) as database:
        return database.execute(
            "select metadata from gpkg_metadata join gpkg_metadata_reference on md_file_id = id "
            "where reference_scope = 'geopackage'"
        ).fetchone()[0]


@pytest.mark.parametrize("key", ["csv", "jsonl", "geoparquet"])
def test_duckdb_reads_days_as_days(index, tmp_path, key):
    path = tmp_path / FORMATS[key].file_name()
    path.write_bytes(made(index, key, "mentions"))
    asked = "select max(since), min(published_since), count(*) from '{}' where since > date '2022-09-10'"
    (row,) = duckdb.sql(asked.format(path)).fetchall()
    evidence = evidence_of(index, VIEWS[0]).mentions
    late = evidence[[since is not None and since > "2022-09-10" for since in evidence.since]]
    assert tuple(map(str, row)) == (max(late.since), min(late.published_since), str(len(late)))


def test_geopandas_reads_days_and_points(index, tmp_path):
    path = tmp_path / "mentions.parquet"
    path.write_bytes(made(index, "geoparquet", "mentions"))
    frame = gpd.read_parquet(path)
    assert frame.crs.to_epsg() == 4326
    assert str(frame.since.dropna().iloc[0]) in set(evidence_of(index, VIEWS[0]).mentions.since)
    assert pq.read_schema(path).field("since").type == "date32[day]"
    assert pq.read_schema(path).field("said_since").type == "date32[day]"  # where every row is empty, too


def test_google_earth_has_a_span_of_time_and_no_markup_of_a_stranger(hostile):
    content = made(hostile, "kml", "mentions")
    document = etree.fromstring(content)
    spans = document.findall(".//k:TimeSpan", KML)
    dated = evidence_of(hostile, VIEWS[0]).mentions.since.dropna()
    assert sorted(span.findtext("k:begin", namespaces=KML) for span in spans) == sorted(dated)
    for description in document.iterfind(".//k:description", KML):
        html = etree.HTML(description.text)
        assert {element.tag for element in html.iter()} <= {"html", "body", "p", "br"}
        assert "$[" not in description.text


def test_a_gazetteer_reads_who_attests_a_name(index):
    document = json.loads(made(index, "lpf", "places"))
    assert document["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    goris = next(one for one in document["features"] if one["properties"]["title"] == "Goris")
    assert goris["@id"].startswith("https://sws.geonames.org/")
    assert goris["links"][0]["identifier"].startswith("gn:")
    assert goris["names"][0]["toponym"] == "Goris"
    cited = {cite["label"] for cite in goris["names"][0]["citations"]}
    assert "Valley Times, Shelling near Goris, 2022-09-14" in cited
    assert {"start": {"in": "2022-09-13"}, "end": {"in": "2022-09-13"}} in goris["when"]["timespans"]
    assert goris["properties"]["ccodes"] == ["AM"]
    assert goris["properties"]["fclasses"] == ["P"]


def test_an_annotation_is_found_by_its_words_and_by_its_position(index):
    texts = {HASH + print: text for print, text in index.execute("select print, text from articles")}
    document = json.loads(made(index, "annotations", "mentions"))
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    for item in document["items"]:
        text = texts[item["body"][1]["dateline:article_hash"]]
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_timeml_is_the_text_letter_by_letter(hostile):
    archive = zipfile.ZipFile(io.BytesIO(made(hostile, "timeml", "mentions")))
    articles = evidence_of(hostile, VIEWS[0]).articles
    assert set(archive.namelist()) == {"about.json", *(f"{id}.tml" for id in articles.article)}
    dated = 0
    for article in articles.itertuples():
        document = etree.fromstring(archive.read(f"{article.article}.tml"))
        text = document.find("TEXT")
        assert "".join(text.itertext()) == article.text.replace("\x0b", "\ufffd")
        at = len(text.text or "")
        rows = hostile.execute("select start, type, value from timexes where article = ?", (article.article,))
        expected = {start: (type, value) for start, type, value in rows}
        for timex in text:
            assert (timex.get("type"), timex.get("value")) == expected[at]
            at += len("".join(timex.itertext())) + len(timex.tail or "")
            dated += 1
    assert dated >= 2
