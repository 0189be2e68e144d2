"""The words and marks of one sentence, as the grammar of claims reads them."""

from __future__ import annotations

import re
from bisect import bisect_left

from geodata.sentences import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*+(?:-[^\W_]+)*+|[^\W_]++(?:[-’'][^\W_]++)*+|[^\w\s.]|\.(?=\s*\Z)")


class SentenceTokens:
    """The words and marks of one sentence; full stops inside it (of titles) are none."""

    __slots__ = ("end", "lower", "span", "start", "text", "word")

    def __init__(self, text: str, span: Span) -> None:
        self.text, self.span = text, span
        found = list(_TOKEN.finditer(text, *span))
        self.word = [match[0] for match in found]
        self.lower = [word.lower() for word in self.word]
        self.start = [match.start() for match in found]
        self.end = [match.end() for match in found]

    def __len__(self) -> int:
        return len(self.word)

    def at(self, position: int) -> int:
        """Return the number of the first word that begins at or after a position."""
        return bisect_left(self.start, position)

    def low(self, i: int) -> str:
        """Return word `i` in small letters, "" beyond the sentence."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def part(self, first: int, last: int) -> str:
        """Return words `first` up to `last` as written, with single blanks."""
        return " ".join(self.text[self.start[first] : self.end[last - 1]].split()) if first < last else ""
