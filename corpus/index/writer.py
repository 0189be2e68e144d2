"""Write an index: one GeoPackage with the layers places and regions and the tables behind them, published whole."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from shapely import to_geojson, transform
from shapely.geometry.base import BaseGeometry

from corpus.drafts import draft_of
from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import SEAL, put_seal
from corpus.index.schema import ATTRIBUTES, INDEXES, LAYER_INDEXES, MARK, TABLES, VERSION
from corpus.ingest.passages import passage_at
from corpus.provenance.machine_rewriting import looks_rewritten
from corpus.provenance.near_duplicates import Copies
from corpus.records import HERE, Article, Claim, Mention, Passage, ReadArticle
from geodata.errors import GeodataError
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.records import AREAS, GazetteerEntry
from geodata.regions.shapes import read_regions, region_names


@contextmanager
def write_index(path: Path, gazetteer: Gazetteer) -> Iterator[IndexWriter]:
    """Offer a writer of a new index, which takes the place of `path` when the block ends well.

    Raises IndexNotUsableError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft_of(path) as draft, closing(IndexWriter(draft, gazetteer)) as writer:
            yield writer
    except (CorpusError, GeodataError):
        raise
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError, FeatureError) as error:
        way_out = "see that there is room and that you may write there, or name another place with --index"
        raise IndexNotUsableError(f"{path} cannot be written ({error}); {way_out}") from error


