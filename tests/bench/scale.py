"""Measure what a build costs as the archive grows: `make bench-scale`, or `python -m tests.bench.scale`.

`--articles 1000,10000` are the sizes. Of each the first `--read` articles are read; the others repeat them with other
words and take over what was read, so that all but the reading is as it would be (tests/bench/repeated.py).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from corpus.index.connection import open_index
from dashboard.config import SHIPPED
from tests.bench import news
from tests.bench.crowd import asked, crowd, rebuilding
from tests.bench.kills import ROOT, children, command
from tests.bench.ways import compare

SIZES = (1000, 10_000, 100_000)
READ = 1000
ADDED = 10
LOOK = 0.05  # seconds between two looks at the processes
REPEATED = [sys.executable, "-m", "tests.bench.repeated"]


class Line(NamedTuple):
    """A line of the table: what, its goal, what was measured."""

    what: str
    goal: str
    measured: str


@dataclass
class Built:
    """What a build cost."""

    said: str = ""
    wall: float = 0.0
    processor: float = 0.0
    # The most memory that the parent held, and the most that one worker did: resident, and of that its own.
    parent: list[float] = field(default_factory=lambda: [0.0, 0.0])
    worker: list[float] = field(default_factory=lambda: [0.0, 0.0])


@dataclass(frozen=True)
class Archive:
    """Articles and their index, of which so many were read."""

    folder: Path
    index: Path
    kept: Path
    size: int
    read: int
    readers: int
    seconds: float
    start: float  # of processor, before the first article


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=",".join(map(str, SIZES)), help="numbers of articles, commas between")
    parser.add_argument("--read", type=int, default=READ, help="articles that are read; the others repeat them")
    parser.add_argument("--readers", type=int, default=50, help="of the index during a build")
    parser.add_argument("--seconds", type=float, default=20, help="that they read, with a build and without")
    options = parser.parse_args()
    sizes = sorted(map(int, options.articles.split(",")))
    print("| | goal | measured |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        start = measured(command(SHIPPED, home / "start.gpkg")).processor  # with five short articles
        for size in sizes:
            archive = Archive(
                home / "articles",
                home / f"{size}.gpkg",
                home / "kept",
                size,
                min(options.read, sizes[0]),
                options.readers,
                options.seconds,
                start,
            )
            for measure in MEASURES:
                for line in measure(archive):
                    print(f"| {size:,}: {line.what} | {line.goal} | {line.measured} |", flush=True)


def reading(archive: Archive) -> Iterator[Line]:
    """Build it for the first time, the articles read, where none is to be repeated."""
    _write(archive)
    if archive.size == archive.read:
        built = measured(command(archive.folder, archive.index))
        yield from _memory(built, "")
        each = (built.processor - archive.start) / archive.size
        yield Line("an article, all included", "", f"{each * 1000:.1f} ms of processor")


def writing(archive: Archive) -> Iterator[Line]:
    """Build it with what was read before: all but the reading."""
    if not archive.kept.is_dir():
        subprocess.run(_repeated(archive), cwd=ROOT, check=True)
    built = measured(_repeated(archive))
    if archive.size > archive.read:
        yield from _memory(built, f", {archive.size - archive.read:,} repeated")
    each = (built.processor - archive.start) / archive.size
    told = f"{each * 1000:.1f} ms of processor, {built.wall:.0f} s for all by the clock"
    yield Line("an article, but for the reading", "flat (± 10 %)", told)


def size_of_index(archive: Archive) -> Iterator[Line]:
    """Compare the index with its text."""
    with open_index(archive.index) as index:
        (letters,) = index.execute("select sum(length(cast(text as blob))) from articles").fetchone()
        (kept,) = index.execute("select sum(length(sample) + length(words)) from sketches").fetchone()
        (alike,) = index.execute("select count(*) from alike").fetchone()
    yield Line("index, bytes a byte of text", "≤ 3", f"{archive.index.stat().st_size / letters:.1f}")
    told = f"{kept / letters:.2f}; {alike:,} pairs"
    yield Line("of that what articles are compared by, and pairs alike", "≤ 0.3", told)


def patching(archive: Archive) -> Iterator[Line]:
    """Add ten articles, then none."""
    news.write(archive.folder, range(archive.size, archive.size + ADDED))
    added = measured(command(archive.folder, archive.index))
    read = added.said.rpartition("of which ")[2].split()[0]
    yield Line(
        "ten articles added", "≤ 10 s, 10 read", f"{added.wall:.1f} s ({added.processor:.1f} of processor), {read} read"
    )
    measured(command(archive.folder, archive.index))  # those that changed just now are read once more
    nothing = measured(command(archive.folder, archive.index))
    state = "up to date" if "up to date" in nothing.said else "BUILT AGAIN"
    yield Line("nothing changed", "≤ 3 s", f"{nothing.wall:.1f} s ({nothing.processor:.1f} of processor), {state}")


def readers(archive: Archive) -> Iterator[Line]:
    """Let many read the index, with and without a build that replaces it meanwhile."""
    if archive.size > archive.read:
        return
    with open_index(archive.index) as index:
        places = [id for (id,) in index.execute("select id from places order by id")]

    def ask(number: int) -> list[str]:
        return asked(archive.index, places[number % len(places)])

    rest, wrong = crowd(ask, archive.readers, archive.seconds)
    with rebuilding(archive.index, archive.folder) as builds:
        slower, more = crowd(ask, archive.readers, archive.seconds)
    ends = [statistics.quantiles(waits, n=100)[98] for waits in (rest, slower)]
    told = f"{len(wrong) + len(more)} errors, p99 {ends[1]:.2f} beside {ends[0]:.2f} s, {len(builds)} builds"
    yield Line(f"{archive.readers} readers during a build", "0 errors, p99 ≤ 2 × without", told)


def ways(archive: Archive) -> Iterator[Line]:
    """Read the smallest in one process, in several, and by Dask, which loses a worker."""
    if archive.size > archive.read:
        return
    with tempfile.TemporaryDirectory() as folder:
        found = compare(archive.folder, archive.index, Path(folder))
    for way in found.ways:
        yield Line(f"shards, {way.name}", "", f"{way.wall:.1f} s by the clock, {way.processor:.1f} of processor")
    told = "; ".join(found.faults) or f"{found.shards} shards, each the same; the same answers"
    yield Line("serial = processes = Dask", "same bytes in the shards, same answers", told)


# What is measured of an archive of each size, in this order; what adds articles comes after what compares.
MEASURES: tuple[Callable[[Archive], Iterator[Line]], ...] = (reading, writing, size_of_index, ways, patching, readers)


def measured(build: list[str | Path]) -> Built:
    """Run a build; return what it cost, by the system's own peaks."""
    built, before, began = Built(), _processor(), time.monotonic()
    with subprocess.Popen(build, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        while process.poll() is None:
            _peak(process.pid, built.parent)
            for worker in children(process.pid):
                _peak(worker, built.worker)
            time.sleep(LOOK)
        assert process.stdout is not None
        with closing(process.stdout):
            built.said = process.stdout.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(word) for word in build])
    built.wall, built.processor = time.monotonic() - began, _processor() - before
    return built


