"""What lies in files, as it is looked up: tries that are mapped, columns of numbers as they lie in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import pyarrow as pa

from geodata.tables import damaged


def map_trie(path: Path) -> marisa_trie.Trie:
    """Open a trie without reading all of it. Raises DataFileError."""
    trie = marisa_trie.Trie()
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