class IndexWriter:
    """Writes an index into a new file: articles one by one, then what they share."""

    def __init__(self, draft: Path, gazetteer: Gazetteer) -> None:
        self._draft = draft
        self._gazetteer = gazetteer
        self._places: dict[str, GazetteerEntry] = {}
        self._written: dict[str, Counter[str]] = defaultdict(Counter)
        self._mentions: Counter[str] = Counter()
        self._happened: Counter[str] = Counter()  # of them, those that tell where something happened
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._shapes: dict[str, int] = {}
        self._next = dict.fromkeys(("passages", "timexes", "mentions", "statements", "claims", "extents", "shapes"), 1)

        # The empty layer makes the file a GeoPackage; its rows come last, when every mention is counted.
        _places_frame([], {}, {}, {}, {}, {}).to_file(
            self._draft, layer="places", driver="GPKG", geometry_type="Point", DESCRIPTION=MARK
        )
        self._db = sqlite3.connect(self._draft)
        self._db.executescript("pragma journal_mode=off; pragma synchronous=off;" + TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, read: ReadArticle) -> None:
        """Add one article with all that was read out of it."""
        article, published = read.article, read.published
        self._insert(
            "articles", article.id, article.file, article.title, article.outlet, article.author, article.language,
            article.url, article.text, _iso(published.since), _iso(published.until), published.basis,
            published.certainty, published.confidence, int(looks_rewritten(read.hints)), article.id,
        )  # fmt: skip
        for stretch in read.furniture:
            self._insert("boilerplate", article.id, stretch.start, stretch.end, stretch.reason)
        for flag in read.flags:
            self._insert("flags", article.id, flag.start, flag.end, flag.kind, flag.note)
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
        for hint in read.hints:
            self._insert("hints", article.id, hint.start, hint.end, hint.text, hint.reason, hint.weight)
        statements = [
            self._insert_numbered(
                "statements", article.id, s.start, s.end, s.speaker, s.name, s.side, s.speaker_start, s.speaker_end,
                s.mode, s.cue, s.cue_start, s.cue_end,
            )
            for s in read.statements
        ]  # fmt: skip
        mentions = [
            self._add_mention(article.id, mention, passages[mention.passage], timexes, statements)
            for mention in read.mentions
        ]
        told = {id(statement): number for statement, number in zip(read.statements, statements, strict=True)}
        for claim in read.claims:
            self._add_claim(article, claim, passages[passage_at(claim.start, read.passages)], told, mentions)
        for extent in read.extents:
            number = self._insert_numbered(
                "extents", article.id, passages[passage_at(extent.start, read.passages)], extent.start, extent.end,
                article.text[extent.start : extent.end], extent.kind, extent.words, extent.status, extent.source,
                self._shape(extent.geometry),
            )  # fmt: skip
            for mention in extent.mentions:
                self._insert("extent_mentions", number, mentions[mention])

    def _shape(self, geometry: BaseGeometry) -> int:
        """Store a shape once, however many texts speak of it: a border is long."""
        written = to_geojson(transform(geometry, lambda degrees: degrees.round(4)))
        if written not in self._shapes:
            self._shapes[written] = self._insert_numbered("shapes", written)
        return self._shapes[written]

    def _add_claim(
        self, article: Article, claim: Claim, passage: int, told: Mapping[int, int], mentions: Sequence[int]
    ) -> None:
        link, by = claim.link, told.get(id(claim.statement))
        assert link is not None
        self._insert_numbered(
            "claims", article.id, passage, claim.start, claim.end, article.text[claim.start : claim.end], claim.low,
            claim.high, claim.what, claim.whom, claim.wording, claim.hedge, claim.caution, by,
            *claim.sentence, _iso(link.since), _iso(link.until), link.certainty, link.basis,
            None if claim.mention is None else mentions[claim.mention],
        )  # fmt: skip

    def _add_mention(
        self, article: str, mention: Mention, passage: int, timexes: Sequence[int], statements: Sequence[int]
    ) -> int:
        resolution, reading = mention.resolution, mention.reading
        entry, rivals = resolution.entry, resolution.runners_up
        number = self._insert_numbered(
            "mentions", article, passage, mention.start, mention.end, mention.text, resolution.toponym.kind,
            mention.status, entry.id if entry else None, resolution.score, resolution.reason, resolution.doubt,
            json.dumps([[other.name, other.kind, other.country, other.lon, other.lat] for other in rivals]),
            mention.certainty, reading.reading if reading else "", reading.reason if reading else "", mention.role,
            None if mention.statement is None else statements[mention.statement], article,
        )  # fmt: skip
        for rank, link in enumerate(mention.links):
            timex, said_timex = (None if i is None else timexes[i] for i in (link.timex, link.said_timex))
            self._insert(
                "links", number, rank, _iso(link.since), _iso(link.until), link.certainty, link.basis, timex,
                _iso(link.said_since), _iso(link.said_until), said_timex,
            )  # fmt: skip
        if entry and mention.status in ("placed", "region", "actor"):
            self._places[entry.id] = entry
            self._mentions[entry.id] += 1
            self._happened[entry.id] += mention.role in HERE
            self._articles[entry.id].add(article)
            if resolution.toponym.kind == "name":
                self._written[entry.id][mention.text] += 1
        return number

    def _insert(self, table: str, *values: object) -> None:
        self._db.execute(f"insert into {table} values ({','.join('?' * len(values))})", values)  # noqa: S608 - our own table names

    def _insert_numbered(self, table: str, *values: object) -> int:
        number = self._next[table]
        self._next[table] += 1
        self._insert(table, number, *values)
        return number

    def fold(self, articles: Sequence[tuple[str, Sequence[Passage]]], copies: Copies) -> None:
        """Note which articles copy each other and which sentences they share; an article is its id and passages."""
        for number, (article, passages) in enumerate(articles):
            original = articles[copies.group[number]][0]
            if original != article:
                self._db.execute("update articles set copy_of = ? where id = ?", (original, article))
                self._db.execute("update mentions set source = ? where article = ?", (original, article))
            for start, end in (span for passage in passages for span in passage.sentences):
                if (number, start) in copies.statement:
                    self._db.execute(
                        "update mentions set source = ? where article = ? and start >= ? and start < ?",
                        (f"statement {copies.statement[number, start]}", article, start, end),
                    )

    def finish(self, fingerprint: str, meta: dict[str, str]) -> None:
        """Write what is known at the end: the places with their counts, the regions, what was built from what."""
        placeholder = secrets.token_hex(32)  # as long as the seal that takes its place
        for key, value in {**meta, "version": VERSION, "fingerprint": fingerprint, SEAL: placeholder}.items():
            self._insert("meta", key, value)
        self._db.executescript(INDEXES)
        for table in ATTRIBUTES:
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
            self._happened,
            {id: len(articles) for id, articles in self._articles.items()},
            {id: self._describe(id) for id in self._places},
        )
        places.to_file(self._draft, layer="places", driver="GPKG", mode="a")
        codes = set(places.region) | set(places.country) | set(places.outline)
        regions = read_regions(codes - {""})
        regions = regions[["code", "name", "level", "country", "iso", "type", "geometry"]]
        regions.to_file(self._draft, layer="regions", driver="GPKG", mode="a")
        with closing(sqlite3.connect(self._draft)) as finished:
            finished.executescript(LAYER_INDEXES)
        put_seal(self._draft, placeholder)

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
    mentions: Mapping[str, int],
    happened: Mapping[str, int],
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
                "years": entry.years,
                "mentions": mentions.get(entry.id, 0),
                "happened": happened.get(entry.id, 0),
                "articles": articles.get(entry.id, 0),
            }
        )
    columns = [
        "id", "name", "gazetteer_name", "names", "kind", "lon", "lat", "country", "country_name", "region",
        "region_name", "region_method", "outline", "uncertainty_km", "geonameid", "source", "years",
        "mentions", "happened", "articles",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype(
        {
            "lon": float,
            "lat": float,
            "uncertainty_km": float,
            "geonameid": "int64",
            "mentions": "int64",
            "happened": "int64",
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
