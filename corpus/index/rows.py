"""Write what was read out of an article into the tables of an index, as numbers of what stands there once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from operator import attrgetter

from shapely import to_geojson, transform
from shapely.geometry.base import BaseGeometry

from corpus.index.words import MOST, Words, at, codes, day_number
from corpus.ingest.passages import passage_at
from corpus.provenance.machine_rewriting import looks_rewritten
from corpus.provenance.sketches import sketch
from corpus.records import Claim, Link, Mention, Passage, ReadArticle, Statement, Timex
from geodata.extents.extents import Extent
from geodata.folding import name_key
from geodata.records import GazetteerEntry, Resolution

# What each table takes of a record, in the order of its columns.
_ARTICLE = attrgetter("id", "file", "title", "outlet", "author")
_RIVAL = attrgetter("name", "kind", "country", "lon", "lat")
_SKETCH = attrgetter("shingles", "sample", "words")
_CLAIM = attrgetter("number", "what", "whom", "wording", "hedge", "caution")
_COUNTED = (
    *("files", "article_rows", "passage_rows", "timex_rows", "mention_rows", "statement_rows", "claim_rows"),
    *("extent_rows", "shapes", "name_rows"),
)
_NEXT = "select coalesce(max(rowid), 0) + 1 from {}"


class Rows:
    """The rows of an open index, to which more are added."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._db = index
        self._next: dict[str, int] = {table: index.execute(_NEXT.format(table)).fetchone()[0] for table in _COUNTED}
        shapes = index.execute("select geometry, id from shapes")
        self._shapes: dict[bytes, int] = {_mark(geometry): id for geometry, id in shapes}  # borders are long
        self._words = Words(index)
        self._next["date_rows"] = index.execute("select coalesce(max(dating), 0) + 1 from date_rows").fetchone()[0]
        self._names: dict[tuple[int | str | None, ...], int] = {}
        self._datings: dict[tuple[tuple[int | None, ...], ...], int] = {}  # of the article that is added
        self.met: dict[str, GazetteerEntry] = {}  # the places of mentions that were added

    def add(self, read: ReadArticle, file: str, *, beside: bool, corrections: Collection[str]) -> None:
        """Add one article of a file with all that was read out of it.

        `beside` says that only other articles may date it, `corrections` are the ids of those that may concern it.
        """
        article, published = read.article, read.published
        word = self._words.number
        origin = (article.url, word(article.format), word(article.read_at), file, article.print)
        dated = (published.since, published.until, word(published.basis), published.certainty, published.confidence)
        about = (*_ARTICLE(article), word(article.language), *origin, *dated, int(beside))
        head = name_key(" ".join((article.title, article.outlet, article.author, article.file)))
        fid = self._next["article_rows"]
        pieces = pieces_of(article.text, read.passages)
        ids = " ".join(sorted(corrections))
        self.insert_numbered("article_rows", *about, ids, head, int(looks_rewritten(read.hints)), fid, pieces[0])
        self.insert("sketches", None, fid, *_SKETCH(sketch(article.text, read.passages)), 0)
        for furniture in read.furniture:
            self.insert("boilerplate_rows", None, fid, *at(furniture), word(furniture.reason))
        for flag in read.flags:
            self.insert("flag_rows", None, fid, *at(flag), word(flag.kind), word(flag.note))
        for hint in read.hints:
            self.insert("hint_rows", None, fid, *at(hint), word(hint.reason), hint.weight)
        timexes = [self._add_timex(fid, timex) for timex in read.timexes]
        statements = [self._add_statement(fid, said) for said in read.statements]
        self._datings.clear()
        passages = [self._add_passage(fid, *each) for each in zip(read.passages, pieces[1:], strict=True)]
        mentions = [self._add_places(fid, read, one, passages, statements, timexes) for one in read.mentions]
        told = {id(statement): number for statement, number in zip(read.statements, statements, strict=True)}
        for claim in read.claims:
            self._add_claim(fid, claim, passages[passage_at(claim.start, read.passages)], told, mentions)
        for extent in read.extents:
            self._add_extent(fid, extent, passages[passage_at(extent.start, read.passages)], mentions)

    def _add_timex(self, article: int, timex: Timex) -> int:
        few = codes("timex_rows", timex.type, timex.granularity)
        days = (day_number(timex.since), day_number(timex.until))
        told = (few, self._words.number(timex.value), *days, self._words.number(timex.basis))
        return self.insert_numbered("timex_rows", article, *at(timex), *told)

    def _add_statement(self, article: int, said: Statement) -> int:
        word = self._words.number
        speaker = (said.speaker_start, said.speaker_end - said.speaker_start)
        cue = (word(said.cue), said.cue_start, said.cue_end - said.cue_start)
        who = (word(said.speaker), word(said.name), word(said.side), *speaker)
        few = codes("statement_rows", said.mode)
        return self.insert_numbered("statement_rows", article, *at(said), *who, few, *cue)

    def _add_passage(self, article: int, passage: Passage, piece: str) -> int:
        sentences = " ".join(str(offset) for sentence in passage.sentences for offset in sentence)
        told = (*at(passage), self._words.number(passage.furniture), sentences, piece)
        number = self.insert_numbered("passage_rows", article, *told)
        shown = piece[: passage.end - passage.start]
        self._db.execute("insert into passages_fts(rowid, text) values (?, ?)", (number, shown))
        return number

    def _add_extent(self, article: int, extent: Extent, passage: int, mentions: Sequence[int]) -> None:
        shape = self._shape(extent.geometry)
        told = map(self._words.number, (extent.kind, extent.words, extent.status, extent.source))
        number = self.insert_numbered("extent_rows", article, passage, *at(extent), *told, shape)
        for mention in dict.fromkeys(extent.mentions):
            self.insert("extent_mention_rows", number, mentions[mention])

    def _shape(self, geometry: BaseGeometry) -> int:
        """Store a shape once, however many texts speak of it: a border is long."""
        written = to_geojson(transform(geometry, lambda degrees: degrees.round(4)))
        mark = _mark(written)
        if mark not in self._shapes:
            self._shapes[mark] = self.insert_numbered("shapes", written)
        return self._shapes[mark]

    def _add_claim(
        self, article: int, claim: Claim, passage: int, told: Mapping[int, int], mentions: Sequence[int]
    ) -> None:
        number, what, whom, wording, hedge, caution = map(self._words.number, _CLAIM(claim))
        counted = (claim.low, claim.high, number, what, whom, wording, hedge, caution)
        start, end = claim.sentence
        by, where = told.get(id(claim.statement)), None if claim.mention is None else mentions[claim.mention]
        said = (*at(claim), *counted, by, start, end - start)
        dated = self._dated(claim.link or Link(None, None, "undated", ""))
        self.insert_numbered("claim_rows", article, passage, *said, *dated, where)

    def _dated(self, link: Link) -> tuple[int | None, ...]:
        days = (day_number(link.since), day_number(link.until))
        return (codes("date_rows", link.certainty), *days, self._words.number(link.basis))

    def _add_places(
        self,
        article: int,
        read: ReadArticle,
        mention: Mention,
        passages: Sequence[int],
        statements: Sequence[int],
        timexes: Sequence[int],
    ) -> int:
        """Store a mention, once for each of its places where it has several; return the first one's number."""
        meant, reading = mention.resolution, mention.reading
        each = [replace(mention, resolution=replace(meant, entry=entry)) for entry in (meant.entry, *meant.also)]
        passage = read.passages[mention.passage]
        because = self._words.quoting(reading.reason if reading else "", read.article.text, mention, passage)
        by = None if mention.statement is None else statements[mention.statement]
        stands = (article, passages[mention.passage], *at(mention))
        first, *_ = [self._add_mention(one, stands, (*because, by), timexes) for one in each]
        return first

    def _add_mention(
        self, mention: Mention, stands: Sequence[int], because: Sequence[int | None], timexes: Sequence[int]
    ) -> int:
        resolution, reading, sure = mention.resolution, mention.reading, mention.confidence
        few = (
            *(resolution.toponym.kind, mention.status, sure.doubt if sure else "", mention.certainty),
            *(reading.reading if reading else "", mention.role),
        )
        chance = round(1000 * round(sure.total, 3)) if sure else None
        told = (self._named(mention.text, resolution), codes("mention_rows", *few), chance, *because)
        return self.insert_numbered("mention_rows", *stands, *told, self._dating(mention.links, timexes), None)

    def _named(self, text: str, resolution: Resolution) -> int:
        """Store a name with what it means and why; but for what is long ago, once for all that say the same."""
        word, place = self._words.number, resolution.entry.id if resolution.entry else None
        if resolution.entry:
            self.met[resolution.entry.id] = resolution.entry
        rivals = word(json.dumps([_RIVAL(rival) for rival in resolution.runners_up]))
        name = (word(text), place, word(resolution.reason), rivals)
        if name not in self._names:
            if len(self._names) >= MOST:
                self._names.clear()
            self._names[name] = self.insert_numbered("name_rows", *name)
        return self._names[name]

    def _dating(self, links: Sequence[Link], timexes: Sequence[int]) -> int | None:
        """Store the dates of a mention, once for all mentions of an article that have the same."""
        rows = tuple(self._date(link, timexes) for link in links)
        if rows and rows not in self._datings:
            self._datings[rows] = self._next["date_rows"]
            self._next["date_rows"] += 1
            for rank, row in enumerate(rows):
                self.insert("date_rows", self._datings[rows], rank, *row)
        return self._datings.get(rows)

    def _date(self, link: Link, timexes: Sequence[int]) -> tuple[int | None, ...]:
        timex, said_timex = (None if i is None else timexes[i] for i in (link.timex, link.said_timex))
        said = (day_number(link.said_since), day_number(link.said_until), said_timex)
        return (*self._dated(link), timex, *said)

    def insert(self, table: str, *values: object) -> None:
        """Add a row."""
        written = [str(value) if isinstance(value, date) else value for value in values]
        self._db.execute(f"insert into {table} values ({','.join('?' * len(values))})", written)  # noqa: S608 - our own

    def insert_numbered(self, table: str, *values: object) -> int:
        """Add a row under the next number; return that."""
        number = self._next[table]
        self._next[table] += 1
        self.insert(table, number, *values)
        return number


def pieces_of(text: str, passages: Sequence[Passage]) -> list[str]:
    """Return what stands before the first passage, then each with what stands behind it: together they are the text."""
    ends = [*(passage.start for passage in passages), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _mark(geometry: str) -> bytes:
    return blake2b(geometry.encode(), digest_size=16).digest()
