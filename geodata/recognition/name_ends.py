"""Where a name ends: with a capital, with a noun or an 's of its own, before what belongs to the words after it."""

from __future__ import annotations

from collections.abc import Collection

from geodata.gazetteer import Gazetteer
from geodata.records import NameType
from geodata.tokens import Tokens
from geodata.words import winds

# What in small letters after a name says that a unit is meant, not the town: "Shusha region". No part of the name,
# as the public corpora have it, but for a corridor, which is nothing without it.
CLASS_NOUNS = frozenset({"region", "district", "province", "oblast", "governorate", "prefecture", "county"})
PART_NOUNS = frozenset({"corridor"})
OF_NOUNS = frozenset({"city", "town", "village", "borough", "county", "state", "province"})  # "City of Norfolk"
# Of these a unit's alone: "the Gulf region" may be any. Without one, "Gulf" and "West" are units to who lives there.
_UNIT_NOUNS = (CLASS_NOUNS | OF_NOUNS | {f"{noun}s" for noun in CLASS_NOUNS}) - {"region", "regions"}
# Buildings that bear the name of the town that they are by, and what may stand between the two: "Kass Refugee Camp".
TOWN_SITES = frozenset({"aerodrome", "airbase", "airfield", "airport", "barracks", "base", "camp", "checkpoint"})
TOWN_SITES |= {"crossing", "dam", "jail", "junction", "mine", "port", "prison", "refinery"}
OF_SITES = frozenset(
    {"air", "army", "border", "displacement", "force", "international", "military", "naval", "refugee"}
)
_SIDES = frozenset({"central", *(word for wind in winds() for word in (wind.word, wind.adjective))})
# In small letters after a name that the gazetteer has with it, too: "the Arpa river" is no town.
WATERS = frozenset({"river", "lake", "reservoir", "bay", "strait", "gulf"})
# After an 's that may be the name's own: words that nobody owns.
_UNOWNED = frozenset(
    {"a", "after", "and", "as", "at", "before", "but", "by", "for", "from", "had", "has", "in", "is", "it"}
)
_UNOWNED |= {"near", "of", "on", "or", "since", "that", "the", "to", "was", "were", "when", "where", "with"}
_APOSTROPHES = frozenset({"'", "’"})


def may_end(tokens: Tokens, key: str, last: int, gazetteer: Gazetteer) -> bool:
    """Say whether the name `key` of the gazetteer, written in words up to `last`, may end there."""
    return tokens.capital[last] or tokens.word[last] in PART_NOUNS or _ends_in_own_s(tokens, key, last, gazetteer)


def _ends_in_own_s(tokens: Tokens, key: str, last: int, gazetteer: Gazetteer) -> bool:
    """Say whether an 's is the name's own, as nothing follows that it could own: "in St. John's on Monday"."""
    after = last + 1
    if tokens.word[last] != "s" or tokens.gap[last] not in _APOSTROPHES:
        return False
    if after < len(tokens) and tokens.gap[after] == " " and tokens.word[after] not in _UNOWNED:
        return False
    return any(bearer.name_type <= NameType.OFFICIAL for bearer in gazetteer.bearers(key))


def belongs_on(tokens: Tokens, i: int) -> bool:
    """Say whether word `i` belongs to a body or an office after it rather than to the words before: "City Manager"."""
    return tokens.adjacent(i + 1) and tokens.capital[i + 1]


def is_but_class(tokens: Tokens, first: int, last: int, key: str, gazetteer: Gazetteer) -> bool:
    """Say whether a name only adds what kind of place it is: "State of Illinois", "The City" before "of Norfolk"."""
    words = tokens.folded
    if words[last] in OF_NOUNS and words[last + 1 : last + 2] == ["of"] and words[first] == "the":
        return True
    if last - first < 2 or words[first] not in OF_NOUNS or words[first + 1] != "of":
        return False
    bearers, plain = gazetteer.bearers(key), gazetteer.bearers(key.split(" ", 2)[2])
    if any(gazetteer.kind[b.row] == "city" and b.name_type == NameType.MAIN for b in bearers):
        return False  # "City of London"
    if any(gazetteer.kind[b.row] == "country" for b in plain):
        return False  # "State of Mexico"
    return bool(plain) and (words[first] == "city" or {b.row for b in bearers} <= {b.row for b in plain})


def is_bare_unit(tokens: Tokens, first: int, last: int, common: Collection[str]) -> bool:
    """Say whether a unit's name is but an ordinary word or a side of a country, with no noun: "Gulf", "West"."""
    after = last + 1
    if tokens.folded[last] in _UNIT_NOUNS or (tokens.adjacent(after) and tokens.folded[after] in _UNIT_NOUNS):
        return False
    return _SIDES.issuperset(tokens.folded[first:after]) or (first == last and tokens.folded[first] in common)
