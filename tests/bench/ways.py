"""Read one archive in three ways, and hold what they write to be the same: `python -m tests.bench.ways FOLDER`.

In one process; in two; by Dask with two workers, of which one is killed on the way. Shards are compared byte by byte,
and an index of them is asked what one of the folder is asked.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from distributed import LocalCluster

from corpus import workers
from corpus.build import build_index
from corpus.shards import cluster, parting
from corpus.shards.build import build_shards
from corpus.shards.plan import Run, here
from corpus.shards.read_shard import Beside, Done, OfFiles
from corpus.shards.to_index import index_shards
from tests.builders import told

BEGUN, KILLED = "begun", "killed"  # a folder with a file for each shard that a worker began; one among them
SHARD = 250_000  # bytes of files: small, so that there are several to share out
BEFORE = 1  # shards that are begun before a worker is killed

read = cluster.work


class Way(NamedTuple):
    """What one way of reading took, in seconds."""

    name: str
    wall: float
    processor: float


class Compared(NamedTuple):
    """What each way took, how many shards there are, and what of them is not the same, in words."""

    ways: list[Way]
    shards: int
    faults: list[str]


def main() -> int:
    """Print what each way took, and what was not the same; return 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as home:
        index = Path(home) / "direct.gpkg"
        build_index(folder, index)
        found = compare(folder, index, Path(home))
    for way in found.ways:
        print(f"{way.name}: {way.wall:.1f} s by the clock, {way.processor:.1f} of processor")
    print(f"{found.shards} shards", *(found.faults or ["the same"]), sep="; ")
    return int(bool(found.faults))


def compare(folder: Path, index: Path, home: Path) -> Compared:
    """Read a folder in each way, below `home`; compare the shards, and what an index of them holds with `index`."""
    ways, written = [], []
    for name, way in WAYS.items():
        where = home / name
        before, began = _processor(), time.monotonic()
        with patch.object(parting, "LARGEST", SHARD), way(where) as run:
            build_shards(folder, str(where), run=run)
        ways.append(Way(name, time.monotonic() - began, _processor() - before))
        written.append({path.relative_to(where): path.read_bytes() for path in where.rglob("*.parquet")})
    faults = [f"{way.name} wrote other shards" for way, each in zip(ways, written, strict=True) if each != written[0]]
    index_shards(str(home / ways[-1].name), home / "of_shards.gpkg")
    if told(home / "of_shards.gpkg") != told(index):
        faults.append("an index of shards answers otherwise")
    if not (home / BEGUN / KILLED).exists():
        faults.append("no worker was killed")
    return Compared(ways, sum(path.parts[0] == "articles" for path in written[0]), faults)


@contextmanager
def _in_processes(where: Path, number: int) -> Iterator[Run]:
    """Offer what reads shards one by one, each in so many processes."""
    with patch.object(workers, "WORTH_A_POOL", 1), patch.object(workers.os, "cpu_count", lambda: number):
        yield here


@contextmanager
def _by_dask(where: Path) -> Iterator[Run]:
    """Offer two workers of Dask, of which one is killed on the way."""
    begun = where.with_name(BEGUN)
    begun.mkdir()
    with (
        patch.object(cluster, "work", partial(lost_once, begun=begun)),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two,
        cluster.on_dask(two.scheduler_address, str(where)) as run,
    ):
        yield run


def lost_once(task: OfFiles | Beside, *, begun: Path) -> Done:
    """Read a shard; but the first worker that begins one after others were begun is killed."""
    (begun / task.key).touch()
    if len(list(begun.iterdir())) > BEFORE:
        with suppress(FileExistsError):
            (begun / KILLED).touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)
    return read(task)


def _processor() -> float:
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


WAYS: dict[str, Callable[[Path], AbstractContextManager[Run]]] = {
    "serial": partial(_in_processes, number=1),
    "2 processes": partial(_in_processes, number=2),
    "Dask, 2 workers, one killed": _by_dask,
}


if __name__ == "__main__":
    raise SystemExit(main())
