"""An index of what words texts have: tells of many at once how near they are to another."""

from __future__ import annotations

from collections.abc import Mapping

Features = Mapping[int, float]


class WordIndex:
    """The features of some texts, by what they are called; each weighs so much in its text."""

    def __init__(self, texts: Mapping[str, Features]) -> None:
        self._names = tuple(texts)
        self._said: dict[int, list[tuple[str, float]]] = {}
        for name, features in texts.items():
            for column, weight in features.items():
                self._said.setdefault(column, []).append((name, weight))

    def nearness(self, said: Features) -> dict[str, float]:
        """Return how near each text is to a text with these features: 1 if it says the same."""
        near = dict.fromkeys(self._names, 0.0)
        for column in sorted(said):
            for name, weight in self._said.get(column, ()):
                near[name] += said[column] * weight
        return near