def _peak(pid: int, peaks: list[float]) -> None:
    """Note the most memory of a process: at its highest, and of what is its own as it is seen now."""
    try:
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        seen = [int(lines[key].split()[0]) / 1024 for key in ("VmHWM", "RssAnon")]
    except (OSError, KeyError):  # it has ended
        return
    peaks[:] = map(max, peaks, seen)


def _memory(built: Built, how: str) -> Iterator[Line]:
    """Yield the lines of the memory of a build; VmHWM counts files that are mapped, RssAnon does not."""
    for who, peaks, goal in (("parent", built.parent, 500), ("worker", built.worker, 400)):
        told = f"{peaks[0]:.0f} MB resident (VmHWM), {peaks[1]:.0f} its own (RssAnon)"
        yield Line(f"memory of the {who}{how}", f"≤ {goal} MB", told)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _repeated(archive: Archive) -> list[str | Path]:
    return [*REPEATED, archive.folder, archive.index, archive.kept, str(archive.read)]


def _write(archive: Archive) -> None:
    """Write the articles that are not there yet, and take away what is too much."""
    there = {path.name for path in archive.folder.iterdir()} if archive.folder.is_dir() else set()
    wanted = {news.file_of(number): number for number in range(archive.size)}
    for name in there - wanted.keys():
        (archive.folder / name).unlink()
    write = partial(news.write, archive.folder, repeat=archive.read)
    write([number for name, number in wanted.items() if name not in there or number >= archive.read])


if __name__ == "__main__":
    main()
