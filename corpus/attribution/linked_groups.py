"""Link the groups of a sentence to its verbs: who is the subject of one, who are joined by "and"."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.claim_patterns import befalls, is_people, word_set
from corpus.attribution.sentence_tokens import SentenceTokens
from corpus.attribution.victims import Group
from geodata.usage.word_lists import open_words
from geodata.words import reporting_verbs

_AND = frozenset(["and", ",", "&"])
_MARKS = frozenset([";", ":", "—", "–", "(", ")", "“", "”", '"', "."])
FAR = 30  # words between those counted and what befell them


class LinkedGroups:
    """The groups of one sentence, by where they begin and where they end; a group goes by its number."""

    def __init__(self, tokens: SentenceTokens, groups: Sequence[Group]) -> None:
        self.tokens, self.groups = tokens, groups
        self.first = {group.first: k for k, group in enumerate(groups)}
        self.last = {group.last: k for k, group in enumerate(groups)}

    def before_who(self, end: int) -> list[int]:
        """Return the group that "who" behind word `end` means: the nearest, past where it is from."""
        low = self.tokens.low
        for last in range(end, max(0, end - 8), -1):
            if last in self.last:
                return [self.last[last]]
            if low(last - 1) in _MARKS or is_verb(low(last - 1)):
                break
        return []

    def subject(self, end: int) -> list[int]:
        """Return the groups that are the subject of what begins at word `end`."""
        low = self.tokens.low
        if end in self.last:
            return self.outer(self.last[end])
        if low(end - 1) in ("and", "but", "then") and (found := self._clause(end - 2)) is not None:
            return self.outer(found)
        found = self._clause(end - 1)
        return self.outer(found) if found is not None else []

    def _clause(self, at: int) -> int | None:
        """Return the head of the clause whose words end at `at`: its first group that nothing governs."""
        low, weak, best = self.tokens.low, None, None
        floor = max(-1, at - FAR)
        while at > floor:
            if at + 1 in self.last:
                k = self.last[at + 1]
                if self._is_governed(k):
                    weak = k if weak is None else weak
                else:
                    best = k
                at = self.groups[k].first - 1
                if best is not None and low(at) not in ("and",):
                    return best
                continue
            word = low(at)
            if word == ",":
                if best is not None:
                    return best
                return self._before_aside(at)
            if word in _MARKS or (word in word_set("opens") and at not in self.last) or self._says(at):
                return best
            at -= 1
        return best

    def _says(self, at: int) -> bool:
        return self.tokens.lower[at] in reporting_verbs("say") and self.tokens.word[at].islower()

    def _before_aside(self, comma: int) -> int | None:
        """Return the group before an aside that ends at a comma: 'a constable, Ana Lopez, 34, was ...'."""
        low = self.tokens.low
        opened = (i for i in range(comma - 1, max(-1, comma - 20), -1) if low(i) == ",")
        k = next((self.last[i] for i in opened if i in self.last), None)
        if k is not None and low(self.groups[k].first - 1) == "," and self.groups[k].first - 1 in self.last:
            k = self.last[self.groups[k].first - 1]
        return k

    def _is_governed(self, k: int) -> bool:
        """Say whether a group hangs on a word before it: 'of the bus', 'carrying four passengers', 'hit a nurse'."""
        before = self.tokens.low(self.groups[k].first - 1)
        if before in ("and", "or"):
            chained = self.before(k)
            return chained is not None and self._is_governed(chained)
        if before in reporting_verbs("say"):
            return False  # "confirmed six men in the north were killed"
        return open_words().small.get(before) == "preposition" or is_verb(before)

    def outer(self, k: int) -> list[int]:
        """Return a subject and those joined to it: 'an aide to the governor' is the aide."""
        before = self.tokens.low(self.groups[k].first - 1)
        if open_words().small.get(before) == "preposition" and before != "with":
            head = self._clause(self.groups[k].first - 2)
            if head is not None and self.groups[head].last <= self.groups[k].first - 1:
                k = head
        found = [k]
        while (joined := self.before(k, listed=len(found) > 1)) is not None:
            found.append(k := joined)
            if self._is_object(k):
                return found[:1]
        return found

    def before(self, k: int, *, listed: bool = False) -> int | None:
        """Return the group that is joined to `k` from before: 'a driver and four passengers'; by a comma in a list."""
        at = self.groups[k].first
        marks = set()
        while at > 0 and self.tokens.low(at - 1) in _AND:
            at -= 1
            marks.add(self.tokens.low(at))
        return self.last.get(at) if "and" in marks or (listed and marks) else None

    def _is_object(self, k: int) -> bool:
        before = self.tokens.low(self.groups[k].first - 1)
        return before == "by" or (is_verb(before) and before not in word_set("leads"))

    def chain(self, first: int, *, whole: bool = False) -> list[int]:
        """Return the groups that are joined from word `first` on, up to one with a verb of its own."""
        found: list[int] = []
        while (k := self.first.get(first)) is not None:
            if found and not whole and self._has_verb(k):
                break
            found.append(k)
            first = self.joined(self.groups[k].last)
        return found

    def joined(self, at: int) -> int:
        """Return where one who is joined to those before word `at` may begin, -1 when none is."""
        low = self.tokens.low
        begin = at
        while low(at) in _AND:
            at += 1
        if low(at) in ("along", "together") and low(at + 1) == "with":
            return at + 2
        if low(at) == "as" and low(at + 1) == "well":
            return at + 3
        if low(at - 1) == "," and at > begin:  # "a nurse, a guard and two drivers", not "eighteen, the governor said"
            k = self.first.get(at)
            return at if k is not None and self.joined(self.groups[k].last) >= 0 else -1
        return at + (low(at) == "of") if at > begin else -1

    def _has_verb(self, k: int) -> bool:
        at = self.groups[k].last
        while is_adverb(self.tokens.low(at)):
            at += 1
        low = self.tokens.low(at)
        return open_words().small.get(low) in ("be", "have", "modal") or (low in befalls() and low not in ("dead",))


def is_adverb(low: str) -> bool:
    """Say whether a word tells how or when: "badly", "later"."""
    return (low.endswith("ly") and len(low) > 4 and not is_people(low)) or open_words().small.get(low) == "adverb"


def is_verb(low: str) -> bool:
    """Say whether a word in small letters may be a verb."""
    return low in open_words().verbs or low in befalls() or (low.endswith("ing") and len(low) > 5)
