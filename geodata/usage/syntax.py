"""Where a place name stands in its sentence: after which preposition or verb, before which verb or noun, in which list.

No parser: a name's list, preposition and verb are found by walking over small words, which are few and known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from geodata.tokens import Tokens
from geodata.usage.name_lists import NameLists
from geodata.usage.word_lists import Words

FARTHEST = 40  # words: how far a sentence is followed to either side of a name
REACH = 12  # words: how far behind a name its verb is looked for
LONGEST_LIST = 8  # names
HYPHENS = frozenset({"-", "–", "‑"})
_APOSTROPHES = frozenset({"'", "’"})
_PLAIN = frozenset({" ", "\n", "\u00a0", " \n"})
_ENDS = frozenset(";•*\n")
_AUXILIARY = frozenset({"be", "have", "modal"})
_BOTH = frozenset({"after", "before", "since", "until", "than", "like", "but"})  # preposition or conjunction
_LEFT_MARKS = "(\"“'‘:—–-,."
_RIGHT_MARKS = '().,:;—–-"”/'


@dataclass(slots=True)
class NameSyntax:
    """What stands around a name; the numbers are of words, -1 where there is none."""

    start: int  # the sentence: its first word
    stop: int  # and the word after its last
    items: int = 1  # names in the list it is part of
    before_it: int = 0  # of these, how many stand before it
    the: bool = False
    modifiers: tuple[str, ...] = ()  # "southern", "neighbouring"
    opens: bool = False  # nothing on its left governs it: it may be a subject
    opens_sentence: bool = False
    left_mark: str = ""
    left: int = -1  # the word that governs it from the left: a preposition, a verb, a conjunction
    left_class: str = ""
    governor: int = -1  # the word before the preposition: "border [with]", "said [in]"
    ends_sentence: bool = False
    right: int = -1  # the word after it, its list and its possessive ending
    right_mark: str = ""
    dateline: bool = False  # "YEREVAN (AP) —", "Armenia - The president speaks"
    owns: str = ""  # "itself", or "list": "Armenia's", "Armenia and Turkey's"
    hyphened: bool = False
    noun: int = -1  # the head of what it owns or qualifies: "Armenia's volatile border", "Beirut press"
    actors: int = -1  # those of that noun who act for a state: "U.S. officials"
    verb: int = -1  # the verb after it, or the noun that it is said to be
    auxiliary: str = ""
    verb_class: str = ""  # verb, passive, copula ("is a town"), placed ("is in contact")


class TextSyntax:
    """The words of one document, and the names among them."""

    def __init__(self, tokens: Tokens, spans: Sequence[tuple[int, int]], words: Words) -> None:
        self.tokens, self.spans, self.words = tokens, spans, words
        self.at = {i: number for number, (first, last) in enumerate(spans) for i in range(first, last + 1)}
        self._lists = NameLists(tokens, spans, self.at, words.small)
        # Where a sentence, a heading or an item of a list begins.
        items = [i for i in compress(range(len(tokens)), tokens.opens) if not _ENDS.isdisjoint(tokens.gap[i])]
        self._starts = sorted({0, *tokens.firsts, *items, len(tokens)})
        self._sentence = 0

    def of(self, number: int) -> NameSyntax:
        """Return what stands around name `number`; names are asked for in order."""
        first, last = self.spans[number]
        if self._starts[self._sentence] > first:
            self._sentence = 0
        while self._starts[self._sentence + 1] <= first:
            self._sentence += 1
        start = max(self._starts[self._sentence], first - FARTHEST)
        stop = max(last + 1, min(self._starts[self._sentence + 1], last + FARTHEST))
        syntax = NameSyntax(start, stop)
        tokens = self.tokens
        if first > start and tokens.gap[first] == " " and tokens.folded[first - 1] == "the":
            syntax.the = True
            first -= 1
        if not self._opens_clause(first, last, start, stop):
            while syntax.items < LONGEST_LIST and (item := self._lists.before(first, start)) >= 0:
                first, syntax.items = item, syntax.items + 1
        syntax.before_it = syntax.items - 1
        end = last
        while syntax.items < LONGEST_LIST and (item := self._lists.after(end + 1, stop)) >= 0:
            end, syntax.items = item, syntax.items + 1
        self._look_left(syntax, first)
        if syntax.left_class == "preposition" and tokens.folded[syntax.left] in _BOTH and self._acts(end + 1, stop):
            syntax.left_class, syntax.governor, syntax.opens = "conjunction", -1, True
        syntax.dateline = self._is_dateline(syntax, last)
        self._look_right(syntax, last, end)
        return syntax

    def _is_plain(self, i: int) -> bool:
        return self.tokens.gap[i] in _PLAIN

    def _class(self, i: int) -> str:
        return self.words.small.get(self.tokens.folded[i], "")

    # ---- to the left

    def _look_left(self, syntax: NameSyntax, first: int) -> None:
        tokens, start, j = self.tokens, syntax.start, first - 1
        modifiers = []
        while True:
            if j < start:
                syntax.opens = syntax.opens_sentence = True
                break
            if not self._is_plain(j + 1):
                gap = tokens.gap[j + 1]
                syntax.left_mark = next((mark for mark in _LEFT_MARKS if mark in gap), "other")
                syntax.opens = syntax.left_mark not in "(-"
                break
            word, kind = tokens.folded[j], self._class(j)
            if kind == "modifier" or word.endswith("ern"):
                modifiers.append(word)
            elif kind not in ("determiner", "number"):
                syntax.left, syntax.left_class = j, kind
                break
            j -= 1
        syntax.modifiers = tuple(modifiers)
        after_speech = syntax.left >= 0 and tokens.folded[syntax.left] in self.words.speech
        if after_speech or syntax.left_class in ("conjunction", "relative", "adverb"):
            syntax.opens = True
        elif syntax.left_class == "preposition":
            j -= 1
            while j > start and self._class(j) == "adverb" and self._is_plain(j + 1):
                j -= 1
            syntax.governor = max(j, -1) if j >= start else -1

    def _opens_clause(self, first: int, last: int, start: int, stop: int) -> bool:
        """Tell "stormed a hotel in Gwadar, and [Islamabad] vowed" from a list: "Lima, Cusco, and Puno said"."""
        tokens, link = self.tokens, first - 1
        if link <= start or tokens.folded[link] not in ("and", "but") or not tokens.gap[link].startswith(","):
            return False
        if not self._acts(last + 1, stop) and not (last + 1 < stop and tokens.folded[last + 1].endswith("ed")):
            return False
        told = (word for word in tokens.folded[start:link] if not self.words.small.get(word))
        return any(word.endswith("ed") or (word in self.words.verbs and not word.endswith("s")) for word in told)

    def _acts(self, i: int, stop: int) -> bool:
        """Say whether word `i` is a verb right after a name: 'after [Yerevan] reported'."""
        if i >= stop or self.tokens.gap[i] != " ":
            return False
        return self._class(i) in _AUXILIARY or self.tokens.folded[i] in self.words.verbs

    # ---- to the right

    def _is_dateline(self, syntax: NameSyntax, last: int) -> bool:
        tokens, first = self.tokens, syntax.start
        if not syntax.opens_sentence or syntax.the or last + 1 >= len(tokens) or syntax.before_it:
            return False
        if tokens.word[first].isupper() and len(tokens.word[first]) > 1:
            marks = tokens.gap[last + 1 : last + 9]
            shouted = all(word.isupper() for word in tokens.word[first : min(syntax.stop, last + 6)])
            return not shouted and tokens.gap[last + 1] != " " and any(_is_dash(mark) for mark in marks)
        if last + 1 >= syntax.stop or not _is_dash(tokens.gap[last + 1]):
            return False
        return any(
            self._class(i) in ("be", "modal") or tokens.folded[i] in self.words.verbs
            for i in range(last + 2, min(syntax.stop, last + 26))
        )

    def _after_possessive(self, i: int) -> int:
        """Return the word after the possessive ending that word `i` is or that stands before it, or 0."""
        tokens = self.tokens
        if tokens.folded[i] == "s" and tokens.gap[i] in _APOSTROPHES:
            return i + 1
        return i if tokens.gap[i] in ("' ", "’ ") and tokens.folded[i - 1].endswith("s") else 0

    def _look_right(self, syntax: NameSyntax, last: int, end: int) -> None:
        tokens, stop, i = self.tokens, syntax.stop, last + 1
        for owner, i in (("itself", last + 1), ("list", end + 1)):
            if i >= stop:
                syntax.ends_sentence = True
                return
            if noun := self._after_possessive(i):
                syntax.owns = owner
                if noun < stop:
                    syntax.right, syntax.noun = noun, self.head(noun, stop)
                return
            if end == last:
                break
        if tokens.gap[i] in HYPHENS:
            syntax.right, syntax.hyphened = i, True
            return
        syntax.right = i
        if not self._is_plain(i):
            gap = tokens.gap[i]
            syntax.right_mark = next((mark for mark in _RIGHT_MARKS if mark in gap), "other")
        elif self._class(i) == "" and not tokens.folded[i][0].isdigit():
            syntax.actors = self._actors(i, stop)
            if syntax.actors >= 0 or not syntax.opens:
                syntax.noun = self.head(i, stop) if syntax.actors < 0 else syntax.actors
            if syntax.opens and syntax.noun >= 0:
                return  # the verb is theirs
        if syntax.opens or syntax.left_class != "preposition":
            self._find_verb(syntax, i)

    def head(self, i: int, stop: int) -> int:
        """Return the last noun of the phrase that begins at word `i`: 'border' of 'volatile border with'."""
        tokens, last = self.tokens, i
        while last + 1 < stop and last - i < 4 and tokens.gap[last + 1] == " ":
            if self._class(last + 1) not in ("", "modifier") or tokens.folded[last + 1].endswith("ed"):
                break
            last += 1
        return last

    def _actors(self, i: int, stop: int) -> int:
        """Return who acts in a phrase that begins with a name: '[U.S.] military officials said'; -1 where none does."""
        tokens, words = self.tokens, self.words
        for j in range(i, min(i + 3, stop)):
            if tokens.gap[j] != " " or tokens.capital[j] or self._class(j) not in ("", "modifier"):
                return -1
            if tokens.folded[j] in words.actors:
                # "[Iran] forces a vote" begins with a verb
                return -1 if tokens.folded[j] in words.verbs and j == i and not self._acts(j + 1, stop) else j
            if tokens.folded[j] in words.verbs:
                return -1  # "[Moscow] avoided military help"
        return -1

    def _find_verb(self, syntax: NameSyntax, i: int) -> None:
        """Find the verb of a name that may be a subject, over a parenthesis, a phrase or adverbs."""
        limit = min(syntax.stop, i + REACH)
        i = self._verb_group(i, limit)
        if i >= limit:
            return
        auxiliaries: list[str] = []
        while (kind := self._class(i)) in _AUXILIARY or (auxiliaries and kind == "adverb"):
            if i + 1 >= syntax.stop or not self._is_plain(i + 1):
                break
            if kind != "adverb":
                auxiliaries.append(kind)
            i += 1
        syntax.auxiliary = " ".join(auxiliaries)
        is_said_to_be = auxiliaries[-1:] == ["be"] and self._find_predicate(syntax, i, kind)
        if not is_said_to_be and kind in ("", "modifier"):
            syntax.verb, syntax.verb_class = i, "verb"

    def _verb_group(self, i: int, limit: int) -> int:
        """Return where the verb and its auxiliaries may begin that follow a name; `limit` where none do."""
        tokens, gap = self.tokens, self.tokens.gap[i]
        if "(" in gap:
            while i < limit and ")" not in tokens.gap[i]:
                i += 1
        elif "," in gap:
            i += 1
            while i < limit and "," not in tokens.gap[i]:
                i += 1
        elif not self._is_plain(i):
            return limit
        if i < limit and (
            self._class(i) in ("preposition", "relative")
            or (not self._class(i) and tokens.capital[i] and not tokens.word[i].isupper())
        ):
            i += 1
            while i < limit and not (self._class(i) in _AUXILIARY or tokens.folded[i] in self.words.verbs):
                i += 1
        while i < limit and self._class(i) == "adverb":
            i += 1
        return i

    def _find_predicate(self, syntax: NameSyntax, i: int, kind: str) -> bool:
        """Find what a name is said to be or what is done to it: 'is [a town]', 'is in [contact]', 'was [attacked]'."""
        word, last = self.tokens.folded[i], syntax.stop - 1
        if kind in ("determiner", "number"):
            syntax.verb, syntax.verb_class = self.head(min(i + 1, last), syntax.stop), "copula"
        elif kind == "preposition":
            noun = i + 2 if i < last and self._class(i + 1) == "determiner" else i + 1
            syntax.verb, syntax.verb_class = self.head(min(noun, last), syntax.stop), "placed"
        elif word in self.words.verbs or word.endswith("en"):
            syntax.verb, syntax.verb_class = i, "passive"
        else:
            return False
        return True


def _is_dash(gap: str) -> bool:
    """Say whether a dash stands between two words, and not a hyphen."""
    return gap.strip(") ") in ("-", "–", "—", "--") and gap[-1:] in (" ", "—") and len(gap) > 1
