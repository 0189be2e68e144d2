"""Fifty readers at once, with the index at rest and while it is rebuilt: `python -m tests.bench.crowd`.

First as threads that ask the index what a page asks, then as sessions of a served page over real websockets. Prints how
long they waited and what went wrong; exits with 1 where anything did.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from corpus.build import build_index
from corpus.index.connection import open_index
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries import rollup
from corpus.queries.filters import Filters
from corpus.records import ROLES
from dashboard.config import SHIPPED
from tests.bench.soak import url
from tests.sessions import faults, serving, visit

Ask = Callable[[int], list[str]]  # what a reader does; returns what went wrong


def main() -> int:
    """Print a table of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30, help="of each of the four rows")
    options = parser.parse_args()
    print(f"{f'{options.readers} readers':<40} {'asked':>5} {'p50 s':>8} {'p99 s':>8} {'errors':>7} {'builds':>7}")
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.gpkg"
        build_index(SHIPPED, index)
        with open_index(index) as opened:
            places = [id for (id,) in opened.execute("select id from places order by id")]

        def ask(number: int) -> list[str]:
            return asked(index, places[number % len(places)])

        wrong += both("queries of a page", ask, index, options.readers, options.seconds)
        with serving("--index", index) as (address, _):
            visit(address)

            def look(number: int) -> list[str]:
                return faults(visit(address, url(number, places)))

            wrong += both("pages", look, index, options.readers, options.seconds)
    print(*dict.fromkeys(wrong), sep="\n", end="")
    return int(bool(wrong))


def asked(index: Path, place: str) -> list[str]:
    """Ask an index what a page with a place selected asks of it."""
    filters = Filters(text="road")
    with open_index(index) as opened:
        whole = queries.places(opened, Filters(roles=ROLES))
        queries.places(opened, filters)
        queries.days(opened, filters)
        queries.totals(opened, filters)
        stretches.extents(opened, filters)
        rollup.regions(opened, filters, "province")
        queries.reasons(opened, place, filters)
        queries.passages(opened, place, Filters(), limit=21)
    queries.areas(index, ("AM", "AZ"))
    return [] if len(whole) else ["the index has no places"]


def both(name: str, ask: Ask, index: Path, readers: int, seconds: float) -> list[str]:
    """Let readers ask with the index at rest, and while it is rebuilt; return what went wrong."""
    waits, wrong = crowd(ask, readers, seconds)
    row(f"{name}, index at rest", waits, wrong, 0)
    with rebuilding(index) as builds:
        slower, more = crowd(ask, readers, seconds)
    row(f"{name}, while it is rebuilt", slower, more, len(builds))
    return [*wrong, *more]


def row(name: str, waits: list[float], wrong: list[str], builds: int) -> None:
    """Print what readers waited."""
    ends = statistics.quantiles(waits, n=100)
    print(f"{name:<40} {len(waits):>5} {ends[49]:>8.2f} {ends[98]:>8.2f} {len(wrong):>7} {builds:>7}", flush=True)


def crowd(ask: Ask, readers: int, seconds: float) -> tuple[list[float], list[str]]:
    """Let so many readers ask one thing after another; return what each answer took, and what went wrong."""
    waits: list[float] = []
    wrong: list[str] = []
    numbers, until = count(), time.monotonic() + seconds

    def read(_: int) -> None:
        while (begun := time.monotonic()) < until:
            try:
                wrong.extend(ask(next(numbers)))
            except Exception as error:
                wrong.append(f"{type(error).__name__}: {error}")
            waits.append(time.monotonic() - begun)

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read, range(readers)))
    return waits, wrong


@contextmanager
def rebuilding(index: Path, articles: Path = SHIPPED) -> Iterator[list[float]]:
    """Rebuild an index again and again, in a process of its own each time; yield when each was done."""
    done: list[float] = []
    stop = threading.Event()

    def build() -> None:
        command = [sys.executable, "-m", "dashboard", "build", articles, "--index", index, "--force"]
        while not stop.is_set():
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            done.append(time.monotonic())

    builder = threading.Thread(target=build)
    builder.start()
    try:
        yield done
    finally:
        stop.set()
        builder.join()


if __name__ == "__main__":
    sys.exit(main())
