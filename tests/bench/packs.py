"""Measure what 100,000 places more in a pack cost: `python -m tests.bench.packs [FILE]`, a file of places of your own.

The time is that of the processor until the gazetteer is open, the memory what the process then holds.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.make import add_pack

COUNT, RUNS = 100_000, 9
OPEN = """
import sys, time
from pathlib import Path
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.shelf import installed
open_gazetteer(packs=installed(Path(sys.argv[1])))
held = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(time.process_time(), int(held.split()[1]) / 1000)
"""


def main() -> None:
    """Print seconds and megabytes without a pack and with one, of several runs in turn the least."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else _made_up(Path(folder) / "made-up.csv")
        pack = add_pack(file, Path(folder) / "packs", name="measured").pack
        runs = [[_opened(f"{folder}/none"), _opened(f"{folder}/packs")] for _ in range(RUNS)]
    print(f"{pack.places:,} places, {pack.names:,} names")
    for what, number in (("s", 0), ("MB", 1)):
        without, along = (min(run[which][number] for run in runs) for which in (0, 1))
        print(f"{without:8.2f} {what} without, {along:8.2f} {what} with it, {along - without:+.2f} {what}")


def _opened(packs: str) -> list[float]:
    said = subprocess.run([sys.executable, "-c", OPEN, packs], check=True, capture_output=True, text=True).stdout
    return [float(figure) for figure in said.split()]


def _made_up(path: Path) -> Path:
    """Write places with names that are put together of halves of real ones."""
    gazetteer, chance = open_gazetteer(), random.Random(1)
    names = [gazetteer.name(chance.randrange(len(gazetteer))) for _ in range(20_000)]
    names = [name for name in names if name.isalpha() and len(name) > 4]

    def name() -> str:
        head, tail = chance.choice(names), chance.choice(names)
        return head[: len(head) // 2 + 1] + tail[len(tail) // 2 :].lower()

    rows = (f"{name()},{name()}|{name()},{chance.uniform(5, 50)},{chance.uniform(-10, 100)}" for _ in range(COUNT))
    path.write_text("\n".join(["name,other_names,lat,lon", *rows]), "utf-8")
    return path


if __name__ == "__main__":
    main()
