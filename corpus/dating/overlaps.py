"""Decide what a stretch is that was found to be a date and a place name at once: no word is both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import chain, zip_longest

from corpus.dating.clauses import link_words
from corpus.records import Timex
from geodata.records import Toponym


def part_names_and_dates(
    text: str, toponyms: Sequence[Toponym], timexes: Sequence[Timex]
) -> tuple[list[Toponym], tuple[Timex, ...]]:
    """Keep of each name and date that share letters the one that is meant; both lists stay in order.

    A name that reaches beyond the date by a word takes the date in ("Easter Island", "Winter Park"), and so does one
    that its region follows ("Christmas, Florida"); any other is part of the date ("Sept.", "44 BC").
    """
    dropped: set[Toponym | Timex] = {timex for timex in timexes if _names_a_site(text, timex)}
    number = 0
    for toponym, after in zip_longest(toponyms, toponyms[1:]):
        while number < len(timexes) and timexes[number].end <= toponym.start:
            number += 1
        last = number
        while last < len(timexes) and timexes[last].start < toponym.end:
            last += 1
        if met := timexes[number:last]:
            in_region = after is not None and text[toponym.end : after.start] == ", " and toponym.text == met[0].text
            dropped.update(met if in_region or _reaches_beyond(toponym, met) else [toponym])
    return [t for t in toponyms if t not in dropped], tuple(t for t in timexes if t not in dropped)


def outside_dates(toponyms: Sequence[Toponym], timexes: Sequence[Timex]) -> list[Toponym]:
    """Return the names that share no letter with a date; dates are in order and do not overlap."""
    ends = [timex.end for timex in timexes]
    following = (bisect_right(ends, toponym.start) for toponym in toponyms)
    return [
        toponym
        for toponym, number in zip(toponyms, following, strict=True)
        if number == len(timexes) or timexes[number].start >= toponym.end
    ]


def _reaches_beyond(toponym: Toponym, dates: Sequence[Timex]) -> bool:
    """Say whether a name holds a word that is in none of the dates."""
    edges = (toponym.start, *chain.from_iterable((d.start, d.end) for d in dates), toponym.end)
    inside = (max(edge - toponym.start, 0) for edge in edges)
    return any(re.search(r"\w", toponym.text[start:end]) for start, end in zip(inside, inside, strict=True))


def _names_a_site(text: str, timex: Timex) -> bool:
    """Tell the day for which a street or a square is named: "March 8 Street"; no weekday is: "on Monday Park Lane"."""
    return _site().match(text, timex.end) is not None and not timex.text.isalpha()


@cache
def _site() -> re.Pattern[str]:
    nouns = "|".join(noun.capitalize() for noun in sorted(link_words("things", "named")))
    return re.compile(rf" (?:{nouns})\b")
