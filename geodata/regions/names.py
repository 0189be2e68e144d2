"""The names of countries and provinces by code, without their shapes: reading them needs no geometry library."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq

from geodata import DATA
from geodata.tables import damaged


@cache
def names_of_regions() -> dict[str, str]:
    """Return the name of every region by its code: "AM" Armenia, "ARM-1732" Syunik."""
    path = DATA / "regions.parquet"
    try:
        table = pq.ParquetFile(path).read(["code", "name"])
    except (OSError, pa.ArrowInvalid) as error:
        raise damaged(path, error) from error
    return dict(zip(table["code"].to_pylist(), table["name"].to_pylist(), strict=True))
