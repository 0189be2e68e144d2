"""The second look at how names are used: where the fast model is in doubt, the encoder's odds join its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.recognition.second_look.labels import READINGS
from geodata.recognition.second_look.look import look_at, open_weights, setting
from geodata.tokens import Tokens

DOUBT = math.log(9)  # log-odds: below, a reading is looked at again
CERTAIN = 0.95  # from which a name is part of another, or a person's
MOST = 9.0  # log-odds: the encoder is never surer
_LITERAL, _ACTING, _PART, _PERSON = (READINGS.index(r) for r in ("literal", "metonymic", "part_of_name", "person"))


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The odds of a name standing for those who act, and how surely it is no place's at all (0 where it may be one)."""

    odds: float
    inside: float = 0.0
    is_person: bool = False


def read_again(tokens: Tokens, names: Sequence[tuple[int, float]]) -> list[SecondReading]:
    """Return what to make of names, each given by its first word and the fast model's odds."""
    look = look_at(tokens) if names else None
    if look is None:
        return [SecondReading(odds) for _, odds in names]
    look.read(word for word, odds in names if abs(odds) < DOUBT or setting() == "everywhere")
    always, fast, encoder = open_weights()["reading"]
    found = []
    for word, odds in names:
        if not look.has_read(word):
            found.append(SecondReading(odds))
            continue
        said = look.reading(word)
        part, person = math.exp(said[_PART]), math.exp(said[_PERSON])
        second = max(-MOST, min(MOST, float(said[_ACTING] - said[_LITERAL])))
        inside = part + person if part + person >= CERTAIN else 0.0
        found.append(SecondReading(always + fast * odds + encoder * second, inside, person > part))
    return found
