"""What an index holds already: the files it was read from, and what of them another build removes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from corpus.index.schema import OF_ARTICLE, OF_WORDS
from corpus.records import Article, Published

_UNSEARCHED = "insert into passages_fts(passages_fts, rowid, text) select 'delete', id, text from passages"


def is_begun(draft: Path, readers: str) -> bool:
    """Say whether a draft that was left is whole as far as it goes, and was written by the same readers."""
    try:
        with closing(sqlite3.connect(f"{draft.resolve().as_uri()}?mode=rw", uri=True)) as index:
            (written,) = index.execute("select value from meta where key = 'readers'").fetchone() or ("",)
            whole = index.execute("pragma quick_check(1)").fetchone() == ("ok",)
            return bool(written == readers and whole)
    except (sqlite3.Error, OSError):
        return False


class Held:
    """What an open index holds of each file."""

    def __init__(self, index: sqlite3.Connection, *, resumed: bool = False) -> None:
        self._index = index
        self._removed = resumed  # whether anything was, as it may have been before a build was ended

    def files(self) -> dict[str, str]:
        """Return the files it was read from, each with the print of what it held."""
        return dict(self._index.execute("select file, print from files"))

    def problems(self) -> list[tuple[str, str]]:
        """Return what had to be said of files, in their order."""
        rows = self._index.execute("select file, problems from files where problems != '[]' order by file")
        return [(file, problem) for file, problems in rows for problem in json.loads(problems)]

    def count(self) -> tuple[int, int]:
        """Return how many articles and mentions there are."""
        query = "select (select count(*) from articles), (select count(*) from mentions)"
        articles, mentions = self._index.execute(query).fetchone()
        return articles, mentions

    def ids(self) -> set[str]:
        """Return the articles' ids."""
        return {id for (id,) in self._index.execute("select id from articles")}

    def briefs(self) -> dict[str, list[tuple[str, str, str, str]]]:
        """Return by file, in order, each article's print, since when and why it is dated, and what corrected it."""
        found: dict[str, list[tuple[str, str, str, str]]] = {}
        columns = "read_from, print, coalesce(published_since, ''), published_basis, corrected"
        for file, *brief in self._index.execute(f"select {columns} from articles order by 1, 2, 3, 4, 5"):  # noqa: S608
            found.setdefault(file, []).append(tuple(brief))
        return found

    def half_read(self) -> list[str]:
        """Return the files of which a build that was ended had not yet written everything."""
        query = "select distinct read_from from articles where read_from not in (select file from files) order by 1"
        return [file for (file,) in self._index.execute(query)]

    def articles(self, asked: Callable[[str, str], bool]) -> Iterator[tuple[str, Article, frozenset[str]]]:
        """Yield the articles of which text or file, by print and by name, is asked for, and those that were corrected.

        Each has its file before, and the ids of the corrections that concerned it then behind it.
        """
        columns = "print, read_from, corrected, id, file, title, outlet"
        for print_, file, corrected, id, own, title, outlet in self._index.execute(
            f"select {columns} from articles order by file, id"  # noqa: S608 - our own words
        ):
            if corrected or asked(print_, own):
                (text,) = self._index.execute("select text from articles where id = ?", (id,)).fetchone()
                yield file, Article(id, own, text, title, outlet), frozenset(corrected.split())

    def span(self) -> tuple[date, ...]:
        """Return the first and the last day on which an article appeared that needs no others to be dated."""
        query = "select distinct published_since, published_until from articles where not published_beside"
        rows = self._index.execute(f"{query} and published_since is not null and published_until is not null")
        dated = (Published(date.fromisoformat(since), date.fromisoformat(until), "") for since, until in rows)
        days = [one.anchor for one in dated if one.anchor]
        return (min(days), max(days)) if days else ()

    def dated_beside(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Return when the articles that only others may date appeared, and why: by file, then by print."""
        found: dict[str, dict[str, tuple[str, str]]] = {}
        columns = "read_from, print, coalesce(published_since, 'None'), published_basis"
        for file, print_, since, basis in self._index.execute(
            f"select {columns} from articles where published_beside order by read_from"  # noqa: S608 - our own words
        ):
            found.setdefault(file, {})[print_] = (since, basis)
        return found

    def remove(self, file: str) -> None:
        """Take out a file with all that was read from it, if it is there."""
        fids = "(select fid from article_rows where read_from = ?)"
        of_file = f"article in {fids}"
        of_passage = f"passage in (select id from passage_rows where {of_file})"  # noqa: S608 - our own words
        for query in (
            "insert or ignore into uncounted select fid from article_rows where read_from = ?",
            f"delete from date_rows where dating in (select dating from mention_rows where {of_passage})",  # noqa: S608
            f"delete from extent_mention_rows where extent in (select id from extent_rows where {of_file})",  # noqa: S608
            f"delete from mention_rows where {of_passage}",  # noqa: S608
            f"{_UNSEARCHED} where article_fid in {fids}",
            *(f"delete from {table} where {of_file}" for table in OF_ARTICLE),  # noqa: S608
            "delete from article_rows where read_from = ?",
            "delete from files where file = ?",
        ):
            self._removed |= self._index.execute(query, (file,)).rowcount > 0

    def drop_unused(self) -> None:
        """Take out the words, the shapes and the places beside the gazetteer's of which nothing tells any more."""
        if not self._removed:
            return
        self._index.execute("delete from name_rows where id not in (select named from mention_rows)")
        used = " union ".join(f"select {column} from {table}" for table, column in OF_WORDS)  # noqa: S608 - our own words
        self._index.execute(f"delete from words where id not in ({used})")  # noqa: S608
        self._index.execute("delete from shapes where id not in (select shape from extent_rows)")
        self._index.execute("delete from derived where id not in (select place from name_rows where place is not null)")
