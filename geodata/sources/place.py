"""A row of the gazetteer while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from geodata.records import NameType


@dataclass
class Place:
    """One place with its names; `source` says what its entry and its point rest on."""

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    admin1: str = ""
    population: int = 0
    uncertainty_km: float = 1.0
    region: str = ""
    region_method: str = ""
    source: str = ""
    years: str = ""
    capital: bool = False  # of a country
    names: dict[str, NameType] = field(default_factory=dict)

    def call(self, name: str, name_type: NameType) -> None:
        """Add a name; a better type replaces a lesser one."""
        name = name.strip()
        if name and name_type < self.names.get(name, 99):
            self.names[name] = name_type
