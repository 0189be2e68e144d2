"""Make articles of what the formats give: fill in what their texts tell, name them, and say what is wrong with them."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from corpus.errors import ArticleError
from corpus.ingest.bibliography import find_byline, find_outlet, find_title
from corpus.ingest.formats.contract import Columns, File, RawArticle
from corpus.ingest.formats.known import SUFFIXES, format_of, read_any
from corpus.ingest.formats.table import SETTINGS, columns_of
from corpus.records import Article
from corpus.timex.detect_language import language_of, language_problem
from corpus.timex.given_date import date_problem

LONGEST_SLUG = 40
NAMED = 5  # entries of a file that one message names
FROM_TEXT, FROM_WORDS = "the text", "its words"


@dataclass(slots=True)
class Read:
    """What was read of a file: its articles, how each field of them is known, and what must be said."""

    articles: list[Article] = field(default_factory=list)
    known: list[dict[str, str]] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)  # of the pages among them, where it is wanted
    said: list[str] = field(default_factory=list)


def read_file(file: File, *, keep_markup: bool = False) -> Read:
    """Read every article of a file, and keep the markup of those that are pages where it is wanted.

    Nothing is raised: what could not be read is said ("left out: ...", "read, but ...").
    """
    read, said = Read(), dict[str, list[str]]()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        format = format_of(file)
        if file.suffix not in format.suffixes and file.suffix in SUFFIXES:
            said[f"read, but it is called {file.suffix} and was read as {format.name}, which it is"] = []
        for found in read_any(file):
            if not isinstance(found, RawArticle):
                said.setdefault(found.message, []).append(found.part)
                continue
            article, known, notes = _finished(found, file, format.name, at)
            read.articles.append(article)
            read.known.append(known)
            read.markup += [found.markup] * keep_markup
            for note in notes:
                said.setdefault(f"read, but {note}", []).append(found.part)
    except ArticleError as error:
        said.setdefault(f"left out: {error}", []).append("")
    if not read.articles and not said:
        said["left out: it holds no article; see what is in it, or remove it"] = []
    read.said = [_with_parts(message, list(filter(None, parts))) for message, parts in said.items()]
    return read


def _with_parts(message: str, parts: Sequence[str]) -> str:
    """Return a message with the entries of the file that it is about."""
    if not parts:
        return message
    more = f" and {len(parts) - NAMED:,} more" if len(parts) > NAMED else ""
    return f"{message} ({', '.join(parts[:NAMED])}{more})"


def _finished(raw: RawArticle, file: File, format: str, at: str) -> tuple[Article, dict[str, str], list[str]]:
    """Return an article, how each of its fields is known, and what must be said of it."""
    about = dict(raw.about)
    own = raw.text[: raw.furniture[0].start] if raw.furniture else raw.text
    language = language_of(own or raw.text, about.get("language", ""))
    problem = date_problem(about["date"]) if about.get("date") else ""
    notes = [*raw.notes, *filter(None, (problem, language_problem(language)))]
    name = shown(file.name + raw.part)
    byline = find_byline(own)
    told = {
        "title": find_title(own, name) if not about.get("title") else "",
        "outlet": find_outlet(raw.text, byline) if not about.get("outlet") else "",
        "author": byline.author if byline and not about.get("author") else "",
    }
    known = {key: raw.known.get(key, raw.told_by) for key in about} | {
        key: FROM_TEXT for key, value in told.items() if value
    }
    if about.get("language", "")[:2].lower() != language:
        known["language"] = FROM_WORDS
    article = Article(
        id=article_id(name if not raw.part else f"{shown(file.name)}#{raw.key or raw.part}"),
        file=name,
        text=raw.text,
        title=about.get("title") or told["title"],
        outlet=about.get("outlet") or told["outlet"],
        author=about.get("author") or told["author"],
        language=language,
        url=about.get("url", ""),
        date=about.get("date", ""),
        date_from=known.get("date", raw.told_by),
        furniture=raw.furniture,
        format=format,
        read_at=at,
    )
    return article, known, notes


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


def read_columns(table: Path) -> Columns:
    """Return what the settings beside a table call its columns. Raises ArticleError where they cannot be read."""
    settings = table.parent / SETTINGS
    try:
        return columns_of(tomllib.loads(settings.read_text("utf-8")), table.name)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ArticleError(f"{SETTINGS} beside it cannot be read ({error}); mend it") from error


def settings_beside(folder: Path, files: Iterable[str]) -> Iterator[Path]:
    """Yield the settings that stand beside files, which are named by their paths below a folder."""
    for inner in sorted({os.path.dirname(file) for file in files}):  # noqa: PTH120 - a hundred thousand times
        with suppress(OSError):  # of a folder that may not be entered its files will say so
            if (folder / inner / SETTINGS).is_file():
                yield folder / inner / SETTINGS


def shown(file: Path | str) -> str:
    """Return a path as text that can be stored and shown, whatever bytes a file system allows in names."""
    text = file.as_posix() if isinstance(file, Path) else file
    if text.isascii() and text.isprintable():
        return text  # as nearly all of a hundred thousand are
    text = os.fsencode(text).decode("utf-8", "backslashreplace")
    return "".join(char if char >= " " else char.encode("unicode_escape").decode() for char in text)
