"""Replay corrections on what was read: each on those alike, that is of its words and of the meaning they had then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.corrections.places import BETWEEN, entries_of
from corpus.corrections.table import OF_ARTICLE, UNDATED, days_in, days_of, right_of
from corpus.records import LITERAL, Article, Correction, Dated, Link, Mention, Published, ReadArticle
from geodata.gazetteer import Gazetteer
from geodata.records import GazetteerEntry, Resolution, Toponym
from geodata.usage import Confidence, Reading, role_of
from geodata.usage.metonymy import ReadingName

CERTAIN = Confidence(1.0, 1.0, 1.0)
OF_NAMES = ("place", "no place", "reading", "right")
SOME_EVENT = ("event",)  # of a name whose role is known, or of one whose event lay too far back to tell
_WORD = re.compile(r"\w+")
Within = Callable[[int, int], bool]


def in_force(rows: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that count, in their order: each once, without those undone and what undid them."""
    ordered = sorted({row.id: row for row in rows}.values(), key=lambda row: row.when)
    undone: set[str] = set()
    for row in reversed(ordered):  # what undoes may be undone itself
        if row.what == "undo" and row.id not in undone:
            undone.add(row.value)
    return [row for row in ordered if row.what != "undo" and row.id not in undone]


class Corrections:
    """The corrections in force, by the texts that they may concern."""

    def __init__(self, rows: Iterable[Correction] = ()) -> None:
        self._of_article: list[Correction] = []
        self._of_names: list[Correction] = []
        self._by_text: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[int]] = defaultdict(set)  # those for the whole corpus, by their first word
        self._texts: set[str] = set()
        self._everywhere = False
        for each in in_force(rows):
            self._texts.add(each.text)
            self._everywhere |= each.scope == "corpus"
            if each.what in OF_ARTICLE:
                self._of_article.append(each)
                continue
            self._by_text[each.text].add(len(self._of_names))
            if each.scope == "corpus":
                self._by_word[_first_word(each.words)].add(len(self._of_names))
            self._of_names.append(each)

    def of_names(self, article: Article) -> tuple[Correction, ...]:
        """Return those that may concern the names of an article, in their order."""
        numbers = set(self._by_text.get(article.print, ()))
        if self._by_word:
            for word in {match[0].casefold() for match in _WORD.finditer(article.text)}:
                numbers |= self._by_word.get(word, set())
        return tuple(self._of_names[number] for number in sorted(numbers))

    def mend_article(self, article: Article) -> Article:
        """Return an article with what readers say of its day of publication, its outlet and its title."""
        for _, mended in self._steps(article):
            article = mended
        return article

    def concerning(self, article: Article) -> frozenset[str]:
        """Return the ids of those that may concern an article as it was read."""
        return frozenset(each.id for each, _ in self._steps(article)) | self._ids_of_names(article)

    def may_concern(self, text: str) -> bool:
        """Say whether any may concern the text of this print: those for the whole corpus may concern each."""
        return self._everywhere or text in self._texts

    def concern(self, mended: Article, before: frozenset[str]) -> bool:
        """Say whether other corrections concern an article now than those `before`, by which it was mended."""
        own = {each.id for each in self._of_article if each.text == mended.print}
        of_outlets = [each for each in self._of_article if each.what == "outlet" and each.scope == "corpus"]
        own |= {each.id for each in of_outlets if each.id in before or each.was == mended.outlet}
        return before != own | self._ids_of_names(mended)

    def _ids_of_names(self, article: Article) -> frozenset[str]:
        return frozenset(each.id for each in self.of_names(article))

    def _steps(self, article: Article) -> Iterator[tuple[Correction, Article]]:
        """Yield each correction of what an article is, with the article as it is then."""
        text = article.print if self._of_article else ""
        for each in self._of_article:
            own = each.text == text
            if each.what == "published" and own:
                article = replace(article, date=each.value, date_from=f"corrected by {each.by}")
            elif each.what == "title" and own:
                article = replace(article, title=each.value)
            elif each.what == "outlet" and (own or (each.scope == "corpus" and each.was == article.outlet)):
                article = replace(article, outlet=each.value)
            else:
                continue
            yield each, article


NONE = Corrections()


def _first_word(words: str) -> str:
    found = _WORD.search(words)
    return found[0].casefold() if found else ""


@dataclass(slots=True)
class Named:
    """A name of a text with what it is taken to mean."""

    resolution: Resolution
    reading: Reading
    confidence: Confidence

    @property
    def span(self) -> tuple[int, int]:
        """Where the text has it."""
        return self.resolution.toponym.start, self.resolution.toponym.end

    @property
    def place(self) -> str:
        """The ids of what it means, "" where that is none."""
        entry = self.resolution.entry
        return BETWEEN.join(each.id for each in (entry, *self.resolution.also) if each)


def mend_names(
    named: Sequence[Named],
    doubted: Sequence[Toponym],
    dated: Dated,
    *,
    gazetteer: Gazetteer,
    is_furniture: Within,
) -> tuple[list[Named], list[Toponym]]:
    """Return the names of an article as readers say they are meant, in order, and those that are still in doubt.

    A name that was not found there is added; a place that is not known here changes nothing.
    """
    article, corrections = dated.article, [each for each in dated.corrections if each.what in OF_NAMES]
    if not corrections:
        return list(named), list(doubted)
    names = {each.span: each for each in named}
    unsure = {(each.start, each.end): _unsure(each) for each in doubted}
    everything = names | unsure
    for correction in corrections:
        entries = _entries(correction, gazetteer)
        if entries is None:
            continue
        own = _own_span(correction, article)
        if own and own not in everything and entries and not is_furniture(*own):
            for span in [span for span in everything if span[0] < own[1] and own[0] < span[1]]:
                del everything[span]
            everything[own] = _unsure(Toponym(*own, article.text[slice(*own)], "name"))
        for span, each in everything.items():
            if span == own or (correction.scope != "mention" and _is_alike(each, correction, article)):
                _apply(correction, entries, each)
                unsure.pop(span, None)
    found = sorted(everything.items())
    return [each for span, each in found if span not in unsure], [
        each.resolution.toponym for span, each in found if span in unsure
    ]


