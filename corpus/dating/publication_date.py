"""Find out when an article was published, and say how we know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial

from corpus.dating.publication_evidence import (
    Evidence,
    first_day,
    gather_evidence,
    is_partial,
    speaks_of_now,
    words_of,
    year_of,
)
from corpus.document import Document
from corpus.records import Article, DateConfidence, Dated, Published, Timex
from corpus.timex.calendar import WEEKDAYS, valid
from corpus.timex.given_date import FindTimexes, find_undated, read_date

# An article that dates events by the day appears within the week of the last one.
WITHIN = timedelta(days=6)
# Days named so close together may be the news rather than its background.
CLOSE = timedelta(days=30)

# What is read of a line when only lines are read: longer than any byline or dateline.
LINE_READ = 240
NO_LINE = "..."
LONGEST_CAPTION = 300  # characters of a caption before its day

LAST_UPDATE = "line of the last update"

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_BEFORE_DATELINE = re.compile(r"[^a-z\n]*(?:(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*+[\s,.()/-]*+){0,6}")
_AFTER_DATELINE = re.compile(
    r"[ ,.]{0,40}+(?:(?:\([^()\n]{0,40}\)|/[^/\n]{1,30}/)?[ .]{0,40}+(?:[-–—_:]|$)"
    r"|/[^/\n]{1,30}/|[A-Z][A-Za-z]{2,20}[.:]|[A-Z]{3,20}$)",
    re.MULTILINE,
)
_ENDS_LINE = re.compile(r"(?:[^\S\n]|[.)]){0,40}+(?:\([^()\n]{0,200}\))?(?=\n|\Z)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.])(\d{1,2})\2(\d{1,2})(?!\d)")


def find_published(
    article: Article,
    *,
    document: Document | None = None,
    find_timexes: FindTimexes = find_undated,
    context: Iterable[date] = (),
) -> Published:
    """Date an article from what it says; undecided evidence leaves `since` None, and the basis says why.

    `context` holds dates of other articles of the corpus: they may lend a year to a date that names none. Today's
    date is never evidence, so a corpus is dated the same whenever it is read.
    """
    document = document or Document(article.text, language=article.language, known=article.furniture)
    stated = _stated(article, document, find_timexes)
    return stated or _decide(replace(_gather(article, document, find_timexes), context=sorted(context)))


def date_articles(articles: Iterable[Article]) -> list[Dated]:
    """Date articles, in order: those that only others may date beside all the others."""
    alone = [date_alone(article) for article in articles]
    context = sorted({one.published.anchor for one, waits in alone if not waits and one.published.anchor})
    return [Dated(one.article, find_published(one.article, context=context)) if waits else one for one, waits in alone]


def date_alone(article: Article, *, find_timexes: FindTimexes = find_undated) -> tuple[Dated, bool]:
    """Date an article by itself; say whether the dates of other articles may help."""
    document = Document(article.text, language=article.language, known=article.furniture)
    read = cache(partial(find_timexes, language=document.language))  # the text may be asked for more than once
    published = _stated(article, document, read)
    waits = False
    if not published:
        evidence = replace(_gather(article, document, read), firm_only=True)
        published = _decide(evidence)
        waits = bool(evidence.partial and not published.since)
    timexes = None if published.anchor else tuple(read(document))
    return Dated(article, published, timexes, document.furniture), waits


def _gather(article: Article, document: Document, find_timexes: FindTimexes) -> Evidence:
    timexes = [t for t in find_timexes(document) if not document.is_furniture(t.start, t.end)]
    return gather_evidence(article, document, timexes)


def _decide(evidence: Evidence) -> Published:
    """Try the kinds of evidence, the firmest first."""
    for step in (_from_date_line, _from_dateline, _from_address, _from_weekday, _from_last_days, _from_partial_day):
        published = step(evidence)
        if published:
            return published
    return _undecided(evidence)


def _stated(article: Article, document: Document, find_timexes: FindTimexes) -> Published | None:
    """Read what states the date; that of a page's last update gives way to a line of the text."""
    given = _from_data(article)
    return given if given and given.confidence == "stated" else _from_edges(article, document, find_timexes) or given


