"""PDF: the text of its pages, lines joined into paragraphs."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import File, Format, RawArticle

MOST_PAGES = 1_000
FULL = 0.7  # of the usual longest line of a page: a line so long goes on in the next
USUAL = 0.9  # of a page's lines are no longer than its longest usual one

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\Z")
_ENDS = re.compile(r"[.!?:…։。][\"'”’»)\]]*\Z")
_NUMBER = re.compile(r"\A\W{0,40}(?:page\s{0,9})?\d{1,4}(?:\s{0,9}(?:of|/)\s{0,9}\d{1,4})?\W{0,40}\Z", re.IGNORECASE)


def fits(file: File) -> bool:
    """Say whether a file is PDF: its mark stands first, or nearly so."""
    return file.head.startswith(b"%pdf-") or (file.suffix == ".pdf" and b"%PDF-" in file.content[:1024])


def read(file: File) -> Iterator[RawArticle]:
    """Yield the one article of a PDF file."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it stumbles at, we say ourselves
    try:
        reader = PdfReader(BytesIO(file.content), strict=False)
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if is_locked else [reader.pages[n].extract_text() for n in range(min(len(reader.pages), MOST_PAGES))]
        left = 0 if is_locked else max(0, len(reader.pages) - MOST_PAGES)
        data: Mapping[str, object] = {} if is_locked else reader.metadata or {}
        titled = " ".join(str(data.get("/Title") or "").split())
    except ModuleNotFoundError as error:
        if error.name == "pypdf":
            raise
        raise ArticleError(f"it is PDF with a lock that cannot be opened ({error}); print it to a new PDF") from error
    except Exception as error:  # whatever a broken file makes it raise
        raise ArticleError(
            f"it is no PDF that can be read ({error}); print it to a new PDF, or save its text"
        ) from error
    if is_locked:
        raise ArticleError("it is PDF locked with a password; save it without one")
    text = "\n\n".join(filter(None, map(_in_paragraphs, _without_numbers(pages))))
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    if not re.search(r"\w", text):
        raise ArticleError("it is PDF without text, pictures of pages perhaps; have its text recognised (OCR) first")
    about = {"title": titled} if titled and _key(titled) in _key(text[:3_000]) else {}  # others name a template
    notes = (f"its {left:,} pages after the first {MOST_PAGES:,} were left out; split it",) if left else ()
    yield RawArticle(text + "\n", about, "the document's own data", notes=notes)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _without_numbers(pages: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each page without its number at head or foot."""
    for page in pages:
        lines = [" ".join(line.split()) for line in page.split("\n")]
        written = [number for number, line in enumerate(lines) if line]
        edges = {*written[:1], *written[-1:]} if len(pages) > 1 else set()
        yield [line for number, line in enumerate(lines) if not (number in edges and _NUMBER.match(line))]


def _in_paragraphs(lines: Sequence[str]) -> str:
    """Join the lines of a page that go on in the next one."""
    lengths = sorted(Counter(map(len, filter(None, lines))).elements())
    longest = lengths[ceil(USUAL * (len(lengths) - 1))] if lengths else 0
    text = ""
    before = ""
    for line in lines:
        goes_on = (
            before and line and len(before) >= FULL * longest and not (_ENDS.search(before) and len(before) < longest)
        )
        if goes_on and _HYPHENATED.search(text) and line[:1].islower():
            text = text[:-1] + line
        elif goes_on:
            text += " " + line
        elif line:
            text += "\n\n" * bool(text) + line
        before = line
    return text


FORMAT = Format("PDF", (".pdf",), fits, read, largest=50_000_000, needs="pypdf")
