"""Teaches the heads that ship the topics that came after them; the encoder stays as it is.

`python -m training.new_topics` reads the content and the encoder, and writes the heads anew.
Columns that are there stay as they are; each new one begins as that of the topic it is near to, and
is fitted on vectors of its own phrases and of some of all others. Same content, same result.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.content.encoder import FOLDER, HEADS, load_encoder
from bot.content.load import load
from bot.core.catalog import Catalog, Phrase, in_library
from bot.core.understanding.encoder import Head
from bot.core.understanding.weights import Array

_ROOT = Path(__file__).resolve().parent.parent
_OTHERS = 2500  # phrases of topics that the head knows, evenly from all
_STEPS, _RATE, _DECAY = 300, 0.02, 1e-3
_WEIGHT = 2.0  # of a phrase of a new topic beside one of the others


def main() -> None:
    catalog = load(None, {}).catalog
    shipped = load_encoder(_ROOT)
    if shipped.encoder is None or shipped.heads is None:
        raise SystemExit(shipped.missing)
    topics = shipped.heads.topics
    known = [in_library(label) for label in topics.labels]
    lacking = sorted({p.intent for p in catalog.phrases} - set(known))
    if not lacking:
        return
    phrases = _chosen(catalog, known)
    vectors = np.array([shipped.encoder.vector(phrase.text) for phrase in phrases], np.float64)
    labels = [*known, *lacking]
    wanted = np.array([labels.index(phrase.intent) for phrase in phrases])
    begun = _begun(catalog, topics, known, lacking)
    _write(_fitted(topics, begun, vectors, wanted), lacking)


def _chosen(catalog: Catalog, known: list[str]) -> list[Phrase]:
    others = [phrase for phrase in catalog.phrases if phrase.intent in known]
    step = max(len(others) // _OTHERS, 1)
    return [*(p for p in catalog.phrases if p.intent not in known), *others[::step]]


def _begun(catalog: Catalog, topics: Head, known: list[str], lacking: list[str]) -> Head:
    """Return the new columns as they begin: as those of the topics near them."""
    found = [catalog.find(name) for name in lacking]
    columns = [known.index(intent.near) for intent in found if intent]
    return Head(
        labels=tuple(lacking), weights=topics.weights[:, columns], bias=topics.bias[columns]
    )


def _fitted(topics: Head, begun: Head, vectors: Array, wanted: Array) -> Head:
    """Return all columns: only those that are new are moved, by Adam on the cross-entropy."""
    old = vectors @ topics.weights + topics.bias
    first = np.vstack([begun.weights, begun.bias[None]]).astype(np.float64)
    ones = np.hstack([vectors, np.ones((len(vectors), 1))])
    count = old.shape[1]
    shares = np.where(wanted >= count, _WEIGHT, 1.0)
    shares /= shares.sum()
    own = wanted[:, None] == np.arange(count, count + first.shape[1])
    columns, mean, square = first.copy(), np.zeros_like(first), np.zeros_like(first)
    for step in range(1, _STEPS + 1):
        scores = np.hstack([old, ones @ columns])
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = ones.T @ ((chances[:, count:] - own) * shares[:, None])
        slope += _DECAY * (columns - first) / columns.shape[1]
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        columns -= _RATE * mean / (1 - 0.9**step) / size
    return Head(
        labels=(*topics.labels, *begun.labels),
        weights=np.hstack([topics.weights, columns[:-1]]).astype(topics.weights.dtype),
        bias=np.concatenate([topics.bias, columns[-1]]).astype(topics.bias.dtype),
    )


def _write(topics: Head, added: list[str]) -> None:
    path = _ROOT / "intents" / FOLDER / HEADS
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    labels = json.loads(arrays["labels"].tobytes())
    labels["topics"] += added
    arrays["labels"] = np.frombuffer(json.dumps(labels).encode(), np.uint8)
    arrays |= {"topics_weights": topics.weights, "topics_bias": topics.bias}
    with path.open("wb") as file:
        np.savez(file, **arrays)


if __name__ == "__main__":
    main()
