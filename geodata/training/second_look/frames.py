"""Sentences made of frames: "{T} was shelled overnight" with a town of the world; `frames/literal.txt` says how."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Callable
from random import Random

from geodata.tables import read_lines
from geodata.training.second_look.examples import Example, Mark
from geodata.training.second_look.names import FRAMES, Drawn, Names

FILES = ("literal", "acting", "other", "headlines", "context")
_SLOT = re.compile(r"\{([A-Z])([!~?@]?)(\d*)([!~?@]?)\}")
_LIES_IN = re.compile(r"\{(T)[!]?(\d*)\},? \(?\{([RCA])[!]?(\d*)\}")
_READINGS = {"": "literal", "!": "metonymic", "~": "part_of_name", "?": "person", "@": "demonym"}
_NUMBERS = [*map(str, range(2, 31)), "36", "40", "45", "60", "90", "120", "350", "1,500", "dozens of"]
_NUMBERS += ["two", "three", "five", "six", "seven", "eight", "ten", "twelve"]
HELD_OUT = 10  # every tenth
TYPED_SMALL = 0.7  # of the names in a line that begins small and has no capital,
OPENED_SMALL = 0.1  # and of such lines that a name begins: those are sentences like others, and mostly typed so
SINGLE = 6  # places of a town's name that are tried until one is a single word


def read_frames(*, held_out: bool = False) -> list[str]:
    """Return the frames to learn from, or those held out for the weights of the stack."""
    lines = [line for name in FILES for line in read_lines(FRAMES / f"{name}.txt")]
    frames = [line for line in lines if not (line.startswith("# ") or line == "#")]
    return [frame for number, frame in enumerate(frames) if (number % HELD_OUT == 0) == held_out]


class Filler:
    """Fills frames with names."""

    def __init__(self, names: Names, rng: Random) -> None:
        self.names, self.rng = names, rng

    def fill(self, frame: str) -> Example:
        """Return the sentence of a frame, with its places and readings."""
        example = Example("frames", "", [])
        assert example.places is not None
        kept = self._neighbours(frame)
        text, at = "", 0
        small = not any(letter.isupper() for letter in _SLOT.sub("", frame))
        small = small and self.rng.random() < (OPENED_SMALL if frame.startswith("{") else TYPED_SMALL)
        for slot in _SLOT.finditer(frame):
            text += frame[at : slot.start()]
            at, start = slot.end(), len(text)
            kind, number, sign = slot[1], slot[3], slot[2] or slot[4]
            name = kept.get(slot.start()) or (number and kept.get(f"{kind}{number}")) or self._draw(kind, sign)
            if number:
                kept[f"{kind}{number}"] = name
            if small:
                name = name.lower()
            text += name
            if kind in "TCRKAD":
                self._mark(example, Mark(start, len(text), _READINGS[sign or ("@" if kind == "D" else "")]))
        example.text = text + frame[at:]
        return example

    def _mark(self, example: Example, mark: Mark) -> None:
        assert example.places is not None
        example.readings.append(mark)
        if mark.label == "part_of_name":
            example.open.append((mark.start, mark.end))  # a part of a name may be found, and is then read as one
        elif mark.label == "demonym":
            example.places.append(mark)
        elif mark.label != "person":
            example.places.append(mark._replace(label="place"))

    def _neighbours(self, frame: str) -> dict[int | str, str]:
        """Return names for "{T}, {R}" side by side, by where the slots stand: the first lies in the second."""
        found: dict[int | str, str] = {}
        names = self.names
        for pair in _LIES_IN.finditer(frame):
            pool, codes = {
                "R": (names.units, names.unit_codes),
                "C": (names.countries, names.country_codes),
                "A": (names.states, names.state_codes),
            }[pair[3]]
            for _ in range(SINGLE):
                area = pool.draw(self.rng)
                if (code := codes.get(area)) in names.towns_in:
                    town = names.towns_in[code].draw(self.rng)
                    found |= {pair.start(): town, pair.start() + pair[0].rindex("{"): area}
                    found |= {f"T{pair[2]}": town, f"{pair[3]}{pair[4]}": area}
                    break
        return found

    def _draw(self, kind: str, sign: str) -> str:
        rng, names = self.rng, self.names
        if kind == "T" and sign == "?":
            return self._person()
        if kind == "N":
            return rng.choice(_NUMBERS)
        if kind == "Y":
            return str(rng.randint(1890, 2029))
        if kind in "WM":
            return rng.choice(list(day_name if kind == "W" else month_name[1:]))
        if kind == "P" and rng.random() < 0.05:
            return names.namesakes.draw(rng)
        pools: dict[str, Drawn] = {
            "T": names.towns,
            "C": names.countries,
            "R": names.units,
            "K": names.capitals,
            "A": names.states,
            "D": names.peoples,
            "P": names.surnames,
            "F": names.given,
            "O": names.bodies,
        }
        return pools[kind].draw(rng)

    def _person(self) -> str:
        """Return a surname or given name that is a place's, too."""
        draw: list[Callable[[Random], str]] = [self.names.namesakes.draw, self.names.given_namesakes.draw]
        if self.rng.random() < 0.5:
            return self.rng.choice(draw)(self.rng)
        return next((name for _ in range(SINGLE) if (name := self.names.towns.draw(self.rng)).isalpha()), "Jordan")
