"""Irony, a trial, and what others say agree to nothing."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.replies.safeguards import may_agree
from bot.core.understanding.replies.unmeant import is_unmeant
from bot.core.understanding.words.spoken import spoken

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # Irony
        ("yeah right", SV),
        ("Ja visst, och grisar kan flyga", SV),
        ("ok boomer", SV),
        ("Visst. Lika visst som att ni svarar inom utsatt tid.", SV),
        ("Ja du. Säg det.", SV),
        ("ja, säkert...", SV),
        ("sure, as sure as you answer in time", EN),
        ("yes, I'll believe it when I see it", EN),
        ("joo varmaan", FI),
        ("kyllä te muka teette niin", FI),
        ("Jaa-a.", FI),
        # Mockery
        ("joo joo niinhän te aina sanotte", FI),
        ("joo, sitähän te haluatte", FI),
        ("kiva, taas yksi robotti", FI),
        ("hyvä kysymys", FI),
        ("sure, whatever you say, robot", EN),
        ("great, another robot", EN),
        ("yes, you always say that", EN),
        ("sure, you'd love that", EN),
        ("yes, that's a good question", EN),
        ("ja ja, ni bara tjatar", SV),
        ("jo, det skulle ni väl gilla", SV),
        ("javisst, ni ljuger ju alltid", SV),
        ("ja du, det var en bra fråga", SV),
        ("bra, en robot till", SV),
        # Boasts
        ("Kyllä minä tiedän oikeuteni", FI),
        ("kyllä, minulla on oikeus korvaukseen", FI),
        ("yes, I know my rights", EN),
        ("sure, I have a right to compensation", EN),
        ("ja, jag känner till mina rättigheter", SV),
        ("jo, jag har rätt till skadestånd", SV),
        # Tried out
        ("gör det, ja testar bara", SV),
        ("yes, just testing", EN),
        ("joo, kokeilen vaan", FI),
        # Said by another
        ("äiti nyökkää tässä vieressä et joo aloita", FI),
        ("Sambon sitter bredvid och nickar, ja", SV),
        ("my husband says yes, do it", EN),
        ("Bob says go ahead", EN),
        # Something else first, or asked back
        ("start with telling me who has seen mine, then we can talk", EN),
        ("låt gå, därefter ska kontot utrotas", SV),
        ("Jaa että tarviiko, vai kelpaisko", FI),
    ],
)
def test_what_is_not_meant_agrees_to_nothing(text: str, language: Language) -> None:
    assert is_unmeant(spoken(text))
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("do I look like I'm joking? yes", EN),
        ("my wife says so, so yes", EN),
        ("Jag läste upp det för honom och han säger att det är rätt", SV),
        ("jag är 84 år och säger ja", SV),
        ("mummo nyökkää, eli joo", FI),
        ("joo, ja pakko", FI),
        ("yes, start it", EN),
        ("good question, yes", EN),
        ("hyvä kysymys, joo", FI),
        ("go ahead, and if you are lying I'll sue", EN),
        ("yes, I know my rights, go ahead", EN),
        ("om ni ljuger anmäler jag er, kör på", SV),
    ],
)
def test_what_is_meant_still_may(text: str, language: Language) -> None:
    assert not is_unmeant(spoken(text))
    assert may_agree(text, language)
