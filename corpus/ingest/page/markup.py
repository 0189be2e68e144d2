"""Tell markup from text, and mend what no parser could read in linear time."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(
    r"<(?:/?(?:p|div|span|br|hr|a|b|i|em|strong|h[1-6]|ul|ol|li|table|t[rdh]|img|figure|figcaption|section|article"
    r"|html|head|body|title|meta|script|style|blockquote|iframe|time)\b[^<>]{0,2000}|!doctype html[^<>]{0,200})>",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|nbsp|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip);")
# A "<" that opens no tag would send html.parser looking to the end of the text, once for each.
_NO_TAG = re.compile(r"<(?![A-Za-z/!?][^<>]{0,4000}>)")
# A character whose number int() refuses to read.
_NO_CHARACTER = re.compile(r"&#\d{100,};?")
# What is inside these is apart from the text; where one is never closed, all that follows would be.
_APART = "nav|aside|footer|button|select|svg|template|noscript|iframe|textarea|dialog|object|video|audio|a"
_PAIRED = re.compile(rf"<(/?)({_APART})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Say whether a text is HTML: three tags or more, or tags at its very beginning."""
    if "<" not in text:
        return False
    tags = _TAG.finditer(text)
    first = next(tags, None)
    if first is None:
        return False
    return not text[: first.start()].strip() or sum(1 for _, _ in zip(tags, range(2), strict=False)) == 2


def is_whole_page(text: str) -> bool:
    """Say whether markup is a whole page and no piece of one."""
    return _WHOLE.search(text, 0, 20_000) is not None


def has_entities(text: str) -> bool:
    """Say whether a text without tags still writes characters as HTML entities."""
    return "&" in text and _ENTITY.search(text) is not None


def unescape_entities(text: str) -> str:
    """Replace the HTML entities that news texts are left with, and nothing else."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text)


def mended(markup: str) -> str:
    """Return markup that is read in linear time: without comments, lone signs, and elements left open.

    An element that sets its text apart (a menu, a button) and is never closed would take the rest of the page with it.
    """
    return _without_left_open(_NO_CHARACTER.sub("�", _NO_TAG.sub("&lt;", _without_comments(markup))))


def without_scripts(markup: str) -> str:
    """Return markup without scripts and style sheets."""
    pieces, start = [], 0
    low = markup.lower()
    while opened := _SCRIPT.search(markup, start):
        pieces.append(markup[start : opened.start()])
        closed = low.find(f"</{opened[1].lower()}", opened.end())
        end = low.find(">", closed) if closed >= 0 else -1
        if end < 0:
            return "".join(pieces)
        start = end + 1
    return "".join([*pieces, markup[start:]])


def _without_comments(markup: str) -> str:
    pieces, start = [], 0
    while (opened := markup.find("<!--", start)) >= 0 and (closed := markup.find("-->", opened + 4)) >= 0:
        pieces.append(markup[start:opened])
        start = closed + 3
    return "".join([*pieces, markup[start:].replace("<!--", "")])


def _without_left_open(markup: str) -> str:
    still_open: dict[str, list[tuple[int, int]]] = {}
    for tag in _PAIRED.finditer(markup):
        name = tag[2].lower()
        if not tag[1] and not (tag[0].endswith("/>") and name == "svg"):
            # No link lies within a link: the first was left open.
            still_open.setdefault(name, []).append(tag.span())
            if name == "a" and len(still_open[name]) > 1:
                still_open.setdefault("lost", []).append(still_open[name].pop(0))
        elif tag[1] and still_open.get(name):
            still_open[name].pop()
    pieces, start = [], 0
    for first, last in sorted(span for spans in still_open.values() for span in spans):
        pieces.append(markup[start:first])
        start = last
    return "".join([*pieces, markup[start:]])
