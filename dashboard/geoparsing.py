"""JSON lines with texts -> JSON lines with what they say happened where and when; each line on its own."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO

from corpus.drafts import draft_of
from corpus.errors import CorpusError
from corpus.read_article import many_articles, parse_text
from corpus.records import ReadArticle
from corpus.timex.given_date import date_problem
from corpus.workers import Lost, spread_stream
from geodata.gazetteer.packs.shelf import Pack

WANTED = 'a JSON line {"doc"?: "its name", "text": "...", "dct"?: "2022-09-14"} in UTF-8'

# Halves of a character that JSON can write and no text can hold; what replaces one is as long.
_HALVES = re.compile("[\ud800-\udfff]")

Tell = Callable[[int, str], None]  # the line's number, what is wrong with it


@dataclass(slots=True)
class _Answer:
    """A line of output, whether it is an error, and what is said of the line of input."""

    row: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def geoparse(lines: BinaryIO, *, tell: Tell, packs: tuple[Pack, ...] = ()) -> Iterator[tuple[bytes, bool]]:
    """Yield a JSON line for each line that is not blank, and whether it holds an error: `{"doc", "error"}`.

    A text without a name (`doc` or `id`) is called by the number of its line.
    `tell` hears of each that failed or was read with a reservation. The lines of a file are read by several processes;
    each that comes through a pipe or from a keyboard is answered before the next is waited for.
    """
    in_turn = not stat.S_ISREG(os.fstat(lines.fileno()).st_mode)
    asked: deque[tuple[int, bytes]] = deque()

    def numbered() -> Iterator[tuple[int, bytes]]:
        for number, line in enumerate(lines, 1):
            if line.strip():
                asked.append((number, line))
                yield number, line

    with many_articles(packs=packs, whole=False):
        for answer in spread_stream(partial(_answer, packs=packs), numbered(), size=_letters, in_turn=in_turn):
            number, line = asked.popleft()
            if isinstance(answer, Lost):
                answer = _failed(_doc_of_lost(number, line), answer.why)
            for note in answer.notes:
                tell(number, note)
            yield _encoded(answer.row) + b"\n", "error" in answer.row


@contextmanager
def opened(source: str, target: str) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Open input and output, "-" for the standard ones; a file of output appears when all of it is written.

    Raises CorpusError with the way out where one cannot be had.
    """
    place = Path(target).resolve()
    if source != "-" and not Path(source).exists():
        raise CorpusError(f"{source} does not exist: name a file of JSON lines, or - for the standard input")
    if Path(source).is_dir():
        raise CorpusError(f"{source} is a folder: name a file of JSON lines, or read it with python -m dashboard build")
    if target != "-" and source != "-" and place.exists() and place.samefile(source):
        raise CorpusError(f"{target} is the input itself: name another file for the output")
    if target != "-" and (place.is_dir() or not place.parent.is_dir()):
        raise CorpusError(f"{target} cannot be written: name a file in a folder that is there")
    with _standard(sys.stdin, "input") if source == "-" else Path(source).open("rb") as given:
        if target == "-":
            with _standard(sys.stdout, "output") as written:
                yield given, written
        elif place.exists() and not place.is_file():  # a pipe or a device
            with place.open("wb", buffering=0) as device:
                yield given, device
        else:
            with draft_of(place) as draft, draft.open("wb") as file:
                yield given, file


@contextmanager
def _standard(stream: TextIO | None, name: str) -> Iterator[BinaryIO]:
    if stream is None:  # who started us closed it
        raise CorpusError(f"the standard {name} is closed: name a file")
    yield stream.buffer
    if stream.writable():
        stream.flush()


def _letters(numbered: tuple[int, bytes]) -> int:
    return len(numbered[1])


def _answer(numbered: tuple[int, bytes], *, packs: tuple[Pack, ...]) -> _Answer:
    number, line = numbered
    try:
        given = _parsed(line)
    except (ValueError, RecursionError) as error:
        return _failed(None, f"not {WANTED} ({error})")
    doc, dct = _doc_of(number, given), given.get("dct") or ""
    if not isinstance(given.get("text"), str) or not isinstance(dct, str):
        return _failed(doc, f"not {WANTED}")
    text, halves = _HALVES.subn("\ufffd", given["text"])
    notes = [f"{halves} halves of characters in its text were read as \ufffd"] if halves else []
    if dct and (problem := date_problem(dct)):
        notes.append(problem)
    try:
        read = parse_text(text, id=str(doc), published=dct, packs=packs)
    except Exception as error:
        return _failed(doc, f"reading it failed ({type(error).__name__}: {error}); please report it")
    return _Answer(_row(doc, read), notes)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _parsed(line: bytes) -> dict[str, Any]:
    given = json.loads(line.removeprefix(BOM_UTF8).decode("utf-8"), parse_constant=_refuse)
    return given if isinstance(given, dict) else {}


def _doc_of(number: int, given: dict[str, Any]) -> object:
    return given.get("doc", given.get("id", number))


def _doc_of_lost(number: int, line: bytes) -> object:
    try:
        return _doc_of(number, _parsed(line))
    except (ValueError, RecursionError):
        return number


def _failed(doc: object, why: str) -> _Answer:
    return _Answer({"doc": doc, "error": why}, [why])


def _encoded(row: dict[str, Any]) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character in the name of the document
        return json.dumps(row).encode()


def _row(doc: object, read: ReadArticle) -> dict[str, Any]:
    toponyms, undecided = [], []
    for mention in read.mentions:
        if mention.is_doubted:
            undecided.append({"start": mention.start, "end": mention.end, "text": mention.text})
            continue
        entry = mention.resolution.entry
        toponyms.append(
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "lat": entry.lat if entry else None,
                "lon": entry.lon if entry else None,
                "geonameid": entry.geonameid if entry else None,
                "name": entry.name if entry else None,
                "kind": "demonym" if mention.resolution.toponym.kind == "demonym" else entry.kind if entry else None,
                "confidence": round(mention.confidence.total, 3) if mention.confidence else None,
                "doubt": mention.confidence.doubt or None if mention.confidence else None,
                "reading": mention.reading.reading if mention.reading else None,
                "role": mention.role or None,
                "speaker": None if mention.statement is None else read.statements[mention.statement].speaker,
            }
        )
    timexes = [
        {
            "start": timex.start,
            "end": timex.end,
            "text": timex.text,
            "type": timex.type,
            "value": timex.value,
            "since": None if timex.since is None else str(timex.since),
            "until": None if timex.until is None else str(timex.until),
        }
        for timex in read.timexes
    ]
    published = read.published.since
    return {
        "doc": doc,
        "toponyms": toponyms,
        "undecided": undecided,
        "timexes": timexes,
        "events": _events(read),
        "published": str(published) if published else None,
    }


def _events(read: ReadArticle) -> list[dict[str, Any]]:
    """Return the events of a text; their toponyms are positions in the row's list."""
    shown = (i for i, mention in enumerate(read.mentions) if not mention.is_doubted)
    numbers = {i: number for number, i in enumerate(shown)}
    return [
        {
            "start": event.start,
            "end": event.end,
            "kind": event.kind,
            "toponyms": [numbers[i] for i in event.mentions],
            "since": None if event.link.since is None else str(event.link.since),
            "until": None if event.link.until is None else str(event.link.until),
        }
        for event in read.events
    ]
