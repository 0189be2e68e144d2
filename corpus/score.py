"""How often the machine is right, by what readers corrected or confirmed: their rows are the gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from corpus.corrections.places import BETWEEN
from corpus.corrections.replay import in_force
from corpus.corrections.table import days_in, right_of
from corpus.dating.publication_date import date_articles
from corpus.ingest.files import read_articles
from corpus.read_article import many_articles, read_out
from corpus.records import Correction, Mention, ReadArticle
from corpus.workers import Lost, spread
from geodata.gazetteer.packs.shelf import Pack
from geodata.gazetteer.user_places import NAME as OWN_PLACES

Kind = Literal["place", "not a place", "reading", "date", "publication", "outlet", "title"]
KINDS: tuple[Kind, ...] = ("place", "not a place", "reading", "date", "publication", "outlet", "title")


class Judged(NamedTuple):
    """What a reader says of one thing, and what the machine reads there."""

    correction: Correction
    kind: Kind
    gold: str
    machine: str

    @property
    def is_right(self) -> bool:
        """Whether the machine reads what the reader says."""
        return self.gold == self.machine


def score(folder: Path, rows: Iterable[Correction], *, packs: tuple[Pack, ...] = ()) -> list[Judged]:
    """Return what the machine, left to itself, reads where readers corrected or confirmed something.

    The last word on a thing counts; a correction of all alike counts once, for the occurrence that was looked at; those
    whose text is not there any more are left out. Raises EmptyCorpusError.
    """
    own = folder / OWN_PLACES if (folder / OWN_PLACES).is_file() else None
    said = list(in_force(rows))
    wanted = {each.text for each in said}
    with many_articles(own, packs=packs):
        dated = date_articles(read_articles(folder))
        ours = {one.article.print: one for one in dated if one.article.print in wanted}
        work = partial(read_out, own=own, packs=packs)
        found = spread(work, list(ours.values()), size=lambda one: len(one.article.text))
        read = {text: each for text, each in zip(ours, found, strict=True) if not isinstance(each, Lost)}
    judged: dict[tuple[str, int, int, str], Judged] = {}
    for each in said:
        if each.text in read:
            for one in _judge(each, read[each.text]):
                about = "place" if one.kind == "not a place" else one.kind
                judged[each.text, each.start, each.end, about] = one
    return list(judged.values())


def in_kinds(judged: Sequence[Judged]) -> Iterator[tuple[Kind, int, int]]:
    """Yield for each kind how often the machine was right, of how many."""
    for kind in KINDS:
        right = [one.is_right for one in judged if one.kind == kind]
        if right:
            yield kind, sum(right), len(right)


def _judge(said: Correction, read: ReadArticle) -> Iterator[Judged]:
    """Yield what a row says, thing by thing, beside what was read."""
    article = read.article
    if said.what == "published":
        yield Judged(said, "publication", said.value, days_in(read.published.since, read.published.until))
    elif said.what == "outlet":
        yield Judged(said, "outlet", said.value, article.outlet)
    elif said.what == "title":
        yield Judged(said, "title", said.value, article.title)
    elif article.text[said.start : said.end] == said.words:
        yield from _judge_name(said, read)


def _judge_name(said: Correction, read: ReadArticle) -> Iterator[Judged]:
    span = said.start, said.end
    there = next((each for each in read.mentions if (each.start, each.end) == span and not each.is_doubted), None)
    place, reading, days = said.value, said.value, said.value
    if said.what == "right":
        place, reading, days = right_of(said.value)
    if said.what in ("place", "no place", "right"):
        gold = "" if said.what == "no place" else place
        yield Judged(said, "place" if gold else "not a place", gold, _place(there, as_name=bool(gold)))
    if said.what in ("reading", "right") and not (said.what == "right" and not place):
        yield Judged(said, "reading", reading, there.reading.reading if there and there.reading else "")
    if said.what == "date" or (said.what == "right" and place):
        link = there.links[0] if there and there.links else None
        yield Judged(said, "date", days, days_in(link.since, link.until) if link else "")


def _place(there: Mention | None, *, as_name: bool) -> str:
    """Return what a name was taken for; a part of another name is no place where none is wanted."""
    if there is None or there.status == "boilerplate":
        return ""
    if not as_name and there.reading and there.reading.reading == "part_of_name":
        return ""
    resolution = there.resolution
    return BETWEEN.join(each.id for each in (resolution.entry, *resolution.also) if each)
