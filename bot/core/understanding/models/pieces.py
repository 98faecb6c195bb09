"""Splits a text into the encoder's word pieces: the most likely split, by Viterbi."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
# Stands before each word, as in the vocabulary that the encoder was made with.
WORD_START = "\u2581"
_LONGEST_PIECE = 16
_LONGEST_TEXT = 600  # characters: more than the encoder reads of any text, in pieces
_UNKNOWN_COSTS = 10.0
_NEVER = -1e30


def plain_form(text: str) -> str:
    """Return a text as the encoder reads it: NFKC, single spaces, not shouted, its beginning."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())[:_LONGEST_TEXT]
    return text.lower() if text.isupper() else text


class Pieces:
    """The vocabulary: pieces of words with the logarithms of their probabilities.

    The first four are begin, padding, end and unknown, and are found in no text. No piece goes on
    in the next word.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._places = {piece: place for place, piece in enumerate(pieces) if place > UNKNOWN}
        self._scores = scores
        self._unknown = min(scores) - _UNKNOWN_COSTS

    def cut(self, text: str, most: int) -> list[int]:
        """Return the places of a text's pieces between begin and end, at most `most` of them."""
        return [BEGIN, *self._likeliest(plain_form(text))[: most - 2], END]

    def _likeliest(self, text: str) -> list[int]:
        said = WORD_START + text.replace(" ", WORD_START)
        length = len(said)
        best = [0.0] + [_NEVER] * length
        last = [(0, UNKNOWN)] * (length + 1)
        for start in range(length):
            self._extend(said, start, best, last)
        pieces: list[int] = []
        end = length
        while end > 0:
            end, piece = last[end]
            if piece != UNKNOWN or pieces[-1:] != [UNKNOWN]:  # what is unknown is so as a whole
                pieces.append(piece)
        return pieces[::-1]

    def _extend(
        self, said: str, start: int, best: list[float], last: list[tuple[int, int]]
    ) -> None:
        """Note for each piece that begins here whether it is the likeliest way to its end."""
        here = best[start]
        next_word = said.find(WORD_START, start + 1, start + _LONGEST_PIECE)
        longest = min(len(said), start + _LONGEST_PIECE) if next_word < 0 else next_word
        for end in range(start + 1, longest + 1):
            piece = self._places.get(said[start:end])
            if piece is not None and here + self._scores[piece] > best[end]:
                best[end], last[end] = here + self._scores[piece], (start, piece)
        if here + self._unknown > best[start + 1]:
            best[start + 1], last[start + 1] = here + self._unknown, (start, UNKNOWN)
