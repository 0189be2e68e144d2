"""Open an index, read what it says of itself, and tell a whole one from a damaged one and from another's file."""

from __future__ import annotations

import math
import mmap
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError

from corpus.errors import IndexNotUsableError
from corpus.index.remembered import is_settled, recall, remember, standing_of
from corpus.index.schema import MARK, VERSION
from geodata.gazetteer.packs.shelf import ALL

AGAIN = "build it again: python -m dashboard build"
SEAL = "seal"  # the key under which meta holds the hash of all else
PIECE = 1 << 20  # bytes read at a time
HEADER = 100  # bytes of a database that other programs may write to when they only read

# What goes wrong with a damaged file, in the words of the three that read it; the last where SQLite repeats its bytes.
_TROUBLE = (sqlite3.DatabaseError, pd.errors.DatabaseError, DataLayerError, DataSourceError, UnicodeDecodeError)


def stored_meta(path: Path) -> dict[str, str]:
    """Return what the index at `path` says of itself, nothing if there is none that is whole."""
    try:
        with open_index(path) as index:
            meta = read_meta(index)
        return meta if _is_sealed(path, meta.get(SEAL, "")) else {}
    except (IndexNotUsableError, OSError):
        return {}


def _is_sealed(path: Path, seal: str) -> bool:
    """Say whether an index is as it was sealed; one that was, and did not change since, is not read whole again."""
    standing, read_at = standing_of(path), time.time_ns()
    whole = {"seal": seal, "standing": standing}
    if seal and recall("seals", path) == whole:
        return True
    sealed = seal_of(path, seal) == seal
    if sealed and is_settled(standing, read_at):
        remember("seals", path, whole)
    return sealed


def stored_fingerprint(path: Path) -> str | None:
    """Return what the index at `path` was built from, or None if there is none that is whole."""
    return stored_meta(path).get("fingerprint")


def stored_choice(path: Path) -> str:
    """Return which packs the index at `path` was last read with, whatever its version; all of them without one."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return read_meta(database).get("packs", ALL)
    except (sqlite3.Error, ValueError, OSError):
        return ALL


def read_meta(index: sqlite3.Connection) -> dict[str, str]:
    """Return what the build wrote down about itself."""
    return dict(index.execute("select key, value from meta"))


@contextmanager
def open_index(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index for reading; a rebuild meanwhile does not disturb it."""
    if not path.is_file():
        raise IndexNotUsableError(f"There is no index at {path}; {AGAIN}")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            version = connection.execute("select value from meta where key = 'version'").fetchone()
            if version is None or version[0] != VERSION:
                raise IndexNotUsableError(f"{path} is an index of another version of Dateline; {AGAIN}")
            yield connection
    except _TROUBLE as error:
        raise IndexNotUsableError(f"{path} is not a usable index ({error}); {AGAIN}") from error


def seal_of(path: Path, seal: str) -> str:
    """Return the hash of an index without its header and without the seal itself, which `seal` finds in it."""
    digest, at = blake2b(digest_size=32), _find(path, seal.encode())
    with path.open("rb") as file:  # read, not mapped: an index may be larger than the memory
        for start, end in ((HEADER, at), (at + len(seal), None)) if at >= 0 else ((HEADER, None),):
            file.seek(start)
            left = math.inf if end is None else end - start
            while left > 0 and (piece := file.read(int(min(left, PIECE)))):
                digest.update(piece)
                left -= len(piece)
    return digest.hexdigest()


def put_seal(path: Path, placeholder: str) -> None:
    """Write the hash of an index where it holds a placeholder of the same length."""
    seal = seal_of(path, placeholder).encode()
    at = _find(path, placeholder.encode())
    with path.open("rb+") as file:
        file.seek(at)
        file.write(seal)


def _find(path: Path, words: bytes) -> int:
    """Return where a file first holds some words, -1 without them."""
    if not words:
        return -1
    with path.open("rb") as file:
        before, read = b"", 0
        while piece := file.read(PIECE):
            at = (before + piece).find(words)
            if at >= 0:
                return read - len(before) + at
            read += len(piece)
            before = (before + piece)[-len(words) + 1 :]
    return -1


def refuse_another(path: Path) -> None:
    """Raise IndexNotUsableError where `path` holds anything but an index of ours, or nothing: it stays as it is."""
    trouble = ""
    try:
        if os.path.lexists(path) and not path.is_file():
            trouble = "is no file that can be written"
        elif path.exists() and not _is_ours(path):
            trouble = "is no index of Dateline and is left alone"
    except OSError as error:
        trouble = f"cannot be read ({error.strerror})"
    if trouble:
        raise IndexNotUsableError(f"{path} {trouble}; name another file with --index, or move this one away")


def _is_ours(path: Path) -> bool:
    """Tell an index, whole or damaged, of this version or an earlier one, or an empty file."""
    if not path.stat().st_size:
        return True
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(MARK.encode()) >= 0 or not re.search(rb"[^\0]", content):  # as after a power cut
            return True
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return {"version", "fingerprint"} <= read_meta(database).keys()
    except (sqlite3.DatabaseError, ValueError):
        return False
