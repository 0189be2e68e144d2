"""Tables with an article a row: CSV, JSON, JSON lines and Parquet, the columns known by their usual names or named."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import (
    LARGEST_COLLECTION,
    Columns,
    File,
    Format,
    Found,
    Problem,
    RawArticle,
    text_of,
    web_address,
)
from corpus.ingest.formats.feed import ONLY_TITLE, plain_text
from geodata.tables import read_rows

NAMES = Path(__file__).parent / "columns.csv"
SETTINGS = "columns.toml"  # beside a table: what its columns are called
MOST_COLUMNS, NAMED = 1_000, 30
# Where programs that write one object for a whole list keep it.
_LISTS = ("articles", "items", "stories", "results", "data", "docs", "documents", "entries", "rows", "news", "hits")
_DELIMITERS = ",;\t|"

Row = Mapping[str, Any]


def _read_csv(file: File) -> Iterator[Row]:
    text, _ = text_of(file)
    first = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max(_DELIMITERS, key=first.count) if any(map(first.count, _DELIMITERS)) else ","
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    numbered = any(isinstance(column, int) for column in file.columns.values())
    try:
        names = [] if numbered else [name.strip() for name in next(rows, [])]
        for row in rows:
            if any(map(str.strip, row)):
                keys = [*names, *(str(number) for number in range(len(names) + 1, len(row) + 1))]
                yield dict(zip(keys[:MOST_COLUMNS], row, strict=False))
    except csv.Error as error:
        raise ArticleError(f"line {rows.line_num} of it is no CSV ({error}); save it once more") from error


def _read_json(file: File) -> Iterator[Row]:
    text, _ = text_of(file)
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not _is_object(lines[0]):
            raise ArticleError(f"it is no JSON ({error}); save it once more") from error
        for number, line in enumerate(lines, 1):
            yield json.loads(line, strict=False) if _is_object(line) else {"": f"line {number} is no JSON object"}
        return
    yield from (row if isinstance(row, dict) else {"": "it is no JSON object"} for row in _rows_of(whole))


def _rows_of(whole: object) -> Sequence[object]:
    """Return the articles in a JSON file: its list, the list in its one object, or that object."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        raise ArticleError("it is JSON and holds no article: a list of objects, or one, with a text each")
    below = whole.get("hits") if isinstance(whole.get("hits"), dict) else whole
    lists = [below[name] for name in _LISTS if isinstance(below.get(name), list) and below[name]]  # type: ignore[union-attr, index]
    rows = next((rows for rows in lists if isinstance(rows[0], dict)), None)
    if rows is None or any(_is_named(name, "text") and isinstance(whole[name], str) for name in whole):
        return [whole]
    return [row["_source"] if isinstance(row, dict) and isinstance(row.get("_source"), dict) else row for row in rows]


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _read_parquet(file: File) -> Iterator[Row]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(BytesIO(file.content))
        size = sum(table.metadata.row_group(n).total_byte_size for n in range(table.metadata.num_row_groups))
        if size > LARGEST_COLLECTION:
            raise ArticleError(
                f"unpacked it has {size / 1e6:.0f} MB, more than {LARGEST_COLLECTION / 1e6:.0f}; split it"
            )
        wanted = [name for name in table.schema_arrow.names if any(_is_named(name, field) for field in _usual())]
        wanted += [name for name in file.columns.values() if isinstance(name, str) and name in table.schema_arrow.names]
        for batch in table.iter_batches(batch_size=200, columns=wanted or table.schema_arrow.names):
            yield from batch.to_pylist()
    except (ArrowException, OSError, ValueError) as error:
        raise ArticleError(f"it is no Parquet that can be read ({error}); write it once more") from error


def _reader(rows_of: Callable[[File], Iterator[Row]]) -> Callable[[File], Iterator[Found]]:
    def read(file: File) -> Iterator[Found]:
        known: dict[tuple[str, ...], dict[str, list[str]]] = {}  # by the columns of a row: in JSON each has its own
        number = 0
        for number, row in enumerate(rows_of(file), 1):
            if set(row) == {""}:
                yield Problem(f"left out: {row['']}", f"#{number}")
                continue
            names = tuple(row)
            if names not in known and len(known) < MOST_COLUMNS:
                try:
                    known[names] = _columns(row, file)
                except ArticleError as error:
                    if not known:
                        raise
                    yield Problem(f"left out: {error}", f"#{number}")
                    continue
            yield _article(row, known.get(names) or _columns(row, file), number)
        if not number:
            raise ArticleError("it is a table without rows; save it once more, or remove it")

    return read


