"""RSS and Atom: an article for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import LARGEST, MOST_ARTICLES, File, Format, Found, Problem, RawArticle, web_address
from corpus.ingest.formats.web_page import begins_as_page
from corpus.ingest.page.markup import has_entities, is_markup, unescape_entities
from corpus.timex.given_date import read_date

_OPENING = re.compile(
    rb"\A(?:<\?xml\b[^<>]{0,300}>\s*)?(?:(?:<!--(?>.*?-->)|<\?xml-stylesheet\b[^<>]{0,500}>|<!doctype\s+rss\b[^<>]{0,300}>)\s*+)*+"
    rb"<(?:rss|feed|rdf:rdf|atom:feed)\b",
    re.DOTALL,
)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
ONLY_TITLE = "it has no text but the title: the title alone was read"


def fits(file: File) -> bool:
    """Say whether a file is a feed: by how it begins, whatever it is called."""
    is_called_so = file.suffix in (".rss", ".atom", ".xml") and not begins_as_page(file)
    return is_called_so or _OPENING.match(file.head) is not None


def read(file: File) -> Iterator[Found]:
    """Yield the entries of a feed."""
    import feedparser

    if _ENTITY.search(file.content):
        raise ArticleError("it is XML that declares entities of its own, as no feed needs; take <!ENTITY ...> out")
    if not _OPENING.match(file.head):
        raise ArticleError("it is XML of no kind that is read here; save it as RSS, Atom, HTML or text")
    try:
        # As a stream: anything else it might take for the address or the name of a file to open.
        parsed = feedparser.parse(BytesIO(file.content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a broken file makes it raise
        raise ArticleError(f"it is a feed that cannot be read ({error}); save it once more") from error
    entries = parsed.entries
    if not entries:
        why = f" ({parsed.bozo_exception})" if parsed.get("bozo") else ""
        raise ArticleError(f"it is a feed without entries{why}; save it once more")
    if parsed.get("bozo") and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield Problem(f"read, but its XML is broken ({parsed.bozo_exception}): what stands behind that may be missing")
    for number, entry in enumerate(islice(entries, MOST_ARTICLES + 1), 1):
        part = f"#{number}"
        text, about, notes = _article(entry, parsed.feed)
        if text:
            yield RawArticle(
                text, about, "the feed", part=part, key=about.get("url") or entry.get("id", ""), notes=notes
            )
        else:
            yield Problem("left out: the entry holds neither text nor title", part)


def _article(entry: Any, feed: Any) -> tuple[str, dict[str, str], tuple[str, ...]]:
    bodies = [each.get("value", "") for each in entry.get("content", [])] + [entry.get("summary", "")]
    texts = [plain_text(body[:LARGEST]) for body in bodies if body]
    text = max(texts, key=len, default="")  # a summary is shorter, or all there is
    title = plain_text(entry.get("title", "")).strip().replace("\n", " ")
    source = entry.get("source", {}).get("title") or feed.get("title", "")
    about = {
        "title": title,
        "outlet": plain_text(source).strip(),
        "author": ", ".join(filter(None, (each.get("name", "") for each in entry.get("authors", []))))
        or entry.get("author", ""),
        "date": _date(entry),
        "url": web_address(entry.get("link")),
        "language": feed.get("language", ""),
    }
    about = {key: " ".join(value.split()) for key, value in about.items() if isinstance(value, str) and value.strip()}
    return (text, about, ()) if text.strip() else (title and title + "\n", about, (ONLY_TITLE,))


def _date(entry: Any) -> str:
    """Return when an entry was published, else updated, as it is written there where that can be read."""
    for name in ("published", "updated", "created"):
        if written := entry.get(name):
            parsed = entry.get(f"{name}_parsed")
            is_read = read_date(written)[0] is not None
            return str(written) if is_read or not parsed else f"{parsed.tm_year}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
    return ""


def plain_text(written: str) -> str:
    """Return text out of what may be markup, as feeds and tables hold it."""
    if is_markup(written):
        from corpus.ingest.page.page import read_page  # much that no other file needs

        return read_page(written).main
    written = unescape_entities(written) if has_entities(written) else written
    return written.strip() + "\n" if written.strip() else ""


FORMAT = Format("a feed", (".rss", ".atom", ".xml"), fits, read, largest=50_000_000, needs="feedparser")
