"""What lies in files, as it is looked up: mapped tries, columns of numbers and of labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import pyarrow as pa

from geodata.tables import damaged


def map_trie(path: Path, trie: Any = None) -> Any:
    """Open a trie, or one with records if `trie` is such, without reading all of it. Raises DataFileError."""
    trie = marisa_trie.Trie() if trie is None else trie
    try:
        trie.mmap(str(path))
    except (OSError, RuntimeError) as error:
        raise damaged(path, error) from error
    return trie


def numbers(column: pa.Array | pa.ChunkedArray) -> Any:
    """Return a column of numbers, none missing, as it lies in memory.

    Not by its own `to_numpy`, which would import pandas: a fifth of the time to the first article.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return np.frombuffer(array.buffers()[1], array.type.to_pandas_dtype())[array.offset : array.offset + len(array)]


class Labels(list[str]):
    """A column of few distinct words: a list, which answers fastest, of words that the rows share."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        encoded = column.unify_dictionaries().combine_chunks()
        self._words: list[str] = encoded.dictionary.to_pylist()
        self._codes = numbers(encoded.indices)
        super().__init__(np.array(self._words, dtype=object)[self._codes].tolist())

    def rows_with(self, words: tuple[str, ...]) -> np.ndarray:
        """Return the rows that hold one of these words."""
        codes = [code for code, word in enumerate(self._words) if word in words]
        return np.flatnonzero(np.isin(self._codes, codes))
