"""Packs opened for look-up: their places stand behind the shipped ones, their names in tries of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import DataFileError
from geodata.gazetteer.mapped import map_trie, numbers
from geodata.gazetteer.packs.shelf import NAMES, PLACES, TRIE, Pack
from geodata.records import Candidate, NameType
from geodata.tables import read_columns


class OpenPack:
    """One pack: `rows` are the gazetteer's rows of its places, of which those from `first` on are its own."""

    def __init__(self, pack: Pack, rows: np.ndarray, first: int) -> None:
        self.pack, self.rows, self.first = pack, rows, first
        names = read_columns(pack.folder / NAMES, ["place", "guarded"])
        place = names["place"].combine_chunks()
        self._trie = map_trie(pack.folder / TRIE)
        self._bearers = memoryview(self.rows[numbers(place.values)])
        self._starts = memoryview(numbers(place.offsets))
        self._guarded = memoryview(numbers(names["guarded"]))

    def bearers(self, key: str, *, guarded: bool) -> Iterator[Candidate]:
        """Yield the places that bear a folded name, either of the names that are guarded or of the others."""
        number = self._trie.get(key)
        if number is None or self._guarded[number] != guarded:
            return
        for i in range(self._starts[number], self._starts[number + 1]):
            row = self._bearers[i]
            yield Candidate(row, NameType.PACK if row >= self.first else NameType.OTHER)

    def prefixes(self, text: str, *, guarded: bool) -> list[str]:
        """Return the folded names that a folded text begins with, either the guarded ones or the others."""
        return [key for key in self._trie.prefixes(text) if self._guarded[self._trie[key]] == guarded]

    def beginning(self, prefix: str) -> list[str]:
        """Return all folded names that begin with `prefix`."""
        keys: list[str] = self._trie.keys(prefix)
        return keys

    def has(self, row: int) -> bool:
        """Say whether the pack has a place of the gazetteer."""
        return bool((self.rows == row).any())

    def names_of(self, row: int) -> list[str]:
        """Return the other names that the pack has of a place; none where it does not have it."""
        at = np.flatnonzero(self.rows == row)
        return [name for place in at.tolist() for name in self._names[place].as_py()[row >= self.first :]]

    @cached_property
    def _names(self) -> pa.ChunkedArray:
        return read_columns(self.pack.folder / PLACES, ["names"])["names"]


def open_packs(packs: Sequence[Pack], places: pa.Table) -> tuple[list[OpenPack], pa.Table, list[tuple[Pack, str]]]:
    """Return the packs opened, the table of places with theirs behind it, and in words which cannot be used."""
    opened, problems = [], []
    for pack in packs:
        try:
            one, new = _open(pack, places)
        except (DataFileError, pa.ArrowException, KeyError, IndexError) as error:
            problems.append((pack, f"left out: the pack is damaged ({error}); add it again: dateline places add FILE"))
        else:
            opened.append(one)
            places = pa.concat_tables([places, new])
    return opened, places.unify_dictionaries() if opened else places, problems


def _open(pack: Pack, places: pa.Table) -> tuple[OpenPack, pa.Table]:
    """Open a pack behind a table of places; return with it those of its places that the table lacks."""
    own = read_columns(pack.folder / PLACES, [*places.column_names, "same"])  # those that it has
    # Which of the pack's places each of ours is: the other way round takes six times as long.
    found = pc.index_in(places["id"], value_set=own["same"].combine_chunks()).combine_chunks()
    ours = numbers(pc.indices_nonzero(pc.is_valid(found)))
    rows, first = np.full(len(own), -1, np.int32), len(places)
    rows[numbers(found.drop_null())] = ours
    missing = np.flatnonzero(rows < 0)
    rows[missing] = np.arange(first, first + len(missing))
    # From its buffer: pa.array() would import pandas, a second time the wait for 100,000 places.
    new = own.take(pa.Array.from_buffers(pa.int64(), len(missing), [None, pa.py_buffer(missing)]))
    columns = {field.name: _column(new, field) for field in places.schema}
    return OpenPack(pack, rows, first), pa.table(columns, schema=places.schema)


def _column(places: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    """Return a column as the gazetteer has it; one that the pack, being of another version, lacks is empty."""
    if field.name in places.column_names:
        return places[field.name].cast(field.type)
    of_words = pa.types.is_dictionary(field.type) or pa.types.is_string(field.type)
    return pa.chunked_array([pa.repeat("" if of_words else 0, len(places)).cast(field.type)])
