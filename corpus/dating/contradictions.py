"""Find where an article's own dates contradict each other; what is found is shown beside the text, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.dating.clauses import clause_at, find_past, link_words
from corpus.dating.dated_sentence import DatedSentence, DatedText, Dates
from corpus.dating.publication_evidence import words_of
from corpus.document import Document
from corpus.records import Flag, Published, Timex
from corpus.timex.calendar import WEEKDAYS, spoken
from corpus.timex.language import weekday_named

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WORD_BEFORE = re.compile(r"\b([^\W\d_]+),?\s+(?:the\s+)?$", re.IGNORECASE)
_CLOSE = 60  # characters between "after the 2020 war" and the date that it is said to follow


def find_contradictions(dated: DatedText, *, published: Published) -> list[Flag]:
    """Return what in an article's dates cannot be, by position: only dates that the text writes out count."""
    text, timexes = dated.text, dated.timexes
    flags: list[Flag] = []
    for span in dated.document.sentences:
        own = dated.numbers(span)
        if not own:
            continue
        flags += [flag for i in own for flag in _weekday(dated.document, timexes[i])]
        if len(own) == 1 and not _is_after(timexes[own[0]], published):
            continue  # nothing else to contradict: not worth reading the sentence
        sentence = dated.sentence(span)
        flags += _ends_before_it_starts(sentence, timexes)
        flags += _out_of_order(sentence, timexes)
        flags += _before_what_it_follows(text, sentence, timexes)
        flags += _after_publication(text, sentence, timexes, published)
    return sorted(flags, key=lambda flag: (flag.start, flag.end))


def _weekday(document: Document, timex: Timex) -> Iterator[Flag]:
    """Flag "Tuesday, 14 September 2022", which was a Wednesday."""
    if not _is_written_out(timex):
        return
    assert timex.since
    start, language = timex.start, document.language
    named = weekday_named(timex.text, language)
    if not named and (before := _WORD_BEFORE.search(document.text, max(0, start - 14), start)):
        start, named = before.start(), weekday_named(before[1], language)
    really = timex.since.isoweekday()
    if named not in (0, really):
        note = f"{spoken(timex.since)} was a {WEEKDAYS[really - 1]}, not a {WEEKDAYS[named - 1]}"
        yield Flag(start, timex.end, "weekday", note)


def _ends_before_it_starts(sentence: DatedSentence, timexes: Sequence[Timex]) -> Iterator[Flag]:
    """Flag "from 14 to 9 September 2022"."""
    for dates in (*sentence.dates, *sentence.things):
        first, last = timexes[dates.timexes[0]], timexes[dates.timexes[-1]]
        if not dates.is_range or not first.since or not last.until or last.until >= first.since:
            continue
        # "from August to May 1, 2010" names one year for two.
        if _is_stated(last) and (_is_stated(first) or first.value[:7] == last.value[:7]):
            note = f"the end, {spoken(last.until)}, lies before the beginning, {spoken(first.since)}"
            yield Flag(dates.start, dates.end, "order", note)


def _out_of_order(sentence: DatedSentence, timexes: Sequence[Timex]) -> Iterator[Flag]:
    """Flag a list of days that goes forward, except for one that names no year of its own."""
    for dates in sentence.dates:
        listed = [timexes[i] for i in dates.timexes]
        if len(listed) < 3 or dates.is_range:
            continue
        steps = [(a, b) for a, b in pairwise(listed) if a.since and b.since and b.since < a.since]
        if len(steps) != 1 or not (_is_stated(steps[0][0]) and _is_stated(listed[-1])):
            continue
        later, earlier = steps[0]
        if earlier is not listed[-1] and not _YEAR.search(earlier.text):
            note = (
                f"'{earlier.text}' shares the year of the date after it, which puts it before '{later.text}' although "
                "it is listed behind it: perhaps its year is another"
            )
            yield Flag(earlier.start, earlier.end, "order", note)


def _before_what_it_follows(text: str, sentence: DatedSentence, timexes: Sequence[Timex]) -> Iterator[Flag]:
    """Flag "signed on 11 January 2020 after the war of September 2020"."""
    for event in (*sentence.things, *sentence.dates):
        after = re.search(r"\b(after|following)\s+(?:\w+\s+){0,3}$", text[sentence.start : event.start], re.IGNORECASE)
        begins = timexes[event.timexes[0]]
        if not after or not begins.since or not _is_stated(begins):
            continue
        for dates in sentence.dates:
            timex = timexes[dates.timexes[0]]
            if dates is event or not timex.until or not _is_stated(timex) or timex.until >= begins.since:
                continue
            left, right = sorted([(dates.start, dates.end), (event.start, event.end)])
            between = text[left[1] : right[0]]
            if (
                len(between) <= _CLOSE
                and dates.bound == ""
                and not find_past(between)
                and _one_clause(dates, event, sentence)
            ):
                note = f"'{timex.text}' is said to be after '{begins.text}', and lies before it"
                yield Flag(timex.start, timex.end, "before event", note)


def _one_clause(dates: Dates, event: Dates, sentence: DatedSentence) -> bool:
    mine, its = clause_at(dates.start, sentence.clauses), clause_at(event.start, sentence.clauses)
    return mine.number == its.number or (mine.kind == "main" and its.start == sentence.start)


def _after_publication(
    text: str, sentence: DatedSentence, timexes: Sequence[Timex], published: Published
) -> Iterator[Flag]:
    """Flag what is told in the past tense of a day after the article appeared, where its own line dates it."""
    if published.until is None:
        return
    words = set(re.findall(r"[^\W\d_]+", text[sentence.start : sentence.end].lower()))
    if not words_of("ahead").isdisjoint(words) or not link_words("tense", "ahead").isdisjoint(words):
        return
    for dates in sentence.dates:
        clause = clause_at(dates.start, sentence.clauses)
        if dates.bound or clause.kind in ("condition", "comparison") or not find_past(text[clause.start : clause.end]):
            continue
        for i in dates.timexes:
            timex = timexes[i]
            if _is_after(timex, published):
                note = f"it is told as past, and the article appeared on {spoken(published.until)}"
                yield Flag(timex.start, timex.end, "after publication", note)


def _is_after(timex: Timex, published: Published) -> bool:
    """Say whether a day written out lies after a publication that is stated too."""
    if published.confidence != "stated" or not published.until or not _is_written_out(timex):
        return False
    return timex.since is not None and timex.since > published.until


def _is_stated(timex: Timex) -> bool:
    return timex.since is not None and timex.basis.startswith("explicit") and _YEAR.search(timex.text) is not None


def _is_written_out(timex: Timex) -> bool:
    return _is_stated(timex) and timex.since == timex.until and timex.granularity == "day"
