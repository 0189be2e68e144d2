"""Tell months and weekdays from names that hold them: June Carter, Mrs May, the Sunday Times, the Friday Mosque."""

from __future__ import annotations

from functools import cache

from corpus.timex.clock import past_verb, sentence_ends
from corpus.timex.grammar import Found
from geodata import DATA
from geodata.tables import read_lines


def is_person(found: Found) -> bool:
    """Say whether a month without day or year is the given name or the surname of somebody."""
    tokens, before = found.tokens, found.tokens.classes(found.first - 1)
    if _adjacent(found, found.first - 1) and not sentence_ends(found, found.first - 2):
        named = tokens.words[found.first - 1]
        if "title" in before or (named.istitle() and not before and named in _names("given_names")):
            return True
    if not found.word("given_name") or before & {"article", "part", "dash", "step", "in_time"}:
        return False
    following = tokens.words[found.last] if found.last < len(tokens.words) else ""
    if not _adjacent(found, found.last - 1) or not following.istitle() or tokens.classes(found.last):
        return False
    # "In June Carter left" is a month and a surname; "in" was asked for above.
    return following in _names("surnames") or (not before and past_verb(found, found.last + 1))


def is_part_of_name(found: Found) -> bool:
    """Say whether a weekday with an article goes on as a name does: "the Sunday Times"."""
    tokens = found.tokens
    the = found.first + 1 if found.word("the") else found.first
    following = tokens.words[found.last] if found.last < len(tokens.words) else ""
    if found.last - the != 1 or tokens.word(the - 1) != "the" or not _adjacent(found, the):
        return False
    named = following.istitle() and (following == "Times" or not tokens.classes(found.last))
    return named and tokens.word(the - 2) != "on"  # "on the Sunday Russia attacked"


def _adjacent(found: Found, i: int) -> bool:
    """Say whether one blank parts token `i` from the next."""
    tokens = found.tokens
    return 0 <= i < len(tokens.words) - 1 and tokens.written.text[tokens.ends[i] : tokens.starts[i + 1]] == " "


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(read_lines(DATA / "words" / f"{kind}.txt"))
