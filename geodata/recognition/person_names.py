"""Names of people in a text: a title, a given name or an initial, and the capitals that follow."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from geodata.recognition.lexicon import Lexicon
from geodata.tokens import Tokens

LONGEST = 4  # words of a name, a title included


def find_people(
    tokens: Tokens, lexicon: Lexicon, *, areas: Collection[int], places: Mapping[int, int]
) -> tuple[set[int], set[str]]:
    """Return the words that stand in a person's name, and the surnames learned from full names.

    `areas` are the words that alone name a country or a province, `places` the first and last words of names that the
    gazetteer knows: "Florence Smith" is a person, "Santa Maria" a place.
    """
    person: set[int] = set()
    surnames: set[str] = set()
    count, free = len(tokens), 0  # the first word after the last person
    for first in tokens.capitals:
        if first < free:
            continue
        word = tokens.folded[first]
        titled = word in lexicon.titles
        given = word in lexicon.given_names and (first not in areas or _surname_follows(tokens, first, lexicon, areas))
        if tokens.opens[first] and word in lexicon.common:
            given = False  # "Will", "Mark" and "Grace" at the start of a sentence are seldom names
        if not (titled or given or is_initial(tokens, first)):
            continue
        last = first
        while last + 1 < min(count, first + LONGEST) and _continues(tokens, last + 1, lexicon, areas, titled):
            last += 1
        if last > first and not (given and places.get(first, -1) >= last):
            person.update(range(first + 1 if titled else first, last + 1))
            if not _names_site(tokens, last + 1, lexicon):
                surnames.add(tokens.folded[last])
            free = last + 1
    return person, surnames


def _names_site(tokens: Tokens, after: int, lexicon: Lexicon) -> bool:
    """Say whether a name is that of a street or a building: 'Old Alton Edwardsville | Road'."""
    return tokens.adjacent(after) and tokens.capital[after] and tokens.folded[after] in lexicon.features


def is_initial(tokens: Tokens, i: int) -> bool:
    """Say whether word `i` is an initial: 'J. Smith', but neither 'A Richmond man' nor 'R-Richmond'."""
    if len(tokens.word[i]) != 1 or i + 1 >= len(tokens):
        return False
    return tokens.gap[i + 1] == ". " or (tokens.gap[i + 1] == " " and tokens.word[i] not in "AI")


def _surname_follows(tokens: Tokens, i: int, lexicon: Lexicon, areas: Collection[int]) -> bool:
    """Say whether 'Walker' follows 'Chad': then no country is meant."""
    after = i + 1
    if not tokens.adjacent(after) or not tokens.capital[after] or after in areas:
        return False
    word = tokens.folded[after]
    return word in lexicon.surnames and not (
        word in lexicon.organisations or word in lexicon.features or word in lexicon.calendar
    )


def _continues(tokens: Tokens, i: int, lexicon: Lexicon, areas: Collection[int], titled: bool) -> bool:
    gap, word = tokens.gap[i], tokens.folded[i]
    joined = gap in (" ", "-") or (gap == ". " and len(tokens.word[i - 1]) <= 4)
    if not tokens.capital[i] or not joined:
        return False
    if word in lexicon.organisations or word in lexicon.features or word in lexicon.calendar:
        return False
    return i not in areas or word in lexicon.surnames or (titled and word in lexicon.given_names)
