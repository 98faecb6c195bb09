"""Mends typing mistakes: a word that no phrase has becomes the one word that is nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.core.understanding.model import Model
from bot.core.understanding.text import normal_form

# Shorter words have too many neighbours; one slip of the finger is one edit (OSA counts two
# letters that changed places as one).
_SHORTEST = 4
_SHORTEST_TO_REPLACE_IN = 6
_MOST_WORDS = 60


class Spelling:
    """The words of the phrases, by what is left of each without one of its letters.

    Words that are one slip apart share such a form, so that the nearest ones are found by looking
    up, and not by comparing with all: that takes too long for a text full of unknown words.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._sharing: dict[str, list[str]] = defaultdict(list)
        self._longest = 0
        for name in model.vocabulary:
            if name.startswith("=") and " " not in name and len(name) > _SHORTEST:
                word = name[1:]
                self._longest = max(self._longest, len(word))
                for form in _forms(word):
                    self._sharing[form].append(word)

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
        if not _SHORTEST <= len(word) <= self._longest + 1 or not word.isalpha():
            return word
        if self._model.knows(word):
            return word
        sharing = {known for form in _forms(word) for known in self._sharing.get(form, ())}
        near = [
            known
            for known in sharing
            if OSA.distance(word, known, score_cutoff=1) <= 1 and _is_slip(word, known)
        ]
        return near[0] if len(near) == 1 else word


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without each of its letters."""
    yield word
    yield from {word[:place] + word[place + 1 :] for place in range(len(word))}


def _is_slip(word: str, known: str) -> bool:
    """Tell a slip from another word: in short words only letters that changed places."""
    return sorted(word) == sorted(known) or min(len(word), len(known)) >= _SHORTEST_TO_REPLACE_IN
