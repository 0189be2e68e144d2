"""Settings from the environment and the command line, read in one place."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from corpus import SHIPPED as SHIPPED
from geodata.gazetteer.packs.shelf import ALL, Pack, choose

ROOT = Path(__file__).resolve().parent.parent
ARTICLES_VARIABLE, INDEX_VARIABLE = "DATELINE_ARTICLES", "DATELINE_INDEX"
PACKS_VARIABLE, FOLDER_VARIABLE = "DATELINE_PACKS", "DATELINE_PACKS_FOLDER"
SLICE_VARIABLE = "DATELINE_SLICE"


@dataclass(frozen=True, slots=True)
class Config:
    """Which articles, where their index lies, and which packs of places they are read with."""

    articles: Path
    index: Path
    packs: str = ALL  # or none, or names with commas between them
    shards: str = ""  # where they lie, a path or a URL, if the articles come from such
    slice: str = ""  # of them, as corpus/shards/slices.py writes it
    into: str = ""  # where a build writes shards
    dask: str = ""  # who reads them

    @property
    def source(self) -> str:
        """What the articles come from, as somebody types it."""
        return self.shards or str(self.articles)

    def environment(self) -> dict[str, str]:
        """Return the variables that hand these settings to the page's process."""
        told = {ARTICLES_VARIABLE: self.source, INDEX_VARIABLE: str(self.index), PACKS_VARIABLE: self.packs}
        return {**told, SLICE_VARIABLE: self.slice}

    def choose_packs(self) -> tuple[tuple[Pack, ...], list[str]]:
        """Return the packs that count as they are now, and the names of those that are no longer there."""
        return choose(self.packs, packs_folder())


def configure(
    articles: Path | str | None = None, index: Path | None = None, packs: str | None = None, slice: str = ""
) -> Config:
    """Return the settings for a folder of articles, or for shards; without one, for the shipped corpus.

    Without a choice of packs it is that of the last time, which the index keeps.
    """
    from corpus.index.connection import stored_choice  # slow to import, and to read one text takes no settings

    is_url = isinstance(articles, str) and "://" in articles
    folder = Path(articles or SHIPPED) if is_url else Path(articles or SHIPPED).expanduser().resolve()
    shards = str(articles) if is_url else str(folder) if is_shards(folder) else ""
    path = (index or _default_index(folder, slice)).expanduser().resolve()
    return Config(folder, path, packs or stored_choice(path), shards, slice)


def place(text: str) -> Path | str:
    """Return what somebody types for a folder: a path, or a URL as it is."""
    return text if "://" in text else Path(text)


def is_shards(folder: Path) -> bool:
    """Say whether a folder holds shards rather than articles."""
    try:
        told = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and {"version", "readers", "parts"} <= told.keys()


def own_articles() -> Path:
    """Return the folder for the articles of a user who named none."""
    return user_data_path("dateline", appauthor=False) / "articles"


def folder_to_add_to(config: Config) -> Path:
    """Return where articles are added: the folder that is shown, unless it is that of the program itself."""
    return own_articles() if config.articles == SHIPPED else config.articles


def show_instead(folder: Path, environ: MutableMapping[str, str] = os.environ) -> None:
    """Let the page, for all its readers, show another folder from its next run on."""
    environ.pop(INDEX_VARIABLE, None)
    environ.pop(SLICE_VARIABLE, None)
    environ.update(configure(folder).environment())


def packs_chosen(packs: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """Return which packs a text by itself is read with."""
    return packs or environ.get(PACKS_VARIABLE) or ALL


def packs_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder in which a user's packs of places lie."""
    return Path(environ.get(FOLDER_VARIABLE) or user_data_path("dateline", appauthor=False) / "packs")


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Return the settings that the environment gives."""
    articles, index = environ.get(ARTICLES_VARIABLE), environ.get(INDEX_VARIABLE)
    where, packs = place(articles) if articles else None, environ.get(PACKS_VARIABLE)
    return configure(where, Path(index) if index else None, packs, environ.get(SLICE_VARIABLE, ""))


def _default_index(folder: Path, slice: str) -> Path:
    """Return NAME.gpkg in the user's folder for what can be made again; two folders of one name get two files."""
    mark = blake2b(os.fsencode(folder) + slice.encode(), digest_size=4).hexdigest()
    slug = re.sub(r"\W+", "-", folder.name, flags=re.ASCII).strip("-") or "articles"
    name = "dateline" if folder == SHIPPED else slug
    return user_cache_path("dateline", appauthor=False) / f"{name}-{mark}.gpkg"
