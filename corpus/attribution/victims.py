"""Find those who may be counted in a sentence: "49 of its soldiers", "nine more", "a local commander", "Ana Lopez"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.attribution.claim_patterns import befalls, hedge_pattern, is_one, is_people, link_words, word_set
from corpus.attribution.counts import ALONE, NUMBER
from corpus.attribution.sentence_tokens import SentenceTokens
from corpus.records import Wording
from geodata.recognition.lexicon import WORDS, open_lexicon
from geodata.sentences import Span
from geodata.tables import read_lines
from geodata.usage.word_lists import open_words
from geodata.words import number_words

_LED = re.compile(r"\b(?:all(?: of)?(?: the| its)?|the|these|those|its|their|his|her) $", re.IGNORECASE)
_FURTHER = re.compile(r"\b(?:another|a further|an additional|a total of) $", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b[A-Z][\w.]{0,16}|\baged?|#|\bNo\.?|\b(?:father|mother|parent|boy|girl|child|youth|man|woman) of) $"
)
_WORDINGS: dict[str, Wording] = {"h0": "at least", "h1": "at most", "h2": "about"}
_AGED = re.compile(r"(?:[^\W\d],|who (?:was|is)) \d{1,2}(?: and \d{1,2})?[,.]")  # "Ana Lopez, 45,"
_ALL_BUT = re.compile(r"\b(?:all|everyone) but (?:[\w-]+ of (?:the |its |their )?)?$", re.IGNORECASE)  # neither counts
_HOUR = re.compile(r" ?[ap]\.?m\b")
_OLD = re.compile(r"\d{1,3}-(?:year|month)s?-olds?")
LONGEST = 6  # words before the one that names somebody


@dataclass(frozen=True, slots=True)
class Group:
    """Words `first` up to `last` of a sentence that name those who may be counted; one person without a number."""

    first: int
    last: int
    whom: str
    span: Span  # what a claim of them shows
    number: re.Match[str] | None = None
    hedge: str = ""
    wording: Wording = "exact"
    told: str = ""  # what befell them by their own words: "12 deaths", "nine wounded soldiers"


def find_groups(tokens: SentenceTokens) -> list[Group]:
    """Return the groups of a sentence in order; none overlaps another."""
    found: list[Group] = []
    numbers: dict[int, re.Match[str]] = {}
    for match in _numbers(tokens):
        numbers[tokens.at(match.start())] = match
    i = 0
    while i < len(tokens):
        group = _counted(tokens, numbers[i], i) if i in numbers else None
        if group is None and tokens.word[i][0].isupper():
            group = _named(tokens, i)
        group = group or _single(tokens, i)
        if group:
            found.append(group)
        i = max(group.last if group else 0, i + 1)
    return found


def _numbers(tokens: SentenceTokens) -> list[re.Match[str]]:
    """Return the numbers of a sentence; of a toll that went "from 54 to 47" the second."""
    found = []
    for match in NUMBER.finditer(tokens.text, *tokens.span):
        begin = max(tokens.span[0], match.start() - 60)
        revised = match["low"] and _REVISED.search(tokens.text, begin, match.start())
        found.append((revised and NUMBER.match(tokens.text, match.start("high"), tokens.span[1])) or match)
    return found


_REVISED = re.compile(r"\b(?:toll|number|figure|count|tally)\b[\w ,-]{0,40} from $", re.IGNORECASE)


def _counted(tokens: SentenceTokens, match: re.Match[str], first: int) -> Group | None:
    """Read '49 of its soldiers', 'nine', 'nine more', '12 of them', 'at least 9 people', '12 deaths'."""
    hedge, wording, begin = _hedge(tokens, match.start())
    if not hedge and _is_label(tokens, match):
        return None
    at = tokens.at(match.end())
    if tokens.low(at) in word_set("units") or tokens.low(first - 1) in ("no", "not") or _is_share(tokens, first, at):
        return None
    if _HOUR.match(tokens.text, match.end()) or (tokens.low(at) == "and" and _is_number(tokens, at + 1)):
        return None
    of = tokens.low(at) == "of" and not _is_number(tokens, at + 1 + (tokens.low(at + 1) == "the"))
    whom, last, told = _people(tokens, at + of, of=of or match[0].endswith(" of"))
    if last == at + of:
        if of or not _stands_alone(tokens, at) or re.fullmatch(r"(?:19|20)\d\d", match[0]):
            return None
        last = at
        if tokens.low(at) in ("more", "others"):
            whom, last = tokens.word[at], at + 1
    led = _LED.search(tokens.text, max(tokens.span[0], begin - 16), begin)
    start = tokens.at(led.start() if led else begin)
    if match[0].lower() in ALONE and whom:
        return None  # "another nurse" is one person
    end = tokens.end[last - 1] if whom else match.end()
    return Group(start, last, whom, (begin, end), match, hedge, wording, told)


def _is_share(tokens: SentenceTokens, first: int, last: int) -> bool:
    """Say whether a number is one of a share or an age: 'one in five', 'all but five', 'Ana Lopez, 45,'."""
    near = [(last, last + 1), (first - 1, first - 2)]
    if any(tokens.low(a) == "in" and _is_number(tokens, b) for a, b in near):
        return True
    text, start, floor = tokens.text, tokens.start[first], tokens.span[0]
    aged = _AGED.search(text, max(floor, start - 12), min(start + 9, tokens.span[1]))
    return bool(aged or _ALL_BUT.search(text, max(floor, start - 40), start))


def _is_number(tokens: SentenceTokens, at: int) -> bool:
    return tokens.low(at).isdigit() or tokens.low(at) in number_words("one", "ten")


def _hedge(tokens: SentenceTokens, start: int) -> tuple[str, Wording, int]:
    """Return the hedge before a number, what it makes of it, and where the claim begins."""
    text, floor = tokens.text, tokens.span[0]
    further = _FURTHER.search(text, max(floor, start - 16), start)
    begin = further.start() if further else start
    match = hedge_pattern().search(text, max(floor, begin - 24), begin)
    if match is None or match.lastgroup is None:
        return "", "exact", begin
    return match[0].strip(), _WORDINGS[match.lastgroup], match.start()


def _is_label(tokens: SentenceTokens, match: re.Match[str]) -> bool:
    """Say whether a number is a day, a road or a flight: 'August 7', 'Highway 9'."""
    named = _LABEL.search(tokens.text, max(tokens.span[0], match.start() - 16), match.start())
    if named is None:
        return False
    if named[0].lower() in ("no ", "age ", "aged "):
        return True  # "no one was hurt"
    if named[0].strip().lower() in open_words().small or named[0].strip() in word_set("free"):
        return False
    return match[0][0].isdigit() or named[0].endswith(" of ")  # "In Lyon three were killed"


def _people(tokens: SentenceTokens, at: int, *, of: bool) -> tuple[str, int, str]:
    """Return those who are named from word `at` on, where they end, and what their own words say befell them."""
    if of and tokens.low(at) in ("them", "whom"):
        return f"of {tokens.low(at)}", at + 1, ""
    told = ""
    for i in range(at, min(at + LONGEST, len(tokens))):
        low = tokens.lower[i]
        if low in word_set("animals"):
            return "", at, ""  # "270 swine deaths"
        if is_people(tokens.word[i]) or _is_of_people(tokens, i):
            last = i + 1
            while last < len(tokens) and is_people(tokens.word[last]) and not _is_whole(tokens, last):
                last += 1
            own = "" if of else link_words("counted").get(tokens.lower[last - 1], "")  # "21 of the victims"
            return tokens.part(at, last), last, told or own
        if of and i > at and tokens.low(i - 1) in ("the", "those") and low in link_words("among"):
            return tokens.part(at, i + 1), i + 1, link_words("among")[low]  # "three of the dead"
        if low in link_words("counted"):
            return "", i + 1, link_words("counted")[low]
        if i == at and low in befalls():
            told = befalls()[low]  # "nine wounded soldiers"
        elif _ends_phrase(tokens, i) and not (of and i == at):
            break
    return "", at, ""


def _is_of_people(tokens: SentenceTokens, i: int) -> bool:
    """Say whether a word names those of a people that has no plural: '23 Rohingya', but '23 Chinese restaurants'."""
    named = tokens.lower[i] in word_set("peoples") and tokens.word[i][0].isupper()
    return named and (i + 1 == len(tokens) or _ends_phrase(tokens, i + 1))


def _ends_phrase(tokens: SentenceTokens, i: int) -> bool:
    """Say whether a word can stand in no name of people."""
    low = tokens.lower[i]
    if len(low) > 1 and tokens.word[i].isupper():
        return False  # "a US marine"
    return not low[0].isalnum() or open_words().small.get(low) in _CLOSED or low in befalls() or low in _verbs()


_CLOSED = frozenset(["preposition", "conjunction", "be", "have", "modal", "relative", "pronoun", "determiner"])


@cache
def _verbs() -> frozenset[str]:
    """Return verbs that are no participle before a noun: "said", "took", "hit"."""
    return open_words().speech | frozenset(read_lines(WORDS / "irregular_verbs.txt"))


def _stands_alone(tokens: SentenceTokens, at: int) -> bool:
    """Say whether a number has no noun behind it: "killed 12 in ..."; anything else is what was killed: "12 deer"."""
    low = tokens.low(at)
    if low in befalls():
        return not _qualifies(tokens, at)
    if not low or not low[0].isalnum() or low in word_set("ends") | word_set("between") | word_set("unreal"):
        return True
    if low == "the":  # "bringing to five the number of dead"
        return tokens.low(at + 1) in ("number", "toll", "total", "count")
    return open_words().small.get(low) in _CLOSED | {"adverb"} or low in _verbs() or low.endswith("ly")


def _qualifies(tokens: SentenceTokens, at: int) -> bool:
    """Say whether a word of harm goes with a noun behind it that names nobody: 'two dead young owls'."""
    for i in range(at + 1, at + 4):
        low = tokens.low(i)
        if not low or _ends_phrase(tokens, i) or low in open_words().small or low in word_set("ends"):
            return False
        if low.endswith("s"):
            return not is_people(tokens.word[i])
    return False


def _single(tokens: SentenceTokens, first: int) -> Group | None:
    """Read 'a local commander', 'the driver of a bus', 'a woman's body', 'the 23-year-old'."""
    headline = first == 0 and tokens.word[0][0].isupper() and is_one(tokens.lower[0])
    if (
        not headline
        and tokens.lower[first] not in word_set("articles")
        and not tokens.lower[first].endswith(("'s", "’s"))
    ):
        return None
    at = first + (not headline) + (tokens.low(first + 1) in word_set("order"))
    for i in range(at, min(at + LONGEST, len(tokens))):
        low = tokens.lower[i]
        if low.endswith(("'s", "’s")) and is_one(low[:-2]) and tokens.low(i + 1) in word_set("owned"):
            whom = tokens.part(at, i + 1)[:-2]
            return _one(tokens, first, i + 2, whom, told=link_words("of")[tokens.lower[i + 1]], end=tokens.end[i])
        if (is_one(low) and not _goes_before_noun(tokens, i)) or _is_native(tokens, i):
            last = i + 1
            while is_one(tokens.low(last)) and not _is_whole(tokens, last):
                last += 1
            last = _of_phrase(tokens, last)
            return _one(tokens, first, last, tokens.part(at, last))
        if _ends_phrase(tokens, i) and not (i == at and low in befalls()):
            old = i > at and _OLD.fullmatch(tokens.lower[i - 1])
            return _one(tokens, first, i, tokens.part(at, i)) if old else None
    return None


