"""The names of countries and provinces by code, without their shapes: reading them needs no geometry library."""

from __future__ import annotations

from functools import cache

from geodata import DATA
from geodata.tables import read_columns


@cache
def names_of_regions() -> dict[str, str]:
    """Return the name of every region by its code: "AM" Armenia, "ARM-1732" Syunik."""
    table = read_columns(DATA / "regions.parquet", ["code", "name"])
    return dict(zip(table["code"].to_pylist(), table["name"].to_pylist(), strict=True))
