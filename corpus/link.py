"""Say when what a passage tells of a place happened: the date that the place's own sentence gives, if any does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.boilerplate import furniture_at
from corpus.records import Furniture, Link, Passage, Published, Timex

# "the November 9, 2020 agreement", "the 2020 war": the date names the thing and does not say when this happened ...
_NAMED_BY_DATE = re.compile(r"\s+(?:[A-Z][\w-]+\s+){0,3}[a-z][\w-]+")
_DETERMINER = re.compile(r"\b(?:the|this|that|of|its|their|a|an)\s+$", re.IGNORECASE)
# ... unless the place belongs to the same thing: "the 2020 war in Nagorno-Karabakh".
_SAME_THING = re.compile(r"(?:\s+[\w-]+){0,3}?\s+(?:in|over|around|at|near|of|for)(?:\s+[\w’'-]+){0,5}?\s+(?:the\s+)?")


def link_mention(
    start: int,
    end: int,
    *,
    text: str,
    passage: Passage,
    timexes: Sequence[Timex],
    furniture: Sequence[Furniture],
    published: Published,
) -> list[Link]:
    """Return what dates the mention at `start, end`: its sentence, else its passage so far, else the publication."""
    usable = [
        (i, timex)
        for i, timex in enumerate(timexes)
        if timex.since is not None
        and passage.start <= timex.start < passage.end
        and furniture_at(timex.start, timex.end, furniture) is None
    ]
    sentence = next(((s, e) for s, e in passage.sentences if s <= start < e), (passage.start, passage.end))
    own = [(i, timex) for i, timex in usable if sentence[0] <= timex.start < sentence[1]]
    chosen = _of_sentence(start, end, text, own)
    if chosen is not None:
        return [_link(chosen, timexes, "its sentence says")]
    before = _before(sentence[0], text, passage, usable)
    if before is not None:
        return [_link(before, timexes, "the passage said before")]
    if published.anchor is not None:
        return [Link(published.since, published.until or published.since, "no date near it: the day of publication")]
    return [Link(None, None, "no date near it, and the article has none")]


def _of_sentence(start: int, end: int, text: str, own: list[tuple[int, Timex]]) -> int | None:
    naming = [(i, timex) for i, timex in own if _names_a_thing(timex, text)]
    for i, timex in naming:
        if timex.end <= start and _SAME_THING.fullmatch(text, timex.end, start):
            return i
        if 0 <= start - timex.end <= 1:  # "2020 Nagorno-Karabakh conflict"
            return i
    plain = [(i, timex) for i, timex in own if (i, timex) not in naming]
    if not plain:
        return None
    starts = [timex.start for _, timex in plain]
    place = bisect_right(starts, start)
    # The last date before the place governs it; a date after it only where none stands before.
    return plain[place - 1][0] if place else plain[0][0]


def _before(end: int, text: str, passage: Passage, usable: list[tuple[int, Timex]]) -> int | None:
    """Return the date of the nearest earlier sentence that has one: its first, which sets the time for what follows."""
    for start, stop in reversed(passage.sentences):
        if stop <= end:
            for i, timex in usable:
                if start <= timex.start < stop and not _names_a_thing(timex, text):
                    return i
    return None


def _names_a_thing(timex: Timex, text: str) -> bool:
    return (
        timex.granularity in ("day", "month", "year")
        and timex.text[:1].isalnum()
        and bool(_DETERMINER.search(text, max(0, timex.start - 8), timex.start))
        and bool(_NAMED_BY_DATE.match(text, timex.end))
    )


def _link(i: int, timexes: Sequence[Timex], says: str) -> Link:
    timex = timexes[i]
    # "explicit" says no more than the quotation, and a basis that quotes it again says it twice.
    basis = timex.basis.removeprefix("explicit").removeprefix(f"'{timex.text}'").lstrip(":;, ")
    return Link(timex.since, timex.until, f"{says} '{timex.text}'" + (f", {basis}" if basis else ""), i)
