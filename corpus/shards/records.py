"""Rows of the datasets become again what was read out of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shapely import from_wkb

from corpus.records import (
    Article,
    Claim,
    Flag,
    Furniture,
    Hint,
    Link,
    Mention,
    Passage,
    Published,
    ReadArticle,
    Statement,
    Timex,
)
from corpus.shards.tables import Tables
from geodata.extents.extents import Extent
from geodata.records import Candidate, GazetteerEntry, Resolution, Toponym
from geodata.usage import Confidence, Reading

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]  # of one article, by dataset
_ENTRY = ("id", "name", "kind", "country", "admin1", "lon", "lat", "population", "region", "uncertainty_km", "years")
_PLACE = ("place", "place_name", "place_kind", *_ENTRY[3:])
_ABOUT = ("id", "file", "text", "title", "outlet", "author", "language", "url", "date", "date_from", "format")
_LINK = ("since", "until", "certainty", "basis", "timex", "said_since", "said_until", "said_timex")
_KEYS = ("article", "ordinal")


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the shards have it: what was read out of it, from which file, and by what else."""

    read: ReadArticle
    file: str
    beside: bool
    corrections: frozenset[str]


def articles_of(tables: Tables, read_at: str) -> Iterator[Told]:
    """Yield the articles of tables; when their files were read is none of what the tables say."""
    by_article: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name in tables.keys() - {"articles", "files", "waiting"}:
        for row in tables[name].to_pylist():
            by_article[row["article"]][name].append(row)
    for row in tables["articles"].to_pylist():
        rows = by_article.pop(row["id"], defaultdict(list))
        yield Told(_read(row, rows, read_at), row["read_from"], row["published_beside"], frozenset(row["corrected"]))


def article_of(row: Row, read_at: str) -> Article:
    """Return the article of a row."""
    about = {name: row[name] for name in _ABOUT}
    return Article(**about, furniture=tuple(Furniture(**each) for each in row["set_apart"]), read_at=read_at)


def published_of(row: Row) -> Published:
    """Return when an article of a row appeared."""
    return Published(*(row[f"published_{name}"] for name in ("since", "until", "basis", "confidence")))


def _read(about: Row, rows: Rows, read_at: str) -> ReadArticle:
    statements = tuple(Statement(**_without_keys(row)) for row in rows["statements"])
    links: dict[int, list[Link]] = defaultdict(list)
    for row in rows["links"]:
        links[row["mention"]].append(_link(row))
    return ReadArticle(
        article_of(about, read_at),
        published_of(about),
        tuple(Furniture(**_without_keys(row)) for row in rows["boilerplate"]),
        tuple(_passage(row) for row in rows["passages"]),
        tuple(Timex(**_without_keys(row)) for row in rows["timexes"]),
        tuple(_mention(row, tuple(links[row["ordinal"]])) for row in rows["mentions"]),
        flags=tuple(Flag(**_without_keys(row)) for row in rows["flags"]),
        statements=statements,
        claims=tuple(_claim(row, statements) for row in rows["claims"]),
        hints=tuple(Hint(**_without_keys(row)) for row in rows["hints"]),
        extents=tuple(_extent(row) for row in rows["extents"]),
    )


def _without_keys(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _KEYS}


def _link(row: Row) -> Link:
    return Link(*(row[name] for name in _LINK))


def _passage(row: Row) -> Passage:
    offsets = row["sentences"]
    return Passage(row["start"], row["end"], tuple(zip(offsets[::2], offsets[1::2], strict=True)), row["boilerplate"])


def _mention(row: Row, links: tuple[Link, ...]) -> Mention:
    span = (row["start"], row["end"], row["text"])
    toponym = Toponym(
        *span,
        row["kind"],
        tuple(Candidate(each["row"], each["name_type"]) for each in row.get("candidates", ())),
        *(row["feature"], row["misspells"], row["probability"]),
    )
    place = tuple(row[name] for name in _PLACE)
    resolution = Resolution(
        toponym,
        None if row["place"] is None else GazetteerEntry(*place),
        *(row["share"], row["reason"]),
        *(tuple(GazetteerEntry(**each) for each in row[name]) for name in ("runners_up", "also")),
    )
    reading = None
    if row["reading"] is not None:
        reading = Reading(row["reading"], row["chance_of_use"], row["reading_reason"], row["use_role"])
    chances = (row["chance_of_name"], row["chance_of_place"], row["chance_of_reading"])
    sure = None if row["chance_of_name"] is None else Confidence(*chances)
    about = (*span, row["passage"], row["status"])
    return Mention(*about, resolution, links, reading, sure, row["role"], row["statement"])


def _claim(row: Row, statements: tuple[Statement, ...]) -> Claim:
    named = ("start", "end", "low", "high", "what", "whom", "wording", "hedge", "caution", "number")
    return Claim(
        **{name: row[name] for name in named},
        statement=None if row["statement"] is None else statements[row["statement"]],
        sentence=(row["sentence_start"], row["sentence_end"]),
        link=None if row["certainty"] is None else _link(row),
        mention=row["mention"],
    )


def _extent(row: Row) -> Extent:
    drawn = (tuple(row["mentions"]), from_wkb(row["geometry"]))
    return Extent(row["start"], row["end"], row["kind"], *drawn, row["words"], row["status"], row["source"])
