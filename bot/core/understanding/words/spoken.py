"""The words of a text as they are said, with the places where a part of a sentence ends."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.understanding.words.cues import spoken_words

# A mark between two parts of a sentence; a full stop inside a word or an address is none.
_PART = re.compile(r"(\?)|[,;:!…()\n]|\.(?=\s|$)|\s[-–—]+(?=\s)")
# Marks that are spoken, where a phone writes down what is said.
_SPOKEN_MARKS = re.compile(
    r"\b(?:full stop|exclamation mark|huutomerkki|pilkku|utropstecken|kommatecken)\b"
)


@lru_cache(maxsize=16)  # one message is read by many rules; few, as with the normal form
def spoken(text: str) -> str:
    """Return the words of a text; where a part of a sentence ends stands a comma, or its mark."""
    text = _SPOKEN_MARKS.sub(",", text)
    words: list[str] = []
    start = 0
    for mark in _PART.finditer(text):
        words += [*spoken_words(text[start : mark.start()]), mark[1] or ","]
        start = mark.end()
    return " ".join([*words, *spoken_words(text[start:])]).strip(" ,")
