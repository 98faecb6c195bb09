"""Which language of the notice is the official one is asked about, and not spoken."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.translation import asks_of_translation


@pytest.mark.parametrize(
    "text",
    [
        "Is the English version binding?",
        "which language is the original",
        "Onko suomenkielinen versio se virallinen?",
        "mikä kieliversio on sitova",
        "Vilken språkversion gäller?",
        "är översättningen officiell?",
    ],
)
def test_who_asks_so_is_heard(text: str) -> None:
    assert asks_of_translation(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you speak English?",
        "in Finnish please",
        "can I get the original invoice?",
        "puhutko ruotsia?",
        "the English translation is not official",
        "kan ni svenska?",
    ],
)
def test_who_wants_another_language_or_asks_nothing_is_not(text: str) -> None:
    assert not asks_of_translation(text)
