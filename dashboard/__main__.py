"""The command line: build an index, serve the page, geocode a name, geoparse texts."""

from __future__ import annotations

import argparse
import json
import re
import socket
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from geopy.exc import GeopyError
from tqdm import tqdm

from corpus.build import Report, build_index
from corpus.errors import CorpusError
from corpus.read import many_articles, parse_text
from dashboard.config import Config, configure
from geodata.errors import GeodataError
from geodata.geocode import address, geocode, suggest
from geodata.online import Answer, geocode_online


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status, 0 when all went well."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (CorpusError, GeodataError, GeopyError, OSError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "dashboard", description="Show on a map what articles say happened where and when."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="read a folder of articles into an index")
    build.add_argument(
        "articles", type=Path, nargs="?", help="folder of .txt, .md or .html files; the shipped corpus without it"
    )
    build.add_argument("--index", type=Path, help="GeoPackage to write")
    build.add_argument("--force", action="store_true", help="build even where nothing changed")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="show the page in the browser; builds the index first when needed")
    serve.add_argument("articles", type=Path, nargs="?")
    serve.add_argument("--index", type=Path)
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", type=_host,
        help="answer to this name too, such as that of a proxy before the page; more than once for several",
    )  # fmt: skip
    serve.set_defaults(run=_serve)

    one = commands.add_parser("geocode", help="find a place by its name")
    one.add_argument("query", nargs="+")
    one.add_argument("--limit", type=int, default=5)
    one.add_argument("--online", action="store_true", help="ask OpenStreetMap what the gazetteer does not know")
    one.add_argument("--user-agent", default="", metavar="WHO", help="who asks OpenStreetMap, such as your address")
    one.set_defaults(run=_geocode)

    many = commands.add_parser("geoparse", help="read JSON lines with texts, write JSON lines with places and dates")
    many.add_argument("input", type=Path, metavar="IN.jsonl")
    many.add_argument("output", type=Path, metavar="OUT.jsonl")
    many.set_defaults(run=_geoparse)
    return parser


def _build(options: argparse.Namespace) -> int:
    config = configure(options.articles, options.index)
    report = _build_with_bar(config, force=options.force)
    state = f"{report.mentions:,} mentions in {report.articles:,} articles" if report.rebuilt else "up to date"
    print(f"{config.index}: {state}")
    return 0


def _build_with_bar(config: Config, *, force: bool = False) -> Report:
    with tqdm(unit=" articles", desc="Reading", leave=False, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = build_index(config.articles, config.index, progress=progress, force=force)
    for file, message in report.problems:
        print(f"dateline: {file}: {message}", file=sys.stderr)
    return report


def _serve(options: argparse.Namespace) -> int:
    config = configure(options.articles, options.index)
    if not _is_free(options.port):
        print(
            f"dateline: port {options.port} is in use: stop what runs there, or choose another with "
            f"--port {options.port + 1} (with make: make run PORT={options.port + 1})",
            file=sys.stderr,
        )
        return 1
    _build_with_bar(config)
    print(f"Dateline: http://127.0.0.1:{options.port}  (stop with Ctrl-C)", flush=True)
    import_module("dashboard.server").serve(config, options.port, options.allow_host)  # half a second of imports
    return 0


def _host(text: str) -> str:
    """Return a host's name; `*.` before it stands for all its subdomains, `*` for any name at all."""
    if re.fullmatch(r"(\*\.)?[\w-]+(\.[\w-]+)*|\*|[\da-fA-F]*(:[\da-fA-F]*){2,}", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no host's name: give one without scheme and port, maps.example.org")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _geocode(options: argparse.Namespace) -> int:
    query = " ".join(options.query)
    if options.online:
        found = geocode_online(query, user_agent=options.user_agent, limit=options.limit)
    else:
        found = [Answer(entry, address(entry), "") for entry in geocode(query, limit=options.limit)]
    for answer in found:
        entry = answer.entry
        words = [answer.address, entry.kind, entry.id, *([answer.source] if options.online else [])]
        print(f"{entry.lat:.5f}", f"{entry.lon:.5f}", *words, sep="\t")
    if found:
        return 0
    asked = "neither the gazetteer nor OpenStreetMap has a" if options.online else "the gazetteer has no"
    print(f"dateline: {asked} place called {query!r}", file=sys.stderr)
    for entry in suggest(query):
        print(f"  perhaps: {address(entry)}", file=sys.stderr)
    return 1


def _geoparse(options: argparse.Namespace) -> int:
    if options.output.exists() and options.output.samefile(options.input):
        print(f"dateline: {options.output} is the input itself: name another file for the output", file=sys.stderr)
        return 1
    failed = 0
    with options.input.open("rb") as lines, options.output.open("w", encoding="utf-8") as output, many_articles():
        for number, line in enumerate(tqdm(lines, unit=" texts", disable=None), 1):
            if not line.strip():
                continue
            try:
                result = _parse(json.loads(line.decode("utf-8")))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                failed += 1
                message = f'not a JSON line {{"doc", "text"}} in UTF-8 ({error}); left out'
                print(f"dateline: {options.input}, line {number}: {message}", file=sys.stderr)
            else:
                output.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 1 if failed else 0


def _parse(row: dict[str, Any]) -> dict[str, Any]:
    read = parse_text(row["text"], id=str(row["doc"]), published=row.get("dct"))
    toponyms = []
    for mention in read.mentions:
        entry = mention.resolution.entry
        toponyms.append(
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "lat": entry.lat if entry else None,
                "lon": entry.lon if entry else None,
                "geonameid": entry.geonameid if entry else None,
                "name": entry.name if entry else None,
                "kind": "demonym" if mention.resolution.toponym.kind == "demonym" else entry.kind if entry else None,
                "score": mention.resolution.score,
                "reading": mention.reading.reading if mention.reading else None,
                "role": mention.role or None,
                "speaker": None if mention.statement is None else read.statements[mention.statement].speaker,
            }
        )
    timexes = [
        {
            "start": timex.start,
            "end": timex.end,
            "text": timex.text,
            "type": timex.type,
            "value": timex.value,
            "since": None if timex.since is None else str(timex.since),
            "until": None if timex.until is None else str(timex.until),
        }
        for timex in read.timexes
    ]
    published = read.published.since
    return {
        "doc": row["doc"],
        "toponyms": toponyms,
        "timexes": timexes,
        "published": str(published) if published else None,
    }


if __name__ == "__main__":
    sys.exit(main())
