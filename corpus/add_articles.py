"""Add articles to a folder: look at files or a text, say what each holds and how that is known, keep it as a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import yaml

from corpus.dating.publication_date import date_alone
from corpus.drafts import draft_of
from corpus.errors import ArticleError
from corpus.ingest.articles import read_file
from corpus.ingest.formats.contract import LARGEST, File
from corpus.records import Article, Published
from corpus.timex.given_date import date_problem

FIELDS = ("title", "outlet", "author", "date", "language", "url")
MOST_FILES, MOST_BYTES, MOST_ADDED = 50, 50_000_000, 500  # at a time
LONGEST_NAME = 60  # letters of a file's name
LONGEST_FIELD = 500  # letters
NOT_KNOWN = "not known"
PASTED = "pasted text"


@dataclass(frozen=True, slots=True)
class Preview:
    """An article that may be added: its fields, how each is known, and its text or the page that it stands on."""

    file: str  # what it came from
    fields: dict[str, str]
    known: dict[str, str]
    text: str  # as it will be read
    page: str = ""  # its markup, where it is a web page: that is kept, so that nothing of it is lost

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def look_at(files: Iterable[File]) -> Iterator[Preview | str]:
    """Yield the articles in files, and what must be said of these, each with the name of its file."""
    added, left = 0, MOST_BYTES
    for number, file in enumerate(files, 1):
        left -= len(file.content)
        if number > MOST_FILES or left < 0:
            limit = f"{MOST_FILES} files of {MOST_BYTES // 1_000_000} MB together"
            yield f"{file.name}: left out, with those after it: add {limit} at a time"
            return
        read = read_file(file, keep_markup=True)
        yield from (f"{file.name}: {message}" for message in read.said)
        for article, known, markup in zip(read.articles, read.known, read.markup, strict=True):
            added += 1
            if added > MOST_ADDED:
                yield f"{article.file}: left out, with those after it: add {MOST_ADDED} articles at a time"
                return
            yield _preview(article, known, markup)


def _preview(article: Article, known: Mapping[str, str], markup: str) -> Preview:
    published = date_alone(article)[0].published
    fields = {field: str(getattr(article, field)) for field in FIELDS} | {"date": _day(published)}
    told = {field: known.get(field, "") if fields[field] else NOT_KNOWN for field in FIELDS}
    told["date"] = published.basis
    return Preview(article.file, fields, told, article.text[: article.end].strip() + "\n", markup)


def _day(published: Published) -> str:
    """Return the day of publication, "" where it is not known to the day."""
    is_day = published.since is not None and published.since == published.until
    return published.since.isoformat() if is_day and published.since else ""


def problem_of(fields: Mapping[str, str]) -> str:
    """Say what is wrong with the fields that were corrected, and the way out; "" where nothing is."""
    if fields.get("date", "").strip() and (problem := date_problem(fields["date"])):
        return problem
    url = fields.get("url", "").strip()
    if url and not re.fullmatch(r"https?://\S+", url):
        return f"its link {url[:60]!r} is no address of the web: let it begin with https://, or leave it out"
    return ""


def keep(preview: Preview, fields: Mapping[str, str], folder: Path, *, whole: bool = False) -> tuple[Path, bool]:
    """Write an article with its corrected fields into a folder; return its file, and whether it is new there.

    `whole` keeps all text of its page as its own. Raises ArticleError where a field or the folder is no good.
    """
    if problem := problem_of(fields):
        raise ArticleError(f"{preview.file}: {problem}")
    content = _written(preview, fields, whole=whole).encode("utf-8", "replace")
    if len(content) > LARGEST:
        raise ArticleError(f"{preview.file}: it is longer than {LARGEST // 1_000_000} MB; split it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in _names(folder, fields, ".html" if preview.page else ".md"):
            if not path.exists():
                with draft_of(path) as draft:
                    draft.write_bytes(content)
                return path, True
            if path.read_bytes() == content:
                return path, False
    except OSError as error:
        way_out = "see that you may write there, or name another folder"
        raise ArticleError(f"{folder} cannot be written to ({error.strerror}): {way_out}") from error
    raise AssertionError  # there is always a next name


def _written(preview: Preview, fields: Mapping[str, str], *, whole: bool) -> str:
    """Return a file's content: front matter, then the text or the page as it came."""
    values = {field: " ".join(fields.get(field, "").split())[:LONGEST_FIELD] for field in FIELDS}
    told_by = ("front matter",) if preview.page else ("front matter", "the ")
    if values["date"] == preview.fields["date"] and not preview.known["date"].startswith(told_by):
        del values["date"]  # the text or the page says it: there it is found again, with its reason
    values = {field: value for field, value in values.items() if value} | ({"page": "whole"} if whole else {})
    head = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000, default_style=None)
    mark = "\ufeff" if preview.page else ""  # whatever set of letters the page declares, it is written as UTF-8
    return f"{mark}---\n{head}---\n\n{preview.page or preview.text}"


def _names(folder: Path, fields: Mapping[str, str], suffix: str) -> Iterator[Path]:
    """Yield names that are safe in any file system, from day and title, until one is free."""
    day = fields.get("date", "")
    day = day[:10] if re.match(r"\d{4}-\d\d-\d\d", day) else ""
    letters = unicodedata.normalize("NFKD", fields.get("title", "")).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[:LONGEST_NAME].strip("-") or "article"
    stem = "-".join(filter(None, (day, slug)))
    yield folder / f"{stem}{suffix}"
    yield from (folder / f"{stem}-{number}{suffix}" for number in count(2))
