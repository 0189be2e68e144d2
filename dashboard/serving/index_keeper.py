"""Keep the page's index whole and up to date: read in another process, and again where the file was lost or damaged."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from threading import Lock

from corpus.build import is_up_to_date
from corpus.errors import CorpusError
from corpus.index.connection import open_index, read_meta
from dashboard.config import ROOT, Config

Progress = Callable[[int, int], None]
Version = tuple[int, int, int]  # of a file: it changes when another takes its place, or when it is written to


class Keeper:
    """Sees to it that there is an index to ask; one for all readers of the page."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = Lock()
        self._version: Version | None = None  # of the index that was found whole
        self._problems: list[str] = []

    def ready(self, progress: Progress) -> tuple[Version, list[str]]:
        """Return the version of the index and what could not be read; build it first where that must be.

        Raises CorpusError where it cannot be built.
        """
        with self._lock:
            found = self._find_version()
            if found is None or found != self._version:
                if not is_up_to_date(self._config.articles, self._config.index):
                    _build_elsewhere(self._config, progress)
                found = self._find_version()
                with open_index(self._config.index) as index:
                    self._problems = json.loads(read_meta(index)["problems"])
            self._version = found
            assert found is not None  # it was just opened
            return found, self._problems

    def doubt(self) -> None:
        """Look at the whole index again before it is asked the next time: it did not answer as one that is whole."""
        self._version = None

    def _find_version(self) -> Version | None:
        try:
            state = self._config.index.stat()
        except OSError:
            return None
        return state.st_ino, state.st_size, state.st_mtime_ns


def _build_elsewhere(config: Config, progress: Progress) -> None:
    """Build in a process of its own, which may fork and be killed, and whose memory is not the page's."""
    folder, index = str(config.articles), str(config.index)
    command = [sys.executable, "-m", "dashboard", "build", folder, "--index", index, "--counts"]
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
        raise CorpusError("\n".join(said) or f"reading {config.articles} ended with status {build.returncode}")
