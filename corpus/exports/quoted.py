"""Read citations and rows of evidence back: which words a file says stand where, whatever format of ours it is in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.exports.citations import untex
from corpus.exports.evidence import HASH
from corpus.formulas import plain

Span = tuple[int, int, str]  # from where to where, and the words that stand there
# Which columns of a row are words of the article, with where they begin and end.
_WORDS = (("text", "start", "end"), ("said", "start", "end"), ("sentence", "sentence_start", "sentence_end"))
_LOCATOR = re.compile(rf"{re.escape(HASH)}([0-9a-f]{{16}})(?::(\d{{1,9}})-(\d{{1,9}}))?")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a citation says: the hash of a text, its file, and words with where they stand; none of a whole article."""

    hash: str
    file: str
    spans: tuple[Span, ...]


def read_quoted(text: str) -> Iterator[Quoted]:
    """Yield what is cited in a file: CSV, any JSON of ours, BibTeX, RIS, or words."""
    text = text.removeprefix("\ufeff").strip()
    for looks_so, read in _READERS:
        if looks_so(text):
            yield from read(text)
            return


def _json(text: str) -> Iterator[Quoted]:
    try:
        values = [json.loads(text)]
    except ValueError:
        values = [json.loads(line) for line in text.splitlines() if line.strip()]
    for value in values:
        yield from _in(value)


def _in(value: Any) -> Iterator[Quoted]:
    """Yield what is cited anywhere in a value of JSON."""
    if isinstance(value, list):
        for each in value:
            yield from _in(each)
    elif isinstance(value, dict):
        if isinstance(value.get("custom"), dict) and "quotation" in value["custom"]:
            yield _of_csl(value["custom"])
        elif isinstance(value.get("target"), dict) and "selector" in value["target"]:
            yield from _of_annotation(value)
        elif "evidence" in value:
            yield from _of_row({**value["evidence"], "sentence": value.get("value")})
        elif "article_hash" in value:
            yield from _of_row(value)
        else:
            for each in value.values():
                yield from _in(each)


def _of_row(row: Mapping[str, Any]) -> Iterator[Quoted]:
    if match := _LOCATOR.search(str(row["article_hash"])):
        spans = [
            (int(row[start]), int(row[end]), str(row[words]))
            for words, start, end in _WORDS
            if row.get(words) and str(row.get(start)).isdecimal() and str(row.get(end)).isdecimal()
        ]
        yield Quoted(match[1], str(row.get("file") or ""), tuple(spans))


def _of_csl(proof: Mapping[str, Any]) -> Quoted:
    words = str(proof.get("quotation") or "")
    span = (int(proof.get("start") or 0), int(proof.get("end") or 0), words)
    return Quoted(str(proof.get("hash")).removeprefix(HASH), str(proof.get("file") or ""), (span,) if words else ())


def _of_annotation(item: Mapping[str, Any]) -> Iterator[Quoted]:
    told: dict[str, Any] = {}
    for part in item["target"]["selector"]:
        told |= {"TextQuoteSelector": {"text": part.get("exact")}, "TextPositionSelector": part}.get(part["type"], {})
    for body in item.get("body", []):
        told |= {name.removeprefix("dateline:"): value for name, value in body.items() if name.startswith("dateline:")}
        told |= {"sentence": body["value"]} if "dateline:sentence_start" in body else {}
    yield from _of_row({"article_hash": "", **told})


def _csv(text: str) -> Iterator[Quoted]:
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield from _of_row({name: plain(cell or "") for name, cell in row.items() if name})


def _bibtex(text: str) -> Iterator[Quoted]:
    for entry in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        fields = dict(re.findall(r"^ {2}(\w+) = \{(.*)\},$", entry, re.MULTILINE))
        yield from _at(
            fields.get("locator", ""), untex(fields.get("articlefile", "")), untex(fields.get("quotation", ""))
        )


def _ris(text: str) -> Iterator[Quoted]:
    for record in re.split(r"^ER {2}-.*$", text, flags=re.MULTILINE):
        fields = dict(re.findall(r"^([A-Z][A-Z0-9]) {2}- (.*)$", record, re.MULTILINE))
        yield from _at(fields.get("C1", ""), fields.get("C2", ""), fields.get("N1", ""))


def _in_words(text: str) -> Iterator[Quoted]:
    """Yield the citations in words: a quotation and what follows it, to its locator."""
    begin = 0
    for match in _LOCATOR.finditer(text):
        told = text[begin : match.start()]
        quoted, _, about = told.rpartition("” — ")
        file = about.removesuffix(", ").rpartition(". ")[2]
        words = quoted.rpartition("\n")[2].partition("“")[2]  # a citation stands on one line
        yield from _at(match[0], file, words)
        begin = match.end()


def _at(locator: str, file: str, words: str) -> Iterator[Quoted]:
    if match := _LOCATOR.search(locator):
        span = (int(match[2] or 0), int(match[3] or 0), words)
        yield Quoted(match[1], file, (span,) if match[2] else ())


_READERS: tuple[tuple[Callable[[str], bool], Callable[[str], Iterator[Quoted]]], ...] = (
    (lambda text: text[:1] in ("{", "["), _json),
    (lambda text: text.startswith("TY  - "), _ris),
    (lambda text: re.search(r"^@\w+\{", text, re.MULTILINE) is not None and "locator = {" in text, _bibtex),
    (lambda text: "article_hash" in text.partition("\n")[0], _csv),
    (lambda text: True, _in_words),
)
