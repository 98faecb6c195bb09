"""Corrects typing mistakes: an unknown word becomes the only known word close to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA

from bot.core.understanding.models.model import Model
from bot.core.understanding.models.near_wordings import mark, marks
from bot.core.understanding.models.weights import Array
from bot.core.understanding.words.text import normal_form

# Shorter words have too many neighbours; one slip of the finger is one edit (OSA counts two
# letters that changed places as one).
_SHORTEST = 4
_SHORTEST_TO_REPLACE_IN = 6
_MOST_WORDS = 60
# A slip changes this many marks at most: one letter less, and one more.
_MARKS_OF_A_SLIP = 2


class Spelling:
    """The words of the phrases, by length and with marks of their letters.

    An unknown word is compared only with those that it can be a slip of: with all takes too long
    for a text full of unknown words.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    @cached_property
    def _words(self) -> tuple[list[str], Array]:
        """Return the words in order of length, and their marks: made when a word is unknown."""
        names = (n[1:] for n in self._model.vocabulary if n.startswith("=") and " " not in n)
        words = sorted((word for word in names if len(word) >= _SHORTEST), key=len)
        return words, marks(words)

    def repaired(self, text: str) -> str:
        """Return the text in normal form with its typing mistakes corrected."""
        words = normal_form(text).split()
        corrected = map(self._word, self._respaced(words[:_MOST_WORDS]))
        return " ".join([*corrected, *words[_MOST_WORDS:]])

    def _respaced(self, words: list[str]) -> list[str]:
        """Move a space that slipped by one letter back between two known words."""
        knows = self._model.knows
        for place in range(len(words) - 1):
            left, right = words[place : place + 2]
            if knows(left) and knows(right):
                continue
            moved = [(left[:-1], left[-1] + right), (left + right[0], right[1:])]
            known = [pair for pair in moved if all(map(knows, pair))]
            if len(known) == 1:
                words[place : place + 2] = known[0]
        return words

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isalpha() or self._model.knows(word):
            return word
        near = [
            known
            for known in self._candidates(word)
            if OSA.distance(word, known, score_cutoff=1) <= 1 and _is_slip(word, known)
        ]
        return near[0] if len(near) == 1 else word

    def _candidates(self, word: str) -> list[str]:
        """Return the known words of nearly the same length and with nearly the same letters."""
        words, marked = self._words
        first = bisect_left(words, len(word) - 1, key=len)
        end = bisect_right(words, len(word) + 1, key=len)
        differing = np.bitwise_count(marked[first:end] ^ mark(word))
        places = np.flatnonzero(differing <= _MARKS_OF_A_SLIP).tolist()
        return [words[first + place] for place in places]


def _is_slip(word: str, known: str) -> bool:
    """Tell a slip from another word: in short words only letters that changed places."""
    return sorted(word) == sorted(known) or min(len(word), len(known)) >= _SHORTEST_TO_REPLACE_IN
