"""Writes the encoder as one ONNX file, in 8 bits, with its vocabulary in the file's metadata."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.content.encoder import silence_runtime
from training.network import EPSILON, HEADS, LENGTH, Weights

Array = np.ndarray[Any, np.dtype[Any]]

_OPSET = 17
_IR = 8
_STEPS = 127  # of the integers of 8 bits on either side of nothing


class _Graph:
    """Nodes and constants being gathered."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **options: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **options))
        return output

    def dense(self, x: str, name: str, weight: Array, bias: Array) -> str:
        product = self.node("MatMul", [x, self.constant(f"{name}_w", weight)], f"{name}_product")
        return self.node("Add", [product, self.constant(f"{name}_b", bias)], f"{name}_out")

    def normed(self, x: str, name: str, weight: Array, bias: Array) -> str:
        given = [x, self.constant(f"{name}_w", weight), self.constant(f"{name}_b", bias)]
        return self.node("LayerNormalization", given, f"{name}_out", axis=-1, epsilon=EPSILON)


def write(
    path: Path,
    embeddings: Weights,
    layers: Sequence[Weights],
    vocabulary: tuple[Sequence[str], Sequence[float]],
    longest: int,
    *,
    small: bool = True,
) -> None:
    """Write the encoder; `small` in 8 bits, else in 32 to compare with.

    It reads the places of one text's pieces (1 x pieces) and gives its vector (1 x dimensions).
    """
    graph = _Graph()
    x = _embedded(graph, embeddings, longest)
    for place, layer in enumerate(layers):
        x = _layer(graph, x, f"layer{place}", {name: np.asarray(w) for name, w in layer.items()})
    _pooled(graph, x)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, None])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    onnx.checker.check_model(model)
    model = _quantised(model) if small else model
    pieces, scores = vocabulary
    described = {
        "pieces": "\n".join(pieces),
        "scores": base64.b64encode(np.asarray(scores, "<f4").tobytes()).decode(),
        "longest": str(longest),
    }
    helper.set_model_props(model, described)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _embedded(graph: _Graph, embeddings: Weights, longest: int) -> str:
    """Look the pieces up in a table of 8 bits with one scale a row, and add where they stand."""
    words = np.asarray(embeddings["words"])
    scales = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-9) / _STEPS
    table = graph.constant("words", np.round(words / scales).astype(np.int8))
    looked_up = graph.node("Gather", [table, "pieces"], "words_small")
    wide = graph.node("Cast", [looked_up], "words_wide", to=TensorProto.FLOAT)
    scale = graph.constant("scales", scales.astype(np.float32))
    scaled = graph.node("Mul", [wide, graph.node("Gather", [scale, "pieces"], "scale")], "word")
    places = np.asarray(embeddings["positions"])[:longest] + np.asarray(embeddings["kind"])
    zero, one = (graph.constant(n, np.array([v], np.int64)) for n, v in (("zero", 0), ("one", 1)))
    shape = graph.node("Shape", ["pieces"], "shape")
    length = graph.node(
        "Slice", [shape, one, graph.constant("two", np.array([2], np.int64))], "length_of_text"
    )
    table = graph.constant("positions", places.astype(np.float32))
    position = graph.node("Slice", [table, zero, length, zero], "position")
    summed = graph.node("Add", [scaled, position], "embedded")
    return graph.normed(
        summed, "embedding", np.asarray(embeddings["w"]), np.asarray(embeddings["b"])
    )


def _layer(graph: _Graph, x: str, name: str, layer: dict[str, Array]) -> str:
    hidden = layer["q_w"].shape[0]
    split = graph.constant(f"{name}_split", np.array([1, -1, HEADS, hidden // HEADS], np.int64))
    scale = (hidden // HEADS) ** -0.5
    factors = {"q": scale, "k": 1.0, "v": 1.0}
    weight = np.concatenate([layer[f"{part}_w"].T * f for part, f in factors.items()], axis=1)
    bias = np.concatenate([layer[f"{part}_b"] * f for part, f in factors.items()])
    joined = graph.dense(x, f"{name}_qkv", weight.astype(np.float32), bias.astype(np.float32))
    parts = [f"{name}_{part}_flat" for part in factors]
    graph.nodes.append(helper.make_node("Split", [joined], parts, name=f"{name}_parts", axis=-1))

    def turned(part: str, order: Sequence[int]) -> str:
        shaped = graph.node("Reshape", [f"{name}_{part}_flat", split], f"{name}_{part}_shaped")
        return graph.node("Transpose", [shaped], f"{name}_{part}", perm=order)

    queries, keys, values = (
        turned("q", (0, 2, 1, 3)),
        turned("k", (0, 2, 3, 1)),
        turned("v", (0, 2, 1, 3)),
    )
    scores = graph.node("MatMul", [queries, keys], f"{name}_scores")
    shares = graph.node("Softmax", [scores], f"{name}_shares", axis=-1)
    mixed = graph.node("MatMul", [shares, values], f"{name}_mixed")
    turned_back = graph.node("Transpose", [mixed], f"{name}_back", perm=(0, 2, 1, 3))
    flat = graph.constant(f"{name}_flat", np.array([1, -1, hidden], np.int64))
    together = graph.node("Reshape", [turned_back, flat], f"{name}_together")
    attended = graph.dense(together, f"{name}_ao", layer["ao_w"].T, layer["ao_b"])
    summed = graph.node("Add", [x, attended], f"{name}_attended")
    x = graph.normed(summed, f"{name}_aln", layer["aln_w"], layer["aln_b"])
    inner = _gelu(graph, graph.dense(x, f"{name}_fi", layer["fi_w"].T, layer["fi_b"]), name)
    out = graph.dense(inner, f"{name}_fo", layer["fo_w"].T, layer["fo_b"])
    summed = graph.node("Add", [x, out], f"{name}_summed")
    return graph.normed(summed, f"{name}_oln", layer["oln_w"], layer["oln_b"])


def _gelu(graph: _Graph, x: str, name: str) -> str:
    """Return x/2 * (1 + erf(x / sqrt 2)), which the runtime knows as one operation."""
    root, one, half = (
        graph.constant(f"{name}_{key}", np.array(value, np.float32))
        for key, value in (("root", 2**0.5), ("one", 1.0), ("half", 0.5))
    )
    erf = graph.node("Erf", [graph.node("Div", [x, root], f"{name}_divided")], f"{name}_erf")
    raised = graph.node("Add", [erf, one], f"{name}_raised")
    return graph.node(
        "Mul", [graph.node("Mul", [x, raised], f"{name}_twice"), half], f"{name}_gelu"
    )


def _pooled(graph: _Graph, x: str) -> None:
    mean = graph.node("ReduceMean", [x], "mean", axes=[1], keepdims=0)
    length = graph.node("ReduceL2", [mean], "norm", axes=[1], keepdims=1)
    unit = graph.node("Div", [mean, length], "unit")
    graph.node("Mul", [unit, graph.constant("scale_out", np.array(LENGTH, np.float32))], "vector")


def _quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with matrices of 8 bits, by the runtime's own tool."""
    silence_runtime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        wide, small = Path(folder, "wide.onnx"), Path(folder, "small.onnx")
        onnx.save(model, wide)
        quantize_dynamic(
            wide,
            small,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,  # else processors without VNNI overflow, and answer otherwise
            weight_type=QuantType.QInt8,
        )
        return onnx.load(small)
