"""The trained linear model: arrays in, scores out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from bot.core.understanding.models.features import each, of_pairs, of_word
from bot.core.understanding.models.weights import Array, Weights
from bot.core.understanding.words.text import normal_form

_LONGEST_OF_LANGUAGE = 600  # characters: the language of a letter shows in its beginning


class SeenWords(dict[str, list[int]]):
    """The columns of each word of one message."""

    def __init__(self, vocabulary: Mapping[str, int], of_phrases: dict[str, list[int]]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._of_phrases = of_phrases

    def __missing__(self, word: str) -> list[int]:
        columns = self._of_phrases.get(word)
        if columns is None:
            columns = [c for c in map(self._vocabulary.get, of_word(word)) if c is not None]
            # Of no others: what people write, such as names, stays with their own message.
            if f"={word}" in self._vocabulary:
                self._of_phrases[word] = columns
        self[word] = columns
        return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A cache for one message, whose words and sentences recur in its clauses."""

    words: SeenWords
    chances: dict[str, Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """TF-IDF features, with their `rarity`, and one-against-rest linear weights.

    The classes of `wanted` are the `intents` and after them their `kinds`; those of `language` are
    the languages in the order of `Language`.
    """

    vocabulary: Mapping[str, int]
    rarity: Array
    intents: tuple[str, ...]
    kinds: tuple[str, ...]
    wanted: Weights
    language: Weights
    # The columns of those words of the phrases that were met so far.
    met: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)

    def intent_scores(self, text: str, seen: SeenWords | None = None) -> tuple[Array, Array]:
        """Return the distances of a text to the boundaries of the `intents` and of the `kinds`.

        `seen` is shared by the calls for the parts of one message.
        """
        columns, values = self._vector(text, self._nothing_met() if seen is None else seen)
        scores = self.wanted.scores(columns, values)
        return scores[: len(self.intents)], scores[len(self.intents) :]

    def nothing_seen(self) -> Seen:
        """Return what the calls for the parts of one message share: nothing yet."""
        return Seen(words=self._nothing_met(), chances={})

    def knows(self, word: str) -> bool:
        """Tell whether a word, in normal form, stands in the phrases."""
        return f"={word}" in self.vocabulary

    def recognises(self, text: str) -> bool:
        """Tell whether anything of a text stands in the phrases: another script has nothing."""
        return any(name in self.vocabulary for name in each(text))

    def weighed_features(self, text: str) -> dict[int, float]:
        """Return how much each known feature of a text weighs; the squares add up to one."""
        columns, values = self._vector(text, self._nothing_met())
        return dict(zip(columns.tolist(), values.tolist(), strict=True))

    def language_scores(self, text: str) -> Array:
        """Return the distance of the beginning of a text to each language's boundary."""
        begun = text[:_LONGEST_OF_LANGUAGE]
        return self.language.scores(*self._vector(begun, self._nothing_met()))

    def _nothing_met(self) -> SeenWords:
        return SeenWords(self.vocabulary, self.met)

    def _vector(self, text: str, seen: SeenWords) -> tuple[Array, Array]:
        words = normal_form(text).split()
        pairs = map(self.vocabulary.get, of_pairs(words))
        counts = Counter(chain(chain.from_iterable(map(seen.__getitem__, words)), pairs))
        counts.pop(None, None)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        counted = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(counted)) * self.rarity.take(columns)
        length = float(np.sqrt(values.dot(values)))
        return columns, values / length if length else values


def softmax(scores: Array) -> Array:
    """Return the shares of scores, which add up to one."""
    shares: Array = np.exp(scores - scores.max())
    shares /= shares.sum()
    return shares
