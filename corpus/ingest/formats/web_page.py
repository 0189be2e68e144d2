"""HTML and XHTML: a page as a browser saves it, with front matter above it or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import File, Format, RawArticle, noted, text_of
from corpus.ingest.front_matter import split_front_matter

_OPENING = re.compile(rb"\A(?:<\?xml\b[^<>]{0,300}>\s*)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html\b)", re.DOTALL)
SUFFIXES = (".html", ".htm", ".xhtml", ".xht")


def fits(file: File) -> bool:
    """Say whether a file is a page: by its suffix, or because it begins as one."""
    return file.suffix in SUFFIXES or begins_as_page(file)


def begins_as_page(file: File) -> bool:
    """Say whether a file begins as a page, whatever it is called."""
    return _OPENING.match(file.head) is not None


def read(file: File) -> Iterator[RawArticle]:
    """Yield the one article of a page."""
    text, assumed = text_of(file)
    about, markup, problems = split_front_matter(text)
    yield article_of_page(file, markup, about, [*noted(assumed), *problems])


def article_of_page(file: File, markup: str, given: Mapping[str, str], notes: Sequence[str] = ()) -> RawArticle:
    """Return the article of a page; what is `given` of it goes before what the page says. Raises ArticleError."""
    from corpus.ingest.page.page import read_page  # much that no other file needs
    from corpus.ingest.page.page_date import FROM_PAGE

    page = read_page(markup, url=given.get("url") or file.url, all_is_text=given.get("page") == "whole")
    if not page.text.strip():
        raise ArticleError("it holds no text: perhaps a script writes it; save the page from a browser once more")
    date_from = page.about.pop("date_from", FROM_PAGE)
    return RawArticle(
        page.text,
        {**page.about, **given},
        FROM_PAGE,
        {"date": date_from} | dict.fromkeys(given, "front matter"),
        furniture=page.furniture,
        notes=(*notes, *noted(page.note)),
        markup=markup,
    )


FORMAT = Format("a web page", SUFFIXES, fits, read, needs="trafilatura")
