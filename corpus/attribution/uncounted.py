"""Find losses that somebody speaks of and does not count: "it had casualties too, but did not name their number"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geodata.sentences import Span

NUMBER = "an unnamed number"
_LOSSES = re.compile(
    r"\b(?P<what>casualties|losses|fatalities|deaths)\b(?:\s(?:among|in|of|to)\s(?P<whom>[\w’'-]{1,20}(?:\s[\w’'-]{1,20})?))?",
    re.IGNORECASE,
)
_SAY = r"(?:nam|giv|stat|specif|disclos|mention|provid|reveal|releas|publish)(?:e|es|ing|y|ying)?"
_UNSAID = re.compile(
    rf"(?:without(?: {_SAY})?|(?:(?:did|do|does) not|didn[’']t|(?:declin|refus)(?:ed|ing|es) to) {_SAY})"
    r"(?: (?:a|an|any|the|their|its|exact|precise|further)){0,3} (?:number|figure|toll|count|total)s?\b",
    re.IGNORECASE,
)


class Uncounted(NamedTuple):
    """Losses without a number, `text[start:end]`: what befell whom."""

    start: int
    end: int
    what: str
    whom: str


def uncounted_losses(text: str, sentence: Span) -> Iterator[Uncounted]:
    """Yield the losses of a sentence that says that nobody numbers them."""
    unsaid = _UNSAID.search(text, *sentence)
    losses = unsaid and _LOSSES.search(text, sentence[0], unsaid.start())
    if losses:
        what = "killed" if losses["what"].lower() in ("fatalities", "deaths") else "casualties"
        yield Uncounted(*losses.span(), what, " ".join((losses["whom"] or "").split()))
