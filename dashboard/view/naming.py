"""The name a place goes by on the page, as the reader chooses: the sources', the gazetteer's, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from geodata.folding import name_key

Names = Literal["written", "gazetteer", "all"]
CHOICES: Mapping[Names, str] = {
    "written": "as the sources write them",
    "gazetteer": "as GeoNames writes them",
    "all": "all names in use, none before the others",
}
MOST = 4  # names of one place: more would cover the map


def named(places: pd.DataFrame, choice: Names, spellings: pd.DataFrame) -> pd.DataFrame:
    """Return the places with the names of a choice in the column `name`; `spellings` as `rollup.spellings`."""
    if choice == "written":
        return places
    if choice == "gazetteer":
        return places.assign(name=places.gazetteer_name)
    written = spellings.groupby("place").text.agg(list)
    return places.assign(
        name=[_all(own, written.get(id, [])) for id, own in zip(places.id, places.gazetteer_name, strict=True)]
    )


def _all(own: str, written: list[str]) -> str:
    """Return all names in alphabetical order, so that none is preferred; spelled alike is one name."""
    names: dict[str, str] = {}
    for name in [own, *written]:
        names.setdefault(name_key(name), name)
    first = list(names.values())[:MOST]
    return " / ".join(sorted(first, key=str.casefold))
