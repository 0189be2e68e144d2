"""WARC and WACZ, what crawlers and archivers keep: an article for each page that was fetched."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from corpus.errors import ArticleError
from corpus.ingest.formats.archive import BROKEN, NAMED, is_zip, names_in
from corpus.ingest.formats.contract import LARGEST, LARGEST_COLLECTION, File, Format, Found, Problem

MOST_RECORDS = 200_000
_PAGES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}


def fits(file: File) -> bool:
    """Say whether a file is WARC, packed or not, or WACZ."""
    if file.content.startswith(b"\x1f\x8b"):
        return file.suffix == ".gz" or _unzipped_head(file.content).startswith(b"WARC/")
    is_wacz = is_zip(file) and any(name.startswith("archive/") and ".warc" in name for name in names_in(file))
    return is_wacz or file.content.startswith(b"WARC/") or file.suffix in (".warc", ".wacz", ".gz")


def _unzipped_head(content: bytes) -> bytes:
    try:
        with gzip.open(BytesIO(content)) as unzipped:
            return unzipped.read(10)
    except (OSError, EOFError, zlib.error):
        return b""


def read(file: File) -> Iterator[Found]:
    """Yield the pages in a WARC file, or in those of a WACZ file."""
    others: Counter[str] = Counter()
    if is_zip(file):
        yield from _read_wacz(file, others)
    elif file.content.startswith(b"WARC/") or _unzipped_head(file.content).startswith(b"WARC/"):
        yield from _read_records(BytesIO(file.content), others, pages=frozenset())
    else:
        raise ArticleError("it is no WARC; if it is a packed text, unpack it")
    if others := +others:
        kinds = ", ".join(f"{kind} {count}" for kind, count in others.most_common(NAMED))
        yield Problem(f"left out: {others.total()} of its records that are no page ({kinds})")


def _read_wacz(file: File, others: Counter[str]) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            pages = frozenset(_pages(archive))
            for name in archive.namelist():
                if name.startswith("archive/") and ".warc" in name:
                    with archive.open(name) as stream:
                        yield from _read_records(BytesIO(stream.read(LARGEST_COLLECTION)), others, pages=pages)
    except BROKEN as error:
        raise ArticleError(f"it is no WACZ that can be read ({error}); save it once more") from error


def _pages(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the addresses that a WACZ lists as its pages: the rest are frames and pieces of these."""
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name in archive.namelist():
            with archive.open(name) as stream:
                for line in stream.read(LARGEST).splitlines():
                    try:
                        row = json.loads(line)
                    except (ValueError, RecursionError):
                        continue
                    if isinstance(row, dict) and isinstance(row.get("url"), str):
                        yield row["url"]


def _read_records(stream: BinaryIO, others: Counter[str], *, pages: frozenset[str]) -> Iterator[Found]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    left = LARGEST_COLLECTION
    seen: set[str] = set()
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            kind, url = _kind(record), record.rec_headers.get_header("WARC-Target-URI") or ""
            if kind not in _PAGES or (pages and url not in pages):
                others[kind] += record.rec_type in ("response", "resource")
                continue
            if url in seen:
                others["the same page again"] += 1
                continue
            seen.add(url)
            content = record.content_stream().read(LARGEST + 1)
            left -= len(content)
            if left < 0 or number > MOST_RECORDS:
                yield Problem("left out: what stands in it after its first 200 MB of pages; split it", f"/{url}")
                return
            name = f"/{url}" if urlsplit(url).path.lower().endswith(_PAGES[kind]) else f"/{url}{_PAGES[kind]}"
            yield File(name, content, url=url, charset=_charset(record), is_packed=True)
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error, ValueError, AttributeError, KeyError) as error:
        yield Problem(f"read, but from some record on it is broken ({error}): what stands behind that is missing")


def _kind(record: Any) -> str:
    """Return what a record holds: its kind of content, or why it is no page."""
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "unknown").partition(";")[0].strip().lower()
    if record.rec_type != "response" or record.http_headers is None:
        return str(record.rec_type)
    status = record.http_headers.get_statuscode()
    if status != "200":
        return f"status {status}"
    return str(record.http_headers.get_header("Content-Type") or "text/html").partition(";")[0].strip().lower()


def _charset(record: Any) -> str:
    declared = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
    return str(declared.lower().partition("charset=")[2].partition(";")[0].strip(" \"'"))


FORMAT = Format("WARC", (".warc", ".wacz", ".gz"), fits, read, largest=LARGEST_COLLECTION, needs="warcio")
