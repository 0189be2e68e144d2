"""Read a shard: the unit of work, which any process does that sees the articles and the place where shards lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus.dating.publication_date import find_published
from corpus.errors import ShardsError
from corpus.index.fingerprint import print_of_reading
from corpus.read_article import Given, many_articles, read_alone, read_beside
from corpus.read_changed import left_out, open_files, read_each, with_own_id
from corpus.records import Article, Published
from corpus.shards.parting import namesakes
from corpus.shards.records import Row, article_of, published_of
from corpus.shards.rows import Rows
from corpus.shards.store import NOTHING, Part, Store, print_of_file
from corpus.shards.tables import Tables, joined, only, written
from corpus.workers import Lost
from geodata.recognition.second_look.look import in_use

Tell = Callable[[int], None]  # that so many more articles are read
_CONCERNED = ["id", "file", "text", "title", "outlet"]


@dataclass(frozen=True, slots=True)
class About:
    """What all tasks of a build have in common."""

    folder: Path
    where: str
    readers: str  # a print of all that reads, and of what beside it concerns all articles
    reading: str  # ... of what must be the same wherever it is done
    corrections: str  # ... of what readers corrected
    given: Given

    def made_from(self, *what: str) -> str:
        """Return a print of what a part depends on."""
        told = "\0".join((self.readers, self.corrections, *what))
        return blake2b(told.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Task:
    """What it takes to make a part: all of it can be pickled."""

    about: About
    key: str
    made_from: str
    before: tuple[Part, ...]  # that may hold some of its articles: of the same readers, the newest first


@dataclass(frozen=True, slots=True)
class OfFiles(Task):
    """To read files as far as their articles need no others."""

    files: tuple[tuple[str, Path, str], ...]  # name, path, print


@dataclass(frozen=True, slots=True)
class Beside(Task):
    """To read those of their articles that only others may date."""

    of: Part
    context: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task."""

    key: str
    part: Part
    read: int  # of its articles, those that were read now


def reads_like_this() -> str:
    """Return a print of what makes the same rows, and the same bytes, of the same articles."""
    return f"{print_of_reading().hex()} {in_use()} {pa.__version__}"


def quiet(articles: int) -> None:
    """Tell nobody."""


def read_shard(task: OfFiles | Beside, tell: Tell = quiet) -> Done:
    """Read a shard and write it; what it held already, and is the same, is carried over.

    Raises ShardsError where it cannot be written, or where the code here is not that of who asks.
    """
    if reads_like_this() != task.about.reading:
        raise ShardsError("Dateline, pyarrow or DATELINE_SECOND_LOOK are others here than where the build was started")
    store = Store(task.about.where)
    with many_articles(task.about.given.own, packs=task.about.given.packs):
        carried, rows, read = (
            _read_files(task, store, tell) if isinstance(task, OfFiles) else _read_beside(task, store, tell)
        )
    tables = joined([NOTHING, *carried, *rows.tables()])
    files = written(tables)
    prints = {name: print_of_file(content) for name, content in files.items()}
    part = Part(
        f"{task.key}-{blake2b(''.join(prints.values()).encode(), digest_size=8).hexdigest()}",
        task.made_from,
        task.about.readers,
        task.about.corrections,
        read_at=datetime.now(UTC).isoformat(timespec="seconds"),
        articles=len(tables["articles"]),
        mentions=len(tables["mentions"]),
        waiting=len(tables["waiting"]),
        span=_span(tables["articles"]) if isinstance(task, OfFiles) else (),
        sizes={name: len(content) for name, content in files.items()},
        prints=prints,
    )
    store.write(task.key, part, files)
    return Done(task.key, part, read)


def _span(articles: pa.Table) -> tuple[str, ...]:
    """Return the first and the last day on which an article appeared, where that is known."""
    days = zip(*(articles[f"published_{end}"].to_pylist() for end in ("since", "until")), strict=True)
    known = [anchor for anchor in (Published(since, until, "").anchor for since, until in days) if anchor]
    return (str(min(known)), str(max(known))) if known else ()


def _read_files(task: OfFiles, store: Store, tell: Tell) -> tuple[list[Tables], Rows, int]:
    prints = {file: print_ for file, _, print_ in task.files}
    carried, due = [], set(prints)
    for part in task.before:
        same = _carried(task, store, part, {file: prints[file] for file in prints if file in due})
        if same:
            carried.append(same)
            due -= set(same["files"]["file"].to_pylist())
    rows, said, read = Rows(), dict[str, list[str]](), 0
    ids = {id for each in carried for name in ("articles", "waiting") for id in each[name]["id"].to_pylist()}
    paths = {file: path for file, path, _ in task.files if file in due}

    def opened() -> Iterator[tuple[tuple[str, int], Article]]:
        for file, articles, said[file] in open_files(paths, task.about.folder):
            for number, article in enumerate(articles):
                yield (file, number), with_own_id(article, ids)

    reads = partial(read_alone, given=task.about.given)
    for (file, number), article, found in read_each(reads, opened(), expected=len(paths)):
        corrections = task.about.given.corrections.concerning(article)
        if found is None:
            rows.wait(article, file, number, corrections)
            continue
        if isinstance(found, Lost):
            said[file].append(left_out(article, file, found))
        else:
            rows.add(found, file, number, corrections=corrections)
        read += 1
        tell(1)
    for file, notes in said.items():
        rows.add_file(file, prints[file], notes)
    return carried, rows, read


