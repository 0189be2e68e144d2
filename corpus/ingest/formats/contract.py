"""What a format is: it says whether it can read a file, by suffix and content, and yields the articles in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.errors import ArticleError
from corpus.records import Furniture
from geodata.decoding import decode
from geodata.errors import NoTextError

LARGEST = 10_000_000  # bytes of one article
LARGEST_COLLECTION = 200_000_000  # ... of a file of many, as it lies there and as it is unpacked
MOST_ARTICLES = 10_000  # of one file

Columns = Mapping[str, str | int]  # fields of an article: the name or number of their column in a table
_NEWLINES = re.compile("\r\n?|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class File:
    """A file's content, wherever it lies: in a folder, in an archive, in what a page was handed."""

    name: str
    content: bytes
    columns: Columns = field(default_factory=dict)  # what the settings beside a table call its columns
    url: str = ""  # where it was fetched from, if that is known
    charset: str = ""  # as whoever served it declared
    is_packed: bool = False  # in an archive, in which no other is opened

    @property
    def suffix(self) -> str:
        """The last suffix, in small letters."""
        return "." + self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def head(self) -> bytes:
        """How the content begins, in small letters, without what stands before all text."""
        return self.content[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its format gives it."""

    text: str
    about: Mapping[str, str] = field(default_factory=dict)  # title, outlet, author, date, language, url
    told_by: str = "front matter"  # what gives these fields, but those that something else is known to give
    known: Mapping[str, str] = field(default_factory=dict)
    part: str = ""  # what it is called within its file: "#3", "/news/a.html"; "" where it is the file
    key: str = ""  # what it is known by within its file, where that outlives other entries: its link
    furniture: tuple[Furniture, ...] = ()  # what the file sets apart from the article, behind it
    notes: tuple[str, ...] = ()
    markup: str = ""  # of the page that it stands on


class Problem(NamedTuple):
    """What must be said of a file, or of an entry of it that is left out."""

    message: str  # "left out: ..." or "read, but ..."
    part: str = ""


Found = RawArticle | Problem | File  # a file that lies in the file is read as one that lies in a folder


class Format(NamedTuple):
    """A kind of file."""

    name: str
    suffixes: tuple[str, ...]
    fits: Callable[[File], bool]
    read: Callable[[File], Iterator[Found]]  # raises ArticleError, with the way out
    largest: int = LARGEST  # bytes
    needs: str = ""  # the package that reads it, where Python alone does not


def text_of(file: File) -> tuple[str, str]:
    """Return a file's text, and what had to be assumed to read it. Raises ArticleError where it is none."""
    try:
        text, assumed = decode(file.content, charset=file.charset)
    except NoTextError as error:
        raise ArticleError(str(error)) from error
    if "\0" in text:
        raise ArticleError("it holds NUL bytes, so it is not a text file; save it as UTF-8 text")
    return _NEWLINES.sub("\n", text), assumed


def noted(assumed: str) -> tuple[str, ...]:
    """Return a note as a tuple, an empty one where there is nothing to say."""
    return (assumed,) if assumed else ()


def web_address(written: object) -> str:
    """Return an address of the web, "" for anything else."""
    address = str(written or "").strip()
    return address if address.startswith(("http://", "https://")) and " " not in address else ""


def too_large(size: int, limit: int) -> str:
    """Say that a file is larger than is read, and the way out."""
    why = "that is no single article; split it into one file an article"
    if limit > LARGEST:
        why = "split it into smaller files"
    return f"it has {size / 1e6:.0f} MB, more than {limit // 1_000_000} MB: {why}"
