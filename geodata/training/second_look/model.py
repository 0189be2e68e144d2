"""The encoder in PyTorch: the first layers of a BERT-like base, with shapes of words and one head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from geodata.recognition.second_look.labels import COLUMNS
from geodata.recognition.second_look.rows import MOST
from geodata.recognition.second_look.wordpiece import SHAPES

HEADS = 12
POSITIONS = MOST + 8  # a row begins and ends with a piece of its own, and with the marks that close the sentence
EPSILON = 1e-12
Base = Mapping[str, np.ndarray]


class Layer(nn.Module):  # type: ignore[misc]
    """One layer: what the words tell each other, and what each makes of it."""

    def __init__(self, base: Base, number: int) -> None:
        super().__init__()
        name = f"encoder.layer.{number}"
        query = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        self.query = _linear(base, query)
        self.joined = _linear(base, [f"{name}.attention.output.dense"])
        self.first = _norm(base, f"{name}.attention.output.LayerNorm")
        self.wide = _linear(base, [f"{name}.intermediate.dense"])
        self.narrow = _linear(base, [f"{name}.output.dense"])
        self.second = _norm(base, f"{name}.output.LayerNorm")

    def forward(self, x: torch.Tensor, seen: torch.Tensor, dropout: float) -> torch.Tensor:
        """Return the next layer's input."""
        rows, length, size = x.shape
        query, key, value = self.query(x).view(rows, length, 3, HEADS, size // HEADS).permute(2, 0, 3, 1, 4)
        told = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        told = self.joined(told.transpose(1, 2).reshape(rows, length, size))
        x = self.first(x + functional.dropout(told, dropout, self.training))
        made = self.narrow(functional.gelu(self.wide(x)))
        return self.second(x + functional.dropout(made, dropout, self.training))


class Encoder(nn.Module):  # type: ignore[misc]
    """Pieces and shapes to the answers of all heads, a row of numbers a piece."""

    def __init__(self, base: Base, kept: Sequence[int], layers: int) -> None:
        super().__init__()
        size = base["embeddings.word_embeddings.weight"].shape[1]
        self.pieces = nn.Embedding.from_pretrained(
            torch.tensor(base["embeddings.word_embeddings.weight"][list(kept)]), freeze=False
        )
        positions = base["embeddings.position_embeddings.weight"][:POSITIONS]
        self.positions = nn.Parameter(torch.tensor(positions + base["embeddings.token_type_embeddings.weight"][0]))
        self.shapes = nn.Embedding(SHAPES, size)
        nn.init.zeros_(self.shapes.weight)
        self.norm = _norm(base, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(base, number) for number in range(layers))
        self.head = nn.Linear(size, COLUMNS)

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """Return the answers; piece 0 is padding, which nobody sees."""
        x = self.pieces(ids) + self.positions[: ids.shape[1]] + self.shapes(shapes)
        x = functional.dropout(self.norm(x), dropout, self.training)
        seen = (ids != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen, dropout)
        return self.head(x)


def _linear(base: Base, names: Sequence[str]) -> nn.Linear:
    weight = torch.tensor(np.concatenate([base[f"{name}.weight"] for name in names]))
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.data = weight
    linear.bias.data = torch.tensor(np.concatenate([base[f"{name}.bias"] for name in names]))
    return linear


def _norm(base: Base, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(base[f"{name}.weight"].size, eps=EPSILON)
    norm.weight.data, norm.bias.data = torch.tensor(base[f"{name}.weight"]), torch.tensor(base[f"{name}.bias"])
    return norm
