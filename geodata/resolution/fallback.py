"""Place what the gazetteer lacks by the towns and provinces that the text names beside it, marked as approximate."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that
from geodata.recognition.name_ends import OF_SITES, TOWN_SITES
from geodata.records import GazetteerEntry, NameType, Resolution, Toponym
from geodata.resolution.containers import ADDRESS, BESIDE_NEXT, CLASS_IN, HELD_BY_LAST, HELD_BY_NEXT

ANCHORS = kinds_that("anchor")
APPROXIMATE_KM = 25.0
WITH_STATES = frozenset({"US", "CA", "AU"})  # where an address is a town and its state
STAND_IN = "near-"  # before the id of a place that stands in for one that the gazetteer lacks
GREAT_TOWN = 100_000  # people: a street bears the name of such a town anywhere
TOWNS = kinds_that("town")
NEAR_SITE, FAR = 200.0, 20_000.0  # km
LITTLE = 0.1  # the share of a place that stands in for another
NEAR_DEGREES = 3.0
ABROAD = 500.0  # km beyond which nothing is near
LITTLE_TOWN = 30_000  # people of a town that a text may name without knowing of it


def approximate(text: str, resolved: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Return the resolutions, with those that have no entry, or one elsewhere than the text says, placed roughly."""
    placed = []
    anchors = _anchors(resolved)
    for number, resolution in enumerate(resolved):
        toponym = resolution.toponym
        if resolution.entry is None and toponym.kind == "pattern":
            if _is_namesake(toponym, gazetteer):
                resolution = replace(resolution, reason="a street named for a place that it is not in")
            else:
                resolution = _by_its_town(toponym, resolved, gazetteer) or _beside(number, text, resolved, anchors)
        elif resolution.entry is not None and toponym.kind == "name":
            home = _missed_home(text, resolved, number, gazetteer)
            resolution = _within(resolution, home) if home else resolution
        placed.append(resolution)
    abroad = {_bearer(r): land for n, r in enumerate(placed) if (land := _missed_country(text, placed, n, gazetteer))}
    return [_nowhere(r, abroad[_bearer(r)]) if _bearer(r) in abroad else r for r in placed]


def _bearer(resolution: Resolution) -> tuple[str, str]:
    return name_key(resolution.toponym.text), resolution.entry.id if resolution.entry else ""


def _nowhere(resolution: Resolution, home: str) -> Resolution:
    """Leave 'Gara, Iraq', where the gazetteer knows a Gara in Hungary alone, without a place."""
    assert resolution.entry is not None
    reason = f"the text puts it in {home}, where the gazetteer lacks it"
    return replace(resolution, entry=None, share=0.0, reason=reason, runners_up=(resolution.entry,))


def _missed_country(text: str, resolved: Sequence[Resolution], number: int, gazetteer: Gazetteer) -> str:
    """Return the name of the country that the text puts a town in, if the gazetteer has none of the name there."""
    if number + 1 == len(resolved):
        return ""
    found, following = resolved[number], resolved[number + 1]
    entry, home, end = found.entry, following.entry, found.toponym.end
    if entry is None or home is None or home.kind != "country" or entry.kind not in ("city", "village"):
        return ""
    if following.toponym.kind != "name" or entry.country == home.country:
        return ""
    if entry.population >= LITTLE_TOWN and not CLASS_IN.fullmatch(text, end, following.toponym.start):
        return ""
    is_listed = _LISTED.match(text, following.toponym.end) or (
        number and _JOINED.fullmatch(text, resolved[number - 1].toponym.end, found.toponym.start)
    )
    if is_listed or not HELD_BY_NEXT.fullmatch(text, end, following.toponym.start):
        return ""
    known = any(gazetteer.country[c.row] == home.country for c in found.toponym.candidates)
    return "" if known else home.name


_LISTED = re.compile(r",?\s{1,9}(?:and|or|&)\s{1,9}(?:the\s{1,9})?[A-Z]|,\s{1,9}(?:the\s{1,9})?[A-Z]")
_JOINED = re.compile(r"\s{0,9},\s{1,9}|,?\s{1,9}(?:and|or|&)\s{1,9}")


