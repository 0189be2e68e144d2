"""A table of corrections as text: a line a correction, which no spreadsheet takes for a formula and git can merge."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import get_args

from corpus.formulas import inert, plain
from corpus.records import Correction, Scope, What
from geodata.gazetteer.user_places import columns_of
from geodata.usage.metonymy import ReadingName

COLUMNS = tuple(field.name for field in fields(Correction))
WANTED = frozenset({"id", "when", "what", "value", "scope", "words", "start", "end", "text"})  # without them, nothing
UNDATED = "undated"
READINGS = get_args(ReadingName)
OF_ARTICLE = ("published", "outlet", "title")
MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
LONGEST = 5_000  # letters of a cell

# What would end a line, or is no letter at all, is written as Python does: \n, \u2028; and so is the sign for it.
_UNSAFE = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WRITTEN = re.compile(r"\\(?:u([0-9a-f]{4})|([\\nrt]))")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_LONG = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


def cell_of(text: str) -> str:
    """Return a text as a cell of one line that is no formula."""
    cell = _UNSAFE.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04x}"), text)
    return inert(cell)


def text_of(cell: str) -> str:
    """Return the very text that a cell was made of."""
    return _WRITTEN.sub(lambda match: chr(int(match[1], 16)) if match[1] else _LONG[match[2]], plain(cell))


def line_of(correction: Correction, columns: Sequence[str] = COLUMNS, delimiter: str = ",") -> str:
    """Return a correction as a line of a table with these columns."""
    cells = [cell_of(str(getattr(correction, name))) if name in COLUMNS else "" for name in columns]
    return _joined(cells, delimiter)


def header() -> str:
    """Return the first line of a new table."""
    return _joined(COLUMNS, ",")


def _joined(cells: Sequence[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()


def head_of(text: str) -> tuple[str, list[str]]:
    """Return the sign between the columns of a table, and their names. Raises ValueError where some are missing."""
    sign, columns = columns_of(text.split("\n", 1)[0].removesuffix("\r"), WANTED)
    if missing := WANTED.difference(columns):
        raise ValueError(
            f"its first line names no column {', '.join(sorted(missing))}; it should be {header().strip()}"
        )
    return sign, columns


def read_table(text: str) -> Iterator[tuple[int, Correction | str]]:
    """Yield the lines of a table by their numbers: a correction, or why it is none, with the way out.

    Raises ValueError where the first line does not name the columns.
    """
    sign, columns = head_of(text)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")[1:], 2):
        if line.strip(f"{sign} \t"):
            try:
                yield number, _correction(line, sign, columns)
            except (ValueError, csv.Error) as error:
                yield number, str(error)


def _correction(line: str, sign: str, columns: Sequence[str]) -> Correction:
    """Return the correction of a line. Raises ValueError where it is none."""
    if line.startswith(MERGE):
        raise ValueError("a merge by git was left half done; keep the rows of both sides and remove this line")
    # Each line by itself: a quotation mark that is never closed costs its own line, not all that follow.
    cells = next(csv.reader([line], delimiter=sign, strict=True), [])
    if len(cells) != len(columns):
        raise ValueError(f"it has {len(cells)} cells under {len(columns)} columns; take it from an earlier copy")
    if (longest := max(map(len, cells))) > LONGEST:
        raise ValueError(f"a cell of {longest:,} letters is none; is a quotation mark missing?")
    row = dict.fromkeys(COLUMNS, "") | {
        name: text_of(cell) for name, cell in zip(columns, cells, strict=True) if name in COLUMNS
    }
    what = _one_of("what", row["what"], get_args(What))
    scope = _one_of("scope", row["scope"], get_args(Scope))
    start, end = _position(row["start"]), _position(row["end"])
    check(what, row["value"])
    _moment(row["when"])
    if what not in (*OF_ARTICLE, "undo") and not start < end:
        raise ValueError(f"it ends at {end} where it starts at {start}; give where the words stand in the text")
    if not row["id"]:
        raise ValueError("it has no id, by which it could be undone; write any that no other row has")
    return Correction(**row | {"what": what, "scope": scope, "start": start, "end": end})  # type: ignore[arg-type]


def check(what: str, value: str) -> None:
    """Raise ValueError where a value is none of its kind."""
    if what == "reading" and value not in READINGS:
        raise ValueError(f"the reading {value[:30]!r} is none of {', '.join(READINGS)}")
    if what == "published" and "/" in value:
        raise ValueError(f"an article is published on one day, not {value[:30]!r}; write 2022-09-13")
    if what == "published" or (what == "date" and value != UNDATED):
        days_of(value)
    if what in ("place", "outlet", "title", "undo") and not value.strip():
        raise ValueError(f"the value of a row that says {what!r} is missing")
    if what == "right":
        right_of(value)


def days_of(value: str) -> tuple[date, date]:
    """Return the first and the last day: of 2022-09-13, or 2022-09-13/2022-09-20. Raises ValueError."""
    first, _, last = value.partition("/")
    try:
        since, until = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise ValueError(f"{value[:30]!r} is no day; write 2022-09-13, or 2022-09-13/2022-09-20 for several") from None
    if until < since:
        raise ValueError(f"{value!r} ends before it begins; write the earlier day first")
    return since, until


def days_in(since: date | str | None, until: date | str | None) -> str:
    """Return days as a value."""
    if not since:
        return UNDATED
    return f"{since}/{until}" if until and str(until) != str(since) else str(since)


def right_of(value: str) -> tuple[str, str, str]:
    """Return what is confirmed: place ids, "" for none; reading; days. Raises ValueError."""
    parts = tuple(part.strip() for part in value.split(";"))
    if len(parts) != 3 or parts[1] not in READINGS:
        raise ValueError(f"{value[:60]!r} confirms nothing; write a place, a reading and days with ; between them")
    if parts[2] != UNDATED:
        days_of(parts[2])
    return parts


def _one_of(column: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise ValueError(f"{column} is {value[:30]!r}; write one of {', '.join(allowed)}")
    return value


def _position(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"{value[:30]!r} is no position in a text; write a whole number")
    return int(value)


def _moment(value: str) -> None:
    try:
        datetime.fromisoformat(value)
        if value[4:5] != "-":  # rows go by it, as text
            raise ValueError
    except ValueError:
        raise ValueError(f"{value[:30]!r} is no moment; write it as 2026-11-28T19:40:12Z") from None
