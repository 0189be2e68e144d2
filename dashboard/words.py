"""The page's words for what the index holds: counts, periods, sources, speakers, roles, readings, certainties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from corpus.queries.filters import NO_OUTLET, ROLE_WORDS, spell
from corpus.records import Role
from dashboard.escaping import visible
from geodata.regions.names import names_of_regions

Row = Any  # of a frame, by `itertuples`
NO_SIDE = "No side stated"
NARRATOR = "the outlet itself"
ROLES: Mapping[Role, str] = ROLE_WORDS
READINGS = {
    "metonymic": "those who act for the place: its government, army, team or people",
    "demonym": "a people, or something of theirs",
    "part_of_name": "a part of another name",
    "office": "the holder of an office",
}
# What each certainty means, and the sign of its texture in the histogram.
CERTAINTIES = {
    "exact": ("■", "on a day that the sentence states"),
    "inferred": ("▨", "on a day worked out"),
    "period": ("□", "in a period"),
    "undated": ("∅", "undated"),
}
EXTENTS = {"line": "line", "stretch": "stretch between places", "sector": "direction", "ring": "distance around"}
MODES = {"direct": "in quotation marks", "indirect": "as the outlet reports it", "": ""}


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 mention", "1,200 mentions"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def period(since: str | None, until: str | None) -> str:
    """Return an interval of ISO days in words: '13 September 2022', 'September 2022', '2020'."""
    if not since:
        return "undated"
    first, last = date.fromisoformat(since), date.fromisoformat(until or since)
    if first == last:
        return spell(first)
    if first.day == 1 and _ends_month(last):
        if first.year == last.year and first.month == last.month:
            return f"{first:%B} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return f"{first:%B} {first.year} to {last:%B} {last.year}"
    return f"{spell(first)} to {spell(last)}"


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def published(article: Row) -> str:
    """Return when an article was published; of a longer time, its two ends."""
    since, until = article.published_since, article.published_until
    if since and until and since != until:
        return f"between {period(since, since)} and {period(until, until)}"
    return period(since, until) if since else "unknown"


def printed(article: Row) -> str:
    """Return the day of publication as a byline has it."""
    return f"published {published(article)}" if article.published_since else "publication date unknown"


def web_address(article: Row) -> str:
    """Return where an article stands on the web; nothing for an address that leads elsewhere."""
    return article.url if article.url.startswith(("https://", "http://")) else ""


def record(article: Row) -> str:
    """Return what is kept of a source beside where it was printed: its kind, language, when it was read, its print."""
    told = (article.format, f"language {article.language}", f"read {article.read_at[:10]}", f"print {article.print}")
    return " · ".join(told)


def outlet_name(outlet: str) -> str:
    """Return an outlet's name, or words for its absence."""
    return visible(outlet) or NO_OUTLET


def source_name(outlet: str, title: str, *, short: bool = False) -> str:
    """Return an outlet's name; an article that names none goes by its title, cut for the heads of tables if `short`."""
    if outlet:
        return visible(outlet)
    length = 32 if short else 60
    title = visible(title)
    cut = f"“{title if len(title) <= length else title[: length - 1].rstrip(' .…') + '…'}”"
    return cut if short else f"{cut} {outlet_name(outlet)}"


def side_name(code: str) -> str:
    """Return a side by its country's name; a party or bloc by its own."""
    return names_of_regions().get(code, code) if code else NO_SIDE


def speaker_name(row: Row) -> str:
    """Return who speaks, with the side that the text states; the outlet where it reports nobody."""
    if not row.speaker:
        return NARRATOR
    return f"{row.speaker} ({side_name(row.side)})" if row.side else str(row.speaker)


def where(kind: str, region: str, country: str) -> list[str]:
    """Return the province and country that a place of a kind lies in, by their names."""
    inside = ["" if kind in ("admin1", "country") else region, "" if kind == "country" else country]
    return [part for part in inside if part]
