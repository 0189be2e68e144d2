"""What a build reads: the files that changed, and the articles that other dates or corrections concern."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from corpus.dating.publication_date import date_alone, find_published
from corpus.index.writer import IndexWriter
from corpus.ingest.files import read_path, shown
from corpus.read_article import Given, read_alone, read_beside
from corpus.records import Article, ReadArticle
from corpus.workers import Lost, spread

Progress = Callable[[int, int], None]  # articles done, articles in all
Key = TypeVar("Key")
Result = TypeVar("Result")


class Reading:
    """What a build reads: the files that are new or other than those the index holds."""

    def __init__(
        self,
        folder: Path,
        prints: Mapping[str, str],
        writer: IndexWriter,
        given: Given,
        progress: Progress,
    ) -> None:
        self._folder, self._writer, self._progress = folder, writer, progress
        self._given, self._corrections = given, given.corrections
        names = {file: shown(file) for file in prints}
        self._prints = {names[file]: print_ for file, print_ in prints.items()}
        self._paths = {name: file for file, name in names.items() if name != file}  # not told as they are
        self._notes: dict[str, list[str]] = {}  # of each file that is being read
        self._due: dict[str, int] = {}  # its articles that are not yet in the index
        self._waiting = _Waiting()  # those that only other articles may date
        self._ids: set[str] = set()
        self._done = self._total = 0

    def run(self) -> int:
        """Read them; return how many articles that were."""
        held = self._writer.held
        before, known = held.span(), held.files()
        for gone in [*held.half_read(), *(known.keys() - self._prints.keys())]:
            held.remove(gone)
        corrected = held.articles(lambda print_, file: self._corrections.may_concern(print_))
        mended = {file for file, article, ids in corrected if self._corrections.concern(article, ids)}
        changed = [file for file, print_ in self._prints.items() if known.get(file) != print_ or file in mended]
        self._read_files(changed)
        context = held.span()
        if context != before:
            self._read_files(self._dated_otherwise(context))
        reads = partial(read_beside, context=context, given=self._given)
        for file, article, read in read_each(reads, self._waiting.taken(), self._waiting.count):
            self._take_in(file, article, read, beside=True)
        return self._done

    def _dated_otherwise(self, context: Sequence[date]) -> list[str]:
        """Return the files with an article that the others date now otherwise than before."""
        before = self._writer.held.dated_beside()
        dates = partial(_dates_beside, folder=self._folder, given=self._given, context=context)
        now = spread(dates, [self._path(file) for file in before], size=_letters_of_file)
        return [
            file for file, found in zip(before, now, strict=True) if isinstance(found, Lost) or found != before[file]
        ]

    def _path(self, file: str) -> Path:
        return self._folder / self._paths.get(file, file)

    def _read_files(self, files: Sequence[str]) -> None:
        held = self._writer.held.files()
        for file in files:
            if file in held:
                self._writer.held.remove(file)
        self._total += len(files)
        self._ids = self._writer.held.ids()
        reads = partial(read_alone, given=self._given)
        for file, article, read in read_each(reads, self._open(files), len(files)):
            if read is None:
                self._waiting.add(file, article)
            else:
                self._take_in(file, article, read)

    def _open(self, files: Sequence[str]) -> Iterator[tuple[str, Article]]:
        """Yield the articles of files."""
        for file, articles, notes in open_files({file: self._path(file) for file in files}, self._folder):
            self._notes[file], self._due[file] = notes, len(articles)
            self._total += len(articles) - 1
            self._close_if_done(file)
            for article in articles:
                yield file, with_own_id(article, self._ids)

    def _take_in(self, file: str, article: Article, read: ReadArticle | Lost | None, *, beside: bool = False) -> None:
        if isinstance(read, ReadArticle):
            self._writer.add(read, file, beside=beside, corrections=self._corrections.concerning(article))
        elif read:
            self._notes[file].append(left_out(article, file, read))
        self._due[file] -= 1
        self._close_if_done(file)
        self._done += 1
        self._progress(self._done, self._total)

    def _close_if_done(self, file: str) -> None:
        if not self._due[file]:
            del self._due[file]
            self._writer.add_file(file, self._prints[file], self._notes.pop(file))


def open_files(paths: Mapping[str, Path], folder: Path) -> Iterator[tuple[str, list[Article], list[str]]]:
    """Yield files of a folder, by their names, each with its articles and what must be said of it."""
    opened = spread(partial(read_path, folder=folder), list(paths.values()), size=_letters_of_file)
    for file, found in zip(paths, opened, strict=True):
        if isinstance(found, Lost):
            yield file, [], [f"left out: {found.why}"]
        else:
            yield file, found.articles, found.said


def with_own_id(article: Article, ids: set[str]) -> Article:
    """Return an article with an id that is none of `ids`, and add it to them."""
    # Two names that differ only in how their accents are stored have one id: the later one gets another.
    id = next(id for id in chain([article.id], (f"{article.id}-{n}" for n in count(2))) if id not in ids)
    ids.add(id)
    return replace(article, id=id)


def read_each(
    work: Callable[[Article], Result], articles: Iterable[tuple[Key, Article]], expected: int
) -> Iterator[tuple[Key, Article, Result | Lost]]:
    """Yield each article with its file, or whatever it goes by, and what was read out of it."""
    sent: deque[tuple[Key, Article]] = deque()

    def sending() -> Iterator[Article]:
        for key, article in articles:
            sent.append((key, article))
            yield article

    for read in spread(work, sending(), size=_letters, expected=expected):
        yield (*sent.popleft(), read)


def left_out(article: Article, file: str, lost: Lost) -> str:
    """Return what is said of a file of which an article was lost."""
    part = article.file.removeprefix(file)  # of a file that holds many
    return f"{part}: left out: {lost.why}".removeprefix(": ")


class _Waiting:
    """Articles that wait until all others are read: in a file, for they may be most of them."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=1 << 20)  # noqa: SIM115 - as long as the reading lasts
        self.count = 0

    def add(self, file: str, article: Article) -> None:
        pickle.dump((file, article), self._file)
        self.count += 1

    def taken(self) -> Iterator[tuple[str, Article]]:
        self._file.seek(0)
        for _ in range(self.count):
            yield pickle.load(self._file)
        self._file.close()


def _dates_beside(path: Path, *, folder: Path, given: Given, context: Sequence[date]) -> dict[str, tuple[str, str]]:
    """Return when the articles of a file that only others may date appeared, and why, by print."""
    articles = map(given.corrections.mend_article, read_path(path, folder).articles)
    waiting = (article for article in articles if date_alone(article)[1])
    dated = {article.print: find_published(article, context=context) for article in waiting}
    return {print_: (str(published.since), published.basis) for print_, published in dated.items()}


def _letters_of_file(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _letters(article: Article) -> int:
    return len(article.text)
