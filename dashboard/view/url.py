"""The view as a URL: what the reader chose, in the parameters of the page's address and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from corpus.queries.filters import Filters
from corpus.queries.rollup import COLUMN, Level
from corpus.records import LITERAL, ROLES
from dashboard.periods import UNITS, Stop, Unit
from dashboard.selection import REGION
from dashboard.view.naming import CHOICES, Names

Text = TypeVar("Text", bound=str)
_REFERENCE = re.compile(r"[0-9a-f]{16}\.[1-9][0-9]{0,6}")  # of a passage, as `reading.references` has it
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)  # of the days that the layer of control can be asked for
FIRST_TAB = "passages"  # which no URL needs to name


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in this corpus; anything else in a URL is dropped."""

    outlets: Collection[str]
    regions: Collection[str]
    places: Collection[str]
    tabs: Collection[str] = ()

    @property
    def selectable(self) -> Collection[str]:
        """The ids of all that can be selected: places, stretches and lines, and regions with the sign for them."""
        return {*self.places, *(REGION + code for code in self.regions)}


@dataclass(frozen=True, slots=True)
class View:
    """Filters, the place or region selected, the passage open in its article, what of the timeline is in view; the map.

    The map shows places or, by `level`, counts by region; names as chosen; who held what on a day, unless None.
    """

    filters: Filters = field(default_factory=Filters)
    place: str | None = None
    passage: str | None = None
    unit: Unit | None = None
    window: Stop | None = None
    level: Level | None = None
    names: Names = "written"
    held: date | None = None
    tab: str = FIRST_TAB  # what is open beside the map


def read_url(query: Mapping[str, Sequence[str]], choices: Choices) -> View:
    """Return the view that a URL's parameters ask for; what is unknown or malformed is dropped."""

    def one(name: str) -> str:
        return next(iter(query.get(name, ())), "")

    since, until = _in_order(_day(one("from")), _day(one("to")))
    first, last = _in_order(_day(one("zoom_from")), _day(one("zoom_to")))
    return View(
        filters=Filters(
            since=since,
            until=until,
            outlets=_known(query.get("outlet", ()), choices.outlets),
            regions=_known(query.get("region", ()), choices.regions),
            text=one("text").encode("utf-8", "ignore").decode()[:200],  # a half character can be neither shown nor sent
            by="published" if one("by") == "published" else "event",
            undated=one("undated") == "1",
            sure=one("sure") == "1",
            roles=tuple(role for role in ROLES if role in query.get("role", ())) or LITERAL,
        ),
        place=_first(one("place"), choices.selectable),
        passage=one("passage") if _REFERENCE.fullmatch(one("passage")) else None,
        unit=_first(one("unit"), UNITS),
        window=Stop(first, last) if first and last else None,
        level=_first(one("level"), COLUMN),
        names=_first(one("names"), CHOICES) or "written",
        held=held_day(_day(one("held"))),
        tab=_first(one("tab"), choices.tabs) or FIRST_TAB,
    )


def _known(asked: Sequence[str], choices: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in asked if each in choices))


def _first(asked: str, choices: Iterable[Text]) -> Text | None:
    return next((choice for choice in choices if choice == asked), None)


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
        "sure": "1" * filters.sure,
        "role": list(filters.roles) if filters.roles != LITERAL else [],
        "unit": view.unit or "",
        "zoom_from": str(view.window.since) if view.window else "",
        "zoom_to": str(view.window.until) if view.window else "",
        "level": view.level or "",
        "names": view.names if view.names != "written" else "",
        "held": str(view.held or ""),
        "tab": view.tab if view.tab != FIRST_TAB else "",
        "place": view.place or "",
        "passage": view.passage or "",
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
