"""Names on the basemap: what is named at which zoom, so that no two names stand in each other's way."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import Point, Polygon, box

from geodata.records import BBox
from geodata.sources.basemap_features import NAMES, PATHS, Feature, Names, feature, pixels, read, reverse_geocoder

FINEST = 11  # every town of the detail region is named at this zoom
ABROAD = 9  # elsewhere towns that would first appear beyond this zoom are left out
SPACING = 64.0  # pixels between a town and the next more important one at the zoom where it first appears
POPULATION = {3: 2_000_000, 4: 400_000, 5: 120_000, 6: 40_000, 7: 10_000, 8: 3_000, 9: 800, 10: 0, 11: 0}
NOTED = 50_000  # people that a town of the table of names counts for: what it stands for is not its size


def labels(upstream: Path, patches: Names, *, detail: BBox | None = None) -> Iterator[Feature]:
    """Yield every name on the map, a point each; in the surroundings `detail` every town is named."""
    yield from country_labels(upstream, patches)
    yield from region_labels(upstream, patches)
    yield from sea_labels(upstream, patches)
    yield from lake_labels(upstream, patches)
    yield from town_labels(upstream, patches, detail=detail)


def country_labels(upstream: Path, patches: Names) -> Iterator[Feature]:
    """Yield a label a country, in the middle of its largest part."""
    for country in reverse_geocoder(upstream)["countries"]:
        name = patches.get(("country", country[1]), country[1])
        if name:
            parts = [Polygon(ring, holes[0] if holes else None) for _, ring, *holes in country[5]]
            yield from _area_label("country", name, parts, letter=8.5, line=14)


def region_labels(upstream: Path, patches: Names) -> Iterator[Feature]:
    """Yield a label an admin-1 unit, under its English name."""
    for unit in json.loads((upstream / PATHS["admin1"]).read_text(encoding="utf-8"))["features"]:
        about = unit["properties"]
        name = patches.get(("region", about["adm1_code"]), about.get("name_en") or about.get("name"))
        if name:
            shape = shapely.geometry.shape(unit["geometry"])
            yield from _area_label("region", name, getattr(shape, "geoms", [shape]), letter=13.0, line=14, floor=5)


def sea_labels(upstream: Path, patches: Names) -> Iterator[Feature]:
    """Yield a label a sea, gulf or strait."""
    for name, _, shapes in reverse_geocoder(upstream)["marine"]:
        name = patches.get(("sea", name), name)
        if name:
            parts = [Polygon(ring, holes[0] if holes else None) for _, ring, *holes in shapes]
            yield from _area_label("sea", name, parts, letter=7.0, line=12)


def lake_labels(upstream: Path, patches: Names) -> Iterator[Feature]:
    """Yield a label for each lake of the table of names; the point given there must lie in the lake."""
    shapes = read(upstream, "gpuwm", "lakes").geometry.values
    tree = shapely.STRtree(shapes)
    for (kind, key), name in patches.items():
        if kind == "lake":
            point = Point(*map(float, key.split()))
            found = tree.query(point, predicate="within")
            if not len(found):
                raise ValueError(f"{NAMES.name}: {name} at {point.x}, {point.y} is in no lake; move the point")
            lake = shapes[found[0]]
            yield from _area_label("lake", name, getattr(lake, "geoms", [lake]), letter=6.0, line=10, floor=3)


def town_labels(upstream: Path, patches: Names, *, detail: BBox | None) -> Iterator[Feature]:
    """Yield the towns, each from the zoom where it stands clear of every more important one."""
    towns = []
    for town in json.loads((upstream / PATHS["towns"]).read_text(encoding="utf-8")).values():
        key = ("town", str(town["geonameid"]))
        if patches.get(key) != "":
            people = max(town["population"], NOTED if key in patches else 0)
            towns.append(town | {"name": patches.get(key, town["name"]), "population": people})
    countries = json.loads((upstream / PATHS["capitals"]).read_text(encoding="utf-8"))
    seats = {(code, c["capital"]) for code, c in countries.items() if int(c["population"]) >= 300_000}
    towns.sort(key=lambda t: ((t["countrycode"], t["name"]) in seats, t["population"]), reverse=True)
    capital = []
    for town in towns:  # the largest town of the capital's name is the capital
        seat = (town["countrycode"], town["name"])
        capital.append(seat in seats)
        seats.discard(seat)
    where = pixels(shapely.points([(t["longitude"], t["latitude"]) for t in towns]))
    lowest = _first_zooms(shapely.get_coordinates(where), [t["population"] for t in towns], capital)
    near = box(*detail) if detail else Polygon()
    for rank, (town, zoom, first) in enumerate(zip(towns, lowest, capital, strict=True)):
        point = Point(town["longitude"], town["latitude"])
        if zoom is not None and (zoom <= ABROAD or point.within(near)):
            yield feature(point, lowest=zoom, k="capital" if first else "town", n=town["name"], z=zoom, r=rank)


def _first_zooms(pixels: np.ndarray, population: list[int], capital: list[bool]) -> list[int | None]:
    """Return for each town, the most important first, the zoom where it has SPACING pixels to all placed before it."""
    lowest: list[int | None] = [None] * len(pixels)
    for zoom in range(min(POPULATION), FINEST + 1):
        side = SPACING / 2**zoom
        placed: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for i, (x, y) in enumerate(pixels.tolist()):
            column, row = int(x // side), int(y // side)
            if lowest[i] is None:
                if population[i] < POPULATION[zoom] and not (capital[i] and zoom >= 4):
                    continue
                near = (p for c in (-1, 0, 1) for r in (-1, 0, 1) for p in placed.get((column + c, row + r), ()))
                # labels are wide and low, so a neighbour above or below may stand closer than one to the side
                if any(abs(px - x) < side and abs(py - y) < side * 0.6 for px, py in near):
                    continue
                lowest[i] = zoom
            placed.setdefault((column, row), []).append((x, y))
    return lowest


def _area_label(
    kind: str, name: str, parts: Iterable[Polygon], *, letter: float, line: int, floor: int = 2
) -> Iterator[Feature]:
    """Yield the label of an area from the zoom where the text fits until the area is far larger than the screen."""
    pieces = shapely.get_parts(shapely.get_parts(pixels(list(parts))))
    largest = pieces[np.argmax(shapely.area(pieces))]
    if not largest.area:
        return
    radius_line = shapely.maximum_inscribed_circle(largest, tolerance=max(math.sqrt(largest.area) / 50, 1e-6))
    width = letter * min(len(name), line)
    west, _, east, _ = largest.bounds
    room = (2 * radius_line.length + (east - west)) / 2  # between the widest circle and the whole breadth
    lowest = min(12, max(floor, math.ceil(math.log2(0.8 * width / max(room, 1e-6)))))
    highest = math.floor(math.log2(2400 / max(2 * radius_line.length, 1e-6)))
    if highest >= lowest:
        centre = _degrees(Point(radius_line.coords[0]))
        yield feature(centre, lowest=lowest, k=kind, n=name, z=lowest, x=highest, r=round(-largest.area, 4))


def _degrees(point: Point) -> Point:
    lat = 2 * math.atan(math.exp(point.y * math.pi / 128)) - math.pi / 2
    return Point(point.x * 360 / 256, math.degrees(lat))