def _unsure(toponym: Toponym) -> Named:
    return Named(Resolution(toponym, None, 0.0, ""), Reading("literal", 1.0, "", "happened"), CERTAIN)


def _entries(correction: Correction, gazetteer: Gazetteer) -> tuple[GazetteerEntry, ...] | None:
    """Return the places that a correction names, none where it names none; None where one of them is not known."""
    value = {"place": correction.value, "right": correction.value.partition(";")[0]}.get(correction.what, "")
    return entries_of(value, correction.words, gazetteer)


def _own_span(correction: Correction, article: Article) -> tuple[int, int] | None:
    """Return where an article has the words that were corrected, if it is the one; other words there are no fit."""
    if correction.text != article.print or article.text[correction.start : correction.end] != correction.words:
        return None
    return correction.start, correction.end


def _is_alike(name: Named, correction: Correction, article: Article) -> bool:
    if correction.scope == "article" and correction.text != article.print:
        return False
    before = name.reading.reading if correction.what == "reading" else name.place
    return before == correction.was and plain(name.resolution.toponym.text) == plain(correction.words)


def plain(words: str) -> str:
    """Return words as they are compared: whatever their case and the blanks between them."""
    return " ".join(words.split()).casefold()


def _apply(correction: Correction, entries: tuple[GazetteerEntry, ...], name: Named) -> None:
    """Let a name mean what a correction says."""
    by, before = f"corrected by {correction.by}", name.resolution
    reading: str = name.reading.reading
    is_new = correction.what != "reading"
    if correction.what == "reading":
        reading = correction.value
    elif correction.what == "right":
        by, reading = f"confirmed by {correction.by}", right_of(correction.value)[1]
        is_new = name.place != BETWEEN.join(each.id for each in entries)
        name.resolution = replace(before, reason=f"{before.reason}; {by}")
    if is_new:
        rivals = dict.fromkeys(each for each in (before.entry, *before.runners_up) if each and each not in entries)
        name.resolution = replace(
            before,
            toponym=replace(before.toponym, probability=1.0),
            entry=entries[0] if entries else None,
            share=1.0,
            reason=by if entries else f"no place: {by}",
            runners_up=tuple(rivals),
            also=entries[1:],
        )
    if reading != name.reading.reading:
        name.reading = _as_read(reading, by)
    elif correction.what in ("reading", "right"):
        name.reading = replace(name.reading, probability=1.0, reason=f"{name.reading.reason}; {by}".removeprefix("; "))
    name.confidence = CERTAIN


def _as_read(reading: str, by: str) -> Reading:
    name: ReadingName = reading  # type: ignore[assignment]  # the table was checked when it was read
    return Reading(name, 1.0, by, "happened" if name == "literal" else "")


def mend_dates(read: ReadArticle, corrections: Sequence[Correction]) -> ReadArticle:
    """Return an article with the days that readers give its names, and the numbers told of them with the same days."""
    told = {number: link for each in corrections for number, link in _dated(read, each)}
    if not told:
        return read
    mentions, claims = list(read.mentions), list(read.claims)
    for number, link in told.items():
        mentions[number] = _with_link(mentions[number], link, read.published)
    for i, claim in enumerate(claims):
        if claim.mention in told and claim.link and _days(claim.link) == _days(read.mentions[claim.mention].links[0]):
            claims[i] = replace(claim, link=told[claim.mention])
    return replace(read, mentions=tuple(mentions), claims=tuple(claims))


def _dated(read: ReadArticle, correction: Correction) -> Iterator[tuple[int, Link]]:
    """Yield the names that a correction dates, as positions, each with what dates it now."""
    own = _own_span(correction, read.article) if correction.what in ("date", "right") else None
    at = next((i for i, each in enumerate(read.mentions) if (each.start, each.end) == own and each.links), None)
    if at is None:
        return
    governs = read.mentions[at].links[0]
    value, by = correction.value, f"corrected by {correction.by}"
    if correction.what == "right":
        value = right_of(value)[2]
        same = value == days_in(*_days(governs))
        by = f"{governs.basis}; confirmed by {correction.by}" if same else f"confirmed by {correction.by}"
    for number, mention in enumerate(read.mentions):
        if number == at or (correction.scope == "article" and mention.links and _same(mention.links[0], governs)):
            before = mention.links[0]
            yield number, replace(_link(value, by), said_since=before.said_since, said_until=before.said_until)


def _link(value: str, by: str) -> Link:
    if value == UNDATED:
        return Link(None, None, "undated", by)
    since, until = days_of(value)
    return Link(since, until, "exact" if since == until else "period", by)


def _same(one: Link, other: Link) -> bool:
    """Say whether one expression of time dates both, or none and the same days."""
    return one.timex == other.timex and _days(one) == _days(other)


def _days(link: Link) -> tuple[date | None, date | None]:
    return link.since, link.until


def _with_link(mention: Mention, link: Link, published: Published) -> Mention:
    role = mention.role
    if mention.reading is not None and role in LITERAL and role != "actor":
        told = mention.reading.role if role == "background" else role
        role = role_of(told, events=SOME_EVENT, until=link.until, published=published.since)
    return replace(mention, links=(link,), role=role)
