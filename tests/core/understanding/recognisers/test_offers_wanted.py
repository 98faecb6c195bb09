"""Who wants offers is told apart from who is tired of them."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.offers_wanted import wants_offers


@pytest.mark.parametrize(
    "text",
    [
        "keep sending me offers",
        "Please keep the offers coming!",
        "I still want to get your newsletter",
        "don't stop the newsletter please",
        "sign me up for the newsletter",
        "haluan edelleen tarjouksia",
        "Haluan saada uutiskirjeen",
        "älkää lopettako mainoksia",
        "lähettäkää minulle tarjouksia",
        "mainokset saa kyllä tulla",
        "jatkakaa tarjousten lähettämistä",
        "jag vill gärna ha erbjudanden",
        "Sluta inte skicka reklam!",
        "skicka mig erbjudanden",
        "nyhetsbrevet får gärna komma",
        "avbeställ inte nyhetsbrevet",
    ],
)
def test_who_wants_them_is_heard(text: str) -> None:
    assert wants_offers(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want no more offers",
        "I want the offers to stop",
        "I do not want your newsletter",
        "stop the newsletter",
        "I want a marketing ban",
        "do you keep sending me offers?",
        "keep sending me offers but delete my phone number",
        "en halua tarjouksia",
        "haluan tarjoukset pois",
        "haluan markkinointikiellon",
        "lopettakaa mainokset",
        "jag vill inte ha reklam",
        "jag vill ha reklamförbud",
        "jag vill slippa erbjudanden",
        "ta bort mig från nyhetsbrevet",
        "send me the marketing data that you have on me",
    ],
)
def test_who_does_not_or_says_more_is_not(text: str) -> None:
    assert not wants_offers(text)
