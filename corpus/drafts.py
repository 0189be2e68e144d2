"""Write a file so that nobody sees it half written, and nothing stays behind of what was interrupted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from itertools import count
from pathlib import Path

if sys.platform != "win32":
    import fcntl


_open_drafts: set[Path] = set()


@contextmanager
def draft_of(path: Path, *, usable: Callable[[Path], bool] = lambda draft: False) -> Iterator[Path]:
    """Offer a file to write, which takes the place of `path` when the block ends well.

    The draft lies in a hidden folder beside `path`, which is locked while its process lives. Of those whose processes
    were killed the first that is `usable` is offered, the others are removed. Raises OSError where nothing can be
    written.
    """
    folder, lock = _taken_over(path, usable) or _own_folder(path)
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


def drafts_of(path: Path) -> list[Path]:
    """Return the drafts of a file, of processes that run or were ended."""
    return [folder / path.name for folder in sorted(path.parent.glob(f".{escape(path.name)}.*.draft"))]


def keep_draft(draft: Path) -> None:
    """Leave a draft where it is if this process is told to end: another can go on with it."""
    _open_drafts.discard(draft.parent)


def discard_drafts() -> None:
    """Remove the drafts that this process has open, which ends now, but for those to be kept."""
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


def _taken_over(path: Path, usable: Callable[[Path], bool]) -> tuple[Path, int] | None:
    """Return the folder of an abandoned draft that is usable, with its lock; remove the others."""
    taken = None
    for folder in (draft.parent for draft in drafts_of(path)):
        with suppress(OSError):
            lock = _open(folder)
            if not lock_open(lock, wait=False):
                os.close(lock)
            elif not taken and usable(folder / path.name):
                taken = folder, lock
            else:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
    return taken


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
