"""Who a speaker is: what a text calls them in full, whose side they are on, and whom 'he' and 'the minister' mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.attribution.noun_phrases import open_words, plain
from corpus.attribution.sides import Side, open_bodies
from geodata.folding import fold
from geodata.recognition.lexicon import open_lexicon

# How far around those who speak a text is asked about them: farther than most articles reach.
NEAR_SUBJECT = 20_000  # characters back to whom "he" means
NEAR_INTRODUCTION = 100_000  # characters to either side, to where a surname is introduced
RECENT = 300  # speakers that a pronoun or "the minister" may mean

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_NAME_WORD = r"[A-Z][\w’'-]{0,60}"
_WHOSE = frozenset(["of", "for", "from", "in", "at"])
_JOINERS = frozenset(["of", "for", "the", "de", "al", "bin", "van", "von"])
_OPENING = re.compile(rf"(?:^|[.!?”\"]\s+)({_NAME_WORD})(?= [a-z])")  # who opens a sentence
_HOLDER = re.compile(rf", ((?:{_NAME_WORD} ){{1,3}}{_NAME_WORD})$")  # "Poland's Minister of Agriculture, Marek Sawicki"
_FULL = re.compile(rf"\b(?=({_NAME_WORD}) (?:[A-Z]\. )?({_NAME_WORD})\b)")  # names may overlap: "State Antony Blinken"


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks: the fullest description so far, the side it states, and how words may refer to them."""

    text: str
    name: str  # the word they are known by: a surname, or the whole name of a body
    side: str
    person: bool
    sex: str  # m, f or ""


