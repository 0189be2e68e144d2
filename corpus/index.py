"""The index: one GeoPackage with the layers places and regions and the tables behind them. Write, publish, open."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd

from corpus.errors import IndexNotUsableError
from corpus.records import Mention, ReadArticle
from geodata.gazetteer import Gazetteer
from geodata.names import name_key
from geodata.records import AREAS, GazetteerEntry
from geodata.regions import read_regions, region_names

VERSION = "2"  # of the tables below: an index of another version is built again

_TABLES = """
create table meta(key text primary key, value text not null) without rowid;
create table articles(
    id text primary key, file text not null, title text not null, outlet text not null, author text not null,
    language text not null, url text not null, text text not null,
    published_since text, published_until text, published_basis text not null);
create table passages(
    id integer primary key, article text not null, start integer not null, "end" integer not null,
    boilerplate text not null, text text not null);
create table timexes(
    id integer primary key, article text not null, start integer not null, "end" integer not null, text text not null,
    type text not null, value text not null, since text, until text, granularity text not null, basis text not null);
create table mentions(
    id integer primary key, article text not null, passage integer not null, start integer not null,
    "end" integer not null, text text not null, kind text not null, status text not null, place text,
    score real not null, reason text not null, doubt text not null, runners_up text not null);
create table links(
    mention integer not null, since text, until text, basis text not null, timex integer);
create table boilerplate(
    article text not null, start integer not null, "end" integer not null, reason text not null);
