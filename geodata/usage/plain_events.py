"""Verbs that no list of events has and that tell of something done at a place all the same: "cranes [tipped] in Lyon".

Lists never end; the shape of a clause tells as much. A verb counts where it stands in the past or is still going on,
is none of saying, thinking or lasting ("lived", "based"), and a place is told behind it, in front of its sentence or
of who does it. Whatever leaves a doubt leaves the place as one that is named only.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from geodata.recognition.lexicon import WORDS
from geodata.tables import read_lines
from geodata.tokens import Tokens
from geodata.usage.event_shapes import Name
from geodata.usage.event_words import event_kinds
from geodata.usage.word_lists import Words, open_words

KIND = "other"  # than those of geodata/data/words/event_words.csv
_PLACING = frozenset({"in", "at", "near", "outside", "off", "inside", "around", "over", "across", "through", "above"})
_PLACING |= {"throughout", "beneath", "below", "beside", "opposite"}
_PLAIN = frozenset({" ", "\n", "'", "’", "-", ",", "."})  # in a clause: "the mayor's 10,000 oaks"
_BREAKS = frozenset({"that", "which", "who", "where", "whose", "since", "after", "before", "when", "while", "because"})
_BREAKS |= {"if", "although", "though", "whether", "unless", "until", "as", "like", "despite", "following"}
# Behind these a place belongs to a noun: "hit a man [from] a street in Lyon", "protested against a mine in Lyon".
_NOUNS_OWN = frozenset({"from", "about", "against", "between", "for"})
_LASTS = frozenset({"minutes", "hours", "days", "nights", "weeks", "months", "years", "time"})  # "for four days"
_PEOPLE = frozenset({"man", "men", "woman", "women", "boy", "boys", "girl", "girls", "people", "child", "children"})
_UNREAL = frozenset({"could", "would", "might", "may", "should", "must"})
_NOT = frozenset({"not", "never", "no", "cannot", "nor"})
_BE = frozenset({"was", "were", "is", "are", "been", "being"})
_OF_NOUNS = frozenset({"determiner", "preposition", "modifier", "number", "modal"})  # before "armed [men]"
_GOES_ON = frozenset({"determiner", "preposition", "adverb", "pronoun", "conjunction"})
_CRAFTED = frozenset({"made", "produced", "manufactured", "built", "sold", "grown", "printed"})  # "cars made in Lyon"
_CRAFTED |= {"cast", "forged", "woven", "minted", "assembled", "brewed", "moulded", "molded"}
# Of saying, and yet of something seen there: "two cases were [reported] in Lyon".
_SEEN = frozenset({"reported", "confirmed", "documented", "declared", "announced"})
_LEAD = 7  # words of "in a hotel in the western town of"
_REACH = 14  # words between a verb and its place
_LONG = 5  # letters of a word in "-ed" that may be a verb: "seed"


def plain_events(
    tokens: Tokens, names: Sequence[Name], first: int, end: int, settled: Container[int]
) -> Iterator[tuple[int, int]]:
    """Yield the verb of each name of a sentence where something was done, and the name: words from `first` to `end`.

    Verbs that are `settled` have their places.
    """
    inside = frozenset(i for name in names for i in range(name.first, name.last + 1))
    clauses = _Clauses(tokens, first, end, inside, open_words())
    for k, name in enumerate(names):
        if name.reading != "literal":
            continue
        at = clauses.placed_by(name)
        if at - 1 in inside:
            continue  # "Tours in France": of what is told in front of it
        verb = clauses.verb_of(name, at) if at >= 0 else -1
        verb = clauses.verb_where(name) if verb < 0 else verb
        if verb >= 0 and verb not in settled:
            yield verb, k


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The words of a sentence, and which of them are of names."""

    tokens: Tokens
    first: int
    end: int
    inside: frozenset[int]
    words: Words

    def placed_by(self, name: Name) -> int:
        """Return the preposition that puts something at a name: "[in] the old town of Lyon", or -1."""
        folded, words = self.tokens.folded, self.words
        for i in range(name.first - 1, max(self.first, name.first - _LEAD) - 1, -1):
            if self.tokens.gap[i + 1] not in _PLAIN:
                return -1
            if folded[i] in _PLACING or (folded[i] == "on" and not words.land.isdisjoint(folded[i + 1 : name.first])):
                return i
            if folded[i] == "of" and i and folded[i - 1] in words.land:
                continue
            if "of" in folded[i + 1 : name.first] and self._is_done(i, self.first):
                return i + 1  # "crowds thronged [the] main square of Lyon"
            if self.small(i) not in ("", "determiner", "modifier", "number") or folded[i] in words.verbs:
                return -1
        return -1

    def verb_of(self, name: Name, at: int) -> int:
        """Return the verb of a place that the preposition `at` puts behind or in front of it, or -1."""
        start = max(self.first, at - _REACH)
        before = self.tokens.folded[at - 1] if at > self.first else ""
        if before in ("than", "unlike", "one", "that", "those") or before in self.words.actors:
            return -1  # "more than in Lyon", "officials in Lyon": where they sit
        for i in range(at - 1, start - 1, -1):
            if self.tokens.gap[i + 1] not in _PLAIN or self.tokens.folded[i] in _BREAKS:
                return self._verb_behind(name, i + 1, at)
            if self._is_done(i, self.first) and not (i + 1 == at and self.tokens.folded[i] in _CRAFTED):
                return i
            if self._bars(i):
                return -1
        return self._verb_behind(name, start, at) if start == self.first else -1

    def verb_where(self, name: Name) -> int:
        """Return the verb of what is told of a place behind it: "in Lyon, where bells [rang]", or -1."""
        start = name.last + 2
        lasts = self.tokens.folded[max(self.first, name.first - 2)] in _lasting()
        if start >= self.end or self.tokens.folded[start - 1] != "where" or lasts:
            return -1  # "was raised in Lyon, where bells rang"
        for i in range(start, min(self.end, start + _REACH)):
            if self.tokens.gap[i] not in _PLAIN or self.tokens.folded[i] in _BREAKS:
                return -1
            if self._is_done(i, start):
                return i
            if self._bars(i):
                return -1
        return -1

    def _verb_behind(self, name: Name, start: int, at: int) -> int:
        """Return the verb behind a place: "in Lyon, last week, bells [rang]", "dockers in Lyon [walked] out"."""
        folded = self.tokens.folded
        if not self.words.actors.isdisjoint(folded[start:at]):
            return -1  # "officials in Lyon": where they sit
        fronted = at == start or (at == start + 1 and folded[start] in ("and", "but"))
        for i in range(name.last + 1, min(self.end, name.last + _REACH)):
            comma = self.tokens.gap[i] == ", " and (i in self.inside or (fronted and i == name.last + 1))
            if (self.tokens.gap[i] not in _PLAIN and not comma) or folded[i] in _BREAKS or folded[i] in _NOT:
                return -1
            if self._is_done(i, name.last):
                return i
            helps = self.small(i) in ("be", "have")
            if not (fronted or helps or i in self.inside or self.small(i) in ("adverb", "conjunction")):
                return -1
            if folded[i] in self.words.verbs and not helps:
                return -1
        return -1

    def _is_done(self, i: int, first: int) -> bool:
        """Say whether a word is a verb of something done: "unearthed", "were ringing", no "unnamed [man]"."""
        word, before = self.tokens.folded[i], self.tokens.folded[i - 1] if i > first else ""
        if self.tokens.capital[i] or word in _lasting() or self.small(i):
            return False
        kind = "adverb" if before.endswith("ly") else self.words.small.get(before, "")
        helped = before in _BE or (kind == "adverb" and i - 2 >= first and self.tokens.folded[i - 2] in _BE)
        if word in self.words.speech:
            return helped and word in _SEEN
        if word.endswith("ing"):
            return helped and word[:-3] + "ed" not in _lasting()
        past = (word in self.words.verbs and not word.endswith("s")) or (word.endswith("ed") and len(word) >= _LONG)
        if not past or i == first or self.tokens.gap[i] not in _PLAIN or kind in _OF_NOUNS or before in _NOT:
            return False
        if any(self.tokens.word[j] in _UNREAL for j in range(max(first, i - 3), i)):
            return False
        # "a newly opened [school]", but "was newly opened" and "newly opened in"
        return kind != "adverb" or helped or (i + 1 < self.end and self.small(i + 1) in _GOES_ON)

    def _bars(self, i: int) -> bool:
        """Say whether a word before a place says that nothing was done there, or nothing that this verb tells."""
        word, behind = self.tokens.folded[i], self.tokens.folded[i + 1 : i + 4]
        if word == "for" and not _LASTS.isdisjoint(behind):
            return False
        if word == "from" and (i + 1 in self.inside or self.tokens.folded[i - 1] not in _persons()):
            return False  # "a man from Tours", "fell from a roof"; but "a man from a street in Lyon"
        if word == "by" and behind[0] in ("a", "an"):
            return True  # "given by a firm in Lyon"
        if word in _NOUNS_OWN or word in _NOT or self.small(i) == "modal" or word in self.words.speech:
            return True
        if word == "to":  # "agreed to build in Lyon", but "went to a fair in Lyon"
            return not (self.tokens.capital[i + 1] or self.small(i + 1) or behind[0][:1].isdigit())
        if self.small(i - 1) in ("determiner", "preposition", "modifier"):
            return False  # "behind closed [doors]"
        lasts = word in _lasting() or word in _CRAFTED or word in event_kinds()
        return lasts or (word in self.words.verbs and not word.endswith("s"))

    def small(self, i: int) -> str:
        """Return the class of a small word, "" of any other."""
        return self.words.small.get(self.tokens.folded[i], "")


@cache
def _lasting() -> frozenset[str]:
    return frozenset(read_lines(WORDS / "lasting_verbs.txt"))


@cache
def _persons() -> frozenset[str]:
    return frozenset(read_lines(WORDS / "persons.txt")) | _PEOPLE
