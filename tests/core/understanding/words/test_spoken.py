"""What is written is read as it is said: where a part of a sentence ends, a comma stands."""

from __future__ import annotations

import pytest

from bot.core.understanding.words.spoken import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes. Please, do!", "yes , please , do"),
        ("Really? Yes", "really ? yes"),
        ("anna@x.example is mine", "anna x example is mine"),
        ("so - do it", "so , do it"),
        ("joo pilkku lähetä", "joo , lähetä"),
        ("jaaaa", "jaa"),
        ("...", ""),
    ],
)
def test_parts_are_told_apart(text: str, said: str) -> None:
    assert spoken(text) == said
