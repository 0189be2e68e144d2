"""Tell a date that names a thing ("the 2020 agreement") from one that says when something happened."""

from __future__ import annotations

import re
from functools import cache

from corpus.dating.clauses import link_words
from corpus.records import Timex
from corpus.timex.language import DEFAULT, open_table

_DETERMINER = re.compile(r"(?:\b(?:the|this|that|of|its|their|his|her|our|a|an)|['’]s|s['’])\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
# Words of a sentence, up to the noun that the date belongs to.
_PHRASE = re.compile(r"(?:['’]s?\b)?((?:[\s-]{1,40}+(?=[\w’'])[\w’'-]++){1,5})")
_SUBJECT_OF = re.compile(r"(?:The|A|An)\s(?:\w+\s){0,2}(\w+)\sof\s(?:the\s)?")
_SAME_THING = re.compile(
    r"(?:['’]s?\b)?(?:\s+|(?:\s+[\w’'-]+){0,4}?\s+(?:in|over|around|at|near|of|for|on)(?:\s+[\w’'-]+){0,5}?\s+(?:the\s+)?)"
)


def names_a_thing(timex: Timex, text: str) -> bool:
    """Say whether a date is part of a name: "the 2020 war", "last month's clashes", "the armistice of 2020"."""
    if not timex.since or not timex.text[:1].isalnum():
        return False
    if _of_pact().search(text, max(0, timex.start - 40), timex.start):
        return True
    words = _following(timex, text)
    if not words or words[0].lower() in link_words("things", "no_names"):
        return False
    if _POSSESSIVE.match(text, timex.end):
        return True
    return bool(_DETERMINER.search(text, max(0, timex.start - 8), timex.start))


def tells_when(timex: Timex, text: str, start: int) -> bool:
    """Say whether a thing is the time of what the sentence tells: "during the 2020 war", "Monday's attack killed"."""
    if subject := _SUBJECT_OF.fullmatch(text, start, timex.start):  # "The flood of May 2019 cut off Goris"
        return subject[1].lower() in event_words()
    phrase = [word.lower() for word in _following(timex, text)]
    is_event = bool(_POSSESSIVE.match(text, timex.end)) or not event_words().isdisjoint(phrase)
    before = re.sub(r"(?:^|\s)(?:the|a|an|this)\s+$", " ", text[start : timex.start], flags=re.IGNORECASE)
    before = re.sub(r"\s(?:and|or)\s+(?:before|after)\s+$", " ", before, flags=re.IGNORECASE)  # "during and after"
    words = re.findall(r"[\w’'-]+", before[-40:].lower())
    if not words:
        return is_event  # it is what the sentence begins with
    return words[-1] in link_words("things", "always") or (is_event and words[-1] in link_words("things", "during"))


@cache
def event_words() -> frozenset[str]:
    """Return the words for what happens: "war", "elections", "attacked"."""
    return frozenset(open_table(DEFAULT)["values"]["event"]) - link_words("things", "pacts")


@cache
def _of_pact() -> re.Pattern[str]:
    pacts = "|".join(sorted(link_words("things", "pacts")))
    return re.compile(rf"\b(?:{pacts})\s(?:of|from|dated|signed\s(?:on|in))\s(?:the\s)?$", re.IGNORECASE)


def same_thing(date: tuple[int, int], start: int, text: str) -> bool:
    """Say whether a place belongs to the thing that a date before it names: "the 2020 war in Karabakh"."""
    first, end = date
    if _of_pact().search(text, max(0, first - 40), first) and not text[end:start].strip():
        return False  # "By the law of 2003 Goris has a council"
    return 0 <= start - end <= 90 and _SAME_THING.fullmatch(text, end, start) is not None


def _following(timex: Timex, text: str) -> list[str]:
    found = _PHRASE.match(text, timex.end)
    words = found[1].split() if found else []
    stop = next((n for n, word in enumerate(words) if n and word.lower() in link_words("things", "no_names")), None)
    return words[:stop]
