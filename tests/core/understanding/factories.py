"""A model that knows some words, each of which speaks for one intent in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.core.catalog import Kind, Language, kind_in_library
from bot.core.understanding.models.encoder import Head, TextScores
from bot.core.understanding.models.model import Model
from bot.core.understanding.models.weights import Array, packed
from tests.core.factories import INTENTS

FI, EN, SV = Language
WORDS: Mapping[str, tuple[str, Language]] = {
    "poista": ("request.erasure", FI),
    "poistakaa": ("request.erasure", FI),
    "delete": ("request.erasure", EN),
    "radera": ("request.erasure", SV),
    "poistaminen": ("question.erasure", FI),
    "lähettäkää": ("request.access", FI),
    "copy": ("request.access", EN),
    "vastustan": ("request.objection", FI),
    "tiedoistani": ("question.access", FI),
    "complain": ("question.complaint", EN),
    "säilytysaika": ("not_in_notice.retention", FI),
    "weather": ("out_of_scope.chatter", EN),
    "kiitos": ("smalltalk.thanks", FI),
    "leaked": ("incident", EN),
    "human": ("human", EN),
    "tilanne": ("status", FI),
    "peru": ("cancel", FI),
}


def model() -> Model:
    """Return the model: a text of one known word lies at 1 for its intent and at 0 for others."""
    intents = [intent.id for intent in INTENTS]
    kinds = [str(kind) for kind in Kind]
    kind_of = {intent.id: str(kind_in_library(intent)) for intent in INTENTS}
    meant = [intent for intent, _ in WORDS.values()]
    languages = [language for _, language in WORDS.values()]

    def columns(labels: list[str], of_words: list[str]) -> Array:
        return np.array([[label == own for label in labels] for own in of_words], np.float32)

    kinds_meant = [kind_of[intent] for intent in meant]
    wanted = np.concatenate([columns(intents, meant), columns(kinds, kinds_meant)], axis=1)
    spoken = columns([*Language], [*languages])
    return Model(
        vocabulary={f"={word}": column for column, word in enumerate(WORDS)},
        rarity=np.ones(len(WORDS), np.float32),
        intents=tuple(intents),
        kinds=tuple(kinds),
        wanted=packed(wanted, np.zeros(wanted.shape[1])),
        language=packed(spoken, np.zeros(len(Language))),
    )


class Encodes:
    """An encoder that knows the vectors of some texts; all others lie at nothing."""

    def __init__(self, vectors: Mapping[str, Sequence[float] | Array]) -> None:
        self.vectors = vectors
        self.asked: list[str] = []

    def vector(self, text: str) -> Array:
        self.asked.append(text)
        length = len(next(iter(self.vectors.values())))
        return np.array(self.vectors.get(text, [0.0] * length), np.float32)


def knowing(meant: Mapping[str, str]) -> TextScores:
    """Return an encoder that is sure of the intents of some texts, and knows nothing of others."""
    labels = tuple(intent.id for intent in INTENTS)
    vectors = {
        text: [10.0 * (label == intent) for label in labels] for text, intent in meant.items()
    }
    weights, bias = np.eye(len(labels), dtype=np.float32), np.zeros(len(labels), np.float32)
    head = Head(labels=labels, weights=weights, bias=bias)
    return TextScores(encoder=Encodes(vectors), topics=head, meanings=head)
