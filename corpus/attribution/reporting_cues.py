"""The words that attribute, "said" and "according to", and what follows them in their sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.attribution.noun_phrases import SentenceWords, open_words
from corpus.attribution.quotations import Span
from geodata.text import Text
from geodata.words import number_words

QUOTES = frozenset(["“", "”", '"', "``", "''", "«", "»", "„", "‘"])

_CLOSED = re.compile(r"(?:[”\"»’]|'')\s*(?:,\s*)?$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a text that may attribute."""

    start: int
    end: int
    kind: Literal["verb", "according", "quoted", "quoting"]

    @property
    def span(self) -> Span:
        """Return where it begins and ends."""
        return self.start, self.end


def find_cues(written: Text) -> list[Cue]:
    """Return all words of a text that may attribute, in order."""
    verbs, phrases, quoted, quoting = _cue_words()
    text, tokens = written.text, written.tokens
    found = [Cue(tokens.start[i], tokens.end[i], "verb") for i in tokens.find(verbs)]
    found += [Cue(*span, "according") for phrase in phrases if phrase in text for span in _places(phrase, text)]
    if " as saying" in text or " as having said" in text:
        passive = [Cue(*match.span(), "quoted") for match in quoted.finditer(text)]
        passive += [Cue(*match.span(), "quoting") for match in quoting.finditer(text)]
        inside = {at for cue in passive for at in range(*cue.span)}
        found = [cue for cue in found if cue.start not in inside] + passive
    return sorted(found, key=lambda cue: cue.start)


def what_follows(sentence: SentenceWords, behind: int, verb: str) -> tuple[int, bool]:
    """Return the word where what is said begins, -1 for nowhere, and whether 'that' or a quotation mark says so."""
    words, count = open_words(), len(sentence)
    i = behind
    if i < count and verb in words["with_word"] and sentence.lower[i] in ("on", "for", "upon", "to", "out"):
        i += 1
    skipped = words["when"] | ({"to", "only", "just"} if verb in words["counting"] else set())  # "admits to two dead"
    while i < count and (sentence.lower[i] in skipped or _is_on_day(sentence, i)):
        i += 1
    if i >= count:
        return -1, False
    first, telling, low = i, verb in words["telling"], sentence.lower[i]
    if low == "to" and verb.startswith("claim") and sentence.lower[i + 1 : i + 2] in (["have"], ["be"]):
        return i, True  # "claimed to have killed"
    if low in ("losing", "having", "killing", "wounding", "capturing") and verb in words["counting"]:
        return i, True
    if low in words["joins"]:
        return (i + 1 if low == "that" else i), True
    if low in words["subjects"] and not telling:
        return i, True
    tally = not words["tallies"].isdisjoint(sentence.lower[i : i + 4])  # "put the number of dead at 71"
    counted = _is_number(low) and verb not in ("gave", "gives")
    if verb in words["counting"] and (counted or tally):
        return i, True
    # Past a listener or "in a statement" it may begin later; past anything else the object is what is said.
    leads = telling or sentence.word[first] == "," or low in open_words()["tails"]
    for i in range(first, min(count - 1, first + (24 if leads else 1))):
        word, low = sentence.word[i], sentence.lower[i]
        if word in QUOTES:
            return i, True
        if low == "that" or word == ":":
            return i + 1, True
        goes_on = word == "," and (sentence.word[i + 1] in QUOTES or sentence.lower[i + 1] == "that")
        if word in (".", ";", "?", "!") or (word == "," and not goes_on):
            break
        if low in words["say"] and i > first + 1 and not telling:
            break
    i = _past_listener(sentence, first) if telling else first
    if i >= count or not (sentence.word[i][0].isalnum() or sentence.word[i] in "$€£"):
        return -1, False
    return (-1, False) if sentence.lower[i] in open_words()["tails"] and verb not in words["with_word"] else (i, False)


def _is_number(low: str) -> bool:
    return low[0].isdigit() or low in open_words()["counts"] or low in number_words("one", "ten")


def _past_listener(sentence: SentenceWords, i: int) -> int:
    count = len(sentence)
    if i < count and sentence.lower[i] in open_words()["listeners"]:
        return i + 1
    start = i
    while i < count and (
        sentence.word[i][0].isupper() or sentence.lower[i] in open_words()["determiners"] or sentence.lower[i] == "of"
    ):
        i += 1
    return i + 1 if start < i < count and sentence.lower[i - 1] in open_words()["determiners"] else i


def is_followed(sentence: SentenceWords, behind: int, wanted: Collection[str]) -> bool:
    """Say whether one of the words that a verb needs stands behind it, or 'called Armenia ... to' does."""
    if behind < len(sentence) and sentence.lower[behind] in wanted:
        return True
    i = behind
    while i < len(sentence) and (sentence.word[i][0].isupper() or sentence.lower[i] == "and"):
        i += 1
    return "on" in wanted and "to" not in wanted and behind < i < len(sentence) and sentence.lower[i] == "to"


def _is_on_day(sentence: SentenceWords, i: int) -> bool:
    return sentence.lower[i] == "on" and i + 1 < len(sentence) and sentence.lower[i + 1] in open_words()["calendar"]


def ends_quotation(text: str, position: int, quotations: Sequence[Span]) -> bool:
    """Say whether a quotation closes right before a position."""
    last = bisect_left(quotations, position, key=lambda quotation: quotation[0]) - 1
    return (
        last >= 0
        and position - 6 <= quotations[last][1] <= position
        and _CLOSED.search(text[max(0, position - 6) : position]) is not None
    )


def _places(word: str, text: str) -> Iterator[Span]:
    """Yield where a word stands as a word of its own."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(word, end)


@cache
def _cue_words() -> tuple[frozenset[str], tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    words = open_words()
    phrases = tuple(form for phrase in words["according"] for form in (phrase, phrase.capitalize()))
    quoted, quoting = (re.compile(rf"\b(?:{'|'.join(words[key])})\b") for key in ("quoted", "quoting"))
    return words["say"] | words["act"] | frozenset(words["with_word"]), phrases, quoted, quoting


def claims_a_deed(text: str, at: int) -> bool:
    """Tell "the group claimed [the attack that killed nine]" from "claimed [the attack on the town was staged]"."""
    return _DEED.match(text, at) is not None


_DEED = re.compile(
    r" (?:(?:full |sole )?(?:responsibility|credit)\b"
    r"|(?:the|a|an|this|that|another|both|several|two) (?:[\w-]{1,20} ){0,3}?"
    r"(?:ambush|assassination|assault|attack|blast|bombing|explosion|kidnapping|killing|operation|raid|shooting|strike)"
    r"(?:s|es)?(?:[,.;]| (?:that|(?:in )?which) "
    r"| (?:against|at|in|near|on)\b(?![^.,;]{1,90} (?:was|were|had|is|are|did|would) )))"
)
