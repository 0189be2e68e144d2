"""What an index was built from: the contents of the files that are read, and of what reads them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from corpus import LANGUAGES
from corpus.corrections.file import print_of_corrections
from corpus.index.prints import print_of, prints_of
from corpus.index.schema import VERSION
from corpus.ingest.articles import settings_beside
from corpus.ingest.files import find_names
from geodata import DATA
from geodata.gazetteer.packs.shelf import Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES
from geodata.recognition.second_look.look import in_use

READERS = (LANGUAGES.parent, DATA.parent)  # the packages that read
READ_WITH = (".py", ".toml", ".csv", ".txt", ".parquet", ".marisa", ".geojson", ".onnx")
# Folders in them that no reading needs.
APART = ("articles", "exports", "queries", "sources", "training", "__pycache__")


def fingerprint(folder: Path, packs: Sequence[Pack] = ()) -> str:
    """Return a short print of everything an index depends on, by contents: no time stamp says what was changed.

    Raises EmptyCorpusError when there is no such folder.
    """
    prints = prints_of(folder, find_names(folder, on_problem=lambda file, message: None))
    return joined(print_of_readers(folder, prints, packs), print_of_corrections(folder), prints)


def joined(readers: str, corrections: str, files: Mapping[str, str]) -> str:
    """Return the print of all: of what reads, of what readers corrected, and of each file below a folder."""
    digest = hashlib.blake2b(f"{readers}\0{corrections}\0".encode(), digest_size=16)
    for file, print_ in files.items():
        digest.update(os.fsencode(file) + f"\0{print_}\0".encode())
    return digest.hexdigest()


def print_of_readers(folder: Path, files: Iterable[str], packs: Sequence[Pack] = ()) -> str:
    """Return a print of all that what is read out of the files of a folder depends on beside themselves."""
    digest = hashlib.blake2b(print_of_reading(), digest_size=16)
    digest.update(in_use().encode())
    for pack in packs:
        digest.update(f"{pack.name} {pack.print} {pack.in_words()}\0".encode())
    for file in (folder / OWN_PLACES, *settings_beside(folder, files)):
        digest.update(os.fsencode(file.relative_to(folder)) + print_of(file).encode())
    return digest.hexdigest()


@cache
def print_of_reading() -> bytes:
    """Return a print of the code and the tables that read articles and write the index."""
    digest = hashlib.blake2b(VERSION.encode())
    for package in READERS:
        for file in sorted(package.rglob("*")):
            name = file.relative_to(package)
            if file.suffix in READ_WITH and not set(name.parts) & set(APART):
                digest.update(f"{package.name}/{name.as_posix()}\0".encode())
                digest.update(hashlib.blake2b(file.read_bytes()).digest())
    return digest.digest()
