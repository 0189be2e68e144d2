"""Where corrections are kept: beside the articles, or in the user's own folder; read whole, added to by the line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_data_path

from corpus import SHIPPED
from corpus.corrections.table import head_of, header, line_of, read_table
from corpus.drafts import lock_open
from corpus.errors import CorrectionsError
from corpus.records import Correction
from geodata.decoding import decode
from geodata.errors import NoTextError

NAME = "corrections.csv"
LARGEST = 50_000_000  # bytes
NAMED = 20  # lines left out that are named one by one


def home_of(folder: Path) -> Path:
    """Return where the corrections of a folder lie that cannot be kept beside its articles: in the user's data."""
    mark = blake2b(os.fsencode(folder.resolve()), digest_size=4).hexdigest()
    slug = re.sub(r"\W+", "-", folder.resolve().name, flags=re.ASCII).strip("-") or "articles"
    return user_data_path("dateline", appauthor=False) / "corrections" / f"{slug}-{mark}.csv"


def files_of(folder: Path) -> tuple[Path, Path]:
    """Return the two files that may hold corrections of a folder; both count."""
    return folder / NAME, home_of(folder)


def kept_in(folder: Path) -> Path:
    """Return the file that takes the next correction.

    It lies beside the articles where that may be written. The shipped articles' never does: another version of Dateline
    takes their place.
    """
    beside, home = files_of(folder)
    if folder.resolve() == SHIPPED:
        return home
    return beside if os.access(beside if beside.exists() else folder, os.W_OK) else home


def read_corrections(folder: Path) -> tuple[list[Correction], list[tuple[Path, str]]]:
    """Return all rows of a folder's corrections, and what of them cannot be used: file, and why with the way out."""
    rows: list[Correction] = []
    problems: list[tuple[Path, str]] = []
    for file in files_of(folder):
        said = []
        for number, found in _lines(file):
            if isinstance(found, Correction):
                rows.append(found)
            else:
                said.append(f"line {number} left out: {found}" if number else f"left out: {found}")
        more = len(said) - NAMED
        said = [*said[:NAMED], *([f"and {more:,} more lines like these"] if more > 0 else [])]
        problems += [(file, words) for words in said]
    return rows, problems


def _lines(file: Path) -> Iterator[tuple[int, Correction | str]]:
    try:
        text = _text(file)
        if text:
            yield from read_table(text)
    except (OSError, ValueError) as error:
        yield 0, str(error)


def _text(file: Path) -> str:
    """Return what a file holds, nothing where there is none. Raises OSError, ValueError with the way out."""
    if not file.exists():
        return ""
    if not file.is_file():
        raise ValueError("it is no file; move it away, so that corrections can be kept there")
    if file.stat().st_size > LARGEST:
        raise ValueError(f"it has more than {LARGEST // 1_000_000} MB; keep only the rows you need")
    try:
        return decode(file.read_bytes())[0]
    except NoTextError as error:
        raise ValueError(str(error)) from error


def append(folder: Path, corrections: Sequence[Correction]) -> Path:
    """Add rows to a folder's corrections, after all that others added meanwhile; return the file.

    Raises CorrectionsError where it cannot be written, or is no table of corrections.
    """
    file = kept_in(folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            lock_open(opened, wait=True)
            # One call: who writes without a lock, as on Windows, cannot come between the rows either.
            os.write(opened, _rows(_held(opened), corrections))
            os.fsync(opened)
        finally:
            os.close(opened)
    except (OSError, ValueError) as error:
        raise CorrectionsError(f"{file} cannot take the correction: {error}") from error
    return file


def _held(opened: int) -> bytes:
    with open(opened, "rb", closefd=False) as file:
        return file.read()


def _rows(held: bytes, corrections: Sequence[Correction]) -> bytes:
    """Return rows as a table takes them: in its own order of columns, with its own sign between them."""
    if not held.strip():
        return "".join([header(), *map(line_of, corrections)]).encode()
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not written in UTF-8 any more; save it as CSV UTF-8 first") from None
    sign, columns = head_of(text)
    rows = "".join(line_of(each, columns, sign) for each in corrections)
    return ("" if text.endswith("\n") else "\n").encode() + rows.encode()


def print_of_corrections(folder: Path) -> str:
    """Return a print of a folder's corrections, by contents; the same for none as for empty files."""
    digest = blake2b(digest_size=16)
    for file in files_of(folder):
        try:
            digest.update(_text(file).encode("utf-8", "surrogatepass"))
        except (OSError, ValueError) as error:  # what cannot be read is left out with this reason
            digest.update(str(error).encode())
        digest.update(b"\0")
    return digest.hexdigest()
