"""The same texts with other towns, so that what is learned is the sentence and not the name."""

from __future__ import annotations

from bisect import bisect_right
from random import Random

from geodata.training.second_look.examples import Example, Mark
from geodata.training.second_look.names import Names

SWAPPED = 0.8  # of the places of a text; a name is swapped for the same wherever it stands


def swap(example: Example, names: Names, rng: Random) -> Example:
    """Return an example with its places called otherwise: those that act like states, the others mostly like towns."""
    acting = {(mark.start, mark.end) for mark in example.readings if mark.label == "metonymic"}
    others: dict[str, str] = {}
    text, at = "", 0
    ends, moved = [0], [0]  # from each end on, by how much what follows has moved
    for start, end, label in sorted(set(example.places or ())):
        name = example.text[start:end]
        if start < at or label != "place" or name.endswith(".") or (name.isupper() and len(name) < 4):
            continue
        if name not in others:
            others[name] = _other((start, end) in acting, names, rng) if rng.random() < SWAPPED else name
        text += example.text[at:start] + (others[name].upper() if name.isupper() else others[name])
        at = end
        ends.append(end)
        moved.append(len(text) - end)

    def to(position: int) -> int:
        return position + moved[bisect_right(ends, position) - 1]

    def marks(those: list[Mark]) -> list[Mark]:
        return [Mark(to(start), to(end), label) for start, end, label in those]

    def stretches(those: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(to(start), to(end)) for start, end in those]

    return Example(
        example.source,
        text + example.text[at:],
        marks(example.places or []),
        None if example.kinds is None else marks(example.kinds),
        marks(example.readings),
        stretches(example.open),
        stretches(example.open_kinds),
        example.only_marked,
    )


def _other(acting: bool, names: Names, rng: Random) -> str:
    if acting:
        return (names.countries if rng.random() < 0.6 else names.capitals).draw(rng)
    chance = rng.random()
    return (names.towns if chance < 0.8 else names.units if chance < 0.9 else names.countries).draw(rng)
