"""What an index was built from: the contents of the files that are read, and of what reads them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus import LANGUAGES
from corpus.errors import ArticleError
from corpus.index.schema import VERSION
from corpus.ingest.articles import settings_beside
from corpus.ingest.files import find_files, read_bytes
from geodata import DATA
from geodata.gazetteer.packs.shelf import Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES
from geodata.recognition.second_look.look import in_use

READERS = (LANGUAGES.parent, DATA.parent)  # the packages that read
READ_WITH = (".py", ".toml", ".csv", ".txt", ".parquet", ".marisa", ".geojson", ".onnx")
APART = ("articles", "queries", "sources", "training", "__pycache__")  # folders in them that no reading needs


def fingerprint(folder: Path, packs: Sequence[Pack] = ()) -> str:
    """Return a short print of everything an index depends on, by contents: no time stamp says what was changed.

    Raises EmptyCorpusError when there is no such folder.
    """
    digest = hashlib.blake2b(print_of_reading(), digest_size=16)
    digest.update(in_use().encode())
    for pack in packs:
        digest.update(f"{pack.name} {pack.print} {pack.in_words()}\0".encode())
    files = list(find_files(folder, on_problem=lambda file, message: None))
    for file in [*files, *settings_beside(files), folder / OWN_PLACES]:
        digest.update(os.fsencode(file.relative_to(folder)))
        try:
            digest.update(hashlib.blake2b(read_bytes(file)).digest())
        except ArticleError as error:  # what cannot be read is left out of the index with this reason
            digest.update(str(error).encode())
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
