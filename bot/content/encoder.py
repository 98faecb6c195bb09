"""Runs the encoder that ships with the content: an ONNX file, on one thread, and its heads."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.content.array_files import UNREADABLE
from bot.content.files import content_dir
from bot.content.trained import Heads
from bot.content.vectors import fingerprints
from bot.core.catalog import Catalog, in_library
from bot.core.understanding.models.encoder import Head, TextScores
from bot.core.understanding.models.pieces import Pieces
from bot.core.understanding.models.weights import Array

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FOLDER, MODEL, HEADS, SEEN = "encoder", "encoder.onnx", "heads.npz", "seen.npy"
_ONLY_ERRORS = 3
_AGAIN = 4  # texts: one message is read for its topic, and again to choose among passages
# A catalogue that has less than this share of what the encoder was made for is another one.
_KNOWN = 0.9
_SAMPLE, _SAMPLED = 4096, 262_144  # bytes hashed, and from one to the next


def silence_runtime() -> None:
    """Keep onnxruntime from telling Microsoft of this machine, its files and how often it is used.

    Its wheels do so from 1.29 on, unless this is set before they are imported.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


class OnnxEncoder:
    """An encoder whose file, some 34 MB, is read at the first text.

    `texts_read` counts the texts, to tell how often it is needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._latest = lru_cache(_AGAIN)(self._read)
        self.texts_read = 0

    @cached_property
    def _loaded(self) -> tuple[InferenceSession, Pieces, int]:
        silence_runtime()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        session = onnxruntime.InferenceSession(
            self._path, options, providers=["CPUExecutionProvider"]
        )
        told = session.get_modelmeta().custom_metadata_map
        scores = np.frombuffer(base64.b64decode(told["scores"]), "<f4")
        pieces = Pieces(told["pieces"].split("\n"), scores.tolist())
        return session, pieces, int(told["longest"])

    def vector(self, text: str) -> Array:
        """Return the vector of a text."""
        return self._latest(text)

    def _read(self, text: str) -> Array:
        session, pieces, longest = self._loaded
        self.texts_read += 1
        places = np.array([pieces.cut(text, longest)], np.int64)
        vectors: list[Array] = session.run(None, {"pieces": places})
        vector: Array = vectors[0][0]
        return vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The encoder with the heads that it was made with; or, with neither, why there is none.

    `seen` is a file with the fingerprints of the texts that it was made with.
    """

    encoder: OnnxEncoder | None = None
    heads: Heads | None = None
    missing: str = ""
    seen: Path | None = None

    def scores(self, learnt: Heads | None, catalog: Catalog) -> TextScores | None:
        """Return what the encoder makes of messages, by heads that were learnt for it, or its own.

        Its own ones serve as long as they know most of the catalogue's intents.
        """
        if self.encoder is None or self.heads is None:
            return None
        heads = learnt if learnt and learnt.encoder == self.heads.encoder else self.heads
        labels = heads.topics.labels
        known = sum(catalog.find(label) is not None for label in labels)
        if known < _KNOWN * len(labels):
            return None
        topics = head_for(catalog, heads.topics)
        return TextScores(encoder=self.encoder, topics=topics, meanings=heads.meanings)

    def has_seen(self, texts: Iterable[str]) -> Array:
        """Tell of each text whether the encoder was made with it; of none where nobody knows."""
        own = fingerprints(texts)
        try:
            known = np.load(self.seen, allow_pickle=False) if self.seen else own[:0]
        except UNREADABLE:
            known = own[:0]
        return np.isin(own, known)


def load_encoder(root: Path) -> Shipped:
    """Return the encoder of the content, or of what ships, with the heads that it came with."""
    own = root / "intents" / FOLDER
    folder = own if own.is_dir() else content_dir() / "intents" / FOLDER
    if not (folder / MODEL).is_file():
        return Shipped(missing=f"{folder / MODEL} is missing")
    if find_spec("onnxruntime") is None:
        return Shipped(missing="onnxruntime is not installed")
    try:
        heads = _read_heads(folder / HEADS, _key(folder / MODEL))
    except UNREADABLE as error:
        return Shipped(missing=f"{folder / HEADS} cannot be read ({type(error).__name__})")
    return Shipped(encoder=OnnxEncoder(folder / MODEL), heads=heads, seen=folder / SEEN)


def head_for(catalog: Catalog, learnt: Head) -> Head:
    """Return a head with the ids of a catalogue: a topic's depends on what the notice says of it.

    What the head has not learnt is as likely as the topic that it is nearest to.
    """
    named = [catalog.find(label) for label in learnt.labels]
    columns = {in_library(label): column for column, label in enumerate(learnt.labels)}
    new = [
        (intent.id, columns[intent.near])
        for intent in catalog.intents.values()
        if in_library(intent.id) not in columns and intent.near in columns
    ]
    chosen = [*range(len(learnt.labels)), *(column for _, column in new)]
    ids = [i.id if i else label for i, label in zip(named, learnt.labels, strict=True)]
    return Head(
        labels=(*ids, *(name for name, _ in new)),
        weights=learnt.weights[:, chosen],
        bias=learnt.bias[chosen],
    )


def _key(path: Path) -> str:
    """Return what tells the file of an encoder from others: its size, and some of it."""
    with path.open("rb") as file:
        digest = hashlib.sha256(str(size := os.fstat(file.fileno()).st_size).encode())
        for place in range(0, size, _SAMPLED):  # all of it would take a tenth of a second
            file.seek(place)
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:16]


def _read_heads(path: Path, key: str) -> Heads:
    """Return the heads for topics and for meanings. Raises what a broken file raises."""
    with np.load(path, allow_pickle=False) as file:
        labels = json.loads(file["labels"].tobytes())
        topics, meanings = (
            Head(
                labels=tuple(labels[name]),
                weights=file[f"{name}_weights"],
                bias=file[f"{name}_bias"],
            )
            for name in ("topics", "meanings")
        )
    return Heads(encoder=key, topics=topics, meanings=meanings)
