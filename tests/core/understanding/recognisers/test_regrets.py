"""A stop that was a mistake is known, and a stop that was meant is not one."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.regrets import regrets_stop


@pytest.mark.parametrize(
    "text",
    [
        *("oops, I did not mean to stop", "sorry, wrong button", "that was by mistake", "Oops!"),
        *("I want to continue", "continue please", "can I go back?"),
        *("hups, en tarkoittanut keskeyttää", "vahingossa painoin", "painoin väärää nappia"),
        *("jatka", "haluan sittenkin jatkaa", "ei, jatketaan sittenkin"),
        *("oj, jag menade inte att avbryta", "jag tryckte fel", "av misstag", "fortsätt tack"),
    ],
)
def test_a_mistake(text: str) -> None:
    assert regrets_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        *("thanks", "no, really stop", "how long do you keep my data?", "yes", "ok"),
        *("kiitos", "ei, lopeta vain", "poistakaa tietoni", "kyllä", "tack", "nej", "ja"),
        "I have written so many times by mistake to you that I am tired of it",
    ],
)
def test_anything_else(text: str) -> None:
    assert not regrets_stop(text)
