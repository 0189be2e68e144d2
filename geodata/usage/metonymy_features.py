"""What a name's place in its sentence says of its reading, as named features and as words by their position."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.folding import name_key
from geodata.kinds import kinds_that
from geodata.records import Resolution, Toponym
from geodata.tokens import Tokens
from geodata.usage.syntax import NameSyntax, TextSyntax
from geodata.usage.word_lists import Words

# Where a word may stand; each has its own column of weights in reading_words.csv.
POSITIONS = (
    "before",
    *("in", "of", "other"),  # the word that governs the preposition
    *("subject", "object", "passive", "copula"),  # the verb
    *("owned", "qualified"),  # the noun
    "after",
    "sentence",
)
IN = frozenset({"in", "at", "near", "into", "inside", "outside", "around", "across", "within", "throughout", "through"})
_WITHIN = frozenset({", ", " (", ",", " ["})
_POINTS = frozenset({"town", "capital", "spot"})
_SPOTS = kinds_that("lesser")
_PLAIN = frozenset({" ", "\n"})
_DETERMINERS = frozenset({"determiner", "preposition"})


def kind_of(toponym: Toponym, resolution: Resolution, words: Words) -> str:
    """Return what sort of place a name bears: a kind of entry, 'town', 'capital', 'seat', 'demonym' or 'unknown'."""
    if toponym.kind == "demonym":
        return "demonym"
    if seat := words.seats.get(name_key(toponym.text)):
        return seat
    if resolution.entry is None:
        return "unknown"
    kind = resolution.entry.kind
    return "town" if kind == "city" else "spot" if kind in _SPOTS else kind


class NameFeatures:
    """What one document says of how its names are used."""

    def __init__(self, tokens: Tokens, spans: Sequence[tuple[int, int]], kinds: Sequence[str], words: Words) -> None:
        self.tokens, self.kinds, self.words = tokens, kinds, words
        self.syntax = TextSyntax(tokens, spans, words)

    def of(self, number: int, syntax: NameSyntax) -> tuple[list[str], list[tuple[int, str]]]:
        """Return the features that hold for name `number`, and (index of the position, word) pairs."""
        features: list[str] = []
        words: list[tuple[int, str]] = []
        if syntax.items > 1:
            features += ["list", "list later" if syntax.before_it else "list first"]
            if syntax.items > 2:
                features.append("list long")
        if syntax.the:
            features.append("the")
        if syntax.dateline:
            features.append("dateline")
        if container := self._container(number, syntax):
            features.append(container)
        self._left(syntax, features, words)
        self._right(syntax, features, words)
        self._combined(self.kinds[number], syntax, features)
        return features, words

    def sentence_words(self, start: int, stop: int) -> dict[str, None]:
        """Return the words of a sentence that are no names, in order: sums over them are the same in every process."""
        folded, capital = self.tokens.folded, self.tokens.capital
        return dict.fromkeys(folded[i] for i in range(start, stop) if not capital[i] or i == start)

    def _container(self, number: int, syntax: NameSyntax) -> str:
        """Say whether 'Goris, Armenia' or 'Goris (Armenia)' makes the one lie in the other."""
        tokens, at, (first, last) = self.tokens, self.syntax.at, self.syntax.spans[number]
        here = self.kinds[number]
        if first > syntax.start and tokens.gap[first] in _WITHIN:
            if first - 1 not in at:
                return "after comma" if tokens.capital[first - 1] else ""
            there = self.kinds[at[first - 1]]
            return "container" if _may_hold(here, there) else "after comma, place"
        after = last + 1
        if after in at and tokens.gap[after] in _WITHIN and _may_hold(self.kinds[at[after]], here):
            return "contained"
        return ""

    def _left(self, syntax: NameSyntax, features: list[str], words: list[tuple[int, str]]) -> None:
        tokens, add = self.tokens, features.append
        if syntax.modifiers:
            add("modifier")
            if any(word.endswith(("ern", "st", "th")) for word in syntax.modifiers):
                add("direction")
        if syntax.opens_sentence:
            add("opens")
            return
        if syntax.left_mark:
            add(f"after {syntax.left_mark}")
            return
        word = tokens.folded[syntax.left]
        if syntax.left_class == "preposition":
            self._preposition(word, syntax, features, words)
        elif syntax.left_class in ("conjunction", "relative"):
            add(f"joined {word}")
        else:
            self._word_before(word, syntax, features, words)

    def _preposition(self, word: str, syntax: NameSyntax, features: list[str], words: list[tuple[int, str]]) -> None:
        """Add what the preposition before a name says, and the word that governs it: 'border [with]'."""
        tokens, add, g = self.tokens, features.append, syntax.governor
        add(f"prep {word}")
        if g < syntax.start:
            add("prep opens")
            add(f"prep opens {word}")
            return
        if tokens.gap[syntax.left] not in _PLAIN:
            add("prep after mark")
            return
        governor = tokens.folded[g]
        group = "of" if word == "of" else "in" if word in IN else "other"
        features += [f"{word} after {governor}", f"governor {governor}"]
        if governor in self.words.land:
            features += ["land", f"land {word}"]
        words.append((POSITIONS.index(group), governor))
        if g > syntax.start:
            if tokens.capital[g]:
                add(f"{group} after capital")
            before = tokens.folded[g - 1]
            if tokens.gap[g] == " " and self.words.small.get(before) in _DETERMINERS:
                add(f"{group}: {before} governor")
            self._second(g, syntax.start, group, features)

    def _word_before(self, word: str, syntax: NameSyntax, features: list[str], words: list[tuple[int, str]]) -> None:
        """Add what a verb, a noun or another word right before a name says."""
        tokens, small, add, j = self.tokens, self.words.small, features.append, syntax.left
        add("before capital" if tokens.capital[j] and not syntax.left_class else f"before {word}")
        if not tokens.capital[j]:
            words.append((POSITIONS.index("before"), word))
            if not syntax.left_class and word.endswith("ing"):
                add("before ing")
        if j > syntax.start and tokens.gap[j] in _PLAIN and tokens.folded[j - 1] in small:
            add(f"second {small[tokens.folded[j - 1]]}")
            if tokens.folded[j - 1] == "to":
                add("infinitive")

    def _second(self, g: int, start: int, group: str, features: list[str]) -> None:
        """Look for what the governor itself stands after: the 'in' of 'in the south of'."""
        tokens, small = self.tokens, self.words.small
        for j in range(g - 1, max(start, g - 5) - 1, -1):
            if tokens.gap[j + 1] not in _PLAIN:
                return
            kind = small.get(tokens.folded[j])
            if kind == "preposition":
                features.append(f"{group} under {tokens.folded[j]}")
                return
            if kind in ("be", "have", "modal", "conjunction"):
                features.append(f"{group} under {kind}")
                return

    def _right(self, syntax: NameSyntax, features: list[str], words: list[tuple[int, str]]) -> None:
        tokens, add = self.tokens, features.append
        if syntax.ends_sentence:
            add("ends")
        if syntax.owns:
            add("owns" if syntax.owns == "itself" else "owns in list")
            self._noun(syntax.noun, "owned", features, words)
            return
        i = syntax.right
        if i < 0:
            return
        word, kind = tokens.folded[i], self.words.small.get(tokens.folded[i], "")
        if syntax.hyphened:
            features += ["hyphen", f"hyphen {word}"]
            words.append((POSITIONS.index("after"), word))
            return
        if syntax.right_mark:
            add(f"then {syntax.right_mark}")
            if syntax.right_mark == ",":
                add(f"then , {word}" if kind else "then , word")
        elif word[0].isdigit():
            add("number follows")
        elif kind:
            features += [f"then {kind}", f"then {word}"]
        else:
            features += ["then capital"] if tokens.capital[i] else ["then word", f"then {word}"]
            if not syntax.opens or syntax.noun >= 0 or tokens.capital[i]:
                words.append((POSITIONS.index("after"), word))
            if syntax.noun >= 0:
                self._noun(syntax.noun, "qualified", features, words)
        self._verb(syntax, features, words)

    def _noun(self, noun: int, position: str, features: list[str], words: list[tuple[int, str]]) -> None:
        if noun >= 0:
            word = self.tokens.folded[noun]
            features.append(f"{position} {word}")
            words.append((POSITIONS.index(position), word))
            if self.tokens.capital[noun]:
                features.append(f"{position} capital")

    def _verb(self, syntax: NameSyntax, features: list[str], words: list[tuple[int, str]]) -> None:
        tokens, small, add = self.tokens, self.words.small, features.append
        subject = "subject" if syntax.opens else "object"
        if syntax.auxiliary:
            add(f"{subject} {syntax.auxiliary}")
        i = syntax.verb
        if i < 0:
            return
        word = tokens.folded[i]
        if syntax.verb_class in ("copula", "placed"):
            add(f"{subject} {syntax.verb_class}")
            self._noun(i, "copula", features, words)
        elif syntax.verb_class == "passive":
            features += [f"{subject} passive", f"passive {word}"]
            words.append((POSITIONS.index("passive"), word))
        else:
            add(f"{subject} {word}")
            if word in self.words.verbs or syntax.auxiliary:
                add(f"{subject} verb")
            if word in self.words.speech:
                add(f"{subject} speaks")
            words.append((POSITIONS.index(subject), word))
            if i + 1 < syntax.stop and (after := small.get(tokens.folded[i + 1])):
                add(f"{subject} then {after}")
                if tokens.folded[i + 1] == "that":
                    add(f"{subject} says that")

    def _combined(self, kind: str, syntax: NameSyntax, features: list[str]) -> None:
        """Add what holds for two things at once, for their weights do not simply add up."""
        tokens, add = self.tokens, features.append
        prep = tokens.folded[syntax.left] if syntax.left_class == "preposition" else ""
        slot = f"prep {prep}" if prep else "other"
        if syntax.opens and not prep:
            slot = f"subject of {syntax.verb_class}" if syntax.verb >= 0 else "opens"
        features += [f"is {kind}", f"{kind}: {slot}"]
        if syntax.owns == "itself":
            features += [f"{kind}: owns", f"{slot}: owns"]
        if prep:
            if then := next((feature for feature in features if feature.startswith("then")), ""):
                add(f"{slot}: {then}")
            if syntax.the:
                add(f"{slot}: the")
            if syntax.items > 1:
                add(f"{slot}: list")
        if all(word.isupper() for word in tokens.word[syntax.start : min(syntax.stop, syntax.start + 5)]):
            add("shouted")


def _may_hold(kind: str, other: str) -> bool:
    """Say whether a place of one kind may hold one of another."""
    return (other in _POINTS and kind not in _POINTS) or (kind == "country" and other == "admin1")
