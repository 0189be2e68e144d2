"""Read markup into blocks, the pieces of text between two breaks, and note what sets each apart from the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

from corpus import LANGUAGES
from geodata.tables import read_toml

WORDS = LANGUAGES / "page.toml"
LONGEST_TITLE = 1_000  # characters: what comes after a title that is never closed is text
DEEPEST = 12  # marks noted of a block
MOST_HEADINGS = 50
LONGEST_CELL = 100  # characters of a cell that is one of a row
PROSE = 12  # words, from which on a block is a paragraph of sentences and no line of a list

_NO_TEXT = {"script", "style", "template", "svg", "iframe", "head"}
_IN_HEAD = {"title", "meta", "link", "base", "script", "style", "noscript", "template", "html", "head"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_BOXES = {"body", "header", "main", "section", "article", "footer", "div", "td", "th", "aside", "nav", "form"}
_BLOCKS = {"p", "br", "hr", "pre", "blockquote", "address", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "details"}
_BLOCKS |= {"ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "figure", "figcaption", "option", "select", "label"}
_BLOCKS |= {"button", "fieldset", "legend", "center", "caption", "dialog", "noscript", "textarea"} | _BOXES
_SINGLE = {"li", "tr", "option"}  # that break one line and no paragraph
_ENDS = re.compile(r"[.!?…։։۔。！？][\"'”’»)\]]*\s*$")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True)
class Block:
    """A piece of text; `marks` are the numbers of the marked elements that it is in, `box` that of its own box."""

    text: str
    tag: str
    box: int
    gap: int  # line breaks before it
    linked: int  # letters that are links
    marks: tuple[int, ...]
    in_article: bool

    @property
    def words(self) -> int:
        """Its words; two letters are one in scripts without spaces."""
        return len(self.text.split()) + len(_EAST_ASIAN.findall(self.text)) // 2

    @property
    def link_share(self) -> float:
        """Which part of it is links."""
        return self.linked / max(1, len(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of sentences."""
        return self.words >= PROSE and self.link_share < 0.5 and _ENDS.search(self.text) is not None


@dataclass(slots=True)
class Markup:
    """What is in a page: its blocks, the reasons of the marked elements, and what may tell of the article."""

    blocks: list[Block] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # by number of the marked element
    metas: list[tuple[str, str]] = field(default_factory=list)  # names in small letters, contents
    times: list[tuple[str, str, bool]] = field(default_factory=list)  # when, what it is called, and if apart
    links: dict[str, str] = field(default_factory=dict)  # rel of <link>: address
    headings: list[tuple[str, bool]] = field(default_factory=list)  # texts of h1, and if apart
    authors: list[str] = field(default_factory=list)  # texts of rel=author and itemprop=author
    title: str = ""
    language: str = ""


