"""Say what befell whom in a sentence: its verbs and nouns of harm, and those they are told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.attribution.claim_patterns import around, befalls, link_words, phrases, word_set
from corpus.attribution.linked_groups import LinkedGroups, is_adverb
from corpus.attribution.sentence_tokens import SentenceTokens
from corpus.attribution.victims import Group
from geodata.usage.word_lists import open_words

_SELVES = frozenset(["himself", "herself", "themselves"])
_ADMITTING = frozenset({"admitted", "admits", "admitting", "confessed", "confesses", "confessing"})
_THEM = frozenset(["him", "her", "them"])
_COUNTED = frozenset(["killed", "wounded", "casualties", "captured", "arrested", "missing", "trapped", "hospitalised"])
_QUOTES = frozenset(["“", "”", '"'])
_AMONG = frozenset(["among", "the", "those", "one", "of", "many", "several"])
_LOOSE = frozenset(["for", "about", "by", "after", "over", "against"])
_GUESSED = frozenset(["presumed", "feared", "believed", "thought"])
_LESS = frozenset(["wounded", "hospitalised", "captured", "trapped", "arrested"])


class Harm:
    """The groups of one sentence and what befell each."""

    def __init__(self, tokens: SentenceTokens, groups: Sequence[Group]) -> None:
        self.tokens, self.linked = tokens, LinkedGroups(tokens, groups)
        self.what: dict[int, str] = {}  # of each group, by its number

    def read(self) -> dict[int, str]:
        """Return what befell each group, by the group's number."""
        tokens = self.tokens
        taken: set[int] = set()
        for match in phrases().finditer(tokens.text, *tokens.span):
            first, last = tokens.at(match.start()), tokens.at(match.end())
            if match.lastgroup:
                self._phrase(first, last, match.lastgroup)
            taken.update(range(first, last))
        for k, group in enumerate(self.linked.groups):
            self._around(k, group)
        for i, low in enumerate(tokens.lower):
            if low in link_words("of") and tokens.low(i + 1) == "of":
                self._of(i, link_words("of")[low])
            elif low in link_words("of") and tokens.low(i - 1) == "whose":
                at = i - 1 - (tokens.low(i - 2) == ",")
                self._tell([self.linked.last[at]] if at in self.linked.last else [], link_words("of")[low])
            if low in link_words("among"):
                self._among(i, link_words("among")[low])
            if i not in taken and low in befalls():
                self._verb(i, befalls()[low])
        for k, group in enumerate(self.linked.groups):
            if group.told and self._is_told(group):
                self._tell([k], group.told)
            if k not in self.what:
                self._badly(k, group)
                self._part(k)
                self._is_among(k)
        return {k: what for k, what in self.what.items() if self.linked.groups[k].number or what in _COUNTED}

    def _tell(self, groups: Sequence[int], what: str) -> None:
        for k in groups:
            if what == "killed" and self.what.get(k) in _LESS:
                self.what[k] = what  # "was shot in the leg and died"
            self.what.setdefault(k, what)

    def _phrase(self, first: int, last: int, what: str) -> None:
        """Read several words: of those before them ("lost their lives") or of those behind ("shot dead three men")."""
        before = first - 1
        while is_adverb(self.tokens.low(before)):
            before -= 1
        if last in self.linked.first and self.tokens.low(before) not in word_set("be"):
            self._done(first, last, what)
        else:
            self._suffered(first, what)

    def _suffered(self, verb: int, what: str) -> None:
        """Tell of the subject of a verb or phrase: 'a nurse was killed', 'two men lost their lives'."""
        low = self.tokens.low
        at = verb - 1
        passed: list[str] = []
        while (
            at >= 0
            and at + 1 not in self.linked.last
            and (low(at) in word_set("between") or low(at) in _QUOTES or is_adverb(low(at)))
        ):
            passed.append(low(at))
            at -= 1
        if "who" in passed and low(at) == ",":
            at -= 1
        if low(at).endswith(("n't", "n’t")) or low(at) in ("no", "none", "nobody"):
            return
        guessed = low(at) == "," and bool(passed) and passed[-1] in _GUESSED  # "is missing, presumed drowned"
        at -= guessed
        found = self.linked.before_who(at + 1) if "who" in passed else self.linked.subject(at + 1)
        if low(verb + 1) in ("along", "together") and low(verb + 2) == "with" and self._is_real(passed, at):
            self._tell(self.linked.chain(verb + 3), what)  # "he was arrested along with two others"
        if not found or not self._is_real(passed, at) or (guessed and any(k in self.what for k in found)):
            return
        self._tell(found, what)

    def _is_real(self, passed: Sequence[str], at: int) -> bool:
        words = {*passed, *([self.tokens.low(at)] if at >= 0 and at + 1 not in self.linked.last else [])}
        if words & {"not", "never", "nearly", "almost", "if", "cannot", "could", "would", "should"}:
            return False
        if words & {"can", "will"} and "have" not in words:
            return False
        return not words & {"may", "might"} or bool(words & {"have", "be"})

    def _verb(self, i: int, what: str) -> None:
        """Read one word that says what befalls those before it, or those behind it."""
        low, word = self.tokens.low, self.tokens.lower[i]
        before = i - 1
        while (
            is_adverb(low(before))
            or low(before) in _QUOTES
            or (low(before) in ("and", "or") and low(before - 1).endswith("ed"))
        ):
            before -= 1 + (low(before) in ("and", "or"))
        passive = low(before) in word_set("be") and not word.endswith("ing")
        acts = word in link_words("before")
        if acts and not passive:
            at = self._object(i)
            if at in self.linked.first or low(at) in _SELVES or self._is_pronoun(i, at) or word.endswith("ing"):
                self._done(i, at, what)
                return
            if word not in word_set("plain") and self._has_other_object(at):
                return
        if word in link_words("after") or word not in word_set("needing"):
            self._bears(i, what, passive)

    def _bears(self, i: int, what: str, passive: bool) -> None:
        word, low = self.tokens.lower[i], self.tokens.low
        if word == "taken" and low(i + 1) not in ("prisoner", "hostage", "captive"):
            return
        if not passive and word not in word_set("plain"):
            at = i
            while at > 0 and at not in self.linked.last and is_adverb(low(at - 1)):
                at -= 1
            while low(at - 1) in _AMONG:
                at -= 1
            joined = low(at - 1) in word_set("between") - {"have", "has", "had"} or low(at - 1) in ("and", "or")
            if at not in self.linked.last and not joined:
                return
        if not passive and i in self.linked.last and self._stands_for_itself(self.linked.last[i]):
            self._tell([self.linked.last[i]], what)  # "the search for a yachtsman missing since Saturday"
            return
        self._suffered(i, what)

    def _stands_for_itself(self, k: int) -> bool:
        """Say whether those before a participle alone bear it: 'the search for a man missing'."""
        before = self.tokens.low(self.linked.groups[k].first - 1)
        return before in _LOOSE or (before == "of" and self.linked.groups[k].number is not None)

    def _object(self, i: int) -> int:
        """Return where the object of a verb may begin: past 'and injured', 'off', 'the lives of', 'dead'."""
        low, at = self.tokens.low, i + 1
        if low(at) in ("and", "or") and low(at + 1) in befalls():
            at += 2
        for words in (("off",), ("the", "lives", "of"), ("the", "life", "of"), ("along", "with"), ("together", "with")):
            if tuple(low(at + n) for n in range(len(words))) == words:
                at += len(words)
        return at + (low(at) in ("“", '"'))

    def _has_other_object(self, at: int) -> bool:
        low = self.tokens.low(at)
        small = open_words().small.get(low)
        return (
            small in ("determiner", "number")
            or low in ("him", "it", "his", "its", "their")
            or (at < len(self.tokens) and self.tokens.word[at][0].isupper() and low not in word_set("calendar"))
            or low.isdigit()
        )

    def _done(self, i: int, at: int, what: str) -> None:
        """Tell of the object of a verb: 'killed at least 12 people and a guard', 'killing him'."""
        low = self.tokens.low
        if self._is_unreal(i):
            return
        if low(at) in _SELVES:
            at += 2 if low(at + 1) == "and" else 1
        elif self._is_pronoun(i, at):
            nearest = [k for k, group in enumerate(self.linked.groups) if group.last <= i]
            counted = [k for k in nearest if (self.linked.groups[k].number is not None) == (low(at) == "them")]
            self._tell(counted[-1:], what)
            at += 2 if low(at + 1) == "and" else 1
        found = self.linked.chain(at)
        if self.tokens.lower[i] in word_set("needing"):
            wanted = word_set("lives" if self.tokens.lower[i].startswith("claim") else "troops")
            found = [k for k in found if not wanted.isdisjoint(self.linked.groups[k].whom.lower().split())]
        self._tell(found, what)

    def _is_pronoun(self, i: int, at: int) -> bool:
        """Say whether the object of verb `i` is told of before: 'killing her', not 'lost her job'."""
        if self.tokens.low(at) not in _THEM or at in self.linked.first or self.tokens.lower[i] in word_set("needing"):
            return False
        behind = self.tokens.low(at + 1)
        small = not behind.isalpha() or behind in open_words().small or behind in word_set("ends")
        return self.tokens.low(at) != "her" or small

    def _is_unreal(self, i: int) -> bool:
        low = self.tokens.low
        at = i - 1
        while is_adverb(low(at)) and low(at) not in word_set("unreal"):
            at -= 1
        if low(at) in ("have", "been"):
            at -= 1
            return low(at) in word_set("unreal") - {"to", "may", "might"}
        if low(at) == "to" and low(at - 1) in _ADMITTING and low(i).endswith("ing"):
            return False  # "admitted to losing four men"
        return low(at) in word_set("unreal") or low(at).endswith(("n't", "n’t"))

    def _of(self, i: int, what: str) -> None:
        """Tell of those behind a noun: 'the deaths of 12 people', 'the killing of a nurse'."""
        low, word = self.tokens.low, self.tokens.lower[i]
        if word in ("lives", "life") and not any(low(i - n) in _TAKING for n in (1, 2, 3)):
            return
        at = i + 2
        while low(at) in ("all", "of") and at not in self.linked.first:
            at += 1
        found = self.linked.chain(at, whole=True)  # "the bodies of a woman and two children were found"
        if word == "loss":
            found = [k for k in found if not word_set("troops").isdisjoint(self.linked.groups[k].whom.lower().split())]
        self._tell(found, what)

    def _among(self, i: int, what: str) -> None:
        """Tell of those whom a noun is said of: 'among the dead was a nurse', 'the wounded included two nuns'."""
        low = self.tokens.low
        if low(i - 1) not in ("the", "those", "only", "first", "latest", "other"):
            return
        for at in range(i + 1, i + 9):
            if low(at) in ("was", "were", "is", "are", "include", "includes", "included", "including"):
                self._tell(self.linked.chain(at + 1), what)
                return
            if not low(at) or not low(at)[0].isalnum():
                return

    def _around(self, k: int, group: Group) -> None:
        """Tell of those between a verb and its other half: 'took 15 soldiers prisoner'."""
        before = self.tokens.low(group.first - 1)
        if before in _TAKING and group.whom.endswith("lives"):
            self._tell([k], "killed")
        for what, verbs, tail in around():
            if before in verbs and tail.match(self.tokens.text, self.tokens.end[group.last - 1], self.tokens.span[1]):
                self._tell([k, *self._joined_to(k)], what)

    def _joined_to(self, k: int) -> Iterator[int]:
        while (before := self.linked.before(k)) is not None:
            yield (k := before)

    def _is_told(self, group: Group) -> bool:
        """Say whether a noun alone tells: bodies that are found, prisoners that are not freed."""
        low = self.tokens.low
        if low(group.last - 1) in ("bodies", "corpses"):
            return not word_set("found").isdisjoint(self.tokens.lower)
        if group.told == "captured" and low(group.first - 1) == "of":
            return False  # "19 of the 25 hostages died"
        near = {low(i) for i in range(group.last, group.last + 3)} | {low(group.first - 1)}
        return group.told == "killed" or word_set("undone").isdisjoint(near)

    def _part(self, k: int) -> None:
        """Tell of some that are named apart: 'among them a nurse', 'one of them a policeman', 'including the pilot'."""
        low, at = self.tokens.low, self.linked.groups[k].first
        named = low(at - 1) == "including" or (low(at - 2), low(at - 1)) in _APART
        told = [self.what[j] for j in range(k) if j in self.what]
        if named and told:
            self._tell(self.linked.chain(at), told[-1])

    def _is_among(self, k: int) -> None:
        """Tell of one of those counted: 'a girl is among the five who died'."""
        low, at = self.tokens.low, self.linked.groups[k].last
        if low(at) in word_set("be") and low(at + 1) in ("among", "one"):
            j = self.linked.first.get(at + 2 + (low(at + 2) == "of"))
            if j is not None and j in self.what:
                self._tell([k], self.what[j])

    def _badly(self, k: int, group: Group) -> None:
        """Tell of a part of those counted: 'two of them critically'."""
        behind = self.tokens.low(group.last)
        if group.number and any(self.what.get(j) for j in range(k)):
            if behind in word_set("badly"):
                self.what[k] = "wounded"
            elif behind in word_set("mortally"):
                self.what[k] = "killed"


_APART = frozenset([("among", "them"), ("among", "whom"), ("of", "them")])
_TAKING = frozenset(
    ["took", "taken", "taking", "takes", "claimed", "claiming", "claims", "cost", "costs", "costing", "lost"]
)
