"""Ranks passages by a message: of a topic the best, of the whole notice the one that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from bot.core.catalog import Language, Notice
from bot.core.understanding.models.encoder import Encoder
from bot.core.understanding.models.model import Model
from bot.core.understanding.models.weights import Array
from bot.core.understanding.models.word_index import WordIndex

MOST_QUOTED = 3
# What words have in common counts this much beside what the encoder takes for the same.
_WORDS = 0.5
# A passage as near as this may answer, whatever its topic. Chosen on labelled questions: of those
# whose nearest passage is this near, it answers five in six.
FITS, FITS_BY_WORDS = 0.55, 0.35
_MOST_READ = 12  # passages that the encoder reads: the nearest in words
_FEWEST_WORDS = 3  # a passage of fewer answers nothing


class PassageRanks:
    """Ranks passages by how near they are to a text, in words and, with an encoder, in meaning."""

    def __init__(self, notice: Notice, model: Model, encoder: Encoder | None = None) -> None:
        self._notice = notice
        self._model = model
        self._encoder = encoder
        # What passages say and mean in a language is worked out when it is first asked.
        self._words: dict[Language, WordIndex] = {}
        self._vectors: dict[tuple[str, Language], Array] = {}

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

    def fitting(self, text: str, language: Language) -> str:
        """Return the passage of the whole notice that may answer a text, or nothing.

        It is looked for by words in the language of the text, and then by the encoder.
        """
        several = filter(self._says_enough, self._notice.passages)
        in_words = self._in_words(text, several, language)
        nearest = sorted(in_words, key=lambda passage: -in_words[passage])[:_MOST_READ]
        near = self._nearness(text, nearest, in_words, language)
        best = max(near, key=near.__getitem__, default="")
        fits = FITS_BY_WORDS if self._encoder is None else FITS
        return best if best and near[best] >= fits else ""

    def warm_up(self) -> Iterator[None]:
        """Work out what passages say and mean in each language, a step at a time."""
        for language in Language:
            self._index(language)
            yield
            for passage in self._notice.passages:
                if self._encoder:
                    self._vector_of(passage, language, self._encoder)
                    yield

    def texts(self) -> Mapping[str, str]:
        """Return the official text of each passage that can answer something."""
        passages = filter(self._says_enough, self._notice.passages)
        return {passage: self._notice.passages[passage].text for passage in passages}

    def _says_something(self, passage: str) -> bool:
        """Tell whether a passage says more than that a list follows."""
        return not self._notice.passages[passage].text.endswith(":")

    def _says_enough(self, passage: str) -> bool:
        words = self._notice.passages[passage].text.split()
        return self._says_something(passage) and len(words) >= _FEWEST_WORDS

    def _best(self, text: str, passages: Iterable[str]) -> list[str]:
        """Return the passages, the nearest to a text first; of equal ones the earlier."""
        language = self._notice.language
        in_words = self._in_words(text, passages, language)
        near = self._nearness(text, in_words, in_words, language)
        return sorted(near, key=lambda passage: -near[passage])

    def _in_words(
        self, text: str, passages: Iterable[str], language: Language
    ) -> Mapping[str, float]:
        """Return how near passages are to a text in words."""
        near = self._index(language).nearness(self._model.weighed_features(text))
        return {passage: near[passage] for passage in passages}

    def _nearness(
        self, text: str, passages: Iterable[str], in_words: Mapping[str, float], language: Language
    ) -> Mapping[str, float]:
        """Return how near passages are to a text, in meaning as well where there is an encoder."""
        if self._encoder is None:
            return {passage: in_words[passage] for passage in passages}
        said = _direction(self._encoder.vector(text))
        return {
            passage: float(said @ self._vector_of(passage, language, self._encoder))
            + _WORDS * in_words[passage]
            for passage in passages
        }

    def _index(self, language: Language) -> WordIndex:
        known = self._words.get(language)
        if known is None:
            said = {p: self._under_heading(p, language) for p in self._notice.passages}
            features = {p: self._model.weighed_features(text) for p, text in said.items()}
            known = self._words[language] = WordIndex(features)
        return known

    def _vector_of(self, passage: str, language: Language, encoder: Encoder) -> Array:
        known = self._vectors.get((passage, language))
        if known is None:
            known = _direction(encoder.vector(self._under_heading(passage, language)))
            self._vectors[passage, language] = known
        return known

    def _under_heading(self, passage: str, language: Language) -> str:
        heading = self._notice.heading(passage, language)
        return f"{heading}: {self._notice.shown(passage, language)}"


def _direction(vector: Array) -> Array:
    return vector / (float(np.linalg.norm(vector)) or 1.0)
