"""What is read out of an article becomes rows of the datasets."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Any

import pyarrow as pa
from shapely import to_wkb

from corpus.ingest.passages import passage_at
from corpus.records import Article, Claim, Link, Mention, ReadArticle
from corpus.shards.tables import SCHEMAS, Tables
from geodata.records import GazetteerEntry

_SPAN = attrgetter("start", "end")
_FURNITURE = attrgetter("start", "end", "reason")
_ABOUT = attrgetter("file", "title", "outlet", "author", "language", "url", "date", "date_from", "format", "print")
_PUBLISHED = attrgetter("since", "until", "basis", "certainty", "confidence")
_LINK = attrgetter("since", "until", "certainty", "basis", "timex", "said_since", "said_until", "said_timex")
_PLACE = attrgetter(
    *("id", "name", "kind", "country", "admin1", "lon", "lat", "population", "region", "uncertainty_km", "years")
)
_TIMEX = attrgetter("start", "end", "text", "type", "value", "since", "until", "granularity", "basis")
_SPEAKER = ("speaker", "name", "side", "speaker_start", "speaker_end")
_STATEMENT = attrgetter("start", "end", *_SPEAKER, "mode", "cue", "cue_start", "cue_end")
_NUMBER = attrgetter("low", "high", "number", "what", "whom", "wording", "hedge", "caution")
_EXTENT = attrgetter("kind", "words", "status", "source", "mentions")
_FLAG = attrgetter("start", "end", "kind", "note")
_HINT = attrgetter("start", "end", "text", "reason", "weight")
_NO_PLACE = (None,) * 11
_NO_LINK = (None,) * 8
ENOUGH = 200  # articles whose rows are held as Python has them: a table is a tenth of their size


class Rows:
    """Rows of articles and files, which become tables in between."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in SCHEMAS}
        self._tables: list[Tables] = []

    def tables(self) -> list[Tables]:
        """Return all that was added."""
        self._keep()
        return self._tables

    def add_file(self, file: str, print_: str, problems: Sequence[str], *, beside: bool = False) -> None:
        """Add what a file held and what had to be said of it; `beside` of its articles that only others may date."""
        self._rows["files"].append((file, print_, list(problems), beside))

    def wait(self, article: Article, file: str, number: int, corrections: Collection[str]) -> None:
        """Add an article of a file that only others may date."""
        self._rows["waiting"].append((*_article(article, file, number, corrections), article.text))

    def add(
        self, read: ReadArticle, file: str, number: int, *, beside: bool = False, corrections: Collection[str] = ()
    ) -> None:
        """Add an article, the one of this number in its file, with all that was read out of it."""
        article, rows, id = read.article, self._rows, read.article.id
        about = (*_article(article, file, number, corrections), *_PUBLISHED(read.published), beside, article.text)
        rows["articles"].append(about)
        for name, of_row, records in (
            ("boilerplate", _FURNITURE, read.furniture),
            ("timexes", _TIMEX, read.timexes),
            ("statements", _STATEMENT, read.statements),
            ("flags", _FLAG, read.flags),
            ("hints", _HINT, read.hints),
        ):
            rows[name] += [(id, at, *of_row(record)) for at, record in enumerate(records)]
        for at, passage in enumerate(read.passages):
            offsets = [offset for sentence in passage.sentences for offset in sentence]
            rows["passages"].append((id, at, *_SPAN(passage), passage.furniture, offsets))
        for at, mention in enumerate(read.mentions):
            rows["mentions"].append((id, at, *_mention(mention)))
            rows["links"] += [(id, at, rank, *_LINK(link)) for rank, link in enumerate(mention.links)]
        said = {_key(statement): at for at, statement in enumerate(read.statements)}
        for at, claim in enumerate(read.claims):
            rows["claims"].append((id, at, passage_at(claim.start, read.passages), *_claim(claim, article, said)))
        for at, extent in enumerate(read.extents):
            where = (passage_at(extent.start, read.passages), *_SPAN(extent), article.text[extent.start : extent.end])
            rows["extents"].append((id, at, *where, *_EXTENT(extent), to_wkb(extent.geometry)))
        if len(rows["articles"]) >= ENOUGH:
            self._keep()

    def _keep(self) -> None:
        """Make tables of the rows so far."""
        made = {}
        for name, schema in SCHEMAS.items():
            columns = list(zip(*self._rows[name], strict=True)) or [()] * len(schema)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            made[name] = pa.Table.from_arrays(arrays, schema=schema)
            self._rows[name].clear()
        self._tables.append(made)


def _key(record: object) -> int:
    return id(record)


def _article(article: Article, file: str, number: int, corrections: Collection[str]) -> tuple[object, ...]:
    apart = [_FURNITURE(stretch) for stretch in article.furniture]
    return (article.id, number, file, *_ABOUT(article), sorted(corrections), apart)


def _mention(mention: Mention) -> tuple[object, ...]:
    resolution, reading, sure = mention.resolution, mention.reading, mention.confidence
    toponym, entry = resolution.toponym, resolution.entry
    first: Link | None = mention.links[0] if mention.links else None
    return (
        mention.passage,
        *(mention.start, mention.end, mention.text, toponym.kind, mention.status),
        *(_PLACE(entry) if entry else _NO_PLACE),
        _point(entry) if entry else None,
        *((first.since, first.until) if first else (None, None)),
        mention.certainty,
        *((round(sure.total, 3), sure.doubt) if sure else (None, "")),
        resolution.reason,
        *((reading.reading, reading.reason) if reading else (None, None)),
        mention.role,
        mention.statement,
        *([_PLACE(each) for each in places] for places in (resolution.also, resolution.runners_up)),
        resolution.share,
        *(sure or (None,) * 3),
        *((reading.probability, reading.role) if reading else (None, None)),
        toponym.candidates,
        *(toponym.feature, toponym.misspells, toponym.probability),
    )


def _point(entry: GazetteerEntry) -> bytes:
    return struct.pack("<BIdd", 1, 1, entry.lon, entry.lat)  # WKB, little-endian


def _claim(claim: Claim, article: Article, said: dict[int, int]) -> tuple[Any, ...]:
    return (
        *(claim.start, claim.end, article.text[claim.start : claim.end]),
        *_NUMBER(claim),
        None if claim.statement is None else said[_key(claim.statement)],
        *claim.sentence,
        *(_LINK(claim.link) if claim.link else _NO_LINK),
        claim.mention,
    )
