"""Write an index: one GeoPackage with the layers places and regions and the tables behind them, published whole."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from operator import attrgetter
from pathlib import Path

from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from shapely import to_geojson, transform
from shapely.geometry.base import BaseGeometry

from corpus.drafts import draft_of
from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import SEAL, put_seal
from corpus.index.place_layer import PlaceLayer, place_frame
from corpus.index.schema import ATTRIBUTES, INDEXES, LAYER_INDEXES, MARK, TABLES, VERSION
from corpus.ingest.passages import passage_at
from corpus.provenance.machine_rewriting import looks_rewritten
from corpus.provenance.near_duplicates import Copies
from corpus.records import Article, Claim, Mention, Passage, ReadArticle
from geodata.errors import GeodataError
from geodata.extents.extents import Extent
from geodata.gazetteer import Gazetteer
from geodata.regions.shapes import read_regions

# What each table takes of a record, in the order of its columns.
_ARTICLE = attrgetter("id", "file", "title", "outlet", "author", "language", "url", "format", "read_at", "text")
_PUBLISHED = attrgetter("since", "until", "basis", "certainty", "confidence")
_FURNITURE = attrgetter("start", "end", "reason")
_FLAG = attrgetter("start", "end", "kind", "note")
_HINT = attrgetter("start", "end", "text", "reason", "weight")
_TIMEX = attrgetter("start", "end", "text", "type", "value", "since", "until", "granularity", "basis")
_SPEAKER = ("speaker", "name", "side", "speaker_start", "speaker_end")
_STATEMENT = attrgetter("start", "end", *_SPEAKER, "mode", "cue", "cue_start", "cue_end")
_CLAIM = attrgetter("low", "high", "number", "what", "whom", "wording", "hedge", "caution")
_DATED = attrgetter("since", "until", "certainty", "basis")
_RIVAL = attrgetter("name", "kind", "country", "lon", "lat")
_EXTENT = attrgetter("kind", "words", "status", "source")


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
        self._places = PlaceLayer(gazetteer)
        self._shapes: dict[str, int] = {}
        self._next = dict.fromkeys(("passages", "timexes", "mentions", "statements", "claims", "extents", "shapes"), 1)

        # The empty layer makes the file a GeoPackage; its rows come last, when every mention is counted.
        place_frame().to_file(self._draft, layer="places", driver="GPKG", geometry_type="Point", DESCRIPTION=MARK)
        self._db = sqlite3.connect(self._draft)
        self._db.executescript("pragma journal_mode=off; pragma synchronous=off;" + TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, read: ReadArticle) -> None:
        """Add one article with all that was read out of it."""
        article, published = read.article, read.published
        about = (*_ARTICLE(article), article.print, *_PUBLISHED(published))
        self._insert("articles", *about, int(looks_rewritten(read.hints)), article.id)
        for stretch in read.furniture:
            self._insert("boilerplate", article.id, *_FURNITURE(stretch))
        for flag in read.flags:
            self._insert("flags", article.id, *_FLAG(flag))
        for hint in read.hints:
            self._insert("hints", article.id, *_HINT(hint))
        timexes = [self._insert_numbered("timexes", article.id, *_TIMEX(timex)) for timex in read.timexes]
        statements = [self._insert_numbered("statements", article.id, *_STATEMENT(said)) for said in read.statements]
        passages = [
            self._insert_numbered("passages", article.id, p.start, p.end, p.furniture, article.text[p.start : p.end])
            for p in read.passages
        ]
        mentions = [
            self._add_mention(article.id, mention, passages[mention.passage], timexes, statements)
            for mention in read.mentions
        ]
        told = {id(statement): number for statement, number in zip(read.statements, statements, strict=True)}
        for claim in read.claims:
            self._add_claim(article, claim, passages[passage_at(claim.start, read.passages)], told, mentions)
        for extent in read.extents:
            self._add_extent(article, extent, passages[passage_at(extent.start, read.passages)], mentions)

    def _add_extent(self, article: Article, extent: Extent, passage: int, mentions: Sequence[int]) -> None:
        span, text = (extent.start, extent.end), article.text[extent.start : extent.end]
        shape = self._shape(extent.geometry)
        number = self._insert_numbered("extents", article.id, passage, *span, text, *_EXTENT(extent), shape)
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
        span, text = (claim.start, claim.end), article.text[claim.start : claim.end]
        by, where = told.get(id(claim.statement)), None if claim.mention is None else mentions[claim.mention]
        said = (*span, text, *_CLAIM(claim), by, *claim.sentence)
        self._insert_numbered("claims", article.id, passage, *said, *_DATED(claim.link), where)

    def _add_mention(
        self, article: str, mention: Mention, passage: int, timexes: Sequence[int], statements: Sequence[int]
    ) -> int:
        resolution, reading = mention.resolution, mention.reading
        place = resolution.entry.id if resolution.entry else None
        rivals = json.dumps([_RIVAL(rival) for rival in resolution.runners_up])
        sure = mention.confidence
        why = (round(sure.total, 3) if sure else None, resolution.reason, sure.doubt if sure else "")
        meant = (resolution.toponym.kind, mention.status, place, *why, rivals)
        used = (mention.certainty, *((reading.reading, reading.reason) if reading else ("", "")), mention.role)
        by = None if mention.statement is None else statements[mention.statement]
        span = (mention.start, mention.end, mention.text)
        number = self._insert_numbered("mentions", article, passage, *span, *meant, *used, by, article)
        for rank, link in enumerate(mention.links):
            timex, said_timex = (None if i is None else timexes[i] for i in (link.timex, link.said_timex))
            self._insert("links", number, rank, *_DATED(link), timex, link.said_since, link.said_until, said_timex)
        self._places.count(mention, article)
        return number

    def _insert(self, table: str, *values: object) -> None:
        written = [str(value) if isinstance(value, date) else value for value in values]
        self._db.execute(f"insert into {table} values ({','.join('?' * len(values))})", written)  # noqa: S608 - our own table names

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
        places = self._places.frame()
        places.to_file(self._draft, layer="places", driver="GPKG", mode="a")
        codes = set(places.region) | set(places.country) | set(places.outline)
        regions = read_regions(codes - {""})
        regions = regions[["code", "name", "level", "country", "iso", "type", "geometry"]]
        regions.to_file(self._draft, layer="regions", driver="GPKG", mode="a")
        with closing(sqlite3.connect(self._draft)) as finished:
            finished.executescript(LAYER_INDEXES)
        put_seal(self._draft, placeholder)
