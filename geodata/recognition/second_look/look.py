"""What the encoder says of one text, sentence by sentence, each read when it is first asked for."""

from __future__ import annotations

import math
import os
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import Literal, get_args

import numpy as np

from geodata import DATA
from geodata.errors import GeodataError
from geodata.recognition.second_look.encoder import FILE, Encoder, log_probabilities, open_encoder
from geodata.recognition.second_look.labels import COLUMNS, PLACE_COLUMNS, PLACES, READING_COLUMNS
from geodata.recognition.second_look.rows import OVERLAP, find_sentences, rows_of
from geodata.tables import read_rows
from geodata.tokens import Tokens

Setting = Literal["off", "doubt", "everywhere"]
SETTING = "DATELINE_SECOND_LOOK"  # of the environment, so that processes beside each other hold to one
_CERTAIN = 1e-3  # no probability is taken for nearer to 0 or 1
_PLACE, _PLACE_ON = PLACES.index("place"), PLACES.index("place on")


class Look:
    """The words of one text as the encoder sees them."""

    def __init__(self, tokens: Tokens, encoder: Encoder) -> None:
        self.tokens, self._encoder = tokens, encoder
        self.sentences = find_sentences(tokens)
        self._starts = [first for first, _ in self.sentences]
        self._read = [False] * len(self.sentences)
        self._answers = np.zeros((len(tokens), COLUMNS), np.float32)
        self._places = np.zeros((len(tokens), len(PLACES)), np.float32)  # the probabilities of a place, 0 where unread

    def read(self, words: Iterable[int]) -> None:
        """Look at the sentences of these words, as far as that was not done before."""
        fresh: list[int] = []
        for number in {self.sentence_of(word) for word in words}:
            if not self._read[number]:
                self._read[number] = True
                fresh += range(*self.sentences[number])
                for part, row in enumerate(rows_of(self.tokens, self.sentences[number], self._encoder.pieces)):
                    skipped = OVERLAP // 2 if part else 0  # words that the part before read with more around them
                    self._answers[row.first + skipped : row.stop] = self._encoder.read(row)[skipped:]
        if fresh:
            self._answers[fresh] = said = log_probabilities(self._answers[fresh])
            self._places[fresh] = np.exp(said[:, PLACE_COLUMNS])

    def sentence_of(self, word: int) -> int:
        """Return the number of the sentence that a word stands in."""
        return bisect_right(self._starts, word) - 1

    def has_read(self, word: int) -> bool:
        """Say whether the sentence of a word was looked at."""
        return self._read[self.sentence_of(word)]

    def columns(self, first: int, last: int) -> np.ndarray:
        """Return the log-probabilities of words `first` to `last`, a column as labels.py names them."""
        return self._answers[first : last + 1]

    def evidence(self, first: int, last: int) -> list[float]:
        """Return the log-odds of just this stretch being a place, and of its words on the whole."""
        chances = self._places[first : last + 1]
        exactly = chances[0, _PLACE] * chances[1:, _PLACE_ON].prod()
        after = last + 1
        if after < len(self.tokens) and self.sentence_of(after) == self.sentence_of(last):
            exactly *= 1 - math.exp(self._answers[after, _PLACE_ON])
        loosely = (chances[:, _PLACE] + chances[:, _PLACE_ON]).mean()
        return [log_odds(float(exactly)), log_odds(float(loosely))]

    def names(self, least: float, longest: int) -> list[tuple[int, int, float]]:
        """Return the stretches that are places by the encoder alone: first and last word, and the probability."""
        found = []
        begins, goes_on = self._places[:, _PLACE], self._places[:, _PLACE_ON] > 0.5
        for word in np.flatnonzero(begins >= least).tolist():
            last = word
            while last + 1 < min(len(self.tokens), word + longest) and goes_on[last + 1]:
                last += 1
            found.append((word, last, float(begins[word])))
        return found

    def reading(self, word: int) -> np.ndarray:
        """Return the log-probabilities of the readings of a name, in the order of labels.READINGS."""
        return self._answers[word, READING_COLUMNS]


def log_odds(probability: float) -> float:
    """Return log-odds, of nothing beyond what one can be certain of."""
    held = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return math.log(held / (1 - held))


def look_at(tokens: Tokens) -> Look | None:
    """Return the look at a text, the same for every step that asks; None where there is none to be had."""
    if setting() == "off" or (encoder := open_encoder()) is None:
        return None
    if tokens.look is None:
        tokens.look = Look(tokens, encoder)
    look: Look = tokens.look
    return look


def in_use() -> Setting:
    """Return the setting, "off" where there is nothing to look with; nothing is loaded for the answer."""
    return setting() if find_spec("onnxruntime") and (DATA / FILE).is_file() else "off"


def setting() -> Setting:
    """Return where a second look is taken, by the environment. Raises GeodataError for what it does not know."""
    said = os.environ.get(SETTING, "doubt")
    if said not in get_args(Setting):
        raise GeodataError(f"{SETTING} is {said!r}: say one of {', '.join(get_args(Setting))}")
    return said  # type: ignore[return-value]


@cache
def open_weights() -> dict[str, list[float]]:
    """Open the weights that join the encoder's log-odds to the fast models', by what is weighed, in order."""
    weights: dict[str, list[float]] = {}
    for row in read_rows(DATA / "second_look.csv"):
        weights.setdefault(row["of"], []).append(float(row["weight"]))
    return weights
