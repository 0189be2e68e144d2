"""The commands of packs: add a file of places, list them, remove one; and the option that says which count."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.config import Config, packs_chosen, packs_folder
from dashboard.words import count
from geodata.errors import GeodataError
from geodata.gazetteer.packs.shelf import ALL, NONE, Pack, choose, installed, missing, remove

MOST_KINDS = 8  # of what was left out, that are named


def options() -> argparse.ArgumentParser:
    """Return the options that say which packs count, for the commands that read texts."""
    parser = argparse.ArgumentParser(add_help=False)
    which = parser.add_mutually_exclusive_group()
    words = f"packs of places that count: names with commas between them, or {ALL}, which is so unless chosen otherwise"
    which.add_argument("--packs", metavar="NAMES", help=words)
    which.add_argument("--no-packs", dest="packs", action="store_const", const=NONE, help="no pack counts")
    return parser


def add_commands(places: argparse.ArgumentParser) -> None:
    """Add the commands below `places`."""
    below = places.add_subparsers(required=True, metavar="COMMAND")
    add = below.add_parser("add", help="add a file of GeoNames, GNS or UCDP GED, a CSV, GeoJSON or GeoPackage")
    add.add_argument("file", type=Path)
    add.add_argument("--name", default="", help="what the pack is called; after its file without it")
    add.add_argument("--licence", default="", help="under which the places are given, where the file does not tell")
    add.set_defaults(run=_add)
    below.add_parser("list", help="list the packs").set_defaults(run=_list)
    away = below.add_parser("remove", help="remove a pack")
    away.add_argument("name")
    away.set_defaults(run=_remove)


def chosen(choice: str | None) -> tuple[Pack, ...]:
    """Return the packs that a command without a corpus is run with."""
    packs, gone = choose(packs_chosen(choice), packs_folder())
    return _without(packs, gone, typed=choice)


def of_corpus(config: Config, typed: str | None) -> tuple[Pack, ...]:
    """Return the packs that a corpus is read with."""
    return _without(*config.choose_packs(), typed=typed)


def _without(packs: tuple[Pack, ...], gone: list[str], *, typed: str | None) -> tuple[Pack, ...]:
    """Return the packs; those that are gone are told, or raise GeodataError where they were just asked for."""
    if gone and typed:
        raise GeodataError(missing(gone, packs_folder()))
    if gone:
        print(f"dateline: {missing(gone, packs_folder())}; read without it", file=sys.stderr)
    return packs


def _add(given: argparse.Namespace) -> int:
    from geodata.gazetteer.packs.make import add_pack  # shapes are slow to import

    added = add_pack(given.file, packs_folder(), name=given.name, licence=given.licence)
    pack = added.pack
    for problem in added.problems:
        print(f"dateline: {problem}", file=sys.stderr)
    known = f"; {added.known:,} of them the gazetteer had: it has their new names" if added.known else ""
    print(_line(pack) + known)
    if added.before:
        print(f"It takes the place of the one of {added.before.added[:10]} ({added.before.file})")
    if added.left_out:
        kinds = [f"{kind} {number:,}" for kind, number in added.left_out.items()]
        rest = [f"{len(kinds) - MOST_KINDS} more kinds"] if len(kinds) > MOST_KINDS else []
        print(f"Left out: {count(sum(added.left_out.values()), 'row')} ({', '.join(kinds[:MOST_KINDS] + rest)})")
    if added.broken:
        print(f"Remarks on {count(added.broken, 'row')}, above")
    return 0


def _list(_: argparse.Namespace) -> int:
    packs = installed(packs_folder())
    for pack in packs:
        print(f"{_line(pack)}, added {pack.added[:10]}")
    if not packs:
        print(f"no packs in {packs_folder()}: dateline places add FILE")
    return 0


def _remove(given: argparse.Namespace) -> int:
    print(f"removed: {_line(remove(given.name, packs_folder()))}; what was read with it is read again without it")
    return 0


def _line(pack: Pack) -> str:
    return f"{pack.in_words()}: {count(pack.places, 'place')}, {count(pack.names, 'name')}"
