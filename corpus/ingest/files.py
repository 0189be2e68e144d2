"""Read article files: find them, decode them, take off front matter and HTML, and say what could not be read."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from corpus.corrections.file import NAME as CORRECTIONS
from corpus.errors import ArticleError, EmptyCorpusError
from corpus.ingest.bibliography import find_byline, find_outlet, find_title
from corpus.ingest.front_matter import split_front_matter
from corpus.ingest.html import has_entities, is_markup, text_of_markup, unescape_entities
from corpus.records import Article
from corpus.timex.detect_language import language_of, language_problem
from corpus.timex.given_date import date_problem
from geodata.decoding import decode
from geodata.errors import NoTextError
from geodata.gazetteer.user_places import NAME as OWN_PLACES

SUFFIXES = (".txt", ".md", ".html", ".htm")
LARGEST = 10_000_000  # bytes
LONGEST_SLUG = 40
NAMED = 10  # files that the message about a folder without articles names

Report = Callable[[Path, str], None]

_NEWLINES = re.compile("\r\n?|\u2028|\u2029")


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield what can be read of the articles of a folder. Raises EmptyCorpusError where there is no such folder."""
    for path in find_files(folder, on_problem=lambda file, message: None):
        yield from open_file(path, folder=folder)[0]


def open_file(path: Path, *, folder: Path) -> tuple[list[Article], list[str]]:
    """Return the articles that a file holds, and what must be said of it."""
    notes: list[str] = []
    try:
        return [read_article(path, folder, on_problem=lambda _, note: notes.append(note))], notes
    except ArticleError as error:
        return [], [*notes, f"left out: {error}"]


def no_article(folder: Path, told: Sequence[str]) -> EmptyCorpusError:
    """Return the error of a folder without an article that can be read; `told` is what was wrong with each file."""
    way_out = f"put one article a file there, as {', '.join(SUFFIXES)}"
    more = [f"and {len(told) - NAMED:,} more"] if len(told) > NAMED else []
    return EmptyCorpusError("\n".join([f"{folder} holds no article that can be read: {way_out}", *told[:NAMED], *more]))


def find_files(folder: Path, *, on_problem: Report) -> Iterator[Path]:
    """Find the article files below a folder; hidden ones, and links that lead out of it, are not followed.

    Raises EmptyCorpusError when there is no such folder.
    """
    if not folder.is_dir():
        what = "is a file; name the folder it is in" if folder.exists() else "does not exist; name a folder of articles"
        raise EmptyCorpusError(f"{folder} {what}")
    home = folder.resolve()
    others: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        on_problem(Path(error.filename or folder), f"left out: the folder cannot be read ({error.strerror})")

    for here, folders, files in os.walk(folder, onerror=unreadable):
        for name in folders:
            if _is_link(Path(here, name)):
                on_problem(Path(here, name), "left out: a link to a folder; copy the folder itself here")
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(files):
            path = Path(here, name)
            if name.startswith(".") or name in (OWN_PLACES, CORRECTIONS):  # these are read by build.py
                continue
            if path.suffix.lower() not in SUFFIXES:
                others[path.suffix.lower() or "no suffix"] += 1
            elif _is_link(path) and not _leads_into(path, home):
                on_problem(path, "left out: a link that leads out of the folder; copy the file itself here")
            else:
                yield path
    if others:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in others.most_common(10))
        on_problem(folder, f"left out: {others.total()} files that are not {', '.join(SUFFIXES)} ({kinds})")


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # in a folder that may be listed and not entered: opening it says so
        return False


def _leads_into(link: Path, home: Path) -> bool:
    try:
        return link.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links that point at each other: opening one says so
        return True


def shown(file: Path) -> str:
    """Return a path as text that can be stored and shown, whatever bytes a file system allows in names."""
    text = os.fsencode(file.as_posix()).decode("utf-8", "backslashreplace")
    return "".join(char if char >= " " else char.encode("unicode_escape").decode() for char in text)


def read_article(path: Path, folder: Path, *, on_problem: Report | None = None) -> Article:
    """Read one article file. Raises ArticleError, with the way out, when it holds no readable text."""
    try:
        text, assumed = decode(read_bytes(path))
    except NoTextError as error:
        raise ArticleError(str(error)) from error
    text, notes = _NEWLINES.sub("\n", text), [assumed] if assumed else []
    if "\0" in text:
        raise ArticleError("it holds NUL bytes, so it is not a text file; save it as UTF-8 text")
    about, text, problems = split_front_matter(text)
    date_from = "front matter"
    notes += problems
    if path.suffix.lower() in (".html", ".htm") or is_markup(text):
        text, of_page = text_of_markup(text)
        if "date" in of_page and "date" not in about:
            date_from = "the page's own data"
        about = of_page | about
        if path.suffix.lower() not in (".html", ".htm"):
            notes.append("it holds HTML: its text was taken out of the tags")
    elif has_entities(text):
        text = unescape_entities(text)
        notes.append("it wrote characters as HTML entities, which were replaced")
    if not text.strip():
        raise ArticleError("it holds no text; write the article below its front matter, or remove the file")
    language = language_of(text, about.get("language", ""))
    notes += filter(None, (date_problem(about["date"]) if "date" in about else "", language_problem(language)))
    for note in notes if on_problem else ():
        on_problem(path, f"read, but {note}")  # type: ignore[misc]
    file = shown(path.relative_to(folder))
    byline = find_byline(text)
    return Article(
        id=article_id(file),
        file=file,
        text=text,
        title=about.get("title") or find_title(text, file),
        outlet=about.get("outlet") or find_outlet(text, byline),
        author=about.get("author") or (byline.author if byline else ""),
        language=language,
        url=about.get("url", ""),
        date=about.get("date", ""),
        date_from=date_from,
    )


def article_id(file: str) -> str:
    """Make a short id for URLs from a path relative to the corpus folder; it depends on nothing else.

    A plain name keeps its own spelling; any other gets a slug and ten characters of a hash of the path.
    """
    stem, _, suffix = file.rpartition(".")
    plain = re.fullmatch(r"[a-z0-9][a-z0-9_-]*", stem) and suffix == "txt" and len(stem) <= LONGEST_SLUG
    if plain and not re.search(r"-[a-z2-7]{10}$", stem):
        return stem
    path = unicodedata.normalize("NFC", file)
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[-LONGEST_SLUG:].strip("-")
    digest = b32encode(blake2b(path.encode(), digest_size=10).digest()).decode().lower()[:10]
    return f"{slug or 'article'}-{digest}"


def read_bytes(path: Path) -> bytes:
    """Return what a file of at most LARGEST bytes holds. Raises ArticleError, with the way out."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("it is not a regular file; save the article as one")
        if status.st_size > LARGEST:
            raise ArticleError(
                f"it has {status.st_size / 1e6:.0f} MB, more than {LARGEST // 1_000_000} MB: that is no single "
                "article; split it into one file an article"
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"it cannot be opened ({error.strerror}); check that it exists and may be read") from error
