"""The datasets, their columns, and how a table becomes a file that is the same whenever it is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

VERSION = 1  # of the columns below: shards of another version are made again
GROUP = 512  # articles in a row group, which begins with the same article in every dataset
OF_FILES = ("files", "waiting")  # the datasets that are no rows of articles that were read

_WORDS, _NUMBER, _REAL, _DAY, _YES = pa.string(), pa.int32(), pa.float64(), pa.date32(), pa.bool_()
_SPAN = [("start", _NUMBER), ("end", _NUMBER)]
_DAYS = [("since", _DAY), ("until", _DAY)]
_ROW = [("article", _WORDS), ("ordinal", _NUMBER)]
_LINK = [
    *_DAYS,
    ("certainty", _WORDS),
    ("basis", _WORDS),
    ("timex", _NUMBER),
    ("said_since", _DAY),
    ("said_until", _DAY),
    ("said_timex", _NUMBER),
]
# A place, as the gazetteer has it; in the order of GazetteerEntry.
_PLACE = [
    *((name, _WORDS) for name in ("place", "place_name", "place_kind", "country", "admin1")),
    *(("lon", _REAL), ("lat", _REAL), ("population", pa.int64()), ("region", _WORDS), ("uncertainty_km", _REAL)),
    ("years", _WORDS),
]
_PLACES = pa.list_(pa.struct([("id", _WORDS), ("name", _WORDS), ("kind", _WORDS), *_PLACE[3:]]))
_FURNITURE = [*_SPAN, ("reason", _WORDS)]
_ARTICLE = [
    ("id", _WORDS),
    ("ordinal", _NUMBER),  # in the file that it was read from
    ("read_from", _WORDS),
    *((name, _WORDS) for name in ("file", "title", "outlet", "author", "language", "url", "date", "date_from")),
    ("format", _WORDS),
    ("print", _WORDS),
    ("corrected", pa.list_(_WORDS)),
    ("set_apart", pa.list_(pa.struct(_FURNITURE))),  # what its file sets apart from it
    ("text", _WORDS),
]
_PUBLISHED = [("since", _DAY), ("until", _DAY), ("basis", _WORDS), ("certainty", _WORDS), ("confidence", _WORDS)]
_MENTION = [
    ("passage", _NUMBER),
    *_SPAN,
    *((name, _WORDS) for name in ("text", "kind", "status")),
    *_PLACE,
    ("geometry", pa.binary()),
    *_DAYS,
    ("certainty", _WORDS),
    ("confidence", _REAL),
    *((name, _WORDS) for name in ("doubt", "reason", "reading", "reading_reason", "role")),
    ("statement", _NUMBER),
    ("also", _PLACES),  # further places of a name that means several
    ("runners_up", _PLACES),
    ("share", _REAL),
    *((name, _REAL) for name in ("chance_of_name", "chance_of_place", "chance_of_reading", "chance_of_use")),
    ("use_role", _WORDS),
    ("candidates", pa.list_(pa.struct([("row", _NUMBER), ("name_type", pa.int8())]))),
    *(("feature", _WORDS), ("misspells", _WORDS), ("probability", _REAL)),
]
_SPEAKER = [("speaker", _WORDS), ("name", _WORDS), ("side", _WORDS), ("speaker_start", _NUMBER)]
_CUE = [("speaker_end", _NUMBER), ("mode", _WORDS), ("cue", _WORDS), ("cue_start", _NUMBER), ("cue_end", _NUMBER)]
_CLAIM = [
    ("passage", _NUMBER),
    *_SPAN,
    ("text", _WORDS),
    *(("low", pa.int64()), ("high", pa.int64())),
    *((name, _WORDS) for name in ("number", "what", "whom", "wording", "hedge", "caution")),
    *((name, _NUMBER) for name in ("statement", "sentence_start", "sentence_end")),
    *_LINK,
    ("mention", _NUMBER),
]
_TIMEX = [*_SPAN, ("text", _WORDS), ("type", _WORDS), ("value", _WORDS), *_DAYS, ("granularity", _WORDS)]
_EXTENT = [
    ("passage", _NUMBER),
    *_SPAN,
    *((name, _WORDS) for name in ("text", "kind", "words", "status", "source")),
    ("mentions", pa.list_(_NUMBER)),
    ("geometry", pa.binary()),
]

# What a row of each is, says README; `ordinal` counts the rows of an article, by which others name one.
DATASETS = {
    "files": [("file", _WORDS), ("print", _WORDS), ("problems", pa.list_(_WORDS)), ("beside", _YES)],
    "waiting": _ARTICLE,  # that only other articles may date, as they were before
    "articles": [
        *_ARTICLE[:-1],
        *((f"published_{name}", kind) for name, kind in _PUBLISHED),
        ("published_beside", _YES),
        _ARTICLE[-1],
    ],
    "passages": [*_ROW, *_SPAN, ("boilerplate", _WORDS), ("sentences", pa.list_(_NUMBER))],
    "boilerplate": [*_ROW, *_FURNITURE],
    "timexes": [*_ROW, *_TIMEX, ("basis", _WORDS)],
    "statements": [*_ROW, *_SPAN, *_SPEAKER, *_CUE],
    "mentions": [*_ROW, *_MENTION],
    "links": [("article", _WORDS), ("mention", _NUMBER), ("rank", _NUMBER), *_LINK],
    "claims": [*_ROW, *_CLAIM],
    "extents": [*_ROW, *_EXTENT],
    "flags": [*_ROW, *_SPAN, ("kind", _WORDS), ("note", _WORDS)],
    "hints": [*_ROW, *_SPAN, ("text", _WORDS), ("reason", _WORDS), ("weight", _NUMBER)],
}
_DRAWN = {"mentions": ["Point"], "extents": []}


def _geo(types: Sequence[str]) -> dict[bytes, bytes]:
    """Return what GeoParquet says of a table: its points are of WGS 84, longitude first, where nothing else is said."""
    columns = {"geometry": {"encoding": "WKB", "geometry_types": types}}
    return {b"geo": json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": columns}).encode()}


SCHEMAS = {
    name: pa.schema(columns, metadata=_geo(_DRAWN[name]) if name in _DRAWN else None)
    for name, columns in DATASETS.items()
}
Tables = dict[str, pa.Table]
NO_ROWS: Tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}


def only(tables: Tables, articles: Sequence[str]) -> Tables:
    """Return of what was read out of articles that of those with these ids."""
    ids = pa.array(articles, _WORDS)
    return {
        name: table.filter(pc.is_in(table["id" if name == "articles" else "article"], ids))
        for name, table in tables.items()
        if name not in OF_FILES
    }


def joined(parts: Sequence[Tables]) -> Tables:
    """Return the rows of several, in the order in which they are always written."""
    found = {name: pa.concat_tables([part[name] for part in parts if name in part]) for name in SCHEMAS}
    found["files"] = found["files"].sort_by("file")
    found["waiting"] = found["waiting"].sort_by([("read_from", "ascending"), ("ordinal", "ascending")])
    # By day, so that of a slice of time few row groups are read.
    by = ("published_since", "read_from", "ordinal")
    articles = found["articles"].sort_by([(column, "ascending") for column in by])
    for name in found.keys() - {*OF_FILES, "articles"}:
        rank = pc.index_in(found[name]["article"], articles["id"].combine_chunks())
        found[name] = found[name].take(pc.array_sort_indices(rank))  # stable: an article's own rows stay in order
    return {**found, "articles": articles}


def written(tables: Tables) -> dict[str, bytes]:
    """Return the file of each dataset: rows in groups that begin with the same article."""
    ids = tables["articles"]["id"].combine_chunks()
    starts = range(0, max(1, len(ids)), GROUP)
    found = {}
    for name, schema in SCHEMAS.items():
        table, file = tables[name].combine_chunks(), BytesIO()
        with pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer:
            if name in OF_FILES:
                writer.write_table(table)
            elif name == "articles":
                for start in starts:
                    writer.write_table(table[start : start + GROUP])
            else:
                rank = pc.index_in(table["article"], ids).to_numpy()
                for start, end in pairwise(np.searchsorted(rank, [*starts, max(1, len(ids))])):
                    writer.write_table(table[start:end], row_group_size=max(1, end - start))
        found[name] = file.getvalue()
    return found
