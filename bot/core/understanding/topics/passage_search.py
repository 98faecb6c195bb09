"""Searches the whole notice before it is said that it does not answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.catalog import Intent, Language
from bot.core.understanding.models.model import Model
from bot.core.understanding.topics.chances import Chances, Probabilities
from bot.core.understanding.topics.passage_ranks import PassageRanks

# A passage that by itself is understood so surely as a topic is about it. Of two notices, one new
# to the models, no passage was taken so for what its notice does not say.
_ABOUT = 0.3
_MOST_READ = 12  # passages that the encoder reads for a topic
_SEARCHED = 1000  # characters of a text; the encoder reads fewer, and a letter's words are dear


class PassageSearch:
    """Finds the passage that may answer, though the map of topics names none."""

    def __init__(self, ranks: PassageRanks, chances: Chances, model: Model) -> None:
        self._ranks = ranks
        self._chances = chances
        self._model = model
        # What passages are about is worked out at the first search, by the encoder where needed.
        self._linear: dict[str, Probabilities] = {}
        self._read: dict[str, Probabilities] = {}

    def found(self, text: str, language: Language, topic: Intent) -> tuple[str, ...]:
        """Return the passage that may answer a text on a topic, if there is one.

        Nothing where the map says that it is near and does not answer, or where the law answers.
        """
        if topic.text:
            return ()
        fits = self._about(topic.id) or self._ranks.fitting(text[:_SEARCHED], language)
        return () if not fits or fits in topic.passages else (fits,)

    def warm_up(self) -> Iterator[None]:
        """Work out what all passages are about, a step at a time."""
        for passage in self._by_words():
            self._both(passage)
            yield
        yield from self._ranks.warm_up()

    def _about(self, topic: str) -> str:
        """Return the passage that is about a topic, or nothing."""
        linear = self._by_words()
        nearest = sorted(linear, key=lambda passage: -linear[passage].get(topic, 0.0))[:_MOST_READ]
        about = {passage: self._both(passage).get(topic, 0.0) for passage in nearest}
        best = max(about, key=about.__getitem__, default="")
        return best if best and about[best] >= _ABOUT else ""

    def _by_words(self) -> Mapping[str, Probabilities]:
        if not self._linear:
            seen = self._model.nothing_seen()
            self._linear = {p: self._chances.of(t, seen) for p, t in self._ranks.texts().items()}
        return self._linear

    def _both(self, passage: str) -> Probabilities:
        if passage not in self._read:
            text = self._ranks.texts()[passage]
            self._read[passage] = self._chances.with_encoder(text, self._by_words()[passage])
        return self._read[passage]
