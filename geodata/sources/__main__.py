"""Rebuild the shipped data: `python -m geodata.sources [DOWNLOADS] [--into FOLDER]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from geodata import DATA
from geodata.sources.basemap import build_basemap
from geodata.sources.basemap_detail import build_detail
from geodata.sources.changes import changes, counts_shipped
from geodata.sources.gazetteer import build_gazetteer, families_index, names_index, places_table, put_in_regions
from geodata.sources.shapes import build_shapes
from geodata.sources.upstream import fetch_upstream

STATIC = DATA.parents[1] / "dashboard" / "static"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fetch the upstream packages and write what is made of them over the shipped files, or into a folder."""
    parser = argparse.ArgumentParser(prog="python -m geodata.sources", description="Rebuild the shipped data.")
    parser.add_argument("downloads", type=Path, nargs="?", default=Path(__file__).parent / "upstream", help="kept")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="write here, and leave the shipped files alone")
    chosen = parser.parse_args(arguments)
    if chosen.into is not None:
        chosen.into.mkdir(parents=True, exist_ok=True)
    rebuild(chosen.downloads, data=chosen.into or DATA, static=chosen.into or STATIC)


def rebuild(downloads: Path, *, data: Path, static: Path) -> None:
    """Write shapes, places and names into `data` and the basemap into `static`; `downloads` keeps what was fetched."""
    print("fetching the upstream packages ...", flush=True)
    upstream = fetch_upstream(downloads)
    print("shapes of countries and provinces ...", flush=True)
    shapes = build_shapes(upstream)
    with _replacing(data / "regions.parquet") as path:
        shapes.to_parquet(path, compression="zstd", compression_level=19, write_covering_bbox=True)
    print("places and names ...", flush=True)
    places = build_gazetteer(upstream, shapes)
    put_in_regions(places, shapes)
    print(*changes(counts_shipped(DATA / "places.parquet"), places), sep="\n")
    trie, names = names_index(places)
    for table, name in ((places_table(places), "places.parquet"), (names, "names.parquet")):
        with _replacing(data / name) as path:
            pq.write_table(table, path, compression="zstd", compression_level=19)
    for index, name in ((trie, "names.marisa"), (families_index(places), "families.marisa")):
        with _replacing(data / name) as path:
            index.save(str(path))
    print("basemap ...", flush=True)
    build_basemap(upstream, static / "basemap.pmtiles")
    build_detail(upstream, shapes, static / "basemap_detail.pmtiles")
    print(f"{len(places):,} places, {len(trie):,} names, {len(shapes):,} shapes")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Write beside a file and put the new one in its place in one step: who reads meanwhile reads the old one."""
    draft = path.with_name(f".{path.name}.tmp")
    yield draft
    draft.replace(path)


if __name__ == "__main__":
    main()
