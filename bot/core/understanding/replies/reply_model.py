"""The trained model of replies: scores of the meanings, for a text at its stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.core.catalog import Language
from bot.core.understanding.asked import Asked, Meaning
from bot.core.understanding.models.weights import Array, Weights
from bot.core.understanding.replies.reply_features import signs_of, words_of

# How much one sign weighs beside the whole wording, whose length is 1; by cross-validation.
SIGN = 0.2
# From distances to the boundaries to probabilities that hold on writers who were left out.
SHARPNESS = 4.0

# Meanings that are learnt as one: single words and the stage tell them apart.
LEARNT_AS: Mapping[Meaning, Meaning] = {
    Meaning.POSTPONE: Meaning.STOP,
    Meaning.DECLINE_VALUE: Meaning.SKIP,
    Meaning.NEW_CODE: Meaning.CODE_MISSING,
    Meaning.SAME_AS_BEFORE: Meaning.VALUE,
    Meaning.NEW_RIGHT: Meaning.OTHER_RIGHT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyModel:
    """TF-IDF features of the wording, signs beside it, and one-against-rest linear weights.

    `rarity` is that of the features; the classes of `weights` are the `meanings`.
    """

    vocabulary: Mapping[str, int]
    rarity: Array
    meanings: tuple[Meaning, ...]
    weights: Weights

    def knows(self, word: str) -> bool:
        """Tell whether a word, in normal form, stands in a reply of the phrases."""
        return f"={word}" in self.vocabulary

    def log_probabilities(
        self, text: str, asked: Asked, language: Language
    ) -> dict[Meaning, float]:
        """Return the logarithm of how likely each meaning is, wherever it makes sense or not."""
        columns, values = vector(text, asked, language, self.vocabulary, self.rarity)
        distances = self.weights.scores(columns, values)
        sharp = SHARPNESS * (distances - distances.max())
        logarithms = sharp - np.log(np.exp(sharp).sum())
        return dict(zip(self.meanings, map(float, logarithms), strict=True))


def vector(
    text: str, asked: Asked, language: Language, vocabulary: Mapping[str, int], rarity: Array
) -> tuple[Array, Array]:
    """Return the columns and values of a reply's features."""
    counts = Counter(c for c in map(vocabulary.get, words_of(text, asked)) if c is not None)
    signs = [c for c in map(vocabulary.get, signs_of(text, asked, language)) if c is not None]
    worded = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
    counted = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    values = (1 + np.log(counted)) * rarity[worded]
    length = float(np.linalg.norm(values))
    values = values / length if length else values
    columns = np.concatenate([worded, np.array(signs, dtype=np.int64)])
    return columns, np.concatenate([values, np.full(len(signs), SIGN, dtype=np.float32)])
