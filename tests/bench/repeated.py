"""Build an index of which the first articles alone are read, and the others take over what was read out of those.

`python -m tests.bench.repeated FOLDER INDEX KEPT READ`, where FOLDER holds articles as tests.bench.news repeats them:
the same words stand at the same places. KEPT is a folder for what was read, which is made if it is not there. All but
the reading is done as a build does it: for measuring what reading would hide.
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus import read_changed
from corpus.build import build_index
from corpus.ingest.files import read_article
from corpus.read_article import Given, many_articles, read_alone
from corpus.records import Article, ReadArticle
from corpus.workers import spread
from tests.bench.news import file_of


def main() -> None:
    """Build it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("kept", type=Path)
    parser.add_argument("read", type=int)
    options = parser.parse_args()
    if not options.kept.is_dir():
        keep(options.folder, options.kept, options.read)
    else:
        build(options.folder, options.index, options.kept, options.read)


def keep(folder: Path, kept: Path, number: int) -> None:
    """Read the first articles of a folder, and keep what was read."""
    kept.mkdir()
    articles = [read_article(folder / file_of(each), folder) for each in range(number)]
    with many_articles(None):
        reads = spread(partial(read_alone, given=Given()), articles, size=lambda article: len(article.text))
        for article, read in zip(articles, reads, strict=True):
            (kept / article.file).write_bytes(pickle.dumps(read))


def build(folder: Path, index: Path, kept: Path, number: int) -> None:
    """Build the index of a folder with what was kept."""

    def take(article: Article, *, given: Given) -> ReadArticle:
        read: ReadArticle = pickle.loads((kept / file_of(int(Path(article.file).stem) % number)).read_bytes())
        return replace(read, article=article)

    read_changed.read_alone = take
    build_index(folder, index, force=True)


if __name__ == "__main__":
    main()
