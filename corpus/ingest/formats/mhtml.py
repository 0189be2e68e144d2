"""MHTML, a page saved as one file with its pictures; and a page that was sent as mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import File, Format, RawArticle
from corpus.ingest.formats.web_page import read as read_page

if TYPE_CHECKING:
    from email.message import EmailMessage

_HEADER = re.compile(
    rb"\A(?:[\w-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){0,40}?(?:mime-version|content-type):", re.I
)
MOST_PARTS = 5_000


def fits(file: File) -> bool:
    """Say whether a file is MHTML: it begins with the header of a mail."""
    return _HEADER.match(file.head) is not None and (file.suffix in FORMAT.suffixes or b"multipart/" in file.head)


def read(file: File) -> Iterator[RawArticle]:
    """Yield the one article: the first part that is a page."""
    from email import policy  # much that no other file needs
    from email.parser import BytesParser

    try:
        message = BytesParser(policy=policy.default).parsebytes(file.content.lstrip())
        page = next((part for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False) if _is_page(part)), None)
        content = page.get_payload(decode=True) if page else b""
        charset = (page.get_content_charset() if page else "") or ""
        told = [each.get(name) for each in (message, page) if each for name in _LOCATIONS]
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise ArticleError(f"it is no MHTML that can be read ({error}); save the page as HTML") from error
    if not isinstance(content, bytes) or not content.strip():
        raise ArticleError("it is MHTML without a page in it; save the page once more")
    url = next((str(address) for address in told if address and str(address).startswith("http")), "")
    yield from read_page(File(file.name, content, url=url, charset=charset))


_LOCATIONS = ("Snapshot-Content-Location", "Content-Location")


def _is_page(part: EmailMessage) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml") and not part.is_multipart()


FORMAT = Format("MHTML", (".mhtml", ".mht"), fits, read, largest=50_000_000, needs="trafilatura")
