"""The commands that give evidence away: into a file under a view, to an assistant; and that verify what is cited."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from corpus.drafts import draft_of
from corpus.errors import CorpusError
from corpus.exports.formats import FORMATS, Format
from dashboard.config import Config, configure

if TYPE_CHECKING:  # slow to import
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    from corpus.exports.evidence import Subject
    from corpus.queries.filters import Filters

Build = Callable[[Config, str | None], None]  # makes the index of a folder where it is missing or out of date


def add_commands(commands: Commands, which: list[argparse.ArgumentParser], build: Build) -> None:
    """Add the commands `export`, `verify` and `mcp`; `which` are the options that say which packs count."""
    words = "write what is shown into a file: rows, maps, annotations, a GeoPackage"
    _add_export(commands.add_parser("export", parents=which, help=words), build)
    words = "say of citations whether their words still stand"
    _add_verify(commands.add_parser("verify", parents=which, help=words), build)
    words = "answer an assistant over the standard streams (MCP); it only reads"
    asked = commands.add_parser("mcp", parents=which, help=words)
    _add_source(asked)
    asked.set_defaults(run=lambda options: _answer(options, build))


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("articles", type=Path, nargs="?", help="folder; the shipped corpus without it or an index")
    command.add_argument("--index", type=Path, help="an index that is there; its articles are not read")


def _add_export(command: argparse.ArgumentParser, build: Build) -> None:
    _add_source(command)
    formats = ", ".join(f"{key} ({one.use})" for key, one in FORMATS.items())
    command.add_argument("--format", required=True, choices=FORMATS, metavar="FORMAT", help=formats)
    subjects = dict.fromkeys(of for one in FORMATS.values() for of in one.subjects)
    command.add_argument("--of", choices=subjects, help="which rows: what the format is mostly used for without it")
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.add_argument("--view", default="", metavar="URL", help="an address of the page, whose filters count")
    command.set_defaults(run=lambda options: _export(options, build))


def _add_verify(command: argparse.ArgumentParser, build: Build) -> None:
    words = "citations (in words, BibTeX, RIS, CSL-JSON), or an export as CSV, JSON lines, GeoJSON, annotations"
    command.add_argument("file", type=Path, metavar="FILE", help=words)
    _add_source(command)
    command.set_defaults(run=lambda options: _verify(options, build))


def _verify(options: argparse.Namespace, build: Build) -> int:
    """Say of each citation whether its words stand; the status is 1 where any do not."""
    from corpus.exports.quoted import read_quoted
    from corpus.exports.verify import verify

    try:
        quoted = list(read_quoted(options.file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{options.file} cannot be read ({error}); give a file as `dateline export` writes it"
        ) from error
    if not quoted:
        raise CorpusError(f"{options.file} holds no citation with the hash of an article; copy one from the page")
    with opened(options, build) as (_, index):
        verdicts = list(verify(index, quoted))
    for verdict in verdicts:
        print(f"{verdict.state:8}{verdict.words}")
    stand = sum(verdict.state == "stands" for verdict in verdicts)
    print(f"{stand:,} of {len(verdicts):,} stand as cited")
    return int(stand < len(verdicts))


def _export(options: argparse.Namespace, build: Build) -> int:
    from corpus.exports import beside
    from corpus.exports.evidence import evidence_of

    chosen, of = FORMATS[options.format], _subject(FORMATS[options.format], options)
    with opened(options, build) as (config, index):
        if options.out.resolve() == config.index:
            raise CorpusError(f"{options.out} is the index itself; name another file with --out")
        evidence = evidence_of(index, view_filters(index, options.view))
        _put(options.out, chosen.write(evidence, of))
        if not chosen.holds_about:
            name = options.out.name + beside.SUFFIX
            _put(options.out.with_name(name), beside.write(evidence, of, options.out.name))
    print(f"{options.out}: {evidence.about.in_words()}")
    return 0


def _subject(chosen: Format, options: argparse.Namespace) -> Subject:
    of: Subject = options.of or chosen.subjects[0]
    if of not in chosen.subjects:
        raise CorpusError(f"{chosen.name} holds no {of}: give --of {' or '.join(chosen.subjects)}, or leave it away")
    return of


@contextmanager
def opened(options: argparse.Namespace, build: Build) -> Iterator[tuple[Config, sqlite3.Connection]]:
    """Open the index that is asked for: one that is named alone as it is, else that of the articles, made anew."""
    from corpus.index.connection import open_index

    config = _ready(options, build)
    with open_index(config.index) as index:
        yield config, index


def _ready(options: argparse.Namespace, build: Build) -> Config:
    config = configure(options.articles, options.index, options.packs)
    if options.articles or not options.index:
        build(config, options.packs)
    return config


def _answer(options: argparse.Namespace, build: Build) -> int:
    from dashboard.assistant import serve

    serve(_ready(options, build).index)
    return 0


def _put(path: Path, content: bytes) -> None:
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise CorpusError(f"{path} cannot be written: name a file in a folder that is there")
    with draft_of(path) as draft:
        draft.write_bytes(content)


def view_filters(index: sqlite3.Connection, address: str) -> Filters:
    """Return the filters that an address of the page has; what this index does not know of them is told."""
    from corpus.queries import search
    from dashboard.serving.corpus_summary import Corpus
    from dashboard.view.url import read_url, write_url

    asked = parse_qs(urlsplit(address).query)
    view = read_url(asked, Corpus(index).choices)
    kept = write_url(view)
    for name in ("from", "to", "outlet", "region", "text", "by", "undated", "sure", "role"):
        got = kept.get(name, [])
        for value in asked.get(name, []):
            if value.strip() not in (got if isinstance(got, list) else [got]) and not _is_default(name, value):
                print(f"dateline: {name}={value} of the address is not known here and left out", file=sys.stderr)
    filters = view.filters
    return replace(filters, called=search.called(search.names(index), filters.text)) if filters.text else filters


def _is_default(name: str, value: str) -> bool:
    """Say whether a parameter asks for what is so without it."""
    from corpus.records import LITERAL

    usual = {("by", "event"), ("undated", "0"), ("sure", "0"), *(("role", role) for role in LITERAL)}
    return (name, value) in usual
