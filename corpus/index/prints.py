"""Prints of many files: one that the system says is as it was is not read again, as git has it."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from platformdirs import user_cache_path

from corpus.errors import ArticleError
from corpus.ingest.files import read_bytes

# Of a file that changed so shortly before it was read another change may bear the same time: it is read again.
TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system

_Known = list[str | int]  # the print of a file, and how it stood when that was taken


def print_of(file: Path) -> str:
    """Return a print of what a file holds, or of the reason why it cannot be read."""
    try:
        content = read_bytes(file)
    except ArticleError as error:  # what cannot be read is left out of the index with this reason
        content = str(error).encode()
    return blake2b(content, digest_size=16).hexdigest()


def prints_of(folder: Path, files: Iterable[Path], *, afresh: bool = False) -> dict[str, str]:
    """Return the print of each file by its path below a folder, all of them read where `afresh`.

    How the files stood is kept in the user's cache, not in the index, which would differ with every copy of a folder.
    """
    base = os.fspath(folder / "_")[:-1]  # what their paths begin with
    known = {} if afresh else _recall(folder)
    now: dict[str, _Known] = {}
    found = {}
    for file in files:
        name = os.fspath(file).removeprefix(base)
        standing = _standing(file)
        before = known.get(name, [""])
        if standing and before[1:] == standing:
            now[name] = before
            found[name] = str(before[0])
        else:
            read_at = time.time_ns()
            found[name] = print_of(file)
            if standing and max(standing[1:3]) + TICK < read_at:
                now[name] = [found[name], *standing]
    if now != known:
        _remember(folder, now)
    return found


def _standing(file: Path) -> Sequence[int]:
    """Return size, times of change and number of a regular file, which no change leaves all as they were."""
    try:
        found = os.stat(file)  # noqa: PTH116 - a hundred thousand times
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino] if S_ISREG(found.st_mode) else []


def _kept_at(folder: Path) -> Path:
    mark = blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    return user_cache_path("dateline", appauthor=False) / "prints" / f"{mark}.json"


def _recall(folder: Path) -> dict[str, _Known]:
    with suppress(OSError, ValueError):
        kept = json.loads(_kept_at(folder).read_bytes())
        if isinstance(kept, dict):
            return kept
    return {}


def _remember(folder: Path, now: dict[str, _Known]) -> None:
    path = _kept_at(folder)
    with suppress(OSError):  # without a cache all are read
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent, delete=False) as written:
            json.dump(now, written, separators=(",", ":"))
        Path(written.name).replace(path)