def _from_edges(article: Article, document: Document, find_timexes: FindTimexes) -> Published | None:
    """Read a date that the first or last lines write out in full: most articles need no more of them read for it."""
    lines = []
    for start, end, _ in _edge_lines(document.text[: document.end]):
        line = document.text[start : min(end, start + LINE_READ)]
        is_told = re.search(r"\d", line) and not document.is_furniture(start, end)
        lines.append(line if is_told else NO_LINE)
    edges = Document("\n".join(lines), language=document.language, furniture=())
    evidence = _gather(article, edges, find_timexes)
    if evidence.partial:
        return None  # the whole text may tell its year
    published = _from_date_line(evidence) or _from_dateline(evidence)
    return published if published and published.confidence == "stated" else None


def _from_data(article: Article) -> Published | None:
    """Read the date of front matter, or of the file's own data."""
    since, until = read_date(article.date) if article.date else (None, None)
    confidence: DateConfidence = "likely" if article.date_from.endswith("update") else "stated"
    return Published(since, until, f"{article.date_from}, '{article.date}'", confidence) if since else None


def _from_date_line(evidence: Evidence) -> Published | None:
    """Read a byline, "Published: ..." or a line that is only a date."""
    found = []
    for start, end, in_head in _edge_lines(evidence.text):
        day = next((t for t in evidence.timexes if start <= t.start < end and _is_day(t)), None)
        if day:
            rank, name = _rank_of_line(evidence.text[start:end], day.text, in_head=in_head)
            if name:
                found.append((rank, start, _on(day, evidence, name)))
    days = [day for _, _, day in sorted(found, key=lambda f: f[:2])]
    return next((day for day in days if day.since), days[0] if days else None)


def _rank_of_line(line: str, written: str, *, in_head: bool) -> tuple[int, str]:
    """Return how good a line is as a date line, best first, and what to call it, or "" where it is none."""
    opening = re.match(r"[^\W\d_]+", line)
    first = opening[0].lower() if opening else ""
    if len(line) <= 160 and first in words_of("byline") and line[-1] not in ".!?":
        return 1, "byline"
    if len(line) <= 90 and first in words_of("published"):
        return 0, "line of publication"
    if len(line) <= 90 and first in words_of("updated"):
        return 3, LAST_UPDATE
    other_words = re.findall(r"[^\W\d_]{2,}", line.replace(written, " ", 1))
    is_date = in_head and len(line) <= 90 and len(other_words) <= 3 and line[-1] not in "-–—_"
    return 2, "date line" if is_date else ""


def _edge_lines(text: str) -> list[tuple[int, int, bool]]:
    """Return the spans of the first and last lines of a text, and whether each is one of the first."""
    head = [(*m.span(), True) for _, m in zip(range(12), _LINE.finditer(text, 0, 5000), strict=False)]
    after = head[-1][1] if head else 0
    foot = [(*m.span(), False) for m in _LINE.finditer(text, max(after, len(text) - 2000))]
    return [*head, *foot[-6:]]


def _is_day(day: Timex) -> bool:
    return day.granularity == "day" or is_partial(day)


def _from_dateline(evidence: Evidence) -> Published | None:
    """Read "YEREVAN, October 12 (Agency) -" at the beginning of a line in the head."""
    text = evidence.text
    for start, end, in_head in _edge_lines(text)[:6]:
        day = next((t for t in evidence.timexes if start <= t.start < min(end, start + 70) and _is_day(t)), None)
        if not (in_head and day):
            continue
        place = text[start : day.start]
        opens = _BEFORE_DATELINE.fullmatch(place) and _AFTER_DATELINE.match(text, day.end)
        if opens and words_of("prepositions").isdisjoint(place.lower().split()):
            return _on(day, evidence, "dateline")
    return None


def _on(day: Timex, evidence: Evidence, name: str) -> Published:
    """Date the article on a day that its own line names, with the year it names or that the evidence decides."""
    if day.since and day.basis == "explicit":
        confidence: DateConfidence = (
            "likely" if name == LAST_UPDATE else "stated"
        )  # the first publication may lie before it
        return Published(day.since, day.since, f"{name}, '{day.text}'", confidence)
    dated = year_of(day, evidence, is_publication=True)
    if dated:
        return Published(dated[0], dated[0], f"{name}, '{day.text}', {dated[1]}", "likely")
    return Published(None, None, f"{name}, '{day.text}', names no year, and nothing decides it")


