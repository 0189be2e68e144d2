"""When a page was published, as its own data say: published before updated, in the page's own time zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from corpus.ingest.page.blocks import Markup
from corpus.ingest.page.json_ld import Item
from corpus.timex.given_date import read_date

FROM_PAGE, FROM_UPDATE = "the page's own data", "the page's own data, of its last update"

# Where pages write when they were published, the firmest first.
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published", "json-ld"),
    *("datepublished", "datecreated", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pub_date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date"),
    *(
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publicationdate",
        "article.published",
    ),
    *("displaydate", "originalpublicationdate", "citation_publication_date", "date", "article:post_date", "ptime"),
)
_UPDATED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "json-ld modified"),
    *("dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "article.updated"),
)
_OFFSET = re.compile(r"[T ]\d\d:?\d\d(?::?\d\d(?:\.\d{1,9})?)?\s?([+-]\d\d):?(\d\d)(?!\d)")
_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?\s?(Z|UTC|GMT|[+-]00:?00)\Z")
_SECONDS = re.compile(r"\d{9,10}(?:\d{3})?\Z")
_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)([01]?\d)\2([0-3]?\d)(?!\d)")
_OF_UPDATE = ("modified", "updated", "update", "upd")
_OF_PUBLICATION = (
    "pubdate",
    "published",
    "publish",
    "entry-date",
    "post-date",
    "dateline",
    "datepublished",
    "datecreated",
)


def find_date(
    found: Markup, metas: Mapping[str, str], item: Item, items: Sequence[Item], markup: str, *, address: str
) -> tuple[str, str]:
    """Return the date as the page gives it, in its own time zone, and where it is from; "" where it gives none.

    A day in the page's `address` goes before that of its last update, and is left to whoever reads addresses.
    """
    told = dict(metas) | {
        "json-ld": str(item.get("datePublished") or item.get("dateCreated") or item.get("uploadDate") or ""),
        "json-ld modified": str(item.get("dateModified") or ""),
    }
    offset = _own_offset(found, metas, [item, *items])
    for written in (*(told.get(name, "") for name in _PUBLISHED), *_times(found, _OF_PUBLICATION)):
        if written and read_date(day := _local(written, offset))[0]:
            return day, FROM_PAGE
    plain = [
        when for when, called, apart in found.times if not apart and not any(word in called for word in _OF_UPDATE)
    ]
    for written in plain[:1]:
        if read_date(day := _local(written, offset))[0]:
            return day, FROM_PAGE
    if _DAY_IN_PATH.search(address):
        return "", ""
    for written in (*(told.get(name, "") for name in _UPDATED), *_times(found, _OF_UPDATE)):
        if written and read_date(day := _local(written, offset))[0]:
            return day, FROM_UPDATE
    given = next((told[name] for name in _PUBLISHED if told.get(name)), "")
    return (given, FROM_PAGE) if given else ("", "")


def _times(found: Markup, words: Sequence[str]) -> Iterator[str]:
    """Yield what elements that are called by one of the words say, those outside of other parts of the page first."""
    for wanted in (False, True):
        for when, called, apart in found.times:
            if apart == wanted and any(word in called for word in words):
                yield when


def _own_offset(found: Markup, metas: Mapping[str, str], items: Sequence[Item]) -> timezone | None:
    """Return the time zone that the page writes its times in, where one of them names it."""
    keys = ("datePublished", "dateModified", "dateCreated", "uploadDate")
    written = [*metas.values(), *(when for when, _, _ in found.times)]
    written += [value for item in items for key in keys if isinstance(value := item.get(key), str)]
    offsets: Counter[timedelta] = Counter()
    for value in written:
        if found_offset := _OFFSET.search(value):
            hours, minutes = int(found_offset[1]), int(found_offset[2])
            offsets[timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)] += 1
    offsets.pop(timedelta(0), None)
    best = offsets.most_common(1)
    return timezone(best[0][0]) if best and abs(best[0][0]) < timedelta(hours=15) else None


def _local(written: str, offset: timezone | None) -> str:
    """Return a moment that is written in seconds or in universal time as the page's own day has it."""
    written = written.strip()
    if _SECONDS.match(written):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
            seconds=int(written[:-3] if len(written) > 11 else written)
        )
    elif (parts := _MOMENT.match(written)) and offset:
        try:
            moment = datetime(*(int(part or 0) for part in parts.groups()[:6]), tzinfo=UTC)  # type: ignore[misc, arg-type]
        except ValueError:
            return written
    else:
        return written
    try:
        return moment.astimezone(offset or UTC).isoformat(timespec="minutes")
    except (OverflowError, ValueError):
        return written
