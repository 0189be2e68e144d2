"""Measure readings on gold files: `python -m tests.bench.readings a.jsonl ...`, each name found by the whole pipeline.

A gold file marks one name a line, {"text", "start", "end", "reading": literal | metonymic | mixed} (mixed is left out),
or all names of a document, {"text", "toponyms": [{"start", "end", "kind": literal | metonymic-government | demonym |
organisation part}]}. A name that is not found is read wrongly. Files that the shipped weights were trained on flatter
them: for those, the folds that `python -m geodata.training.metonymy` prints are the measure.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.gazetteer import open_gazetteer
from geodata.recognition import find_toponyms
from geodata.resolution import resolve
from geodata.text import Text
from geodata.usage import read_names

KINDS = {
    "literal": "literal",
    "metonymic-government": "metonymic",
    "demonym": "demonym",
    "organisation part": "part_of_name",
}
SHOWN = {"office": "metonymic"}  # gold counts the holder of an office as the government


def marked(line: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and reading of each marked name of a gold line."""
    if "toponyms" in line:
        yield from ((each["start"], each["end"], KINDS[each["kind"]]) for each in line["toponyms"])
    elif line["reading"] != "mixed":
        yield line["start"], line["end"], line["reading"]


def measure(path: Path) -> tuple[Counter[tuple[str, str]], float]:
    """Return how often each wanted reading was read as which, "" where not found, and the seconds a text took."""
    gazetteer = open_gazetteer()
    table: Counter[tuple[str, str]] = Counter()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    seconds = 0.0
    for line in lines:
        text = Text(line["text"])
        toponyms = find_toponyms(text, gazetteer)
        resolutions = resolve(text, toponyms, gazetteer)
        began = time.process_time()
        readings = read_names(text, toponyms, resolutions)
        seconds += time.process_time() - began
        for start, end, wanted in marked(line):
            shared = [min(t.end, end) - max(t.start, start) for t in toponyms]
            best = max(range(len(shared)), key=shared.__getitem__, default=-1)
            got = readings[best].reading if best >= 0 and shared[best] > 0 else ""
            if got and "toponyms" not in line:
                got = "literal" if got == "literal" else "metonymic"
            table[wanted, SHOWN.get(got, got)] += 1
    return table, seconds / max(1, len(lines))


def main() -> None:
    """Print a table of accuracies, and for each file what was read as what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    tables = []
    print("| corpus | names | found | right | right of those found | literal or not | ms a text |")
    print("|---|---|---|---|---|---|---|")
    for path in parser.parse_args().gold:
        table, seconds = measure(path)
        names = table.total()
        found = sum(n for (_, got), n in table.items() if got)
        right = sum(n for (wanted, got), n in table.items() if wanted == got)
        apart = sum(n for (wanted, got), n in table.items() if got and (wanted == "literal") == (got == "literal"))
        figures = [found / names, right / names, right / max(1, found), apart / names]
        cells = [path.stem, str(names), *(f"{figure:.3f}" for figure in figures), f"{seconds * 1000:.2f}"]
        print(f"| {' | '.join(cells)} |")
        tables.append((path.stem, table))
    for name, table in tables:
        print(f"\n{name}: " + ", ".join(f"{a} as {b or 'not found'} {n}" for (a, b), n in table.most_common()))


if __name__ == "__main__":
    main()
