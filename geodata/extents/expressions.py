"""What a text says of where, beside its places: the record of such words, and what all who look for them share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from geodata import DATA
from geodata.kinds import kinds_that
from geodata.records import GazetteerEntry, Toponym
from geodata.resolution.fallback import is_stand_in
from geodata.tables import read_rows
from geodata.text import Text
from geodata.words import number_words

How = Literal["between", "towards", "apart", "border", "corridor"]
CorridorStatus = Literal["", "existing", "blockaded", "proposed"]

# What is small enough to be an end of a stretch, or the point that a distance is taken from.
SPOTS = kinds_that("spot")
UNITS = kinds_that("unit")
LOOK_BACK = 120  # letters before a place where the words that govern it stand
LONGEST_CLASS = 60  # letters of the words that say what a place is: 'of the northern town of '
# What may stand before a place: 'the ', 'the villages of ', 'the northern town of '.
OF_CLASS = r"(?:the )?(?:(?:[\w-]+ )?(?P<class>CLASS) of (?:the )?)?(?:downtown |central )?"


@dataclass(frozen=True, slots=True)
class Expression:
    """Words `text[start:end]` that place something by the toponyms of these indices."""

    start: int
    end: int
    how: How
    mentions: tuple[int, ...]
    others: tuple[int, ...] = ()  # of a border: who may be the neighbour that the words leave out, likeliest first
    km: float | None = None  # the distance from the place, None where it is not said
    give: float = 0.0  # km by which the distance may be off, by how round it is
    within: bool = False  # at most so far
    bearing: float | None = None  # degrees from north, clockwise
    half_angle: float = 22.5
    status: CorridorStatus = ""
    status_words: str = ""  # the words that say the status, as the text has them


@dataclass(frozen=True, slots=True)
class Names:
    """The places of a text and the words around them."""

    written: Text
    toponyms: Sequence[Toponym]
    entries: Sequence[GazetteerEntry | None]
    _before: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text itself."""
        return self.written.text

    def __len__(self) -> int:
        return len(self.toponyms)

    def entry(self, i: int) -> GazetteerEntry | None:
        """Return what a name was taken to mean, None where nothing or where there is no such name."""
        return self.entries[i] if 0 <= i < len(self) else None

    def called(self, i: int) -> str:
        """Return a place's name as the text has it; that of the gazetteer where the text has a people."""
        entry = self.entries[i]
        return entry.name if entry and self.toponyms[i].kind == "demonym" else self.toponyms[i].text

    def point(self, i: int) -> tuple[tuple[float, float], float]:
        """Return where a place lies, and by how many km it may lie off."""
        entry = self.entries[i]
        assert entry is not None, "an expression is made of places"
        return (entry.lon, entry.lat), entry.uncertainty_km

    def is_spot(self, i: int) -> bool:
        """Say whether a name means a place small enough to measure from, and not one only placed beside another."""
        entry = self.entry(i)
        if entry is None or entry.kind not in SPOTS or is_stand_in(entry):
            return False
        return self.toponyms[i].kind != "demonym"

    def is_unit(self, i: int) -> bool:
        """Say whether a name, or a people, stands for a unit that has borders."""
        entry = self.entry(i)
        return entry is not None and entry.kind in UNITS

    def before(self, i: int) -> str:
        """Return the words before a name, in its sentence."""
        if i not in self._before:
            start = self.toponyms[i].start
            first = max(self.written.sentence_at(start)[0], start - LOOK_BACK)
            self._before[i] = self.text[first:start]
        return self._before[i]

    def gap(self, i: int) -> str:
        """Return what stands between a name and the next; a sign that matches nothing after the last."""
        if i < 0 or i + 1 >= len(self):
            return "\0"
        return self.text[self.toponyms[i].end : self.toponyms[i + 1].start]

    def after(self, i: int) -> str:
        """Return what follows a name."""
        return self.text[self.toponyms[i].end : self.toponyms[i].end + LOOK_BACK]


@cache
def pattern(written: str) -> re.Pattern[str]:
    """Compile a pattern, in which a space is any white space and CLASS and NUMBER stand for words of the table."""
    written = written.replace("CLASS", words("class")).replace("NUMBER", f"(?:{'|'.join(numbers())})")
    return re.compile(written.replace(" ", r"\s+"), re.IGNORECASE)


@cache
def words(use: str) -> str:
    """Return a pattern for the words of the table that have this use; a star stands for any ending."""
    return "(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", " ") for word in _table()[use]) + ")"


@cache
def numbers() -> dict[str, float]:
    """Return the numbers that a text may write as words, the longest word first."""
    listed = number_words("one", "ten") | _table()["number"]
    return {word: float(value) for word, value in sorted(listed.items(), key=lambda item: -len(item[0]))}


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in read_rows(DATA / "words" / "extent_words.csv"):
        table.setdefault(row["use"], {})[row["word"]] = row["value"]
    return table
