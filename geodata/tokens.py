"""A text as a row of words, with what is asked about each again and again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, pairwise
from operator import itemgetter, not_
from typing import Any

from geodata.folding import WORD, fold

# What may stand between two words of one name. A full stop only after a short word: "St. Louis".
_JOINTS = frozenset({" ", "\u00a0", "-", "‐", "‑", "–", "\n", " \n"})
_APOSTROPHES = frozenset({"'", "’"})
_STOPS = frozenset({". ", "."})
_IN_ADDRESS = frozenset("@#/_")


LONG = 4  # letters of a word that a title begins with a capital
FEW = 3  # such words in a line: fewer may all be names
_SMALL_IN_TITLES = frozenset({"after", "amid", "from", "into", "near", "over", "than", "that", "under", "with"})
_SPLIT = re.compile(f"({WORD.pattern})")
_OPENERS = frozenset(':;\n“"»•*')


@dataclass(slots=True)
class Tokens:
    """The words of a text, as columns of equal length."""

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    folded: list[str]
    capital: list[bool]  # begins with a capital letter
    capitals: list[int]  # the words that do
    gap: list[str]  # the text before the word, back to the word before
    opens: list[bool]  # begins a sentence, a line or a quotation
    firsts: list[int]  # the first word of each sentence
    line: str  # all words folded, each followed by a space where the next may belong to one name with it, else by a tab
    at: list[int]  # where in `line` each word begins
    look: Any = None  # the second look at this text, once one was taken: finding and reading share it
    _following: dict[str, set[str]] = field(default_factory=dict)
    _titles: dict[int, bool] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.word)

    def adjacent(self, i: int) -> bool:
        """Say whether only a space stands between word `i` and the word before it."""
        return 0 < i < len(self.word) and self.gap[i] == " "

    def find(self, words: frozenset[str]) -> Iterator[int]:
        """Yield where one of these words stands, as written."""
        return compress(range(len(self.word)), map(words.__contains__, self.word))

    def written_small(self) -> set[str]:
        """Return the words without a capital, folded; in an address, a handle or a file's name that means nothing."""
        small = list(map(not_, self.capital))
        # Most gaps are one space, which no address has at either end of a word.
        for i, gap in [(i, gap) for i, gap in enumerate(self.gap) if gap != " "]:
            if gap == "." or gap[-1:] in _IN_ADDRESS:
                small[i] = False
            if i and (gap == "." or gap[:1] in _IN_ADDRESS):
                small[i - 1] = False
        return set(compress(self.folded, small))

    def in_title(self, i: int) -> bool:
        """Say whether word `i` stands in a line of capitals, "Rebels Shell Goris Market": there they mark no name."""
        number = bisect_right(self.firsts, i) - 1
        if number not in self._titles:
            first, stop = ([0, *self.firsts, len(self)][number + at] for at in (1, 2))
            long = [word for word in range(first, stop) if len(self.word[word]) >= LONG]
            marked = all(self.capital[word] or self.word[word] in _SMALL_IN_TITLES for word in long)
            self._titles[number] = marked and len(long) >= FEW
        return self._titles[number]

    def following(self, word: str) -> set[str]:
        """Return what stands behind a folded word anywhere in the text."""
        if not self._following:
            for one, other in pairwise(self.folded):
                self._following.setdefault(one, set()).add(other)
        return self._following.get(word, set())


def read_tokens(text: str, sentences: Sequence[int]) -> Tokens:
    """Split a text into words; `sentences` are where its sentences begin, in order."""
    parts = _SPLIT.split(text)  # gap, word, gap, word, ..., gap
    edges = list(accumulate(map(len, parts)))
    gap, word = parts[:-1:2], parts[1::2]
    starts = edges[:-1:2]
    firsts = sorted({i for start in sentences if (i := bisect_left(starts, start)) < len(word)})
    opens = [False] * len(word)
    for i in firsts:
        opens[i] = True
    joints = ["", *[" "] * (len(word) - 1), "\t"] if word else [""]
    # Nearly every gap is a space, so all else is asked of the few others.
    for i in [i for i, mark in enumerate(gap) if mark != " " and i]:
        opens[i] = opens[i] or _opens(gap[i])
        joints[i] = _joint(gap[i], word[i - 1], word[i])
    folded = list(map(fold, word))
    capital = list(map(str.isupper, map(itemgetter(0), word)))
    parts[::2], parts[1::2] = joints, folded
    return Tokens(
        text,
        start=starts,
        end=edges[1::2],
        word=word,
        folded=folded,
        capital=capital,
        capitals=list(compress(range(len(word)), capital)),
        gap=gap,
        opens=opens,
        firsts=firsts,
        line="".join(parts),
        at=list(accumulate(map(len, parts)))[:-1:2],
    )


def _joint(gap: str, before: str, after: str) -> str:
    if gap in _APOSTROPHES and after in ("s", "S"):
        return " "  # "Martha's Vineyard"
    return " " if gap in _JOINTS or (gap in _STOPS and len(before) <= 3) else "\t"


def _opens(gap: str) -> bool:
    """Say whether a line, a quotation or a part of a sentence begins after what stands between two words."""
    return len(gap) > 1 and not _OPENERS.isdisjoint(gap)
