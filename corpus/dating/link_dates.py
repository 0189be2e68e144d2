"""Say when what a passage tells of a place happened, and apart from that when it was said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.dating.clauses import Clause, Span, clause_at, is_of_the_present, link_words
from corpus.dating.dated_events import same_thing
from corpus.dating.dated_sentence import DatedSentence, DatedText, Dates, report_at
from corpus.records import Certainty, Link, Passage, Published, Timex

RUN = 31  # days: an event on days farther apart is two
BESIDE = 15  # characters between the date and the end of "announced on Monday that"


def link_mention(start: int, end: int, *, dated: DatedText, passage: Passage, published: Published) -> list[Link]:
    """Return what dates the mention at `start, end`: its sentence, else its passage so far, else the publication."""
    span = next(((s, e) for s, e in passage.sentences if s <= start < e), (passage.start, passage.end))
    own, timexes = dated.sentence(span), dated.timexes
    happened = _of_sentence(start, end, dated.text, own) if own.dates or own.things else None
    said = _said(start, dated.text, own)
    if happened is not None:
        return [_with_said(link, said, timexes) for link in links_of(happened, timexes, published, "its sentence says")]
    if said is not None:
        says = "its sentence does not say when it happened, only when it was said:"
        return [_with_said(_less(link), said, timexes) for link in links_of(said, timexes, published, says)]
    why = "its sentence speaks of the present" if own.is_now else "no date near it"
    before = before_in_passage(span[0], passage, dated)
    if before is not None and published.anchor and not own.is_now and _is_of_the_present(span, dated):
        before, why = None, "its sentence speaks of the present"
    if before is not None and not (own.is_now and published.anchor):
        return [_less(link) for link in links_of(before, timexes, published, "the passage said before")]
    if published.anchor is None:
        own_date = "has none" if published.since is None else "is dated to no day"
        return [Link(None, None, "undated", f"no date near it, and the article {own_date}")]
    until = published.until or published.anchor
    return [Link(published.anchor, until, _certainty(published.anchor, until), f"{why}: the day of publication")]


def of_event(links: Sequence[Link]) -> Link:
    """Return what dates an event: of days near to each other in their order, "Thursday and Friday", all of them."""
    days = [(link.since, link.until) for link in links if link.since and link.until]
    if not len(days) == len(links) > 1 or days != sorted(days) or (days[-1][1] - days[0][0]).days > RUN:
        return links[0]
    return replace(links[0], until=days[-1][1], certainty="period")


def _is_of_the_present(span: Span, dated: DatedText) -> bool:
    within = tuple((dated.timexes[i].start - span[0], dated.timexes[i].end - span[0]) for i in dated.numbers(span))
    return is_of_the_present(dated.text[slice(*span)], within)


def _of_sentence(start: int, end: int, text: str, own: DatedSentence) -> Dates | None:
    for dates in own.things:
        if same_thing((dates.start, dates.end), start, text):
            return dates
    here = clause_at(start, own.clauses)
    report = report_at(start, own)
    # What was said inside a report is no date of what stands outside it.
    plain = [dates for dates in own.dates if report_at(dates.start, own) in (None, report)]
    if report is not None:
        inside = [dates for dates in plain if report_at(dates.start, own) == report]
        if inside:
            return _of_clause(start, end, text, inside, report)
    same = [dates for dates in plain if clause_at(dates.start, own.clauses).number == here.number]
    if same:
        stretches = [clause for clause in own.clauses if clause.number == here.number]
        return _of_clause(start, end, text, same, (stretches[0].start, stretches[-1].end))
    before = [d for d in plain if d.end <= start and _reaches_on(d, here, text, own)]
    if before:
        return before[-1]
    after = [d for d in plain if d.start >= end and _reaches_back(clause_at(d.start, own.clauses), end, text, own)]
    return after[0] if after else None


def _of_clause(start: int, end: int, text: str, dates: list[Dates], clause: Span) -> Dates:
    """Choose among the dates of the mention's clause: of its own part between commas, else before it, else after."""
    cuts = [m.start() for m in _PARTS.finditer(text, *clause) if not any(d.start <= m.start() < d.end for d in dates)]

    def part(position: int) -> int:
        return bisect_left(cuts, position)

    before = [d for d in dates if d.start < start]
    after = [d for d in dates if d.start >= start]
    together = [d for d in (*reversed(before), *after) if part(d.start) == part(start)]
    if together:
        return together[0]
    # "in Paris and Lyon on Monday": names alone lead from the place to a date that its own part does not begin with.
    if after and _NAMES_ONLY.fullmatch(text, end, after[0].start):
        beginning = cuts[part(after[0].start) - 1]
        if re.search(r"[A-Z]", text[beginning : after[0].start]):
            return after[0]
    return before[-1] if before else after[0]


_PARTS = re.compile(r",\s|\s(?:and|or|but|&)\s")
_NAMES_ONLY = re.compile(r"(?:[\s,&]|\b(?:and|or|in|on|at|near|of|the)\b|[A-Z][\w’'.-]*+)*+")