def _is_whole(tokens: SentenceTokens, at: int) -> bool:
    """Say whether those named end before a word for people: 'took 15 soldiers prisoner'."""
    return (
        tokens.lower[at - 1].endswith("s") or tokens.lower[at] in link_words("counted") or tokens.lower[at] in _STATES
    )


_STATES = frozenset(["hostage", "prisoner", "captive", "victim"])


def _goes_before_noun(tokens: SentenceTokens, at: int) -> bool:
    """Say whether a word for a person only describes what follows: 'the official number', 'his criminal history'."""
    low = tokens.low(at + 1)
    if tokens.low(at + 2) and is_people(tokens.word[at + 2]) and not is_one(tokens.low(at + 2)):
        return (
            low.isalpha() and low not in open_words().small and low not in befalls()
        )  # "the local Peruvian residents"
    if not low.isalpha() or not tokens.word[at + 1].islower() or is_one(low) or low in befalls():
        return False
    small = open_words().small.get(low) or low in word_set("ends") or low in word_set("between")
    return not (small or low in open_words().verbs or low.endswith(("ed", "ing", "ly")) or low in word_set("tails"))


def _is_native(tokens: SentenceTokens, at: int) -> bool:
    """Say whether a word is one of a people, with no noun behind it: 'a Palestinian was shot dead'."""
    ends = at + 1 == len(tokens) or _ends_phrase(tokens, at + 1) or tokens.lower[at + 1] in befalls()
    return ends and tokens.word[at][0].isupper() and tokens.lower[at].endswith(_NATIVE)


