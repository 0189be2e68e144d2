"""Find what stands in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.records import Passage

Span = tuple[int, int]

_PAIRS = {"“": "”", "„": "“”", "«": "»", "``": "''", "''": "''", '"': '"'}
_MARK = re.compile(r"``|''|[“”„«»\"]")
# Between single marks only what ends like a sentence is a quotation: the apostrophe looks the same.
_SINGLE = re.compile(r"(?<![\w'’])[‘'](?=[A-Z])[^‘\n]{8,600}?[.,!?][’'](?!\w)")
LONGEST_SINGLE = 620  # characters
_OPENS_AFTER = " \n\t\u00a0([—–-:,"


def find_quotations(text: str, passages: Sequence[Passage]) -> list[Span]:
    """Return the stretches in quotation marks, marks included, sorted; one that never closes ends with its passage."""
    found: list[Span] = []
    for passage in passages:
        opened, closer = -1, ""
        for match in _MARK.finditer(text, passage.start, passage.end):
            mark, at = match[0], match.start()
            if opened < 0:
                if mark in _PAIRS and (mark not in ('"', "''") or _may_open(text, at, passage)):
                    opened, closer = at, _PAIRS[mark]
            elif mark in closer:
                found.append((opened, match.end()))
                opened = -1
            elif mark in _PAIRS and mark != '"' and _PAIRS[mark] == closer and _begins_line(text, at):
                # Each paragraph of a long quotation opens anew, and only the last one closes.
                found.append((opened, at))
                opened = at
        if opened >= 0 and passage.end - opened >= 16:
            found.append((opened, passage.end))
    if "‘" in text or " '" in text:
        found += [m.span() for m in _SINGLE.finditer(text) if quotation_at(m.start(), found) is None]
        found.sort()
    return found


def quotation_at(position: int, quotations: Sequence[Span]) -> Span | None:
    """Return the quotation around a position; `quotations` as `find_quotations` gives them."""
    place = bisect_right(quotations, (position, 1 << 60)) - 1
    return quotations[place] if place >= 0 and quotations[place][1] > position else None


def quotations_to(position: int, quotations: Sequence[Span]) -> Sequence[Span]:
    """Return the quotations that may end at a position or a few characters before it.

    Only those in single marks hold others, so of all that begin farther before than these reach it can be the last.
    """
    farthest = bisect_right(quotations, (position - LONGEST_SINGLE, 0))
    return quotations[max(0, farthest - 1) : bisect_right(quotations, (position, 0))]


def _may_open(text: str, at: int, passage: Passage) -> bool:
    """Say whether a straight mark opens: not the sign of inches, and not a stray closing mark."""
    before = text[at - 1] if at > passage.start else " "
    after = text[at + 1 : passage.end].lstrip("'")[:1] or " "
    return (before in _OPENS_AFTER or before in ".!?") and not after.isspace()


def _begins_line(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("", "\n")
