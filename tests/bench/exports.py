"""Measure the exports of 20,000 mentions: seconds and megabytes a format, and beside them those of half as many.

`python -m tests.bench.exports`. The articles are made up (tests/bench/articles.py). Seconds are those of the process,
so that what else the machine does counts little; the index is opened and asked anew for each.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from corpus.build import build_index
from corpus.exports.evidence import Subject, evidence_of
from corpus.exports.formats import FORMATS
from corpus.index.connection import open_index
from corpus.queries.filters import Filters
from corpus.queries.places import totals
from corpus.records import ROLES
from tests.bench.articles import write

ARTICLES = 2_300
GOAL = 5.0  # seconds


def main() -> None:
    """Build two indexes and print a row a format and subject."""
    with tempfile.TemporaryDirectory() as folder:
        indexes = [_index(Path(folder) / str(number), number) for number in (ARTICLES // 2, ARTICLES)]
        for key, one in FORMATS.items():
            for of in one.subjects:
                (half, _), (whole, size) = (measure(index, key, of) for index in indexes)
                late = "" if whole <= GOAL else f"  more than {GOAL:.0f} s"
                print(f"{key:12} {of:11} {whole:5.2f} s (half: {half:5.2f} s) {size / 1e6:6.1f} MB{late}", flush=True)


def _index(folder: Path, number: int) -> Path:
    write(folder / "articles", number)
    build_index(folder / "articles", folder / "index.gpkg")
    with open_index(folder / "index.gpkg") as index:
        print(f"{number} articles: {totals(index, Filters(roles=ROLES)).shown:,} mentions", flush=True)
    return folder / "index.gpkg"


def measure(path: Path, key: str, of: Subject) -> tuple[float, int]:
    """Return the seconds that a format takes of the process, and its bytes."""
    start = time.process_time()
    with open_index(path) as index:
        content = FORMATS[key].write(evidence_of(index, Filters(roles=ROLES)), of)
    return time.process_time() - start, len(content)


if __name__ == "__main__":
    main()
