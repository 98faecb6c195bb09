"""The scores of a reply: by the trained model, and by the encoder where that is unsure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bot.core.catalog import Language
from bot.core.understanding.asked import Asked
from bot.core.understanding.models.encoder import TextScores
from bot.core.understanding.models.weights import Array
from bot.core.understanding.replies.decision import LogProbabilities, probabilities
from bot.core.understanding.replies.meaning import Scorer

# From how likely a meaning on the encoder is not asked, and how much each of the two counts.
# Chosen on half of the labelled replies.
SURE = 0.95
LINEAR, ENCODER = 1.0, 0.7


class ReplyScores:
    """Scores meanings by a model of replies and an encoder."""

    def __init__(self, model: Scorer, scores: TextScores) -> None:
        self._model = model
        self._scores = scores

    def knows(self, word: str) -> bool:
        """Tell whether a word, in normal form, stands in a reply of the phrases."""
        return self._model.knows(word)

    def log_probabilities(self, text: str, asked: Asked, language: Language) -> LogProbabilities:
        """Return the logarithm of how likely each meaning is."""
        likely = self._model.log_probabilities(text, asked, language)
        shares = probabilities(likely, asked.stage)
        if max(shares.values()) >= SURE:
            return likely
        return joined(likely, self._scores.of_reply(text, asked))


def joined(linear: LogProbabilities, encoder: Mapping[str, float]) -> LogProbabilities:
    """Return the logarithms from both; what is new to the encoder is as likely as its words are."""
    both = {
        means: LINEAR * log + ENCODER * encoder.get(means, log) for means, log in linear.items()
    }
    logs: Array = np.fromiter(both.values(), dtype=np.float64)
    whole = logs.max() + np.log(np.exp(logs - logs.max()).sum())
    return dict(zip(both, map(float, logs - whole), strict=True))
