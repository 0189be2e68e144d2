"""Train the encoder of the second look: `make train GOLD=folder`, or `python -m geodata.training.second_look folder`.

The folder holds the gold files that corpora.py names; their texts stay out of the repository, only the weights go in:
`second_look.onnx`, `second_look_pieces.txt` and `second_look.csv` of geodata/data, whose SOURCES.md is to be kept true.
Everything is drawn with the seed. Two processor cores take half an hour to an hour.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch

from geodata import DATA
from geodata.recognition.second_look.encoder import FILE, VOCABULARY, open_encoder
from geodata.recognition.second_look.wordpiece import HIDDEN, WordPiece
from geodata.training.second_look import stack
from geodata.training.second_look.base import fetch_base, keep_pieces
from geodata.training.second_look.corpora import read_corpora
from geodata.training.second_look.examples import Example
from geodata.training.second_look.export import export
from geodata.training.second_look.frames import Filler, read_frames
from geodata.training.second_look.learn import learn
from geodata.training.second_look.model import Encoder
from geodata.training.second_look.names import open_names
from geodata.training.second_look.rows import Lesson, lessons_of
from geodata.training.second_look.variants import swap

LAYERS = 3
FILLINGS = 10  # of each frame, an epoch
TWICE = frozenset({"lgl", "geovirus", "relocar", "eventloc"})  # given again with other towns
HALVED = frozenset({"btc", "wnut17"})  # messages: of these every second, in turn
EMPTY = 0.4  # of the sentences without a name so many are given in an epoch
# What headings write small.
JOINING = (
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "and",
    "or",
    "as",
    "by",
    "with",
    "from",
    "over",
    "after",
    "but",
    "via",
    "per",
    "s",
)


def epochs(examples: Sequence[Example], pieces: WordPiece, seed: int) -> Iterator[list[Lesson]]:
    """Yield the lessons of one epoch after the other: the texts, some with other towns, and frames filled anew."""
    names, frames = open_names(), read_frames()
    fixed = [(example.source in HALVED, list(lessons_of(example, pieces))) for example in examples]
    for epoch in range(10_000):
        rng = Random(f"{seed} {epoch}")
        filler = Filler(names, rng)
        made = [swap(example, names, rng) for example in examples if example.source in TWICE]
        made += [filler.fill(frame) for frame in frames for _ in range(FILLINGS)]
        varied = [lesson for example in made for lesson in lessons_of(example, pieces)]
        given = [
            lesson
            for number, (halved, lessons) in enumerate(fixed)
            if not halved or (number + epoch) % 2
            for lesson in lessons
            if lesson.has_names or rng.random() < EMPTY
        ]
        size = sum(lesson.ids.size for lesson in (*given, *varied))
        print(f"epoch {epoch + 1}: {len(given):,} sentences and {len(varied):,} made ones, {size:,} pieces", flush=True)
        yield given + varied


def train(gold: Path, base_folder: Path, steps: int, seed: int) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the weights of a trained encoder, and its pieces."""
    base, vocabulary = fetch_base(base_folder)
    examples = read_corpora(gold)
    kept = keep_pieces(vocabulary, [*(each.text for each in examples), *read_frames()])
    pieces = WordPiece([vocabulary[number] for number in kept])
    print(f"{len(examples):,} texts, {len(kept):,} pieces kept", flush=True)
    joining = np.isin(np.arange(len(kept)), [pieces.numbers[word] for word in JOINING])
    torch.manual_seed(seed)
    encoder = Encoder(base, kept, LAYERS)
    lessons = epochs(examples, pieces, seed)
    learn(encoder, lessons, steps, hidden=pieces.numbers[HIDDEN], joining=joining, seed=seed)
    return {name: weight.detach().numpy() for name, weight in encoder.state_dict().items()}, list(pieces.numbers)


def main() -> None:
    """Train the encoder, write it, and fit the weights that join it to the fast models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--base", type=Path, default=Path("build/base"), help="where the base weights are, or go")
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--only-stack", action="store_true", help="keep the encoder, fit what joins it to the others")
    arguments = parser.parse_args()
    if not arguments.only_stack:
        weights, pieces = train(arguments.gold, arguments.base, arguments.steps, arguments.seed)
        export(weights, arguments.out / FILE)
        (arguments.out / VOCABULARY).write_text("\n".join(pieces), "utf-8")
    encoder = open_encoder(arguments.out)
    if encoder is None:
        raise SystemExit(f"{arguments.out / FILE} cannot be read: install geodata/training/requirements.txt")
    joined = stack.fit(stack.held_out(arguments.gold, arguments.seed), encoder)
    stack.write(joined, arguments.out / stack.FILE)


if __name__ == "__main__":
    main()
