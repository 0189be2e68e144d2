"""The lists of names in a text: 'Goris, the Sotk mine and Jermuk', read item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.tokens import Tokens

_JOINS = frozenset({", ", "/", "-", "–", "—", " - ", " – ", " & "})
_AND = frozenset({"and", "or"})


class NameLists:
    """The names of one document, and the capitals that may stand in a list with them.

    `at` has for each word of a name the number of its span; `small` are the small words, which no item begins with.
    """

    def __init__(
        self, tokens: Tokens, spans: Sequence[tuple[int, int]], at: Mapping[int, int], small: Mapping[str, str]
    ) -> None:
        self._tokens, self._spans, self._at, self._small = tokens, spans, at, small

    def before(self, i: int, start: int) -> int:
        """Return the first word of the list's item that ends just before word `i`, or -1."""
        tokens, j = self._tokens, i - 1
        if j < start:
            return -1
        if tokens.folded[j] in _AND and tokens.gap[i] == " " and tokens.gap[j] in (" ", ", "):
            j -= 1
        elif tokens.gap[i] not in _JOINS:
            return -1
        if j < start:
            return -1
        if j in self._at:
            item = self._spans[self._at[j]][0]
        elif tokens.capital[j] and tokens.folded[j] not in self._small and (j > start or not tokens.opens[j]):
            item = j
            while item > start and tokens.gap[item] == " " and tokens.capital[item - 1] and j - item < 3:
                item -= 1
        else:
            return -1
        return item - 1 if item > start and tokens.gap[item] == " " and tokens.folded[item - 1] == "the" else item

    def after(self, i: int, stop: int) -> int:
        """Return the last word of the list's item that begins at word `i` after a comma or 'and', or -1."""
        tokens = self._tokens
        if i >= stop:
            return -1
        if tokens.folded[i] in _AND and tokens.gap[i] in (" ", ", "):
            i += 1
            if i >= stop or tokens.gap[i] != " ":
                return -1
        elif tokens.gap[i] not in _JOINS:
            return -1
        if tokens.folded[i] == "the" and i + 1 < stop:
            i += 1
        if i in self._at:
            return self._spans[self._at[i]][1]
        if not tokens.capital[i] or tokens.folded[i] in self._small:
            return -1
        last = i
        while last + 1 < stop and tokens.gap[last + 1] == " " and tokens.capital[last + 1] and last - i < 3:
            last += 1
        return last
