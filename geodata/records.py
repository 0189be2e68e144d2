"""The records that pass between the steps of geoparsing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from geodata.kinds import kinds_that

BBox = tuple[float, float, float, float]  # west, south, east, north in degrees

# What a gazetteer entry is. All but the towns and buildings are drawn as areas, never as the dot of a town.
EntryKind = Literal[
    "country",
    "admin1",
    "admin2",
    "continent",
    "region",
    "corridor",
    "border",
    "sea",
    "lake",
    "river",
    "natural",
    "city",
    "village",
    "building",
    "road",
    "park",
    "bloc",
]
AREAS = kinds_that("area")


class NameType(IntEnum):
    """How a name stands to a place: up to OFFICIAL with a good claim to the name, up to OTHER by name at all."""

    PACK = -1  # of a place that only a pack has, whose claim is good where no other place has the name for its own
    USER = 0  # from a user's own list, which wins
    MAIN = 1
    OFFICIAL = 2
    OTHER = 3
    DEMONYM = 4  # "Armenian", "Armenians"
    ABBREVIATION = 5  # "Calif."
    POSTAL = 6  # "CA", after a comma only


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place of the gazetteer."""

    id: str  # the GeoNames number as text, or a slug for places that GeoNames' files here lack
    name: str
    kind: EntryKind
    country: str  # ISO 3166-1 alpha-2, "" where none applies
    admin1: str  # GeoNames admin-1 code within the country, "" where none applies
    lon: float
    lat: float
    population: int
    region: str  # code of the admin-1 shape it lies in, "" where unknown
    uncertainty_km: float  # how far the true place may lie from the point; for an area, roughly its radius
    years: str = ""  # when a state or a wall existed: "1922-1991", "since 1991"; "" for what always did

    @property
    def geonameid(self) -> int | None:
        """The GeoNames number, or None for an entry of our own."""
        return int(self.id) if self.id.isdigit() else None


KEEP = 0.37  # the probability from which a name is taken for a place's

ToponymKind = Literal["name", "demonym", "abbreviation", "pattern"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as a text writes it: `text[start:end]`, end exclusive."""

    start: int
    end: int
    text: str
    kind: ToponymKind
    candidates: tuple[Candidate, ...] = ()
    feature: str = ""  # of a pattern: the kind of place its noun makes ("river")
    misspells: str = ""  # the listed name that the text misspells here: "Lachin" for "Latchin"
    probability: float = 1.0  # that it is the name of a place

    @property
    def is_doubted(self) -> bool:
        """Whether it may be the name of a place and is not taken for one."""
        return self.probability < KEEP


class Candidate(NamedTuple):  # made and compared too often for a dataclass
    """A gazetteer row that a toponym may mean, and how the name stands to it."""

    row: int
    name_type: int  # a NameType


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a toponym was taken to mean; `entry` is None when undecided."""

    toponym: Toponym
    entry: GazetteerEntry | None
    share: float  # 0 to 1: of the points, beside the runners-up
    reason: str  # in words, for the reader
    runners_up: tuple[GazetteerEntry, ...] = ()
    also: tuple[GazetteerEntry, ...] = ()  # further places, of a name that means several
