"""JSON-LD: what pages tell search engines of themselves; which of its items is the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

LARGEST = 500_000  # characters of one script
MOST, DEEPEST = 500, 6  # items, and levels of them in each other

Item = Mapping[str, object]

_SCRIPT = re.compile(r"<script\b[^<>]*\bld\+json\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile("</script", re.IGNORECASE)
_PLAIN = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"([^"<>\\]{4,300})"')
_ARTICLES = ("Article", "Posting", "Report", "LiveBlog")
_PAGES = ("WebPage", "ItemPage", "CreativeWork", "AboutPage", "VideoObject")


def read_json_ld(markup: str) -> list[Item]:
    """Return the items of all JSON-LD of a page, in order, those within others after them."""
    items: list[Item] = []
    start = 0
    while len(items) < MOST and (opened := _SCRIPT.search(markup, start)):
        closed = _CLOSED.search(markup, opened.end())
        if not closed:
            break
        start = closed.end()
        if closed.start() - opened.end() <= LARGEST:
            items += _items(_loaded(markup[opened.end() : closed.start()]), DEEPEST)
    return items[:MOST]


def _loaded(source: str) -> object:
    source = re.sub(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z", "", source).strip(
        " \n\t\r;"
    )
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        # A comma too many, a quotation mark too few: what it says plainly counts all the same.
        told: dict[str, object] = {}
        for key, value in _PLAIN.findall(source):
            told.setdefault(key, value)
        return {"@type": "Article", **told} if told else None


def _items(value: object, levels: int) -> Iterator[Item]:
    if isinstance(value, list) and levels:
        for each in value[:MOST]:
            yield from _items(each, levels - 1)
    elif isinstance(value, dict) and levels:
        yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _items(each, levels - 1)


def article_of(items: Sequence[Item], *, link: str, titles: Sequence[str]) -> Item:
    """Return the item that is the page's article, an empty one where none is: pages list their other articles too."""
    kinds = (_ARTICLES, _PAGES)
    for kind in kinds:
        chosen = [item for item in items if any(name.endswith(kind) for name in _types(item))]
        if chosen:
            best = max(chosen, key=lambda item: _likeness(item, link, titles))  # the first of equals
            if kind is _ARTICLES or _likeness(best, link, titles) or len(chosen) == 1:
                return best
    return {}


def _types(item: Item) -> list[str]:
    kind = item.get("@type")
    return [str(name).rsplit("/", 1)[-1] for name in (kind if isinstance(kind, list) else [kind]) if name]


def _likeness(item: Item, link: str, titles: Sequence[str]) -> int:
    headline = _key(str(item.get("headline") or item.get("name") or ""))
    is_titled = bool(headline) and any(
        headline in _key(title) or _key(title) in headline for title in titles if _key(title)
    )
    addresses = {_path(url_of(item)), _path(str(item.get("@id") or ""))} - {""}
    return 2 * is_titled + 2 * (_path(link) in addresses) + ("datePublished" in item)


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.strip("/")
    except ValueError:
        return ""


def url_of(item: Item) -> str:
    """Return the address that an item says it is at."""
    for key in ("url", "mainEntityOfPage"):
        value = item.get(key)
        value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def name_of(value: object, levels: int = 3) -> str:
    """Return the name of a person or an organisation, of several with commas between them."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return name_of(value.get("name"), levels - 1) if levels else ""
    if isinstance(value, list) and levels:
        return ", ".join(dict.fromkeys(filter(None, (name_of(each, levels - 1) for each in value[:20]))))
    return ""
