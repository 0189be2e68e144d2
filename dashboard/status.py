"""The command `status`: what an index holds, what changed since, and how far a build had come that was ended."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from dashboard import packs, sharding
from dashboard.config import Config
from dashboard.words import count
from geodata.gazetteer.packs.shelf import Pack

NAMED = 10  # files of each kind


def add_options(status: argparse.ArgumentParser) -> None:
    """Say what `status` takes."""
    status.add_argument("--index", type=Path)
    sharding.add_slice(status)
    status.set_defaults(run=_status)


def _status(given: argparse.Namespace) -> int:
    config = sharding.configured(given)
    for line in status(config, packs.of_corpus(config, given.packs)):
        print(line)
    return 0


def status(config: Config, places: Sequence[Pack] = ()) -> Iterator[str]:
    """Yield what there is to say of an index, a line each.

    Raises EmptyCorpusError where there is no such folder, ShardsError where there are no such shards.
    """
    from corpus.index.connection import stored_meta

    meta = stored_meta(config.index)
    if config.shards:
        yield from sharding.in_words(config)
        yield from _index(config, meta)
        if meta and not sharding.is_up_to_date(config):
            yield "not up to date: the shards were built again since, or another slice is asked for"
    else:
        yield f"articles: {config.articles}"
        yield from _index(config, meta)
        yield from _changed(config, meta, places)
    for files in _begun(config.index):
        yield f"a build that runs or was ended has read {count(files, 'file')}"


def _index(config: Config, meta: Mapping[str, str]) -> Iterator[str]:
    from corpus.index.connection import open_index
    from corpus.index.held import Held

    if not meta:
        yield f"index: {config.index}: none that is whole"
        return
    with open_index(config.index) as index:
        articles, mentions = Held(index).count()
    size = f"{config.index.stat().st_size / 1e6:,.1f} MB"
    yield f"index: {config.index}, {size}: {count(mentions, 'mention')} in {count(articles, 'article')}"
    if "shards" in meta:
        yield f"made from the shards {meta['shards']}: {sharding.slice_in_words(meta['slice'])}"


def _changed(config: Config, meta: Mapping[str, str], places: Sequence[Pack]) -> Iterator[str]:
    from corpus.index.connection import open_index
    from corpus.index.fingerprint import print_of_readers
    from corpus.index.held import Held
    from corpus.index.prints import prints_of
    from corpus.ingest.files import find_names, shown

    found = prints_of(config.articles, find_names(config.articles, on_problem=lambda file, message: None))
    now = {shown(Path(file)): print_ for file, print_ in found.items()}
    held = dict[str, str]()
    if meta and meta["readers"] != print_of_readers(config.articles, found, places):
        yield "all are to be read again: the code, the gazetteer, a pack or a list beside the articles is another"
    elif meta:
        with open_index(config.index) as index:
            held = Held(index).files()
    yield from _named("to be read", [file for file, print_ in now.items() if held.get(file) != print_])
    yield from _named("gone", sorted(held.keys() - now.keys()))


def _named(what: str, files: Sequence[str]) -> Iterator[str]:
    more = f" and {len(files) - NAMED:,} more" if len(files) > NAMED else ""
    yield f"{what}: {count(len(files), 'file')}" + (f": {', '.join(files[:NAMED])}{more}" if files else "")


def _begun(path: Path) -> Iterator[int]:
    """Yield how many files each draft of an index holds."""
    from corpus.drafts import drafts_of

    for draft in drafts_of(path):
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{draft.resolve().as_uri()}?mode=ro", uri=True)) as index,
        ):
            yield index.execute("select count(*) from files").fetchone()[0]
