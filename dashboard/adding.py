"""Add articles from files: the command, and the same in another process for the page."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.config import ROOT, own_articles
from dashboard.words import count

if TYPE_CHECKING:
    from corpus.add_articles import Preview
    from corpus.ingest.formats.contract import File

SECONDS = 120  # until looking at what was handed to the page must be done


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="in any format that is read")
    words = f"folder that they are kept in; {own_articles()} without it"
    parser.add_argument("--to", type=Path, default=None, metavar="FOLDER", help=words)
    parser.add_argument("--look", action="store_true", help="say what they hold as JSON lines, and keep nothing")
    parser.set_defaults(run=add)


def add(options: argparse.Namespace) -> int:
    """Run the command: look at files, and keep what they hold."""
    from corpus.add_articles import keep, look_at

    folder: Path = (options.to or own_articles()).expanduser()
    failed, added, there = False, 0, 0
    for found in look_at(_opened(options.files)):
        if options.look:
            print(json.dumps(found if isinstance(found, str) else asdict(found), ensure_ascii=True), flush=True)
        elif isinstance(found, str):
            failed |= ": left out" in found
            print(f"dateline: {found}", file=sys.stderr)
        else:
            path, is_new = keep(found, found.fields, folder)
            added, there = added + is_new, there + (not is_new)
            day = f"{found.fields['date'] or 'no date'} ({found.known['date']})"
            print(f"{path.name}: {found.fields['title']}, {found.fields['outlet'] or 'no outlet'}, {day}")
    if not options.look:
        before = f"; there already: {there:,}" if there else ""
        see = f": dateline serve {folder}" if added or there else ""
        print(f"Added {count(added, 'article')} to {folder}{before}{see}")
    return int(failed)


def _opened(paths: Sequence[Path]) -> Iterator[File]:
    from corpus.errors import ArticleError
    from corpus.ingest.articles import read_columns, shown
    from corpus.ingest.files import read_bytes
    from corpus.ingest.formats.contract import File

    for path in paths:
        try:
            yield File(shown(path.name), read_bytes(path), read_columns(path))
        except ArticleError as error:
            raise ArticleError(f"{path}: {error}") from error


def look(files: Iterable[tuple[str, bytes]]) -> tuple[list[Preview], list[str]]:
    """Look at what the page was handed, in a process of its own, which may be lost: articles, and what must be said."""
    from corpus.add_articles import Preview

    previews: list[Preview] = []
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            path = Path(folder, str(number), _safe(name))
            path.parent.mkdir()
            path.write_bytes(content)
            paths.append(str(path))
        command = [sys.executable, "-m", "dashboard", "add", "--look", "--", *paths]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
            )
            lines, failure = done.stdout.splitlines(), done.stderr.strip() if done.returncode else ""
        except subprocess.TimeoutExpired as late:
            lines = (late.stdout or b"").decode("utf-8", "replace").splitlines()[:-1]
            failure = f"looking at them took over {SECONDS} s: add fewer at a time"
    for line in lines:
        row = json.loads(line)
        if isinstance(row, str):
            said.append(row)
        else:
            previews.append(Preview(**row))
    return previews, said + [failure.removeprefix("dateline: ")] * bool(failure)


def _safe(name: str) -> str:
    """Return a file's name as any system may store it, its suffix as it is."""
    kept = "".join(char if char.isalnum() or char in " .-_()" else "_" for char in Path(name).name)
    return kept[-100:].lstrip(".") or "file.txt"
