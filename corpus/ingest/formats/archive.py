"""ZIP: the files in it, as if they lay in the folder; nothing of it is written anywhere."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import LARGEST_COLLECTION, File, Format, Found, Problem, too_large

MOST_FILES = 20_000
NAMED = 10  # kinds of files that are left out
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)


def is_zip(file: File) -> bool:
    """Say whether a file is packed as ZIP."""
    return file.content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names_in(file: File) -> list[str]:
    """Return the names of the files in a ZIP, none of one that cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            return archive.namelist()
    except BROKEN:
        return []


def refuse_bomb(file: File) -> None:
    """Raise ArticleError where a ZIP says that it holds more than anyone would want to read."""
    with _opened(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > LARGEST_COLLECTION:
            raise ArticleError(f"unpacked {too_large(size, LARGEST_COLLECTION)}")


def _opened(file: File) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(file.content))
    except BROKEN as error:
        raise ArticleError(f"it is no ZIP that can be read ({error}); pack it anew") from error


def read(file: File) -> Iterator[Found]:
    """Yield the files in an archive; the archives in it are not opened."""
    if file.is_packed:
        raise ArticleError("it is an archive in an archive; unpack it")
    from corpus.ingest.formats.known import SUFFIXES  # which lists this format too

    others: Counter[str] = Counter()
    left = LARGEST_COLLECTION
    with _opened(file) as archive:
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]  # which are folders
        if len(members) > MOST_FILES:
            yield Problem(
                f"left out: its {len(members) - MOST_FILES:,} files after the first {MOST_FILES:,}; unpack it"
            )
        for member in members[:MOST_FILES]:
            parts = [part for part in member.filename.replace("\\", "/").split("/") if part not in ("", ".", "..")]
            packed = File("/" + "/".join(parts), b"", file.columns, is_packed=True)
            if any(part.startswith((".", "__MACOSX")) for part in parts):
                continue
            if packed.suffix not in SUFFIXES:
                others[packed.suffix or "no suffix"] += 1
                continue
            try:
                content = _unpacked(archive, member, left)
            except ArticleError as error:
                yield Problem(f"left out: {error}", packed.name)
                continue
            left -= len(content)
            if left < 0:
                limit = f"{LARGEST_COLLECTION // 1_000_000} MB"
                yield Problem(f"left out from here on: unpacked it is more than {limit}; unpack it", packed.name)
                break
            yield replace(packed, content=content)
    if others:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in others.most_common(NAMED))
        yield Problem(f"left out: {others.total()} files in it that hold no articles ({kinds})")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Return what a member holds, at most a byte more than is wanted: what it says of its size need not be so."""
    try:
        with archive.open(member) as packed:
            return packed.read(most + 1)
    except BROKEN as error:
        is_locked = member.flag_bits & 1
        why = "it is locked with a password; unpack it" if is_locked else f"it is broken ({error}); pack it anew"
        raise ArticleError(why) from error


FORMAT = Format("ZIP", (".zip",), is_zip, read, largest=LARGEST_COLLECTION)
