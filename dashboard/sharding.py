"""Builds with shards: what the command line says of them, and bringing an index up to date whatever it comes from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.config import Config, configure, packs_folder, place
from dashboard.words import count
from geodata.gazetteer.packs.shelf import Pack, choose

# To read one text takes a third of the time to import all.
if TYPE_CHECKING:
    from corpus.build import Report
    from corpus.read_changed import Progress

NO_FOLDER = "These articles come from shards, not from a folder"


def add_options(build: argparse.ArgumentParser) -> None:
    """Say what a build takes: where shards are written, who reads, and of which slice the index is made."""
    build.add_argument("--shards", metavar="WHERE", help="write what is read as Parquet there too: a path or a URL")
    words = "have it read by Dask: tcp://SCHEDULER:8786, or local"
    build.add_argument("--dask", metavar="SCHEDULER", help=words)
    add_slice(build)


def add_slice(command: argparse.ArgumentParser) -> None:
    """Say what a command works on: articles, or of shards those that it is about."""
    words = "folder of articles in any format, or shards; the shipped corpus without it"
    command.add_argument("articles", type=place, nargs="?", help=words)
    only = command.add_argument_group("of shards only the articles that have all of this")
    only.add_argument("--since", type=_day, metavar="DAY", help="published on this day or later: 2022-09-13")
    only.add_argument("--until", type=_day, metavar="DAY", help="published on this day or before")
    only.add_argument("--outlet", action="append", default=[], metavar="NAME", help="more than once for any of several")
    words = (
        "a country or province that is mentioned, or a place inside: code or name; more than once for any of several"
    )
    only.add_argument("--region", action="append", default=[], metavar="NAME", help=words)
    only.add_argument("--words", default="", help="a passage has all of them, the last may be a beginning")


def configured(options: argparse.Namespace) -> Config:
    """Return the settings that the command line gives. Raises ShardsError where they do not go together."""
    from corpus.errors import ShardsError

    asked = (options.since, options.until, options.outlet, options.region, options.words)
    slice = _slice(options) if any(asked) else ""
    into, dask = getattr(options, "shards", None) or "", getattr(options, "dask", None) or ""
    config = configure(options.articles, options.index, options.packs, slice)
    if config.shards and (into or dask):
        raise ShardsError(f"{config.shards} holds shards, of which nothing is read: leave out --shards and --dask")
    if dask and not into:
        into = str(config.index.with_suffix(".shards"))
    if slice and not config.shards and not into:
        raise ShardsError(f"{config.source} holds no shards, of which a slice could be: write some with --shards WHERE")
    return replace(config, into=into, dask=dask)


def _slice(options: argparse.Namespace) -> str:
    from corpus.shards.slices import Slice, in_regions

    slice = Slice(options.since, options.until, tuple(options.outlet), words=options.words)
    return in_regions(slice, options.region).written()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write 2022-09-13") from None


def arguments(config: Config) -> list[str]:
    """Return the settings of a slice as the command line takes them."""
    if not config.slice:
        return []
    from corpus.shards.slices import read_slice

    slice = read_slice(config.slice)
    told = [f"--since={slice.since}"] * bool(slice.since) + [f"--until={slice.until}"] * bool(slice.until)
    told += [f"--outlet={outlet}" for outlet in slice.outlets] + [f"--region={region}" for region in slice.regions]
    return [*told, f"--words={slice.words}"]


def bring_up_to_date(config: Config, packs: tuple[Pack, ...], progress: Progress, *, force: bool = False) -> Report:
    """Bring the index up to date with the articles, or with the shards that they are in or are to be in."""
    if not (config.shards or config.into):
        from corpus.build import build_index

        choice = config.packs
        return build_index(config.articles, config.index, packs=packs, choice=choice, progress=progress, force=force)
    from corpus.index.connection import open_index
    from corpus.index.held import Held
    from corpus.shards.slices import read_slice
    from corpus.shards.to_index import index_shards

    slice = read_slice(config.slice)
    if config.shards:
        packs = packs_of(config)
        return index_shards(config.shards, config.index, slice=slice, packs=packs, progress=progress, force=force)
    made = _make_shards(config, packs, progress, force=force)
    report = index_shards(config.into, config.index, slice=slice, packs=packs, force=force)
    if made.rebuilt and not report.rebuilt:  # the same articles stood in other shards before
        with open_index(config.index) as index:
            report.articles, report.mentions = Held(index).count()
    report.read, report.rebuilt = made.read, made.rebuilt or report.rebuilt
    return report


def _make_shards(config: Config, packs: tuple[Pack, ...], progress: Progress, *, force: bool) -> Report:
    from corpus.shards.build import build_shards
    from corpus.shards.cluster import on_dask
    from corpus.shards.plan import here

    with on_dask(config.dask, config.into) if config.dask else nullcontext(here) as run:
        return build_shards(
            config.articles,
            config.into,
            packs=packs,
            choice=config.packs,
            progress=progress,
            force=force,
            run=run,
        )


def packs_of(config: Config) -> tuple[Pack, ...]:
    """Return of the packs that shards were read with those that are here."""
    from corpus.shards.store import Store

    return choose(Store(config.shards).manifest().packs, packs_folder())[0]


def is_up_to_date(config: Config) -> bool:
    """Say whether the index is whole and was built from just what is there now."""
    if config.shards:
        from corpus.index.connection import stored_fingerprint
        from corpus.shards.slices import read_slice
        from corpus.shards.store import Store
        from corpus.shards.to_index import fingerprint_of

        now = fingerprint_of(Store(config.shards).manifest(), read_slice(config.slice))
        return stored_fingerprint(config.index) == now
    from corpus.build import is_up_to_date

    return is_up_to_date(config.articles, config.index, config.choose_packs()[0])


def in_words(config: Config) -> Iterator[str]:
    """Yield what there is to say of shards, a line each."""
    from corpus.shards.store import Store

    store = Store(config.shards)
    manifest, begun = store.manifest(), store.begun()
    shards = count(len({key.removesuffix("b") for key in manifest.parts}), "shard")
    held = f"{count(manifest.mentions, 'mention')} in {count(manifest.articles, 'article')} of {manifest.folder}"
    yield f"shards: {config.shards}: {shards}, {held}"
    if begun:
        yield f"a build that runs or was ended has made {count(len(begun), 'part')} of others"


def slice_in_words(written: str) -> str:
    """Return a slice in words, "all of them" for no slice."""
    if not written:
        return "all of them"
    from corpus.shards.slices import read_slice

    return f"a slice of them, {read_slice(written).in_words()}"
