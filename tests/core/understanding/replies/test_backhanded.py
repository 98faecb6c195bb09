"""A yes in the words of a no is one, unless a condition, a question or another no stands beside."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.backhanded import agrees, without
from bot.core.understanding.replies.safeguards import agrees_backhandedly

FI, EN, SV = Language
YES = [
    ("no no, go ahead love, I won't stand in your way", EN),
    ("I wouldn't dream of stopping you.", EN),
    ("Try stopping me", EN),
    ("no shit sherlock", EN),
    ("don't let me stop you", EN),
    ("if I must", EN),
    ("I don't like it, but fine", EN),
    ("yes, but if it leaks I'll sue", EN),
    ("do it before I change my mind", EN),
    ("No ei kai siinä sitten muu auta ku panna tulemaan", FI),
    ("Ei, ei se haittaa, aloita pois", FI),
    ("selvä homma sit, ei muuta ku menoks", FI),
    ("emmä väitä vastaan", FI),
    ("savumerkit puuttuu mut ei se mitään, tykitä menee", FI),
    ("ei enää yhtään kysymystä tai heitän puhelimen järveen. joo.", FI),
    ("no tehään sit toikin, mut ei tää tähän jää", FI),
    ("älkää kysykö vaan tehkää", FI),
    ("nå int skadar he no ti prov", SV),
    ("jamen gör det innan jag ångrar mig", SV),
    ("Nej, det finns inget fel i det. Iväg.", SV),
    ("okej är inte fel skicka bara", SV),
    ("nej men gör det då", SV),
    ("Nej tack, jo tack... alltså jo", SV),
    ("ja, men om det läcker anmäler jag er", SV),
]
NO = [
    ("no no, go ahead but not the invoices", EN),
    ("no, go ahead tomorrow", EN),
    ("don't let me stop you, but what does it cost?", EN),
    ("but fine if the receipts stay", EN),
    ("yes if you promise it, or else I'll sue", EN),
    ("no, don't send it", EN),
    ("no, send it to my son", EN),
    ("ei kai tässä muu auta kuin odottaa", FI),
    ("ei, ei se käy, anna olla", FI),
    ("joo jos laskut jää, muuten haastan teidät oikeuteen", FI),
    ("nej men gör det då imorgon", SV),
    ("nej, det finns inget fel men vänta", SV),
]


@pytest.mark.parametrize(("text", "language"), YES)
def test_a_yes_in_the_words_of_a_no_is_one(text: str, language: Language) -> None:
    assert agrees_backhandedly(text, language, Right.ACCESS)


@pytest.mark.parametrize(("text", "language"), NO)
def test_whatever_takes_it_back_still_does(text: str, language: Language) -> None:
    assert not agrees_backhandedly(text, language, Right.ACCESS)


def test_a_plain_yes_is_none_of_these() -> None:
    assert not agrees("yes please")
    assert not agrees_backhandedly("yes please", EN, Right.ACCESS)
    assert without("yes please") == "yes please"
