"""The commands of corrections: list them, undo one, score the machine by them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import CorpusError
from corpus.records import Correction
from dashboard import packs
from dashboard.config import Config, configure
from dashboard.escaping import visible
from dashboard.words import count

UNIQUE = 4  # letters of an id that may stand for it


def add_commands(corrections: argparse.ArgumentParser) -> None:
    """Add the commands below `corrections`."""
    below = corrections.add_subparsers(required=True, metavar="COMMAND")
    every = below.add_parser("list", parents=[packs.options()], help="list them, and say which no longer fit")
    every.add_argument("articles", type=Path, nargs="?", help="folder of articles; the shipped corpus without it")
    every.set_defaults(run=_list)
    back = below.add_parser("undo", help="undo one")
    back.add_argument("id", help="as the list names it")
    back.add_argument("articles", type=Path, nargs="?")
    back.set_defaults(run=_undo)


def add_score(score: argparse.ArgumentParser) -> None:
    """Say what `score` takes."""
    score.add_argument("articles", type=Path, nargs="?", help="folder of articles; the shipped corpus without it")
    score.add_argument("--wrong", action="store_true", help="list what the machine read otherwise")
    score.set_defaults(run=_score)


def _read(config: Config) -> list[Correction]:
    """Return a corpus's rows; what cannot be used of the files is told."""
    from corpus.corrections.file import read_corrections

    rows, problems = read_corrections(config.articles)
    for file, words in problems:
        print(f"dateline: {file}: {words}", file=sys.stderr)
    return rows


def _list(given: argparse.Namespace) -> int:
    from corpus.corrections.file import files_of
    from corpus.corrections.fit import unfit
    from corpus.corrections.replay import in_force
    from corpus.ingest.files import read_articles
    from geodata.gazetteer import open_gazetteer
    from geodata.gazetteer.user_places import NAME as OWN_PLACES

    config = configure(given.articles, packs=given.packs)
    rows = _read(config)
    texts = read_articles(config.articles)
    own = config.articles / OWN_PLACES if (config.articles / OWN_PLACES).is_file() else None
    gazetteer = open_gazetteer(own, packs.of_corpus(config, given.packs))
    misfits = {misfit.correction.id: misfit.why for misfit in unfit(rows, texts, gazetteer)}
    counts = {each.id for each in in_force(rows)}
    told = [row for row in rows if row.what != "undo"]
    for row in told:
        state = f"no longer fits: {misfits[row.id]}" if row.id in misfits else "" if row.id in counts else "undone"
        print(*_cells(row), state, sep="\t")
    files = " and ".join(str(file) for file in files_of(config.articles) if file.exists())
    undone = len(told) - len(counts)
    summary = f"{count(len(told), 'correction')}, {undone:,} undone, {len(misfits):,} no longer fit"
    print(f"dateline: {summary}{f'; in {files}' if files else ''}", file=sys.stderr)
    return 0


def _cells(row: Correction) -> Iterator[str]:
    for cell in (row.id, row.when[:10], row.who, row.what, row.words, row.means or row.value, row.scope, row.file):
        yield " ".join(visible(cell).split())


def _undo(given: argparse.Namespace) -> int:
    from corpus.corrections.file import append
    from corpus.corrections.made import undoing
    from corpus.corrections.replay import in_force

    config = configure(given.articles)
    found = [row for row in in_force(_read(config)) if len(given.id) >= UNIQUE and row.id.startswith(given.id)]
    if len(found) != 1:
        way_out = "see them with `corrections list`"
        raise CorpusError(f"{given.id!r} is {'no correction' if not found else 'more than one'} in force; {way_out}")
    file = append(config.articles, [undoing(found[0])])
    print(f"{file}: {' '.join(_cells(found[0]))}: undone")
    return 0


def _score(given: argparse.Namespace) -> int:
    from corpus.score import in_kinds, score

    config = configure(given.articles, packs=given.packs)
    judged = score(config.articles, _read(config), packs=packs.of_corpus(config, given.packs))
    if not judged:
        print("dateline: nothing was corrected or confirmed yet in these texts", file=sys.stderr)
        return 1
    for kind, right, total in in_kinds(judged):
        print(f"{kind:12} {right:5,} of {total:5,} right  {right / total:4.0%}")
    if given.wrong:
        for one in judged:
            if not one.is_right:
                print(one.kind, *_cells(one.correction), f"read as {one.machine or 'nothing'}", sep="\t")
    return 0
