"""Small builders of what the tests read, and of what they expect."""

from __future__ import annotations

import math
import sqlite3
import textwrap
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd

from corpus.build import build_index
from corpus.index.columns import columns_of
from corpus.index.connection import open_index
from corpus.index.schema import ATTRIBUTES
from corpus.ingest.files import find_files, read_path
from corpus.queries import claims, coverage, places, reading
from corpus.queries.filters import Filters
from corpus.read_article import parse_text
from corpus.records import ROLES, Article, Correction, Link, Passage, Published, ReadArticle, Timex
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.geocoder import geocode
from geodata.recognition import find_toponyms
from geodata.records import GazetteerEntry, Resolution
from geodata.resolution import resolve

ROOT = Path(__file__).resolve().parent.parent
_numbers = count()
SHARED = ROOT.parent / "shared"  # the original articles and their gold: not part of the repository


def day(text: str) -> date:
    """Return an ISO day."""
    return date.fromisoformat(text)


def write_corpus(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write article files; return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).lstrip("\n").encode())
    return folder


def front(body: str, **fields: str) -> str:
    """Return an article with front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\n{lines}---\n\n{textwrap.dedent(body).strip()}\n"


def build(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write articles, build their index, return its path."""
    write_corpus(folder / "articles", files)
    build_index(folder / "articles", folder / "index.gpkg")
    return folder / "index.gpkg"


# Columns that hold the running number of a row, and what tells that row from others.
NUMBERED = {
    "passage": "select id, article || start from passages",
    "timex": "select id, article || start || text from timexes",
    "said_timex": "select id, article || start || text from timexes",
    "mention": "select id, article || start || text from mentions",
    "statement": "select id, article || start || speaker from statements",
    "extent": "select id, article || start || words from extents",
    "shape": "select id, geometry from shapes",
}
FIDS = ["article_fid", "copy_of_fid", "source_number", "dating"]
SHOWN_ONCE = {"names", "dates"}  # what mentions and links show, once for some of them


def told(path: Path) -> dict[str, list[str]]:
    """Return what an index holds and counts but for its running numbers, which another order would change."""
    found = {}
    with open_index(path) as index:
        keys = {column: dict(index.execute(query)) for column, query in NUMBERED.items()}
        for table in (*(set(ATTRIBUTES) - SHOWN_ONCE), "places", "regions"):
            rows = pd.read_sql_query(f"select * from {table}", index)
            number = [] if table in ("articles", "places") else ["id"]
            rows = rows.drop(columns=["fid", "geom", "read_at", *FIDS, *number], errors="ignore")
            # A shared statement is none of the table of statements.
            for column in keys.keys() & set(rows) - ({"statement"} if table == "shared" else set()):
                rows[column] = rows[column].map(keys[column])
            found[table] = sorted(map(repr, rows.itertuples(index=False, name=None)))
        every = Filters(roles=ROLES)
        for ask in (places.places, places.days, coverage.coverage):
            rows = ask(index, every)
            found[f"counted: {ask.__name__}"] = sorted(map(repr, rows.itertuples(index=False, name=None)))
        found["in columns"] = list(map(repr, in_columns(index)))
        found["in order"] = [*reading.articles(index, every).id, *claims.ledger(index, every).text]
    return found


