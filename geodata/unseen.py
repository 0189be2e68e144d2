"""Characters that draw nothing, or turn the order of what is around them: a sign for each, as texts are hostile."""

from __future__ import annotations

import re
import unicodedata

# What draws nothing, or turns the order of what is around it: controls, marks of direction, fillers, tags, halves of
# characters. Flags of parts of countries are spelled in tags, and stay.
_UNSEEN = re.compile(
    "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f|"
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})  # letters without case, their marks, emoji: what joiners join


def visible(text: str) -> str:
    """Return text with a sign for each character that draws nothing, "⟨U+202E⟩"; what belongs to a word stays."""
    return _UNSEEN.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    char, text, start, end = match[0], match.string, match.start(), match.end()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return char if len(char) > 1 or _belongs(char, before, after) else f"⟨U+{ord(char):04X}⟩"


def _belongs(char: str, before: str, after: str) -> bool:
    """Say whether an unseen character is part of the word or the emoji it stands in; a stretch may begin with it."""
    if char == "\u00ad":
        return all(not near or near.isalpha() for near in (before, after))
    if char in "\u200c\u200d":
        return any(near and unicodedata.category(near) in _JOINED for near in (before, after))
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":  # choose the form of what is before
        return not before.isspace() and not _UNSEEN.match(before)
    return False
