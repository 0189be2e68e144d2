"""The whole pipeline, read top to bottom: a folder of articles becomes an index."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus.copies import find_copies
from corpus.index import stored_fingerprint
from corpus.ingest import read_articles
from corpus.published import date_articles
from corpus.read import many_articles, read_out
from corpus.records import Dated, Passage, ReadArticle
from corpus.schema import VERSION
from corpus.writer import IndexWriter
from geodata import DATA
from geodata.gazetteer import open_gazetteer
from geodata.own import NAME as OWN_PLACES

# From so many articles on, more processes pay for their start.
WORTH_A_POOL = 400

Progress = Callable[[int, int], None]  # articles done, articles in all


@dataclass(slots=True)
class Report:
    """What a build did, and which files it could not use."""

    articles: int = 0
    mentions: int = 0
    problems: list[tuple[Path, str]] = field(default_factory=list)
    rebuilt: bool = True


def build_index(
    folder: Path, path: Path, *, progress: Progress = lambda done, total: None, force: bool = False
) -> Report:
    """Read every article of `folder` and publish the index at `path`; do nothing where it is up to date."""
    print_of_sources = fingerprint(folder)
    if not force and stored_fingerprint(path) == print_of_sources:
        return Report(rebuilt=False)
    report = Report()
    articles = list(read_articles(folder, on_problem=lambda file, message: report.problems.append((file, message))))
    dated = date_articles(articles)
    own = folder / OWN_PLACES if (folder / OWN_PLACES).is_file() else None
    texts: list[tuple[str, str, tuple[Passage, ...]]] = []  # id, text and passages of what could be read
    gazetteer = open_gazetteer(own)
    report.problems += [(folder / OWN_PLACES, problem) for problem in gazetteer.own_problems]
    with IndexWriter(path, gazetteer) as writer:
        for done, (one, read) in enumerate(zip(dated, run(dated, own=own), strict=True), 1):
            if isinstance(read, ReadArticle):
                writer.add(read)
                texts.append((read.article.id, read.article.text, read.passages))
                report.articles += 1
                report.mentions += len(read.mentions)
            else:
                report.problems.append(
                    (folder / one.article.file, f"left out: reading it failed ({read}); please report it")
                )
            progress(done, len(dated))
        copies = find_copies([(text, passages) for _, text, passages in texts])
        writer.fold([(id, passages) for id, _, passages in texts], copies)
        writer.publish(
            print_of_sources,
            {
                "folder": folder.name,
                "articles": str(report.articles),
                "problems": "\n".join(f"{file.name}: {message}" for file, message in report.problems),
            },
        )
    return report


def run(dated: list[Dated], *, own: Path | None = None) -> Iterator[ReadArticle | str]:
    """Read articles in order: one after another, or spread over the processors when there are many.

    For an article that cannot be read out it yields what went wrong.
    """
    with many_articles():
        if len(dated) < WORTH_A_POOL or (os.cpu_count() or 1) < 2:
            yield from map(partial(_attempt, own=own), dated)
            return
        open_gazetteer(own)  # before the fork: the processes share its pages
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context(method)) as pool:
            yield from pool.map(partial(_attempt, own=own), dated, chunksize=32)


def _attempt(dated: Dated, *, own: Path | None) -> ReadArticle | str:
    try:
        return read_out(dated, own=own)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def fingerprint(folder: Path) -> str:
    """Return a short print of everything an index depends on: the articles, the shipped data and this code."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(VERSION.encode())
    code = [*Path(__file__).parent.rglob("*"), *DATA.parent.rglob("*")]
    for root, files in ((folder, _files(folder.rglob("*"))), (DATA.parent.parent, _files(code))):
        for file in files:
            state = file.stat()
            name = file.relative_to(root).as_posix()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> list[Path]:
    wanted = (".txt", ".md", ".py", ".toml", ".csv", ".parquet", ".marisa", ".geojson", ".html", ".htm")
    return sorted(path for path in paths if path.suffix in wanted and path.is_file())
