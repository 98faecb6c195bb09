"""Compact weights of a linear model: a few bits each, equal rows stored once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

_MOST = 31  # steps: with twice as many the file grows, and nothing is understood better


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What features say for and against classes.

    A weight is a whole number of steps; `step` (features) is what one is worth. `row`
    (features) is where a feature's stand in `steps` (rows x classes, int8). `bias` (classes) is
    said without any feature.
    """

    row: Array
    steps: Array
    step: Array
    bias: Array

    def scores(self, columns: Array, values: Array) -> Array:
        """Return the distances to the boundaries of the classes for values of some features."""
        # Not by indexing, which takes twice as long.
        steps = self.steps.take(self.row.take(columns), axis=0).astype(np.float32)
        distances: Array = (values * self.step.take(columns)) @ steps + self.bias
        return distances


def packed(weights: Array, bias: Array) -> Weights:
    """Return weights (features x classes) in whole steps."""
    most = np.abs(weights).max(axis=1, keepdims=True)
    step = np.maximum(most / _MOST, np.finfo(np.float32).tiny).astype(np.float32)
    steps = np.round(weights / step).astype(np.int8)
    # Features that occur in the same texts, such as pieces of one word, say the same.
    whole = steps.view(np.dtype((np.void, steps.shape[1])))[:, 0]
    _, first, row = np.unique(whole, return_index=True, return_inverse=True)
    return Weights(
        row=row.astype(np.int32),
        steps=steps[first],
        step=step[:, 0],
        bias=np.asarray(bias, np.float32),
    )
