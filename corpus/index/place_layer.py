"""The layer of places: one point a place that the texts mention, with how often and what the sources call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import geopandas as gpd
import pandas as pd

from corpus.corrections.places import SOURCE as OF_READER
from corpus.records import HERE, Mention
from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.records import AREAS, GazetteerEntry
from geodata.regions.shapes import region_names

_TYPES = {"str": "object", "float": "float64", "int": "int64"}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What the layer holds of a place, column by column."""

    id: str
    name: str  # as the sources write it
    gazetteer_name: str
    names: str  # the gazetteer's other ones, parted by |
    kind: str
    lon: float
    lat: float
    country: str
    country_name: str
    region: str
    region_name: str
    region_method: str
    outline: str  # the code of the region that it is itself: a country, a province
    uncertainty_km: float
    geonameid: int
    source: str
    years: str
    mentions: int
    happened: int
    articles: int


@dataclass(slots=True)
class _Told:
    """What the texts tell of one place."""

    entry: GazetteerEntry
    mentions: int = 0
    happened: int = 0  # of them, those that tell where something happened
    articles: set[str] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)


class PlaceLayer:
    """Counts the mentions of places while articles are written, and makes their layer in the end."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._told: dict[str, _Told] = {}

    def count(self, mention: Mention, article: str) -> None:
        """Take in a mention; one that means no place, or stands in page furniture, is no place's."""
        entry = mention.resolution.entry
        if entry is None or mention.status not in ("placed", "region", "actor"):
            return
        told = self._told.setdefault(entry.id, _Told(entry))
        told.entry = entry
        told.mentions += 1
        told.happened += mention.role in HERE
        told.articles.add(article)
        if mention.resolution.toponym.kind == "name":
            told.written[mention.text] += 1

    def frame(self) -> gpd.GeoDataFrame:
        """Return the layer, by the places' ids."""
        regions: dict[str, str] = region_names().name.to_dict() if self._told else {}
        return place_frame([self._row(told, regions) for _, told in sorted(self._told.items())])

    def _row(self, told: _Told, regions: dict[str, str]) -> PlaceRow:
        entry, row = told.entry, self._gazetteer.row_of(told.entry.id)
        method = "" if row is None else self._gazetteer.region_method(row)
        # A country and a province are themselves areas on the map; other places lie in one.
        outline = entry.country if entry.kind == "country" else entry.region if method == "shape" else ""
        return PlaceRow(
            id=entry.id,
            name=display_name(entry, told.written),
            gazetteer_name=entry.name,
            names="" if row is None else "|".join(self._gazetteer.other_names(row)),
            kind=entry.kind,
            lon=entry.lon,
            lat=entry.lat,
            country=entry.country,
            country_name=regions.get(entry.country, ""),
            region=entry.region,
            region_name=regions.get(entry.region, ""),
            region_method=method,
            outline=outline if outline in regions else "",
            uncertainty_km=entry.uncertainty_km,
            geonameid=entry.geonameid or 0,
            source=OF_READER if row is None else self._gazetteer.source(row),
            years=entry.years,
            mentions=told.mentions,
            happened=told.happened,
            articles=len(told.articles),
        )


def place_frame(rows: Sequence[PlaceRow] = ()) -> gpd.GeoDataFrame:
    """Return rows of the layer as points (EPSG:4326)."""
    types = {column.name: _TYPES[str(column.type)] for column in fields(PlaceRow)}
    frame = pd.DataFrame(list(rows), columns=list(types)).astype(types)
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
