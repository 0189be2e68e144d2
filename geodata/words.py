"""English words that several steps read by, each in one table: verbs of reporting, numbers, the winds of the compass.

`data/words/reporting_verbs.csv` has a row a form. Its uses:

- `say`: what is said may be a clause, a quotation, or the sentence before; `act`: its object is what is said ("rejected
  the charge"); the column `with` holds the words of which one must stand behind it for that ("called on").
- Of these `bare`: a clause without "that" may follow; `guarded`: what is said must follow as "that ..." or stand in
  quotation marks, for the plain verb means too much else; `telling`: the one who is told may follow, after `told` ones
  does; `counting`: a number that follows is what is said; `noun`: it may be one ("the claims").
- `dates`: a date beside it is when it was said; of these `happens`: without "that" or a quotation it tells what came to
  pass, and the date is of that ("the talks concluded on Monday").
- `clause`: the clause of another may follow at once; these hold verbs of thinking, too.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from geodata import DATA
from geodata.tables import read_rows

_WORDS = DATA / "words"


@cache
def reporting_verbs(*uses: str) -> frozenset[str]:
    """Return the forms of verbs of reporting that have any of these uses."""
    return frozenset(row["form"] for row in _verbs() if not set(row["uses"].split()).isdisjoint(uses))


@cache
def words_behind() -> dict[str, frozenset[str]]:
    """Return the words that a verb must have behind it to report, by its form: "called" on, for, upon."""
    return {row["form"]: frozenset(row["with"].split()) for row in _verbs() if row["with"]}


@cache
def _verbs() -> list[dict[str, str]]:
    return read_rows(_WORDS / "reporting_verbs.csv")


@cache
def number_words(*kinds: str) -> dict[str, int]:
    """Return the number words of these kinds with their values: one, ten ("twenty"), hundred, million, score."""
    return {row["word"]: int(row["value"]) for row in read_rows(_WORDS / "number_words.csv") if row["kind"] in kinds}


class Wind(NamedTuple):
    """One of the sixteen directions of the compass."""

    bearing: float  # degrees from north, clockwise
    word: str  # "northeast"
    hyphened: str  # "north-east"
    adjective: str  # "northeastern"


@cache
def winds() -> tuple[Wind, ...]:
    """Return the sixteen directions of the compass, clockwise from north."""
    rows = read_rows(_WORDS / "winds.csv")
    return tuple(Wind(float(row["bearing"]), row["word"], row["hyphened"], row["adjective"]) for row in rows)


@cache
def wind_words() -> frozenset[str]:
    """Return the words of the eight winds that texts write as one: "north", "northeast"."""
    return frozenset(wind.word for wind in winds() if wind.bearing % 45 == 0)
