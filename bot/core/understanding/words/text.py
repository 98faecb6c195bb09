"""Text normalisation: the form in which texts are compared, words, sentences."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Characters: of a longer text the beginning is read, and more of it is kept for staff.
LONGEST, KEPT = 4000, 20_000
# Telegram drops these two, and so would join the words on either side.
_SEPARATORS = str.maketrans("\u2028\u2029", "\n\n")
_NOT_WORD = re.compile(r"[^\w\s]|_")
# Applied to single spaces only: to runs of them it would take quadratic time.
_JOINT = re.compile(r", |; ?| (?:ja|sekä|and|och|samt) ", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def strip_invisible(text: str, longest: int = LONGEST) -> str:
    """Return a text without control, zero-width and lone surrogate characters, cut to a length."""
    text = text[:longest]
    if not text.isprintable():
        text = text.translate(_SEPARATORS)
        invisible = [c for c in set(text) - {"\n", "\t"} if unicodedata.category(c)[0] == "C"]
        text = text.translate(dict.fromkeys(map(ord, invisible)))
    # Cut again: of some characters NFC makes three.
    return unicodedata.normalize("NFC", text)[:longest]


# One message is compared some forty times while it is taken. In memory alone, and few: texts are
# what people wrote.
@lru_cache(maxsize=16)
def normal_form(text: str) -> str:
    """Return a text as it is compared: NFC, case-folded, no punctuation, single spaces."""
    return " ".join(_NOT_WORD.sub(" ", strip_invisible(text).casefold()).split())


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text that say something, in order, single-spaced."""
    parts = (" ".join(part.split()) for part in _SENTENCE_END.split(strip_invisible(text)))
    return [part for part in parts if normal_form(part)]


def clauses(text: str) -> list[str]:
    """Return the sentences of a text cut at commas and conjunctions, in order."""
    parts = (part.strip() for sentence in sentences(text) for part in _JOINT.split(sentence))
    return [part for part in parts if normal_form(part)]
