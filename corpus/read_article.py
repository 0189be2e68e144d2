"""Read everything out of one article: furniture, passages, dates, places, who speaks, and what goes with what."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from corpus.attribution.casualty_claims import find_claims
from corpus.attribution.sides import find_sides
from corpus.attribution.statements import find_statements, statement_at
from corpus.corrections.replay import NONE, Corrections, Named, mend_dates, mend_names
from corpus.dating.contradictions import find_contradictions
from corpus.dating.dated_sentence import DatedText
from corpus.dating.link_claims import date_beside, link_claim, place_claim
from corpus.dating.link_dates import link_mention, of_event
from corpus.dating.overlaps import outside_dates, part_names_and_dates
from corpus.dating.publication_date import date_alone, find_published
from corpus.document import Document
from corpus.ingest.passages import passage_at
from corpus.provenance.machine_rewriting import find_hints
from corpus.records import (
    Article,
    Claim,
    Dated,
    Event,
    Link,
    Mention,
    Published,
    ReadArticle,
    Role,
    Statement,
    Status,
)
from corpus.timex import Ranges, find_timexes
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.packs.shelf import Pack
from geodata.recognition import find_toponyms, weigh_toponyms
from geodata.records import AREAS, Resolution, Toponym
from geodata.resolution import resolve
from geodata.usage import Confidence, EventPlaces, Reading, find_event_places, read_names, role_of, weigh_confidence
from geodata.working import Working


@contextmanager
def many_articles(own: Path | None = None, *, packs: tuple[Pack, ...] = (), whole: bool = True) -> Iterator[None]:
    """Make ready to read many articles: open all that it takes, which processes forked from here on share.

    Not `whole`, only what `parse_text` takes is opened. Garbage is collected seldom meanwhile: what one article leaves
    behind has no cycles worth the search.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        if whole:
            example = Dated(Article("", "", EXAMPLE), Published(date(2022, 9, 14), date(2022, 9, 14), ""))
            read_out(example, own=own, packs=packs)
        else:
            parse_text(EXAMPLE, packs=packs)
        yield
    finally:
        gc.set_threshold(*before)


EXAMPLE = (
    "“Two people were killed near Paris on Monday,” the mayor of Lyon said, and crowds met along the border of Chad."
)


def parse_text(
    text: str,
    *,
    id: str = "",
    published: str | None = None,
    packs: tuple[Pack, ...] = (),
    working: Working | None = None,
) -> ReadArticle:
    """Read places, dates and speakers out of a text alone; `published` is its day, else the text itself is asked.

    Of time ranges only those that share a part ("September 13-14") are read as one, the nearest to TIMEX3's two ends.
    The steps leave their working in `working`, where it is given.
    """
    article = Article(id, id, text, date=published or "")
    document = Document(text)
    undated = cache(partial(find_timexes, anchor=None, ranges="shared", language=document.language))
    published_on = find_published(article, document=document, find_timexes=undated)
    dated = Dated(article, published_on, None if published_on.anchor else tuple(undated(document)))
    read, dates, found = _read_names(dated, document, own=None, packs=packs, ranges="shared", working=working)
    return replace(read, events=tuple(_events(read, document, dates, found)))


def read_out(
    dated: Dated, *, own: Path | None = None, packs: tuple[Pack, ...] = (), working: Working | None = None
) -> ReadArticle:
    """Read everything out of one article: the unit of work, which needs nothing but its arguments.

    `own` is the user's own list of places, `packs` are those that count. The steps leave their working in `working`,
    where it is given.
    """
    from geodata.extents.extents import find_extents  # shapes are slow to import, and a text alone needs none

    known = dated.article.furniture
    document = Document(dated.article.text, language=dated.article.language, furniture=dated.furniture, known=known)
    read, dates, found = _read_names(dated, document, own=own, packs=packs, ranges="all", working=working)
    claims = find_claims(document, read.statements)
    counted = {claim.sentence for claim in claims}
    near = [event for event in found if document.sentence_at(event.start) in counted]
    events = list(_events(read, document, dates, near))
    named = [i for i, each in enumerate(read.mentions) if each.status != "boilerplate" and not each.is_doubted]
    resolutions = [read.mentions[number].resolution for number in named]
    extents = find_extents(document, [resolution.toponym for resolution in resolutions], resolutions)
    read = replace(
        read,
        flags=tuple(find_contradictions(dates, published=read.published)),
        claims=tuple(date_beside([_dated(claim, read, dates, events) for claim in claims], document.text)),
        hints=tuple(find_hints(document)),
        extents=tuple(replace(extent, mentions=tuple(named[i] for i in extent.mentions)) for extent in extents),
    )
    return mend_dates(read, dated.corrections)


