"""Shards read by Dask, of whose workers one is lost, are those of a build here, and of one in several processes."""

import functools
import os
import pickle
import signal
import sys
from pathlib import Path

import cloudpickle
import pytest
from builders import write_corpus
from distributed import LocalCluster
from varied import FILES, NUMBER

from corpus import workers
from corpus.errors import ShardsError
from corpus.shards import cluster, parting
from corpus.shards.build import build_shards
from corpus.shards.cluster import on_dask

read = cluster.work


def lost_once(task, marker):
    """Do a task, but for the first of all: its worker is killed."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read(task)


def files_of(where):
    return {path.relative_to(where).as_posix(): path.read_bytes() for path in where.rglob("*.parquet")}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(parting, "LARGEST", 6_000)
    return write_corpus(tmp_path / "in", FILES)


@pytest.mark.slow
def test_serial_several_processes_and_dask_write_the_same(folder, tmp_path, monkeypatch):
    build_shards(folder, str(tmp_path / "serial"))
    with monkeypatch.context() as patch:
        patch.setattr(workers, "WORTH_A_POOL", 1)
        patch.setattr(workers.os, "cpu_count", lambda: 2)
        build_shards(folder, str(tmp_path / "processes"))
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # no worker can import a test
    monkeypatch.setattr(cluster, "work", functools.partial(lost_once, marker=str(tmp_path / "killed")))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two,
        on_dask(two.scheduler_address, str(tmp_path / "dask")) as run,
    ):
        report = build_shards(folder, str(tmp_path / "dask"), run=run)
    assert (tmp_path / "killed").exists()
    assert report.read == NUMBER
    serial = files_of(tmp_path / "serial")
    assert len(serial) > 13
    assert files_of(tmp_path / "processes") == serial
    assert files_of(tmp_path / "dask") == serial


def test_tasks_can_be_pickled(folder, tmp_path):
    tasks = []

    def noting(due, tell):
        tasks.extend(due)
        return iter(())

    with pytest.raises(Exception, match="no article"):
        build_shards(folder, str(tmp_path / "out"), run=noting)
    assert tasks
    for task in tasks:
        again = pickle.loads(pickle.dumps(task))
        assert (again.key, again.files, again.made_from) == (task.key, task.files, task.made_from)


def other_code(monkeypatch):
    monkeypatch.setattr("corpus.shards.read_shard.print_of_reading", lambda: b"other")


def other_settings(monkeypatch):
    monkeypatch.setenv("DATELINE_SECOND_LOOK", "off")


@pytest.mark.parametrize("change", [other_code, other_settings])
def test_a_worker_that_reads_otherwise_is_told(folder, tmp_path, monkeypatch, change):
    def elsewhere(tasks, tell):
        for task in tasks:
            with monkeypatch.context() as patch:
                change(patch)
                yield cluster.work(task)

    with pytest.raises(ShardsError, match="are others here than where the build was started"):
        build_shards(folder, str(tmp_path / "out"), run=elsewhere)


def test_no_scheduler_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)
    with pytest.raises(ShardsError, match=r"no scheduler of Dask answers at tcp://127.0.0.1:9 .*start one"):
        on_dask("tcp://127.0.0.1:9", str(tmp_path)).__enter__()
    with pytest.raises(ShardsError, match=r"no scheduler of Dask answers at nosuch://here .*start one"):
        on_dask("nosuch://here", str(tmp_path)).__enter__()


def test_without_dask(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ShardsError, match=r"pip install \"dateline\[cluster\]\""):
        on_dask("local", str(tmp_path)).__enter__()


def test_what_only_this_process_sees(tmp_path):
    with pytest.raises(ShardsError, match="memory://out is in the memory of this process"):
        on_dask("local", "memory://out").__enter__()
