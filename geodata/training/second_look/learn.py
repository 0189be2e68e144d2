"""The training of the encoder."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from geodata.recognition.second_look.labels import HEADS
from geodata.recognition.second_look.wordpiece import CAPITALS, NO_LETTERS, SMALL, TITLE
from geodata.training.second_look.model import Encoder
from geodata.training.second_look.rows import ABSENT, Lesson

WEIGHTS = (1.0, 0.5, 0.5)  # of the heads' losses: places, kinds, readings
STEP = 2_048  # pieces
RATE = 3e-4
WARM_UP = 0.06  # of the steps
DROPOUT = 0.1
# Of the sentences: written small, in capitals, with a capital a word, as headings and messages are.
SMALL_ONES, CAPITAL_ONES, TITLED_ONES = 0.12, 0.08, 0.08
HIDING, HIDDEN = 0.5, 0.45  # sentences that have names to read hidden, and of their names so many
LOST = 0.02  # pieces hidden anywhere
POOL = 8_000  # lessons sorted by length together


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of equal length, padded with piece 0."""

    ids: torch.Tensor
    shapes: torch.Tensor
    wanted: tuple[torch.Tensor, ...]


def batches(lessons: Sequence[Lesson], rng: np.random.Generator) -> Iterator[list[Lesson]]:
    """Yield all lessons once, those of like length together, in no order."""
    order = rng.permutation(len(lessons))
    found: list[list[Lesson]] = []
    for start in range(0, len(order), POOL):
        pool = sorted((lessons[i] for i in order[start : start + POOL]), key=lambda lesson: lesson.ids.size)
        batch: list[Lesson] = []
        for lesson in pool:
            if batch and (len(batch) + 1) * lesson.ids.size > STEP:
                found.append(batch)
                batch = []
            batch.append(lesson)
        found.append(batch)
    for i in rng.permutation(len(found)):
        yield found[i]


def varied(lessons: Sequence[Lesson], rng: np.random.Generator, hidden: int, joining: np.ndarray) -> Batch:
    """Return lessons as a batch, some of them written otherwise and with names hidden."""
    size = max(lesson.ids.size for lesson in lessons)

    def padded(name: str, filler: int) -> np.ndarray:
        rows = np.full((len(lessons), size), filler, np.int64)
        for row, lesson in zip(rows, lessons, strict=True):
            row[: lesson.ids.size] = getattr(lesson, name)
        return rows

    ids, shapes, name = padded("ids", 0), padded("shapes", NO_LETTERS), padded("name", 0)
    letters, chance = shapes != NO_LETTERS, rng.random((len(lessons), 1))
    small, capital = SMALL_ONES, SMALL_ONES + CAPITAL_ONES
    titled = (chance >= capital) & (chance < capital + TITLED_ONES) & (shapes == SMALL) & ~joining[ids]
    shapes[letters & (chance < small)] = SMALL
    shapes[letters & (chance >= small) & (chance < capital)] = CAPITALS
    shapes[titled] = TITLE
    hiding = (rng.random((len(lessons), name.max() + 1)) < HIDDEN) & (rng.random((len(lessons), 1)) < HIDING)
    hiding[:, 0] = False
    lost = (rng.random(ids.shape) < LOST) & (ids != 0)
    lost[:, 0] = False
    ids[np.take_along_axis(hiding, name, 1) | lost] = hidden
    wanted = [torch.from_numpy(padded(column, ABSENT)) for column in ("places", "kinds", "readings")]
    return Batch(torch.from_numpy(ids), torch.from_numpy(shapes), tuple(wanted))


def learn(
    encoder: Encoder, epochs: Iterator[Sequence[Lesson]], steps: int, *, hidden: int, joining: np.ndarray, seed: int
) -> None:
    """Train an encoder for so many steps; `joining` says of each piece whether headings write it small ("of")."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    sharp = [each for each in encoder.parameters() if each.dim() > 1]
    flat = [each for each in encoder.parameters() if each.dim() <= 1]
    groups = [{"params": sharp, "weight_decay": 0.01}, {"params": flat, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    began, losses = time.monotonic(), np.zeros(len(HEADS))
    encoder.train()
    for step, lessons in enumerate(_endless(epochs, rng)):
        if step == steps:
            break
        rate = RATE * min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
        for group in optimiser.param_groups:
            group["lr"] = rate
        each = _losses(encoder, varied(lessons, rng, hidden, joining))
        optimiser.zero_grad(set_to_none=True)
        torch.stack([weight * loss for weight, loss in zip(WEIGHTS, each, strict=True)]).sum().backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        losses += [loss.item() for loss in each]
        if (step + 1) % 50 == 0:
            shown = ", ".join(f"{loss / 50:.3f}" for loss in losses)
            print(f"step {step + 1} of {steps}: losses {shown}; {time.monotonic() - began:.0f} s", flush=True)
            losses[:] = 0
    encoder.eval()


def _endless(epochs: Iterator[Sequence[Lesson]], rng: np.random.Generator) -> Iterator[list[Lesson]]:
    for lessons in epochs:
        yield from batches(lessons, rng)


def _losses(encoder: Encoder, batch: Batch) -> list[torch.Tensor]:
    answers = encoder(batch.ids, batch.shapes, DROPOUT)
    found = []
    for columns, wanted in zip(HEADS, batch.wanted, strict=True):
        asked = wanted != ABSENT
        if not asked.any():
            found.append(answers.sum() * 0.0)
            continue
        found.append(functional.cross_entropy(answers[..., columns][asked], wanted[asked], label_smoothing=0.02))
    return found