class Cast:
    """The speakers of one text in the order they spoke."""

    def __init__(self, text: str, sides: Sequence[Side]) -> None:
        self.text = text
        self._sides = sides
        self._starts = [side.start for side in sides]
        self.adjectives = frozenset(side.end for side in sides if side.adjective)  # where "Armenian" ends
        self._known: dict[str, Speaker] = {}
        self._spoke: list[Speaker] = []
        self._last = 0  # where the last speaker was named
        self._met: dict[tuple[str, int], Speaker | None] = {}

    @cached_property
    def _openings(self) -> list[tuple[int, int, int, str]]:
        """Who opens a sentence: where it begins, where the name's next word does, where the name does, and the name."""
        return [(m.start(), m.end() + 2, m.start(1), plain(m[1])) for m in _OPENING.finditer(self.text)]

    def meet(self, start: int, end: int, wide: tuple[int, int]) -> Speaker | None:
        """Return the speaker that `text[start:end]` names, described by `wide`; None for one who is nobody."""
        written = self.text[start:end]
        words = [match[0] for match in _WORD.finditer(written)]
        if not words:
            return None
        pronoun = words[0].lower() in open_words()["pronouns"] and not (words[0].isupper() and len(words[0]) > 1)  # WHO
        if len(words) == 1 and pronoun:
            speaker = self._pronoun(words[0].lower(), start)
        elif words[0].lower() in ("his", "her", "their", "its") and not any(w[0].isupper() for w in words[1:]):
            word = {"his": "he", "her": "she"}.get(words[0].lower(), "it")
            owner = (self._last_full_name(start) if word != "it" else None) or self._pronoun(word, start)
            speaker = self._made(written, wide, owner.side if owner else "")
        else:
            speaker = self._named(start, end, words, wide)
        if speaker is None:
            return None
        self._spoke.append(speaker)
        self._last = end
        return speaker

    def side_of(self, start: int, end: int) -> str:
        """Return the side that a description states: the first country or party that it names."""
        found: tuple[int, str] | None = next(
            ((s.start, s.code) for s in self._between(start, end) if self.text[s.end : s.end + 1] != "-"), None
        )
        for match in open_bodies()[0].finditer(self.text, start, end):
            if found is None or match.start() <= found[0]:
                return open_bodies()[1][match[0].lower()]
            break
        return found[1] if found else ""

    def _between(self, start: int, end: int) -> list[Side]:
        at = bisect_left(self._starts, start)
        return [side for side in self._sides[at : at + 12] if side.end <= end]

    def _named(self, start: int, end: int, words: list[str], wide: tuple[int, int]) -> Speaker:
        capitals = [w for w in words if w[0].isupper() and w.lower() not in open_words()["no_names"]]
        if not capitals:
            common = [plain(w.lower()) for w in words if plain(w.lower()) in open_words()["speakers"]]
            before = self._with_noun(common[-1]) if common and words[0].lower() in ("the", "this", "that") else None
            return before or self._made(self.text[start:end], wide, self.side_of(*wide))
        speaker = self._made(self.text[start:end], wide, self.side_of(*wide))
        known = self._known.get(speaker.name)
        if known is None and speaker.person:
            known = self._introduced(speaker.name, start)
        if known is not None and (len(known.text) >= len(speaker.text) or not speaker.side):
            longer = known.text if len(known.text) > len(speaker.text) else speaker.text
            speaker = Speaker(
                longer, speaker.name, speaker.side or known.side, speaker.person, speaker.sex or known.sex
            )
        self._known[speaker.name] = speaker
        return speaker

    def _made(self, written: str, wide: tuple[int, int], side: str) -> Speaker:
        """Return a speaker as described here."""
        description = self.text[wide[0] : wide[1]].strip(" ,")
        words = open_words()
        spelled = _WORD.findall(written)
        own = [plain(word.lower()) for word in spelled]
        own = own[1:] if len(own) > 1 and own[0] in ("the", "a", "an") else own
        lower = (
            own if len(description) == len(written) else [plain(word) for word in _WORD.findall(description.lower())]
        )
        sex = "m" if not words["male"].isdisjoint(lower) else "f" if not words["female"].isdisjoint(lower) else ""
        names = [word for word in spelled if word[0].isupper() and word.lower() not in words["no_names"]]
        whose = next((i for i, word in enumerate(own) if i and word in _WHOSE), 0)
        if whose and not (len(names) > 1 and fold(names[-2]) in open_lexicon().given_names):
            # "Mayor of Boston", "spokesman for the Defence Ministry": the name, if any, stands before
            named = set(own[:whose])
            names = [w for w in names if plain(w) == w and w.lower() in named - words["persons"]]
        if not names and (holder := _HOLDER.search(description)):
            names = holder[1].split()
        last = plain(names[-1]) if names else ""
        lexicon = open_lexicon()
        body = bool(own) and (
            own[whose - 1] in words["bodies"]
            or (bool(last) and (fold(last) in lexicon.organisations or fold(last) in lexicon.features))
        )
        office = bool(own) and (not words["persons"].isdisjoint(own) or own[0] in lexicon.titles)
        several = "and" in own and len(names) > 1
        alone = 0 < len(names) <= 2 and not office and self._is_side(written, wide[0])
        person = bool(names or office) and not (body or alone or several or last.isupper())
        name = last if person and last else " ".join(own)
        if person and last.lower() in words["speakers"]:
            # "the spokesman of the Defence Ministry": known by the whole, not by "Ministry"
            name = " ".join(own)
        return Speaker(description or written, name, side, person, sex)

    def _is_side(self, written: str, start: int) -> bool:
        """Say whether what is written is the name of a country, a capital or a party and no more."""
        return any(
            s.start <= start + 4 and s.end >= start + len(written) for s in self._between(start, start + len(written))
        ) or (open_bodies()[0].fullmatch(written.removeprefix("the ").removeprefix("The ")) is not None)

    def _introduced(self, name: str, here: int) -> Speaker | None:
        """Return the one of this surname as the text introduces them elsewhere, nearest first before this place."""
        if (name, here) not in self._met:
            self._met[name, here] = self._find_introduced(name, here)
        return self._met[name, here]

    def _find_introduced(self, name: str, here: int) -> Speaker | None:
        best: Speaker | None = None
        since, until = max(0, here - NEAR_INTRODUCTION), here + NEAR_INTRODUCTION
        at = self.text.find(name, since, until)
        for _ in range(6):
            if at < 0 or (best is not None and best.side):
                break
            start = _leads_from(self.text, at)
            if start < at and at != here:
                end = at + len(name)
                side = self.side_of(start, end)
                if not side and self.text[end : end + 4] == " of ":
                    # "Ilham Aliyev of Azerbaijan"
                    side = next((s.code for s in self._between(end, end + 40) if s.start == end + 4), "")
                if best is None or (side and not best.side):
                    made = self._made(self.text[start:end], (start, end), side)
                    best = Speaker(made.text, name, side, True, made.sex)
            at = self.text.find(name, at + 1, until)
        return best

    def _pronoun(self, word: str, here: int) -> Speaker | None:
        if word in ("i", "we"):
            return None
        wanted = {"he": "m", "she": "f"}.get(word, "")
        if wanted:
            named = self._subject_since(here)
            if named and named.sex in ("", wanted):
                return named
        for speaker in reversed(self._spoke[-RECENT:]):
            if wanted and speaker.person and speaker.sex in ("", wanted):
                if not speaker.sex:  # what the pronoun says, it says for the rest of the text
                    speaker = Speaker(speaker.text, speaker.name, speaker.side, True, wanted)
                    self._known[speaker.name] = speaker
                return speaker
            if word == "it" and not speaker.person:
                return speaker
            if word in ("they", "who"):
                return speaker
        if wanted:
            return self._last_full_name(here)
        return None

    def _subject_since(self, here: int) -> Speaker | None:
        """Return the person who opens a sentence between the last speaker and here."""
        last = bisect_right(self._openings, here, key=lambda opening: opening[1])
        since = max(self._last, here - NEAR_SUBJECT)
        for i in range(last - 1, -1, -1):
            opens, _, at, name = self._openings[i]
            if opens < since:
                break
            known = self._known.get(name)
            if known is None and fold(name) not in open_lexicon().common:
                known = self._introduced(name, at)
            if known is not None and known.person:
                return known
        return None

    def _last_full_name(self, here: int) -> Speaker | None:
        given = open_lexicon().given_names
        for match in reversed(list(_FULL.finditer(self.text, max(0, here - 600), here))):
            if fold(match[1]) in given or fold(match[1]) in open_lexicon().titles:
                name = plain(match[2])
                span = (match.start(1), match.end(2))
                return self._introduced(name, here) or self._made(self.text[slice(*span)], span, self.side_of(*span))
        return None

    def _with_noun(self, noun: str) -> Speaker | None:
        pattern = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
        return next((speaker for speaker in reversed(self._spoke[-RECENT:]) if pattern.search(speaker.text)), None)


def _leads_from(text: str, at: int) -> int:
    """Return where what leads to a surname begins: 'Russian Foreign Minister ', 'the Prime Minister of Armenia, '."""
    persons = open_words()["persons"]
    unnamed = open_words()["no_names"]
    start, commas = at, 0
    line = text.rfind("\n", max(0, at - 110), at) + 1 or max(0, at - 110)
    for word in reversed(text[line:at].split(" ")[:-1]):
        bare = word.rstrip(",")
        low = bare.lower()
        if not bare or not (
            low in _JOINERS or low in persons or (bare[0].isupper() and low not in unnamed and _may_lead(bare))
        ):
            break
        if bare != word:
            # One comma may stand between an office and its holder.
            commas += 1
            if commas > 1 or persons.isdisjoint(_WORD.findall(text[max(0, start - 60) : start].lower())):
                break
        start -= len(word) + 1
    while start < at and text[start : start + 3] in ("of ", "for"):
        start = text.index(" ", start) + 1
    return start if _JOINERS.isdisjoint(text[start:at].split()) or len(text[start:at].split()) > 1 else at


def _may_lead(word: str) -> bool:
    return word[-1].isalnum() or len(word) == 2 or "." in word[:-1] or word in open_words()["abbreviations"]
