"""Open the page hundreds of times and see what it keeps: `python -m tests.bench.soak`.

Each visit is a session of its own over a real websocket, by another URL: places, tabs, words, dates, levels. Prints the
open files and the memory of the server, and exits with 1 where they grow after the first hundred.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from corpus.build import build_index
from corpus.index.connection import open_index
from dashboard.config import SHIPPED
from dashboard.tabs.bar import TABS
from tests.sessions import descriptors, faults, megabytes, serving, visit

STEP = 100
ALLOWED = 0.05  # of growth after the first hundred


def main() -> int:
    """Print a table of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", type=int, default=300)
    loads = parser.parse_args().loads
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.gpkg"
        build_index(SHIPPED, index)
        with open_index(index) as opened:
            places = [id for (id,) in opened.execute("select id from places order by id")]
        with serving("--index", index) as (address, pid):
            print(f"{'loads':>6} {'files':>6} {'MB':>7} {'s a load':>9}")
            seen, since = [], time.monotonic()
            for number in range(loads + 1):
                if number % STEP == 0:
                    now = time.monotonic()
                    for _ in range(3 * bool(number)):
                        visit(address)  # each figure is taken after the same view
                    seen.append((descriptors(pid), megabytes(pid)))
                    pace = (now - since) / STEP if number else 0.0
                    print(f"{number:>6} {seen[-1][0]:>6} {seen[-1][1]:>7.0f} {pace:>9.2f}", flush=True)
                    since = now
                if number < loads and (told := faults(visit(address, url(number, places)))):
                    print(f"load {number}: {told}", file=sys.stderr)
                    return 1
    warm, last = seen[min(1, len(seen) - 1)], seen[-1]
    grown = [f"{after / before - 1:+.0%}" for before, after in zip(warm, last, strict=True)]
    print(f"after the first {STEP}: files {grown[0]}, memory {grown[1]}")
    return int(any(after > before * (1 + ALLOWED) for before, after in zip(warm, last, strict=True)))


def url(number: int, places: list[str]) -> str:
    """Return the query of a visit, no two alike: what is kept of one is of no use to the next."""
    query = {
        "place": places[number % len(places)],
        "tab": list(TABS)[number % len(TABS)],
        "from": date(2020, 1, 1) + timedelta(days=number),
        "text": ("", "villages", "road")[number % 3],
        "level": ("", "province", "country")[number % 3],
        "held": ("", date(2021, 1, 1) + timedelta(days=number))[number % 2],
        "names": ("", "all")[number % 2],
    }
    return urlencode({name: value for name, value in query.items() if value})


if __name__ == "__main__":
    sys.exit(main())
