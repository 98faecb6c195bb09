"""How near texts are by the words that they have in common."""

from __future__ import annotations

import pytest

from bot.core.understanding.models.word_index import WordIndex

INDEX = WordIndex({"both": {1: 0.6, 2: 0.8}, "one": {2: 1.0}, "none": {}})


def test_what_says_the_same_is_nearest() -> None:
    assert INDEX.nearness({1: 0.6, 2: 0.8}) == pytest.approx({"both": 1.0, "one": 0.8, "none": 0})


def test_what_no_text_says_is_near_to_none() -> None:
    assert INDEX.nearness({3: 1.0}) == {"both": 0, "one": 0, "none": 0}
