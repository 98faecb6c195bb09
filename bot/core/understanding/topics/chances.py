"""The probability of each intent: by the linear model, and by the encoder where that is unsure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bot.core.catalog import Catalog, Intent, Kind, kind_in_library
from bot.core.understanding.models.encoder import TextScores
from bot.core.understanding.models.model import Model, Seen, softmax
from bot.core.understanding.models.spelling import Spelling
from bot.core.understanding.models.weights import Array
from bot.core.understanding.recognisers.demands import demands
from bot.core.understanding.words.text import normal_form, sentences

# Turns distances to the boundaries into probabilities; fitted on the phrases, out of fold.
SHARPNESS, _SHARPNESS_OF_KINDS = 5.0, 4.0
# How much likelier a request is when the words demand it; chosen on the phrases, out of fold.
_DEMANDED = 3.0
_MOST_SENTENCES = 40
_LONG, _LETTER = 160, 1000  # characters
# What the linear model says counts this much beside the encoder, and how far both together are
# believed; chosen on half of the labelled questions.
_LINEAR, _BELIEVED = 1.0, 0.5
_LEAST = 1e-9
# What the linear model takes less for a request is surely one by both together neither: so it was
# with each of 1,900 phrases that say something beside a question.
_MAY_WANT = 0.2

Probabilities = Mapping[str, float]


class Chances:
    """The probabilities of intents, by a trained model and, where there is one, an encoder."""

    def __init__(self, catalog: Catalog, model: Model, scores: TextScores | None = None) -> None:
        self._model = model
        self._scores = scores
        self._spelling = Spelling(model)
        intents = [_known(name, catalog) for name in model.intents]
        self._intents = [intent.id for intent in intents]
        kinds = [kind_in_library(intent) for intent in intents]
        self._kind_columns = np.array([model.kinds.index(kind) for kind in kinds], np.intp)
        self._requests = [i for i, kind in enumerate(kinds) if kind is Kind.REQUEST]
        self._in_scope = np.array(
            [kind not in (Kind.OUT_OF_SCOPE, Kind.SMALLTALK) for kind in kinds]
        )

    def of(self, text: str, seen: Seen) -> Probabilities:
        """Return what the linear model says; of long texts, what its best sentence says."""
        whole = self._linear(text, seen)
        parts = sentences(text)
        if len(text) > _LONG and len(parts) > 1:
            by_part = np.stack([self._linear(part, seen) for part in parts[:_MOST_SENTENCES]])
            best = np.where(self._in_scope, by_part.max(axis=0), by_part.min(axis=0))
            whole = (whole + best / best.sum()) / 2
        return dict(zip(self._intents, whole.tolist(), strict=True))

    def with_encoder(self, text: str, linear: Probabilities) -> Probabilities:
        """Return what linear model and encoder say together; without an encoder, the former.

        Of a letter the encoder would read the beginning only, and the linear model reads it all.
        """
        if self._scores is None or len(text) > _LETTER:
            return linear
        return joined(linear, self._scores.of_message(self.readable(text)))

    def may_want_a_right(self, text: str) -> bool:
        """Tell by the linear model alone, which costs little, whether a text may want a right."""
        linear = self._linear(text, self._model.nothing_seen())
        return float(linear[self._requests].sum()) >= _MAY_WANT

    def readable(self, text: str) -> str:
        """Return a text as it is, or if it is short and has typing mistakes, without them."""
        repaired = self._spelling.repaired(text) if len(text) <= _LONG else ""
        return repaired if repaired and repaired != normal_form(text) else text

    def _linear(self, text: str, seen: Seen) -> Array:
        """Return the probability of each intent, weighed by that of its kind."""
        if text in seen.chances:
            return seen.chances[text]
        intents, kinds = self._model.intent_scores(self._spelling.repaired(text), seen.words)
        of_kind = softmax(_SHARPNESS_OF_KINDS * kinds).take(self._kind_columns)
        chances: Array = softmax(SHARPNESS * intents) * np.sqrt(of_kind)
        if demands(text):
            chances[self._requests] *= _DEMANDED
        chances /= chances.sum()
        seen.chances[text] = chances
        return chances


def _known(name: str, catalog: Catalog) -> Intent:
    intent = catalog.find(name)
    if intent is None:
        raise ValueError(f"the model was learnt from a library that has {name}")
    return intent


def joined(linear: Probabilities, logs: Mapping[str, float]) -> Probabilities:
    """Return probabilities from both; what is new to the encoder is as likely as its words are."""
    by_words = np.log(np.maximum(np.fromiter(linear.values(), np.float64, len(linear)), _LEAST))
    told = [logs.get(intent, log) for intent, log in zip(linear, by_words.tolist(), strict=True)]
    shares = softmax(_BELIEVED * (np.array(told) + _LINEAR * by_words))
    return dict(zip(linear, shares.tolist(), strict=True))
