"""Who held which district on a day, as sources tell: the status of whole units, never a front line."""

from __future__ import annotations

from datetime import date
from functools import cache

import geopandas as gpd
import pandas as pd

from geodata import DATA
from geodata.regions.shapes import read_regions
from geodata.tables import read_rows

COLUMNS = ["unit", "name", "other_name", "holder", "divided", "since", "until", "note", "source", "source_url"]


def control_on(day: date) -> gpd.GeoDataFrame:
    """Return the units whose holder on `day` is known, with COLUMNS and geometry (EPSG:4326).

    A status holds from `since` to `until`, both days included; `until` is None where the table knows no later status.
    A `divided` unit was cut by a line that is not in our data: it has several holders and is the colour of none of them
    on the map. `name` is the unit's in the shapes, `other_name` what the other side calls it. Empty where the table
    says nothing of the day.
    """
    table = control_table()
    held = table[(table.since <= day) & (table.until.isna() | (table.until >= day))]
    shapes = read_regions(set(held.unit)).set_index("code").geometry
    return gpd.GeoDataFrame(held[COLUMNS].reset_index(drop=True), geometry=list(shapes.loc[held.unit]), crs=shapes.crs)


@cache
def control_table() -> pd.DataFrame:
    """Return every status of every unit in order of time, one row each; each row names the source of its first day."""
    table = pd.DataFrame(read_rows(DATA / "control.csv")).sort_values(["unit", "since"], ignore_index=True)
    table["since"] = table.since.map(date.fromisoformat).astype(object)
    table["divided"] = table.divided == "1"
    after = table.groupby("unit").since.shift(-1)
    table["until"] = after.map(lambda day: None if pd.isna(day) else date.fromordinal(day.toordinal() - 1)).astype(
        object
    )
    return table
