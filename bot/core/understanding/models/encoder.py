"""The small encoder: a text in, a vector out, and what linear heads read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.core.understanding.asked import Asked
from bot.core.understanding.models.weights import Array

_LONGEST_QUESTION = 80  # characters of what staff asked; the encoder reads some sixty pieces


class Encoder(Protocol):
    """What turns a text into a vector; texts that mean alike lie near each other."""

    def vector(self, text: str, /) -> Array:
        """Return the vector of a text; never fails, whatever the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What tells labels apart in vectors: `weights` (dimensions x labels) and `bias` (labels)."""

    labels: tuple[str, ...]
    weights: Array
    bias: Array

    def logs(self, vector: Array) -> dict[str, float]:
        """Return the logarithm of each label's probability."""
        scores = vector @ self.weights + self.bias
        shifted = scores - scores.max()
        logs = shifted - np.log(np.exp(shifted).sum())
        return dict(zip(self.labels, map(float, logs), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScores:
    """What the encoder makes of messages and of replies, each by its own head."""

    encoder: Encoder
    topics: Head
    meanings: Head

    def of_message(self, text: str) -> Mapping[str, float]:
        """Return the logarithm of each intent's probability."""
        return self.topics.logs(self.encoder.vector(text))

    def of_reply(self, text: str, asked: Asked) -> Mapping[str, float]:
        """Return the logarithm of the probability of each meaning at a stage."""
        return self.meanings.logs(self.encoder.vector(said_at(text, asked)))


def said_at(text: str, asked: Asked) -> str:
    """Return a reply with what it replies to before it, as the encoder has learnt it."""
    question = f" {asked.question[:_LONGEST_QUESTION]}" if asked.question else ""
    return f"{asked.stage} {asked.right or asked.state}{question}: {text}"
