"""Count the imports between rooms: `python -m tests.rooms [CHECKOUT]` prints them, a line a room.

A room is a folder of one of the three packages; a module that stands in the hall, beside the rooms, is one by itself,
and so is a package's own file.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGES = ("geodata", "corpus", "dashboard")  # each may import those before it
ROOT = Path(__file__).parents[1]


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Return the files of the three packages by the names they are imported by."""
    files = (path for package in PACKAGES for path in sorted((root / package).rglob("*.py")))
    ours = [path.relative_to(root) for path in files if "upstream" not in path.parts]  # what make data downloads
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__"): root / path for path in ours}


@cache
def imported(path: Path) -> frozenset[str]:
    """Return what a file imports, wherever it does: modules, and what may be modules."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively; name the package"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def room_of(module: str) -> str:
    """Return the room that a module is in, or the module itself where it stands in the hall."""
    return ".".join(module.split(".")[:2])


def imports(root: Path = ROOT) -> Counter[tuple[str, str]]:
    """Return how many modules of one room are imported by those of another, by (who imports, what is imported)."""
    known = modules(root)
    pairs = [(module, other) for module, path in known.items() for other in imported(path) & known.keys()]
    between = [(room_of(module), room_of(other)) for module, other in pairs]
    return Counter((room, other) for room, other in between if room != other)


def up(between: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the imports of a later package by an earlier one."""
    level = {package: number for number, package in enumerate(PACKAGES)}
    return [(room, other) for room, other in between if level[room.split(".")[0]] < level[other.split(".")[0]]]


def circle(between: Counter[tuple[str, str]]) -> list[str]:
    """Return rooms that need themselves through others, in the order in which they do; none where there are none."""
    needs: dict[str, set[str]] = {}
    for room, other in between:
        needs.setdefault(room, set()).add(other)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def main(root: Path) -> None:
    """Print for each room what it imports from others, and whether an import points up or in a circle."""
    between = imports(root)
    files = Counter(room_of(module) for module in modules(root))
    for room in files:
        others = ", ".join(f"{other} {count}" for (one, other), count in sorted(between.items()) if one == room)
        print(f"{room:30} {files[room]:3}  {others}")
    print(f"{len(files)} rooms and modules beside them, {between.total()} imports between them, {len(between)} arrows")
    print(f"arrows up: {up(between) or 'none'}; circles: {' -> '.join(circle(between)) or 'none'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
