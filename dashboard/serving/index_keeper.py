"""Keep the page's index whole and up to date: read in another process, and again where the file was lost or damaged."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from corpus.corrections.file import files_of
from corpus.errors import CorpusError
from corpus.index.connection import open_index, read_meta
from corpus.index.remembered import standing_of
from corpus.ingest.articles import settings_beside
from corpus.ingest.files import find_names
from dashboard.config import ROOT, Config
from dashboard.sharding import arguments, is_up_to_date
from geodata.gazetteer.packs.shelf import NONE
from geodata.gazetteer.user_places import NAME as OWN_PLACES

Progress = Callable[[int, int], None]
Files = dict[str, tuple[int, int]]  # by name: size and time
LOOK_AGAIN, SELDOM = 3.0, 40  # seconds until the folder is looked at again, and times as long as a look at it takes
Version = tuple[int, int, int]  # of a file: it changes when another takes its place, or when it is written to


class Keeper:
    """Sees to it that there is an index to ask; one for all readers of the page."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = Lock()
        self._version: Version | None = None  # of the index that was found whole
        self._problems: list[str] = []
        self._files: Files = {}  # as they were when the index was found to be up to date
        self._now: Files = {}
        self._next_look = 0.0

    def ready(self, progress: Progress) -> tuple[Version, list[str]]:
        """Return the version of the index and what could not be read; build it first where that must be.

        Raises CorpusError where it cannot be built.
        """
        with self._lock:
            found = self._find_version()
            if found is None or found != self._version:
                self._files = _files(self._config)
                if not is_up_to_date(self._config):
                    _build_elsewhere(self._config, progress)
                found = self._find_version()
                with open_index(self._config.index) as index:
                    self._problems = json.loads(read_meta(index)["problems"])
            self._version = found
            assert found is not None  # it was just opened
            return found, self._problems

    def changed(self) -> list[str]:
        """Return the files that are new, gone or other than those the index was built from; at most once in a while."""
        began = time.monotonic()
        if began >= self._next_look:
            self._now = _files(self._config)
            took = time.monotonic() - began
            self._next_look = began + max(LOOK_AGAIN, SELDOM * took)
        names = self._files.keys() | self._now.keys()
        return sorted(name for name in names if self._files.get(name) != self._now.get(name))

    def doubt(self) -> None:
        """Look at the whole index again before it is asked the next time: it did not answer as one that is whole."""
        self._version = None
        self._next_look = 0.0

    def _find_version(self) -> Version | None:
        try:
            state = self._config.index.stat()
        except OSError:
            return None
        return state.st_ino, state.st_size, state.st_mtime_ns


def _files(config: Config) -> Files:
    """Return the files of a folder, and the packs, with what of them changes when they are written to."""
    folder = config.articles
    if config.shards:
        with suppress(OSError):  # what lies elsewhere is looked at when the page is opened
            state = (folder / "manifest.json").stat()
            return {"manifest.json": (state.st_size, state.st_mtime_ns)}
        return {}
    found: Files = {f"pack {p.name}": (p.places, zlib.crc32(p.print.encode())) for p in config.choose_packs()[0]}
    with suppress(OSError, CorpusError):  # of a folder that is gone or closed the build will say so
        articles = list(find_names(folder, on_problem=lambda file, message: None))
        beside = [*settings_beside(folder, articles), folder / OWN_PLACES, *files_of(folder)]
        names = {str(file.relative_to(folder) if file.is_relative_to(folder) else file.name): file for file in beside}
        for name, file in {**dict.fromkeys(articles), **names}.items():
            if standing := standing_of(file or f"{folder}/{name}"):
                found[name] = (standing[0], standing[1])
    return found


def _still_there(config: Config) -> str:
    """Return the choice of packs without those that were removed since the page was opened."""
    packs, gone = config.choose_packs()
    return ",".join(pack.name for pack in packs) or NONE if gone else config.packs


def _build_elsewhere(config: Config, progress: Progress) -> None:
    """Build in a process of its own, which may fork and be killed, and whose memory is not the page's."""
    command = [sys.executable, "-m", "dashboard", "build", config.source, "--index", str(config.index), "--counts"]
    command += arguments(config) if config.shards else ["--packs", _still_there(config)]
    said: list[str] = []
    progress(0, 0)  # how many there are is not known yet
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as build:
        assert build.stdout is not None
        for line in build.stdout:
            counts = re.fullmatch(r"\A(\d+) (\d+)\n", line)
            if counts:
                progress(int(counts[1]), int(counts[2]))
            else:
                said.append(line.strip().removeprefix("dateline: "))
    if build.returncode:
        raise CorpusError("\n".join(said) or f"reading {config.source} ended with status {build.returncode}")
