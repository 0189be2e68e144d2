"""The layer of places: one point a place that the texts mention, with how often and what the sources call it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from corpus.corrections.places import SOURCE as OF_READER
from corpus.corrections.places import is_point
from corpus.index.columns import ROLE_BITS
from corpus.index.counted import Counted, spelling_parts
from corpus.index.numbering import Column
from corpus.index.schema import VALUES
from corpus.index.words import words_of
from corpus.provenance.in_common import distinct
from corpus.records import HERE
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.records import AREAS, GazetteerEntry
from geodata.regions.shapes import region_names

# What the layer holds of a place; `name` is as the sources write it, `names` are the gazetteer's other ones, with |
# between them, `outline` is the code of the region that it is itself: a country, a province.
_WORDS = ("id", "name", "gazetteer_name", "names", "kind")
_WHERE = ("country", "country_name", "region", "region_name", "region_method", "outline")
COLUMNS = {
    **dict.fromkeys(_WORDS, "object"),
    **dict.fromkeys(("lon", "lat"), "float64"),
    **dict.fromkeys(_WHERE, "object"),
    "uncertainty_km": "float64",
    "geonameid": "int64",
    **dict.fromkeys(("source", "years"), "object"),
    **dict.fromkeys(("mentions", "happened", "articles"), "int64"),
}

# Mentions that mean a place, outside page furniture, and those where something happened.
_SHOWN = [VALUES["status"].index(status) for status in ("placed", "region", "actor")]
_HERE = sum(ROLE_BITS[role] for role in HERE)
_NAME = VALUES["kind"].index("name")


def place_layer(index: sqlite3.Connection, gazetteer: Gazetteer, counted: Counted) -> gpd.GeoDataFrame:
    """Return the places that the mentions of an index mean, by their ids; `counted` is what was counted of it."""
    numbers = counted.places.listed()
    shown = np.isin(counted.rows["status"], _SHOWN) & (counted.rows["place"] != counted.places.of([None]))
    place, article, bits = (counted.rows[name][shown] for name in ("place", "article", "bits"))
    mentions = np.bincount(place, minlength=len(numbers)).tolist()
    happened = np.bincount(place[bits & _HERE > 0], minlength=len(numbers)).tolist()
    articles = np.bincount(distinct(place.astype(np.int64) << 32 | article) >> 32, minlength=len(numbers)).tolist()
    written = _written(index, counted, shown)
    ids = sorted((id, number) for number, id in enumerate(numbers) if mentions[number])
    rows = gazetteer.rows_of([id for id, _ in ids])
    derived = {id: GazetteerEntry(**json.loads(entry)) for id, entry in index.execute("select id, entry from derived")}
    regions: dict[str, str] = region_names().name.to_dict() if ids else {}
    made = []
    for row, (id, number) in zip(rows, ids, strict=True):
        entry = derived[id] if row is None else gazetteer.entry(row)
        told = {"mentions": mentions[number], "happened": happened[number], "articles": articles[number]}
        name = display_name(entry, written.get(number, Counter()))
        made.append({"name": name, **_of_gazetteer(gazetteer, row, entry, regions), **told})
    return place_frame(made)


def _written(index: sqlite3.Connection, counted: Counted, shown: Column) -> dict[int, Counter[str]]:
    """Return by the number of a place how often the texts name it in which way."""
    often = np.bincount(counted.rows["spelling"][shown], minlength=1).tolist()
    names = [
        (*parts, often[number])
        for number, parts in enumerate(map(spelling_parts, counted.spellings.listed()))
        if number < len(often) and often[number] and parts[2] == _NAME
    ]
    texts = words_of(index, (text for _, text, *_ in names))
    found: dict[int, Counter[str]] = {}
    for text, number, times in sorted((texts[text], number, times) for number, text, _, times in names):
        found.setdefault(number, Counter())[text] = times
    return found


def _of_gazetteer(
    gazetteer: Gazetteer, row: int | None, entry: GazetteerEntry, regions: dict[str, str]
) -> dict[str, Any]:
    """Return what the layer holds of a place, but for what the texts tell of it."""
    method = "" if row is None else gazetteer.region_method(row)
    # A country and a province are themselves areas on the map; other places lie in one.
    outline = entry.country if entry.kind == "country" else entry.region if method == "shape" else ""
    return {
        "id": entry.id,
        "gazetteer_name": entry.name,
        "names": "" if row is None else "|".join(gazetteer.other_names(row)),
        "kind": entry.kind,
        "lon": entry.lon,
        "lat": entry.lat,
        "country": entry.country,
        "country_name": regions.get(entry.country, ""),
        "region": entry.region,
        "region_name": regions.get(entry.region, ""),
        "region_method": method,
        "outline": outline if outline in regions else "",
        "uncertainty_km": entry.uncertainty_km,
        "geonameid": entry.geonameid or 0,
        "source": gazetteer.source(row) if row is not None else OF_READER if is_point(entry.id) else "",
        "years": entry.years,
    }


def keep_derived(index: sqlite3.Connection, gazetteer: Gazetteer, met: Mapping[str, GazetteerEntry]) -> None:
    """Keep the places that no gazetteer has: readers' points, and those placed beside another."""
    for id, row in zip(met, gazetteer.rows_of(met), strict=True):
        if row is None:
            index.execute("insert or replace into derived values (?, ?)", (id, json.dumps(asdict(met[id]))))


def place_frame(rows: Sequence[Mapping[str, Any]] = ()) -> gpd.GeoDataFrame:
    """Return rows of the layer as points (EPSG:4326)."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame.lon, frame.lat), crs=4326)


def display_name(entry: GazetteerEntry, written: Counter[str]) -> str:
    """Return the name to show: as the sources write it; with the gazetteer's own where they never use that.

    Shushi, when no source writes Shusha, becomes "Shushi / Shusha": neither name is chosen over the other.
    """
    if not written or entry.kind in AREAS - {"region"}:
        return entry.name
    keys = {name_key(name) for name in written}
    own = name_key(entry.name)
    commonest = written.most_common(1)[0][0]
    if own in keys or name_key(commonest) in own:
        return entry.name
    return f"{commonest} / {entry.name}"
