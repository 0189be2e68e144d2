"""The whole pipeline, read top to bottom: a folder of articles becomes an index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.corrections.file import print_of_corrections, read_corrections
from corpus.corrections.fit import misfits, told_of
from corpus.corrections.replay import Corrections
from corpus.index.connection import open_index, read_meta, refuse_another, stored_choice, stored_fingerprint
from corpus.index.fingerprint import fingerprint, joined, print_of_readers
from corpus.index.prints import prints_of
from corpus.index.writer import write_index
from corpus.ingest.files import find_names, no_article, shown
from corpus.read_article import Given, many_articles
from corpus.read_changed import Progress, Reading
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.shelf import ALL, Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES


@dataclass(slots=True)
class Report:
    """What a build did, and which files it could not use."""

    articles: int = 0
    mentions: int = 0
    read: int = 0  # of the articles, those that were read now: the others were as they had been
    problems: list[tuple[Path, str]] = field(default_factory=list)
    rebuilt: bool = True
    told_before: Sequence[str] = ()  # by the build that an index is up to date with

    def told(self) -> list[str]:
        """Return the problems in words, each with its file's name."""
        return [*self.told_before, *(f"{shown(Path(file.name))}: {message}" for file, message in self.problems)]


def is_up_to_date(folder: Path, path: Path, packs: Sequence[Pack] = ()) -> bool:
    """Say whether the index at `path` is whole and was built from just what is in `folder`, with these packs."""
    stored = stored_fingerprint(path)
    return stored is not None and stored == fingerprint(folder, packs)


def build_index(
    folder: Path,
    path: Path,
    *,
    packs: tuple[Pack, ...] = (),
    choice: str = ALL,
    progress: Progress = lambda done, total: None,
    force: bool = False,
) -> Report:
    """Bring the index at `path` up to date with the articles of `folder`: what did not change is not read again.

    `packs` are the places that count beside the shipped ones; `choice` is how they were chosen, which the index keeps.
    `force` reads everything. Raises EmptyCorpusError where no article can be read, IndexNotUsableError where the index
    cannot be written or something else is at its path: what is there already stays.
    """
    report = Report()
    # Before they are read: what changes meanwhile is seen the next time.
    found = find_names(folder, on_problem=lambda file, message: report.problems.append((file, message)))
    prints = prints_of(folder, found, afresh=force)
    readers = print_of_readers(folder, prints, packs)
    said, trouble = read_corrections(folder)
    report.problems += trouble
    built_from = joined(readers, print_of_corrections(folder), prints)
    if not force and stored_fingerprint(path) == built_from and stored_choice(path) == choice:
        with open_index(path) as index:
            return Report(rebuilt=False, told_before=json.loads(read_meta(index)["problems"]))
    refuse_another(path)
    own = folder / OWN_PLACES if (folder / OWN_PLACES).is_file() else None
    gazetteer = open_gazetteer(own, packs)
    with many_articles(own, packs=packs), write_index(path, gazetteer, readers=readers, afresh=force) as writer:
        given = Given(own, packs, Corrections(said))
        report.read = Reading(folder, prints, writer, given, progress).run()
        report.articles, report.mentions = writer.held.count()
        report.problems += [(folder / file, problem) for file, problem in writer.held.problems()]
        report.problems += [(folder / OWN_PLACES, problem) for problem in gazetteer.own_problems]
        report.problems += [(pack.folder, problem) for pack, problem in gazetteer.pack_problems]
        if said:
            articles = (article for _, article, _ in writer.held.articles(told_of(said)))
            report.problems += misfits(folder, said, articles, gazetteer)
        if not report.articles:
            raise no_article(folder, report.told())
        writer.fold()
        writer.finish(built_from, _about(folder, report, packs, choice))
    return report


def _about(folder: Path, report: Report, packs: Sequence[Pack], choice: str) -> dict[str, str]:
    """Return what an index says of itself."""
    return {
        "folder": shown(Path(folder.name)),
        "articles": str(report.articles),
        "packs": choice,
        "packs_read": json.dumps([pack.in_words() for pack in packs], ensure_ascii=False),
        "problems": json.dumps(report.told(), ensure_ascii=False),
    }
