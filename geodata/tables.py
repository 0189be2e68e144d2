"""The one reader of the tables that ship: CSV, TOML, lists of words and Parquet; what is missing is named."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.errors import DataFileError

# An article may be one cell. The limit is the whole process's: set once, or what one reader says of a long cell would
# hang on which other one has run before.
csv.field_size_limit(10_000_000)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names of its header. Raises DataFileError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise damaged(path, error) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file. Raises DataFileError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file that are not blank, without outer blanks. Raises DataFileError."""
    try:
        return [line for written in path.read_text("utf-8").split("\n") if (line := written.strip())]
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


def read_columns(path: Path, columns: list[str]) -> pa.Table:
    """Return columns of a Parquet file. Raises DataFileError."""
    try:
        # Not read_table, which would import pandas: a third of the time to the first article.
        return pq.ParquetFile(path, memory_map=True).read(columns)
    except (OSError, pa.ArrowInvalid) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> DataFileError:
    """Return the error of a shipped file that is missing or cannot be read."""
    return DataFileError(f"{path} cannot be read ({error}): check the repository out again, or run `make data`")
