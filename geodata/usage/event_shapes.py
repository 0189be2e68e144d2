"""Shapes of sentences that tell where an event happened, or where not: "Lyon came [under fire]"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.recognition.lexicon import open_lexicon
from geodata.tokens import Tokens
from geodata.usage.event_words import event_kinds
from geodata.usage.word_lists import open_words

_OWN = 4  # words from an event to the common noun that places it
_AT = frozenset({"on", "at", "along", "near", "in"})
_NAMED_BY = frozenset({"of", "between", "with", "in", "near"})  # "on the border with Chad" has a name
_RELATIVE = frozenset({"which", "that", "who", "where"})
_SUBORDINATE = _RELATIVE | {"since", "after", "before", "when", "while", "because", "following"}
_AND = frozenset({"and", "or"})
_PLAIN = frozenset({" ", "\n"})
_STOPS = frozenset(",;:()–—")
# What stands between a place and what befalls it: "had again come under [fire]".
_BE = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_PASSIVE = _BE | {"has", "had", "have", "under", "come", "came", "comes", "coming", "got", "gets"}
_ORIGIN = frozenset({"born", "raised", "reared", "educated", "schooled", "registered", "headquartered", "incorporated"})
_ORIGIN |= {"native", "natives"}
_AS_IF = frozenset({"the", "on", "to", "with", "than", "like", "as"})
_FROM_THERE = frozenset({"in", "at", "of"})
_UNREAL = frozenset({"could", "would", "might", "may", "never"})
_IF = frozenset({"if", "unless"})
_THREATS = frozenset({"threatened", "threatens", "threatening", "refused", "refuses", "failed", "declined", "fear"})
_SETTLED = frozenset({"admin2", "city", "village"})
_LENGTHS = frozenset({"km", "kilometers", "kilometres", "kms", "mi", "mile", "miles"})
_MEASURE = 9  # words of "about 40 kilometres (25 miles) to the south of"
# What is said of an event's name to tell where it took place: it "was held" or "began" there.
_HELD = frozenset({"held", "staged", "convened", "hosted", "organised", "organized"})
_BEGAN = frozenset({"began", "begins", "opened", "opens", "started", "starts", "resumed", "resumes", "ended", "ends"})
_BEGAN |= {"continued", "continues", "erupted", "happened", "occurred", "unfolded", "begin", "open", "start"}
_BEGAN |= {"resume", "end", "continue", "begun", "took place", "takes place", "take place", "taken place"}
_BEGAN |= {"broke out", "breaks out", "broken out", "got underway", "gets underway", "get underway"}
_AHEAD = 40  # words behind an event in which such a verb is looked for: no text may make its reading quadratic
_DUE = frozenset({"to", "due", "scheduled", "expected", "planned", "set", "not", "also"})
_AFTER_AND = frozenset({"and", "but", "as"})
_OF = frozenset({"of", "by", "with", "for"})  # behind a participle: "a man accused of", "talks hosted by"
_WITHIN = frozenset({"in", "at", "near", "outside", "off", "inside", "on"})
_LEAD = 8  # words of "in a hotel in the western town of"
_LEADING = frozenset({"", "determiner", "modifier"})
_WHEN = frozenset({"on", "last", "this", "next", "week", "month", "morning", "evening", "afternoon", "night", "again"})
_WHEN |= {"early", "late", "overnight", "today", "yesterday", "weekend"}


@dataclass(frozen=True, slots=True)
class Name:
    """A place name of a sentence as the model sees it: its words, the kind of its place and how it is read."""

    start: int
    end: int
    first: int
    last: int
    kind: str
    reading: str


def suffers(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether a name is what an event befalls: "Lyon had again come [under fire]", "Lyon was [shelled]"."""
    words, before, between = open_words(), name.first - 1, tokens.folded[name.last + 1 : event]
    if not between or not (between[-1] in _PASSIVE or tokens.folded[event] == "under"):
        return False
    if any(not _STOPS.isdisjoint(gap) for gap in tokens.gap[name.last + 1 : event + 1]):
        return False
    # "The village of Tours was shelled", but "a man from Tours was shot".
    governed = before >= 0 and words.small.get(tokens.folded[before]) == "preposition"
    if governed and (tokens.folded[before] != "of" or tokens.folded[before - 1] not in words.land):
        return False
    return all(word in _PASSIVE or words.small.get(word) == "adverb" for word in between)