def _from_address(evidence: Evidence) -> Published | None:
    """Read "/2022/09/13/" in the article's address, or "2022-09-13" in its file name."""
    for name, written in (("address", evidence.article.url), ("file name", evidence.article.file)):
        found = _IN_ADDRESS.search(written)
        day = valid(int(found[1]), int(found[3]), int(found[4])) if found else None
        if found and day and not (evidence.days and first_day(evidence.days[-1]) > day):
            return Published(day, day, f"{name}, '{found[0]}'", "likely")
    return None


def _from_weekday(evidence: Evidence) -> Published | None:
    """Take the last day named when it falls on the weekday that the text reports on, and is news or a caption."""
    if not (evidence.days and evidence.weekdays):
        return None
    last = evidence.days[-1]
    day, often = first_day(last), evidence.weekdays.most_common(1)[0][0]
    if day.isoweekday() != often or evidence.latest_year != day.year:
        return None
    if _is_recent_news(evidence) or any(_ends_caption(evidence.text, t) for t in evidence.days if t.since == day):
        basis = f"'{last.text}', the last day named, is the '{WEEKDAYS[often - 1]}' of the text"
        return Published(day, day, basis, "likely")
    return None


def _ends_caption(text: str, day: Timex) -> bool:
    """Say whether a day stands after a comma at the end of a line of one sentence."""
    before = text[max(0, day.start - LONGEST_CAPTION - 1) : day.start].rpartition("\n")[2]
    is_last = _ENDS_LINE.match(text, day.end) is not None
    return is_last and 20 <= len(before) <= LONGEST_CAPTION and before.rstrip().endswith(",")


def _from_last_days(evidence: Evidence) -> Published | None:
    """Take the week after the last day named when the days before it are the news and not its background."""
    if not evidence.days or not _is_recent_news(evidence):
        return None
    last = evidence.days[-1]
    day = first_day(last)
    basis = f"'{last.text}', the last day named: published then or within a week"
    return Published(day, day + WITHIN, basis, "possible")


def _is_recent_news(evidence: Evidence) -> bool:
    """Tell news from an account of the past: the days named lie close together, and the text speaks of the present."""
    last = first_day(evidence.days[-1])
    before = {first_day(t) for t in evidence.days if first_day(t) < last}
    close = sum(last - day <= CLOSE for day in before)
    in_a_year = sum(last - day <= timedelta(days=366) for day in before)
    # Two days close before the last: one also occurs in background (in Wikinews, half of those dates were wrong).
    is_cluster = close >= 2 and 2 * in_a_year >= len(before) and evidence.latest_year == last.year
    return is_cluster and speaks_of_now(evidence)


def _from_partial_day(evidence: Evidence) -> Published | None:
    """Take the one day that the text names, more than once and without its year, where news would say "Tuesday".

    One mention, or a text that uses weekdays as well, proves nothing: of 156 such days in local and agency news one in
    five was in the week of publication.
    """
    values = {t.value[:10] for t in evidence.partial}
    if len(values) != 1 or len(evidence.partial) < 2 or evidence.weekdays or not speaks_of_now(evidence):
        return None
    day = evidence.partial[0]
    dated = year_of(day, evidence, is_publication=False)
    if not dated:
        return None
    since, why = dated
    return Published(since, since + WITHIN, f"'{day.text}', {why}: published then or within a week", "possible")


def _undecided(evidence: Evidence) -> Published:
    article = evidence.article
    stated = f"{article.date_from} says '{article.date}', which is no certain day; " if article.date else ""
    if evidence.partial:
        basis = f"'{evidence.partial[0].text}' names no year, and nothing decides it"
    elif evidence.days:
        basis = f"'{evidence.days[-1].text}' is the last day named, and perhaps long past"
    else:
        year = f"; the latest year named is {evidence.latest_year}" if evidence.latest_year else ""
        basis = f"no day is named{year}"
    return Published(None, None, stated + basis)
