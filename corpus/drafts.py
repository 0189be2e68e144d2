"""Write a file so that nobody sees it half written, and nothing stays behind of what was interrupted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from itertools import count
from pathlib import Path

if sys.platform != "win32":
    import fcntl


_open_drafts: set[Path] = set()


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """Offer a new file to write, which takes the place of `path` when the block ends well.

    The draft lies in a hidden folder beside `path`, which is locked while its process lives; those of processes that
    were killed are removed. Raises OSError where nothing can be written.
    """
    _remove_abandoned(path)
    folder, lock = _own_folder(path)
    draft = folder / path.name
    _open_drafts.add(folder)
    try:
        yield draft
        with draft.open("rb+") as written:
            os.fsync(written.fileno())  # a name must not reach the disk before its contents
        draft.replace(path)
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)
        _open_drafts.discard(folder)


def discard_drafts() -> None:
    """Remove the drafts that this process has open, which ends now."""
    for folder in _open_drafts:
        shutil.rmtree(folder, ignore_errors=True)


def _own_folder(path: Path) -> tuple[Path, int]:
    """Make a folder that is nobody else's; return it with its lock."""
    for number in count():
        folder = path.with_name(f".{path.name}.{os.getpid()}-{number}.draft")
        try:
            folder.mkdir()
        except FileExistsError:  # of a living thread of ours, or of a process in another container
            continue
        try:
            lock = _open(folder)
        except FileNotFoundError:  # taken for an abandoned one before it was locked
            continue
        lock_open(lock, wait=True)
        if folder.is_dir():
            return folder, lock
        os.close(lock)
    raise AssertionError  # there is always a next number


def _remove_abandoned(path: Path) -> None:
    for folder in path.parent.glob(f".{escape(path.name)}.*.draft"):
        with suppress(OSError):
            lock = _open(folder)
            try:
                if lock_open(lock, wait=False):
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def _open(folder: Path) -> int:
    return os.open(os.devnull if sys.platform == "win32" else folder, os.O_RDONLY)


def lock_open(opened: int, *, wait: bool) -> bool:
    """Lock an open file or folder until it is closed; tell whether that went well. Windows cannot."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