def _carried(task: OfFiles, store: Store, part: Part, wanted: dict[str, str]) -> Tables | None:
    """Return of a part what it has of files that are the same, with all whose articles might have the same ids."""
    try:
        files = store.rows("files", part)
        held = dict(zip(files["file"].to_pylist(), files["print"].to_pylist(), strict=True))
        before = namesakes(held)
        same = [
            group
            for key, group in namesakes(wanted).items()
            if set(group) == set(before.get(key, ())) and all(held[file] == wanted[file] for file in group)
        ]
        if not same:
            return None
        concerned = _concerned(task, store, part)
        names = [file for group in same if not concerned & set(group) for file in group]
        tables, of = store.tables(part), pa.array(names, pa.string())
        articles = tables["articles"].filter(pc.is_in(tables["articles"]["read_from"], of))
        return {
            **only({**tables, "articles": articles}, articles["id"].to_pylist()),
            "waiting": tables["waiting"].filter(pc.is_in(tables["waiting"]["read_from"], of)),
            "files": files.filter(pc.is_in(files["file"], of)),
        }
    except ShardsError:  # what cannot be read any more is read out of the articles again
        return None


def _concerned(task: OfFiles, store: Store, part: Part) -> set[str]:
    """Return the files with an article that other corrections concern now."""
    if part.corrections == task.about.corrections:
        return set()
    corrections, found = task.about.given.corrections, set()
    for row in store.rows("articles", part).to_pylist():
        if not (row["corrected"] or corrections.may_concern(row["print"])):
            continue
        article = Article(**{name: row[name] for name in _CONCERNED})
        if corrections.concern(article, frozenset(row["corrected"])):
            found.add(row["read_from"])
    for row in store.rows("waiting", part).to_pylist():
        if corrections.concerning(article_of(row, "")) != frozenset(row["corrected"]):
            found.add(row["read_from"])
    return found


def _read_beside(task: Beside, store: Store, tell: Tell) -> tuple[list[Tables], Rows, int]:
    corrections, held = task.about.given.corrections, dict[str, tuple[str, Row]]()
    for part in reversed(task.before):
        held.update({row["id"]: (part.name, row) for row in _articles(store, part)})
    kept: dict[str, list[str]] = defaultdict(list)
    due: list[tuple[Row, Article]] = []
    waiting = store.rows("waiting", task.of).to_pylist()
    dates = partial(_date_beside, given=task.about.given, context=task.context)
    articles = [(row, article_of(row, task.of.read_at)) for row in waiting]
    for row, article, published in read_each(dates, articles, expected=len(articles)):
        part_name, before = held.get(article.id, ("", None))
        if before and published == published_of(before) and _is_still(article, before, task.about.given):
            kept[part_name].append(article.id)
        else:
            due.append((row, article))
    rows, lost = Rows(), defaultdict[str, list[str]](list)
    reads = partial(read_beside, context=task.context, given=task.about.given)
    for row, article, read in read_each(reads, due, expected=len(due)):
        file = row["read_from"]
        if isinstance(read, Lost):
            lost[file].append(left_out(article, file, read))
        else:
            rows.add(read, file, row["ordinal"], beside=True, corrections=corrections.concerning(article))
        tell(1)
    for file, notes in lost.items():
        rows.add_file(file, "", notes, beside=True)
    return [_with_ids(store, part, kept[part.name]) for part in task.before if part.name in kept], rows, len(due)


def _is_still(article: Article, before: Row, given: Given) -> bool:
    """Say whether what was read of an article would be the same now."""
    mended = replace(given.corrections.mend_article(article), read_at="")
    same = article_of(before, "") == mended
    return same and frozenset(before["corrected"]) == given.corrections.concerning(article)


def _articles(store: Store, part: Part) -> Sequence[Row]:
    try:
        return store.rows("articles", part).to_pylist()  # type: ignore[no-any-return]
    except ShardsError:
        return []


def _with_ids(store: Store, part: Part, ids: Sequence[str]) -> Tables:
    tables = store.tables(part, of_files=False)
    articles = tables["articles"].filter(pc.is_in(tables["articles"]["id"], pa.array(ids, pa.string())))
    return only({**tables, "articles": articles}, ids)


def _date_beside(article: Article, *, given: Given, context: Sequence[date]) -> Published:
    return find_published(given.corrections.mend_article(article), context=context)
