"""Mends typing mistakes: a word that no phrase has becomes the one word that is nearly the same."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.understanding.model import Model
from bot.core.understanding.text import normal_form

# Shorter words have too many neighbours; one slip of the finger is one edit (OSA counts two
# letters that changed places as one).
_SHORTEST = 4
_SHORTEST_TO_REPLACE_IN = 6
_MOST_WORDS = 60


class Spelling:
    """The words of the phrases, by length, to find the nearest in."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for name in model.vocabulary:
            if name.startswith("=") and " " not in name and len(name) > _SHORTEST:
                self._by_length[len(name) - 1].append(name[1:])

    def repaired(self, text: str) -> str:
        """Return the text in normal form with its typing mistakes mended."""
        words = normal_form(text).split()
        mended = map(self._word, self._respaced(words[:_MOST_WORDS]))
        return " ".join([*mended, *words[_MOST_WORDS:]])

    def _respaced(self, words: list[str]) -> list[str]:
        """Put a space that slipped by one letter back between two known words."""
        for place in range(len(words) - 1):
            left, right = words[place : place + 2]
            moved = [(left[:-1], left[-1] + right), (left + right[0], right[1:])]
            known = [pair for pair in moved if all(map(self._model.knows, pair))]
            if len(known) == 1 and not (self._model.knows(left) and self._model.knows(right)):
                words[place : place + 2] = known[0]
        return words

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isalpha() or self._model.knows(word):
            return word
        near = [
            known
            for length in range(len(word) - 1, len(word) + 2)
            for known, _, _ in process.extract(
                word, self._by_length[length], scorer=OSA.distance, score_cutoff=1, limit=None
            )
            if _is_slip(word, known)
        ]
        return near[0] if len(near) == 1 else word


def _is_slip(word: str, known: str) -> bool:
    """Tell a slip from another word: in short words only letters that changed places."""
    return sorted(word) == sorted(known) or min(len(word), len(known)) >= _SHORTEST_TO_REPLACE_IN