def is_measured_from(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether an event is told to be so far from a name: "a quake struck 40 km south of [Ica]"."""
    between = tokens.folded[event + 1 : name.first]
    if len(between) < 3 or len(between) > _MEASURE or between[-1] not in ("of", "from"):
        return False
    unit = next((i for i, word in enumerate(between) if word in _LENGTHS), 0)
    measured = unit and (between[unit - 1][:1].isdigit() or open_words().small.get(between[unit - 1]) == "number")
    return bool(measured) and _STOPS.isdisjoint("".join(tokens.gap[event + 1 : name.first + 1]))


def says(tokens: Tokens, name: Name, other: Name) -> bool:
    """Say whether a name stands before a verb of speech and another behind it: where it is said from."""
    return not open_words().speech.isdisjoint(tokens.folded[name.last + 1 : other.first])


def is_of_source(tokens: Tokens, name: Name, event: int, others: bool) -> bool:
    """Say whether a name is where those sit who tell of an event: "ten died, a source in [Lyon] said".

    In front of it only where the event has `others`: "police in [Lyon] said they shot a man" tells where.
    """
    speech = open_words().speech
    says = name.last + 1 < len(tokens) and tokens.folded[name.last + 1] in speech
    if name.first < event:
        return says and others
    between = range(event + 1, name.first)
    comma = next((i for i in between if "," in tokens.gap[i]), -1)
    if comma < 0:
        return False
    # "ten died, doctors told a paper in [Lyon]", but "ten died, doctors said, in Lyon"
    told = next((i for i in range(comma, name.first) if tokens.folded[i] in speech), -1)
    return says or (told >= 0 and not any("," in gap for gap in tokens.gap[told + 1 : name.first + 1]))


def is_of_origin(tokens: Tokens, name: Name) -> bool:
    """Say whether somebody or something comes from a name, whatever befell them: "the owner, born in [Lyon]"."""
    folded, at = tokens.folded, name.first - 1
    if at < 3 or folded[at] not in _FROM_THERE:
        return False
    aside = folded[at - 1] == "based" and "," in tokens.gap[at - 1]  # "the firm, based in Lyon,"
    other = folded[at - 1] == "one" and folded[at - 2] in _AS_IF  # "as big as the one in Lyon"
    return (
        folded[at - 1] in _ORIGIN or aside or other or (folded[at - 1] == "up" and folded[at - 2] in ("grew", "grown"))
    )


def is_attribute(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether a word of events is an attribute of who does something else: "the [freed] man runs a bar in Lyon"."""
    if not tokens.folded[event].endswith("ed") or not event or name.first - event < _OWN:
        return False
    small, behind = open_words().small, tokens.folded[event + 1]
    return small.get(tokens.folded[event - 1]) == "determiner" and behind not in small


def is_unreal(tokens: Tokens, first: int) -> bool:
    """Say whether an event may come, was threatened or never was: "they could [strike] Lyon"."""
    start = first
    while start and first - start < 4 and tokens.gap[start] in _PLAIN:
        start -= 1
    before = tokens.word[start:first]  # as written: "in May" may well be true
    if not _UNREAL.isdisjoint(before[-2:]) or not _IF.isdisjoint(before):
        return True
    return before[-1:] == ["to"] and not _THREATS.isdisjoint(before)


def with_their_list(tokens: Tokens, names: Sequence[Name], there: set[int]) -> set[int]:
    """Return places with those that a list joins to them by its last "and": "Lyon, Tours and Dijon were hit"."""
    joined = set(there)
    listed: set[int] = set()  # names that commas join so far
    for k in range(1, len(names)):
        before, name = names[k - 1], names[k]
        listed |= {k - 1}
        alike = before.kind == name.kind or {before.kind, name.kind} <= _SETTLED
        if alike and name.first - before.last == 2 and tokens.folded[name.first - 1] in _AND:
            listed |= {k}
            joined |= listed if listed & there else set()
            listed = set()
        elif name.first - before.last > 1 or tokens.gap[name.first] != ", " or not alike:
            listed = set()
    return joined


def opens_with(tokens: Tokens, name: Name, first: int, event: int) -> bool:
    """Say whether a sentence opens with a place and goes on to the event: "In the Lyon area they crossed"."""
    lead = tokens.folded[first : name.first]
    if not lead or lead[0] not in _AT or len(lead) > _OWN or name.last >= event:
        return False
    between = tokens.folded[name.last + 1 : event]
    return open_words().verbs.isdisjoint(between) and _SUBORDINATE.isdisjoint(between)


def is_elsewhere(tokens: Tokens, name: Name, event: int, first: int) -> bool:
    """Say whether a name in front of an event stands in another clause, and the event's own has a place of its own.

    "In Lyon they spoke of talks held since the clashes on the border, in which two died": not in Lyon.
    """
    between = tokens.folded[name.last + 1 : event]
    if _has_own_place(tokens, event):
        return not _SUBORDINATE.isdisjoint(between) or any(open_words().roles.get(w) == "met" for w in between)
    pronoun = next((i for i in range(event - 1, name.last, -1) if tokens.folded[i] in _RELATIVE), -1)
    told_of = next((i for i in range(pronoun - 1, name.last, -1) if tokens.word[i] in event_kinds()), -1)
    return told_of >= 0 and _has_own_place(tokens, told_of) and is_elsewhere(tokens, name, told_of, first)


def _has_own_place(tokens: Tokens, event: int) -> bool:
    """Say whether a place without a name follows an event: "clashes on the border"."""
    if event + 1 == len(tokens) or tokens.folded[event + 1] not in _AT:
        return False
    land = open_words().land
    for i in range(event + 1, min(event + 2 + _OWN, len(tokens))):
        if tokens.capital[i] or tokens.gap[i] not in _PLAIN:
            return False
        if tokens.folded[i] in land:
            return i + 1 == len(tokens) or tokens.folded[i + 1] not in _NAMED_BY or tokens.gap[i + 1] not in _PLAIN
    return False


def takes_place(tokens: Tokens, names: Sequence[Name], first: int, last: int) -> tuple[int, int] | None:
    """Return the verb that says where an event of words `first..last` took place, and the name of it; None if none.

    "[Talks] with envoys of Tours were held on Friday in the town of Lyon".
    """
    verb = _told_of(tokens, names, first, last)
    if verb < 0:
        return None
    small, at = open_words().small, verb + 1
    end = min(len(tokens), at + _LEAD)
    while at < end and tokens.gap[at] in _PLAIN and not _leads(tokens, at):
        if not (_is_when(tokens.folded[at]) or small.get(tokens.folded[at]) == "adverb"):
            return None
        at += 1
    where = next((k for k, name in enumerate(names) if name.first > at and name.reading == "literal"), -1)
    if where < 0 or names[where].first - at > _LEAD:
        return None
    if any(tokens.gap[i] not in _PLAIN for i in range(at, names[where].first + 1)):
        return None
    lead = tokens.folded[at + 1 : names[where].first]
    plain = all(small.get(word, "") in _LEADING or word in _WITHIN or word == "of" for word in lead)
    return (verb, where) if plain and open_words().verbs.isdisjoint(lead) else None


def is_at(tokens: Tokens, name: Name, event: int) -> bool:
    """Say whether the word behind an event says that it was there: "talks in [Lyon]"."""
    return 1 < name.first - event < 4 and tokens.folded[event + 1] in _WITHIN - {"on"}


def _leads(tokens: Tokens, at: int) -> bool:
    """Say whether a preposition places what was told: "held [in] Lyon", not "held [on] Friday"."""
    following = tokens.folded[at + 1] if at + 1 < len(tokens) else ""
    return tokens.folded[at] in _WITHIN and not _is_when(following)


def _is_when(word: str) -> bool:
    return word in _WHEN or word in open_lexicon().calendar or word[:1].isdigit()


def _told_of(tokens: Tokens, names: Sequence[Name], first: int, last: int) -> int:
    """Return the last word of the verb that says of an event's name that it took place, or -1."""
    small, folded, firsts = open_words().small, tokens.folded, {name.first for name in names}
    if folded[first] in open_words().verbs and folded[first].endswith("ed"):
        return -1  # not the name of an event
    auxiliary = be = False
    for i in range(last + 1, min(len(tokens), last + _AHEAD)):
        if tokens.gap[i] not in _PLAIN and not (tokens.gap[i] == ", " and i in firsts and not auxiliary):
            return -1
        word = folded[i]
        pair = f"{word} {folded[i + 1]}" if i + 1 < len(tokens) else ""
        if pair in _BEGAN or word in _BEGAN or (be and word in _HELD):
            return i + (pair in _BEGAN)
        if small.get(word) in ("be", "have", "modal"):
            auxiliary, be = True, be or word in _BE
        elif _ends_clause(tokens, i, last) if not auxiliary else word not in _DUE and small.get(word) != "adverb":
            return -1
    return -1


def _ends_clause(tokens: Tokens, i: int, event: int) -> bool:
    """Say whether a word behind an event begins what is not said of it: "[talks] failed", "[talks] and a protest"."""
    word, following = tokens.folded[i], tokens.folded[i + 1] if i + 1 < len(tokens) else ""
    if word in _SUBORDINATE:
        return word not in _RELATIVE or i > event + 1  # but "the fire that began in"
    if word in event_kinds():
        return not _AFTER_AND.isdisjoint(tokens.folded[max(event + 1, i - 3) : i])
    return word in open_words().verbs and not word.endswith("s") and following not in _OF
