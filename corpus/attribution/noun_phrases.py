"""The noun phrase beside a verb of saying: which words of a sentence name the one who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from corpus import LANGUAGES
from geodata.folding import fold
from geodata.recognition.lexicon import open_lexicon
from geodata.tables import read_toml
from geodata.words import reporting_verbs, words_behind

WORDS = LANGUAGES / "speech.toml"
LONGEST = 16  # words of a phrase, and of what may stand in commas between it and its verb

_TOKEN = re.compile(
    r"((?=[A-Z])(?:(?:[A-Z]\.){2,}"  # most words are ruled out by their first letter
    r"|(?:Mrs?|Ms|Dr|Gen|Col|Sgt|Lt|Capt|Maj|Sen|Rep|Gov|Prof|Rev|St|Adm|Cpl|Jr|Sr|Det|Supt|Brig|Cmdr|Insp)\."
    r"|[A-Z]\.(?=\s[A-Z]))|[^\W_]++(?:[-'’.&][^\W_]++)*+|``|''|[^\w\s])"
)
_USES = ("say", "act", "guarded", "telling", "counting", "bare", "noun")  # of verbs of reporting
_QUOTES = frozenset(["“", "”", '"', "``", "''", "«", "»", "„"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `low..high` of a sentence that name a speaker, and those with what describes them in commas."""

    low: int
    high: int
    wide_low: int
    wide_high: int


class SentenceWords:
    """The words of one sentence, as columns."""

    __slots__ = ("end", "lower", "places", "start", "word")

    def __init__(self, text: str, start: int, end: int, *, places: Collection[int] = ()) -> None:
        self.places = places  # where the names of places begin
        parts = _TOKEN.split(text[start:end])  # gap, word, gap, word, ..., gap
        edges = list(accumulate(map(len, parts), initial=start))
        self.word = parts[1::2]
        self.start = edges[1:-1:2]
        self.end = edges[2::2]
        # Capitals throughout are an abbreviation: WHO is no "who", US no "us".
        self.lower = [word if len(word) > 1 and word.isupper() else word.lower() for word in self.word]

    def __len__(self) -> int:
        return len(self.word)

    def at(self, position: int) -> int:
        """Return the number of the first word that begins at or after a position."""
        return bisect_left(self.start, position)


def phrase_before(sentence: SentenceWords, verb: int) -> Phrase | None:
    """Return who stands before the verb, past its adverbs, dates and what is set off by commas."""
    high = _before_adverbs(sentence, verb)
    if high <= 0:
        return None
    if sentence.lower[high - 1] == "who":
        high -= 2 if high > 1 and sentence.word[high - 2] == "," else 1
        return _walk_left(sentence, high, high) if high > 0 else None
    if sentence.word[high - 1] != ",":
        found = _walk_left(sentence, high, high)
        if found and found.low > 2 and sentence.lower[found.low] in ("a", "an") and sentence.word[found.low - 1] == ",":
            # "Santosh Mishra, a villager of Gondra said"
            named = _walk_left(sentence, found.low - 1, high)
            return named if named and _names(sentence, named.high - 1) and named.high - named.low > 1 else found
        return found
    # "Yury Shuvalov, spokesman of the secretariat, said": the phrase stands before the commas.
    comma = high - 1
    for _ in range(3):
        previous = next((i for i in range(comma - 1, max(-1, comma - LONGEST), -1) if sentence.word[i] == ","), -1)
        if previous <= 0 or any(mark in _QUOTES for mark in sentence.word[previous:comma]):
            return None
        found = _walk_left(sentence, previous, high - 1)
        if (
            found
            and sentence.lower[found.low] != "of"
            and is_speaker(sentence, found.low, found.high)
            and _describes(sentence, previous + 1, comma)
        ):
            return found
        comma = previous
    return None


def phrase_after(sentence: SentenceWords, first: int, *, also: frozenset[str] = frozenset()) -> Phrase | None:
    """Return who is named from word `first` on; `also` are prepositions that the phrase may hold."""
    words = open_words()
    high, count = first, len(sentence)
    if first < count and sentence.lower[first] in ("of", "for", "from"):
        return None
    while high < min(count, first + LONGEST):
        low, word = sentence.lower[high], sentence.word[high]
        if not word[0].isalnum() or low in words["stops"] or low in words["adverbs"] or low in words["calendar"]:
            break
        if low == "who" or (low in words["prepositions"] and low not in also and low != "from"):
            break
        if low == "and" and not (high + 1 < count and _names(sentence, high + 1)):
            break
        if high > first and low in words["pronouns"]:
            break  # "by the count of the officials it took 49 lives"
        high += 1
    while high > first and sentence.lower[high - 1] in ("of", "for", "from", "the", "and", "a", *also):
        high -= 1
    if high == first:
        return None
    wide = high
    if high + 1 < count and sentence.word[high] == "," and _describes(sentence, high + 1, count):
        wide = next(
            (i for i in range(high + 1, count) if sentence.word[i] in (",", ".", ";") or sentence.word[i] in _QUOTES),
            count,
        )
    return Phrase(first, high, first, wide)


def is_speaker(sentence: SentenceWords, low: int, high: int) -> bool:
    """Say whether words may name one who speaks: a pronoun, a name, or a noun such as 'officials'."""
    words = open_words()
    if high - low == 1 and sentence.lower[low] in words["pronouns"]:
        return True
    return any(_names(sentence, i) or plain(sentence.lower[i]) in words["speakers"] for i in range(low, high))