_NATIVE = ("ian", "ean", "ese", "can", "ni", "qi", "ti", "li", "bek", "akh", "ghan", "urd", "alian", "iot", "ander")


def _one(tokens: SentenceTokens, first: int, last: int, whom: str, *, told: str = "", end: int = -1) -> Group:
    return Group(first, last, whom, (tokens.start[first], end if end >= 0 else tokens.end[last - 1]), told=told)


def _of_phrase(tokens: SentenceTokens, last: int) -> int:
    """Return where 'commander of the northern brigade' ends, whose head ends at `last`."""
    if tokens.low(last) != "of" or tokens.low(last + 1) in ("his", "her", "them"):
        return last
    i = last + 1 + (tokens.low(last + 1) in ("the", "a", "an", "its", "their"))
    end = i
    while end < min(i + 4, len(tokens)) and not _ends_phrase(tokens, end):
        end += 1
    return end if end > i else last


def _named(tokens: SentenceTokens, first: int) -> Group | None:
    """Read 'Captain Ana Lopez', 'Ana Lopez', 'Abu Rashid, the group's chief'."""
    last = first
    while last < min(first + 5, len(tokens)) and tokens.word[last][0].isupper():
        last += 1
    low = tokens.lower[first]
    if last - first < 2 or low in open_words().small or low in word_set("calendar"):
        return None
    titled = is_one(low)
    given = tokens.word[first] in open_lexicon().given_names
    if not titled and not given:
        described = tokens.low(last) == "," and _single(tokens, last + 1) if last + 1 < len(tokens) else None
        if not described and not (tokens.low(last) == "," and re.fullmatch(r"\d\d", tokens.low(last + 1))):
            return None
    return _one(tokens, first, last, tokens.part(first, last))
