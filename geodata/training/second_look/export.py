"""The trained encoder as an ONNX file of small whole numbers, written node by node.

Each weight takes 7 of 8 bits: processors without VNNI add two products of 8 bits in 16, which overflows with 8. What a
layer is given is scaled by its own row of words, so a sentence is read alone and says the same beside any other.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from geodata.recognition.second_look.labels import COLUMNS
from geodata.training.second_look.model import EPSILON, HEADS

LARGEST = 63
FUSED = "com.microsoft"  # onnxruntime's own operators, each a few of the standard's in one
Weights = dict[str, np.ndarray]


def export(weights: Weights, path: Path) -> None:
    """Write an encoder's weights, by the names that model.py gives them, as a graph of ids and shapes to answers."""
    graph = _Graph(weights)
    graph.begin()
    layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})
    for number in range(layers):
        graph.layer(f"layers.{number}", last=number == layers - 1)
    row = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["sentences", "pieces"]) for name in ("ids", "shapes")
    ]
    answers = helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["sentences", "pieces", COLUMNS])
    made = helper.make_graph(graph.nodes, "second look", row, [answers], graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    path.write_bytes(helper.make_model(made, opset_imports=versions, ir_version=9).SerializeToString())


class _Graph:
    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, operator: str, inputs: list[str], outputs: list[str] | str, **attributes: object) -> None:
        names = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name].astype(np.float32))

    def begin(self) -> None:
        """Look up pieces, positions and shapes, and add them."""
        numbers, scales = quantized(self.weights["pieces.weight"])
        for what, table in (("numbers", numbers), ("scales", scales[:, None])):
            self.add("Gather", [self.constant(f"pieces.{what}", table), "ids"], f"piece.{what}")
        self.add("Cast", ["piece.numbers"], "piece.float", to=TensorProto.FLOAT)
        self.add("Mul", ["piece.float", "piece.scales"], "piece")
        self.add("Gather", [self.weight("shapes.weight"), "shapes"], "shape")
        self.add("Shape", ["ids"], "length", start=1)
        zero = self.constant("zero", np.zeros(1, np.int64))
        self.add("Slice", [self.weight("positions"), zero, "length"], "position")
        self.add("Sum", ["piece", "shape", "position"], "sum")
        norm = [self.weight("norm.weight"), self.weight("norm.bias")]
        self.add("LayerNormalization", ["sum", *norm], "layers.0", epsilon=EPSILON)

    def layer(self, name: str, *, last: bool) -> None:
        """Add one layer, and after the last the head."""
        self.multiply(name, f"{name}.query", f"{name}.qkv")
        parts = [f"{name}.q", f"{name}.k", f"{name}.v"]
        self.add("Split", [f"{name}.qkv"], parts, axis=2)
        self.add("MultiHeadAttention", parts, f"{name}.told", domain=FUSED, num_heads=HEADS)
        self.multiply(f"{name}.told", f"{name}.joined", f"{name}.said")
        self.norm(f"{name}.first", name, f"{name}.said")
        self.multiply(f"{name}.first", f"{name}.wide", f"{name}.made")
        self.add("Gelu", [f"{name}.made"], f"{name}.bent", domain=FUSED)
        self.multiply(f"{name}.bent", f"{name}.narrow", f"{name}.back")
        following = "end" if last else f"layers.{int(name.split('.')[1]) + 1}"
        self.norm(f"{name}.second", f"{name}.first", f"{name}.back", following)
        if last:
            self.add("MatMul", ["end", self.constant("head", self.weights["head.weight"].T.astype(np.float32))], "bare")
            self.add("Add", ["bare", self.weight("head.bias")], "answers")

    def multiply(self, given: str, linear: str, out: str) -> None:
        """Multiply by the weights of a linear layer in whole numbers, and add its bias."""
        numbers, scales = quantized(self.weights[f"{linear}.weight"])
        names = [self.constant(f"{linear}.numbers", numbers.T), self.constant(f"{linear}.scales", scales)]
        self.add("DynamicQuantizeMatMul", [given, *names, "", self.weight(f"{linear}.bias")], out, domain=FUSED)

    def norm(self, name: str, before: str, more: str, out: str = "") -> None:
        # Not SkipLayerNormalization, which takes five times as long as the two apart.
        self.add("Add", [before, more], f"{name}.sum")
        scale = [self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        self.add("LayerNormalization", [f"{name}.sum", *scale], out or name, epsilon=EPSILON)


def quantized(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rows as whole numbers, and by what to multiply each row of them."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9).astype(np.float32) / LARGEST
    return np.rint(rows / scales[:, None]).astype(np.int8), scales