def plain(word: str) -> str:
    """Return a word without its possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’")


def _names(sentence: SentenceWords, i: int) -> bool:
    word, low = sentence.word[i], sentence.lower[i]
    if not word[0].isupper():
        return False
    words = open_words()
    if low in words["no_names"] or low in words["calendar"] or low in words["pronouns"]:
        return False
    return i > 0 or sentence.start[0] in sentence.places or fold(plain(low)) not in open_lexicon().common


def _before_adverbs(sentence: SentenceWords, verb: int) -> int:
    words = open_words()
    high = verb
    while high > 0:
        low = sentence.lower[high - 1]
        dated = low in words["calendar"] or (
            low.isdigit() and high > 1 and sentence.lower[high - 2] in words["calendar"]
        )
        ends = low.endswith("ly") and low not in words["speakers"]  # "his family said"
        adverb = low in words["adverbs"] or (ends and sentence.word[high - 1].islower())
        if not (dated or adverb or (low == "on" and high < verb and sentence.lower[high] in words["calendar"])):
            break
        high -= 1
    return high


def _walk_left(sentence: SentenceWords, high: int, wide_high: int) -> Phrase | None:
    words = open_words()
    low = high
    while low > 0 and high - low < LONGEST:
        word, lower = sentence.word[low - 1], sentence.lower[low - 1]
        if word == ")":
            opening = next((i for i in range(low - 2, max(-1, low - 12), -1) if sentence.word[i] == "("), -1)
            if opening < 1:
                break
            low = opening
            continue
        if (
            word in "'’"
            and 1 < low < high
            and sentence.word[low - 2].endswith("s")
            and sentence.end[low - 2] == sentence.start[low - 1]
        ):
            low -= 1  # "the doctors' union"
            continue
        if not word[0].isalnum() or lower in words["stops"] or (lower in words["adverbs"] and word.islower()):
            break
        if lower == "who" or lower == "which":
            # "a woman who answered the phone said", but "which Russia claimed"
            if low < high and sentence.word[low].islower() and sentence.lower[low] not in words["determiners"]:
                return _walk_left(sentence, low - 1, wide_high)
            break
        if lower == "and" and not (low < high and low > 1 and _names(sentence, low - 2) and _names(sentence, low)):
            break
        if word.isdigit() and low > 1 and (len(word) == 4 or sentence.lower[low - 2] in words["calendar"]):
            break  # "On 5 April 2023 Ann Lee", "On March 26 officials"
        if lower in words["calendar"] and not (low < high and low > 1 and sentence.lower[low - 2] == "the"):
            break
        if word.islower() and lower in words["say"] and lower not in words["guarded"]:
            break
        low -= 1
    low = _past_preposition(sentence, low, high)
    return Phrase(low, high, low, wide_high) if low < high else None


def _past_preposition(sentence: SentenceWords, low: int, high: int) -> int:
    """Return where the phrase begins when 'In a statement' or a conjunction stands before it without a comma."""
    words = open_words()
    while low < high and (sentence.lower[low] in words["adverbs"] or sentence.lower[low] in ("and", "so")):
        low += 1
    if low >= high or sentence.lower[low] not in words["prepositions"]:
        return low
    starts = [
        i
        for i in range(low + 2, high)
        if (
            sentence.lower[i] in words["determiners"]
            and sentence.lower[i - 1] not in words["prepositions"]
            and sentence.lower[i - 1] != "of"
        )
        or (
            _names(sentence, i)
            and sentence.word[i - 1].islower()
            and sentence.lower[i - 1] not in words["determiners"]
            and sentence.lower[i - 1] not in words["prepositions"]
            and sentence.lower[i - 1] != "of"
        )
    ]
    return starts[-1] if starts else (high - 1 if _names(sentence, high - 1) else low)


def _describes(sentence: SentenceWords, low: int, high: int) -> bool:
    """Say whether words in commas describe a name: 'spokesman of ...', 'who lives in ...', '45', 'of Las Vegas'."""
    if low >= len(sentence) or low >= high:
        return False
    words = open_words()
    first = sentence.lower[low]
    if first in words["stops"] or first in words["pronouns"] - {"who"} or first == "and":
        return False
    if first.isdigit() or first in ("who", "whose", "which", "of", "a", "an", "from", "speaking"):
        return True
    stop = next(
        (
            i
            for i in range(low, min(high, low + LONGEST))
            if sentence.word[i] in (",", ".") or sentence.word[i] in _QUOTES
        ),
        high,
    )
    return any(plain(low_) in words["speakers"] for low_ in sentence.lower[low:stop]) or all(
        _names(sentence, i) for i in range(low, stop)
    )


@cache
def open_words() -> dict[str, Any]:
    """Open the words of attribution, once a process."""
    table = read_toml(WORDS)
    words: dict[str, Any] = {key: frozenset(value.split()) for key, value in table.items() if isinstance(value, str)}
    words |= {use: reporting_verbs(use) for use in _USES}
    words["with_word"] = words_behind()
    words |= {key: value for key, value in table.items() if isinstance(value, list)}
    words["bodies"] = words["speakers"] - words["persons"]
    words["when"] = words["adverbs"] | words["calendar"]
    return words
