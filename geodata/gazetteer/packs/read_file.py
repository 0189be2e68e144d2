"""Read the rows of a file of places: GeoNames, GNS, UCDP GED, any CSV, GeoJSON, GeoPackage, and zips of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an error by its name

from geodata import DATA
from geodata.decoding import decode
from geodata.errors import GeodataError, NoTextError
from geodata.gazetteer.user_places import clean, columns_of, row_of
from geodata.tables import read_rows

LARGEST = 400_000_000  # bytes of a file, unpacked
LONGEST_RECORD = 50  # lines of a row whose cells hold ends of lines
WANTED = "a file of GeoNames, GNS or UCDP GED, or a CSV, GeoJSON or GeoPackage with a name and a point (lat, lon)"
_GEONAMES = [
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code"),
    *("country_code", "cc2", "admin1_code", "admin2_code", "admin3_code", "admin4_code", "population", "elevation"),
    *("dem", "timezone", "modification_date"),
]
_SUFFIXES = (".txt", ".csv", ".tsv", ".json", ".geojson", ".gpkg")
_ABOUT = ("readme", "license", "licence", "disclaimer")  # what lies beside the places in a zip
_LICENCES = {"GeoNames": "CC BY 4.0", "GNS": "public domain", "UCDP GED": "CC BY 4.0"}

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file, each with where it stands there, and its cells or why it cannot be read."""

    file: str  # as it is shown
    origin: str  # GeoNames, GNS, UCDP GED, or "" for any other
    rows: Iterator[tuple[str, Cells | str]]


def licence_of(origin: str) -> str:
    """Return the licence under which whoever makes a list gives it."""
    return _LICENCES.get(origin, "not stated")


def read_file(path: Path) -> Iterator[Rows]:
    """Yield the rows of a file, or of each file in a zip. Raises GeodataError where there is nothing to read."""
    try:
        if not path.is_file():
            raise GeodataError(f"{path} {'is no file' if path.exists() else 'does not exist'}: name {WANTED}")
        if path.stat().st_size > LARGEST:
            raise GeodataError(f"{path} {_too_large(LARGEST)}")
        content = path.read_bytes()
    except OSError as error:
        raise GeodataError(f"{path} cannot be read ({error.strerror})") from error
    if content.startswith(b"PK\x03\x04"):
        yield from _unpacked(path, content)
    else:
        yield _rows(clean(path.name), content)


def _too_large(most: int) -> str:
    return f"has more than {most // 1_000_000} MB: take only the countries you need"


def _unpacked(path: Path, content: bytes) -> Iterator[Rows]:
    """Yield the rows of each file in a zip; what it says of its sizes is not believed."""
    left = LARGEST
    try:
        with ZipFile(BytesIO(content)) as packed:
            for member in packed.infolist():
                name = PurePosixPath(member.filename)
                about = name.stem.lower().startswith(_ABOUT) or "__MACOSX" in name.parts
                if about or name.suffix.lower() not in _SUFFIXES:
                    continue
                shown = f"{clean(path.name)}, {clean(name.name)}"
                try:
                    with packed.open(member) as file:
                        unpacked = file.read(left + 1)
                except (BadZipFile, RuntimeError, NotImplementedError, ZlibError, EOFError) as error:
                    yield _none(shown, f"cannot be unpacked ({error})")
                    continue
                left -= len(unpacked)
                if left < 0:
                    yield _none(shown, _too_large(LARGEST))
                    return
                yield _rows(shown, unpacked)
    except BadZipFile as error:
        raise GeodataError(f"{path} is a damaged zip ({error}): fetch it again") from error


def _none(shown: str, why: str) -> Rows:
    return Rows(shown, "", iter([("", why)]))


def _rows(shown: str, content: bytes) -> Rows:
    if content.startswith(b"SQLite format 3\0"):
        return Rows(shown, "", _geopackage(content))
    try:
        text, note = decode(content)
    except NoTextError as error:
        return _none(shown, f"cannot be read ({error})")
    if text.lstrip()[:1] == "{":
        return Rows(shown, "", _geojson(text))
    origin, rows = _delimited(text)
    return Rows(shown, origin, _noted(f"read, but {note}" if note else "", rows))


def _noted(note: str, rows: Iterator[tuple[str, Cells | str]]) -> Iterator[tuple[str, Cells | str]]:
    if note:
        yield "", note
    yield from rows


