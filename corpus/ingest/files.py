"""Read a folder of articles: find its files, read each in its format, and say what could not be read."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.corrections.file import NAME as CORRECTIONS
from corpus.errors import ArticleError, EmptyCorpusError
from corpus.ingest.articles import Read, article_id, read_columns, read_file, shown
from corpus.ingest.formats import plain, web_page
from corpus.ingest.formats.contract import LARGEST, File, too_large
from corpus.ingest.formats.known import SUFFIXES, largest
from corpus.ingest.formats.table import SETTINGS
from corpus.records import Article
from geodata.gazetteer.user_places import NAME as OWN_PLACES

__all__ = [
    "LARGEST",
    "SUFFIXES",
    "article_id",
    "find_files",
    "find_names",
    "no_article",
    "read_article",
    "read_articles",
    "shown",
]
SINGLE = (*plain.FORMAT.suffixes, *web_page.FORMAT.suffixes)  # of files that are no tables
NOT_ARTICLES = (OWN_PLACES, CORRECTIONS)  # that lie beside the articles
NAMED = 10  # files that the message about a folder without articles names

Report = Callable[[Path, str], None]


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield what can be read of the articles of a folder. Raises EmptyCorpusError where there is no such folder."""
    for path in find_files(folder, on_problem=lambda file, message: None):
        yield from read_path(path, folder).articles


def no_article(folder: Path, told: Sequence[str]) -> EmptyCorpusError:
    """Return the error of a folder without an article that can be read; `told` is what was wrong with each file."""
    kinds = "texts, saved pages, PDF, Word, feeds, tables, WARC, or a ZIP of them"
    way_out = f"put articles there ({kinds}; by suffix {' '.join(SUFFIXES)})"
    more = [f"and {len(told) - NAMED:,} more"] if len(told) > NAMED else []
    return EmptyCorpusError("\n".join([f"{folder} holds no article that can be read: {way_out}", *told[:NAMED], *more]))


def find_files(folder: Path, *, on_problem: Report) -> Iterator[Path]:
    """Find the article files below a folder, as `find_names` does."""
    return (folder / name for name in find_names(folder, on_problem=on_problem))


def find_names(folder: Path, *, on_problem: Report) -> Iterator[str]:
    """Find the article files below a folder, by their paths in it; hidden ones, and links out of it, are not followed.

    Raises EmptyCorpusError when there is no such folder.
    """
    if not folder.is_dir():
        what = "is a file; name the folder it is in" if folder.exists() else "does not exist; name a folder of articles"
        raise EmptyCorpusError(f"{folder} {what}")
    home = folder.resolve()
    others: Counter[str] = Counter()
    waiting = [""]  # folders to look into, by what the paths of their files begin with
    while waiting:
        here = waiting.pop()
        folders, files = _entries(folder, here, on_problem)
        pages = {f"{name.rpartition('.')[0]}_files" for name, _ in files if name.lower().endswith(web_page.SUFFIXES)}
        # Beside a page that a browser saved lie its pictures and frames.
        inner = (name for name in folders if not name.startswith((".", "__MACOSX")) and name not in pages)
        waiting += [f"{here}{name}/" for name in sorted(inner, reverse=True)]
        for name, is_link in files:
            if name.startswith(".") or name in NOT_ARTICLES or name == SETTINGS:
                continue
            suffix = os.path.splitext(name)[1].lower().rstrip(".")  # noqa: PTH122 - a hundred thousand times
            if suffix not in SUFFIXES:
                others[suffix or "no suffix"] += 1
            elif is_link and not _leads_into(folder / here / name, home):
                told = "left out: a link that leads out of the folder; copy the file itself here"
                on_problem(folder / here / name, told)
            else:
                yield here + name
    if others:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in others.most_common(10))
        on_problem(folder, f"left out: {others.total()} files that are not {', '.join(SUFFIXES)} ({kinds})")


def _entries(folder: Path, here: str, on_problem: Report) -> tuple[list[str], list[tuple[str, bool]]]:
    """Return the folders within one, and its files in their order, each with whether it is a link."""
    folders, files = [], []
    try:
        with os.scandir(folder / here) as entries:
            for entry in entries:
                if not _is_folder(entry):
                    files.append((entry.name, entry.is_symlink()))
                elif entry.is_symlink():
                    on_problem(Path(entry), "left out: a link to a folder; copy the folder itself here")
                else:
                    folders.append(entry.name)
    except OSError as error:
        on_problem(folder / here, f"left out: the folder cannot be read ({error.strerror})")
    return folders, sorted(files)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that point at each other
        return False


def _leads_into(link: Path, home: Path) -> bool:
    try:
        return link.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links that point at each other: opening one says so
        return True


def read_article(path: Path, folder: Path, *, on_problem: Report | None = None) -> Article:
    """Read a file of one article. Raises ArticleError, with the way out, when it holds none."""
    read = read_path(path, folder)
    if not read.articles:
        raise ArticleError(read.said[0].removeprefix("left out: "))
    for message in read.said if on_problem else ():
        on_problem(path, message)  # type: ignore[misc]
    return read.articles[0]


def read_path(path: Path, folder: Path) -> Read:
    """Read the articles of a file below a folder; what cannot be read is said."""
    try:
        columns = read_columns(path) if path.suffix.lower() not in SINGLE else {}
        return read_file(File(shown(path.relative_to(folder)), read_bytes(path), columns))
    except ArticleError as error:
        return Read(said=[f"left out: {error}"])


def read_bytes(path: Path) -> bytes:
    """Return what a file holds that is no larger than its kind may be. Raises ArticleError, with the way out."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("it is not a regular file; save the article as one")
        if status.st_size > (limit := largest(path.suffix.lower())):
            raise ArticleError(too_large(status.st_size, limit))
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"it cannot be opened ({error.strerror}); check that it exists and may be read") from error