def _article(row: Row, columns: Mapping[str, Sequence[str]], number: int) -> Found:
    values = {
        field: next(filter(None, (_fitting(field, _words(row[name])) for name in names)), "")
        for field, names in columns.items()
    }
    text = plain_text(values.pop("text", ""))
    summary = plain_text(values.pop("summary", "")).strip()
    about = {field: " ".join(plain_text(value).split()) for field, value in values.items()}
    about = {field: value for field, value in about.items() if value}
    notes: tuple[str, ...] = ()
    if not text:
        text = "\n\n".join(filter(None, (about.get("title", ""), summary)))
        text, notes = text and text + "\n", (ONLY_TITLE,) if not summary else ("it has no text but title and summary",)
    if not text:
        return Problem("left out: the row holds neither text nor title", f"#{number}")
    return RawArticle(text, about, "the table", part=f"#{number}", key=about.get("url", ""), notes=notes)


def _words(value: object) -> str:
    """Return what a cell says: of a list its items, of a person the name."""
    if isinstance(value, Mapping):
        return _words(value.get("name") or value.get("title") or value.get("rendered") or "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_words, value[:50])))
    if value is None or value != value:  # what pandas writes where there is nothing
        return ""
    words = str(value).strip()
    return "" if words.lower() in ("nan", "none", "null", "nat") else words


def _fitting(field: str, value: str) -> str:
    """Return a value where it is what its field holds: some tables call the address of an article its source."""
    if field == "url":
        return web_address(value)
    if field == "outlet" and web_address(value):
        return ""
    if field == "author" and value.startswith("[") and value.endswith("]"):  # what Python writes for a list
        return ", ".join(filter(None, (word.strip(" '\"") for word in value[1:-1].split(","))))
    return value


def _columns(row: Row, file: File) -> dict[str, list[str]]:
    """Return the columns of each field, the likeliest first.

    Raises ArticleError, with the columns there are, where none holds a text.
    """
    named = {field: str(column) for field, column in file.columns.items()}
    if missing := [column for column in named.values() if column not in row]:
        raise ArticleError(f"it has no column {missing[0]!r}, which {SETTINGS} names; its columns: {_listed(row)}")
    by_name = {_plain(name): name for name in row if name not in named.values()}
    columns = {
        field: [named[field]] if field in named else [by_name[name] for name in usual if name in by_name]
        for field, usual in _usual().items()
    }
    if not (columns["text"] or columns["title"] or columns["summary"]):
        raise ArticleError(
            f"none of its columns is known to hold the articles' texts; its columns: {_listed(row)}. Name it in a file "
            f'{SETTINGS} beside it: text = "..."; so too title, outlet, author, date, language, url'
        )
    return columns


def _listed(row: Row) -> str:
    names = [repr(name[:40]) for name in list(row)[:NAMED]]
    return ", ".join(names) + (f" and {len(row) - NAMED} more" if len(row) > NAMED else "")


def _is_named(column: str, field: str) -> bool:
    return _plain(column) in _usual()[field]


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


@cache
def _usual() -> dict[str, list[str]]:
    return {row["field"]: row["names"].split() for row in read_rows(NAMES)}


def fields() -> list[str]:
    """Return the fields that a column may be named for."""
    return list(_usual())


def columns_of(settings: Mapping[str, object], file: str) -> Columns:
    """Return what a settings file calls the columns of a table: under its name, else for all beside it.

    Raises ArticleError where it names no field.
    """
    own = settings.get(file)
    chosen = {key: value for key, value in settings.items() if not isinstance(value, Mapping)}
    chosen |= own if isinstance(own, Mapping) else {}
    if unknown := [key for key in chosen if key not in _usual()]:
        raise ArticleError(f"{SETTINGS} names {unknown[0]!r}, which is no field; they are {', '.join(_usual())}")
    return {key: value if isinstance(value, int) else str(value) for key, value in chosen.items()}


def _is_json(file: File) -> bool:
    return file.suffix in (".json", ".jsonl", ".ndjson", ".geojson")


def _is_csv(file: File) -> bool:
    return file.suffix in (".csv", ".tsv", ".tab")


PARQUET = Format(
    "Parquet",
    (".parquet", ".pq"),
    lambda file: file.content.startswith(b"PAR1") or file.suffix in (".parquet", ".pq"),
    _reader(_read_parquet),
    largest=LARGEST_COLLECTION,
    needs="pyarrow",
)
JSON = Format("JSON", (".json", ".jsonl", ".ndjson"), _is_json, _reader(_read_json), largest=LARGEST_COLLECTION)
CSV = Format("a table", (".csv", ".tsv", ".tab"), _is_csv, _reader(_read_csv), largest=LARGEST_COLLECTION)