def in_columns(index: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Yield what the columns of an index say of each mention, in their order, and then what they say of few."""
    columns = columns_of(index)
    column, words = partial(columns.column, index), partial(columns.words, index)
    ids = dict(index.execute("select fid, id from articles"))
    files = [ids[row] for row in column("article_row").tolist()]
    yield tuple(files), tuple(files[copy] for copy in column("article_copy"))
    spelled, dated = words("spellings"), words("periods")
    told = map(partial(column), ("spelling", "article", "period", "bits", "status"))
    for spelling, article, period, *few in zip(*(each.tolist() for each in told), strict=True):
        yield spelled[spelling], files[article], dated[period], *few
    yield tuple(column("starts").tolist()), *words("places")
    later = (words("later_periods")[period] for period in column("later_period"))
    yield tuple(zip(column("later_at").tolist(), later, strict=True))
    shared = (column("sources")[source].item() for source in column("shared_source"))
    yield tuple(zip(column("shared_at").tolist(), shared, strict=True))
    extents = (files[column("extent_article")[extent]] for extent in column("extent"))
    yield tuple(zip(column("extent_at").tolist(), extents, strict=True))


def opened(folder: Path) -> tuple[list[Article], list[tuple[str, str]]]:
    """Read the articles of a folder, and what is said of its files."""
    said: list[tuple[str, str]] = []
    files = list(find_files(folder, on_problem=lambda file, note: said.append((file.name, note))))
    found = [read_path(file, folder) for file in files]
    said += [(file.name, note) for file, read in zip(files, found, strict=True) for note in read.said]
    return [article for read in found for article in read.articles], said


def correction(what: str, value: str, words: str, text: str, /, **fields: object) -> Correction:
    """Return what a reader says of words, at their first place in a text; each is a minute later than the last."""
    number = next(_numbers)
    start = text.index(words) if words in text else 0
    known: dict[str, object] = {
        "id": f"{number:04}",
        "when": f"2026-11-28T{number // 60 % 24:02}:{number % 60:02}:00Z",
        "who": "Ann",
        "means": value,
        "scope": "mention",
        "was": "",
        "start": start,
        "end": start + len(words) if words in text else 0,
        "text": Article("", "", text).print,
        "file": "a.txt",
    }
    return Correction(**{**known, "what": what, "value": value, "words": words, **fields})  # type: ignore[arg-type]


def read(text: str, published: str | None = "2022-09-14") -> ReadArticle:
    """Read everything out of a text."""
    return parse_text(text, published=published)


def geoparse(text: str) -> list[Resolution]:
    """Find and resolve the place names of a text."""
    gazetteer = open_gazetteer()
    return resolve(text, find_toponyms(text, gazetteer), gazetteer)


def meant(text: str) -> dict[str, GazetteerEntry | None]:
    """Return what each place name of a text was taken to mean."""
    return {resolution.toponym.text: resolution.entry for resolution in geoparse(text)}


def found(query: str) -> GazetteerEntry:
    """Return the place that a typed name means."""
    entries = geocode(query)
    assert entries, f"the gazetteer has no {query!r}"
    return entries[0]


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points, each longitude and latitude."""
    lon, lat, lons, lats = map(math.radians, (*one, *other))
    half = math.sin((lats - lat) / 2) ** 2 + math.cos(lat) * math.cos(lats) * math.sin((lons - lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def point(entry: GazetteerEntry) -> tuple[float, float]:
    """Return where an entry lies."""
    return entry.lon, entry.lat


def published(since: str | None, until: str | None = None) -> Published:
    """Return a date of publication."""
    return Published(day(since) if since else None, day(until or since) if since else None, "byline")


def timex(text: str, written: str, since: str | None, until: str | None = None, granularity: str = "day") -> Timex:
    """Return the time expression `written` of a text, at its first place."""
    start = text.index(written)
    period = (None, None) if since is None else (day(since), day(until or since))
    return Timex(start, start + len(written), written, "DATE", since or "", *period, granularity, "explicit")


def passage(text: str, *sentences: str) -> Passage:
    """Return a passage made of these sentences of a text; the whole text as one sentence without them."""
    spans = [(text.index(s), text.index(s) + len(s)) for s in sentences] or [(0, len(text))]
    return Passage(spans[0][0], spans[-1][1], tuple(spans))


def periods(links: list[Link] | tuple[Link, ...]) -> list[tuple[str, str]]:
    """Return the days that links give, as ISO text."""
    return [(str(link.since or ""), str(link.until or "")) for link in links]


def geopackage_faults(path: Path) -> list[str]:
    """Return where a GeoPackage breaks rules of the format that GDAL's validate_gpkg.py looks at, in words."""
    kinds = {"INTEGER", "REAL", "DOUBLE", "BOOLEAN", "DATE", "DATETIME", "BLOB", "POINT", "MULTIPOLYGON", "GEOMETRY"}
    with closing(sqlite3.connect(path)) as database:
        faults = [f"integrity: {row[0]}" for row in database.execute("pragma integrity_check") if row[0] != "ok"]
        faults += [f"foreign key: {row}" for row in database.execute("pragma foreign_key_check")]
        views = {name for (name,) in database.execute("select name from sqlite_master where type = 'view'")}
        for table, data_type in database.execute("select table_name, data_type from gpkg_contents").fetchall():
            columns = database.execute(f'pragma table_info("{table}")').fetchall()
            keys = [kind for _, _, kind, _, _, key in columns if key]
            if table in views:  # the first column of a view is its key
                keys = [columns[0][2]]
                query = f'select count(*) - count(distinct "{columns[0][1]}") from "{table}"'
                faults += [f"{table} has a key that comes again"] * bool(database.execute(query).fetchone()[0])
            faults += [f"{table} has no integer key but {keys}"] * (keys != ["INTEGER"])
            bad = [(name, kind) for _, name, kind, *_ in columns if kind.split("(")[0] not in {*kinds, "TEXT"}]
            faults += [f"{table} has columns of unknown types: {bad}"] * bool(bad)
            if data_type == "features":
                faults += _layer_faults(database, table)
        listed = "select table_name from gpkg_contents union select table_name from gpkg_geometry_columns"
        there = {row[0] for row in database.execute("select name from sqlite_master where type in ('table', 'view')")}
        faults += [f"{name} is listed and not there" for (name,) in database.execute(listed) if name not in there]
    return faults


def _layer_faults(database: sqlite3.Connection, table: str) -> list[str]:
    query = "select column_name from gpkg_geometry_columns where table_name = ?"
    (column,) = database.execute(query, (table,)).fetchone() or ("",)
    triggers = {row[0] for row in database.execute("select name from sqlite_master where type = 'trigger'")}
    wanted = {
        f"rtree_{table}_{column}_{what}" for what in ("insert", "update1", "update2", "update3", "update4", "delete")
    }
    return [f"{table} lacks {each}" for each in sorted(wanted - triggers)] if column else [f"{table} has no geometry"]
