"""Say when and where that happened which a claim counts: by its own event, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.dating.clauses import clause_at
from corpus.dating.dated_events import event_words
from corpus.dating.dated_sentence import DatedSentence, DatedText, Dates, report_at
from corpus.dating.link_dates import before_in_passage, link_mention, links_of
from corpus.records import Claim, Event, Link, Mention, Passage, Published, Statement

_UNCLEAR = Link(None, None, "undated", "the text does not say when it happened")
# "last month's (border clashes that left)", "the 2020 (war, which killed)"
_OF_THE_THING = re.compile(r"(?:['’]s?)?(?:\s[\w’'-]+){1,6}?,?\s(?:that|which|in which)\s(?:[\w’'-]+\s){0,5}")
# A border lies in neither of the two: "on the border between A and B".
_OF_A_BORDER = re.compile(
    r"\b(?:border|frontier|boundary)\s(?:(?:between|with|and|the|of|that|which|shares?|[A-Z][\w’'-]*),?\s){1,6}$"
)
_ON_A_BORDER = re.compile(r"\b(?:on|along|at|near) the (?:[\w-]{1,30} )?(?:border|frontier|boundary)\b")
_OPENS = re.compile(r"[,;:]\s|\b(?:after|since|following|over|amid|during|by|and|but)\s")
NEAR = 400  # characters between two claims of one event
_PRONOUN = re.compile(r"\b(?:that|which|who|where)\b")
_TOLD_OF = re.compile(
    r"\b(?:during|amid|throughout|in|of|from) (?:the|this|these|those) ([\w-]+)(?=[,.;]|$| at | as )", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:[“\"]?(?:The|These|This|That|Those)\s)?((?:[\w’'-]{1,40}\s){1,4})")


def link_claim(
    claim: Claim, *, dated: DatedText, passages: Sequence[Passage], number: int, published: Published
) -> Link:
    """Return what dates the event of a claim; the day of publication is no date of what the text leaves undated."""
    passage, own = passages[number], dated.sentence(claim.sentence)
    if thing := _thing(claim, own, dated.text):
        return links_of(replace(thing, bound=""), dated.timexes, published, "it is told of")[0]
    link = link_mention(claim.start, claim.end, dated=dated, passage=passage, published=published)[0]
    if link.timex is not None:
        return link
    before = before_in_passage(claim.sentence[0], passage, dated)
    if before is None and number and _goes_on(claim, dated.text):
        before = before_in_passage(claim.sentence[0], passages[number - 1], dated)
    goes_on = _goes_on(claim, dated.text)
    if before is None and _means_one_told_of(claim, dated.text):
        goes_on = True
        earlier = (before_in_passage(claim.sentence[0], each, dated) for each in reversed(passages[:number]))
        before = next(filter(None, earlier), None)
    if before is None or not (goes_on or not own.is_now):
        return _UNCLEAR
    link = links_of(before, dated.timexes, published, "the text said before")[0]
    return replace(link, certainty="inferred") if link.certainty == "exact" else link


def date_beside(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return claims with days: "Baku spoke of losses, too" is of the days of the claim that it goes with."""
    dated = list(claims)
    for i, claim in enumerate(claims):
        if claim.link is None or claim.link.since is not None:
            continue
        before = i > 0 and _ALSO.search(text, *claim.sentence) and dated[i - 1]
        behind = not before and i + 1 < len(claims) and _goes_with(claim, claims[i + 1], text) and claims[i + 1]
        beside = before or behind
        if beside and beside.link and beside.link.since and _is_near(claim, beside, text):
            basis = f"of one event with the claim beside it: {beside.link.basis}"
            dated[i] = replace(claim, link=replace(beside.link, certainty="inferred", basis=basis))
    return dated


_ALSO = re.compile(r"\b(?:also|too|as well|likewise|in turn|for (?:its|their|his|her) part)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:then|also|too|as well|likewise|in turn|(?:its|their) own|for (?:its|their) part)\b", re.IGNORECASE
)


def _goes_with(claim: Claim, following: Claim, text: str) -> bool:
    """Say whether the next sentence goes on with another's count: "The army then gave its own losses as 50"."""
    return claim.sentence[1] <= following.start and _THEN.search(text, *following.sentence) is not None


def _is_near(claim: Claim, beside: Claim, text: str) -> bool:
    """Say whether two claims stand near each other in a paragraph."""
    first, last = sorted((claim.start, beside.start))
    return last - first < NEAR and "\n\n" not in text[first:last]


