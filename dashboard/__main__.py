"""The command line: build an index, serve the page, geocode a name, geoparse texts."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from corpus.drafts import discard_drafts
from corpus.errors import CorpusError
from dashboard import adding, exporting, mending, packs, sharding, status
from dashboard.config import Config
from dashboard.words import count
from geodata.errors import GeodataError

# What each command alone needs it imports itself: to read one text takes a third of the time to import all.
if TYPE_CHECKING:
    from corpus.build import Report
    from geodata.gazetteer.packs.shelf import Pack

MOST_PORT = 65_535
LONGEST_PATH = 255  # letters
_STOPPED = "dateline: stopped ({}); what was there before is as it was"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status, 0 when all went well."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print(_STOPPED.format("SIGINT"), file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:  # who read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (CorpusError, GeodataError, OSError) as error:
        print(f"dateline: {error}", file=sys.stderr)
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev -m dashboard ...
            raise
        print(f"dateline: {type(error).__name__}: {error}; this is a fault of ours, please report it", file=sys.stderr)
    return 1


@contextmanager
def stoppable() -> Iterator[None]:
    """Take back what is half done where the process is told to end within the block (SIGTERM, SIGHUP, Ctrl-C)."""

    def stop(number: int, _: object) -> NoReturn:
        # At once: an exception that is raised in the midst of anything may be swallowed there.
        for worker in multiprocessing.active_children():
            worker.kill()
        discard_drafts()
        print(_STOPPED.format(signal.Signals(number).name), file=sys.stderr, flush=True)
        os._exit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What is ignored, as by nohup, stays so.
    before = {number: signal.signal(number, stop) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("dateline", description="Show on a map what articles say happened where and when.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    which = [packs.options()]

    build = commands.add_parser("build", parents=which, help="read a folder of articles into an index")
    build.add_argument("--index", type=Path, help="GeoPackage to write")
    build.add_argument("--force", action="store_true", help="build even where nothing changed")
    build.add_argument("--counts", action="store_true", help="print articles done and in all, for another program")
    sharding.add_options(build)
    build.set_defaults(run=_build)

    words = "show the page in the browser; builds the index first when needed"
    serve = commands.add_parser("serve", parents=which, help=words)
    sharding.add_slice(serve)
    serve.add_argument("--index", type=Path)
    serve.add_argument("--port", type=_port, default=8501, help="0 takes any that is free")
    host = "answer to this name too, such as that of a proxy before the page; more than once for several"
    serve.add_argument("--allow-host", action="append", default=[], metavar="NAME", type=_host, help=host)
    serve.set_defaults(run=_serve)

    one = commands.add_parser("geocode", parents=which, help="find a place by its name")
    one.add_argument("query", nargs="+")
    one.add_argument("--limit", type=_limit, default=5)
    one.add_argument("--online", action="store_true", help="ask OpenStreetMap what the gazetteer does not know")
    one.add_argument("--user-agent", default="", metavar="WHO", help="who asks OpenStreetMap, such as your address")
    one.set_defaults(run=_geocode)

    words = "read JSON lines with texts, write JSON lines with places and dates"
    many = commands.add_parser("geoparse", parents=which, help=words)
    many.add_argument("input", metavar="IN.jsonl", help="- is the standard input")
    many.add_argument("output", metavar="OUT.jsonl", help="- is the standard output")
    many.set_defaults(run=_geoparse)

    why = commands.add_parser("explain", parents=which, help="say how each name of a text came to be read as it is")
    why.add_argument("text", nargs="+", help="the text itself")
    why.add_argument("--published", metavar="DAY", help="when it was published: 2022-09-14")
    why.set_defaults(run=_explain)

    status.add_options(commands.add_parser("status", parents=which, help="say what an index holds and what changed"))
    exporting.add_commands(commands, which, _build_quietly)
    adding.add_options(commands.add_parser("add", help="add articles from files to a folder, each a file of its own"))
    packs.add_commands(commands.add_parser("places", help="add a file of places to the gazetteer; list, remove them"))
    mending.add_commands(commands.add_parser("corrections", help="list what readers corrected; undo one"))
    words = "say how often the machine is right, by what readers corrected or confirmed"
    mending.add_score(commands.add_parser("score", parents=which, help=words))
    return parser


def _build(options: argparse.Namespace) -> int:
    config = sharding.configured(options)
    if options.counts:
        with stoppable():
            places = packs.of_corpus(config, options.packs)
            sharding.bring_up_to_date(config, places, lambda *counts: print(*counts, flush=True))
        return 0
    report = _build_with_bar(config, packs.of_corpus(config, options.packs), force=options.force)
    taken = "taken from shards" if config.shards else "read"
    found = f"{count(report.mentions, 'mention')} in {count(report.articles, 'article')}"
    held = f"{found}, of which {report.read:,} {'was' if report.read == 1 else 'were'} {taken} now"
    state = held if report.rebuilt else "up to date"
    print(f"{config.index}: {state}")
    return 0


def _build_with_bar(config: Config, places: tuple[Pack, ...], *, force: bool = False) -> Report:
    with stoppable(), tqdm(unit=" articles", desc="Reading", leave=False, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = sharding.bring_up_to_date(config, places, progress, force=force)
    for problem in report.told():
        print(f"dateline: {problem}", file=sys.stderr)
    return report


def _build_quietly(config: Config, typed: str | None) -> None:
    _build_with_bar(config, packs.of_corpus(config, typed))


def _serve(options: argparse.Namespace) -> int:
    config = sharding.configured(options)
    port = free_port(options.port)
    _build_with_bar(config, packs.of_corpus(config, options.packs))
    for line in _what_was_read(config):
        print(line)
    print(f"Dateline: http://127.0.0.1:{port}  (stop with Ctrl-C)", flush=True)
    from dashboard.server import serve  # half a second, while the page's address can be read

    serve(config, port, options.allow_host)
    return 0


def _what_was_read(config: Config) -> Iterator[str]:
    """Yield what an index holds and what was left out of it, a line each."""
    from corpus.index.connection import open_index, read_meta
    from corpus.queries.filters import Filters
    from corpus.queries.places import totals

    with open_index(config.index) as index:
        told, problems = totals(index, Filters()), read_meta(index)["problems"]
    status, articles = told.by_status, told.articles
    left = status.get("undecided", 0) + status.get("boilerplate", 0)
    source = f"the shards {config.shards}, {sharding.slice_in_words(config.slice)}" if config.shards else config.source
    yield f"Read {articles:,} articles of {source}: {sum(status.values()):,} names of places"
    yield (
        f"Left out: {status.get('undecided', 0):,} names of no known place, {status.get('boilerplate', 0):,} in page "
        f"furniture; {len(json.loads(problems)):,} remarks on files"
        if left or json.loads(problems)
        else "Left out: nothing"
    )


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of places: give 1 or more")
    return int(text)


def _host(text: str) -> str:
    """Return a host's name; `*.` before it stands for all its subdomains, `*` for any name at all."""
    if re.fullmatch(r"(\*\.)?[\w-]+(\.[\w-]+)*|\*|[\da-fA-F]*(:[\da-fA-F]*){2,}", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no host's name: give one without scheme and port, maps.example.org")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to {MOST_PORT}")
    return int(text)


def free_port(port: int) -> int:
    """Return `port`, or for 0 any that is free. Raises OSError with the way out where it cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if 1024 <= port < MOST_PORT else 8501
            raise OSError(
                f"port {port} cannot be had ({error.strerror}): stop what runs there, or choose another with "
                f"--port {other} (with make: make run PORT={other})"
            ) from error
        return int(probe.getsockname()[1])


def _geocode(options: argparse.Namespace) -> int:
    from geopy.exc import GeopyError

    from geodata.gazetteer import open_gazetteer
    from geodata.gazetteer.geocoder import address, geocode, suggest
    from geodata.gazetteer.online import Answer, geocode_online

    query = " ".join(options.query)
    gazetteer = open_gazetteer(packs=packs.chosen(options.packs))
    if options.online:
        try:
            found = geocode_online(query, user_agent=options.user_agent, gazetteer=gazetteer, limit=options.limit)
        except GeopyError as error:
            raise GeodataError(str(error)) from error
    else:
        found = [
            Answer(entry, address(entry), "") for entry in geocode(query, gazetteer=gazetteer, limit=options.limit)
        ]
    for answer in found:
        entry = answer.entry
        words = [answer.address, entry.kind, entry.id, *([answer.source] if options.online else [])]
        print(f"{entry.lat:.5f}", f"{entry.lon:.5f}", *words, sep="\t")
    if found:
        return 0
    asked = "neither the gazetteer nor OpenStreetMap has a" if options.online else "the gazetteer has no"
    print(f"dateline: {asked} place called {query!r}", file=sys.stderr)
    for entry in suggest(query, gazetteer=gazetteer):
        print(f"  perhaps: {address(entry)}", file=sys.stderr)
    return 1


def _explain(options: argparse.Namespace) -> int:
    from corpus.explain import explain
    from corpus.timex.given_date import date_problem

    if options.published and (problem := date_problem(options.published)):
        raise CorpusError(problem)
    text = " ".join(options.text)
    if len(text) < LONGEST_PATH and Path(text).is_file():
        raise CorpusError(f'{text} is a file: give the text itself, explain "$(cat {text})"')
    for line in explain(text, published=options.published, packs=packs.chosen(options.packs)):
        print(line)
    return 0


def _geoparse(options: argparse.Namespace) -> int:
    from dashboard.geoparsing import geoparse, opened

    failed, places = False, packs.chosen(options.packs)

    def tell(number: int, message: str) -> None:
        print(f"dateline: {options.input}, line {number}: {message}", file=sys.stderr)

    with stoppable(), opened(options.input, options.output) as (lines, output):
        for row, is_error in tqdm(geoparse(lines, tell=tell, packs=places), unit=" texts", disable=None):
            failed |= is_error
            output.write(row)
            if options.output == "-":
                output.flush()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
