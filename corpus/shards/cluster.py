"""Shards read by Dask: on the processors here, or on a cluster that an organisation runs already."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

from corpus.errors import ShardsError
from corpus.shards.plan import Run
from corpus.shards.read_shard import Beside, Done, OfFiles, Tell, read_shard
from corpus.workers import one_process

LOCAL = "local"
PATIENCE = 20  # seconds until a scheduler answers
AHEAD = 2  # tasks that wait at the scheduler for each thread that works: each brings its list of files


@contextmanager
def on_dask(scheduler: str, where: str) -> Iterator[Run]:
    """Offer what has tasks done by the workers of a scheduler, or for "local" by a process a processor.

    A task whose worker dies is done again by another. Raises ShardsError where Dask is not installed, the scheduler
    does not answer, or the shards would lie where only this process sees them.
    """
    distributed = _distributed()
    if where.startswith("memory:"):
        raise ShardsError(f"{where} is in the memory of this process, which no worker of Dask sees; name another place")
    with ExitStack() as stack:
        if scheduler == LOCAL:
            about = {"n_workers": os.cpu_count() or 1, "threads_per_worker": 1, "dashboard_address": None}
            scheduler = stack.enter_context(distributed.LocalCluster(**about))
        try:
            client = stack.enter_context(distributed.Client(scheduler, timeout=PATIENCE))
        except (OSError, ValueError) as error:
            way_out = "start one with dask scheduler, name it as tcp://HOST:8786, or say --dask local"
            raise ShardsError(f"no scheduler of Dask answers at {scheduler} ({error}); {way_out}") from error
        yield lambda tasks, tell: _run(client, iter(tasks), tell)


def _distributed() -> Any:
    """Import Dask, which is untyped and which who builds without it need not have."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ShardsError('--dask needs Dask distributed: pip install "dateline[cluster]"') from error


def _run(client: Any, tasks: Iterator[OfFiles | Beside], tell: Tell) -> Iterator[Done]:
    """Yield what became of tasks as they are done; only so many are handed out before."""
    workers = sum(client.nthreads().values()) or 1
    due = _distributed().as_completed(_submitted(client, islice(tasks, AHEAD * workers)))
    for future in due:
        done = _result(future)
        tell(done.read)
        yield done
        due.update(_submitted(client, islice(tasks, 1)))


def _submitted(client: Any, tasks: Iterable[OfFiles | Beside]) -> list[Any]:
    return [client.submit(work, task, key=f"{task.key}-{task.made_from}", pure=False) for task in tasks]


def _result(future: Any) -> Done:
    kept = "what is done stays done: start it again"
    try:
        return future.result()  # type: ignore[no-any-return]
    except _distributed().KilledWorker as error:
        raise ShardsError(f"shard {future.key} ended several workers; give them more memory; {kept}") from error
    except ImportError as error:
        raise ShardsError(
            f"a worker of Dask cannot import Dateline ({error}): install the same version there"
        ) from error
    except (CancelledError, TimeoutError) as error:
        raise ShardsError(f"the scheduler of Dask was lost ({error!r}); {kept}") from error


def work(task: OfFiles | Beside) -> Done:
    """Read a shard in a worker of Dask, with one process beside it that may be lost with an article."""
    with one_process():
        return read_shard(task)
