"""Ranks the passages of a topic by a message, where there are more than a reply quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.core.catalog import Notice
from bot.core.understanding.encoder import Encoder
from bot.core.understanding.model import Model
from bot.core.understanding.weights import Array

MOST_QUOTED = 3
# What words have in common counts this much beside what the encoder takes for the same.
_WORDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    words: dict[int, float]
    vector: Array | None


class PassageRanks:
    """Ranks passages by how near they are to a text, in words and, with an encoder, in meaning."""

    def __init__(self, notice: Notice, model: Model, encoder: Encoder | None = None) -> None:
        self._notice = notice
        self._model = model
        self._encoder = encoder
        self._known: dict[str, _Meant] = {}

    def chosen(self, text: str, topics: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the passages that answer a text best, each topic served, in the topics' order.

        Nothing where there is nothing to choose: one topic, and no more than a reply quotes.
        """
        if len(topics) == 1 and len(topics[0]) <= MOST_QUOTED:
            return ()
        every = list(dict.fromkeys(chain.from_iterable(topics)))
        best = self._best(text, filter(self._says_something, every))
        firsts = [p for passages in topics for p in [p for p in best if p in passages][:1]]
        kept = list(dict.fromkeys([*firsts, *best]))[:MOST_QUOTED]
        return tuple(passage for passage in every if passage in kept)

    def _says_something(self, passage: str) -> bool:
        """Tell whether a passage says more than that a list follows."""
        return not self._notice.passages[passage].text.endswith(":")

    def _best(self, text: str, passages: Iterable[str]) -> list[str]:
        """Return the passages, the nearest to a text first; of equal ones the earlier."""
        said = self._meant(text)
        near = {passage: self._nearness(said, self._passage(passage)) for passage in passages}
        return sorted(near, key=lambda passage: -near[passage])

    def _passage(self, passage: str) -> _Meant:
        """Return what a passage means, under its heading: worked out when it is first asked."""
        if passage not in self._known:
            heading = self._notice.heading(passage, self._notice.language)
            self._known[passage] = self._meant(f"{heading}: {self._notice.passages[passage].text}")
        return self._known[passage]

    def _meant(self, text: str) -> _Meant:
        vector = None
        if self._encoder is not None:
            vector = self._encoder.vector(text)
            vector = vector / (float(np.linalg.norm(vector)) or 1.0)
        return _Meant(words=self._model.weighed_features(text), vector=vector)

    def _nearness(self, one: _Meant, other: _Meant) -> float:
        shared = one.words.keys() & other.words.keys()
        words = sum(one.words[column] * other.words[column] for column in sorted(shared))
        if one.vector is None or other.vector is None:
            return words
        return float(one.vector @ other.vector) + _WORDS * words
