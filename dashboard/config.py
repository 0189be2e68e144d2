"""Settings from the environment and the command line, read in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "corpus" / "articles"
ARTICLES_VARIABLE, INDEX_VARIABLE = "DATELINE_ARTICLES", "DATELINE_INDEX"


@dataclass(frozen=True, slots=True)
class Config:
    """Which articles, and where their index lies."""

    articles: Path
    index: Path

    def environment(self) -> dict[str, str]:
        """Return the variables that hand these settings to the page's process."""
        return {ARTICLES_VARIABLE: str(self.articles), INDEX_VARIABLE: str(self.index)}


def configure(articles: Path | None = None, index: Path | None = None) -> Config:
    """Return the settings for a folder of articles; without one, for the shipped corpus."""
    folder = (articles or SHIPPED).expanduser().resolve()
    return Config(folder, (index or _default_index(folder)).expanduser().resolve())


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Return the settings that the environment gives."""
    articles, index = environ.get(ARTICLES_VARIABLE), environ.get(INDEX_VARIABLE)
    return configure(Path(articles) if articles else None, Path(index) if index else None)


def _default_index(folder: Path) -> Path:
    """Return NAME.gpkg in the user's folder for what can be made again; two folders of one name get two files."""
    mark = blake2b(os.fsencode(folder), digest_size=4).hexdigest()
    slug = re.sub(r"\W+", "-", folder.name, flags=re.ASCII).strip("-") or "articles"
    name = "dateline" if folder == SHIPPED else slug
    return user_cache_path("dateline", appauthor=False) / f"{name}-{mark}.gpkg"
