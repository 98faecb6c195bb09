"""Finds cue words in a text: features of the model of replies, and input to some rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from bot.core.catalog import Language
from bot.core.understanding.words.cue_words import CUE_WORDS, HOMOGRAPHS
from bot.core.understanding.words.text import normal_form

_SHORTEST_STEM = 3
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")

Pattern = tuple[str, ...]


def _patterns() -> dict[Pattern, list[tuple[Pattern, str]]]:
    """Return the patterns of all cues, words or stems, by their first word, or their first two.

    Many begin with the same word, such as "ei": most of them differ in the second.
    """
    by_beginning: dict[Pattern, list[tuple[Pattern, str]]] = defaultdict(list)
    for cue, words in CUE_WORDS.items():
        for written in words.split(","):
            pattern = tuple(part for part in written.split() if part)
            two = len(pattern) > 1 and not pattern[1].endswith("*")
            by_beginning[pattern[: 1 + two]].append((pattern, cue))
    return dict(by_beginning)


_BY_BEGINNING = _patterns()
_LONGEST_STEM = max((len(first) - 1 for first, *_ in _BY_BEGINNING if first[-1] == "*"), default=0)


def cues(text: str, language: Language) -> frozenset[str]:
    """Return the names of the cues that a text holds."""
    return frozenset(cue for _, cue in found(text, language))


def found(text: str, language: Language) -> Iterator[tuple[int, str]]:
    """Yield each cue of a text with the place of its word."""
    yield from ((place, cue) for place, _, cue in _spans(spoken_words(text), language))


def words_beside(text: str, language: Language, named: Set[str]) -> list[str]:
    """Return the words of a text that are part of no cue of these names."""
    words = spoken_words(text)
    covered = {
        place
        for start, end, cue in _spans(words, language)
        if cue in named
        for place in range(start, end)
    }
    return [word for place, word in enumerate(words) if place not in covered]


def _spans(words: Sequence[str], language: Language) -> Iterator[tuple[int, int, str]]:
    """Yield each cue with the places where its words begin and end."""
    foreign = HOMOGRAPHS[language]
    for place, word in enumerate(words):
        if word in foreign:
            continue
        second = words[place + 1] if place + 1 < len(words) else ""
        for key in _keys(word):
            beginning = (*_BY_BEGINNING.get((key,), ()), *_BY_BEGINNING.get((key, second), ()))
            for pattern, cue in beginning:
                if _are(pattern, words[place : place + len(pattern)]):
                    yield place, place + len(pattern), cue


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


def _are(pattern: Pattern, words: Sequence[str]) -> bool:
    """Tell whether words, of which the first is known to be right, are those of a pattern."""
    return len(words) == len(pattern) and all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(pattern[1:], words[1:], strict=True)
    )
