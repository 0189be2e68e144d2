"""The encoder itself: an ONNX file of ours, read by onnxruntime in one thread, loaded when it is first needed."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geodata import DATA
from geodata.recognition.second_look.labels import HEADS
from geodata.recognition.second_look.rows import Row
from geodata.recognition.second_look.wordpiece import WordPiece

FILE, VOCABULARY = "second_look.onnx", "second_look_pieces.txt"
KEPT = 1 << 11  # rows whose answers are kept: 5 MB
_log = logging.getLogger(__name__)


class Encoder:
    """Rows of pieces to a row of numbers for each word (labels.py names the columns)."""

    def __init__(self, session: Any, pieces: WordPiece) -> None:
        self._session, self.pieces = session, pieces
        # What is written again, in a text or in its copies, is read once.
        self._answers = lru_cache(maxsize=KEPT)(self._run)

    def read(self, row: Row) -> np.ndarray:
        """Return how much speaks for what of each word of a row; no other row has a part in it."""
        return self._answers(row.ids, row.shapes)[row.at]

    def _run(self, ids: tuple[int, ...], shapes: tuple[int, ...]) -> np.ndarray:
        given = {"ids": np.array([ids], np.int32), "shapes": np.array([shapes], np.int32)}
        answers: np.ndarray = self._session.run(None, given)[0][0]
        return answers


def log_probabilities(answers: np.ndarray) -> np.ndarray:
    """Return what `Encoder.read` said of words as log-probabilities: of each head they add up to one."""
    answers = answers.copy()
    for columns in HEADS:
        head = answers[:, columns]
        head -= head.max(axis=1, keepdims=True)
        head -= np.log(np.exp(head).sum(axis=1, keepdims=True))
    return answers


@cache
def open_encoder(folder: Path | None = None) -> Encoder | None:
    """Open the encoder, once a process; without onnxruntime or the file there is none, which is said once."""
    try:
        # Here, for it takes as long to import as a page takes to be read, and who needs no second look needs none.
        import onnxruntime
    except ImportError as error:
        _log.warning("onnxruntime cannot be imported (%s): names are read without a second look", error)
        return None
    folder = folder or DATA
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # articles are read in processes beside each other
    options.log_severity_level = 3
    try:
        vocabulary = (folder / VOCABULARY).read_text("utf-8").split("\n")
        session = onnxruntime.InferenceSession(folder / FILE, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has errors of its own for a file that is missing, cut or of no known make
        _log.warning("%s cannot be read (%s): names are read without a second look", folder / FILE, error)
        return None
    return Encoder(session, WordPiece(vocabulary))
