"""What the reader chose: in the widgets, in the URL, and on the map; one state for all three."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.queries import Filters


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in this corpus; anything else in a URL is dropped."""

    stops: Sequence[date]
    outlets: Collection[str]
    regions: Collection[str]
    places: Collection[str]


@dataclass(frozen=True, slots=True)
class View:
    """Filters, the place selected, and the passage open in its article."""

    filters: Filters = field(default_factory=Filters)
    place: str | None = None
    passage: int | None = None


def read_url(query: Mapping[str, Sequence[str]], choices: Choices) -> View:
    """Return the view that a URL's parameters ask for; what is unknown or malformed is dropped."""

    def one(name: str) -> str:
        return next(iter(query.get(name, ())), "")

    since, until = _day(one("from")), _day(one("to"))
    if since and until and since > until:
        since, until = until, since
    place = one("place")
    passage = one("passage")
    return View(
        filters=Filters(
            since=since,
            until=until,
            outlets=tuple(dict.fromkeys(outlet for outlet in query.get("outlet", ()) if outlet in choices.outlets)),
            regions=tuple(dict.fromkeys(region for region in query.get("region", ()) if region in choices.regions)),
            text=one("text")[:200],
        ),
        place=place if place in choices.places else None,
        passage=int(passage) if passage.isascii() and passage.isdigit() and len(passage) < 16 else None,
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
        "place": view.place or "",
        "passage": str(view.passage or ""),
    }
    return {name: value for name, value in query.items() if value}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
