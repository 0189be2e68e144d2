"""What the reader chose: in the widgets, in the URL, and on the map; one state for all three."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from corpus.queries.filters import Filters
from corpus.queries.rollup import COLUMN, Level
from corpus.records import HERE, ROLES
from dashboard.map.features import REGION
from dashboard.time.timeline import UNITS, Stop, Unit
from dashboard.view.naming import CHOICES, Names

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)  # of the days that the layer of control can be asked for
Tab = Literal["places", "names", "claims", "accounts", "coverage", "mentions"]
TABS: tuple[Tab, ...] = get_args(Tab)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in this corpus; anything else in a URL is dropped."""

    outlets: Collection[str]
    regions: Collection[str]
    places: Collection[str]


@dataclass(frozen=True, slots=True)
class View:
    """Filters, the place or region selected, the passage open in its article, what of the timeline is in view; the map.

    The map shows places or, by `level`, counts by region; names as chosen; who held what on a day, unless None.
    """

    filters: Filters = field(default_factory=Filters)
    place: str | None = None
    passage: int | None = None
    unit: Unit | None = None
    window: Stop | None = None
    level: Level | None = None
    names: Names = "written"
    held: date | None = None
    tab: Tab = "places"  # what is open below the map


def read_url(query: Mapping[str, Sequence[str]], choices: Choices) -> View:
    """Return the view that a URL's parameters ask for; what is unknown or malformed is dropped."""

    def one(name: str) -> str:
        return next(iter(query.get(name, ())), "")

    since, until = _in_order(_day(one("from")), _day(one("to")))
    first, last = _in_order(_day(one("zoom_from")), _day(one("zoom_to")))
    place = one("place")
    regions = {REGION + code for code in choices.regions}
    passage = one("passage")
    return View(
        filters=Filters(
            since=since,
            until=until,
            outlets=tuple(dict.fromkeys(outlet for outlet in query.get("outlet", ()) if outlet in choices.outlets)),
            regions=tuple(dict.fromkeys(region for region in query.get("region", ()) if region in choices.regions)),
            text=one("text").encode("utf-8", "ignore").decode()[:200],  # a half character can be neither shown nor sent
            by="published" if one("by") == "published" else "event",
            undated=one("undated") == "1",
            roles=tuple(role for role in ROLES if role in query.get("role", ())) or HERE,
        ),
        place=place if place in choices.places or place in regions else None,
        passage=int(passage) if passage.isascii() and passage.isdigit() and len(passage) < 16 else None,
        unit=next((unit for unit in UNITS if unit == one("unit")), None),
        window=Stop(first, last) if first and last else None,
        level=next((level for level in COLUMN if level == one("level")), None),
        names=next((names for names in CHOICES if names == one("names")), "written"),
        held=held_day(_day(one("held"))),
        tab=next((tab for tab in TABS if tab == one("tab")), "places"),
    )


def write_url(view: View) -> dict[str, str | list[str]]:
    """Return the URL parameters that ask for this view; an empty dictionary for the whole corpus."""
    filters = view.filters
    query: dict[str, str | list[str]] = {
        "from": str(filters.since or ""),
        "to": str(filters.until or ""),
        "outlet": list(filters.outlets),
        "region": list(filters.regions),
        "text": filters.text.strip(),
        "by": filters.by if filters.by != "event" else "",
        "undated": "1" * filters.undated,
        "role": list(filters.roles) if filters.roles != HERE else [],
        "unit": view.unit or "",
        "zoom_from": str(view.window.since) if view.window else "",
        "zoom_to": str(view.window.until) if view.window else "",
        "level": view.level or "",
        "names": view.names if view.names != "written" else "",
        "held": str(view.held or ""),
        "tab": view.tab if view.tab != "places" else "",
        "place": view.place or "",
        "passage": str(view.passage or ""),
    }
    return {name: value for name, value in query.items() if value}


def held_day(day: date | None) -> date | None:
    """Return the nearest day that the layer of control can be asked for."""
    return day and min(max(day, EARLIEST), LATEST)


def _in_order(since: date | None, until: date | None) -> tuple[date | None, date | None]:
    return (until, since) if since and until and since > until else (since, until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