def _reaches_on(dates: Dates, here: Clause, text: str, own: DatedSentence) -> bool:
    """Say whether the date of a clause holds for a later clause of the sentence."""
    clause = clause_at(dates.start, own.clauses)
    if clause.kind in ("condition", "comparison"):
        return False
    if own.is_list and clause.kind == here.kind == "main":
        # Only what leads in a list dates all of its items: "On Monday the council: ...; ...; ..."
        return clause.number == 0 and (
            text[clause.end] == ":" or not re.search(r"\w\W+\w", text[own.start : dates.start])
        )
    # "the village, which fell in 2020, is near Goris": the clause is over, and its date with it.
    is_over = any(c.number == here.number and c.start < clause.start for c in own.clauses)
    return not (clause.kind in ("relative", "that") and is_over)


def _reaches_back(clause: Clause, end: int, text: str, own: DatedSentence) -> bool:
    """Say whether a clause's date holds for a place named before it."""
    if clause.kind in ("condition", "comparison"):
        return False
    opens = next(c.start for c in own.clauses if c.number == clause.number)
    if clause.kind == "relative" or (clause.kind == "that" and not any(stop == opens for _, stop in own.reports)):
        return not text[end:opens].strip(" ,")  # only for the word it follows
    return True


def _said(start: int, text: str, own: DatedSentence) -> Dates | None:
    """Return when it was said what the sentence tells of a place, if it is not of the saying itself."""
    if report_at(start, own) is not None:
        return None
    for report in own.reports:
        # "Goris was shelled, and Lee said on Monday that ...": what she said is not what stands before.
        if start < report[0] and _JOINED.search(text, own.start, report[0]):
            continue
        inside = [d for d in own.dates if report_at(d.start, own) == report]
        when = [d for d in inside if clause_at(d.start, own.clauses).kind != "relative"]
        if when:  # the date beside the verb, which ends the report, else the first
            return when[-1] if report[1] - when[-1].end <= BESIDE else when[0]
    return None


_JOINED = re.compile(r"\b(?:and|but|while|whereas|although|though|after|before|because|when)\s+$")


def before_in_passage(end: int, passage: Passage, dated: DatedText) -> Dates | None:
    """Return the first dates of the nearest earlier sentence that has any: they set the time for what follows."""
    for span in reversed(passage.sentences):
        if span[1] > end or not dated.numbers(span):
            continue
        own = dated.sentence(span)
        plain = [d for d in own.dates if clause_at(d.start, own.clauses).kind not in ("condition", "relative")]
        happened = [d for d in plain if report_at(d.start, own) is None]
        if happened or plain:
            return (happened or plain)[0]
    return None


def links_of(dates: Dates, timexes: Sequence[Timex], published: Published, says: str) -> list[Link]:
    """Return the links of dates that go together; `says` begins their reason."""
    first, last = timexes[dates.timexes[0]], timexes[dates.timexes[-1]]
    assert first.since and first.until and last.until
    if dates.bound in link_words("dates", "open"):
        until = max(first.until, published.until or first.until)
        basis = f"{says} '{dates.written}'" + (": from then to the publication" if until > first.until else "")
        return [Link(first.since, until, _certainty(first.since, until), basis, dates.timexes[0])]
    if dates.is_range and first.since <= last.until:
        certainty = _certainty(first.since, last.until)
        return [Link(first.since, last.until, certainty, f"{says} '{dates.written}'", dates.timexes[0])]
    links = []
    for i in dates.timexes:
        timex = timexes[i]
        assert timex.since and timex.until
        # "explicit" at the end: "9" of "9 and 10 May 2022" is written out too.
        is_stated = timex.basis.startswith("explicit") or timex.basis.endswith(": explicit")
        exact = timex.since == timex.until and is_stated and not dates.bound
        certainty = "exact" if exact else _certainty(timex.since, timex.until)
        written = dates.written if i == dates.timexes[0] else timex.text
        links.append(Link(timex.since, timex.until, certainty, f"{says} '{written}'{_why(timex)}", i))
    return links


def _why(timex: Timex) -> str:
    # "explicit" says no more than the quotation, and a basis that quotes it again says it twice.
    basis = timex.basis.removeprefix("explicit").removeprefix(f"'{timex.text}'").lstrip(":;, ")
    return f", {basis}" if basis else ""


def _certainty(since: object, until: object) -> Certainty:
    return "inferred" if since == until else "period"


def _less(link: Link) -> Link:
    """Return the link as one that was worked out: the date stands elsewhere, or is that of the saying."""
    return replace(link, certainty="inferred") if link.certainty == "exact" else link


def _with_said(link: Link, said: Dates | None, timexes: Sequence[Timex]) -> Link:
    if said is None:
        return link
    timex = timexes[said.timexes[0]]
    return replace(link, said_since=timex.since, said_until=timex.until, said_timex=said.timexes[0])
