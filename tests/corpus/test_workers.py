"""Work spread over processes: in order, and whatever becomes of one of them."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

import pytest
from builders import ROOT

from corpus import workers
from corpus.workers import Lost, spread, spread_stream
from tests.bench.kills import end_builds, is_running

STUCK, KILLED, KILLED_ONCE, WRONG = 3, 5, 7, 9


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(workers, "SECONDS", 1)
    monkeypatch.setattr(workers, "SECONDS_A_MILLION", 0)


@pytest.fixture(params=[spread, spread_stream], ids=["one process", "several"])
def way(request, monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 3)
    return lambda work, items: list(request.param(work, items, size=lambda item: 1))


def test_results_come_in_the_order_of_the_items(way):
    assert way(lambda item: item * item, range(100)) == [item * item for item in range(100)]
    assert way(lambda item: item, []) == []


def test_what_is_lost_costs_its_own_item_only(way, tmp_path):
    def work(item):
        if item == STUCK:
            re.match(r"(a+)+$", "a" * 60 + "b")  # not to be interrupted from Python
        if item == KILLED or (item == KILLED_ONCE and not (tmp_path / "once").exists()):
            (tmp_path / "once").touch() if item == KILLED_ONCE else None
            os.kill(os.getpid(), signal.SIGKILL)  # as for want of memory
        if item == WRONG:
            raise ValueError("wrong")
        return item

    results = way(work, range(40))
    lost = {number: result.why for number, result in enumerate(results) if isinstance(result, Lost)}
    assert set(lost) == {STUCK, KILLED, WRONG}
    assert "over 1 s" in lost[STUCK]
    assert "signal 9, twice" in lost[KILLED]
    assert "ValueError: wrong" in lost[WRONG]
    assert [result for number, result in enumerate(results) if number not in lost] == [
        number for number in range(40) if number not in lost
    ]


def test_items_are_taken_as_results_are(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    taken = []
    results = spread_stream(lambda item: item, (taken.append(n) or n for n in count()), size=lambda item: 1)
    for number in range(50):
        assert next(results) == number
        assert len(taken) <= number + 2 + 2 * workers.AHEAD
    results.close()


def test_in_turn_no_item_is_taken_before_the_last_has_its_result():
    taken = []
    results = spread_stream(lambda n: n, (taken.append(n) or n for n in count()), size=lambda n: 1, in_turn=True)
    for number in range(5):
        assert next(results) == number
        assert taken == list(range(number + 1))
    results.close()


def children():
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    return mine.read_text().split() if mine.exists() else []


@pytest.mark.parametrize("end", ["all read", "closed", "failed"])
def test_no_process_is_left(end):
    before = children()
    results = spread(lambda item: item, range(20), size=lambda item: 1)
    with suppress(ZeroDivisionError):
        for _ in results:
            if end == "closed":
                results.close()
                break
            if end == "failed":
                results.throw(ZeroDivisionError())
    assert children() == before


PARENT = """if True:
    import os, sys
    from corpus.workers import spread_stream
    def work(item):
        os.write(1, f"{os.getpid()}\\n".encode())  # at once: two write here
        while True:
            pass
    os.cpu_count = lambda: 2
    list(spread_stream(work, range(2), size=lambda item: 1))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_worker_ends_with_its_parent():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline, "a worker outlives its parent"


@pytest.mark.slow
def test_builds_that_are_ended_leave_a_whole_index_and_nothing_else(tmp_path):
    """The short run of tests/bench/kills.py."""
    assert end_builds(tmp_path, times=6, articles=workers.WORTH_A_POOL, dice=Random(1)) == []


IN_A_DAEMON = """if True:
    import multiprocessing, re
    from corpus import workers
    workers.SECONDS, workers.SECONDS_A_MILLION = 1, 0
    def stuck(item):
        return re.match(r"(a+)+$", "a" * 60 + "b") if item == 3 else item
    def work(answers):
        with workers.one_process():
            answers.send(list(workers.spread(stuck, range(5), size=lambda item: 1)))
    ours, its = multiprocessing.Pipe()
    multiprocessing.get_context("fork").Process(target=work, args=(its,), daemon=True).start()
    print(ours.recv())
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs a fork")
def test_what_is_stuck_is_lost_within_a_daemon_too():
    """As workers of Dask are."""
    said = subprocess.run([sys.executable, "-c", IN_A_DAEMON], cwd=ROOT, check=True, capture_output=True, text=True)
    assert re.fullmatch(r"\[0, 1, 2, Lost\(why='.*took over 1 s.*'\), 4\]\n", said.stdout)


def test_one_process_is_enough_where_others_do_the_like(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 3)
    with workers.one_process():
        assert len(set(spread(lambda _: os.getpid(), range(1000), size=lambda item: 1))) == 1
    assert len(set(spread(lambda _: os.getpid(), range(1000), size=lambda item: 1))) == 3
