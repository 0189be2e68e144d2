"""Find the dateline of a text: the place at its head where it was written, "GORIS, Armenia (AP) —"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.records import Toponym

HEAD = 700  # characters in which a dateline may stand: a title and a byline come before it
_BEFORE = re.compile(r"(?:(?:^|[\n\r]|\d{4}\s)[ \t]*|[.!?:\"”’)*]\s+)$")
# More of the place's address, the day, the agency, and then the dash that ends it.
_AFTER = re.compile(
    r"(?P<container>,[ ]?[A-Z][\w.\- ]{1,24})?"
    r"(?:,?[ ](?:\w{3,9}\.?[ ]\d{1,2}|\d{1,2}[ ]\w{3,9})(?:,?[ ]\d{4})?)?"
    r"(?P<agency>[ ]?\([A-Z][\w./ ]{1,24}\)|[ ]/[A-Z .]+/)?"
    r"[ ]{0,40}(?:-{1,40}|[–—\x97])\s+(?=[\"“‘']?\w)"
)


def find_dateline(text: str, toponyms: Sequence[Toponym]) -> int | None:
    """Return the number of the toponym that is the dateline's place, or None."""
    for number, toponym in enumerate(toponyms):
        if toponym.start > HEAD:
            return None
        if not _BEFORE.search(text, max(0, toponym.start - 8), toponym.start):
            continue
        after = _AFTER.match(text, toponym.end)
        # "Goris - a town in Armenia - lies ..." is none: there must be capitals, an agency, or an address.
        if after and (toponym.text.isupper() or after["agency"] or after["container"]):
            return number
    return None
