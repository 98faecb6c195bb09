"""What the linear model sees of a text: character n-grams within words, words and word pairs."""

from __future__ import annotations

from collections import Counter

from bot.core.text import normal_form

SHORTEST, LONGEST = 2, 5


def features(text: str) -> Counter[str]:
    """Return how often each feature occurs in a text; words carry a mark that n-grams have not."""
    words = normal_form(text).split()
    found: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
            found.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    found.update(f"={word}" for word in words)
    found.update(f"={a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    return found
