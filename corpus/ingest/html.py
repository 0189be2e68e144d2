"""Turn HTML into plain text, for web pages that were saved as articles."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_TAG = re.compile(
    r"<(?:/?(?:p|div|span|br|hr|a|b|i|em|strong|h[1-6]|ul|ol|li|table|t[rdh]|img|figure|figcaption|section|article"
    r"|html|head|body|title|meta|script|style|blockquote|iframe|time)\b[^<>]{0,2000}|!doctype html[^<>]{0,200})>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|nbsp|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip);")
# A "<" that opens no tag would send html.parser looking to the end of the text, once for each.
_NO_TAG = re.compile(r"<(?![A-Za-z/!?][^<>]{0,4000}>)")
# A character whose number int() refuses to read.
_NO_CHARACTER = re.compile(r"&#\d{100,};?")

LONGEST_TITLE = 1_000  # characters: what comes after a title that is never closed is text
_DROPPED = {"script", "style", "noscript", "template", "svg", "head"}
_DROPPED |= {"nav", "aside", "form", "button", "select", "iframe"}
_BLOCKS = {"p", "div", "br", "hr", "pre", "blockquote", "address", "h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS |= {"ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "figure", "figcaption"}
_BLOCKS |= {"body", "header", "main", "section", "article", "footer"}
_META = {
    "og:title": "title",
    "og:site_name": "outlet",
    "author": "author",
    "og:url": "url",
}
# Where pages write when they were published, the firmest first; a <time> element comes after them all.
_DATES = (
    *("article:published_time", "og:article:published_time", "json-ld", "datepublished"),
    *("parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date"),
    *("pubdate", "publishdate", "publish-date", "publication_date", "date", "time"),
)
_JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"<>\\]{4,40})"')


def is_markup(text: str) -> bool:
    """Say whether a text is HTML: three tags or more, or tags at its very beginning."""
    if "<" not in text:
        return False
    tags = _TAG.finditer(text)
    first = next(tags, None)
    if first is None:
        return False
    return not text[: first.start()].strip() or sum(1 for _, _ in zip(tags, range(2), strict=False)) == 2


def has_entities(text: str) -> bool:
    """Say whether a text without tags still writes characters as HTML entities."""
    return "&" in text and _ENTITY.search(text) is not None


def unescape_entities(text: str) -> str:
    """Replace the HTML entities that news texts are left with, and nothing else."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text)


def text_of_markup(markup: str) -> tuple[str, dict[str, str]]:
    """Return the text, a line for each block, and what the page says about itself (title, date, ...)."""
    reader = _Reader()
    reader.feed(_NO_CHARACTER.sub("�", _NO_TAG.sub("&lt;", _without_comments(markup))))
    reader.close()
    if written := _JSON_LD.search(markup):
        reader.note_date("json-ld", written[1])
    lines = (" ".join(line.split()) for line in "".join(reader.text()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n", reader.about


def _without_comments(markup: str) -> str:
    pieces, start = [], 0
    while (opened := markup.find("<!--", start)) >= 0 and (closed := markup.find("-->", opened + 4)) >= 0:
        pieces.append(markup[start:opened])
        start = closed + 3
    return "".join([*pieces, markup[start:].replace("<!--", "")])


class _Reader(HTMLParser):
    """Collect the text outside dropped elements, and apart from it the text of an `<article>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.about: dict[str, str] = {}
        self._date_rank = len(_DATES)
        self._all: list[str] = []
        self._article: list[str] = []
        self._articles = self._article_depth = 0
        self._dropped: list[str] = []
        self._in_title = False

    def text(self) -> list[str]:
        one_article = self._articles == 1 and sum(map(len, self._article)) >= 200
        return self._article if one_article else self._all

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take "<![word[", which html.parser stops at when it knows no such word, for a comment as browsers do."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._note(tag, values)
        if tag in _DROPPED:
            if tag not in self._dropped:  # one that is open already changes nothing, and a thousand would be searched
                self._dropped.append(tag)
        elif tag in ("td", "th"):
            self._add(" ")
        elif tag in _BLOCKS:
            if tag == "article":
                self._articles += 1
                self._article_depth += 1
            self._add("\n" if tag in ("br", "li", "tr") else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if tag in self._dropped:
            # What was left open inside the dropped element ends with it.
            del self._dropped[self._dropped.index(tag) :]
        elif tag in _BLOCKS:
            self._add("\n" if tag in ("li", "tr") else "\n\n")
            if tag == "article":
                self._article_depth = max(0, self._article_depth - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.about["title"] = (self.about.get("title", "") + " " + " ".join(data.split())).strip()
            self._in_title = len(self.about["title"]) < LONGEST_TITLE
        else:
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, piece: str) -> None:
        if not self._dropped:
            self._all.append(piece)
            if self._article_depth:
                self._article.append(piece)

    def note_date(self, name: str, written: str) -> None:
        """Keep a date where no firmer one is known."""
        rank = _DATES.index(name) if name in _DATES else len(_DATES)
        if rank < self._date_rank and written.strip():
            self.about["date"], self._date_rank = " ".join(written.split()), rank

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if tag == "title":
            self._in_title = "title" not in self.about and "svg" not in self._dropped
        elif tag == "html" and values.get("lang"):
            self.about["language"] = values["lang"]
        elif tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            if name in _META and values.get("content"):
                self.about[_META[name]] = " ".join(values["content"].split())
            self.note_date(name.lower(), values.get("content", ""))
        elif tag == "time" and values.get("datetime"):
            self.note_date("time", values["datetime"])
        elif tag == "body":
            self._dropped.clear()
