"""Find the words that place something around its places: 'between A and B', 'towards A', '12 km north of A'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.extents.expressions import LONGEST_CLASS, OF_CLASS, Expression, Names, numbers, pattern, words
from geodata.globe import great_circle_km
from geodata.words import winds

NEIGHBOURS_KM = 100.0  # towns farther apart bound a stretch only where the text speaks of a road, or of towns
FARTHEST_KM = 300.0
CLOSE_KM = 5.0  # "just north of A", "a few miles north of A"
UNIT_KM = {"k": 1.0, "mi": 1.609344, "m": 0.001, "n": 1.852}
_POSSESSIVE = re.compile(r"['’]s?\b|-based\b")
_HYPHEN = re.compile(r"^\s?[-–—/]\s?$")
_QUARTERS = "|".join(wind.word for wind in winds() if wind.bearing % 90 == 0)
_WIND = rf"(?P<wind>(?:{_QUARTERS})(?:[- ]?(?:{_QUARTERS})){{0,2}})(?:wards?|erly)?"
# "two hours north of A" says how far, but not in a measure that can be drawn
_BY_TIME = r"(?P<time>\b(?:drive|walk|ride|flight|hours?|minutes?|days?|blocks?|miles?|kilomet(?:er|re)s?|km) )?"
_CLOSE = r"(?:\b(?P<close>just|immediately|right|(?:a few|several|a couple of) (?:miles|kilomet(?:er|re)s|km)) )?"
_DESCRIBED = r"^(?:,| \(| lies| is| was)?(?: which| that)?(?: lies| is| was)?(?: located| situated)?,?\s*$"
_NUMBER = r"(?<![\d.,/])(?P<number>\d[\d,]*(?:\.\d+)?|\bNUMBER)"
# no "m": that is million as often as metres
_UNIT = r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|nautical miles?)\.?(?: \([^()]{2,20}\))?"
_HEDGE = (
    r"(?:\b(?P<within>within|up to|less than|under) )?"
    r"(?:\b(?P<about>about|some|around|roughly|nearly|approximately|almost|over|more than) )?"
)
_FROM = r"(?P<link>of|from|away from|outside(?: of)?|off|beyond)"
_DISTANCE = rf"{_HEDGE}{_NUMBER}[\s-]?{_UNIT},? (?:(?:to|in) the )?(?:{_WIND} )?{_FROM} {OF_CLASS}$"


def between(names: Names) -> Iterator[Expression]:
    """Yield 'between the villages of A and B', 'the road from A to B', 'the A-B highway'."""
    for i in range(len(names) - 1):
        one, other = names.entry(i), names.entry(i + 1)
        if one is None or other is None or one.id == other.id or not (names.is_spot(i) and names.is_spot(i + 1)):
            continue
        apart_km = float(great_circle_km(one.lon, one.lat, other.lon, other.lat))
        span = _bounds(names, i, apart_km) or _way(names, i)
        if span and apart_km <= FARTHEST_KM and not _describes(names, i, span[0]):
            yield Expression(*span, "between", (i, i + 1))


def _bounds(names: Names, i: int, apart_km: float) -> tuple[int, int] | None:
    """Return the span of 'between A and B', unless it tells of talks or a match between them."""
    if not pattern(rf"^,? and {OF_CLASS}$").match(names.gap(i)) or _POSSESSIVE.match(names.after(i + 1)):
        return None
    before, start, end = names.before(i), names.toponyms[i].start, names.toponyms[i + 1].end
    said = pattern(rf"\bbetween {OF_CLASS}$").search(before)
    if not said:
        return None
    lead = before[: said.start()]
    way = said["class"] or pattern(rf"\b{words('way')}\b").search(lead[-30:])
    relation = pattern(rf"\b{words('relation')}\b").search(lead[-40:])
    if way or (apart_km <= NEIGHBOURS_KM and not relation):
        return start - len(before) + said.start(), end
    return None


def _way(names: Names, i: int) -> tuple[int, int] | None:
    """Return the span of 'the road from A to B' or 'the A-B highway'."""
    start, end = names.toponyms[i].start, names.toponyms[i + 1].end
    if pattern(rf"^ (?:to|and|with) {OF_CLASS}$").match(names.gap(i)):
        before = names.before(i)
        way = rf"\b{words('way')} (?:\w+ ){{0,2}}(?:from|linking|connecting|joining) {OF_CLASS}$"
        if said := pattern(way).search(before):
            return start - len(before) + said.start(), end
    said = _HYPHEN.match(names.gap(i)) and pattern(rf"^ (?:[a-z]+ )?{words('way')}\b").match(names.after(i + 1))
    return (start, end + said.end()) if said else None


def towards(names: Names) -> Iterator[Expression]:
    """Yield 'in the direction of A, B and C', 'from A towards B', 'advancing towards A', 'on the A front'."""
    start: int | None = None  # of the words that the names of a list share
    for i in range(len(names)):
        before, place = names.before(i), names.toponyms[i]
        led = _led(names, i)
        if led is not None:
            start = led
        elif not pattern(rf"^(?:,|,? and|,? or) {OF_CLASS}$").match(names.gap(i - 1)):
            start = None
        if not names.is_spot(i):
            continue
        if start is not None:
            origin = (i - 1,) if _starts_from(names, i) else ()
            yield Expression(start, place.end, "towards", (i, *origin))
            continue
        front = pattern(r"\b(?:in|on|along) the $").search(before, max(0, len(before) - LONGEST_CLASS))
        after = pattern(rf"^ {words('front')}\b").match(names.after(i))
        if front and after:
            yield Expression(place.start - len(before) + front.start(), place.end + after.end(), "towards", (i,))


def _led(names: Names, i: int) -> int | None:
    """Return where the words begin that lead towards a name, None where none do.

    'Towards' alone is often said of moods and policies: it counts beside a word of motion or fire.
    """
    before, place = names.before(i), names.toponyms[i]
    lower = before.lower()
    if "toward" not in lower and "direction" not in lower:
        return None
    said = pattern(rf"\b(?:(?:in|from|to) the (?:\w+ )?directions? of|(?P<towards>towards?)) {OF_CLASS}$").search(
        before
    )
    if said is None:
        return None
    if said["towards"] and not (_starts_from(names, i) or pattern(rf"\b{words('motion')}\b").search(before)):
        return None
    return place.start - len(before) + said.start()


def _starts_from(names: Names, i: int) -> bool:
    """Say whether the way to place `i` starts at the place before: 'from A towards B'."""
    led = pattern(rf"^ (?:towards?|in the direction of) {OF_CLASS}$").match(names.gap(i - 1))
    return bool(led and names.is_spot(i - 1) and pattern(rf"\bfrom {OF_CLASS}$").search(names.before(i - 1)))


def apart(names: Names) -> Iterator[Expression]:
    """Yield '12 km north-east of A', '20 miles from A', 'within 5 km of A', 'south of A'."""
    for i in range(len(names)):
        before, place = names.before(i), names.toponyms[i]
        if not names.is_spot(i) or not pattern(rf"\b(?:of|from|off|outside|beyond) {OF_CLASS}$").search(
            before, max(0, len(before) - LONGEST_CLASS)
        ):
            continue
        if pattern(r"^ (?:borders?|frontiers?|coast)\b").match(names.after(i)):
            continue  # "12 km of the Lao border"
        said = pattern(_DISTANCE).search(before)
        if said:
            length, give = _length(said["number"].lower(), said["unit"].lower())
            wind = _bearing(said["wind"])
            if not length or (said["link"].lower() == "of" and wind is None and not said["within"]):
                continue  # "12 km of A" is no distance from A
            give = max(give, length / 10 if said["about"] else 0.0)
        else:
            said = pattern(rf"(?:{_CLOSE}|{_BY_TIME})\b(?P<the>(?:to )?the )?{_WIND} of {OF_CLASS}$").search(before)
            if said is None or said["time"] or (said["the"] or "").lower().startswith("the"):
                continue  # "the north of A" is in A; "to the north of A" is not
            length, give, wind = None, CLOSE_KM if said["close"] else 0.0, _bearing(said["wind"])
        start = place.start - len(before) + said.start()
        if _describes(names, i, start):
            continue
        yield Expression(
            start,
            place.end,
            "apart",
            (i,),
            km=length,
            give=give,
            within=bool(said.groupdict().get("within")) and wind is None,
            bearing=wind,
            half_angle=11.25 if wind is not None and wind % 45 else 22.5,
        )


def _describes(names: Names, i: int, start: int) -> bool:
    """Say whether words from `start` to name `i` only describe a place just named: 'Sisian, 30 km north of Kapan'."""
    if i < 1 or not pattern(_DESCRIBED).match(names.text[names.toponyms[i - 1].end : start]):
        return False
    return names.is_spot(i - 1) or (names.gap(i - 2) == ", " and names.is_spot(i - 2))


def _length(number: str, unit: str) -> tuple[float, float]:
    """Return a distance in km, and by how much it may be off: half of its last digit that is not zero."""
    factor = UNIT_KM["mi" if unit.startswith("mi") else unit[0]]
    if number in numbers():
        return numbers()[number] * factor, factor / 2
    whole, _, decimals = number.replace(",", "").partition(".")
    step = 10.0 ** -len(decimals) if decimals else 10.0 ** (len(whole) - len(whole.rstrip("0")))
    return float(f"{whole}.{decimals or 0}") * factor, factor * step / 2


def _bearing(wind: str | None) -> float | None:
    """Return the degrees of a wind as written ("North East"), None where it is none of the sixteen."""
    parts = re.findall(_QUARTERS, (wind or "").lower())
    plain = "".join(parts) if len(parts) < 3 else f"{parts[0]}-{''.join(parts[1:])}"
    return next((wind.bearing for wind in winds() if wind.word == plain), None)
