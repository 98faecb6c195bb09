"""Trains the heads of the encoder, starting from those that it was made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bot.core.catalog import in_library
from bot.core.understanding.models.encoder import Head
from bot.core.understanding.models.weights import Array

# As the encoder itself was trained (training/fine_tune.py), so that what it says is as sure.
_SMOOTHING = 0.1
# How dear it is to leave where the learning begins; chosen on people that no text was learnt from.
_PENALTY = 3e-3
# What the encoder was made with it knows by heart, so that its vectors are better than those of
# what people write: each text that is new to it counts as this many, chosen likewise.
_NEW_TO_IT = 6.0
_MOST_ROUNDS = 60


def train_head(
    vectors: Array,
    labels: Sequence[str],
    begin: Head,
    tell: Callable[[float], None],
    seen: Array | None = None,
) -> Head:
    """Return the head that tells the labels apart; the same vectors and labels, the same head.

    What `begin` knows of a label is where its learning begins; a new label begins with nothing.
    `seen` tells of each vector whether the encoder was made with its text.
    """
    from scipy.optimize import minimize

    classes = tuple(sorted(set(labels)))
    start = _begun(classes, begin)
    wide = np.concatenate([vectors, np.ones((len(vectors), 1), np.float32)], axis=1)
    shares = _shares(np.ones(len(wide)) if seen is None else seen)
    loss = _loss(wide, _wanted(labels, classes), shares, start)
    rounds = 0

    def told(_flat: Array) -> None:
        nonlocal rounds
        rounds += 1
        tell(rounds / _MOST_ROUNDS)

    options = {"maxiter": _MOST_ROUNDS}
    found = minimize(
        loss, start.ravel(), jac=True, method="L-BFGS-B", callback=told, options=options
    )
    weights = found.x.reshape(start.shape).astype(np.float32)
    return Head(labels=classes, weights=weights[:-1], bias=weights[-1])


def _loss(
    wide: Array, wanted: Array, shares: Array, start: Array
) -> Callable[[Array], tuple[float, Array]]:
    """Return the cross-entropy, with what it costs to leave the start, and its slope."""

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(start.shape).astype(np.float32)
        scores = wide @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        away = flat.reshape(start.shape) - start
        value = -float((shares * wanted * logs).sum()) + _PENALTY * float((away**2).sum())
        slope = wide.T @ (shares * (np.exp(logs) - wanted)) + 2 * _PENALTY * away
        return value, slope.ravel().astype(np.float64)

    return loss


def _shares(seen: Array) -> Array:
    """Return how much each text counts (texts x 1), one in all."""
    counts = np.where(seen, 1.0, _NEW_TO_IT)
    shares: Array = (counts / counts.sum()).astype(np.float32)[:, None]
    return shares


def _wanted(labels: Sequence[str], classes: Sequence[str]) -> Array:
    """Return the probabilities that are to be learnt (texts x classes)."""
    wanted = np.full((len(labels), len(classes)), _SMOOTHING / len(classes), np.float32)
    places = {label: place for place, label in enumerate(classes)}
    wanted[np.arange(len(labels)), [places[label] for label in labels]] += 1 - _SMOOTHING
    return wanted


def _begun(classes: Sequence[str], begin: Head) -> Array:
    """Return weights and, in the last row, bias to begin with, for each class."""
    known = {in_library(label): place for place, label in enumerate(begin.labels)}
    both = np.concatenate([begin.weights, begin.bias[None]]).astype(np.float64)
    # What is new is as likely as the least likely of what is known.
    new = np.zeros(len(both))
    new[-1] = begin.bias.min() if len(begin.bias) else 0.0
    return np.stack([both[:, known[c]] if c in known else new for c in classes], axis=1)
