"""What a place is to the story: where something happened or someone met, what is aimed at, history, or merely named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from geodata.tokens import Tokens
from geodata.usage.syntax import NameSyntax
from geodata.usage.word_lists import Words

RoleName = Literal["happened", "met", "target", "background", "mentioned", ""]
LONG_AGO = timedelta(days=365)  # before publication: background, no news
NEAR = 8  # words before the name in which a verb of meeting or saying is looked for
_AT = frozenset({"in", "at", "to"})
_WAY = frozenset({"of", "to", "for", "at"})
_MEETING = frozenset({"meeting", "met"})
_MEETINGS = frozenset({"meeting", "visit"})  # kinds of events
_STOPS = frozenset(",;:")
_TOWARD = frozenset({"toward", "towards"})


def role_in_text(tokens: Tokens, syntax: NameSyntax, first: int, words: Words) -> tuple[RoleName, int]:
    """Return what a literally named place is to the story, from the sentence alone, and the word that says so or -1.

    `first` is the first word of the name.
    """
    if syntax.dateline:
        return "met", -1
    folded, left, governor = tokens.folded, syntax.left, syntax.governor
    if syntax.left_class != "preposition":
        left, governor = _before_apposition(tokens, syntax, first, words), -1
        if left < 0:
            return "happened", -1
    prep = folded[left]
    if prep in _TOWARD:
        return "target", left
    cue = words.roles.get(folded[governor], "") if governor >= 0 else ""
    if cue == "target" and prep in _WAY:
        return "target", governor
    if prep not in _AT:
        return "happened", -1
    if cue in _MEETING:
        return "met", governor
    for i in range(left - 1, max(syntax.start, left - NEAR) - 1, -1):
        if not _STOPS.isdisjoint(tokens.gap[i + 1]):
            break
        if prep != "to" and words.roles.get(folded[i]) in _MEETING:
            return "met", i
    return "happened", -1


def _before_apposition(tokens: Tokens, syntax: NameSyntax, first: int, words: Words) -> int:
    """Return the 'in' of 'in the capital, [Astana]' and 'in the resort town [Sochi]', or -1."""
    after_noun = syntax.left >= 0 and tokens.folded[syntax.left] in words.land
    if not after_noun and syntax.left_mark != ",":
        return -1
    for i in range(first - 2, max(syntax.start, first - NEAR) - 1, -1):
        if not _STOPS.isdisjoint(tokens.gap[i + 1]):
            return -1
        if tokens.folded[i] in _AT:
            return i
    return -1


def role_of(role: RoleName, *, events: Collection[str], until: date | None, published: date | None) -> RoleName:
    """Return the role in the light of dates and of the kinds of events that happened there.

    What ended more than a year before publication is background; of a place without an event nothing is told.
    """
    if role == "happened" and _MEETINGS.issuperset(events):
        role = "met" if events else "mentioned"
    if role and until and published and published - until > LONG_AGO:
        return "background"
    return role