@dataclass(frozen=True, slots=True)
class Given:
    """What readers give beside what ships: a list of places of their own, packs of places, corrections."""

    own: Path | None = None
    packs: tuple[Pack, ...] = ()
    corrections: Corrections = NONE


def read_alone(article: Article, *, given: Given) -> ReadArticle | None:
    """Date an article and read everything out of it; return None where only other articles may date it."""
    dated, waits = date_alone(given.corrections.mend_article(article))
    return None if waits else _read_corrected(dated, given)


def read_beside(article: Article, *, context: Sequence[date], given: Given) -> ReadArticle:
    """Read everything out of an article that is dated beside others, which appeared on the days of `context`."""
    article = given.corrections.mend_article(article)
    return _read_corrected(Dated(article, find_published(article, context=context)), given)


def _read_corrected(dated: Dated, given: Given) -> ReadArticle:
    dated = replace(dated, corrections=given.corrections.of_names(dated.article))
    return read_out(dated, own=given.own, packs=given.packs)


def _read_names(
    dated: Dated,
    document: Document,
    *,
    own: Path | None,
    packs: tuple[Pack, ...],
    ranges: Ranges,
    working: Working | None = None,
) -> tuple[ReadArticle, DatedText, list[EventPlaces]]:
    """Read names and dates, what they mean, and what goes with what; the events are yet to be dated."""
    article, published = dated.article, dated.published
    gazetteer = open_gazetteer(own, packs)
    timexes = dated.timexes
    if timexes is None:
        timexes = tuple(find_timexes(document, anchor=published.anchor, ranges=ranges, language=document.language))
    found, doubted = weigh_toponyms(document, gazetteer, working=working)
    toponyms, timexes = part_names_and_dates(document.text, found, timexes)
    document.join((toponym.start, toponym.end) for toponym in toponyms)
    # Names in page furniture ("Previous article: USA ...") must not sway what the article's own names mean.
    aside = [toponym for toponym in toponyms if document.is_furniture(toponym.start, toponym.end)]
    starts = {toponym.start for toponym in aside}
    named = [toponym for toponym in toponyms if toponym.start not in starts]
    beside = find_toponyms(f"{article.outlet}. {article.title}", gazetteer) if article.outlet or article.title else []
    resolutions = resolve(document, named, gazetteer, beside=beside, working=working)
    readings = read_names(document, named, resolutions, working=working)
    confidences = weigh_confidence(resolutions, readings, gazetteer)
    machine, doubted = list(map(Named, resolutions, readings, confidences)), outside_dates(doubted, timexes)
    meant, doubted = mend_names(machine, doubted, dated, gazetteer=gazetteer, is_furniture=document.is_furniture)
    resolutions = [name.resolution for name in meant]
    statements = tuple(find_statements(document, sides=find_sides(document.text, resolutions, gazetteer)))
    dates = DatedText(document, timexes)
    events = find_event_places(document, resolutions, [name.reading for name in meant])
    mentions = [
        _mention(name, kinds, document, dates, published, statements)
        for name, kinds in zip(meant, _kinds(events, len(meant)), strict=True)
    ]
    mentions += [_furnished(resolution, document) for resolution in resolve(document, aside, gazetteer)]
    mentions += [_doubted(toponym, document) for toponym in doubted]
    mentions.sort(key=lambda mention: mention.start)
    about = (article, published, document.furniture, document.passages, timexes)
    return ReadArticle(*about, tuple(mentions), statements=statements), dates, events


