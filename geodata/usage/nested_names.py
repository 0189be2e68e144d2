"""Names inside names: 'Bank of America', 'Armenian Defence Ministry', 'the 2020 Karabakh war', 'King of Spain'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geodata.recognition.lexicon import Lexicon
from geodata.tokens import Tokens
from geodata.usage.syntax import NameSyntax
from geodata.usage.word_lists import Words

LONGEST = 7  # words of a proper name to either side of the place in it
STATES = frozenset({"country", "capital", "seat", "region", "admin1", "bloc"})
_NAMED_AFTER = frozenset({"bank", "university"})  # bodies whose name ends with a place; others only lie there
_EVENTS = frozenset({"event", "document"})  # both are named for where they were
_GOVERNORS = frozenset({"governor", "governors"})
_PROVINCES = frozenset(
    {"county", "department", "governorate", "oblast", "prefecture", "province", "region", "republic", "state"}
)
_LINKS = frozenset({"of", "and", "for", "the", "on"})
_ORDINALS = frozenset({"first", "second", "third", "1st", "2nd", "3rd"})


@dataclass(frozen=True, slots=True)
class NestedName:
    """The words that a name is part of, and what they name."""

    reading: Literal["part_of_name", "office"]
    first: int  # word
    last: int
    what: Literal["body", "event", "office"]


class NestedNames:
    """The proper names of one document that hold a place name."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, words: Words) -> None:
        self.tokens, self.lexicon, self.bodies = tokens, lexicon, words.bodies
        self.small, self.verbs, self.speech = words.small, words.verbs, words.speech

    def of(self, first: int, last: int, syntax: NameSyntax, kind: str) -> NestedName | None:
        """Return what the name of words `first` to `last` is part of, or None where it stands for itself."""
        return self._ahead(first, last, syntax, kind) or self._behind(last, syntax, kind)

    def _ahead(self, first: int, last: int, syntax: NameSyntax, kind: str) -> NestedName | None:
        """Read on from the name: '[Russian] Foreign Ministry', '[Armenia]'s Defence Ministry'."""
        tokens, i = self.tokens, last + 1
        if i >= syntax.stop:
            return None
        owned = syntax.owns == "itself"
        if owned:
            i = syntax.noun if syntax.right < 0 else syntax.right
            if i < 0 or i >= syntax.stop or tokens.gap[i] != " ":
                return None
        elif tokens.gap[i] != " ":
            return self._numbered(first, last, i + 1, syntax) if tokens.gap[i] == "-" else None
        if tokens.folded[i] in _GOVERNORS and kind != "demonym":
            return NestedName("office", first, i, "office")  # no town has one
        end = self._run(i, syntax.stop)
        if end <= i:
            return None if owned else self._numbered(first, last, i, syntax)
        if self._is_office(i):
            # "Russian President Putin" keeps its demonym; "U.S. Secretary of State" is an office of the state.
            return NestedName("office", first, i, "office") if kind in STATES else None
        classes = [self._class(j, end) for j in range(i, end)]
        if tokens.gap[end : end + 1] == [" "] and end < syntax.stop and self._class(end, end + 1) in ("organ", "body"):
            if not owned and end > i:
                classes.append(self._class(end, end + 1))  # "Armenia's Defence ministry"
            elif self._class(end, end + 1) == "organ":
                classes.append("organ")
                end += 1
        if "organ" not in classes and self._is_site(end - 1, syntax):
            return None
        if "organ" in classes or (not owned and "body" in classes):
            return NestedName("part_of_name", first, end - 1, "body")
        if not owned and not _EVENTS.isdisjoint(classes):
            return NestedName("part_of_name", first, end - 1, "event")
        return None

    def _numbered(self, first: int, last: int, i: int, syntax: NameSyntax) -> NestedName | None:
        """Read '2020 Karabakh war' and 'the first Karabakh war', which are names in small letters."""
        tokens, before = self.tokens, first - 1
        if before < syntax.start or tokens.gap[first] != " ":
            return None
        word = tokens.folded[before]
        if not (word in _ORDINALS or (len(word) == 4 and word.isdigit())):
            return None
        for j in range(i, min(i + 2, syntax.stop)):
            if tokens.gap[j] != " ":
                return None
            if self.bodies.get(tokens.folded[j]) in _EVENTS:
                return NestedName("part_of_name", before, j, "event")
        return None

    def _behind(self, last: int, syntax: NameSyntax, kind: str) -> NestedName | None:
        """Read back over 'of': 'Bank of [America]', 'Presidents of [Azerbaijan] and [Turkey]'."""
        tokens, g = self.tokens, syntax.governor
        if g < 0 or tokens.folded[syntax.left] != "of" or tokens.gap[syntax.left] != " " or syntax.modifiers:
            return None
        start = g
        while start > syntax.start and g - start < LONGEST and tokens.gap[start] == " ":
            before = start - 1
            link = tokens.folded[before] in _LINKS and before > syntax.start and tokens.capital[before - 1]
            if not (tokens.capital[before] or link):
                break
            start = before
        if not tokens.capital[g]:
            return NestedName("office", g, last, "office") if self._heads(g, last, kind) else None
        for j in range(start, g + 1):  # the first such word is what the name is of: "Ministry of Justice"
            if self._class(j, g + 1) == "organ" or tokens.folded[j] in _NAMED_AFTER:
                return NestedName("part_of_name", start, last, "body")
            if self._class(j, g + 1) == "document":  # "Treaty of Versailles"; but the Battle of Kyiv was in Kyiv
                return NestedName("part_of_name", start, last, "event")
            if self._is_office(j):
                return NestedName("office", start, last, "office") if kind in STATES else None
        return None

    def _heads(self, g: int, last: int, kind: str) -> bool:
        """Say whether a noun in small letters is an office: "president of France", "head of the Tula region"."""
        word, after = self.tokens.folded[g], last + 1
        if word == "head":
            return after < len(self.tokens) and self.tokens.folded[after] in _PROVINCES
        if word in _GOVERNORS:
            return not self._is_qualified(last)
        return self.bodies.get(word) == "head" and kind in STATES

    def _is_qualified(self, last: int) -> bool:
        """Say whether a noun goes on behind a name: "the governor of [Kano] prison"."""
        i = last + 1
        if i >= len(self.tokens) or self.tokens.gap[i] != " " or self.tokens.folded[i] in _PROVINCES:
            return False
        return not (self.small.get(self.tokens.folded[i]) or self.tokens.folded[i] in self.verbs)

    def _run(self, i: int, stop: int) -> int:
        """Return the word after a run of capitals, small links included: 'Ministry of Defence'."""
        tokens, end, limit = self.tokens, i, min(stop, i + LONGEST)
        while i < limit and tokens.gap[i] in (" ", "-"):
            if tokens.capital[i]:
                if self._ends_name(i):
                    break
                end = i + 1
            elif tokens.folded[i] not in _LINKS or tokens.folded[i] in ("and", "on"):
                break
            i += 1
        return end

    def _is_site(self, i: int, syntax: NameSyntax) -> bool:
        """Say whether word `i` makes a building of a name, and it does not speak: "shells hit Goris Hospital"."""
        speaks = syntax.opens and syntax.verb >= 0 and self.tokens.folded[syntax.verb] in self.speech
        return not speaks and self.lexicon.features.get(self.tokens.folded[i], ("",))[0] == "building"

    def _ends_name(self, i: int) -> bool:
        """Say whether a capital of a title is no part of a name: "Goris Market | Hit", "Lachin Road | After Talks"."""
        word = self.tokens.folded[i]
        no_name = word in self.small or (word in self.verbs and self._class(i, i + 1) == "")
        return no_name and word not in _LINKS and self.tokens.in_title(i)

    def _is_office(self, i: int) -> bool:
        word = self.tokens.folded[i]
        if self.bodies.get(word) in ("head", "office"):
            return True
        return " ".join(self.tokens.folded[i : i + 2]) in self.lexicon.titles or word in self.lexicon.titles

    def _class(self, i: int, stop: int) -> str:
        word = self.tokens.folded[i]
        if found := self.bodies.get(word):
            return found
        known = self.lexicon.organisations
        return "body" if word in known or (i + 1 < stop and f"{word} {self.tokens.folded[i + 1]}" in known) else ""
