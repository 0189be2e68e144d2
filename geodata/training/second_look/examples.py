"""What the encoder learns from: a text with marked names, and the words that it is not asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch `text[start:end]` and what is said of it."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Example:
    """A text and what is known of it; a head that nothing is known for (None) is not trained on it."""

    source: str
    text: str
    places: list[Mark] | None = None  # place or demonym; every other word is neither
    kinds: list[Mark] | None = None  # person, organisation, location or other
    readings: list[Mark] = field(default_factory=list)
    open: list[tuple[int, int]] = field(default_factory=list)  # may be a place or not
    open_kinds: list[tuple[int, int]] = field(default_factory=list)
    only_marked: bool = False  # nothing is known of the other words