def _anchors(resolved: Sequence[Resolution]) -> list[Resolution]:
    """Return the towns and districts of a text in order; its provinces where it names none: they lie farther off."""
    held = [r for r in resolved if _holds(r)]
    towns = [r for r in held if r.entry is not None and r.entry.kind != "admin1"]
    return towns or held


def _is_namesake(street: Toponym, gazetteer: Gazetteer) -> bool:
    """Say whether a street bears the name of a great place: a dot of "London Road" would be taken for London's."""
    if street.feature != "road" or street.text[-1].isdigit():
        return False
    bearers = gazetteer.bearers(name_key(street.text).rpartition(" ")[0])
    named = [c.row for c in bearers if c.name_type <= NameType.OFFICIAL]
    return any(gazetteer.kind[row] in ("country", "admin1") or gazetteer.population[row] >= GREAT_TOWN for row in named)


def _by_its_town(site: Toponym, resolved: Sequence[Resolution], gazetteer: Gazetteer) -> Resolution | None:
    """Place 'Kass Refugee Camp', which no list has, by Kass: the one near the text's places, or the only one there."""
    words = name_key(site.text).split()
    if site.feature != "building" or words[-1] not in TOWN_SITES:
        return None
    while words and words[-1] in TOWN_SITES | OF_SITES:
        words.pop()
    places = [r.entry for r in resolved if r.entry is not None and r.entry.country]
    spoken_of = {place.country for place in places}
    bearers = [
        c.row
        for c in gazetteer.bearers(" ".join(words))
        if gazetteer.kind[c.row] in TOWNS
        and (gazetteer.country[c.row] in spoken_of or (not spoken_of and c.name_type <= NameType.OFFICIAL))
    ]
    towns = [(place.lon, place.lat) for place in places if place.kind in TOWNS]

    def away(row: int) -> float:
        return min((float(great_circle_km(*at, gazetteer.lon[row], gazetteer.lat[row])) for at in towns), default=FAR)

    town = min(bearers, key=away, default=None)
    if town is None or (len(bearers) > 1 and away(town) > NEAR_SITE):
        return None
    reason = f"the gazetteer lacks it: placed by {gazetteer.name(town)}, after which it is named"
    return Resolution(site, _stand_in(site, gazetteer.entry(town), site.feature), LITTLE, reason)


def _beside(number: int, text: str, resolved: Sequence[Resolution], anchors: Sequence[Resolution]) -> Resolution:
    """Place 'Neches River' by the place that the text says holds it, or the nearest town or province in the text."""
    toponym = resolved[number].toponym
    if not anchors:
        return resolved[number]
    anchor = _holder(text, resolved, number)
    if home := _country_after(text, resolved, number):
        anchors = [r for r in anchors if r.entry is not None and r.entry.country == home]
        if not anchors:
            return resolved[number]  # "the mine in Chad" is not beside Oslo, which the text names too
    if anchor is None:
        behind = bisect_left(anchors, toponym.start, key=lambda r: r.toponym.start)
        near = anchors[max(0, behind - 1) : behind + 1]
        anchor = min(near, key=lambda r: abs(r.toponym.start - toponym.start)).entry
    assert anchor is not None
    entry = _stand_in(toponym, anchor, toponym.feature or anchor.kind)
    reason = f"the gazetteer lacks it: placed beside {anchor.name}, which the text names"
    return Resolution(toponym, entry, LITTLE, reason)


def _within(resolution: Resolution, home: GazetteerEntry) -> Resolution:
    """Place 'Greenwood, W. Va.', where the gazetteer knows no Greenwood, in the middle of West Virginia."""
    assert resolution.entry is not None
    return replace(
        resolution,
        entry=_stand_in(resolution.toponym, home, "village"),
        share=LITTLE,
        reason=f"the text puts it in {home.name}, where the gazetteer lacks it: shown in the middle of {home.name}",
        runners_up=(resolution.entry, *resolution.runners_up)[:5],
    )


