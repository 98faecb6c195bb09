"""A passport that is handed over is known; what is asked or wished about one is something else."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.identity_papers import hands_over_papers


@pytest.mark.parametrize(
    "text",
    [
        *("here is my passport", "Here's a copy of my ID card", "my passport", "attached my id"),
        *("I am sending you a photo of my driving licence", "photo of my passport as proof"),
        *("tässä passini", "Tässä kuva passistani", "ohessa kopio henkilökortistani", "passini"),
        *("lähetän teille ajokorttini kuvan", "liitteenä passi todisteeksi"),
        *("här är mitt pass", "jag bifogar en kopia av mitt id-kort", "bild på mitt körkort"),
    ],
)
def test_papers_are_handed_over(text: str) -> None:
    assert hands_over_papers(text)


@pytest.mark.parametrize(
    "text",
    [
        *("do you need my passport?", "here is my passport?", "delete the copy of my passport"),
        *("here is my address", "my passport number is wrong", "Passi Virtanen"),
        *("tarvitsetteko passini?", "poistakaa kopio passistani", "tässä passini numero on väärin"),
        *("behöver ni mitt pass?", "radera kopian av mitt pass", "det passar", "här är min adress"),
    ],
)
def test_speech_of_papers_hands_none_over(text: str) -> None:
    assert not hands_over_papers(text)
