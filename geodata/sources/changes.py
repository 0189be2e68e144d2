"""Say what a rebuild changed: how many places of each kind each country gained or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geodata.sources.place import Place
from geodata.tables import read_columns

Counts = Counter[tuple[str, str]]  # by country and kind


def counts_shipped(path: Path) -> Counts:
    """Count the places of a file by country and kind; none where there is no file yet."""
    if not path.exists():
        return Counter()
    table = read_columns(path, ["country", "kind"])
    return Counter(zip(table["country"].to_pylist(), table["kind"].to_pylist(), strict=True))


def changes(before: Counts, places: list[Place]) -> Iterator[str]:
    """Yield a line for each country and kind with another number of places than before."""
    after = Counter((place.country, place.kind) for place in places)
    for country, kind in sorted(before.keys() | after.keys()):
        had, has = before[country, kind], after[country, kind]
        if had != has:
            yield f"{country or 'no country'} {kind}: {had:,} -> {has:,} ({has - had:+,})"
