"""Make a pack out of a file: its places, each put into its province and told from those that we have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import marisa_trie
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata import DATA
from geodata.errors import GeodataError
from geodata.folding import fold, name_key
from geodata.gazetteer.packs import shelf
from geodata.gazetteer.packs.places import KNOWN, Found, Told, find_places, number
from geodata.gazetteer.packs.read_file import WANTED, licence_of, read_file
from geodata.gazetteer.store import Gazetteer, open_gazetteer
from geodata.gazetteer.user_places import clean
from geodata.globe import great_circle_km
from geodata.kinds import kinds_that
from geodata.records import NameType
from geodata.regions.shapes import join_regions, locate, read_regions
from geodata.tables import read_lines

SHORT = 5  # letters: a shorter name counts only where the text speaks of its country
SAME_KM = 10.0  # two towns of one name that lie no farther apart are one
TOWNS = kinds_that("town")
_GUARDED = ("common_words", "surnames", "given_names", "calendar", "titles", "generic")


@dataclass(frozen=True, slots=True)
class Added:
    """A pack that was added, what it took the place of, and what was left out."""

    pack: shelf.Pack
    before: shelf.Pack | None
    known: int  # of its places, those that the gazetteer has
    left_out: dict[str, int]
    problems: tuple[str, ...]
    broken: int  # rows that remarks are on


def add_pack(file: Path, folder: Path, *, name: str = "", licence: str = "") -> Added:
    """Read a file of places into a pack in `folder`; one of the same name is replaced.

    Raises GeodataError where the file has no place that can be used.
    """
    name = shelf.checked(name or shelf.name_after(file))
    told = Told()
    found = find_places(read_file(file), told)
    have = shelf.installed(folder)
    gazetteer = open_gazetteer(packs=tuple(pack for pack in have if pack.name != name))
    places = [*found.values()]
    ids = list(number(places, name))
    same = [_same(place, id, gazetteer) for place, id in zip(places, ids, strict=True)]
    kept, first = [], dict[str, Found]()
    for i, (place, known) in enumerate(zip(places, same, strict=True)):
        if known in first:
            first[known].join(place)
        elif known is None and place.kind == KNOWN:
            told.left_out["provinces and districts that the gazetteer has otherwise"] += 1
        else:
            kept.append(i)
            first |= {known: place} if known else {}
    if not kept:
        raise GeodataError("\n".join([f"{file} has no place that can be used: give {WANTED}", *told.problems]))
    places, ids, same = ([column[i] for i in kept] for column in (places, ids, same))  # type: ignore[assignment]
    origin = told.origins.most_common(1)[0][0]
    with shelf.draft(folder, name) as draft:
        names = _write_names(places, draft)
        _write_places(places, ids, same, draft)
        about = shelf.Pack(
            name=name,
            origin=origin,
            licence=clean(licence) or licence_of(origin),
            file=clean(file.name),
            added=datetime.now().isoformat(timespec="seconds"),
            places=len(places),
            names=names,
            print=shelf.print_of(draft),
            folder=folder / name,
        )
        shelf.write_about(about, draft)
    more = [f"and {told.broken - len(told.problems):,} more like these"] if told.broken > len(told.problems) else []
    return Added(
        about,
        next((pack for pack in have if pack.name == name), None),
        sum(known is not None for known in same),
        dict(told.left_out.most_common()),
        (*told.problems, *more),
        told.broken,
    )


def _same(place: Found, id: str, gazetteer: Gazetteer) -> str | None:
    """Return the id of a place that the gazetteer has: by its id, or of the name and nearly there; None for no such."""
    main = next(iter(place.names))
    if id in gazetteer.ids:
        return id
    if place.kind == KNOWN:
        return None
    for candidate in gazetteer.bearers(name_key(main)) + gazetteer.guarded(name_key(main)):
        row = candidate.row
        alike = gazetteer.kind[row] in TOWNS if place.kind in TOWNS else gazetteer.kind[row] == place.kind
        if not alike or candidate.name_type > NameType.OTHER:
            continue
        if great_circle_km(place.lon, place.lat, gazetteer.lon[row], gazetteer.lat[row]) <= max(SAME_KM, place.km):
            return gazetteer.id(row)
    return None


def _write_places(places: Sequence[Found], ids: Sequence[str], same: Sequence[str | None], folder: Path) -> None:
    """Write the places with the province of each; where a file names no country, its position says in which it lies."""
    at = pd.DataFrame({"lon": [place.lon for place in places], "lat": [place.lat for place in places]})
    at["country"], at["admin1"] = [place.country for place in places], [place.admin1 for place in places]
    shapes = read_regions()
    at["country"] = at.country.where(at.country != "", locate(at.lon, at.lat, shapes))
    joined = join_regions(at, shapes)
    codes = shapes.set_index("code").gn_a1_code.fillna("").str.partition(".")[2]
    at["admin1"] = at.admin1.where(at.admin1 != "", joined.region.map(codes).fillna(""))
    labels = {
        "kind": [place.kind if place.kind != KNOWN else "admin2" for place in places],
        "country": at.country.tolist(),
        "admin1": at.admin1.tolist(),
        "years": [place.years for place in places],
        "region": joined.region.tolist(),
        "region_method": joined.region_method.tolist(),
    }
    table = pa.table(
        {
            "id": ids,
            "same": [known or id for known, id in zip(same, ids, strict=True)],
            "name": [next(iter(place.names)) for place in places],
            "names": [list(place.names) for place in places],
            "lon": pa.array(at.lon, pa.float64()),
            "lat": pa.array(at.lat, pa.float64()),
            "capital": [False] * len(places),
            "population": [place.population for place in places],
            "uncertainty_km": pa.array([place.km for place in places], pa.float32()),
            **{column: pa.array(values).dictionary_encode() for column, values in labels.items()},
        }
    )
    pq.write_table(table, folder / shelf.PLACES)


def _write_names(places: Sequence[Found], folder: Path) -> int:
    """Write the folded names with the places that bear each; return how many names there are."""
    bearers: dict[str, list[int]] = {}
    for row, place in enumerate(places):
        for key in dict.fromkeys(filter(None, map(name_key, place.names))):
            bearers.setdefault(key, []).append(row)
    trie = marisa_trie.Trie(bearers)
    trie.save(str(folder / shelf.TRIE))
    keys = sorted(bearers, key=trie.__getitem__)
    words = frozenset(fold(word) for name in _GUARDED for word in read_lines(DATA / "words" / f"{name}.txt"))
    guarded = [len(key) < SHORT or all(word in words for word in key.split()) for key in keys]
    rows = pa.array([bearers[key] for key in keys], pa.list_(pa.uint32()))
    pq.write_table(pa.table({"place": rows, "guarded": pa.array(guarded).cast(pa.uint8())}), folder / shelf.NAMES)
    return len(keys)
