"""The formats that are read, in the order in which they are asked: content that leaves no doubt before suffixes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.errors import ArticleError
from corpus.ingest.formats import archive, docx, feed, mhtml, pdf, plain, table, warc, web_page
from corpus.ingest.formats.contract import (
    LARGEST_COLLECTION,
    MOST_ARTICLES,
    File,
    Format,
    Problem,
    RawArticle,
    too_large,
)

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    docx.FORMAT,
    warc.FORMAT,
    table.PARQUET,
    archive.FORMAT,
    mhtml.FORMAT,
    feed.FORMAT,
    web_page.FORMAT,
    table.JSON,
    table.CSV,
    plain.FORMAT,
)
SUFFIXES = tuple(sorted({suffix for known in FORMATS for suffix in known.suffixes}))


def largest(suffix: str) -> int:
    """Return how many bytes a file of a suffix may have."""
    return max((known.largest for known in FORMATS if suffix in known.suffixes), default=plain.FORMAT.largest)


def format_of(file: File) -> Format:
    """Return what reads a file: a text, where nothing else does."""
    if not file.content.strip(b"\0 \t\r\n"):
        return plain.FORMAT  # which says what is wrong with nothing
    return next(known for known in FORMATS if known.fits(file))


def read_any(file: File) -> Iterator[RawArticle | Problem]:
    """Yield the articles in a file of any format, and what could not be read of it.

    Raises ArticleError, with the way out, where nothing of it can be.
    """
    articles = letters = 0
    for found in _read(file):
        if isinstance(found, RawArticle):
            articles, letters = articles + 1, letters + len(found.text)
            if articles > MOST_ARTICLES or letters > LARGEST_COLLECTION:
                yield Problem(f"left out: what it holds after its first {articles - 1:,} articles; split it into parts")
                return
        yield found


def _read(file: File) -> Iterator[RawArticle | Problem]:
    known = format_of(file)
    if len(file.content) > known.largest:
        raise ArticleError(too_large(len(file.content), known.largest))
    try:
        for found in known.read(file):
            if isinstance(found, File):
                yield from _read_packed(found)
            else:
                yield found
    except ModuleNotFoundError as error:
        if not known.needs:
            raise
        raise ArticleError(f"it is {known.name}, which {known.needs} reads: pip install {known.needs}") from error


def _read_packed(file: File) -> Iterator[RawArticle | Problem]:
    """Yield what is in a file that lies in another; nothing that is wrong with it costs its neighbours."""
    try:
        for found in _read(file):
            part = file.name + found.part
            yield replace(found, part=part) if isinstance(found, RawArticle) else Problem(found.message, part)
    except ArticleError as error:
        yield Problem(f"left out: {error}", file.name)