def place_claim(
    claim: Claim,
    mentions: Sequence[Mention],
    *,
    events: Sequence[Event] = (),
    statements: Sequence[Statement] = (),
    dated: DatedText,
    passages: Sequence[Passage],
    number: int,
) -> int | None:
    """Return the mention of the place where a claim's event happened, None where the text leaves it unclear."""
    start, end = claim.sentence
    inside = _places(mentions, start, end)
    if inside:
        own = dated.sentence(claim.sentence)
        floor = _antecedent(claim, own, dated.text)
        fit = [
            i
            for i in inside
            if mentions[i].start >= floor
            and report_at(mentions[i].start, own) is None
            and not _tells_whose(mentions[i], claim)
            and not _is_of_speaker(mentions[i], claim, dated.text)
            and not _OF_A_BORDER.search(dated.text, start, mentions[i].start)
        ]
        there = _of_nearest_event(claim, events).intersection(fit)
        fit = [i for i in fit if i in there] or fit
        # "three in Lyon and five in Marseille": the nearest, and behind a number before in front of it.
        return min(fit, key=lambda i: abs(mentions[i].start - claim.start), default=None)
    if _ON_A_BORDER.search(dated.text, start, end):
        return None
    sentences = [span for span in passages[number].sentences if span[1] <= start]
    if not sentences and number and _goes_on(claim, dated.text):
        sentences = [span for span in passages[number - 1].sentences]
    if not sentences:
        return None
    last = sentences[-1]
    spoke = [(by.speaker_start, by.speaker_end) for by in statements if last[0] <= by.speaker_start < last[1]]
    told = [
        i
        for i in _places(mentions, *last)
        if report_at(mentions[i].start, dated.sentence(last)) is None
        and not any(low <= mentions[i].start < high for low, high in spoke)  # "Lyon first reported three deaths"
    ]
    return min(told, key=lambda i: (mentions[i].role in ("met", "target"), i), default=None)


def _of_nearest_event(claim: Claim, events: Sequence[Event]) -> set[int]:
    """Return where that happened which the event word nearest to a claim, in its sentence, tells of."""
    start, end = claim.sentence
    low, high = (bisect_left(events, edge, key=lambda each: each.start) for edge in (start, end))
    nearest = min(events[low:high], key=lambda each: abs(each.start - claim.start), default=None)
    return set(nearest.mentions) if nearest else set()


def _places(mentions: Sequence[Mention], start: int, end: int) -> list[int]:
    """Return which mentions of a stretch are places; mentions are in order."""
    first, last = (bisect_left(mentions, edge, key=lambda each: each.start) for edge in (start, end))
    return [i for i in range(first, last) if mentions[i].status in ("placed", "region")]


def _thing(claim: Claim, own: DatedSentence, text: str) -> Dates | None:
    """Return the date in the name of what did it: "last month's clashes that left 12 dead"."""
    for dates in (*own.things, *own.dates):
        if dates.end <= claim.start <= dates.end + 120 and _OF_THE_THING.fullmatch(text, dates.end, claim.start):
            return dates
    return None


def _antecedent(claim: Claim, own: DatedSentence, text: str) -> int:
    """Return where that begins which a relative clause with the claim tells of; else where the sentence begins."""
    clause = clause_at(claim.start, own.clauses) if own.clauses else None
    pronouns = [m for m in _PRONOUN.finditer(text, own.start, claim.start)]
    if not pronouns or (clause is not None and clause.kind == "main"):
        return own.start
    opens = [m.end() for m in _OPENS.finditer(text, own.start, max(own.start, pronouns[-1].start() - 5))]
    return opens[-1] if opens else own.start


def _tells_whose(mention: Mention, claim: Claim) -> bool:
    """Say whether a name stands inside the claim: "49 Armenian soldiers" died somewhere else."""
    return claim.start <= mention.start < claim.end


def _is_of_speaker(mention: Mention, claim: Claim, text: str) -> bool:
    """Say whether a name tells who speaks: "officials in Lyon said", but not "In Lyon, officials said"."""
    by = claim.statement
    return by is not None and mention.end <= by.cue_start < claim.start and "," not in text[mention.end : by.cue_start]


def _goes_on(claim: Claim, text: str) -> bool:
    """Say whether a sentence begins with what the one before tells of: "The war ...", "Hostilities ..."."""
    subject = _SUBJECT.match(text, *claim.sentence)
    return subject is not None and not event_words().isdisjoint(subject[1].lower().split())


def _means_one_told_of(claim: Claim, text: str) -> bool:
    """Say whether a sentence means an event that the text has told of: "during the escalation"."""
    found = _TOLD_OF.finditer(text, *claim.sentence)
    return any(match[1].lower() in event_words() for match in found)