create virtual table passages_fts using fts5(
    text, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
"""

_INDEXES = """
create index passages_of_article on passages(article, start);
create index timexes_of_article on timexes(article, start);
create index mentions_of_place on mentions(place, article);
create index mentions_of_passage on mentions(passage);
create index mentions_of_article on mentions(article, start);
create index links_of_mention on links(mention, since, until);
create index boilerplate_of_article on boilerplate(article, start);
insert into passages_fts(passages_fts) values('rebuild');
analyze;
"""
_ATTRIBUTES = ("articles", "passages", "timexes", "mentions", "links", "boilerplate")


class IndexWriter:
    """Writes an index beside its destination and puts it in place when all is well."""

    def __init__(self, path: Path, gazetteer: Gazetteer) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}.tmp.gpkg")
        self._gazetteer = gazetteer
        self._places: dict[str, GazetteerEntry] = {}
        self._written: dict[str, Counter[str]] = defaultdict(Counter)
        self._mentions: Counter[str] = Counter()
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._next = {"passages": 1, "timexes": 1, "mentions": 1}

    def __enter__(self) -> IndexWriter:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._draft.unlink(missing_ok=True)
        # The empty layer makes the file a GeoPackage; its rows come last, when every mention is counted.
        _places_frame([], {}, {}, {}, {}).to_file(self._draft, layer="places", driver="GPKG", geometry_type="Point")
        self._db = sqlite3.connect(self._draft)
        self._db.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._db.close()
        self._draft.unlink(missing_ok=True)

    def add(self, read: ReadArticle) -> None:
        """Add one article with all that was read out of it."""
        article, published = read.article, read.published
        self._insert(
            "articles", article.id, article.file, article.title, article.outlet, article.author, article.language,
            article.url, article.text, _iso(published.since), _iso(published.until), published.basis,
        )  # fmt: skip
        for stretch in read.furniture:
            self._insert("boilerplate", article.id, stretch.start, stretch.end, stretch.reason)
        timexes = [
            self._insert_numbered(
                "timexes", article.id, t.start, t.end, t.text, t.type, t.value, _iso(t.since), _iso(t.until),
                t.granularity, t.basis,
            )
            for t in read.timexes
        ]  # fmt: skip
        passages = [
            self._insert_numbered("passages", article.id, p.start, p.end, p.furniture, article.text[p.start : p.end])
            for p in read.passages
        ]
        for mention in read.mentions:
            self._add_mention(article.id, mention, passages[mention.passage], timexes)

    def _add_mention(self, article: str, mention: Mention, passage: int, timexes: list[int]) -> None:
        resolution = mention.resolution
        entry, rivals = resolution.entry, resolution.runners_up
        number = self._insert_numbered(
            "mentions", article, passage, mention.start, mention.end, mention.text, resolution.toponym.kind,
            mention.status, entry.id if entry else None, resolution.score, resolution.reason, resolution.doubt,
            json.dumps([[other.name, other.kind, other.country, other.lon, other.lat] for other in rivals]),
        )  # fmt: skip
        for link in mention.links:
            timex = None if link.timex is None else timexes[link.timex]
            self._insert("links", number, _iso(link.since), _iso(link.until), link.basis, timex)
        if entry and mention.status in ("placed", "region", "actor"):
            self._places[entry.id] = entry
            if mention.status != "actor":
                self._mentions[entry.id] += 1
                self._articles[entry.id].add(article)
                if resolution.toponym.kind == "name":
                    self._written[entry.id][mention.text] += 1

    def _insert(self, table: str, *values: object) -> None:
        self._db.execute(f"insert into {table} values ({','.join('?' * len(values))})", values)  # noqa: S608 - our own table names

    def _insert_numbered(self, table: str, *values: object) -> int:
        number = self._next[table]
        self._next[table] += 1
        self._insert(table, number, *values)
        return number

    def publish(self, fingerprint: str, meta: dict[str, str]) -> None:
        """Finish the index and put it at its path in one step; readers of the old one are not disturbed."""
        for key, value in {**meta, "version": VERSION, "fingerprint": fingerprint}.items():
            self._insert("meta", key, value)
        self._db.executescript(_INDEXES)
        for table in _ATTRIBUTES:
            self._db.execute(
                "insert into gpkg_contents(table_name, data_type, identifier) values (?, 'attributes', ?)",
                (table, table),
            )
        self._db.commit()
        self._db.close()
        places = _places_frame(
            list(self._places.values()),
            {id: display_name(self._places[id], written) for id, written in self._written.items()},
            self._mentions,
            {id: len(articles) for id, articles in self._articles.items()},
            {id: self._describe(id) for id in self._places},
        )
        places.to_file(self._draft, layer="places", driver="GPKG", mode="a")
        codes = set(places.region) | set(places.country) | set(places.outline)
        regions = read_regions(codes - {""})
        regions = regions[["code", "name", "level", "country", "iso", "type", "geometry"]]
        regions.to_file(self._draft, layer="regions", driver="GPKG", mode="a")
        self._draft.replace(self._path)

    def _describe(self, id: str) -> dict[str, str]:
        row = self._gazetteer.row_of(id)
        if row is None:
            return {"names": "", "source": "", "region_method": ""}
        return {
            "names": "|".join(self._gazetteer.other_names(row)),
            "source": self._gazetteer.source(row),
            "region_method": self._gazetteer.region_method(row),
        }


def _places_frame(
    entries: list[GazetteerEntry],
    names: dict[str, str],
    mentions: dict[str, int],
    articles: dict[str, int],
    described: dict[str, dict[str, str]],
) -> gpd.GeoDataFrame:
    regions = region_names() if entries else pd.DataFrame(columns=["name"])
    rows = []
    for entry in sorted(entries, key=lambda entry: entry.id):
        more = described[entry.id]
        # A country and a province are themselves areas on the map; other places lie in one.
        outline = entry.country if entry.kind == "country" else entry.region if more["region_method"] == "shape" else ""
        rows.append(
            {
                "id": entry.id,
                "name": names.get(entry.id, entry.name),
                "gazetteer_name": entry.name,
                "names": more["names"],
                "kind": entry.kind,
                "lon": float(entry.lon),
                "lat": float(entry.lat),
                "country": entry.country,
                "country_name": _region_name(regions, entry.country),
                "region": entry.region,
                "region_name": _region_name(regions, entry.region),
                "region_method": more["region_method"],
                "outline": outline if outline in regions.index else "",
                "uncertainty_km": float(entry.uncertainty_km),
                "geonameid": entry.geonameid or 0,
                "source": more["source"],
                "mentions": mentions.get(entry.id, 0),
                "articles": articles.get(entry.id, 0),
            }
        )
    columns = [
        "id", "name", "gazetteer_name", "names", "kind", "lon", "lat", "country", "country_name", "region",
        "region_name", "region_method", "outline", "uncertainty_km", "geonameid", "source", "mentions", "articles",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype(
        {
            "lon": float,
            "lat": float,
            "uncertainty_km": float,
            "geonameid": "int64",
            "mentions": "int64",
            "articles": "int64",
        }
    )
    ordered = sorted(entries, key=lambda entry: entry.id)
    points = gpd.points_from_xy([e.lon for e in ordered], [e.lat for e in ordered])
    return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def _region_name(regions: pd.DataFrame, code: str) -> str:
    return str(regions.name[code]) if code in regions.index else ""


def display_name(entry: GazetteerEntry, written: Counter[str]) -> str:
    """Return the name to show: as the sources write it; with the gazetteer's own where they never use that.

    Shushi, when no source writes Shusha, becomes "Shushi / Shusha": neither name is chosen over the other.
    """
    if not written or entry.kind in AREAS - {"region"}:
        return entry.name
    keys = {name_key(name) for name in written}
    own = name_key(entry.name)
    commonest = written.most_common(1)[0][0]
    if own in keys or name_key(commonest) in own:
        return entry.name
    return f"{commonest} / {entry.name}"


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def stored_fingerprint(path: Path) -> str | None:
    """Return what the index at `path` was built from, or None if there is no usable index."""
    try:
        with open_index(path) as index:
            return read_meta(index).get("fingerprint")
    except IndexNotUsableError:
        return None


def read_meta(index: sqlite3.Connection) -> dict[str, str]:
    """Return what the build wrote down about itself."""
    return dict(index.execute("select key, value from meta"))


@contextmanager
def open_index(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index for reading; a rebuild meanwhile does not disturb it."""
    again = "build it again: python -m dashboard build"
    if not path.is_file():
        raise IndexNotUsableError(f"There is no index at {path}; {again}")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            version = connection.execute("select value from meta where key = 'version'").fetchone()
            if version is None or version[0] != VERSION:
                raise IndexNotUsableError(f"{path} is an index of another version of Dateline; {again}")
            yield connection
    except sqlite3.DatabaseError as error:
        raise IndexNotUsableError(f"{path} is not a usable index ({error}); {again}") from error
