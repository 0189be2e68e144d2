"""Article text -> Markdown that shows it letter by letter, with some stretches lit or greyed.

Article text is hostile: everything that Markdown, its extensions or HTML could act on is escaped, so a passage shows as
it was written, hides nothing, and can neither load a picture nor run a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from geodata.unseen import visible as visible

Style = Literal["place", "time", "furniture"]

# Every ASCII punctuation mark may be escaped by a backslash; among them are all that mean something to Markdown.
_MARK = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit puts arrows, dashes, icons, its logo and links for these after Markdown is read, where no backslash helps; a
# joiner without width inside them does.
_SIGN = re.compile(r"(?<=[-<>=~])(?=[-<>=])|(?<=:)(?=[a-z]|//)|(?<= -)(?=- )|(?<=[wW]{3})(?=\.)|(?<=@)(?=[\w-])")
_JOINER = "\u2060"
_UNSEEN_SIGN = re.compile(r"⟨U\\\+[0-9A-F]{4,6}⟩")  # as `escape` has it
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


def _edges(before: str, after: str) -> str:
    """Keep the blank at either end, which joins a stretch to its neighbours."""
    lead = " " if before[:1] == " " and not after.startswith(" ") else ""
    tail = " " if before[-1:] == " " and after and not after.endswith(" ") else ""
    return lead + after + tail
