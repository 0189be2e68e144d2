"""Spread work over processes that may be lost: one that is stuck or killed costs its own item and no other."""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

SECONDS = 20  # of processor time for one item, and so many more for every million letters of it
SECONDS_A_MILLION = 20
# From so many items on, more processes pay for their start.
WORTH_A_POOL = 400
BATCH = 8  # items sent at a time
AHEAD = 4  # batches a process that may be read before the result that is due

Item = TypeVar("Item")
Result = TypeVar("Result")

_METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else None  # a fork shares what is opened


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result, and why, in words."""

    why: str


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    held: deque[int] = field(default_factory=deque)  # items sent and not yet answered; it works on the first


def spread(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    size: Callable[[Item], int],
    expected: int | None = None,
) -> Iterator[Result | Lost]:
    """Yield `work(item)` for each item, in order, from another process, or from one a processor when there are many.

    `expected` is how many there are, where nobody counted them yet. `size` is an item's letters, by which the processor
    time that it may take is measured: one that takes longer is lost, with its process. An item whose process was killed
    is tried once more while no other is worked on: it may have wanted the memory. Where `work` raises, the item is
    lost. All processes end when this one ends or stops asking.
    """
    many = (len(items) if isinstance(items, Sized) else expected or 0) >= WORTH_A_POOL
    yield from _Pool(work, size, _processors() if many else 1, BATCH).run(iter(items))


def spread_stream(
    work: Callable[[Item], Result], items: Iterable[Item], *, size: Callable[[Item], int], in_turn: bool = False
) -> Iterator[Result | Lost]:
    """Do the same with items that nobody counted; `in_turn` takes one when the last has its result, and no sooner."""
    yield from _Pool(work, size, 1 if in_turn else _processors(), 1).run(iter(items))


@contextmanager
def one_process() -> Iterator[None]:
    """Let all that is spread within the block go to a single process: beside this one there are others like it."""
    # A daemon may have no children, as nobody would end them when it is killed; ours end with it.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    before = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(before)


_alone = ContextVar("alone", default=False)


def _processors() -> int:
    return 1 if _alone.get() else os.cpu_count() or 1


class _Pool(Generic[Item, Result]):
    """The processes, what each holds, and the results that are not yet due."""

    def __init__(self, work: Callable[[Item], Result], size: Callable[[Item], int], count: int, batch: int) -> None:
        self._context = multiprocessing.get_context(_METHOD)
        self._work, self._size, self._count, self._batch = work, size, count, batch
        self._workers: list[_Worker] = []
        self._items: dict[int, Item] = {}  # that have no result yet
        self._results: dict[int, Result | Lost] = {}
        self._waiting: deque[int] = deque()  # numbers of items that a lost worker had not begun
        self._alone: deque[int] = deque()  # ... of those whose worker was killed at them, to be tried once more
        self._tried: set[int] = set()
        self._sent = 0

    def run(self, items: Iterator[Item]) -> Iterator[Result | Lost]:
        due = 0
        try:
            while True:
                self._hand_out(items, due)
                if not self._items:
                    break
                self._take_in()
                while due in self._results:
                    yield self._results.pop(due)
                    due += 1
        finally:
            for worker in self._workers:
                worker.process.kill()
                worker.connection.close()
            for worker in self._workers:
                worker.process.join()

    def _hand_out(self, items: Iterator[Item], due: int) -> None:
        """Give every idle worker something to do; what was killed once is read while nothing else is."""
        if self._alone:
            if not any(worker.held for worker in self._workers):
                self._give(self._workers[0] if self._workers else self._start(), [self._alone.popleft()])
            return
        idle = [worker for worker in self._workers if not worker.held]
        while len(self._workers) < self._count or idle:
            numbers = [self._waiting.popleft() for _ in range(min(self._batch, len(self._waiting)))]
            if not numbers and self._sent - due < AHEAD * self._batch * self._count:
                for item in islice(items, self._batch):
                    self._items[self._sent] = item
                    numbers.append(self._sent)
                    self._sent += 1
            if not numbers:
                return
            self._give(idle.pop() if idle else self._start(), numbers)

    def _start(self) -> _Worker:
        ours, its = self._context.Pipe()
        # A fork has our ends of the pipes as well, and would keep them open when we are gone.
        inherited = [ours, *(worker.connection for worker in self._workers)] if _METHOD else []
        arguments = (its, inherited, self._work, self._size, os.getpid())
        process = self._context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
        process.start()
        its.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, numbers: Sequence[int]) -> None:
        worker.held.extend(numbers)
        with suppress(OSError):  # it is gone: seen when its answers are taken in
            worker.connection.send([self._items[number] for number in numbers])

    def _take_in(self) -> None:
        """Wait for results, and take them in; bury the workers that were lost."""
        for connection in wait([worker.connection for worker in self._workers if worker.held]):
            worker = next(worker for worker in self._workers if worker.connection is connection)
            try:
                result = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                number = worker.held.popleft()
                del self._items[number]
                self._results[number] = result

    def _bury(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        number = worker.held.popleft()
        self._waiting.extendleft(reversed(worker.held))
        status = worker.process.exitcode or 0
        if -status == getattr(signal, "SIGPROF", None):
            self._lose(number, f"reading it took over {_seconds(self._size(self._items[number]))} s; please report it")
        elif number in self._tried:
            how = f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
            self._lose(number, f"the process that read it was {how}, twice; perhaps it wants more memory than there is")
        else:
            self._tried.add(number)
            self._alone.append(number)

    def _lose(self, number: int, why: str) -> None:
        del self._items[number]
        self._results[number] = Lost(why)


def _seconds(letters: int) -> int:
    return SECONDS + math.ceil(letters / 1_000_000 * SECONDS_A_MILLION)


def _serve(
    connection: Connection,
    inherited: Sequence[Connection],
    work: Callable[[Any], Any],
    size: Callable[[Any], int],
    parent: int,
) -> None:
    """Answer items until there are no more, or nobody asks."""
    for end in inherited:
        end.close()
    _end_with(parent)
    while True:
        try:
            items = connection.recv()
        except EOFError:
            return
        for item in items:
            _limit(_seconds(size(item)))
            try:
                result = work(item)
            except Exception as error:  # a fault of ours must not cost the other items
                result = Lost(f"reading it failed ({type(error).__name__}: {error}); please report it")
            _limit(0)
            connection.send(result)


def _end_with(parent: int) -> None:
    """Leave the end to the parent, and die with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal's processes; the parent ends them
    for name in ("SIGTERM", "SIGHUP", "SIGPROF"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: at once, even in the midst of an item
        if os.getppid() != parent:
            os._exit(1)  # it died before


def _limit(seconds: int) -> None:
    """Let the system end this process after so much processor time: no code of ours need be reached for that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
