"""Where a text says that something is, when that is no place but a stretch, a sector, a ring or a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geodata.extents.borders_and_corridors import borders, corridors
from geodata.extents.expressions import CorridorStatus, Expression, Names
from geodata.extents.outlines import bearing, disc, lens, ring, sector
from geodata.extents.spatial_relations import apart, between, towards
from geodata.globe import great_circle_km
from geodata.records import GazetteerEntry, Resolution, Toponym
from geodata.regions.lines import BORDER_SOURCE, border
from geodata.regions.lines import corridors as drawn_corridors
from geodata.text import Text
from geodata.words import winds

ExtentKind = Literal["stretch", "sector", "ring", "line"]

REACH_KM = 15.0  # how far around a place is drawn what lies in its direction
BEYOND_KM = 25.0  # how far "north of A" is drawn
LEAST_KM = 0.5  # no town is a point
SLENDER = 0.2  # half the breadth of a stretch, by its length: roads and ridges wind
WAY_HALF_ANGLE = 20.0  # of the sector from A towards B
POINTS = "drawn from the gazetteer's points"


@dataclass(frozen=True, slots=True)
class Extent:
    """Words of a text that say where something is, and the shape they leave open: `text[start:end]`, end exclusive."""

    start: int
    end: int
    kind: ExtentKind
    mentions: tuple[int, ...]  # the toponyms that it is made from, as indices; none for "along the border"
    geometry: BaseGeometry  # EPSG:4326
    words: str  # for the reader: what is drawn, and what is not known
    status: CorridorStatus = ""  # of a corridor, as the text says
    source: str = ""


def find_extents(text: Text | str, toponyms: Sequence[Toponym], resolutions: Sequence[Resolution]) -> list[Extent]:
    """Return the extents of a text in order; `resolutions` are those of `toponyms`, in the same order.

    What cannot be drawn without guessing is left out: a border whose other side is not named, a corridor without a
    line in our data.
    """
    if len(toponyms) != len(resolutions):
        raise ValueError(f"{len(toponyms)} toponyms and {len(resolutions)} resolutions: give one for each")
    names = Names(Text.of(text), toponyms, [resolution.entry for resolution in resolutions])
    extents = [_between(said, names) for said in between(names)]
    extents += [_towards(said, names) for said in towards(names)]
    extents += [_apart(said, names) for said in apart(names)]
    extents += _borders(list(borders(names)), names)
    extents += _corridors(corridors(names), names)
    return sorted(extents, key=lambda extent: (extent.start, extent.end))


def _between(said: Expression, names: Names) -> Extent:
    (one, slack), (other, other_slack) = (names.point(i) for i in said.mentions)
    called, other_called = (names.called(i) for i in said.mentions)
    length = float(great_circle_km(*one, *other))
    slack, other_slack = max(slack, LEAST_KM), max(other_slack, LEAST_KM)
    shape = lens(one, other, slack, other_slack, max(SLENDER * length, (slack + other_slack) / 2))
    words = f"between {called} and {other_called}: a stretch of {_km(length)}"
    vaguest = max(slack, other_slack)
    if vaguest > length / 2:
        vague = called if slack == vaguest else other_called
        words += f", drawn wide because the place of {vague} is known to {_km(vaguest)} only"
    return _extent(said, "stretch", shape, words)


def _towards(said: Expression, names: Names) -> Extent:
    point, slack = names.point(said.mentions[0])
    slack = max(slack, LEAST_KM)
    called = names.called(said.mentions[0])
    if len(said.mentions) > 1:
        origin, _ = names.point(said.mentions[1])
        length = float(great_circle_km(*origin, *point))
        shape = sector(origin, bearing(origin, point), WAY_HALF_ANGLE, 0, length + slack)
        words = f"from {names.called(said.mentions[1])} towards {called}: the sector between them, {_km(length)} long"
        return _extent(said, "sector", shape, words)
    words = f"in the direction of {called}: from which side is not said, so {_km(slack + REACH_KM)} all around it"
    return _extent(said, "sector", ring(point, slack, slack + REACH_KM), words)


def _apart(said: Expression, names: Names) -> Extent:
    point, slack = names.point(said.mentions[0])
    slack = max(slack, LEAST_KM)
    called = names.called(said.mentions[0])
    give = max(said.give, slack)
    wind = "" if said.bearing is None else winds()[round(said.bearing / 22.5) % 16].hyphened
    if said.km is None:
        reach = said.give or BEYOND_KM
        shape = sector(point, said.bearing or 0.0, said.half_angle, slack, slack + reach)
        return _extent(said, "sector", shape, f"{wind} of {called}: how far is not said, drawn to {_km(reach)}")
    if said.within:
        return _extent(said, "ring", disc(point, said.km + slack), f"within {_km(said.km)} of {called}")
    near, far = max(0.0, said.km - give), said.km + give
    if said.bearing is None:
        words = f"{_km(said.km)} from {called}, give or take {_km(give)}: on which side is not said"
        return _extent(said, "ring", ring(point, near, far), words)
    words = f"{_km(said.km)} {wind} of {called}, give or take {_km(give)}"
    return _extent(said, "sector", sector(point, said.bearing, said.half_angle, near, far), words)


def _borders(said: list[Expression], names: Names) -> list[Extent]:
    """Draw the borders; one named on one side only is taken with the nearest neighbour that its sentence names.

    "The border" alone is that of the text, where the text names one border and no other.
    """
    extents = []
    named: dict[BaseGeometry, str] = {}
    for expression in said:
        for own in expression.mentions[:1]:
            for other in expression.mentions[1:] or expression.others:
                line = _border(names.entries[own], names.entries[other])
                if line is None:
                    continue
                words = f"the border of {names.called(own)} and {names.called(other)}"
                named.setdefault(line, words)
                if len(expression.mentions) == 1:
                    words += f": {names.called(other)} is the nearest neighbour that the sentence names"
                extents.append(_extent(expression, "line", line, words, BORDER_SOURCE, mentions=(own, other)))
                break
    if len(named) == 1:
        for line, words in named.items():
            words += ": the only border that the text names"
            bare = (expression for expression in said if not expression.mentions)
            extents += [_extent(expression, "line", line, words, BORDER_SOURCE) for expression in bare]
    return extents


def _border(one: GazetteerEntry | None, other: GazetteerEntry | None) -> BaseGeometry | None:
    if one is None or other is None:
        return None
    # A province has no border with the country it is part of.
    if one.country == other.country and "country" in (one.kind, other.kind):
        return None
    codes = sorted(place.country if place.kind == "country" else place.region for place in (one, other))
    return border(*codes) if all(codes) else None


def _corridors(said: Iterable[Expression], names: Names) -> list[Extent]:
    extents = []
    for expression in said:
        entry = names.entries[expression.mentions[0]]
        line = drawn_corridors().get(entry.id) if entry else None
        if line is None:
            continue
        words = names.called(expression.mentions[0])
        if expression.status:
            words += f": {expression.status}, as the text says (“{expression.status_words}”)"
        elif expression.status_words:
            words += f": “{expression.status_words}”, as the text has it"
        words += f" (line: {line.nature})"
        extents.append(_extent(expression, "line", line.geometry, words, line.source, status=expression.status))
    return extents


def _extent(
    said: Expression,
    kind: ExtentKind,
    shape: BaseGeometry,
    words: str,
    source: str = POINTS,
    *,
    mentions: tuple[int, ...] = (),
    status: CorridorStatus = "",
) -> Extent:
    return Extent(said.start, said.end, kind, mentions or said.mentions, shape, words, status, source)


def _km(length: float) -> str:
    return f"{length:.1f} km" if length < 10 and round(length, 1) != round(length) else f"{length:,.0f} km"
