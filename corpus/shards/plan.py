"""What of a set of shards is to be made: the parts whose files changed, and those of articles that others date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path

from corpus.read_changed import Progress
from corpus.shards.parting import shards_of
from corpus.shards.read_shard import About, Beside, Done, OfFiles, Tell, read_shard
from corpus.shards.store import Part

BESIDE = "b"  # behind the name of a shard: the part of its articles that only others may date
Run = Callable[[Iterable[OfFiles | Beside], Tell], Iterator[Done]]


def here(tasks: Iterable[OfFiles | Beside], tell: Tell) -> Iterator[Done]:
    """Do tasks one by one, each with all processors."""
    return map(partial(read_shard, tell=tell), tasks)


class Plan:
    """The parts that there are to be, made of those that are held: by key, the newest first."""

    def __init__(self, about: About, held: Sequence[Mapping[str, Part]], progress: Progress) -> None:
        self._about, self._held, self._progress = about, held, progress
        self._keys = sorted({key for parts in held for key in parts})
        self._files = 0
        self.now: dict[str, Part] = {}
        self.done = 0  # articles that were read

    def carry_out(self, run: Run, files: Mapping[str, tuple[Path, str]]) -> None:
        """Read what is new of files, by name their paths and prints: first as far as it needs no others."""
        self._files = len(files)
        self._do(run, self._of_files(files))
        days = [date.fromisoformat(day) for part in self.now.values() for day in part.span]
        self._do(run, self._beside((min(days), max(days)) if days else ()))

    def _do(self, run: Run, tasks: Iterator[OfFiles | Beside]) -> None:
        self.now.update((done.key, done.part) for done in run(tasks, self._tell))

    def _tell(self, articles: int) -> None:
        self.done += articles
        self._progress(self.done, max(self.done, self._files))

    def _of_files(self, files: Mapping[str, tuple[Path, str]]) -> Iterator[OfFiles]:
        for shard, names in shards_of({file: _size(path) for file, (path, _) in files.items()}).items():
            listed = tuple((file, *files[file]) for file in names)
            made_from = self._about.made_from(*(f"{file}\0{print_}" for file, _, print_ in listed))
            if not self._is_held(shard, made_from):
                yield OfFiles(self._about, shard, made_from, self._related(shard, ""), listed)

    def _beside(self, context: tuple[date, ...]) -> Iterator[Beside]:
        for shard, part in [each for each in self.now.items() if each[1].waiting]:
            made_from = self._about.made_from(part.name, *map(str, context))
            if not self._is_held(shard + BESIDE, made_from):
                before = self._related(shard, BESIDE)
                yield Beside(self._about, shard + BESIDE, made_from, before, part, context)

    def _is_held(self, key: str, made_from: str) -> bool:
        """Say whether a part is just what is wanted, and keep it then."""
        found = (parts[key] for parts in self._held if key in parts)
        same = next((part for part in found if part.made_from == made_from), None)
        if same:
            self.now[key] = same
        return same is not None

    def _related(self, shard: str, kind: str) -> tuple[Part, ...]:
        """Return the parts of a kind that hold files of a shard: its own, and where shards were split or joined."""
        above = [shard[:length] + kind for length in range(1, len(shard) + 1)]
        after = self._keys[bisect_left(self._keys, shard) :]
        below = [
            key for key in takewhile(lambda key: key.startswith(shard), after) if key.endswith(BESIDE) == bool(kind)
        ]
        keys = dict.fromkeys([*reversed(above), *below])
        related = (parts[key] for parts in self._held for key in keys if key in parts)
        return tuple(part for part in related if part.readers == self._about.readers)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is read for the reason why
        return 0
