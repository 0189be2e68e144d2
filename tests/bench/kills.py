"""End builds at random moments and see what is left of them: `python -m tests.bench.kills --times 60 --articles 1000`.

Each build is ended by SIGKILL, SIGTERM or SIGHUP in turn. Afterwards the index must be the old one or the new one,
whole, and no process of the build may run; after one more build nothing but the index may lie beside the articles.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from corpus.index.connection import stored_fingerprint
from corpus.index.fingerprint import fingerprint

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10  # seconds until the workers of a build that was ended must be gone
PLACES = ("Goris", "Baku", "Lyon", "Osaka", "Lagos", "Lima", "Oslo", "Kyiv", "Accra", "Quito", "Hanoi", "Perth")


def main() -> int:
    """Print what was found after each kind of end; return 1 where anything was broken or left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = end_builds(Path(folder), times=options.times, articles=options.articles, dice=Random(options.seed))
    print(f"{options.times} builds of {options.articles:,} articles ended: {len(faults)} faults", *faults, sep="\n  ")
    return int(bool(faults))


def end_builds(folder: Path, *, times: int, articles: int, dice: Random) -> list[str]:
    """End so many builds of one corpus; return what was broken or left behind, in words."""
    corpus, index = folder / "articles", folder / "index.gpkg"
    corpus.mkdir()
    for number in range(articles):
        (corpus / f"{number:05}.txt").write_text(" ".join(map(sentence, [number] * 8, range(8))), "utf-8")
    began = time.monotonic()
    subprocess.run(command(corpus, index), cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - began
    faults = []
    prints = {fingerprint(corpus)}
    for number in range(times):
        (corpus / "00000.txt").write_text(f"It rained in {dice.choice(PLACES)}, {number} mm.\n", "utf-8")
        prints.add(fingerprint(corpus))
        way = SIGNALS[number % len(SIGNALS)]
        after = dice.uniform(0, took)
        found = end_build(command(corpus, index), way, after)
        if stored_fingerprint(index) not in prints:
            found.append("the index is not whole")
        faults += [f"{way.name} after {after:.2f} s: {fault}" for fault in found]
    subprocess.run(command(corpus, index), cwd=ROOT, check=True, capture_output=True)
    if stored_fingerprint(index) != fingerprint(corpus):
        faults.append("the last build did not make up for it")
    left = sorted(path.name for path in folder.iterdir() if path not in (corpus, index))
    return faults + [f"left beside the index: {name}" for name in left]


def end_build(build: Sequence[str | Path], way: signal.Signals, after: float) -> list[str]:
    """Start a build and end it after so many seconds; return what was wrong then."""
    process = subprocess.Popen(build, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    workers: set[int] = set()
    ends = time.monotonic() + after
    while time.monotonic() < ends and process.poll() is None:
        workers |= children(process.pid)
        time.sleep(0.01)
    workers |= children(process.pid)
    process.send_signal(way)
    _, said = process.communicate()
    faults = [f"it said {said[-200:]!r}"] if "Traceback" in said else []
    deadline = time.monotonic() + PATIENCE
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return faults + [f"process {pid} runs on" for pid in workers if is_running(pid)]


def sentence(article: int, number: int) -> str:
    """Return a sentence that names a place and a day."""
    place = PLACES[(article + number) % len(PLACES)]
    return f"On {1 + number} May 2021 at least {article + 2} people left {place}, the mayor said."


def command(corpus: Path, index: Path) -> list[str | Path]:
    """Return the command that builds an index."""
    return [sys.executable, "-m", "dashboard", "build", corpus, "--index", index]


def children(pid: int) -> set[int]:
    """Return the processes that a process started, where the system says so."""
    try:
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not only waits to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
