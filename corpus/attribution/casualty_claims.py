"""The ledger of claims: numbers of dead, wounded, captured, displaced, each as somebody gives it; never added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.attribution.claim_patterns import (
    befalls,
    caution_pattern,
    claim_keywords,
    claim_words,
    toll_behind,
    toll_pattern,
    word_set,
)
from corpus.attribution.counts import value_of
from corpus.attribution.denials import is_denied
from corpus.attribution.harm import Harm
from corpus.attribution.sentence_tokens import SentenceTokens
from corpus.attribution.statements import statement_at
from corpus.attribution.uncounted import NUMBER as UNCOUNTED
from corpus.attribution.uncounted import uncounted_losses
from corpus.attribution.victims import Group, find_groups
from corpus.document import Document
from corpus.records import Claim, Statement, Wording
from geodata.sentences import Span

TOLL = 150  # characters from "the toll" to its number


def find_claims(document: Document, statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of a text in order; `statements` as `find_statements` gives them."""
    tokens = document.tokens
    told = {document.sentence_at(tokens.start[i]) for i in tokens.find(claim_keywords())}
    return [
        claim
        for sentence in sorted(told)
        if not document.is_furniture(*sentence)
        for claim in _in_order(document.text, sentence, statements)
    ]


def _in_order(text: str, sentence: Span, statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of a sentence, and losses that nobody numbers."""
    found = list(_of_sentence(text, sentence, statements))
    for some in uncounted_losses(text, sentence):
        if not any(some.start < claim.end and claim.start < some.end for claim in found):
            by, least = statement_at(some.start, some.end, statements), (some.start, some.end, 1, None)
            found.append(Claim(*least, some.what, some.whom, "in words", "", "", by, sentence, number=UNCOUNTED))
    kept = (claim for claim in found if not is_denied(text, sentence, (claim.start, claim.end)))
    return sorted(kept, key=lambda claim: claim.start)


def _of_sentence(text: str, sentence: Span, statements: Sequence[Statement]) -> Iterator[Claim]:
    told_loudly = text[slice(*sentence)].isupper()
    tokens = SentenceTokens(_quietly(text, sentence) if told_loudly else text, sentence)
    groups = find_groups(tokens)
    if not groups:
        return
    told = Harm(tokens, groups).read()
    caution = _caution(text, sentence)
    before, sport = "", not word_set("sport").isdisjoint(tokens.lower) and not _STRUCK.search(text, *sentence)
    for k, group in enumerate(groups):
        what = _toll(tokens.text, sentence, group) or told.get(k, "")
        if not what and _figure(text, sentence, group):
            what = before
        if not what or (what == "wounded" and sport) or (not group.whom and _OF_THINGS.match(text, group.span[1])):
            continue
        by = _claimant(text, group.number.span() if group.number else group.span, statements)
        low, high, wording, number = _value(group)
        whom, number = (group.whom.upper(), number.upper()) if told_loudly else (group.whom, number)
        yield Claim(
            *_shown(tokens, group),
            low,
            high,
            what,
            whom,
            wording,
            group.hedge,
            caution,
            by,
            sentence,
            number=number,
        )
        before = what


def _quietly(text: str, sentence: Span) -> str:
    """Return a text with a headline in capitals in small letters, where that moves nothing."""
    start, end = sentence
    small = text[start:end].lower()
    return text[:start] + small + text[end:] if len(small) == end - start else text


_STRUCK = re.compile(
    r"\b(?:bomb|blast|explo|attack|shot|shoot|gun|crash|fire|collaps|stampede|police|killed)", re.IGNORECASE
)


# "31 of 36 drones": what a number is of is told behind it, and is nobody.
_OF_THINGS = re.compile(
    r" of (?:the |its |their )?\d[\d,]{0,9} (?:[\w-]{1,20} ){0,3}?"
    r"(?:drones?|missiles?|rockets?|aircraft|jets|planes|tanks|vehicles|homes|houses|buildings|seats|votes|games|villages)\b"
)


def _shown(tokens: SentenceTokens, group: Group) -> Span:
    """Return what shows a claim: a number with those counted, or with what befell them: "thousands dead"."""
    bare = not group.whom and tokens.low(group.last) in befalls()
    return group.span[0], tokens.end[group.last] if bare else group.span[1]


def _value(group: Group) -> tuple[int, int | None, Wording, str]:
    """Return the least and the most that a group is, how it is put, and its number as written."""
    if group.number is None:
        return 1, 1, "exact", "one"
    match, wording = group.number, group.wording
    low, high = value_of(match)
    unbounded = high is None
    if wording == "exact" and match["low"]:
        wording = "between"
    elif wording == "exact" and match["vague"] and high is not None:
        wording = "about"
    if wording == "at most":
        low = 0
    elif wording == "at least":
        high = None
    if (match["vague"] or match["few"]) and unbounded:
        wording = "in words"
    return low, high, wording, re.sub(r"^between | of$", "", match[0].strip(), flags=re.IGNORECASE)


def _toll(text: str, sentence: Span, group: Group) -> str:
    """Return what 'the toll rose to' and 'put the number of wounded at' say of the number behind them."""
    match = group.number and (
        toll_pattern().search(text, max(sentence[0], group.span[0] - TOLL), group.span[0])
        or toll_behind().match(text, group.span[1], sentence[1])
    )
    if not match:
        return ""
    word = match["toll"] or match["row"] or match["own"]
    found: str = next(what for stem, what in claim_words()["before_nouns"].items() if word.lower().startswith(stem))
    return found


def _figure(text: str, sentence: Span, group: Group) -> bool:
    """Say whether a bare number is another of what was counted: "Kyiv lost 300 men; Moscow put the figure at 4,000"."""
    return bool(group.number and _FIGURE.search(text, max(sentence[0], group.span[0] - 40), group.span[0]))


_FIGURE = re.compile(
    r"\b(?:the|that|its|their) (?:real |true |actual )?(?:figure|number|count|total) (?:at|was|is|to) $"
    r"|\b(?:figure|number|count|total|toll)\b.{0,24}\b(?:put|puts|gave|gives) it (?:at|as) $"
    r"|\b(?:spoke|speaks|speaking|talks|talked) of $"
)


def _claimant(text: str, number: Span, statements: Sequence[Statement]) -> Statement | None:
    """Return who gives a number: not those who only spoke about what it is told of ("of clashes in which 9 died")."""
    by = statement_at(*number, statements)
    aside = by and text[by.cue_start : by.cue_end] in _TOPIC and _RELATIVE.search(text, by.start, number[0])
    return None if aside else by


_TOPIC = frozenset({"spoke", "speaks", "speaking", "talked", "talks", "talking", "discussed"})
_RELATIVE = re.compile(r"\b(?:in|during|after) which |, which ")


def _caution(text: str, sentence: Span) -> str:
    match = caution_pattern().search(text, *sentence)
    return match[0] if match else ""
