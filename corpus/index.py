"""Open an index and read what it says of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import IndexNotUsableError
from corpus.schema import VERSION


def stored_fingerprint(path: Path) -> str | None:
    """Return what the index at `path` was built from, or None if there is no usable index."""
    try:
        with open_index(path) as index:
            return read_meta(index).get("fingerprint")
    except IndexNotUsableError:
        return None


def read_meta(index: sqlite3.Connection) -> dict[str, str]:
    """Return what the build wrote down about itself."""
    return dict(index.execute("select key, value from meta"))


@contextmanager
def open_index(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index for reading; a rebuild meanwhile does not disturb it."""
    again = "build it again: python -m dashboard build"
    if not path.is_file():
        raise IndexNotUsableError(f"There is no index at {path}; {again}")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            version = connection.execute("select value from meta where key = 'version'").fetchone()
            if version is None or version[0] != VERSION:
                raise IndexNotUsableError(f"{path} is an index of another version of Dateline; {again}")
            yield connection
    except sqlite3.DatabaseError as error:
        raise IndexNotUsableError(f"{path} is not a usable index ({error}); {again}") from error
