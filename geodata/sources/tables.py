"""Merge our own tables into the places read from the packages."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geodata.folding import name_key
from geodata.records import AREAS, NameType
from geodata.sources import packages
from geodata.sources.place import Place

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of our tables."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def merge_supplement(places: list[Place]) -> list[Place]:
    """Add our own table; it replaces a sea or continent of the same name, because it knows more names."""
    own = []
    known = {place.id: place for place in places}
    for row in rows("supplement.csv"):
        if row["kind"] == "border":
            continue  # in a text it is two names, each of which is found for itself
        if row["geonameid"] in known:
            # GeoNames' packages have the place: ours are more names for it, and a better point for a continent.
            place = known[row["geonameid"]]
            place.years = _years(row)
            if place.kind == "admin1" or place.source == packages.OLDER:
                place.name = row["name"]  # "Chechnya" rather than "Chechenskaya Respublika"
            if place.kind == "admin1":
                place.call(row["name"], NameType.MAIN)
            for name in (row["name"], *row["other_names"].split("|")):
                place.call(name, NameType.OFFICIAL)
            if place.kind == "continent":
                place.lon, place.lat, place.uncertainty_km = (float(row[c]) for c in ("lon", "lat", "uncertainty_km"))
            continue
        place = Place(
            id=row["geonameid"] or row["id"],
            name=row["name"],
            kind=row["kind"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            uncertainty_km=float(row["uncertainty_km"]),
            source=row["source"],
            years=_years(row),
        )
        place.call(row["name"], NameType.MAIN)
        for name in row["other_names"].split("|"):
            place.call(name, NameType.OFFICIAL)
        own.append(place)
    taken = {name_key(name): place for place in own for name in place.names if place.kind in AREAS}
    kept = []
    for place in places:
        twin = taken.get(name_key(place.name)) if place.kind in ("sea", "continent") else None
        if twin is None:
            kept.append(place)
        else:
            if place.id.isdigit():
                twin.id = place.id
            twin.population = max(twin.population, place.population)
    return kept + own


def _years(row: dict[str, str]) -> str:
    """Return the years of a row in words: "1922-1991", "since 1991", "2500 BC-609 BC"."""
    since, until = (f"{year[1:]} BC" if year.startswith("-") else year for year in (row["since"], row["until"]))
    if since and until:
        return f"{since}-{until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def name_provinces(places: list[Place]) -> None:
    """Give provinces the English name and, where our table has GeoNames' own, the point."""
    known = {place.id: place for place in places if place.kind == "admin1"}
    for row in rows("admin1.csv"):
        place = known.get(row["geonameid"])
        if place is None:
            continue
        place.name = row["name"]
        place.call(row["name"], NameType.MAIN)
        for name in row["other_names"].split("|"):
            place.call(name, NameType.OFFICIAL)
        if row["source"].startswith("GeoNames point"):
            place.lon, place.lat = float(row["lon"]), float(row["lat"])


def count_people(places: list[Place]) -> None:
    """Give places the news speaks of the people that they have, where the packages count too few."""
    known = {place.id: place for place in places}
    for row in rows("populations.csv"):
        place = known.get(row["geonameid"])
        if place is None:
            raise ValueError(f"populations.csv: the packages lack {row['name']}, {row['geonameid']}; take the row out")
        place.population = int(row["population"])


def add_demonyms(places: list[Place]) -> None:
    """Add what the people and things of a place are called."""
    countries = {place.country: place for place in places if place.kind == "country"}
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in place.names:
            by_key[name_key(name)].append(place)
    missing: list[str] = []
    for row in rows("demonyms.csv"):
        if row["place"]:
            bearers = by_key[name_key(row["place"])]
            matches = [p for p in bearers if row["id_country"] in ("", p.country) or not p.country]
            home = max(matches, key=lambda p: (p.kind in AREAS, p.population), default=None)
        else:
            home = countries.get(row["id_country"])
        if home is None:
            missing.append(f"{row['word']} ({row['place']}, {row['id_country']})")
        else:
            home.call(row["word"], NameType.DEMONYM)
    if missing:
        raise ValueError("demonyms.csv: the gazetteer lacks the places of " + ", ".join(missing))


def add_abbreviations(places: list[Place]) -> None:
    """Add short forms: "Calif.", and "CA", which counts after a comma only."""
    by_key: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in places:
        for name, name_type in place.names.items():
            if name_type <= NameType.OTHER:
                by_key[name_key(name), place.kind, place.country].append(place)
    missing = []
    for row in rows("abbreviations.csv"):
        matches = by_key[name_key(row["name"]), row["kind"], row["country"]]
        if matches:
            place = max(matches, key=lambda p: p.population)
            place.call(row["form"], NameType.POSTAL if row["after_comma_only"] == "1" else NameType.ABBREVIATION)
        else:
            missing.append(f"{row['form']} ({row['name']}, {row['kind']}, {row['country']})")
    if missing:
        raise ValueError("abbreviations.csv: the gazetteer lacks " + ", ".join(missing))
