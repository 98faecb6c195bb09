"""Which cue words a text holds: what they show is learnt, and some of it is ruled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.core.catalog import Language
from bot.core.understanding.cue_words import CUE_WORDS, HOMOGRAPHS
from bot.core.understanding.text import normal_form

_SHORTEST_STEM = 3
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")

Pattern = tuple[str, ...]


def _patterns() -> dict[str, list[tuple[Pattern, str]]]:
    """Return the patterns of all cues, words or stems, by their first word."""
    by_first: dict[str, list[tuple[Pattern, str]]] = defaultdict(list)
    for cue, words in CUE_WORDS.items():
        for written in words.split(","):
            pattern = tuple(part for part in written.split() if part)
            by_first[pattern[0]].append((pattern, cue))
    return dict(by_first)


_BY_FIRST = _patterns()
_LONGEST_STEM = max((len(word) - 1 for word in _BY_FIRST if word.endswith("*")), default=0)


def cues(text: str, language: Language) -> frozenset[str]:
    """Return the names of the cues that a text holds."""
    return frozenset(cue for _, cue in found(text, language))


def found(text: str, language: Language) -> Iterator[tuple[int, str]]:
    """Yield each cue of a text with the place of its word."""
    words = spoken_words(text)
    foreign = HOMOGRAPHS[language]
    for place, word in enumerate(words):
        if word in foreign:
            continue
        for key in _keys(word):
            for pattern, cue in _BY_FIRST.get(key, ()):
                if _follows(pattern[1:], words[place + 1 :]):
                    yield place, cue


def spoken_words(text: str) -> list[str]:
    """Return the words of a text in normal form; "jaaaa" is written "jaa"."""
    return _DRAWN_OUT.sub(r"\1\1", normal_form(text)).split()


def _keys(word: str) -> Iterator[str]:
    yield word
    if word[-2:-1] == word[-1]:
        yield word[:-1]  # drawn out
    longest = min(len(word), _LONGEST_STEM)
    for length in range(_SHORTEST_STEM, longest + 1):
        yield f"{word[:length]}*"


def _follows(pattern: Sequence[str], words: Sequence[str]) -> bool:
    if len(words) < len(pattern):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(pattern, words, strict=False)
    )
