"""The whole pipeline, read top to bottom: a folder of articles becomes an index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from corpus.corrections.file import read_corrections
from corpus.corrections.fit import misfits
from corpus.corrections.replay import Corrections
from corpus.dating.publication_date import date_articles
from corpus.index.connection import open_index, read_meta, refuse_another, stored_choice, stored_fingerprint
from corpus.index.fingerprint import fingerprint
from corpus.index.writer import write_index
from corpus.ingest.files import no_article, read_articles, shown
from corpus.provenance.near_duplicates import find_copies
from corpus.read_article import many_articles, read_out
from corpus.records import Dated, Passage, ReadArticle
from corpus.workers import Lost, spread
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.shelf import ALL, Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES

Progress = Callable[[int, int], None]  # articles done, articles in all


@dataclass(slots=True)
class Report:
    """What a build did, and which files it could not use."""

    articles: int = 0
    mentions: int = 0
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
    """Read every article of `folder` and publish the index at `path`; do nothing where it is up to date.

    `packs` are the places that count beside the shipped ones; `choice` is how they were chosen, which the index keeps.
    Raises EmptyCorpusError where no article can be read, IndexNotUsableError where the index cannot be written or
    something else is at its path: what is there already stays.
    """
    if not force and is_up_to_date(folder, path, packs) and stored_choice(path) == choice:
        with open_index(path) as index:
            return Report(rebuilt=False, told_before=json.loads(read_meta(index)["problems"]))
    refuse_another(path)
    built_from = fingerprint(folder, packs)  # before it is read: what changes meanwhile is seen the next time
    report = Report()
    said, report.problems = read_corrections(folder)
    corrections = Corrections(said)
    own = folder / OWN_PLACES if (folder / OWN_PLACES).is_file() else None
    with many_articles(own, packs=packs):
        articles = read_articles(folder, on_problem=lambda file, message: report.problems.append((file, message)))
        dated = date_articles(map(corrections.mend_article, articles))
    dated = [replace(one, corrections=corrections.of_names(one.article)) for one in dated]
    texts: list[tuple[str, str, tuple[Passage, ...]]] = []  # id, text and passages of what could be read
    gazetteer = open_gazetteer(own, packs)
    report.problems += [(folder / OWN_PLACES, problem) for problem in gazetteer.own_problems]
    report.problems += [(pack.folder, problem) for pack, problem in gazetteer.pack_problems]
    report.problems += misfits(folder, said, [one.article for one in dated], gazetteer)
    with write_index(path, gazetteer) as writer:
        for done, (one, read) in enumerate(zip(dated, run(dated, own=own, packs=packs), strict=True), 1):
            if isinstance(read, ReadArticle):
                writer.add(read)
                texts.append((read.article.id, read.article.text, read.passages))
                report.articles += 1
                report.mentions += len(read.mentions)
            else:
                report.problems.append((folder / one.article.file, f"left out: {read.why}"))
            progress(done, len(dated))
        if not report.articles:
            raise no_article(folder, report.told())
        copies = find_copies([(text, passages) for _, text, passages in texts])
        writer.fold([(id, passages) for id, _, passages in texts], copies)
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


def run(
    dated: Sequence[Dated], *, own: Path | None = None, packs: tuple[Pack, ...] = ()
) -> Iterator[ReadArticle | Lost]:
    """Read everything out of articles, in order."""
    with many_articles(own, packs=packs):
        yield from spread(partial(read_out, own=own, packs=packs), dated, size=_letters)


def _letters(dated: Dated) -> int:
    return len(dated.article.text)
