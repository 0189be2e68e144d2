"""Countries and provinces as shapes, and the join that says in which one a place lies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from geodata import DATA
from geodata.tables import damaged, read_columns

# A country's GeoNames codes are trusted where at least this share of its cities lies in the polygon they name.
AGREEMENT = 0.8
# Degrees: a town on the shore or the border may lie just outside the simplified polygon.
NEAR = 0.25


@cache
def region_names() -> pd.DataFrame:
    """Return every region without its shape: code (the index), name, level, country, iso, type."""
    columns = ["code", "name", "level", "country", "iso", "type"]
    return _read(columns).set_index("code")


def read_regions(codes: Collection[str] | None = None) -> gpd.GeoDataFrame:
    """Return regions with their shapes (EPSG:4326): level 0 countries, level 1 provinces; all, or those of `codes`."""
    try:
        # No region is still a frame with its columns; an empty list would leave Arrow without a type to compare.
        filters = None if codes is None else [("code", "in", sorted(codes) or [""])]
        return gpd.read_parquet(DATA / "regions.parquet", filters=filters)
    except (OSError, pa.ArrowInvalid) as error:
        raise damaged(DATA / "regions.parquet", error) from error


def _read(columns: list[str]) -> pd.DataFrame:
    return read_columns(DATA / "regions.parquet", columns).to_pandas()


def find_regions(lons: Sequence[float], lats: Sequence[float]) -> pd.DataFrame:
    """Return for each point the code and country of the province whose shape it lies in, "" where in none."""
    provinces = read_regions()
    provinces = provinces[provinces.level == 1]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lons, lats), crs=4326)
    joined = points.sjoin(provinces[["code", "country", "geometry"]], predicate="within")
    return joined[~joined.index.duplicated()][["code", "country"]].reindex(points.index).fillna("")


def locate(lons: Sequence[float], lats: Sequence[float], regions: gpd.GeoDataFrame) -> pd.Series:
    """Return for each point the country whose shape it lies in, or within 0.25 degrees of; "" for those far out."""
    provinces = regions[regions.level == 1].reset_index(drop=True)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lons, lats), crs=4326)
    country = _inside(points, provinces).map(provinces.set_index("code").country)
    out = points.geometry[country.isna()]
    which, nearest = shapely.STRtree(provinces.geometry.values).query_nearest(
        out.values, max_distance=NEAR, all_matches=False
    )
    country[out.index[which]] = provinces.country.values[nearest]
    return country.fillna("")


def join_regions(places: pd.DataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return columns region and region_method for places with country, admin1, lon, lat.

    Methods: 'code' (GeoNames admin-1 code of exactly one polygon, in a country where codes and polygons agree),
    'inside' (the polygon it lies in, if of the same country), 'nearest' (of the same country within 0.25 degrees),
    'country' (only the country is known), '' (no country). Natural Earth lies kilometres off in places, so a polygon
    never overrules the gazetteer's country.
    """
    provinces = regions[regions.level == 1].reset_index(drop=True)
    points = gpd.GeoDataFrame(
        places[["country", "admin1"]], geometry=gpd.points_from_xy(places.lon, places.lat), crs=4326
    )
    inside = _inside(points, provinces)
    code = places.country + "." + places.admin1
    one_polygon = provinces[provinces.gn_a1_code != ""].drop_duplicates("gn_a1_code", keep=False)
    named = code.map(one_polygon.set_index("gn_a1_code").code)

    both = named.notna() & inside.notna()
    agreement = (named == inside)[both].groupby(places.country[both]).mean()
    trusted = named.notna() & places.country.map(agreement).fillna(0).ge(AGREEMENT)
    region = named.where(trusted)
    method = pd.Series("code", index=places.index).where(trusted, "")

    lies_in = region.isna() & inside.notna() & (inside.map(provinces.set_index("code").country) == places.country)
    region, method = region.where(~lies_in, inside), method.where(~lies_in, "inside")

    near = _nearest(points[region.isna()], provinces)
    region, method = region.fillna(near), method.where(~method.index.isin(near.index), "nearest")

    left = (method == "") & (places.country != "")
    return pd.DataFrame({"region": region.fillna(""), "region_method": method.where(~left, "country")})


def _inside(points: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    joined = points[["geometry"]].sjoin(provinces[["code", "geometry"]], predicate="within")
    return joined.code[~joined.index.duplicated()].reindex(points.index)


def _nearest(points: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    found: dict[int, str] = {}
    for country, group in points.groupby("country"):
        own = provinces[provinces.country == country]
        if own.empty:
            continue
        tree = shapely.STRtree(own.geometry.values)
        which, nearest = tree.query_nearest(group.geometry.values, max_distance=NEAR, all_matches=False)
        found.update(zip(group.index[which], own.code.values[nearest], strict=True))
    return pd.Series(found, dtype="str")
