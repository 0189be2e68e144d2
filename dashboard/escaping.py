"""Article text -> Markdown that shows it letter by letter, with some stretches lit or greyed.

Article text is hostile: everything that Markdown, its extensions or HTML could act on is escaped, so a passage shows as
it was written, hides nothing, and can neither load a picture nor run a script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["place", "time", "furniture"]

# Every ASCII punctuation mark may be escaped by a backslash; among them are all that mean something to Markdown.
_MARK = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit puts arrows, dashes, icons, its logo and links for these after Markdown is read, where no backslash helps; a
# joiner without width inside them does.
_SIGN = re.compile(r"(?<=[-<>=~])(?=[-<>=])|(?<=:)(?=[a-z]|//)|(?<= -)(?=- )|(?<=[wW]{3})(?=\.)|(?<=@)(?=[\w-])")
_JOINER = "\u2060"
# What draws nothing, or turns the order of what is around it: controls, marks of direction, fillers, tags, halves of
# characters. Flags of parts of countries are spelled in tags, and stay.
_UNSEEN = re.compile(
    "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f|"
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)
_UNSEEN_SIGN = re.compile(r"⟨U\\\+[0-9A-F]{4,6}⟩")  # as `escape` has it
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})  # letters without case, their marks, emoji: what joiners join
_OPENING = {"place": ":orange-background[**", "time": ":blue-background[", "furniture": ":gray["}
_CLOSING = {"place": "**]", "time": "]", "furniture": "]"}


class Lit(NamedTuple):
    """A stretch of a text to be set off."""

    start: int
    end: int
    style: Style


def markdown(text: str, start: int, end: int, lit: Iterable[Lit] = ()) -> str:
    """Return `text[start:end]` as safe Markdown; stretches that overlap an earlier one are left plain."""
    parts: list[str] = []
    position = start
    for stretch in sorted(lit):
        first, last = max(stretch.start, position), min(stretch.end, end)
        if stretch.start < position or first >= last:
            continue
        parts.append(escape(text[position:first]))
        parts.append(_set_off(text[first:last], stretch.style))
        position = last
    parts.append(escape(text[position:end]))
    return "".join(parts)


def _set_off(text: str, style: Style) -> str:
    # Emphasis may neither begin nor end with a blank nor hold a line break.
    lines = []
    for line in re.split(r"((?<!\s)[^\S\n]*\n\s*+)", text):
        body = line.strip()
        if not body:
            lines.append(escape(line))
            continue
        before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
        lines.append(f"{escape(before)}{_OPENING[style]}{escape(body)}{_CLOSING[style]}{escape(after)}")
    return "".join(lines)


def escape(text: str) -> str:
    """Return text as Markdown that shows exactly it."""
    plain = "".join(" " if char.isspace() and char != "\n" else char for char in visible(text))
    escaped = _MARK.sub(r"\\\1", _SIGN.sub(_JOINER, plain))
    lines = [line.strip() for line in _UNSEEN_SIGN.sub(r":gray[\g<0>]", escaped).split("\n")]
    return _edges(escaped, "  \n".join(lines))


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


def _edges(before: str, after: str) -> str:
    """Keep the blank at either end, which joins a stretch to its neighbours."""
    lead = " " if before[:1] == " " and not after.startswith(" ") else ""
    tail = " " if before[-1:] == " " and after and not after.endswith(" ") else ""
    return lead + after + tail
