"""Bring a set of shards up to date with a folder: what did not change is not read again, nor written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.build import Report
from corpus.corrections.file import print_of_corrections, read_corrections
from corpus.corrections.fit import misfits, told_of
from corpus.corrections.replay import Corrections
from corpus.errors import ShardsError
from corpus.index.fingerprint import joined, print_of_readers
from corpus.index.prints import prints_of
from corpus.ingest.files import find_names, no_article, shown
from corpus.read_article import Given
from corpus.read_changed import Progress
from corpus.records import Article, Correction
from corpus.shards.plan import BESIDE, Plan, Run, here
from corpus.shards.read_shard import About, reads_like_this
from corpus.shards.store import Manifest, Part, Store
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.shelf import ALL, Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES


def build_shards(
    folder: Path,
    where: str,
    *,
    packs: tuple[Pack, ...] = (),
    choice: str = ALL,
    progress: Progress = lambda done, total: None,
    force: bool = False,
    run: Run = here,
) -> Report:
    """Bring the shards at `where`, a path or a URL, up to date with the articles of `folder`.

    `run` does the tasks, in any order. Raises EmptyCorpusError where no article can be read, ShardsError where the
    shards cannot be written or something else is there: what is there already stays.
    """
    report, store = Report(), Store(where)
    _refuse_within(folder, store)
    found = find_names(folder, on_problem=lambda file, message: report.problems.append((file, message)))
    prints = prints_of(folder, found, afresh=force)
    said, trouble = read_corrections(folder)
    report.problems += trouble
    own = folder / OWN_PLACES if (folder / OWN_PLACES).is_file() else None
    readers, given = print_of_readers(folder, prints, packs), Given(own, packs, Corrections(said))
    about = About(folder.resolve(), store.where, readers, reads_like_this(), print_of_corrections(folder), given)
    built_from = joined(about.readers, about.corrections, prints)
    held = store.manifest_before()
    whole = {} if force else store.whole(held.parts)
    if not force and held.built_from == built_from and held.packs == choice and len(whole) == len(held.parts):
        return _report_of(held, Report(rebuilt=False), store)
    plan = Plan(about, [{} if force else store.begun(), whole], progress)
    plan.carry_out(run, {shown(file): (folder / file, print_) for file, print_ in prints.items()})
    manifest = Manifest(
        readers,
        built_from,
        shown(Path(folder.name)),
        choice,
        packs_read=tuple(pack.in_words() for pack in packs),
        said_before=tuple(report.told()),
        said_after=tuple(Report(problems=_problems(about, said, store, plan.now)).told()),
        parts=dict(sorted(plan.now.items())),
    )
    report.read = plan.done
    _report_of(manifest, report, store)
    if not manifest.articles:
        raise no_article(folder, report.told())
    store.publish(manifest, own.read_bytes() if own else b"")
    return report


def _problems(
    about: About, said: Sequence[Correction], store: Store, parts: Mapping[str, Part]
) -> list[tuple[Path, str]]:
    """Return what is wrong with what readers give beside the articles."""
    folder, given = about.folder, about.given
    gazetteer = open_gazetteer(given.own, given.packs)
    problems = [(folder / OWN_PLACES, problem) for problem in gazetteer.own_problems]
    problems += [(pack.folder, problem) for pack, problem in gazetteer.pack_problems]
    if said:
        texts = sorted(_texts(store, parts, told_of(said)), key=lambda article: (article.file, article.id))
        problems += misfits(folder, said, texts, gazetteer)
    return problems


def _refuse_within(folder: Path, store: Store) -> None:
    if store.folder:
        inner, outer = store.folder.resolve(), folder.resolve()
        if inner.is_relative_to(outer) or outer.is_relative_to(inner):
            raise ShardsError(f"{store} and the articles of {folder} lie within each other; name a folder beside it")


def _texts(store: Store, parts: Mapping[str, Part], asked: Callable[[str, str], bool]) -> Iterator[Article]:
    """Yield the articles of which text or file is asked for, as far as corrections fit them or not."""
    for part in parts.values():
        for row in store.rows("articles", part).to_pylist():
            if asked(row["print"], row["file"]):
                yield Article(row["id"], row["file"], row["text"])


def _report_of(manifest: Manifest, report: Report, store: Store) -> Report:
    """Fill in what a manifest tells."""
    report.articles, report.mentions = manifest.articles, manifest.mentions
    report.problems, report.told_before = [], remarks_of(manifest, store)
    return report


def remarks_of(manifest: Manifest, store: Store) -> list[str]:
    """Return what had to be said of a folder and its files, in words."""
    notes: dict[str, list[str]] = {}
    for key, part in sorted(manifest.parts.items(), key=lambda each: each[0].endswith(BESIDE)):
        for row in store.rows("files", part).to_pylist() if key else ():
            notes.setdefault(row["file"], []).extend(row["problems"])
    of_files = [f"{shown(Path(file).name)}: {note}" for file in sorted(notes) for note in notes[file]]
    return [*manifest.said_before, *of_files, *manifest.said_after]
