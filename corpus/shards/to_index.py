"""An index from shards, whole or of a slice of them: nothing is read out of an article again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.build import Report
from corpus.errors import EmptyCorpusError
from corpus.index.connection import open_index, read_meta, refuse_another, stored_meta
from corpus.index.writer import IndexWriter, write_index
from corpus.read_changed import Progress, with_own_id
from corpus.shards.plan import BESIDE
from corpus.shards.records import Row, Told, articles_of
from corpus.shards.slices import EVERYTHING, Slice, chosen
from corpus.shards.store import Manifest, Part, Store
from corpus.shards.tables import OF_FILES, SCHEMAS, only
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.gazetteer.packs.shelf import Pack

Brief = tuple[str, str, str, str]  # of an article: its print, since when and why it is dated, what corrected it
_BRIEF = ["id", "read_from", "print", "published_since", "published_basis", "corrected"]
_UNASKED = {"candidates"}  # columns that an index has no use for


def fingerprint_of(manifest: Manifest, slice: Slice = EVERYTHING) -> str:
    """Return what an index of a slice of shards is built from; of all of them the same as one read from the folder."""
    if slice.is_all:
        return manifest.built_from
    return blake2b(f"{manifest.built_from}\0{slice.written()}".encode(), digest_size=16).hexdigest()


def index_shards(
    where: str,
    path: Path,
    *,
    slice: Slice = EVERYTHING,
    packs: tuple[Pack, ...] = (),
    progress: Progress = lambda done, total: None,
    force: bool = False,
) -> Report:
    """Bring the index at `path` up to date with the shards at `where`, or a slice of them.

    Articles that it has already stay as they are. Raises ShardsError where there are none that can be read,
    EmptyCorpusError where a slice holds no article, IndexNotUsableError where the index cannot be written.
    """
    store = Store(where)
    manifest, before = store.manifest(), stored_meta(path)
    same_slice = before.get("slice", "") == slice.written()
    built_from = fingerprint_of(manifest, slice)
    if not force and before.get("fingerprint") == built_from and same_slice and before["packs"] == manifest.packs:
        with open_index(path) as index:
            return Report(rebuilt=False, told_before=json.loads(read_meta(index)["problems"]))
    refuse_another(path)
    with ExitStack() as stack:
        gazetteer = _gazetteer(store, packs, Path(stack.enter_context(TemporaryDirectory())))
        writer = stack.enter_context(
            write_index(path, gazetteer, readers=manifest.readers, afresh=force or not same_slice)
        )
        report = Report(told_before=[*manifest.said_before])
        report.read = _Taking(store, manifest, slice, writer, progress).run()
        report.articles, report.mentions = writer.held.count()
        if not report.articles:
            raise EmptyCorpusError(f"no article of {where} is {slice.in_words() or 'in it'}; ask for more")
        report.problems = [(Path(file), problem) for file, problem in writer.held.problems()]
        told = [*report.told(), *manifest.said_after, *_missing(manifest, packs)]
        writer.fold()
        about = {
            "folder": manifest.folder,
            "articles": str(report.articles),
            "packs": manifest.packs,
            "packs_read": json.dumps(manifest.packs_read, ensure_ascii=False),
            "problems": json.dumps(told, ensure_ascii=False),
            "shards": where,
            "slice": slice.written(),
        }
        writer.finish(built_from, about)
    report.problems, report.told_before = [], told
    return report


def _gazetteer(store: Store, packs: tuple[Pack, ...], folder: Path) -> Gazetteer:
    """Open the gazetteer with the list of places that the shards were read with."""
    own, content = folder / "places.csv", store.own_places()
    own.write_bytes(content)
    return open_gazetteer(own if content else None, packs)


def _missing(manifest: Manifest, packs: tuple[Pack, ...]) -> list[str]:
    here = {pack.in_words() for pack in packs}
    way_out = "add it (dateline places add) for the other names of its places"
    return [f"{pack}: read with it, and it is not here; {way_out}" for pack in manifest.packs_read if pack not in here]


class _Taking:
    """Takes what an index does not have yet out of shards."""

    def __init__(self, store: Store, manifest: Manifest, slice: Slice, writer: IndexWriter, progress: Progress) -> None:
        self._store, self._slice, self._writer = store, slice, writer
        self._parts, self._total, self._progress = manifest.parts, manifest.articles, progress
        self._done = self._taken = 0

    def run(self) -> int:
        """Take them; return how many articles that were."""
        held, shards = self._writer.held, [key for key in self._parts if not key.endswith(BESIDE)]
        there = {file for shard in shards for file in self._files(shard)}
        for gone in [*held.half_read(), *(held.files().keys() - there)]:
            held.remove(gone)
        self._known, self._briefs, self._ids = held.files(), held.briefs(), held.ids()
        for shard in shards:
            self._take(shard)
        return self._taken

    def _take(self, shard: str) -> None:
        parts = [self._parts[key] for key in (shard, shard + BESIDE) if key in self._parts]
        chosen = [(part, list(self._chosen(part))) for part in parts]
        files, briefs = self._files(shard), dict[str, list[Brief]]()
        for row in chain.from_iterable(rows for _, groups in chosen for _, rows in groups):
            briefs.setdefault(row["read_from"], []).append(_brief(row))
        same = {
            file
            for file, (print_, _) in files.items()
            if self._known.get(file) == print_ and sorted(briefs.get(file, [])) == self._briefs.get(file, [])
        }
        others = (files.keys() & self._known.keys()) - same
        for file in others:
            self._writer.held.remove(file)
        self._ids = self._writer.held.ids() if others else self._ids
        for part, groups in chosen:
            wanted = {group: [row["id"] for row in rows if row["read_from"] not in same] for group, rows in groups}
            for told in self._told(part, {group: ids for group, ids in wanted.items() if ids}):
                article = with_own_id(told.read.article, self._ids)
                read = replace(told.read, article=article)
                self._writer.add(read, told.file, beside=told.beside, corrections=told.corrections)
                self._taken += 1
                self._progress(self._done + self._taken, self._total)
        for file, (print_, problems) in files.items():
            if file not in same and (file in briefs or self._slice.is_all):
                self._writer.add_file(file, print_, problems)

    def _files(self, shard: str) -> dict[str, tuple[str, list[str]]]:
        """Return the files of a shard, each with its print and what had to be said of it."""
        found: dict[str, tuple[str, list[str]]] = {}
        for key in (shard, shard + BESIDE):
            for row in self._store.rows("files", self._parts[key]).to_pylist() if key in self._parts else ():
                print_, problems = found.get(row["file"], (row["print"], []))
                found[row["file"]] = print_, [*problems, *row["problems"]]
        return found

    def _chosen(self, part: Part) -> Iterator[tuple[int, list[Row]]]:
        """Yield the row groups of a part with articles that are wanted, and what is to be known of those first."""
        with self._store.open("articles", part) as articles:
            for group, ids in chosen(self._slice, self._store, part):
                table = articles.read_row_group(group, columns=_BRIEF)
                yield group, [row for row in table.to_pylist() if row["id"] in ids]

    def _told(self, part: Part, wanted: Mapping[int, list[str]]) -> Iterator[Told]:
        if not wanted:
            return
        opened = self._store.verified if self._slice.is_all else self._store.open  # of a slice not all is fetched
        with ExitStack() as stack:
            files = {name: stack.enter_context(opened(name, part)) for name in SCHEMAS if name not in OF_FILES}
            for group, ids in wanted.items():
                tables = {name: file.read_row_group(group, columns=_asked(name)) for name, file in files.items()}
                yield from articles_of(only(tables, ids), part.read_at)


def _asked(dataset: str) -> list[str]:
    return [name for name in SCHEMAS[dataset].names if name not in _UNASKED]


def _brief(row: Row) -> Brief:
    return row["print"], str(row["published_since"] or ""), row["published_basis"], " ".join(row["corrected"])
