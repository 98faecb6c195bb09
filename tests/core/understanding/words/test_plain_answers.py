"""Only a short plain answer is a yes or a no by itself."""

from __future__ import annotations

import pytest

from bot.core.understanding.words.plain_answers import yes_or_no


@pytest.mark.parametrize(
    "text", ["kyllä", "Joo!", "YES", "ok", "okej", "ja tack", "go ahead", "jepp."]
)
def test_a_plain_yes_is_a_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["ei", "No.", "nej tack", "en halua", "peruuta", "stop"])
def test_a_plain_no_is_a_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", ["", "Jo Nesbø", "ei kai", "kyllä mutta", "noh", "Joona"])
def test_anything_longer_is_neither(text: str) -> None:
    assert yes_or_no(text) is None
