"""The working of the steps: what each weighed for each name, kept where somebody asks why."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WeighedSpan:
    """A stretch of the text that may be a place name: `text[start:end]`, and the log-odds that each feature gives."""

    start: int
    end: int
    probability: float
    is_kept: bool
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class WeighedCandidate:
    """A gazetteer entry, by its row, with its points: for itself, from the text, from how near the others lie."""

    row: int
    alone: float
    from_text: float
    from_proximity: float

    @property
    def points(self) -> float:
        """All of them together."""
        return self.alone + self.from_text + self.from_proximity


@dataclass(slots=True)
class Working:
    """What the steps leave behind; toponyms are known by their start, as positions in the text."""

    spans: list[WeighedSpan] = field(default_factory=list)
    candidates: dict[int, list[WeighedCandidate]] = field(default_factory=dict)  # best first
    readings: dict[int, dict[str, float]] = field(default_factory=dict)  # log-odds against a literal reading
