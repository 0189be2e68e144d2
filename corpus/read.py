"""Read everything out of one article: its furniture, passages, dates and places, and which date goes with which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from corpus.boilerplate import find_furniture, furniture_at
from corpus.link import link_mention
from corpus.passages import split_passages
from corpus.published import find_published
from corpus.records import Article, Mention, Published, ReadArticle, Status, Timex
from corpus.timex import Ranges, find_timexes
from geodata.gazetteer import open_gazetteer
from geodata.records import AREAS, Resolution
from geodata.resolve import resolve
from geodata.toponyms import find_toponyms

Dated = tuple[Article, Published]


def parse_text(text: str, *, id: str = "", published: str | None = None) -> ReadArticle:
    """Read everything out of a text alone; `published` is an ISO day, without which the text itself is asked.

    Of time ranges only those that share a part ("September 13-14") are read as one, the nearest to TIMEX3's two ends.
    """
    article = Article(id, id, text, date=(published or "")[:10])
    undated = cache(partial(find_timexes, anchor=None, ranges="shared"))
    dated = (article, find_published(article, find_timexes=undated))
    # Without a day to count from, a second reading of the time expressions would only repeat the first.
    timexes = None if dated[1].anchor else tuple(undated(text))
    return read_out(dated, ranges="shared", timexes=timexes)


def read_out(
    dated: Dated, *, own: Path | None = None, ranges: Ranges = "all", timexes: Sequence[Timex] | None = None
) -> ReadArticle:
    """Read everything out of one article: the unit of work, which needs nothing but its arguments.

    `own` is the user's own list of places; `timexes` are the time expressions where they are known already.
    """
    article, published = dated
    text = article.text
    furniture = tuple(find_furniture(text))
    passages = tuple(split_passages(text, furniture))
    if timexes is None:
        timexes = find_timexes(text, anchor=published.anchor, ranges=ranges)
    gazetteer = open_gazetteer(own)
    toponyms = find_toponyms(text, gazetteer)
    # Names in page furniture ("Previous article: USA ...") must not sway what the article's own names mean.
    furnished = [furniture_at(toponym.start, toponym.end, furniture) is not None for toponym in toponyms]
    own_names = [toponym for toponym, aside in zip(toponyms, furnished, strict=True) if not aside]
    beside = find_toponyms(f"{article.outlet}. {article.title}", gazetteer)
    inside = iter(resolve(text, own_names, gazetteer, beside=beside))
    outside = iter(resolve(text, [t for t, aside in zip(toponyms, furnished, strict=True) if aside], gazetteer))

    mentions = []
    number = 0
    for toponym, aside in zip(toponyms, furnished, strict=True):
        resolution = next(outside if aside else inside)
        while number + 1 < len(passages) and passages[number + 1].start <= toponym.start:
            number += 1
        status = _status(resolution, aside)
        links = (
            []
            if status == "boilerplate"
            else link_mention(
                toponym.start, toponym.end, text=text, passage=passages[number], timexes=timexes, furniture=furniture,
                published=published,
            )
        )  # fmt: skip
        mentions.append(Mention(toponym.start, toponym.end, toponym.text, number, status, resolution, tuple(links)))
    return ReadArticle(article, published, furniture, passages, tuple(timexes), tuple(mentions))


def _status(resolution: Resolution, furnished: bool) -> Status:
    if furnished:
        return "boilerplate"
    if resolution.entry is None:
        return "undecided"
    if resolution.toponym.kind == "demonym":
        return "actor"
    return "region" if resolution.entry.kind in AREAS else "placed"
