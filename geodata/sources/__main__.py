"""Rebuild the shipped data: `python -m geodata.sources [FOLDER]`, FOLDER keeping what was downloaded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from geodata import DATA
from geodata.sources.basemap import build_basemap
from geodata.sources.basemap_detail import build_detail
from geodata.sources.gazetteer import build_gazetteer, names_index, places_table, put_in_regions
from geodata.sources.shapes import build_shapes
from geodata.sources.upstream import fetch_upstream

STATIC = DATA.parents[1] / "dashboard" / "static"


def main(folder: Path) -> None:
    """Fetch the upstream packages and write the files of geodata/data and the basemap."""
    print("fetching the upstream packages ...", flush=True)
    upstream = fetch_upstream(folder)
    print("shapes of countries and provinces ...", flush=True)
    shapes = build_shapes(upstream)
    with _replacing(DATA / "regions.parquet") as path:
        shapes.to_parquet(path, compression="zstd", compression_level=19, write_covering_bbox=True)
    print("places and names ...", flush=True)
    places = build_gazetteer(upstream, shapes)
    put_in_regions(places, shapes)
    trie, names = names_index(places)
    for table, name in ((places_table(places), "places.parquet"), (names, "names.parquet")):
        with _replacing(DATA / name) as path:
            pq.write_table(table, path, compression="zstd", compression_level=19)
    with _replacing(DATA / "names.marisa") as path:
        trie.save(str(path))
    print("basemap ...", flush=True)
    build_basemap(upstream, STATIC / "basemap.pmtiles")
    build_detail(upstream, shapes, STATIC / "basemap_detail.pmtiles")
    print(f"{len(places):,} places, {len(trie):,} names, {len(shapes):,} shapes")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Write beside a file and put the new one in its place in one step: who reads meanwhile reads the old one."""
    draft = path.with_name(f".{path.name}.tmp")
    yield draft
    draft.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "upstream")
