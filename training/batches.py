"""Which texts are learnt together: of like length, in an order that never varies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

BATCH = 48
# Few lengths, since each is compiled once.
LENGTHS = (8, 12, 16, 24, 32, 48, 64)
LONGEST = LENGTHS[-1]
SEED = 1
_CHUNK = BATCH * 40


def padded(rows: Sequence[Array]) -> tuple[Array, Array]:
    """Return rows of one length, and 1 where something stands."""
    length = next(n for n in LENGTHS if n >= max(map(len, rows)))
    values = np.zeros((len(rows), length, *rows[0].shape[1:]), rows[0].dtype)
    mask = np.zeros((len(rows), length), np.float32)
    for place, row in enumerate(rows):
        values[place, : len(row)], mask[place, : len(row)] = row, 1
    return values, mask


def batches(lengths: Sequence[int], steps: int) -> Iterator[list[int]]:
    """Yield the places of each step's examples, of like length, in an order that never varies."""
    epoch, done = 0, 0
    while True:
        random = np.random.RandomState(SEED + epoch)
        shuffled = random.permutation(len(lengths))
        chunks = [shuffled[i : i + _CHUNK] for i in range(0, len(shuffled), _CHUNK)]
        sorted_chunks = [sorted(chunk, key=lambda i: lengths[i]) for chunk in chunks]
        made = [
            c[i : i + BATCH] for c in sorted_chunks for i in range(0, len(c) - BATCH + 1, BATCH)
        ]
        random.shuffle(made)
        for own in made:
            if done == steps:
                return
            yield own
            done += 1
        epoch += 1
