"""A text as a row of words, with what is asked about each again and again."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.names import fold, words

# What may stand between two words of one name. A full stop only after a short word: "St. Louis".
_JOINTS = frozenset({" ", "\u00a0", "-", "‐", "‑", "–", "\n", " \n"})
_STOPS = frozenset({". ", "."})


@dataclass(slots=True)
class Tokens:
    """The words of a text, as columns of equal length."""

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)  # begins with a capital letter
    gap: list[str] = field(default_factory=list)  # the text before the word, back to the word before
    opens: list[bool] = field(default_factory=list)  # begins a sentence, a line or a quotation

    def __len__(self) -> int:
        return len(self.word)

    def joins(self, i: int) -> bool:
        """Say whether word `i` may belong to one name with the word before it."""
        gap = self.gap[i]
        return gap in _JOINTS or (gap in _STOPS and len(self.word[i - 1]) <= 3)

    def adjacent(self, i: int) -> bool:
        """Say whether only a space stands between word `i` and the word before it."""
        return 0 < i < len(self.word) and self.gap[i] == " "


def read_tokens(text: str) -> Tokens:
    """Split a text into words."""
    tokens = Tokens(text)
    last = 0
    for match in words(text):
        start, end = match.span()
        word = match[0]
        gap = text[last:start]
        tokens.start.append(start)
        tokens.end.append(end)
        tokens.word.append(word)
        tokens.folded.append(fold(word))
        tokens.capital.append(word[0].isupper())
        tokens.gap.append(gap)
        before = tokens.word[-2] if len(tokens.word) > 1 else ""
        abbreviated = gap == ". " and before[:1].isupper() and len(before) <= 4  # "Mr. Jordan", "Gen. Shaw"
        tokens.opens.append(last == 0 or (len(gap) > 1 and not abbreviated and _opens(gap)))
        last = end
    return tokens


def _opens(gap: str) -> bool:
    return any(mark in gap for mark in '.!?:;\n“"»•*')
