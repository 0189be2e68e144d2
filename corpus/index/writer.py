"""Write an index: one GeoPackage with the layers places and regions and the tables behind them, published whole."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from shapely import to_geojson, transform
from shapely.geometry.base import BaseGeometry

from corpus.drafts import draft_of, keep_draft
from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import SEAL, put_seal, stored_meta
from corpus.index.held import Held, is_begun
from corpus.index.place_layer import keep_derived, place_frame, place_layer
from corpus.index.rollups import write_rollups
from corpus.index.schema import ATTRIBUTES, INDEXES, LAYER_INDEXES, MARK, TABLES, VERSION, VIEWS
from corpus.index.words import Words, at, code, day_number
from corpus.ingest.passages import passage_at
from corpus.provenance.machine_rewriting import looks_rewritten
from corpus.provenance.near_duplicates import Copies
from corpus.records import Claim, Link, Mention, Passage, ReadArticle, Statement, Timex
from geodata.errors import GeodataError
from geodata.extents.extents import Extent
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.records import GazetteerEntry
from geodata.regions.shapes import read_regions

# What each table takes of a record, in the order of its columns.
_ARTICLE = attrgetter("id", "file", "title", "outlet", "author", "language", "url", "format", "read_at")
_PUBLISHED = attrgetter("since", "until", "basis", "certainty", "confidence")
_RIVAL = attrgetter("name", "kind", "country", "lon", "lat")
_CLAIM = attrgetter("number", "what", "whom", "wording", "hedge", "caution")
KEEP = 3.0  # seconds of reading that may be lost where a build is ended

_COUNTED = (
    *("files", "article_rows", "passage_rows", "timex_rows", "mention_rows", "statement_rows", "claim_rows"),
    *("extent_rows", "shapes"),
)
_NEXT = "select coalesce(max(rowid), 0) + 1 from {}"


@contextmanager
def write_index(path: Path, gazetteer: Gazetteer, *, readers: str, afresh: bool = False) -> Iterator[IndexWriter]:
    """Offer a writer of an index, which takes the place of `path` when the block ends well.

    It begins with what a build that was ended had written, else with what is there, where that is whole and `readers`,
    the print of all that reads, is the same; or `afresh`. Raises IndexNotUsableError where it cannot be written.
    """
    base = None if afresh or stored_meta(path).get("readers") != readers else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            draft_of(path, usable=lambda draft: not afresh and is_begun(draft, readers)) as draft,
            closing(IndexWriter(draft, gazetteer, base=base, readers=readers)) as writer,
        ):
            yield writer
    except (CorpusError, GeodataError):
        raise
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError, FeatureError) as error:
        way_out = "see that there is room and that you may write there, or name another place with --index"
        raise IndexNotUsableError(f"{path} cannot be written ({error}); {way_out}") from error


class IndexWriter:
    """Writes an index into a new file: files and articles one by one, then what they share.

    With a `base` it begins with all that is in that index; with all that is in the draft, where there is something.
    """

    def __init__(self, draft: Path, gazetteer: Gazetteer, *, readers: str, base: Path | None = None) -> None:
        self._draft, self._readers, self._gazetteer = draft, readers, gazetteer
        self._met: dict[str, GazetteerEntry] = {}  # the places of mentions since what was written was last kept
        resumed = draft.exists()
        if base and not resumed:
            shutil.copyfile(base, draft)
        fresh = not draft.exists()
        if fresh:
            # The empty layer makes the file a GeoPackage; its rows come last, when every mention is counted.
            # In the version of the format before the last: validators of before that call its triggers missing.
            kind = {"driver": "GPKG", "geometry_type": "Point", "VERSION": "1.3"}
            place_frame().to_file(draft, layer="places", DESCRIPTION=MARK, **kind)
        self._db = sqlite3.connect(draft)
        self._db.executescript(
            "pragma journal_mode=truncate; pragma synchronous=off;" + (TABLES + VIEWS if fresh else "")
        )
        self._db.execute("insert or ignore into meta values ('readers', ?)", (readers,))
        self._keep()
        self._next: dict[str, int] = {table: self._db.execute(_NEXT.format(table)).fetchone()[0] for table in _COUNTED}
        self._shapes: dict[str, int] = dict(self._db.execute("select geometry, id from shapes"))
        self._words = Words(self._db)
        self.held = Held(self._db, resumed=resumed)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add_file(self, file: str, print_: str, problems: Sequence[str]) -> None:
        """Note what a file held whose articles are all added, and what had to be said of it."""
        self._insert_numbered("files", file, print_, json.dumps(problems, ensure_ascii=False))
        if time.monotonic() > self._kept + KEEP:
            self._keep()
            keep_draft(self._draft)

    def _keep(self) -> None:
        """See to it that what was written so far outlives this process."""
        keep_derived(self._db, self._gazetteer, self._met)
        self._met.clear()
        self._db.commit()
        self._kept = time.monotonic()

    def add(self, read: ReadArticle, file: str, *, beside: bool = False, corrections: Collection[str] = ()) -> None:
        """Add one article of a file with all that was read out of it.

        `beside` says that only other articles may date it, `corrections` are the ids of those that may concern it.
        """
        article, published = read.article, read.published
        about = (*_ARTICLE(article), file, article.print, *_PUBLISHED(published), int(beside))
        head = name_key(" ".join((article.title, article.outlet, article.author, article.file)))
        fid = self._next["article_rows"]
        ids = " ".join(sorted(corrections))
        self._insert_numbered("article_rows", *about, ids, head, int(looks_rewritten(read.hints)), fid)
        self._insert("texts", fid, article.text)
        word = self._words.number
        for furniture in read.furniture:
            self._insert("boilerplate_rows", None, fid, *at(furniture), word(furniture.reason))
        for flag in read.flags:
            self._insert("flag_rows", None, fid, *at(flag), word(flag.kind), word(flag.note))
        for hint in read.hints:
            self._insert("hint_rows", None, fid, *at(hint), word(hint.reason), hint.weight)
        timexes = [self._add_timex(fid, timex) for timex in read.timexes]
        statements = [self._add_statement(fid, said) for said in read.statements]
        passages = [self._add_passage(fid, article.text, passage) for passage in read.passages]
        mentions = [
            self._add_places(fid, mention, passages[mention.passage], timexes, statements) for mention in read.mentions
        ]
        told = {id(statement): number for statement, number in zip(read.statements, statements, strict=True)}
        for claim in read.claims:
            self._add_claim(fid, claim, passages[passage_at(claim.start, read.passages)], told, mentions)
        for extent in read.extents:
            self._add_extent(fid, extent, passages[passage_at(extent.start, read.passages)], mentions)

    def _add_timex(self, article: int, timex: Timex) -> int:
        days = (day_number(timex.since), day_number(timex.until))
        value, basis = self._words.number(timex.value), self._words.number(timex.basis)
        told = (code("type", timex.type), value, *days, code("granularity", timex.granularity), basis)
        return self._insert_numbered("timex_rows", article, *at(timex), *told)

    def _add_statement(self, article: int, said: Statement) -> int:
        word = self._words.number
        speaker = (said.speaker_start, said.speaker_end - said.speaker_start)
        cue = (word(said.cue), said.cue_start, said.cue_end - said.cue_start)
        who = (word(said.speaker), word(said.name), word(said.side), *speaker)
        return self._insert_numbered("statement_rows", article, *at(said), *who, code("mode", said.mode), *cue)

    def _add_passage(self, article: int, text: str, passage: Passage) -> int:
        sentences = " ".join(str(offset) for sentence in passage.sentences for offset in sentence)
        told = (*at(passage), self._words.number(passage.furniture), sentences)
        number = self._insert_numbered("passage_rows", article, *told)
        shown = text[passage.start : passage.end]
        self._db.execute("insert into passages_fts(rowid, text) values (?, ?)", (number, shown))
        return number

    def _add_extent(self, article: int, extent: Extent, passage: int, mentions: Sequence[int]) -> None:
        shape = self._shape(extent.geometry)
        told = map(self._words.number, (extent.kind, extent.words, extent.status, extent.source))
        number = self._insert_numbered("extent_rows", article, passage, *at(extent), *told, shape)
        for mention in dict.fromkeys(extent.mentions):
            self._insert("extent_mention_rows", number, mentions[mention])

    def _shape(self, geometry: BaseGeometry) -> int:
        """Store a shape once, however many texts speak of it: a border is long."""
        written = to_geojson(transform(geometry, lambda degrees: degrees.round(4)))
        if written not in self._shapes:
            self._shapes[written] = self._insert_numbered("shapes", written)
        return self._shapes[written]

    def _add_claim(
        self, article: int, claim: Claim, passage: int, told: Mapping[int, int], mentions: Sequence[int]
    ) -> None:
        number, what, whom, wording, hedge, caution = map(self._words.number, _CLAIM(claim))
        counted = (claim.low, claim.high, number, what, whom, wording, hedge, caution)
        start, end = claim.sentence
        by, where = told.get(id(claim.statement)), None if claim.mention is None else mentions[claim.mention]
        said = (*at(claim), *counted, by, start, end - start)
        self._insert_numbered(
            "claim_rows", article, passage, *said, *self._dated(claim.link or Link(None, None, "undated", "")), where
        )

    def _dated(self, link: Link) -> tuple[object, ...]:
        days = (day_number(link.since), day_number(link.until))
        return (*days, code("certainty", link.certainty), self._words.number(link.basis))

    def _add_places(
        self, article: int, mention: Mention, passage: int, timexes: Sequence[int], statements: Sequence[int]
    ) -> int:
        """Store a mention, once for each of its places where it has several; return the first one's number."""
        meant = mention.resolution
        each = [replace(mention, resolution=replace(meant, entry=entry)) for entry in (meant.entry, *meant.also)]
        first, *_ = [self._add_mention(article, one, passage, timexes, statements) for one in each]
        return first

    def _add_mention(
        self, article: int, mention: Mention, passage: int, timexes: Sequence[int], statements: Sequence[int]
    ) -> int:
        word, resolution, reading, sure = self._words.number, mention.resolution, mention.reading, mention.confidence
        place = resolution.entry.id if resolution.entry else None
        if resolution.entry:
            self._met[resolution.entry.id] = resolution.entry
        rivals = json.dumps([_RIVAL(rival) for rival in resolution.runners_up])
        what = (code("kind", resolution.toponym.kind), code("status", mention.status), place)
        chance = round(1000 * round(sure.total, 3)) if sure else None
        why = (chance, word(resolution.reason), code("doubt", sure.doubt if sure else ""), word(rivals))
        read, because = (reading.reading, reading.reason) if reading else ("", "")
        used = (code("reading", read), word(because), code("role", mention.role))
        by = None if mention.statement is None else statements[mention.statement]
        told = (*what, *why, code("certainty", mention.certainty), *used, by, article)
        number = self._insert_numbered("mention_rows", article, passage, *at(mention), word(mention.text), *told)
        for rank, link in enumerate(mention.links):
            timex, said_timex = (None if i is None else timexes[i] for i in (link.timex, link.said_timex))
            said = (day_number(link.said_since), day_number(link.said_until), said_timex)
            self._insert("link_rows", number, rank, *self._dated(link), timex, *said)
        return number

    def _insert(self, table: str, *values: object) -> None:
        written = [str(value) if isinstance(value, date) else value for value in values]
        self._db.execute(f"insert into {table} values ({','.join('?' * len(values))})", written)  # noqa: S608 - our own

    def _insert_numbered(self, table: str, *values: object) -> int:
        number = self._next[table]
        self._next[table] += 1
        self._insert(table, number, *values)
        return number

    def fold(self, articles: Sequence[tuple[str, Sequence[Passage]]], copies: Copies) -> None:
        """Note which articles copy each other and which sentences they share; an article is its id and passages."""
        fids: dict[str, int] = dict(self._db.execute("select id, fid from article_rows"))
        self._db.execute("update article_rows set copy_of = fid where copy_of != fid")
        self._db.execute("update mention_rows set source = article where source != article")
        self._db.execute("delete from shared_rows")
        for number, (id, passages) in enumerate(articles):
            article, original = fids[id], fids[articles[copies.group[number]][0]]
            if original != article:
                self._db.execute("update article_rows set copy_of = ? where fid = ?", (original, article))
                self._db.execute("update mention_rows set source = ? where article = ?", (original, article))
            for start, end in (span for passage in passages for span in passage.sentences):
                if (number, start) in copies.statement:
                    statement = copies.statement[number, start]
                    self._db.execute(
                        """insert into shared_rows select ?, id, article, ?, ? from passage_rows
                        where article = ? and start <= ? and "end" >= ?""",
                        (statement, start, end - start, article, start, end),
                    )
                    self._db.execute(
                        "update mention_rows set source = ? where article = ? and start >= ? and start < ?",
                        (~statement, article, start, end),
                    )

    def finish(self, fingerprint: str, meta: dict[str, str]) -> None:
        """Write what is known at the end: the places with their counts, the regions, what was built from what."""
        placeholder = secrets.token_hex(32)  # as long as the seal that takes its place
        self._db.execute("delete from meta")
        about = {"version": VERSION, "readers": self._readers, "fingerprint": fingerprint, SEAL: placeholder}
        for key, value in {**meta, **about}.items():
            self._insert("meta", key, value)
        self._keep()
        self.held.drop_unused()
        self._db.executescript(INDEXES)
        for table in ATTRIBUTES:
            self._db.execute(
                "insert or ignore into gpkg_contents(table_name, data_type, identifier) values (?, 'attributes', ?)",
                (table, table),
            )
        places = place_layer(self._db, self._gazetteer)
        self._db.execute("delete from places")
        if self._db.execute("select 1 from gpkg_contents where table_name = 'regions'").fetchone():
            self._db.execute("delete from regions")
        self._db.commit()
        self._db.close()
        places.to_file(self._draft, layer="places", driver="GPKG", mode="a")
        codes = set(places.region) | set(places.country) | set(places.outline)
        regions = read_regions(codes - {""})
        regions = regions[["code", "name", "level", "country", "iso", "type", "geometry"]]
        regions.to_file(self._draft, layer="regions", driver="GPKG", mode="a")
        with closing(sqlite3.connect(self._draft)) as finished:
            finished.executescript(LAYER_INDEXES)
            write_rollups(finished)
            finished.commit()
        put_seal(self._draft, placeholder)