def _stand_in(toponym: Toponym, anchor: GazetteerEntry, kind: str) -> GazetteerEntry:
    slug = re.sub(r"[^a-z0-9]+", "-", name_key(toponym.text)).strip("-") or "place"
    return replace(
        anchor,
        id=f"{STAND_IN}{anchor.id}-{slug}",
        name=" ".join(toponym.text.split()),
        kind=kind,  # type: ignore[arg-type]
        population=0,
        uncertainty_km=max(APPROXIMATE_KM, anchor.uncertainty_km),
    )


def is_stand_in(entry: GazetteerEntry) -> bool:
    """Say whether an entry is no place of the gazetteer, but one that is shown by another."""
    return entry.id.startswith(STAND_IN)


def _holder(text: str, resolved: Sequence[Resolution], number: int) -> GazetteerEntry | None:
    """Return the place that the text says holds it: "Pictured Rocks in Michigan", "Utah's Zion National Park"."""
    toponym = resolved[number].toponym
    if number + 1 < len(resolved):
        following = resolved[number + 1]
        if HELD_BY_NEXT.fullmatch(text[toponym.end : following.toponym.start]) and _holds(following):
            return following.entry
    if number:
        last = resolved[number - 1]
        if HELD_BY_LAST.fullmatch(text[last.toponym.end : toponym.start]) and _holds(last):
            return last.entry
    return None


def _country_after(text: str, resolved: Sequence[Resolution], number: int) -> str:
    """Return the code of the country that the text says an unlisted place is in, or ''."""
    if number + 1 == len(resolved):
        return ""
    following, end = resolved[number + 1], resolved[number].toponym.end
    held = following.toponym.kind != "demonym" and HELD_BY_NEXT.fullmatch(text[end : following.toponym.start])
    return following.entry.country if held and following.entry and following.entry.kind == "country" else ""


def _holds(resolution: Resolution) -> bool:
    entry = resolution.entry
    return entry is not None and entry.kind in ANCHORS and resolution.toponym.kind != "demonym"


def _missed_home(text: str, resolved: Sequence[Resolution], number: int, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """Return the province that the text gives as a town's address, if what was found lies elsewhere."""
    if number + 1 == len(resolved):
        return None
    found, following = resolved[number], resolved[number + 1]
    entry, home = found.entry, following.entry
    if entry is None or home is None or entry.kind not in ("city", "village", "admin2"):
        return None
    if _is_put_in(text[found.toponym.end : following.toponym.start], found, following, gazetteer):
        return home
    if home.kind != "admin1":
        return None
    if not ADDRESS.fullmatch(text[found.toponym.end : following.toponym.start]):
        return None
    written = {c.name_type for c in following.toponym.candidates if gazetteer.id(c.row) == home.id}
    known = any(gazetteer.kind[c.row] in ("admin1", "country") for c in found.toponym.candidates)
    short = bool(written & {NameType.ABBREVIATION, NameType.POSTAL})
    if known or not (short or (home.country in WITH_STATES and written & {NameType.MAIN, NameType.OFFICIAL})):
        return None  # "Tripoli, Zawiya": a list rather than an address
    if (entry.country, entry.admin1) == (home.country, home.admin1):
        return None
    beside = abs(entry.lat - home.lat) < NEAR_DEGREES and abs(entry.lon - home.lon) < NEAR_DEGREES
    return None if beside and not entry.admin1 else home


def _is_put_in(between: str, found: Resolution, holder: Resolution, gazetteer: Gazetteer) -> bool:
    """Say whether what lies in another country is said to hold it, or to lie near: "Khost, a town in Harnai"."""
    entry, home = found.entry, holder.entry
    assert entry is not None and home is not None
    if home.kind == "country" or entry.country == home.country or not _holds(holder):
        return False
    if CLASS_IN.fullmatch(between):
        return True
    if BESIDE_NEXT.fullmatch(between):
        return float(great_circle_km(entry.lon, entry.lat, home.lon, home.lat)) > ABROAD
    borne = {c.name_type for c in found.toponym.candidates if gazetteer.id(c.row) == entry.id}
    little = entry.population < LITTLE_TOWN or borne == {NameType.OTHER}
    return little and " in " in between and HELD_BY_NEXT.fullmatch(between) is not None
