"""The layer of places: one point a place that the texts mention, with how often and what the sources call it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from corpus.records import HERE, Mention
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

# Mentions that mean a place, outside page furniture.
_OF_PLACE = "place is not null and status in ('placed', 'region', 'actor')"
_COUNTS = f"""
select place, count(*), sum(role in ({", ".join(repr(role) for role in HERE)})), count(distinct article)
from mentions where {_OF_PLACE} group by place order by place
"""  # noqa: S608 - our own words
_WRITTEN = f"""
select place, text, count(*) from mentions where kind = 'name' and {_OF_PLACE} group by place, text order by place
"""  # noqa: S608


class PlaceLayer:
    """Keeps the places that are mentioned while articles are written, and makes their layer in the end."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._entries: dict[str, GazetteerEntry] = {}

    def take_in(self, mention: Mention) -> None:
        """Keep what a mention means."""
        if entry := mention.resolution.entry:
            self._entries[entry.id] = entry

    def frame(self, index: sqlite3.Connection) -> gpd.GeoDataFrame:
        """Return the layer, by the places' ids: of those that the index had before, all but the counts is as it was."""
        before = pd.read_sql_query(f"select {', '.join(COLUMNS)} from places", index).set_index("id", drop=False)  # noqa: S608
        counts = index.execute(_COUNTS).fetchall()
        written: dict[str, Counter[str]] = {}
        for id, text, often in index.execute(_WRITTEN):
            written.setdefault(id, Counter())[text] = often
        rows = dict(zip(self._entries, self._gazetteer.rows_of(self._entries), strict=True))
        regions: dict[str, str] = region_names().name.to_dict() if counts else {}
        made = []
        for id, mentions, happened, articles in counts:
            entry = self._entries.get(id)
            row = self._row(entry, rows[id], regions) if entry else before.loc[id].to_dict()
            name = display_name(row["gazetteer_name"], row["kind"], written.get(id, Counter()))
            made.append(row | {"name": name, "mentions": mentions, "happened": happened, "articles": articles})
        return place_frame(made)

    def _row(self, entry: GazetteerEntry, row: int | None, regions: dict[str, str]) -> dict[str, Any]:
        """Return what the layer holds of a place, but for what the texts tell of it."""
        method = "" if row is None else self._gazetteer.region_method(row)
        # A country and a province are themselves areas on the map; other places lie in one.
        outline = entry.country if entry.kind == "country" else entry.region if method == "shape" else ""
        return {
            "id": entry.id,
            "gazetteer_name": entry.name,
            "names": "" if row is None else "|".join(self._gazetteer.other_names(row)),
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
            "source": "" if row is None else self._gazetteer.source(row),
            "years": entry.years,
        }


def place_frame(rows: Sequence[Mapping[str, Any]] = ()) -> gpd.GeoDataFrame:
    """Return rows of the layer as points (EPSG:4326)."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(COLUMNS)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame.lon, frame.lat), crs=4326)


def display_name(own_name: str, kind: str, written: Counter[str]) -> str:
    """Return the name to show: as the sources write it; with the gazetteer's own where they never use that.

    Shushi, when no source writes Shusha, becomes "Shushi / Shusha": neither name is chosen over the other.
    """
    if not written or kind in AREAS - {"region"}:
        return own_name
    keys = {name_key(name) for name in written}
    own = name_key(own_name)
    commonest = written.most_common(1)[0][0]
    if own in keys or name_key(commonest) in own:
        return own_name
    return f"{commonest} / {own_name}"
