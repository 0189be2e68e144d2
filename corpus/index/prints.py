"""Prints of many files: one that the system says is as it was is not read again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from corpus.errors import ArticleError
from corpus.index.remembered import is_settled, recall, remember, standing_of
from corpus.ingest.files import read_bytes

_KIND = "prints"


def print_of(file: Path) -> str:
    """Return a print of what a file holds, or of the reason why it cannot be read."""
    try:
        content = read_bytes(file)
    except ArticleError as error:  # what cannot be read is left out of the index with this reason
        content = str(error).encode()
    return blake2b(content, digest_size=16).hexdigest()


def prints_of(folder: Path, files: Iterable[str], *, afresh: bool = False) -> dict[str, str]:
    """Return the print of each file by its path below a folder, all of them read where `afresh`."""
    base = os.fspath(folder / "_")[:-1]  # a path of each of a hundred thousand takes longer than to look at it
    known = {} if afresh else recall(_KIND, folder)
    now: dict[str, list[str | int]] = {}  # the print of a file, and how it stood when that was taken
    found = {}
    for name in files:
        standing = standing_of(base + name)
        before = known.get(name, [""])
        if standing and before[1:] == standing:
            now[name] = before
            found[name] = str(before[0])
        else:
            read_at = time.time_ns()
            found[name] = print_of(Path(base + name))
            if is_settled(standing, read_at):
                now[name] = [found[name], *standing]
    if now != known:
        remember(_KIND, folder, now)
    return found
