"""What the encoder says of a word: the columns of its answer."""

from __future__ import annotations

# Read at a word's first piece. A name's first word and those that go on it are told apart.
PLACES = ("none", "place", "place on", "demonym", "demonym on")
KINDS = (
    "none",
    "person",
    "person on",
    "organisation",
    "organisation on",
    "location",
    "location on",
    "other",
    "other on",
)
# Said of a name that may be a place's, at its first word.
READINGS = ("literal", "metonymic", "demonym", "part_of_name", "person")

_ENDS = [len(PLACES), len(PLACES) + len(KINDS), len(PLACES) + len(KINDS) + len(READINGS)]
PLACE_COLUMNS = slice(0, _ENDS[0])
KIND_COLUMNS = slice(_ENDS[0], _ENDS[1])
READING_COLUMNS = slice(_ENDS[1], _ENDS[2])
HEADS = (PLACE_COLUMNS, KIND_COLUMNS, READING_COLUMNS)
COLUMNS = _ENDS[2]