def _delimited(text: str) -> tuple[str, Iterator[tuple[str, Cells | str]]]:
    """Return who made a table, and its rows."""
    lines = StringIO(text, newline=None)
    header, first = lines.readline().rstrip("\n"), 1
    if header.lower().startswith("sep="):  # a line that Excel writes and reads
        header, first = lines.readline().rstrip("\n"), 2
    if _is_geonames(header):
        lines.seek(0)
        return "GeoNames", _tabbed(lines, _GEONAMES, 1)
    known = read_rows(DATA / "pack_columns.csv")
    try:
        sign, columns = columns_of(header, {row["column"] for row in known})
    except csv.Error:
        sign, columns = ",", []
    columns = [column.replace(" ", "_") for column in columns]
    if not {row["means"] for row in known if row["column"] in columns} >= {"name", "lat", "lon"}:
        found = ", ".join(filter(None, columns))[:200]
        why = f"left out: no columns are known for a name, lat and lon among {found!r}; give {WANTED}"
        return "", iter([("line 1", why)])
    if {"ufi", "nt"} <= set(columns):
        return "GNS", _tabbed(lines, columns, first + 1) if sign == "\t" else _quoted(lines, sign, columns, first + 1)
    origin = "UCDP GED" if {"where_coordinates", "where_prec"} <= set(columns) else ""
    return "GeoNames" if "geonameid" in columns else origin, _quoted(lines, sign, columns, first + 1)


def _is_geonames(line: str) -> bool:
    cells = line.split("\t")
    return len(cells) == len(_GEONAMES) and cells[0].isascii() and cells[0].isdigit()


def _tabbed(lines: StringIO, columns: list[str], first: int) -> Iterator[tuple[str, Cells | str]]:
    """Yield the rows of a table in which a quotation mark is one and no more."""
    for number, line in enumerate(lines, first):
        cells = [clean(cell) for cell in line.rstrip("\n").split("\t")]
        if len(cells) == len(columns):
            yield f"line {number}", dict(zip(columns, cells, strict=True))
        elif any(cells):
            yield f"line {number}", f"it has {len(cells)} cells under {len(columns)} columns"


def _quoted(lines: StringIO, sign: str, columns: list[str], first: int) -> Iterator[tuple[str, Cells | str]]:
    """Yield the rows of a table whose quoted cells may hold ends of lines."""
    number = first
    while line := lines.readline():
        record, at = line, lines.tell()
        if line.count('"') % 2:  # to be closed on a line near by, or it costs its own line and no other
            for following in islice(iter(lines.readline, ""), LONGEST_RECORD):
                record += following
                if not record.count('"') % 2:
                    break
            else:
                record = line
                lines.seek(at)
        if record.strip(f"{sign} \t\n"):
            try:
                yield f"line {number}", row_of(record.rstrip("\n"), sign, columns)
            except (ValueError, csv.Error) as error:
                yield f"line {number}", str(error)
        number += record.count("\n") or 1


def _geojson(text: str) -> Iterator[tuple[str, Cells | str]]:
    try:
        features = json.loads(text)["features"]
        assert isinstance(features, list)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError) as error:
        yield "", f"it is no GeoJSON with features ({type(error).__name__}: {str(error)[:100]})"
        return
    for number, feature in enumerate(features, 1):
        try:
            geometry, own = feature["geometry"], feature["properties"] or {}
            lon, lat, *_ = geometry["coordinates"] if geometry["type"] == "Point" else [None]
            yield f"feature {number}", _cells(own) | {"lon": str(lon), "lat": str(lat)}
        except (KeyError, TypeError, ValueError, AttributeError):
            yield f"feature {number}", "it is no point with properties"


def _cells(properties: dict[str, object]) -> Cells:
    """Return what a feature tells, as cells of a table: a list has | between its words."""
    told = {key: "|".join(map(str, value)) if isinstance(value, list) else value for key, value in properties.items()}
    return {key.lower().replace(" ", "_"): clean(str(value)) for key, value in told.items() if value is not None}


def _geopackage(content: bytes) -> Iterator[tuple[str, Cells | str]]:
    # Slow to import, and other formats need none of them.
    import pandas as pd
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        path.write_bytes(content)
        try:
            for layer, shape in pyogrio.list_layers(path):
                if "Point" not in str(shape):
                    yield str(layer), "this layer holds no points"
                    continue
                frame = pyogrio.read_dataframe(path, layer=layer)
                points = (frame.to_crs(4326) if frame.crs else frame).geometry
                rows = frame.drop(columns=frame.geometry.name).to_dict("records")
                for number, (row, point) in enumerate(zip(rows, points, strict=True), 1):
                    if point is None or point.is_empty or point.geom_type != "Point":
                        yield f"{layer}, feature {number}", "it is no point"
                        continue
                    told = {str(key): value for key, value in row.items() if not pd.isna(value)}
                    yield f"{layer}, feature {number}", _cells(told) | {"lon": str(point.x), "lat": str(point.y)}
        except (DataSourceError, DataLayerError, FeatureError, GeometryError, ValueError, RuntimeError) as error:
            yield "", f"it is no usable GeoPackage ({error})"