def _kinds(events: Sequence[EventPlaces], names: int) -> list[set[str]]:
    """Return of each name the kinds of the events that it is a place of."""
    kinds: list[set[str]] = [set() for _ in range(names)]
    for event in events:
        for number in event.places:
            kinds[number].add(event.kind)
    return kinds


def _events(read: ReadArticle, document: Document, dates: DatedText, found: Sequence[EventPlaces]) -> Iterator[Event]:
    """Yield the events that the text names, each with its places and what dates it."""
    named = [i for i, mention in enumerate(read.mentions) if mention.reading is not None]
    for event in found:
        if document.is_furniture(event.start, event.end):
            continue
        passage = read.passages[passage_at(event.start, read.passages)]
        links = link_mention(event.start, event.end, dated=dates, passage=passage, published=read.published)
        yield Event(event.start, event.end, event.kind, tuple(named[i] for i in event.places), of_event(links))


def _furnished(resolution: Resolution, document: Document) -> Mention:
    name = resolution.toponym
    passage = passage_at(name.start, document.passages)
    return Mention(name.start, name.end, name.text, passage, "boilerplate", resolution, ())


def _doubted(toponym: Toponym, document: Document) -> Mention:
    """Return a name that the gazetteer knows and that is probably no place's here: undecided, and not lost."""
    inside = document.is_furniture(toponym.start, toponym.end)
    resolution = Resolution(toponym, None, 0.0, "the gazetteer has the name, but here it is probably none of a place")
    return Mention(
        toponym.start,
        toponym.end,
        toponym.text,
        passage_at(toponym.start, document.passages),
        "boilerplate" if inside else "undecided",
        resolution,
        (),
        confidence=None if inside else Confidence(toponym.probability, 0.0, 0.0),
    )


def _mention(
    meant: Named,
    events: Collection[str],
    document: Document,
    dates: DatedText,
    published: Published,
    statements: Sequence[Statement],
) -> Mention:
    """Return a name with all that is known of it: what it means, when, in which role and in whose words."""
    resolution, reading, name = meant.resolution, meant.reading, meant.resolution.toponym
    start, end = name.start, name.end
    number = passage_at(start, document.passages)
    status = _status(resolution, reading)
    links = tuple(link_mention(start, end, dated=dates, passage=document.passages[number], published=published))
    role = _role(status, reading, events, links, published)
    speaker = _position(statement_at(start, end, statements), statements)
    return Mention(start, end, name.text, number, status, resolution, links, reading, meant.confidence, role, speaker)


def _status(resolution: Resolution, reading: Reading) -> Status:
    if resolution.entry is None:
        return "undecided"
    if reading.reading != "literal":
        return "actor"
    return "region" if resolution.entry.kind in AREAS else "placed"


def _role(
    status: Status, reading: Reading, events: Collection[str], links: Sequence[Link], published: Published
) -> Role:
    if status == "actor":
        return "actor"
    if status == "undecided":
        return ""
    return role_of(reading.role, events=events, until=links[0].until, published=published.since)


def _position(statement: Statement | None, statements: Sequence[Statement]) -> int | None:
    if statement is None:
        return None
    first = bisect_left(statements, statement.start, key=lambda each: each.start)
    return next(i for i in range(first, len(statements)) if statements[i] is statement)


def _dated(claim: Claim, read: ReadArticle, dates: DatedText, events: Sequence[Event]) -> Claim:
    """Return a claim with what dates it and the place it is told of."""
    number = passage_at(claim.start, read.passages)
    link = link_claim(claim, dated=dates, passages=read.passages, number=number, published=read.published)
    mention = place_claim(
        claim,
        read.mentions,
        events=events,
        statements=read.statements,
        dated=dates,
        passages=read.passages,
        number=number,
    )
    return replace(claim, link=link, mention=mention)
