"""Build the gazetteer: places, and the names that lead to them, from the upstream packages and our own tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import geopandas as gpd
import marisa_trie
import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.folding import name_key
from geodata.gazetteer.spelling_families import COUNTRIES, family_key
from geodata.kinds import kinds_that
from geodata.records import NameType
from geodata.regions.shapes import join_regions
from geodata.sources import packages, tables
from geodata.sources.place import Place
from geodata.sources.villages import villages


def build_gazetteer(upstream: Path, shapes: gpd.GeoDataFrame) -> list[Place]:
    """Return all places with their names, countries first, without the province each lies in."""
    units = list(packages.subdivisions(upstream, shapes))
    listed = {unit.id for unit in units}
    cities = [city for city in packages.cities(upstream) if city.id not in listed]
    cities += villages(upstream, shapes, cities)
    tables.name_provinces(units)
    tables.count_people([*units, *cities])
    packages.call_as_spoken(upstream, cities)
    packages.mark_capitals(upstream, cities)
    _prefer_city_to_its_own_unit(units, cities)
    countries = list(packages.countries(upstream))
    _spread_people(countries, units, counted={row["geonameid"] for row in tables.rows("populations.csv")})
    places = [*countries, *packages.continents(upstream), *units, *cities, *packages.seas(upstream)]
    places = tables.merge_supplement(places)
    _spell_saints(places)
    tables.add_demonyms(places)
    tables.add_abbreviations(places)
    places.sort(key=lambda place: (place.kind != "country", not place.id.isdigit(), place.id.zfill(10)))
    _check(places)
    return places


# English writes a name's first word in full or short, whichever of the two a source has.
_SHORT = {"Saint": "St.", "Sainte": "Ste.", "Mount": "Mt.", "Fort": "Ft."}
_FULL = {"St": "Saint", "St.": "Saint", "Ste.": "Sainte", "Mt": "Mount", "Mt.": "Mount", "Ft.": "Fort"}


def _spell_saints(places: list[Place]) -> None:
    """Call Saint Petersburg "St. Petersburg" too, and Mt Pleasant "Mount Pleasant"."""
    for place in places:
        for name, name_type in list(place.names.items()):
            first, _, rest = name.partition(" ")
            other = _SHORT.get(first) or _FULL.get(first)
            if rest and other:
                place.call(f"{other} {rest}", name_type)


def _prefer_city_to_its_own_unit(units: list[Place], cities: list[Place]) -> None:
    """Take the bare name from a unit where it means the city: Yerevan, Moscow (not the oblast), Goris."""
    main: dict[tuple[str, str, str], int] = defaultdict(int)  # by the city's main name
    any_name: dict[tuple[str, str, str], int] = defaultdict(int)
    in_country: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        # A capital takes its name from its unit however large that is (Lisbon, Tokyo).
        weight = 10**9 if city.capital else city.population
        key = name_key(city.name)
        in_country[city.country, key] = max(in_country[city.country, key], city.population)
        main[city.country, city.admin1, key] = max(main[city.country, city.admin1, key], weight)
        for other in {name_key(name) for name in city.names}:
            slot = (city.country, city.admin1, other)
            any_name[slot] = max(any_name[slot], weight)
    for unit in units:
        for name in list(unit.names):
            key = name_key(name)
            slot = (unit.country, unit.admin1, key)
            shortened = key != name_key(unit.name)  # "Moscow" of "Moscow Oblast"
            own = (any_name if shortened else main).get(slot, 0)
            elsewhere = in_country.get((unit.country, key), 0) if shortened else 0
            if own > 0.45 * unit.population or elsewhere > 0.3 * unit.population or (own and unit.kind == "admin2"):
                del unit.names[name]
    _name_with_nouns(units)


def _name_with_nouns(units: list[Place]) -> None:
    """Call provinces that have no name left by theirs and what most of their country are called: "Sokoto State"."""
    nouns: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        for name in unit.names:
            bare = packages.UNIT_NAME.fullmatch(name)
            if bare and not name.endswith(bare[1]):
                nouns[unit.country][name.split()[-1]] += 1
    for unit in units:
        if unit.kind == "admin1" and not unit.names:
            ((noun, _),) = nouns[unit.country].most_common(1) or [("Province", 1)]
            unit.call(f"{unit.name} {noun}", NameType.OFFICIAL)


def _spread_people(countries: list[Place], units: list[Place], *, counted: set[str]) -> None:
    """Add to the provinces of which few live in listed towns as many each of all who do not, to the mean at most."""
    provinces: dict[str, list[Place]] = defaultdict(list)
    for unit in units:
        if unit.kind == "admin1":
            provinces[unit.country].append(unit)
    for country in countries:
        own = provinces[country.country]
        mean = country.population // max(1, len(own))
        rest = country.population - sum(province.population for province in own)
        lacking = [province for province in own if province.population < mean and province.id not in counted]
        for province in lacking:
            province.population += min(max(0, rest) // len(lacking), mean - province.population)


def _check(places: list[Place]) -> None:
    seen: set[str] = set()
    for place in places:
        if place.id in seen:
            raise ValueError(f"two places have the id {place.id!r}")
        seen.add(place.id)
        if not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90):
            raise ValueError(f"{place.name!r} lies off the globe: {place.lon}, {place.lat}")
        if not place.source:
            raise ValueError(f"{place.name!r} has no source")


def places_table(places: list[Place]) -> pa.Table:
    """Return the places as a table, one row each, in the order that the names point to."""
    return pa.table(
        {
            "id": [place.id for place in places],
            "name": [place.name for place in places],
            "kind": pa.array([place.kind for place in places]).dictionary_encode(),
            "country": pa.array([place.country for place in places]).dictionary_encode(),
            "admin1": pa.array([place.admin1 for place in places]).dictionary_encode(),
            "lon": np.round([place.lon for place in places], 5),
            "lat": np.round([place.lat for place in places], 5),
            "capital": [place.capital for place in places],
            "population": pa.array([place.population for place in places], pa.int64()),
            "years": pa.array([place.years for place in places]).dictionary_encode(),
            "uncertainty_km": pa.array([place.uncertainty_km for place in places], pa.float32()),
            "region": pa.array([place.region for place in places]).dictionary_encode(),
            "region_method": pa.array([place.region_method for place in places]).dictionary_encode(),
            "source": pa.array([place.source for place in places]).dictionary_encode(),
            "names": [
                [name for name, name_type in place.names.items() if name_type <= NameType.OTHER and name != place.name]
                for place in places
            ],
        }
    )


def names_index(places: list[Place]) -> tuple[marisa_trie.Trie, pa.Table]:
    """Return the trie of folded names and, in the order of its keys, the places that bear each and how."""
    bearers: dict[str, dict[int, int]] = defaultdict(dict)
    for row, place in enumerate(places):
        for name, name_type in place.names.items():
            key = name_key(name)
            if key:
                bearers[key][row] = min(name_type, bearers[key].get(row, 99))
    trie = marisa_trie.Trie(list(bearers))
    keys = [trie.restore_key(number) for number in range(len(trie))]
    table = pa.table(
        {
            "place": pa.array([list(bearers[key]) for key in keys], pa.list_(pa.uint32())),
            "name_type": pa.array([list(bearers[key].values()) for key in keys], pa.list_(pa.uint8())),
        }
    )
    return trie, table


def families_index(places: list[Place]) -> marisa_trie.RecordTrie:
    """Return the trie of what the spellings of a name have in common, with the rows of the places it may be."""
    families = {
        (key, row)
        for row, place in enumerate(places)
        if place.country in COUNTRIES and place.kind in kinds_that("settled")
        for name in place.names
        if (key := family_key(name_key(name)))
    }
    return marisa_trie.RecordTrie("<I", [(key, (row,)) for key, row in sorted(families)])


def put_in_regions(places: list[Place], shapes: gpd.GeoDataFrame) -> None:
    """Say of every place with a definite position in which province it lies; a province lies in itself."""
    located = [
        place for place in places if not place.region and place.kind in ("city", "village", "building", "admin2")
    ]
    table = pd.DataFrame(
        [(place.country, place.admin1, place.lon, place.lat) for place in located],
        columns=["country", "admin1", "lon", "lat"],
    )
    joined = join_regions(table, shapes)
    for place, region, method in zip(located, joined.region, joined.region_method, strict=True):
        place.region, place.region_method = region, method
    codes = {(unit.country, unit.region): unit.admin1 for unit in places if unit.kind == "admin1" and unit.region}
    for place in located:
        # Our own rows name no province by the code that "Palma in Cabo Delgado" is told by.
        place.admin1 = place.admin1 or codes.get((place.country, place.region), "")