def read_blocks(markup: str) -> Markup:
    """Read markup without scripts, as `markup.mended` leaves it, into blocks."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end_block()
    return reader.found


class _Reader(HTMLParser):
    """Walks through the tags with the elements that are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self._open: list[tuple[str, int, int]] = []  # name, mark or -1, box before or -1
        self._counts: Counter[str] = Counter()
        self._marks: list[int] = []
        self._box, self._boxes = 0, 0
        self._pieces: list[str] = []
        self._linked = 0
        self._gap = 0
        self._tag = ""
        self._in_title = False
        self._heard: list[tuple[str, list[str]]] = []  # elements whose text is wanted: h1, author

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take "<![word[", which html.parser stops at when it knows no such word, for a comment as browsers do."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take "<p/>" for an opening tag, as browsers do; in a drawing it is closed."""
        if not self._counts["svg"] and tag != "svg":
            self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        self._note(tag, values)
        if self._counts["head"] and tag not in _IN_HEAD:
            self.handle_endtag("head")  # left open
        if tag in _BLOCKS:
            self._break(tag)
        if tag in _VOID:
            return
        if tag in ("p", "li", "td", "th", "tr", "option", "dt", "dd"):
            self._close_left_open(tag)
        mark, box = -1, -1
        if tag in _BOXES:
            self._boxes += 1
            box, self._box = self._box, self._boxes
        if reason := _reason(tag, values):
            mark = len(self.found.reasons)
            self.found.reasons.append(reason)
            self._marks.append(mark)
        self._open.append((tag, mark, box))
        self._counts[tag] += 1
        if tag == "h1" and len(self.found.headings) < MOST_HEADINGS:
            self._heard.append(("h1", []))
        elif values.get("rel") == "author" or values.get("itemprop") == "author":
            self._heard.append((tag, []))

    def _close_left_open(self, tag: str) -> None:
        """Close what no closing tag ends: a paragraph by the next one, an item by the next item."""
        if self._open and self._open[-1][0] == tag:
            self._pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        self._in_title = self._in_title and tag != "title"
        if tag in _BLOCKS:
            self._break(tag)
            self._tag = ""
        if self._counts[tag]:
            while self._pop() != tag:
                pass

    def _pop(self) -> str:
        tag, mark, box = self._open.pop()
        self._counts[tag] -= 1
        if mark >= 0:
            self._marks.pop()
        if box >= 0:
            self._box = box
        if self._heard and self._heard[-1][0] == tag:
            words = " ".join("".join(self._heard.pop()[1]).split())[:LONGEST_TITLE]
            if tag == "h1" and words:
                self.found.headings.append((words, bool(self._marks)))
            elif words:
                self.found.authors.append(words)
        return tag

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._in_title:
            self.found.title = (self.found.title + " " + " ".join(data.split())).strip()
            self._in_title = len(self.found.title) < LONGEST_TITLE
        elif not any(self._counts[tag] for tag in _NO_TEXT):
            data = re.sub(r"\s+", " ", data)
            if data == " " and (not self._pieces or self._pieces[-1] == "\n"):
                return
            self._pieces.append(data)
            if self._counts["a"]:
                self._linked += len(data)
            for _, words in self._heard[-2:]:
                words.append(data)

    def _break(self, tag: str) -> None:
        pending = "".join(self._pieces[-20:])
        if tag == "br" and pending.strip(" ") and not pending.endswith("\n"):
            self._pieces.append("\n")
            return
        is_cell = len(pending) <= LONGEST_CELL and "\n" not in pending and self._linked * 2 <= len(pending)
        if tag in ("td", "th") and is_cell:
            self._pieces += [" "] * bool(pending)  # a row of a table is a line; in cells that are columns of a page
            return  # it is not
        self.end_block()
        self._gap += 1 if tag in _SINGLE else 2
        self._tag = tag

    def end_block(self) -> None:
        """Finish the block that is being read."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        text = "\n".join(filter(None, lines))
        if text:
            here = (self._tag, self._box, min(self._gap, 2), self._linked, tuple(self._marks[:DEEPEST]))
            self.found.blocks.append(Block(text, *here, self._counts["article"] > 0))
            self._gap = 0
        self._pieces, self._linked = [], 0

    def _note(self, tag: str, values: Mapping[str, str]) -> None:
        """Note what may tell of the article."""
        if tag == "title":
            self._in_title = not self.found.title and not self._counts["svg"]
        elif tag == "html":
            self.found.language = self.found.language or values.get("lang", "") or values.get("xml:lang", "")
        elif tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or values.get("http-equiv")
            if name and values.get("content"):
                self.found.metas.append((name.lower(), " ".join(values["content"].split())))
        elif tag in ("link", "base") and values.get("href"):
            for rel in values.get("rel", "").lower().split() if tag == "link" else ["base"]:
                self.found.links.setdefault(rel, values["href"].strip())
        if when := values.get("datetime") or (values.get("content") if tag != "meta" and "itemprop" in values else ""):
            called = " ".join((values.get("itemprop", ""), values.get("class", ""), "pubdate" * ("pubdate" in values)))
            self.found.times.append((" ".join(when.split()), called.lower(), bool(self._marks)))


def _reason(tag: str, values: Mapping[str, str]) -> str:
    """Return what an element is when it is no part of the article, by its name and what it is called."""
    if tag in ("html", "body", "article", "main", "p", "a", "img", "span", "em", "b", "i", "strong"):
        return ""
    if tag == "link" or (values.get("aria-hidden") == "true" and tag == "svg"):
        return ""
    marks, tags = _words()
    if tag in tags:
        return tags[tag]
    called = f"{values.get('id', '')} {values.get('class', '')} {values.get('role', '')}"
    for name in _HUMP.sub("-", called[:500]).lower().replace("_", "-").split():
        if name in marks:
            return marks[name]
        parts = name.split("-")
        if len(parts) > 1:
            joined = {f"{one}-{two}" for one, two in pairwise(parts)}
            if reason := next((marks[part] for part in (*joined, parts[0], parts[-1]) if part in marks), ""):
                return reason
    style = values.get("style", "").replace(" ", "").lower()
    return "hidden" if "display:none" in style or "hidden" in values else ""


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    table = read_toml(WORDS)
    return {word: reason for reason, words in table["marks"].items() for word in words.split()}, table["tags"]
