"""GeoPackage for QGIS, geopandas, Datasette: what is shown as layers with dates, styles, licences, and full text."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
from pyogrio import write_dataframe

from corpus.exports.about import About
from corpus.exports.evidence import Evidence, Subject
from corpus.exports.frames import points, table
from corpus.queries import extents
from geodata.regions.shapes import read_regions

BESIDE = Path(__file__).with_name("geopackage.sql")  # what stands beside the layers
STYLES = Path(__file__).with_name("styles")  # of QGIS, a file a layer; extents, lines and areas, take its own
VERSION = "1.3"  # of the format: what is written for 1.4 validators of before that call broken
GEOMETRIES = {"mentions": "Point", "places": "Point", "regions": "MultiPolygon"}
DESCRIPTIONS = {
    "mentions": "each mention of a place, with its days, its sentence and where that stands",
    "places": "the places, with what is told of each",
    "extents": "stretches, lines and directions that the articles speak of",
    "regions": "countries and provinces that a place lies in",
    "articles": "the articles, with their texts",
    "passages": "the articles in passages, for full text: passages_fts",
    "claims": "numbers of people, with who gives them; never added up",
    "statements": "who says what, in the passages of what is shown",
    "mention_days": "all days that a mention tells of; rank 0 governs",
}


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return a GeoPackage of all that is shown, each subject a layer or a table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dateline.gpkg"
        for name, frame in _layers(evidence).items():
            add = {"mode": "a"} if path.exists() else {"VERSION": VERSION}
            kind = GEOMETRIES.get(name, "Unknown")
            frame.to_file(path, layer=name, driver="GPKG", use_arrow=True, geometry_type=kind, **add)
        for name, rows in _tables(evidence).items():
            write_dataframe(table(rows), path, layer=name, driver="GPKG", use_arrow=True, append=True)
        with closing(sqlite3.connect(path)) as database:
            database.executescript(BESIDE.read_text("utf-8"))
            _describe(database, evidence.about)
            database.commit()
        return path.read_bytes()


def _layers(evidence: Evidence) -> dict[str, gpd.GeoDataFrame]:
    """Return what is drawn, from the top to the bottom."""
    places = evidence.places
    codes = {code for column in ("region", "country") for code in places[column]} - {""}
    return {
        "mentions": points(evidence.mentions),
        "places": points(places),
        "extents": extents.extents(evidence.index, evidence.filters).rename(columns={"id": "extent"}),
        "regions": read_regions(codes)[["code", "name", "level", "country", "iso", "type", "geometry"]],
    }


def _tables(evidence: Evidence) -> dict[str, pd.DataFrame]:
    return {
        "articles": evidence.articles,
        "passages": evidence.passages,
        "claims": evidence.claims,
        "statements": evidence.statements,
        "mention_days": evidence.days,
    }


def _describe(database: sqlite3.Connection, about: About) -> None:
    """Say of the file and of each layer what it is about, and how it is drawn."""
    told: dict[str | None, dict[str, object]] = {
        None: about.as_dict(),
        **{layer: _licence(about, layer) for layer in DESCRIPTIONS},
    }
    for number, (layer, words) in enumerate(told.items(), 1):
        content = json.dumps(words, ensure_ascii=False)
        database.execute(
            "insert into gpkg_metadata values (?, ?, 'http://purl.org/dc/terms/', 'application/json', ?)",
            (number, "series" if layer is None else "dataset", content),
        )
        database.execute(
            "insert into gpkg_metadata_reference(reference_scope, table_name, md_file_id) values (?, ?, ?)",
            ("geopackage" if layer is None else "table", layer, number),
        )
    described = [(words, layer) for layer, words in DESCRIPTIONS.items()]
    database.executemany("update gpkg_contents set description = ? where table_name = ?", described)
    for file in sorted(STYLES.glob("*.qml")):
        database.execute(
            """insert into layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
            styleQML, styleSLD, useAsDefault, description, owner) values ('', '', ?, 'geom', ?, ?, '', 1, ?, '')""",
            (file.stem, file.stem, file.read_text("utf-8"), f"{file.stem} as {about.program} draws them"),
        )


def _licence(about: About, layer: str) -> dict[str, object]:
    """Return the licences of what a layer holds."""
    licences = [asdict(one) for one in about.licences if layer in one.layers.split("|")]
    return {"title": DESCRIPTIONS[layer], "licences": licences}
