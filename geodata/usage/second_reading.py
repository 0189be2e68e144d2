"""The second look at how names are used: where the fast model is in doubt, the encoder's odds join its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.recognition.second_look.labels import READINGS
from geodata.recognition.second_look.look import look_at, open_weights, setting
from geodata.tokens import Tokens

DOUBT = math.log(9)  # log-odds: below, a reading is looked at again
SHORT = 4  # letters of an abbreviation; longer words in capitals are a headline's
CERTAIN = 0.95  # from which a name is part of another, or a person's
MOST = 9.0  # log-odds: the encoder is never surer
_LITERAL, _ACTING, _PART, _PERSON = (READINGS.index(r) for r in ("literal", "metonymic", "part_of_name", "person"))


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The odds of a name standing for those who act, and how surely it is no place's at all (0 where it may be one)."""

    odds: float
    inside: float = 0.0
    is_person: bool = False


def read_again(tokens: Tokens, names: Sequence[tuple[int, int, float]]) -> list[SecondReading]:
    """Return what to make of names, each given by its first and last word and the fast model's odds."""
    look = look_at(tokens) if names else None
    if look is None:
        return [SecondReading(odds) for _, _, odds in names]
    look.read(word for word, _, odds in names if abs(odds) < DOUBT or setting() == "everywhere")
    always, fast, encoder = open_weights()["reading"]
    found = []
    for word, last, odds in names:
        if not look.has_read(word):
            found.append(SecondReading(odds))
            continue
        said = look.reading(word)
        part, person = math.exp(said[_PART]), math.exp(said[_PERSON])
        part = part if _may_go_on(tokens, word, last) else 0.0
        second = max(-MOST, min(MOST, float(said[_ACTING] - said[_LITERAL])))
        inside = part + person if part + person >= CERTAIN else 0.0
        found.append(SecondReading(always + fast * odds + encoder * second, inside, person > part))
    return found


def _may_go_on(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether a name may be part of a longer one: in a headline in capitals nothing tells which words are one."""
    beside = [tokens.word[i] for i in (first - 1, last + 1) if 0 <= i < len(tokens)]
    return not any(word.isupper() and len(word) > SHORT for word in beside)
