"""Tell where a name may lie by letters that only some countries write."""

from __future__ import annotations

from functools import cache, lru_cache

from geodata import DATA
from geodata.tables import read_rows


@lru_cache(maxsize=1 << 12)
def countries_of_letters(written: str) -> frozenset[str]:
    """Return the countries that write all the letters of a name which are not plain ones; none where there are none."""
    marked = {letter for letter in written.casefold() if letter.isalpha() and not letter.isascii()}
    return frozenset(
        country for letters, countries in _table() if marked and marked <= letters for country in countries
    )


@cache
def _table() -> list[tuple[frozenset[str], list[str]]]:
    rows = read_rows(DATA / "words" / "letters.csv")
    return [(frozenset(row["letters"]), row["countries"].split()) for row in rows]
