"""Who types what the button says presses it, in each language; who says more does not."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.passing_on import asks_to_pass_on


@pytest.mark.parametrize(
    "text",
    [
        *("Pass the question to staff", "pass it on", "yes please ask them", "ask your staff then"),
        *("Välitä kysymys henkilökunnalle", "joo välitä se", "kysy niiltä", "laita eteenpäin"),
        *("Skicka frågan till personalen", "ja, skicka den", "fråga dem tack", "skicka vidare"),
    ],
)
def test_a_question_is_to_be_passed_on(text: str) -> None:
    assert asks_to_pass_on(text)


@pytest.mark.parametrize(
    "text",
    [
        *("do not pass it on", "do you pass my data to others?", "send me a copy", "ask me"),
        *("välitättekö tietojani", "älä välitä", "lähetä kopio", "skicka inte den", "yes"),
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not asks_to_pass_on(text)


@pytest.mark.parametrize(
    "text", ["pass it all to your staff", "välittäkää kaikki henkilökunnalle", "skicka allt vidare"]
)
def test_all_of_it_can_be_passed_on(text: str) -> None:
    assert asks_to_pass_on(text)
