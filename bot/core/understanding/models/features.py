"""The features of the linear model: character n-grams within words, words and word pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.core.understanding.words.text import normal_form

SHORTEST, LONGEST = 2, 5


def features(text: str) -> Counter[str]:
    """Return how often each feature occurs in a text; words carry a mark that n-grams have not."""
    return Counter(each(text))


def each(text: str) -> Iterator[str]:
    """Yield the features of a text one by one."""
    words = normal_form(text).split()
    for word in words:
        yield from of_word(word)
    yield from of_pairs(words)


def of_word(word: str) -> Iterator[str]:
    """Yield the features of one word: its pieces and itself."""
    padded = f" {word} "
    for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
        yield from [padded[i : i + size] for i in range(len(padded) - size + 1)]
    yield f"={word}"


def of_pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield the features of words that stand side by side."""
    yield from [f"={a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)]
